//! What the cells of a row decide. Nothing of it is dropped: cells that go against each other are no decision.

use super::table::{Column, Unread};
use super::{ANOTHER, NOT_OURS, OUTSIDE};
use crate::definitions::{ItemId, Verdict, WorkPlan};
use crate::terms::fold::fold;
use crate::terms::reference::parse_references;
use crate::terms::{ActionOrKpi, PlanYear};

/// The verdict of the cells Decision, Planned item and AWP actions; at least one of them is filled.
pub(super) fn verdict(
    chosen: &str,
    item: &str,
    typed: &str,
    plan: &WorkPlan,
    year: PlanYear,
) -> Result<Verdict, Unread> {
    let decided = fold(chosen);
    let refuse =
        |column, words: &str| Err((column, format!("{words} stands beside \u{201c}{}\u{201d}.", chosen.trim())));
    if decided == fold(NOT_OURS) {
        return match (item.is_empty(), typed.is_empty()) {
            (true, true) => Ok(Verdict::NotOurs),
            (false, _) => refuse(Column::Item, "A planned item"),
            (true, false) => refuse(Column::Actions, "An action"),
        };
    }
    if decided == fold(OUTSIDE) || (decided.is_empty() && item.is_empty()) {
        if !item.is_empty() {
            return refuse(Column::Item, "A planned item");
        }
        return Ok(Verdict::Serve(actions(typed, plan)?));
    }
    let beside = decided.is_empty() || decided == fold(ANOTHER);
    let (column, text) = if beside { (Column::Item, item) } else { (Column::Decision, chosen) };
    let ids = items(text, column, plan, year)?;
    if !beside && !item.is_empty() && items(item, Column::Item, plan, year)? != ids {
        return Err((Column::Item, "Decision and Planned item name different planned items.".to_owned()));
    }
    let of_plan = |id: &String| plan.item_by_id(id).filter(|_| year == plan.year);
    let served = |named: &ActionOrKpi| {
        let serves = |item: ItemId| plan.served_by(item).contains(&named.action);
        named.kpi.is_none() && ids.iter().filter_map(of_plan).any(serves)
    };
    match actions(typed, plan)?.iter().find(|named| !served(named)) {
        Some(named) => Err((Column::Actions, format!("The planned item does not serve {named}; give one of the two."))),
        None => Ok(Verdict::Deliver(ids)),
    }
}

/// The actions and single KPIs that a cell names.
pub(super) fn actions(text: &str, plan: &WorkPlan) -> Result<Vec<ActionOrKpi>, Unread> {
    let references = parse_references(text, None);
    let strange = references.read.iter().find(|reference| !plan.knows(reference)).map(|r| r.text.clone());
    match references.unread.first().cloned().or(strange) {
        Some(word) => Err((Column::Actions, format!("\"{word}\" is no action of the plan."))),
        None => Ok(references.read.iter().map(|r| ActionOrKpi { action: r.action, kpi: r.kpi }).collect()),
    }
}

/// The ids of the planned items that a cell names, all of them known. Those of another plan are taken as they stand.
fn items(text: &str, column: Column, plan: &WorkPlan, year: PlanYear) -> Result<Vec<String>, Unread> {
    let named = plan.items_named(text);
    let own: Vec<String> = named.items.iter().map(|item| plan.item(*item).id.clone()).collect();
    let ids = if year == plan.year { own } else { ids_written(text) };
    match named.unknown.first().filter(|_| year == plan.year) {
        Some(word) => Err((column, format!("\"{word}\" is no planned item."))),
        None if ids.is_empty() => Err((column, "No planned item is named.".to_owned())),
        None => Ok(ids),
    }
}

/// Words that look like ids: `A040`.
fn ids_written(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.starts_with('A') && word[1..].parse::<u16>().is_ok()).map(str::to_owned).collect()
}
