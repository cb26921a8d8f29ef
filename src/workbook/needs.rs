//! Views -> `needs-follow-up.xlsx`: what Members asked for, what they got, what is still owed.

mod follow_up;
mod lists;
mod long;
mod pages;
mod summary;

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, Format, XlsxError};

use super::book::Book;
use super::cells::excel_day;
use super::page::{Column, Page};
use super::style::Style;
use crate::artifact::Artifact;
use crate::measure::needs::NeedState;
use crate::report::Report;
use crate::report::needs::NeedsView;
use long::Looks;

/// Writes the workbook; none where neither needs nor follow-up answers were read.
///
/// # Panics
/// Only by a fault of the program: sheets, names and sizes are within Excel's limits.
#[must_use]
pub fn render(report: &Report, created: NaiveDate) -> Option<Artifact> {
    let view = report.needs.as_ref()?;
    let bytes = workbook(report, view, created).expect("sheets, names and sizes are within Excel's limits");
    Some(Artifact::new("needs-follow-up.xlsx", bytes))
}

fn workbook(report: &Report, view: &NeedsView, created: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks::of(Style::of(&report.presentation.palette));
    let style = looks.style();
    let properties = DocProperties::new().set_title(&view.title).set_company(&report.cover.office);
    let properties = properties.set_category(crate::intake::REPORT);
    let mut book = Book::new(&properties.set_creation_datetime(&excel_day(created)?), looks.all());
    book.push(summary::write(view, style)?)?;
    book.push(summary::write_topics(view, style)?)?;
    book.push(summary::write_matrix(view, style)?)?;
    book.push(lists::write_open(view, &looks)?)?;
    book.push(lists::write_proposals(view, style)?)?;
    book.push(follow_up::write_rates(view, &looks)?)?;
    book.push(follow_up::write_follow_up(view, &looks)?)?;
    book.push(follow_up::write_chase(view, &looks)?)?;
    book.push(follow_up::write_answers(view, &looks)?)?;
    for page in &view.pages {
        book.push(pages::write(page, view, style)?)?;
    }
    book.push(lists::write_evidence(view, &looks)?)?;
    book.push(lists::write_rules(view, style)?)?;
    book.finish()
}

/// Opens a sheet, its title in a row of its own height.
fn open<'a>(
    (name, title): (&str, &str),
    explanation: &str,
    columns: &[Column<'_>],
    style: &'a Style,
) -> Result<Page<'a>, XlsxError> {
    const TITLE_HEIGHT: f64 = 26.0;
    let mut page = Page::open(name, title, explanation, columns, style)?;
    page.sheet.set_row_height(0, TITLE_HEIGHT)?;
    Ok(page)
}

/// The look of a state.
fn state_format(state: NeedState, style: &Style) -> &Format {
    match state {
        NeedState::Met => &style.delivered,
        NeedState::MetInPart => &style.partly,
        NeedState::Planned | NeedState::DeliveredWithoutNeed => &style.quiet,
        NeedState::Open => &style.strong,
    }
}

/// The day in words, for lines of explanation.
fn day(view: &NeedsView) -> String {
    view.day.format("%-d %B %Y").to_string()
}
