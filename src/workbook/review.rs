//! `review.xlsx`: one row an activity in doubt, its candidates, and a drop-down to decide.

use chrono::NaiveDate;
use rust_xlsxwriter::{DataValidation, DocProperties, Formula, Worksheet, XlsxError};

use super::book::Book;
use super::cells::{WriteCells, excel_day};
use super::page::{Column, HEADER, Page, index};
use super::style::Style;
use crate::artifact::Artifact;
use crate::definitions::{LISTS_SHEET, REVIEW_SHEET, TOPICS_SHEET};
use crate::records::review::{ANOTHER, NO_ACTION, NOT_OURS, OUTSIDE};
use crate::report::review::{ReviewList, ReviewRow};

const COLUMNS: [Column<'static>; 16] = [
    ("Activity ID", 11.0),
    ("Activity", 30.0),
    ("Type", 14.0),
    ("Start date", 12.0),
    ("End date", 12.0),
    ("Members", 18.0),
    ("Candidate 1", 38.0),
    ("Candidate 2", 38.0),
    ("Candidate 3", 38.0),
    ("Decision", 16.0),
    ("Planned item", 18.0),
    ("AWP actions", 14.0),
    ("Reason", 20.0),
    ("Decided on", 12.0),
    ("Plan", 11.0),
    ("Where it stands", 26.0),
];
const CANDIDATES: usize = 6;
const DECISION: usize = 9;
const ITEM: usize = 10;
const PLAN: usize = 14;

/// Writes the review; none where nothing is in doubt.
///
/// # Panics
/// Only by a fault of the program: names and sizes are within Excel's limits.
#[must_use]
pub fn render(review: &ReviewList, created: NaiveDate) -> Option<Artifact> {
    let bytes = || workbook(review, created).expect("names and sizes are within Excel's limits");
    (!review.rows.is_empty() || !review.topics.is_empty()).then(|| Artifact::new("review.xlsx", bytes()))
}

fn workbook(review: &ReviewList, created: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let style = Style::new();
    let properties = DocProperties::new().set_title("Activities in doubt");
    let mut book = Book::new(&properties.set_creation_datetime(&excel_day(created)?), style.all());
    if !review.rows.is_empty() {
        book.push(sheet(review, &style)?)?;
    }
    if !review.topics.is_empty() {
        book.push(topics(review, &style)?)?;
    }
    book.push(lists(review)?)?;
    book.finish()
}

fn sheet(review: &ReviewList, style: &Style) -> Result<Worksheet, XlsxError> {
    let explanation = format!(
        "Choose in Decision which planned activity each row delivers: a candidate, \u{201c}{ANOTHER}\u{201d} (name it beside), \
         \u{201c}{OUTSIDE}\u{201d} (give its actions beside, or none), or \u{201c}{NOT_OURS}\u{201d}. Two items of one event: A001; A039. \
         Then put this file among the inputs and run again. A blank Decision leaves the question open."
    );
    let mut page = Page::open(REVIEW_SHEET, "Activities in doubt", &explanation, &COLUMNS, style)?;
    for (row, activity) in (HEADER + 1..).zip(&review.rows) {
        page.text(row, 0, &activity.id, &style.text)?;
        page.text(row, 1, &activity.title, &style.strong)?;
        page.text(row, 2, &activity.of_type, &style.text)?;
        page.date(row, 3, activity.start)?;
        page.date(row, 4, activity.end)?;
        page.text(row, 5, &activity.members, &style.text)?;
        let mut texts =
            vec![(1, activity.title.clone()), (5, activity.members.clone()), (PLAN + 1, activity.place.clone())];
        for (at, found) in activity.candidates.iter().enumerate() {
            let text = format!("{} {} ({})\n{}", found.item, found.title, found.score, found.reasons);
            page.text(row, CANDIDATES + at, &text, &style.text)?;
            texts.push((CANDIDATES + at, text));
        }
        for column in CANDIDATES + activity.candidates.len()..PLAN {
            let format = if (DECISION..).contains(&column) { &style.answer } else { &style.text };
            page.sheet.write_blank(row, index(column), format)?;
        }
        page.text(row, PLAN, &review.plan, &style.quiet)?;
        page.text(row, PLAN + 1, &activity.place, &style.quiet)?;
        page.fit(row, &texts.iter().map(|(column, text)| (*column, text.as_str())).collect::<Vec<_>>())?;
        page.sheet.add_data_validation(row, index(DECISION), row, index(DECISION), &choices(activity)?)?;
    }
    let last = HEADER + u32::try_from(review.rows.len()).unwrap_or(u32::MAX - HEADER);
    let range = format!("='{LISTS_SHEET}'!$A$1:$A${}", review.items.len());
    let items = DataValidation::new().allow_list_formula(Formula::new(range)).set_error_style(WARNING);
    page.sheet.add_data_validation(HEADER + 1, index(ITEM), last, index(ITEM), &items)?;
    page.sheet.autofilter(HEADER, 0, last, index(COLUMNS.len() - 1))?;
    page.sheet.set_freeze_panes(HEADER + 1, 2)?;
    Ok(page.sheet)
}

