//! Statements of the configuration that cannot be: the program stops and names file and place.

use std::collections::{BTreeMap, BTreeSet};

use super::{Listing, listings};
use crate::definitions::{ConfigError, Definitions, MemberRegistry, WorkPlan};
use crate::terms::fold::fold;
use crate::terms::{ActionRef, MemberCode};

pub(super) fn check(definitions: &Definitions) -> Result<(), ConfigError> {
    let Definitions { plan, members, .. } = definitions;
    sections_are_distinct(plan)?;
    actions_are_distinct(plan)?;
    items_are_distinct(plan)?;
    items_name_members(plan, members)?;
    listings(plan).try_for_each(|listing| part_fits(&listing, members))?;
    items_are_about_topics(definitions)?;
    need_topics_name_actions(definitions)?;
    rules_name_actions(definitions)
}

fn need_topics_name_actions(definitions: &Definitions) -> Result<(), ConfigError> {
    let known = |action: &ActionRef| definitions.plan.action_of(*action).is_some();
    for topic in &definitions.need_topics {
        if let Some(unknown) = topic.actions.iter().find(|action| !known(action)) {
            let message = format!("the topic {} names {unknown}, which the plan does not have", topic.name);
            return Err(content("needs.toml", message));
        }
    }
    Ok(())
}

fn items_are_about_topics(definitions: &Definitions) -> Result<(), ConfigError> {
    let Definitions { plan, vocabulary, .. } = definitions;
    for item in plan.items() {
        let known = |name: &String| vocabulary.topics.iter().any(|topic| topic.name == *name);
        if let Some(stranger) = item.about.iter().find(|name| !known(name)) {
            return Err(content(
                &plan.items_file(),
                format!("item {}: {stranger} is no topic of vocabulary.toml", item.id),
            ));
        }
    }
    Ok(())
}

fn sections_are_distinct(plan: &WorkPlan) -> Result<(), ConfigError> {
    for (at, section) in plan.sections.iter().enumerate() {
        if let Some(first) = plan.sections[..at].iter().find(|other| other.number == section.number) {
            let message = format!("section {} stands in {} already", section.number, first.file);
            return Err(content(&section.file, message));
        }
    }
    Ok(())
}

/// Actions are sorted, so that two of one name stand side by side.
fn actions_are_distinct(plan: &WorkPlan) -> Result<(), ConfigError> {
    match plan.actions.windows(2).find(|pair| pair[0].id == pair[1].id) {
        Some(twice) => Err(content(plan.file_of(twice[0].id), format!("action {} stands twice", twice[0].id))),
        None => Ok(()),
    }
}

/// Each item has an id and a title of its own: a log names items by either.
fn items_are_distinct(plan: &WorkPlan) -> Result<(), ConfigError> {
    let (mut ids, mut titles) = (BTreeSet::new(), BTreeMap::new());
    for item in plan.items() {
        if !ids.insert(item.id.to_ascii_uppercase()) {
            return Err(content(&plan.items_file(), format!("item {} stands twice", item.id)));
        }
        if let Some(first) = titles.insert(fold(&item.title), &item.id) {
            return Err(content(&plan.items_file(), format!("items {first} and {} have the same title", item.id)));
        }
    }
    Ok(())
}

fn items_name_members(plan: &WorkPlan, registry: &MemberRegistry) -> Result<(), ConfigError> {
    for item in plan.items() {
        if let Some(stranger) = stranger(&item.members, registry) {
            return Err(content(&plan.items_file(), format!("item {}: {stranger} is no Member", item.id)));
        }
    }
    Ok(())
}

/// The Members' part of a bullet holds Members of its item only, and at least one.
fn part_fits(listing: &Listing<'_>, registry: &MemberRegistry) -> Result<(), ConfigError> {
    let Some(part) = &listing.bullet.part else { return Ok(()) };
    let refuse = |message: String| Err(content(listing.file, format!("{}: {message}", listing.origin().cell)));
    if part.is_empty() {
        return refuse("members is empty; leave it out where the bullet names the whole item".to_owned());
    }
    if let Some(stranger) = stranger(part, registry) {
        return refuse(format!("{stranger} is no Member"));
    }
    match part.difference(&listing.item.members).next() {
        Some(other) => refuse(format!("{other} is not among the Members of {} in items.toml", listing.item.id)),
        None => Ok(()),
    }
}

fn rules_name_actions(definitions: &Definitions) -> Result<(), ConfigError> {
    for rule in &definitions.rules {
        if let Some(unknown) = rule.actions.iter().find(|action| definitions.plan.action_of(**action).is_none()) {
            let message =
                format!("the rule for \"{}\" names {unknown}, which the plan does not have", rule.words.join("\", \""));
            return Err(content("mapping.toml", message));
        }
    }
    Ok(())
}

fn stranger(members: &BTreeSet<MemberCode>, registry: &MemberRegistry) -> Option<MemberCode> {
    members.iter().copied().find(|code| registry.all().iter().all(|member| member.code != *code))
}

fn content(path: &str, message: String) -> ConfigError {
    ConfigError::Content { path: path.to_owned(), message }
}
