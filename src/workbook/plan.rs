//! Plan delivery: every planned item, and deliveries outside the plan.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{HEADER, Page, columns};
use super::style::Style;
use crate::definitions::{ItemKind, SheetWords};
use crate::report::Report;
use crate::report::plan::{Delivery, ItemRow};

pub(super) fn write(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    let columns = columns(words, &[8.0, 60.0, 11.0, 13.0, 26.0, 12.0, 13.0, 10.0, 16.0, 26.0, 11.0, 34.0]);
    let plan = &report.plan;
    let explanation = words.explained(&[
        ("items", &plan.concrete_items()),
        ("delivered", &plan.concrete(Delivery::Delivered)),
        ("partly", &plan.concrete(Delivery::Partly)),
        ("waiting", &plan.concrete(Delivery::NotYet)),
    ]);
    let mut page = Page::of(&explanation, &columns, style)?;
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
    page.word(row, 2, kind, &style.quiet)?;
    page.word(row, 3, item.scope, &style.quiet)?;
    page.text(row, 4, &item.members, &style.text)?;
    page.word(row, 5, item.delivery.as_str(), state)?;
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

pub(super) fn write_outside(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    let columns = columns(words, &[12.0, 52.0, 18.0, 13.0, 30.0, 22.0, 52.0, 34.0]);
    let mut page = Page::of(&words.explained(&[]), &columns, style)?;
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
