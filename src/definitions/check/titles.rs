//! Titles of planned items: other wordings, items listed twice or not at all, Members that titles name.

use std::collections::BTreeSet;

use super::{Listing, listings, place, series};
use crate::definitions::{Definitions, ItemId, ItemScope, MemberRegistry, WorkPlan};
use crate::findings::{Code, Finding};
use crate::terms::MemberCode;
use crate::terms::fold::fold;

pub(super) fn lint(definitions: &Definitions, findings: &mut Vec<Finding>) {
    let Definitions { plan, members: registry, .. } = definitions;
    for item in plan.item_ids() {
        let of_item: Vec<Listing<'_>> = listings(plan).filter(|listing| listing.bullet.item == item).collect();
        findings.extend(unlisted(plan, item));
        findings.extend(listed_twice(&of_item));
        findings.extend(item_members_differ(plan, item, registry));
        for wording in wordings(&of_item) {
            findings.extend(variant(&wording, registry));
            findings.extend(unknown_names(&wording, registry));
        }
        findings.extend(of_item.iter().filter_map(|listing| bullet_members_differ(listing, registry)));
    }
}

/// The bullets of one item, gathered by their wording.
fn wordings<'a>(of_item: &[Listing<'a>]) -> Vec<Vec<Listing<'a>>> {
    let mut wordings: Vec<Vec<Listing<'a>>> = Vec::new();
    for listing in of_item {
        match wordings.iter_mut().find(|same| fold(&same[0].bullet.title) == fold(&listing.bullet.title)) {
            Some(same) => same.push(*listing),
            None => wordings.push(vec![*listing]),
        }
    }
    wordings
}

fn unlisted(plan: &WorkPlan, item: ItemId) -> Option<Finding> {
    const HELP: &str = "Add a bullet for it to the action that lists it, or strike the item.";
    let item = plan.item(item);
    item.listed_by.is_empty().then(|| {
        let message = "No action lists this planned item. Activities of it serve no action.";
        Finding::new(Code::PlanItemUnlisted, place(&plan.items_file(), &item.id), message, HELP).seen(&item.title)
    })
}

