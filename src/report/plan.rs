//! Plan delivery: every planned item with its parts, and deliveries outside the plan.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Material;
use crate::definitions::{ItemId, ItemKind, PlanItem};
use crate::mapping::Mapped;
use crate::terms::figure::counted;
use crate::terms::fold::tidy;
use crate::terms::{ActionRef, MemberCode};

/// How far a planned item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delivery {
    /// Delivered, every part of it.
    Delivered,
    /// Some Members' parts are delivered.
    Partly,
    /// Nothing is delivered yet.
    NotYet,
    /// A standing commitment, which has no date.
    Standing,
}

impl Delivery {
    /// The words in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Partly => "partly",
            Self::NotYet => "not yet",
            Self::Standing => "standing",
        }
    }
}

/// One planned item.
#[derive(Debug, Clone)]
pub struct ItemRow {
    /// The item.
    pub item: ItemId,
    /// `A001`.
    pub id: String,
    /// The plan's title.
    pub title: String,
    /// Concrete, recurring, standing.
    pub kind: ItemKind,
    /// National, sub-regional, regional; empty for others.
    pub scope: &'static str,
    /// Members named, by name.
    pub members: String,
    /// How far it is.
    pub delivery: Delivery,
    /// End dates of the deliveries, oldest first.
    pub dates: Vec<NaiveDate>,
    /// Ids of the delivered activities, in that order.
    pub activities: Vec<String>,
    /// Members whose part is still open, by name.
    pub open: String,
    /// Bases of the deliveries.
    pub basis: String,
    /// Actions served.
    pub actions: String,
    /// The item in words: "delivered 14 Aug 2025", "partly: Fiji on …; open: Indonesia".
    pub words: String,
}

/// A delivered activity of the plan year that delivers no planned item.
#[derive(Debug, Clone)]
pub struct OutsideRow {
    /// Activity id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Type, in words.
    pub of_type: String,
    /// Last day.
    pub end: NaiveDate,
    /// Beneficiary Members.
    pub members: String,
    /// Actions served; empty where none.
    pub actions: String,
    /// The planned item that comes nearest, with what speaks for and against it; empty where none does.
    pub suggestion: String,
    /// File, sheet and row.
    pub place: String,
}

/// Plan delivery.
#[derive(Debug)]
pub struct PlanDelivery {
    /// All planned items, in order.
    pub items: Vec<ItemRow>,
    /// Deliveries outside the plan, by date.
    pub outside: Vec<OutsideRow>,
}

impl PlanDelivery {
    /// How many concrete items are in a state of delivery.
    #[must_use]
    pub fn concrete(&self, delivery: Delivery) -> usize {
        self.items.iter().filter(|row| row.kind == ItemKind::Concrete && row.delivery == delivery).count()
    }

    /// How many concrete items there are.
    #[must_use]
    pub fn concrete_items(&self) -> usize {
        self.items.iter().filter(|row| row.kind == ItemKind::Concrete).count()
    }

    /// The row of an item.
    #[must_use]
    pub fn row(&self, item: ItemId) -> &ItemRow {
        &self.items[item.index()]
    }
}

pub(super) fn compose(material: &Material<'_>) -> PlanDelivery {
    let plan = &material.definitions.plan;
    let items = plan.item_ids().map(|item| row(material, item)).collect();
    let mut outside: Vec<OutsideRow> = Vec::new();
    for (at, row, activity) in material.delivered_in(material.ytd()) {
        let mapped = &material.links.all[at];
        if !mapped.items.is_empty() {
            continue;
        }
        let types = &material.definitions.types;
        outside.push(OutsideRow {
            id: material.records.ids[at].clone(),
            title: tidy(&activity.title),
            of_type: activity.of_type.map(|of| types.get(of).name.clone()).unwrap_or_default(),
            end: activity.end,
            members: names(material, &mapped.members),
            actions: join(mapped.links.iter().map(|link| link.action)),
            suggestion: suggestion(material, mapped),
            place: material.records.sources[row.source.index()].place(row.row),
        });
    }
    outside.sort_by_key(|row| row.end);
    PlanDelivery { items, outside }
}

