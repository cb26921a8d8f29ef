//! See also: whether the bullets of one planned item name each other's actions.

use std::collections::BTreeSet;

use super::{Listing, listings, series};
use crate::definitions::{Definitions, ItemId, WorkPlan};
use crate::findings::{Code, Finding};
use crate::terms::ActionRef;
use crate::terms::fold::{find_words, fold};

pub(super) fn lint(definitions: &Definitions, findings: &mut Vec<Finding>) {
    let plan = &definitions.plan;
    for listing in listings(plan) {
        findings.extend(names_itself(&listing));
        findings.extend(misses(plan, &listing));
        findings.extend(names_twice(&listing));
        findings.extend(unknown(plan, &listing));
        findings.extend(unread(&listing));
    }
    findings.extend(plan.item_ids().flat_map(|item| not_listed(plan, item)));
}

/// The actions that a bullet's See also names.
fn named(listing: &Listing<'_>) -> BTreeSet<ActionRef> {
    listing.bullet.see_also.read.iter().map(|reference| reference.action).collect()
}

/// Actions that serve the item, by listing or by any See also, and that this bullet does not name.
fn missing(listing: &Listing<'_>) -> Vec<ActionRef> {
    let named = named(listing);
    let served = listing.item.with_see_also.iter().copied();
    served.filter(|action| *action != listing.action.id && !named.contains(action)).collect()
}

fn names_itself(listing: &Listing<'_>) -> Option<Finding> {
    const HELP: &str = "Name the action that is meant, or strike the reference.";
    let own = listing.action.id;
    named(listing).contains(&own).then(|| {
        let meant = match missing(listing)[..] {
            [one] => format!(" {one} may be meant: it is the one action that is missing here."),
            _ => String::new(),
        };
        let message = format!("The See also of a bullet of {own} names {own} itself, which says nothing.{meant}");
        Finding::new(Code::PlanSeeAlsoOwn, listing.origin(), message, HELP).seen(listing.see_also())
    })
}

fn misses(plan: &WorkPlan, listing: &Listing<'_>) -> Option<Finding> {
    const HELP: &str = "Add the missing references to the See also, or strike the planned activity where it does not \
                        belong.";
    let id = &listing.item.id;
    let missing = missing(listing);
    let (listing_it, named_only): (Vec<ActionRef>, Vec<ActionRef>) =
        missing.iter().partition(|action| listing.item.listed_by.contains(action));
    let lists = match listing_it[..] {
        [] => None,
        [one] => Some(format!("{one}, which lists {id} too")),
        _ => Some(format!("{}, which list {id} too", series(&listing_it))),
    };
    let only =
        (!named_only.is_empty()).then(|| format!("{}, which another See also of {id} names", series(&named_only)));
    let what = [lists, only].into_iter().flatten().collect::<Vec<_>>();
    (!what.is_empty()).then(|| {
        let silent = listing.bullet.see_also_text.is_empty();
        let subject = if silent { "The bullet has no See also that names" } else { "The See also does not name" };
        let message = format!("{subject} {}. {}", what.join(", and "), effect(plan, listing.bullet.item, &missing));
        let seen = if silent { listing.bullet.text.clone() } else { listing.see_also() };
        Finding::new(Code::PlanSeeAlsoOneWay, listing.origin(), message, HELP).seen(seen)
    })
}

/// An action that some See also of an item names, but that does not list the item.
fn not_listed(plan: &WorkPlan, item: ItemId) -> Vec<Finding> {
    const HELP: &str = "List the planned activity in that action too, or strike the action from the See also.";
    let of_item: Vec<Listing<'_>> = listings(plan).filter(|listing| listing.bullet.item == item).collect();
    let listed_by = &plan.item(item).listed_by;
    let added = plan.item(item).with_see_also.iter().filter(|action| !listed_by.contains(action));
    let finding = |action: &ActionRef| {
        let by: Vec<&Listing<'_>> = of_item.iter().filter(|listing| named(listing).contains(action)).collect();
        let id = &plan.item(item).id;
        let (name, their) = if by.len() == 1 { ("names", "its") } else { ("name", "their") };
        let message = format!(
            "{} {name} {action} in {their} See also, but {action} does not list {id}. {}",
            series(by.iter().map(|listing| listing.action.id)),
            effect(plan, item, &[*action])
        );
        Finding::new(Code::PlanSeeAlsoNotListed, by[0].origin(), message, HELP).seen(by[0].see_also())
    };
    added.map(finding).collect()
}

/// What the program makes of actions on which the bullets do not agree.
fn effect(plan: &WorkPlan, item: ItemId, actions: &[ActionRef]) -> String {
    let (served, others): (Vec<ActionRef>, Vec<ActionRef>) =
        actions.iter().partition(|action| plan.served_by(item).contains(action));
    let id = &plan.item(item).id;
    let counts = (!served.is_empty()).then(|| format!("{id} counts for {} all the same.", series(&served)));
    let lost = (!others.is_empty())
        .then(|| format!("{id} does not count for {}, because link-by is \"listing\".", series(&others)));
    counts.into_iter().chain(lost).collect::<Vec<_>>().join(" ")
}

fn names_twice(listing: &Listing<'_>) -> Option<Finding> {
    const HELP: &str = "Strike one of the two, or name the action that is meant.";
    let mut seen = BTreeSet::new();
    let twice = listing.bullet.see_also.read.iter().find(|reference| !seen.insert(reference.action))?;
    let message = format!("The See also names {} twice. It counts once.", twice.action);
    Some(Finding::new(Code::PlanSeeAlsoTwice, listing.origin(), message, HELP).seen(listing.see_also()))
}

fn unknown<'a>(plan: &'a WorkPlan, listing: &'a Listing<'_>) -> impl Iterator<Item = Finding> {
    const HELP: &str = "Name an action of the plan.";
    listing.bullet.see_also.read.iter().filter(|reference| !plan.knows(reference)).map(|reference| {
        let action = reference.action;
        let message = match reference.kpi_id().filter(|_| plan.action_of(action).is_some()) {
            Some(kpi) => format!("The plan has no KPI {kpi}. The reference is read as {action}."),
            None => format!("The plan has no action {action}. The reference is left out."),
        };
        Finding::new(Code::PlanSeeAlsoUnknown, listing.origin(), message, HELP).seen(&reference.text)
    })
}

/// Words of a See also that are no reference, and a See also that does not stand in parentheses.
fn unread(listing: &Listing<'_>) -> Vec<Finding> {
    const HELP: &str = "Print the See also at the end of the bullet: (See also 1-(a), (b) and 3-(k)).";
    let finding =
        |seen: &str, message: &str| Finding::new(Code::PlanSeeAlsoUnknown, listing.origin(), message, HELP).seen(seen);
    let words = listing.bullet.see_also.unread.iter();
    let mut findings: Vec<Finding> =
        words.map(|word| finding(word, "This is no reference to an action. It is left out.")).collect();
    if find_words(&fold(&listing.bullet.title), "see also", false).is_some() {
        findings.push(finding(
            &listing.bullet.text,
            "A See also that does not begin with a parenthesis cannot be read. It is left out.",
        ));
    }
    findings
}