/// A bullet whose item stands in an earlier bullet of the same action, for some of the same Members.
fn listed_twice(of_item: &[Listing<'_>]) -> Vec<Finding> {
    const HELP: &str = "Strike one of the two bullets, and give the other the full See also.";
    let earlier = |at: usize| {
        let later = &of_item[at];
        of_item[..at].iter().find(|first| first.action.id == later.action.id && !apart(first, later))
    };
    let finding = |at: usize| {
        let (first, later) = (earlier(at)?, &of_item[at]);
        let message = format!(
            "{} stands in {} as bullet {} already. It counts once.",
            later.item.id, later.action.id, first.number
        );
        Some(Finding::new(Code::PlanItemTwice, later.origin(), message, HELP).seen(&later.bullet.text))
    };
    (0..of_item.len()).filter_map(finding).collect()
}

/// Whether two bullets name parts that share no Member.
fn apart(one: &Listing<'_>, other: &Listing<'_>) -> bool {
    matches!((&one.bullet.part, &other.bullet.part), (Some(a), Some(b)) if a.is_disjoint(b))
}

fn variant(wording: &[Listing<'_>], registry: &MemberRegistry) -> Option<Finding> {
    const HELP: &str = "Print one title for one activity. If two activities are meant, give the second an item of its \
                        own in items.toml.";
    let first = &wording[0];
    let item = first.item;
    (fold(&first.bullet.title) != fold(&item.title)).then(|| {
        let part = match &first.bullet.part {
            Some(part) => format!(", here for {} only", series(part.iter().map(|member| registry.name(*member)))),
            None => String::new(),
        };
        let message = format!(
            "So printed in {}; elsewhere: \"{}\". Both titles are read as the one activity {}{part}.",
            actions_of(wording),
            item.title,
            item.id
        );
        Finding::new(Code::PlanTitleVariant, first.origin(), message, HELP).seen(&first.bullet.title)
    })
}

/// Names in a title's list of Members that are none.
fn unknown_names(wording: &[Listing<'_>], registry: &MemberRegistry) -> Vec<Finding> {
    const HELP: &str = "Correct the plan if it is a slip; a new spelling of a Member belongs in members.toml.";
    let first = &wording[0];
    let finding = |name: &String| {
        let message = format!(
            "\"{name}\" in the title of {} is no Member. So printed in {}. The title is read without it.",
            first.item.id,
            actions_of(wording)
        );
        Finding::new(Code::PlanUnknownMember, first.origin(), message, HELP).seen(&first.bullet.title)
    };
    strangers(&first.bullet.title, first.item.scope, registry).iter().map(finding).collect()
}

/// The names after the last "for" of a title that no Member has. Words there are names if one of them is
/// a Member's, or if the activity is national.
fn strangers(title: &str, scope: Option<ItemScope>, registry: &MemberRegistry) -> Vec<String> {
    let Some((_, tail)) = title.rsplit_once(" for ") else { return Vec::new() };
    let list = registry.read_list(tail);
    let is_list =
        !list.members.is_empty() || (scope == Some(ItemScope::National) && members_in(title, registry).is_empty());
    if is_list { list.unknown.into_iter().chain(list.non_members).collect() } else { Vec::new() }
}

fn item_members_differ(plan: &WorkPlan, item: ItemId, registry: &MemberRegistry) -> Option<Finding> {
    const HELP: &str = "Correct members in items.toml, or the title.";
    let item = plan.item(item);
    let named = members_in(&item.title, registry);
    (named != item.members).then(|| {
        let message = differing(&named, &item.members, registry);
        Finding::new(Code::PlanMembersDiffer, place(&plan.items_file(), &item.id), message, HELP).seen(&item.title)
    })
}

/// Whether the Members that a bullet names are those it stands for: its part, else the whole item.
fn bullet_members_differ(listing: &Listing<'_>, registry: &MemberRegistry) -> Option<Finding> {
    const HELP: &str = "Correct members of the bullet, or its text; without members a bullet stands for all Members of \
                        its item.";
    if listing.bullet.part.is_none() && fold(&listing.bullet.title) == fold(&listing.item.title) {
        return None; // reported with the item
    }
    let named = members_in(&listing.bullet.title, registry);
    let configured = listing.bullet.part.as_ref().unwrap_or(&listing.item.members);
    (named != *configured).then(|| {
        let message = differing(&named, configured, registry);
        Finding::new(Code::PlanMembersDiffer, listing.origin(), message, HELP).seen(&listing.bullet.title)
    })
}

fn differing(named: &BTreeSet<MemberCode>, configured: &BTreeSet<MemberCode>, registry: &MemberRegistry) -> String {
    let (in_title, in_file) = (in_words(named, registry), in_words(configured, registry));
    format!("The title names {in_title}, the configuration {in_file}. The configuration holds.")
}

fn in_words(members: &BTreeSet<MemberCode>, registry: &MemberRegistry) -> String {
    if members.is_empty() { "no Member".to_owned() } else { series(members.iter().map(|code| registry.name(*code))) }
}

/// The Members that a title names anywhere. The longest name decides; a word of three letters is a name
/// only in capitals, and one of two letters never ("in" is not India).
fn members_in(title: &str, registry: &MemberRegistry) -> BTreeSet<MemberCode> {
    const LONGEST: usize = 8;
    let words: Vec<&str> = title.split_whitespace().collect();
    let mut members = BTreeSet::new();
    let mut at = 0;
    while at < words.len() {
        let most = LONGEST.min(words.len() - at);
        let hit = (1..=most).rev().find_map(|count| {
            let name = words[at..at + count].join(" ");
            registry.find(&name).filter(|_| is_name(&name)).map(|member| (count, member))
        });
        members.extend(hit.map(|(_, member)| member));
        at += hit.map_or(1, |(count, _)| count);
    }
    members
}

fn is_name(text: &str) -> bool {
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() > 3 || (letters.len() == 3 && letters == letters.to_uppercase())
}

fn actions_of(wording: &[Listing<'_>]) -> String {
    let mut actions: Vec<_> = wording.iter().map(|listing| listing.action.id).collect();
    actions.dedup();
    series(actions)
}
