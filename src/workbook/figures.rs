//! Data: all figures in one tidy table.

use rust_xlsxwriter::XlsxError;

use super::cells::WriteCells;
use super::page::{HEADER, Page, Sheet, columns};
use super::rows::Lines;
use super::style::Style;
use crate::definitions::SheetWords;
use crate::report::Report;
use crate::report::figures::FigureRow;
use crate::terms::figure::rounded;

const WIDTHS: [f64; 15] = [11.0, 26.0, 9.0, 9.0, 15.0, 30.0, 12.0, 11.0, 12.0, 12.0, 12.0, 14.0, 12.0, 10.0, 13.0];

pub(super) fn write<'a>(report: &'a Report, words: &SheetWords, style: &'a Style) -> Result<Sheet<'a>, XlsxError> {
    let columns = columns(words, &WIDTHS);
    let mut page = Page::of(&words.explained(&[]), &columns, style)?;
    page.banded = true;
    page.sheet.set_freeze_panes(HEADER + 1, 2)?;
    page.list("Data", &columns, &report.figures.rows, figure_row)
}

fn figure_row(lines: &mut Lines<'_, '_>, row: u32, figure: &FigureRow) -> Result<(), XlsxError> {
    let style = lines.style;
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
        lines.text(row, column, text, &style.plain)?;
    }
    for (column, day) in [(8, figure.days.map(|days| days.0)), (9, figure.days.map(|days| days.1))] {
        if let Some(day) = day {
            lines.day(row, column, day, &style.plain_date)?;
        }
    }
    let numbers = [(2, figure.section.map(f64::from)), (10, figure.value), (12, figure.numerator), (13, figure.n)];
    for (column, number) in numbers {
        if let Some(number) = number {
            lines.number(row, column, Some(rounded(number, 6)), &style.plain_number)?;
        }
    }
    lines.fit(row, &[(1, &figure.figure), (5, &figure.of)])
}
