//! Plan delivery: every planned item, and deliveries outside the plan.

use rust_xlsxwriter::XlsxError;

use super::cells::WriteCells;
use super::page::{HEADER, Page, Sheet, columns};
use super::rows::Lines;
use super::style::Style;
use crate::definitions::{ItemKind, SheetWords};
use crate::report::Report;
use crate::report::plan::{Delivery, ItemRow, OutsideRow};

pub(super) fn write<'a>(report: &'a Report, words: &SheetWords, style: &'a Style) -> Result<Sheet<'a>, XlsxError> {
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
    page.list("PlanDelivery", &columns, &plan.items, item_row)
}

fn item_row(lines: &mut Lines<'_, '_>, row: u32, item: &ItemRow) -> Result<(), XlsxError> {
    let style = lines.style;
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
    lines.text(row, 0, &item.id, &style.strong)?;
    lines.text(row, 1, &item.title, &style.text)?;
    lines.word(row, 2, kind, &style.quiet)?;
    lines.word(row, 3, item.scope, &style.quiet)?;
    lines.text(row, 4, &item.members, &style.text)?;
    lines.word(row, 5, item.delivery.as_str(), state)?;
    match item.dates.last() {
        Some(last) => lines.date(row, 6, *last)?,
        None => lines.text(row, 6, "", &style.text)?,
    }
    lines.count(row, 7, Some(item.dates.len() as u64))?;
    lines.text(row, 8, &activities, &style.text)?;
    lines.text(row, 9, &item.open, &style.text)?;
    lines.text(row, 10, &item.basis, &style.quiet)?;
    lines.text(row, 11, &item.actions, &style.quiet)?;
    lines.fit(row, &[(1, &item.title), (4, &item.members), (8, &activities), (9, &item.open), (11, &item.actions)])
}

pub(super) fn write_outside<'a>(
    report: &'a Report,
    words: &SheetWords,
    style: &'a Style,
) -> Result<Sheet<'a>, XlsxError> {
    let columns = columns(words, &[12.0, 52.0, 18.0, 13.0, 30.0, 22.0, 52.0, 34.0]);
    let page = Page::of(&words.explained(&[]), &columns, style)?;
    page.list("OutsideThePlan", &columns, &report.plan.outside, outside_row)
}

fn outside_row(lines: &mut Lines<'_, '_>, row: u32, outside: &OutsideRow) -> Result<(), XlsxError> {
    let style = lines.style;
    lines.text(row, 0, &outside.id, &style.strong)?;
    lines.text(row, 1, &outside.title, &style.text)?;
    lines.text(row, 2, &outside.of_type, &style.quiet)?;
    lines.date(row, 3, outside.end)?;
    lines.text(row, 4, &outside.members, &style.text)?;
    lines.text(row, 5, &outside.actions, &style.text)?;
    lines.text(row, 6, &outside.suggestion, &style.quiet)?;
    lines.text(row, 7, &outside.place, &style.quiet)?;
    lines.fit(
        row,
        &[
            (1, &outside.title),
            (2, &outside.of_type),
            (4, &outside.members),
            (5, &outside.actions),
            (6, &outside.suggestion),
            (7, &outside.place),
        ],
    )
}
