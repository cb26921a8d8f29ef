//! Activities: delivered ones, each once.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{HEADER, Page, columns};
use super::style::Style;
use crate::definitions::SheetWords;
use crate::report::Report;
use crate::report::activities::ActivityRow;

const WIDTHS: [f64; 19] =
    [12.0, 48.0, 18.0, 12.0, 12.0, 8.0, 16.0, 18.0, 44.0, 11.0, 8.0, 8.0, 18.0, 20.0, 26.0, 9.0, 10.0, 9.0, 36.0];

pub(super) fn write(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    let list = &report.activities;
    let day = |day: chrono::NaiveDate| day.format("%-d %b %Y").to_string();
    let columns = columns(words, &WIDTHS);
    let explanation =
        words.explained(&[("from", &day(list.from)), ("to", &day(list.to)), ("summary", &report.cover.credits)]);
    let mut page = Page::of(&explanation, &columns, style)?;
    page.sheet.set_freeze_panes(HEADER + 1, 2)?;
    page.table("Activities", &columns, list.rows.len())?;
    for (row, activity) in (HEADER + 1..).zip(&list.rows) {
        activity_row(&mut page, row, activity)?;
    }
    Ok(page.sheet)
}

fn activity_row(page: &mut Page<'_>, row: u32, activity: &ActivityRow) -> Result<(), XlsxError> {
    let style = page.style;
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
    page.text(row, 0, &activity.id, &style.strong)?;
    for (column, text) in texts {
        page.text(row, column, text, &style.text)?;
    }
    page.date(row, 3, activity.start)?;
    page.date(row, 4, activity.end)?;
    page.text(row, 5, &activity.quarter, &style.quiet)?;
    page.count(row, 9, activity.participants)?;
    page.count(row, 10, activity.women)?;
    page.count(row, 11, activity.experts)?;
    page.count(row, 15, Some(activity.action_count as u64))?;
    page.text(row, 16, activity.basis, &style.quiet)?;
    page.fit(row, &texts.map(|(column, text)| (column, text.as_str())))
}
