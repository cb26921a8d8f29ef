//! Plan delivery: every planned item, and deliveries outside the plan.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{HEADER, Page};
use super::style::Style;
use crate::definitions::ItemKind;
use crate::report::Report;
use crate::report::plan::{Delivery, ItemRow};

pub(super) fn write(report: &Report, style: &Style) -> Result<Worksheet, XlsxError> {
    let columns = [
        ("Item", 8.0),
        ("Planned activity", 60.0),
        ("Kind", 11.0),
        ("Scope", 13.0),
        ("Members named", 26.0),
        ("Delivery", 12.0),
        ("Last delivered", 13.0),
        ("Deliveries", 10.0),
        ("Activities", 16.0),
        ("Members still open", 26.0),
        ("Found by", 11.0),
        ("Actions served", 34.0),
    ];
    let plan = &report.plan;
    let explanation = format!(
        "Of {} concrete items: {} delivered, {} in part, {} not yet. A delivery counts in the plan's own year. Blank: nothing to say.",
        plan.concrete_items(),
        plan.concrete(Delivery::Delivered),
        plan.concrete(Delivery::Partly),
        plan.concrete(Delivery::NotYet)
    );
    let mut page = Page::open("Plan delivery", "Plan delivery", &explanation, &columns, style)?;
    page.sheet.set_freeze_panes(HEADER + 1, 2)?;
    page.table("PlanDelivery", &columns, plan.items.len())?;
    for (row, item) in (HEADER + 1..).zip(&plan.items) {
        item_row(&mut page, row, item)?;
    }
    Ok(page.sheet)
}

fn item_row(page: &mut Page<'_>, row: u32, item: &ItemRow) -> Result<(), XlsxError> {
    let style = page.style;
    let kind = match item.kind {
        ItemKind::Concrete => "concrete",
        ItemKind::Recurring => "recurring",
        ItemKind::Standing => "standing",
    };
    let state = match item.delivery {
        Delivery::Delivered => &style.delivered,
        Delivery::Partly => &style.partly,
        Delivery::NotYet | Delivery::Standing => &style.quiet,
    };
    let activities = item.activities.join(", ");
    page.text(row, 0, &item.id, &style.strong)?;
    page.text(row, 1, &item.title, &style.text)?;
    page.text(row, 2, kind, &style.quiet)?;
    page.text(row, 3, item.scope, &style.quiet)?;
    page.text(row, 4, &item.members, &style.text)?;
    page.text(row, 5, item.delivery.as_str(), state)?;
    match item.dates.last() {
        Some(last) => page.date(row, 6, *last)?,
        None => page.text(row, 6, "", &style.text)?,
    }
    page.count(row, 7, Some(item.dates.len() as u64))?;
    page.text(row, 8, &activities, &style.text)?;
    page.text(row, 9, &item.open, &style.text)?;
    page.text(row, 10, &item.basis, &style.quiet)?;
    page.text(row, 11, &item.actions, &style.quiet)?;
    page.fit(row, &[(1, &item.title), (4, &item.members), (8, &activities), (9, &item.open), (11, &item.actions)])
}

pub(super) fn write_outside(report: &Report, style: &Style) -> Result<Worksheet, XlsxError> {
    let columns = [
        ("Activity ID", 12.0),
        ("Activity", 52.0),
        ("Type", 18.0),
        ("End", 13.0),
        ("Beneficiary Members", 30.0),
        ("Actions served", 22.0),
        ("Nearest planned activity", 52.0),
        ("Where it stands", 34.0),
    ];
    let explanation = "Delivered in the year to date and no planned item. Blank actions: it serves none. Blank nearest: nothing in the plan has its topic.";
    let mut page = Page::open("Outside the plan", "Deliveries outside the plan", explanation, &columns, style)?;
    let rows = &report.plan.outside;
    page.table("OutsideThePlan", &columns, rows.len())?;
    for (row, outside) in (HEADER + 1..).zip(rows) {
        page.text(row, 0, &outside.id, &style.strong)?;
        page.text(row, 1, &outside.title, &style.text)?;
        page.text(row, 2, &outside.of_type, &style.quiet)?;
        page.date(row, 3, outside.end)?;
        page.text(row, 4, &outside.members, &style.text)?;
        page.text(row, 5, &outside.actions, &style.text)?;
        page.text(row, 6, &outside.suggestion, &style.quiet)?;
        page.text(row, 7, &outside.place, &style.quiet)?;
        page.fit(
            row,
            &[
                (1, &outside.title),
                (2, &outside.of_type),
                (4, &outside.members),
                (5, &outside.actions),
                (6, &outside.suggestion),
                (7, &outside.place),
            ],
        )?;
    }
    Ok(page.sheet)
}