/// What an activity outside the plan may deliver, or comes nearest to.
fn suggestion(material: &Material<'_>, mapped: &Mapped) -> String {
    let (words, found) = match (mapped.asked.first(), &mapped.nearest) {
        (Some(asked), _) => ("asked in review.xlsx", asked),
        (None, Some(nearest)) => ("not asked", nearest),
        (None, None) => return String::new(),
    };
    let item = material.definitions.plan.item(found.item);
    format!("{} {} ({}, {words})\n{}", item.id, item.title, found.shown(), found.reasons())
}

/// Deliveries of an item inside the plan's own year, up to the report's end.
fn deliveries(material: &Material<'_>, item: ItemId) -> Vec<usize> {
    let plan_year = material.definitions.plan.year;
    let line = material.ytd();
    let delivers = |at: &usize| {
        let activity = &material.records.activities[*at].1;
        material.records.delivered[*at]
            && material.links.all[*at].delivers(item)
            && activity.plan_year() == plan_year
            && activity.end <= line.counted_to
    };
    let mut found: Vec<usize> = (0..material.records.activities.len()).filter(delivers).collect();
    found.sort_by_key(|at| material.records.activities[*at].1.end);
    found
}

fn row(material: &Material<'_>, id: ItemId) -> ItemRow {
    let item = material.definitions.plan.item(id);
    let found = deliveries(material, id);
    let reached: BTreeSet<MemberCode> =
        found.iter().flat_map(|at| material.links.all[*at].members.iter().copied()).collect();
    let open: BTreeSet<MemberCode> = match item.members.len() {
        0 | 1 => BTreeSet::new(),
        _ => item.members.difference(&reached).copied().collect(),
    };
    let dates: Vec<NaiveDate> = found.iter().map(|at| material.records.activities[*at].1.end).collect();
    let delivery = match (item.kind, found.is_empty(), open.is_empty()) {
        (ItemKind::Standing, ..) => Delivery::Standing,
        (_, true, _) => Delivery::NotYet,
        (_, false, true) => Delivery::Delivered,
        (_, false, false) => Delivery::Partly,
    };
    let bases: BTreeSet<&str> = found.iter().map(|at| item_basis(material, *at)).collect();
    ItemRow {
        item: id,
        id: item.id.clone(),
        title: item.title.clone(),
        kind: item.kind,
        scope: item.scope.map_or("", crate::definitions::ItemScope::as_str),
        members: names(material, &item.members),
        delivery,
        words: words(material, item, delivery, &dates, &open),
        dates,
        activities: found.iter().map(|at| material.records.ids[*at].clone()).collect(),
        open: if found.is_empty() { String::new() } else { names(material, &open) },
        basis: bases.into_iter().collect::<Vec<_>>().join(", "),
        actions: join(item.with_see_also.iter().copied()),
    }
}

/// How the item of an activity was found.
fn item_basis(material: &Material<'_>, at: usize) -> &'static str {
    material.links.all[at].found.map_or("", crate::mapping::Found::as_str)
}

fn words(
    material: &Material<'_>,
    item: &PlanItem,
    delivery: Delivery,
    dates: &[NaiveDate],
    open: &BTreeSet<MemberCode>,
) -> String {
    let shown: Vec<String> = dates.iter().map(|date| date.format("%-d %b %Y").to_string()).collect();
    match delivery {
        Delivery::NotYet => "not yet".to_owned(),
        Delivery::Standing if dates.is_empty() => "standing".to_owned(),
        Delivery::Standing => format!("standing; {} up to now", counted(dates.len(), "activity", "activities")),
        Delivery::Delivered if item.kind == ItemKind::Recurring => {
            format!("{}: {}", counted(dates.len(), "time", "times"), shown.join(", "))
        }
        Delivery::Delivered => format!("delivered {}", shown.join(", ")),
        Delivery::Partly => format!("partly {}; open: {}", shown.join(", "), names(material, open)),
    }
}

/// Names of Members, by the alphabet of their codes.
pub(super) fn names(material: &Material<'_>, members: &BTreeSet<MemberCode>) -> String {
    members.iter().map(|member| material.definitions.members.name(*member)).collect::<Vec<_>>().join(", ")
}

/// Actions as the plan writes a list of them.
pub(super) fn join(actions: impl Iterator<Item = ActionRef>) -> String {
    actions.map(|action| action.to_string()).collect::<Vec<_>>().join(", ")
}
