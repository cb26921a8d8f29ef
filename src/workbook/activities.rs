//! Activities: delivered ones, each once.

use rust_xlsxwriter::XlsxError;

use super::cells::WriteCells;
use super::page::{HEADER, Page, Sheet, columns};
use super::rows::Lines;
use super::style::Style;
use crate::definitions::SheetWords;
use crate::report::Report;
use crate::report::activities::ActivityRow;

const WIDTHS: [f64; 19] =
    [12.0, 48.0, 18.0, 12.0, 12.0, 8.0, 16.0, 18.0, 44.0, 11.0, 8.0, 8.0, 18.0, 20.0, 26.0, 9.0, 10.0, 9.0, 36.0];

pub(super) fn write<'a>(report: &'a Report, words: &SheetWords, style: &'a Style) -> Result<Sheet<'a>, XlsxError> {
    let list = &report.activities;
    let day = |day: chrono::NaiveDate| day.format("%-d %b %Y").to_string();
    let columns = columns(words, &WIDTHS);
    let explanation =
        words.explained(&[("from", &day(list.from)), ("to", &day(list.to)), ("summary", &report.cover.credits)]);
    let mut page = Page::of(&explanation, &columns, style)?;
    page.sheet.set_freeze_panes(HEADER + 1, 2)?;
    page.list("Activities", &columns, &list.rows, activity_row)
}

fn activity_row(lines: &mut Lines<'_, '_>, row: u32, activity: &ActivityRow) -> Result<(), XlsxError> {
    let style = lines.style;
    let texts = [
        (1, &activity.title),
        (2, &activity.of_type),
        (6, &activity.venue),
        (7, &activity.host),
        (8, &activity.members),
        (12, &activity.partners),
        (13, &activity.funding),
        (14, &activity.actions),
        (17, &activity.item),
        (18, &activity.place),
    ];
    lines.text(row, 0, &activity.id, &style.strong)?;
    for (column, text) in texts {
        lines.text(row, column, text, &style.text)?;
    }
    lines.date(row, 3, activity.start)?;
    lines.date(row, 4, activity.end)?;
    lines.text(row, 5, &activity.quarter, &style.quiet)?;
    lines.count(row, 9, activity.participants)?;
    lines.count(row, 10, activity.women)?;
    lines.count(row, 11, activity.experts)?;
    lines.count(row, 15, Some(activity.action_count as u64))?;
    lines.text(row, 16, activity.basis, &style.quiet)?;
    lines.fit(row, &texts.map(|(column, text)| (column, text.as_str())))
}
