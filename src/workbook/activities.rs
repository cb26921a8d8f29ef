//! Activities: delivered ones, each once.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{HEADER, Page};
use super::style::Style;
use crate::report::Report;
use crate::report::activities::ActivityRow;

const COLUMNS: [(&str, f64); 19] = [
    ("Activity ID", 12.0),
    ("Activity", 48.0),
    ("Type", 18.0),
    ("Start", 12.0),
    ("End", 12.0),
    ("Quarter", 8.0),
    ("Venue", 16.0),
    ("Host", 18.0),
    ("Beneficiary Members", 44.0),
    ("Participants", 11.0),
    ("Women", 8.0),
    ("Experts", 8.0),
    ("Partners", 18.0),
    ("Funding", 20.0),
    ("Actions served", 26.0),
    ("Number of actions", 9.0),
    ("Basis", 10.0),
    ("Plan item", 9.0),
    ("Where it stands", 36.0),
];

pub(super) fn write(report: &Report, style: &Style) -> Result<Worksheet, XlsxError> {
    let list = &report.activities;
    let explanation = format!(
        "Ended from {} to {}. {} Blank: not stated. Participants and women are those of the participation list where there is one.",
        list.from.format("%-d %b %Y"),
        list.to.format("%-d %b %Y"),
        report.cover.credits
    );
    let mut page = Page::of(&explanation, &COLUMNS, style)?;
    page.sheet.set_freeze_panes(HEADER + 1, 2)?;
    page.table("Activities", &COLUMNS, list.rows.len())?;
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
