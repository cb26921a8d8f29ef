//! Data: all figures in one tidy table.

use rust_xlsxwriter::XlsxError;

use super::page::{HEADER, Page, Sheet};
use super::style::Style;
use crate::report::Report;
use crate::report::figures::FigureRow;
use crate::terms::figure::rounded;

const COLUMNS: [(&str, f64); 15] = [
    ("Topic", 11.0),
    ("Figure", 26.0),
    ("Section", 9.0),
    ("Action", 9.0),
    ("Broken down by", 15.0),
    ("Group", 30.0),
    ("Period", 12.0),
    ("Plan year", 11.0),
    ("From", 12.0),
    ("To", 12.0),
    ("Value", 12.0),
    ("Unit", 14.0),
    ("Numerator", 12.0),
    ("n", 10.0),
    ("Reason", 13.0),
];

pub(super) fn write<'a>(report: &Report, style: &'a Style) -> Result<Sheet<'a>, XlsxError> {
    let rows = &report.figures.rows;
    let explanation = "One figure a row: make it the source of a pivot table. Distinct counts (Members, activities) must not be summed over actions, sections, groups or periods; Year to date holds its quarters. To: the day to which the period is counted.";
    let mut page = Page::of(explanation, &COLUMNS, style)?;
    page.banded = true;
    page.long();
    page.sheet.set_freeze_panes(HEADER + 1, 2)?;
    page.table("Data", &COLUMNS, rows.len())?;
    for (row, figure) in (HEADER + 1..).zip(rows) {
        figure_row(&mut page, row, figure)?;
    }
    Ok(page.finish())
}

fn figure_row(page: &mut Page<'_>, row: u32, figure: &FigureRow) -> Result<(), XlsxError> {
    let style = page.style;
    let texts: [(usize, &str); 9] = [
        (0, figure.topic),
        (1, &figure.figure),
        (3, &figure.action),
        (4, figure.by),
        (5, &figure.of),
        (6, &figure.period),
        (7, &figure.year),
        (11, figure.unit),
        (14, figure.reason),
    ];
    for (column, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        page.text(row, column, text, &style.plain)?;
    }
    for (column, day) in [(8, figure.days.map(|days| days.0)), (9, figure.days.map(|days| days.1))] {
        if let Some(day) = day {
            page.day(row, column, day, &style.plain_date)?;
        }
    }
    let numbers = [(2, figure.section.map(f64::from)), (10, figure.value), (12, figure.numerator), (13, figure.n)];
    for (column, number) in numbers {
        if let Some(number) = number {
            page.number(row, column, Some(rounded(number, 6)), &style.plain_number)?;
        }
    }
    page.fit(row, &[(1, &figure.figure), (5, &figure.of)])
}