/// Other answers are possible (two items), so the list only warns.
const WARNING: rust_xlsxwriter::DataValidationErrorStyle = rust_xlsxwriter::DataValidationErrorStyle::Warning;

/// The answers that a row offers: its candidates by id, then the general ones.
fn choices(activity: &ReviewRow) -> Result<DataValidation, XlsxError> {
    let candidates = activity.candidates.iter().map(|found| found.item.as_str());
    let words: Vec<&str> = candidates.chain([ANOTHER, OUTSIDE, NOT_OURS]).collect();
    let rule = DataValidation::new().allow_list_strings(&words)?.set_error_style(WARNING);
    rule.set_error_message("Choose from the list, or name planned items by their ids, joined by a semicolon.")
}

/// Topics of needs that name no action of the plan.
fn topics(review: &ReviewList, style: &Style) -> Result<Worksheet, XlsxError> {
    const COLUMNS: [Column<'static>; 6] = [
        ("Topic", 44.0),
        ("Members", 40.0),
        ("Rows", 8.0),
        ("May mean", 44.0),
        ("Decision", 40.0),
        ("AWP actions", 20.0),
    ];
    let explanation = format!(
        "Choose in Decision what each topic asks for, or give the actions beside it; \u{201c}{NO_ACTION}\u{201d} where it asks for none. \
         Until then its needs are in no figure."
    );
    let mut page = Page::open(TOPICS_SHEET, "Topics of needs in doubt", &explanation, &COLUMNS, style)?;
    for (row, topic) in (HEADER + 1..).zip(&review.topics) {
        let may_mean = topic.may_mean.join("\n");
        page.text(row, 0, &topic.topic, &style.strong)?;
        page.text(row, 1, &topic.members, &style.text)?;
        page.count(row, 2, Some(topic.rows as u64))?;
        page.text(row, 3, &may_mean, &style.text)?;
        page.sheet.write_blank(row, 4, &style.answer)?;
        page.sheet.write_blank(row, 5, &style.answer)?;
        page.fit(row, &[(0, &topic.topic), (1, &topic.members), (3, &may_mean)])?;
    }
    let last = HEADER + u32::try_from(review.topics.len()).unwrap_or(u32::MAX - HEADER);
    let range = format!("='{LISTS_SHEET}'!$B$1:$B${}", review.known_topics.len() + 1);
    let choices = DataValidation::new().allow_list_formula(Formula::new(range)).set_error_style(WARNING);
    page.sheet.add_data_validation(HEADER + 1, 4, last, 4, &choices)?;
    Ok(page.sheet)
}

/// The sheet behind the lists of planned items and of topics.
fn lists(review: &ReviewList) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(LISTS_SHEET)?;
    sheet.set_column_width(0, 90)?;
    for (row, (id, title)) in (0..).zip(&review.items) {
        sheet.write_string(row, 0, format!("{id} {title}"))?;
    }
    let topics = review.known_topics.iter().map(String::as_str).chain([NO_ACTION]);
    for (row, topic) in (0..).zip(topics) {
        sheet.write_string(row, 1, topic)?;
    }
    Ok(sheet)
}
