//! Prints the work plan as loaded.
//!
//! Source: output contract, `rspkpi plan --format json`.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::definitions::{ItemKind, ItemScope, MemberRegistry, PlanItem, WorkPlan};
use crate::terms::{ActionRef, MemberCode, RspRef};

#[derive(Serialize)]
struct Plan<'a> {
    plan_year: String,
    actions: Vec<Action<'a>>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Action<'a> {
    id: ActionRef,
    section: u8,
    text: &'a str,
    rsp: [&'a RspRef; 1],
    kpis: Vec<Kpi<'a>>,
    items: Vec<&'a str>,
}

#[derive(Serialize)]
struct Kpi<'a> {
    id: crate::terms::KpiId,
    text: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    title: &'a str,
    kind: ItemKind,
    scope: Option<ItemScope>,
    members: Vec<MemberCode>,
    actions: &'a [ActionRef],
    actions_with_see_also: &'a [ActionRef],
    parts: BTreeMap<String, Vec<MemberCode>>,
}

/// The plan as JSON.
pub(super) fn json(plan: &WorkPlan) -> String {
    let actions = plan.actions.iter().map(|action| Action {
        id: action.id,
        section: action.id.section,
        text: &action.text,
        rsp: [&action.rsp],
        kpis: action.kpis.iter().map(|(id, text)| Kpi { id: *id, text }).collect(),
        items: listed(plan, action),
    });
    let items = plan.items().iter().map(|item| Item {
        id: &item.id,
        title: &item.title,
        kind: item.kind,
        scope: item.scope,
        members: item.members.iter().copied().collect(),
        actions: &item.listed_by,
        actions_with_see_also: &item.with_see_also,
        parts: item.parts.iter().map(|(action, part)| (action.to_string(), part.iter().copied().collect())).collect(),
    });
    let plan = Plan { plan_year: plan.year.to_string(), actions: actions.collect(), items: items.collect() };
    let mut json = serde_json::to_string_pretty(&plan).expect("texts and numbers only");
    json.push('\n');
    json
}

/// Ids of the items an action lists, in the order of its cell, each once.
fn listed<'a>(plan: &'a WorkPlan, action: &crate::definitions::Action) -> Vec<&'a str> {
    let mut ids: Vec<&str> = Vec::new();
    for bullet in &action.bullets {
        let id = plan.item(bullet.item).id.as_str();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// The plan for people: actions with KPIs and items, then the items with what serves them.
pub(super) fn text(plan: &WorkPlan, registry: &MemberRegistry) -> String {
    let mut text = format!("Annual Work Plan {}\n", plan.year);
    for section in &plan.sections {
        let _ = write!(text, "\n{}. {}\n", section.number, section.title);
        for action in plan.actions.iter().filter(|action| action.id.section == section.number) {
            let _ = write!(text, "\n  {}  {}\n         {}\n", action.id, action.text, action.rsp);
            for (id, words) in &action.kpis {
                let _ = writeln!(text, "         KPI {id}  {words}");
            }
            for id in listed(plan, action) {
                let item = plan.item_by_id(id).map(|item| plan.item(item)).expect("an id of this plan");
                let _ = writeln!(text, "         {id}  {}{}", item.title, part(item, action.id, registry));
            }
        }
    }
    let _ =
        write!(text, "\nPlanned items: what they are, and the actions they serve (in brackets: by See also only)\n\n");
    for item in plan.items() {
        let _ = writeln!(text, "  {}  {}\n        {}; {}", item.id, item.title, what(item), served(item));
    }
    text
}

fn part(item: &PlanItem, action: ActionRef, registry: &MemberRegistry) -> String {
    match item.parts.get(&action) {
        Some(part) => {
            let names: Vec<&str> = part.iter().map(|member| registry.name(*member)).collect();
            format!(" (here only: {})", names.join(", "))
        }
        None => String::new(),
    }
}

fn what(item: &PlanItem) -> String {
    let kind = match item.kind {
        ItemKind::Concrete => "concrete",
        ItemKind::Recurring => "recurring",
        ItemKind::Standing => "standing",
    };
    let scope = item.scope.map(|scope| format!(", {}", scope.as_str())).unwrap_or_default();
    let members: Vec<&str> = item.members.iter().map(MemberCode::as_str).collect();
    let members = if members.is_empty() { String::new() } else { format!(", {}", members.join(" ")) };
    format!("{kind}{scope}{members}")
}

fn served(item: &PlanItem) -> String {
    let shown = item
        .with_see_also
        .iter()
        .map(|action| if item.listed_by.contains(action) { action.to_string() } else { format!("[{action}]") });
    shown.collect::<Vec<_>>().join(", ")
}
