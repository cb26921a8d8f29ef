//! Evidence: the rows behind every figure, to be filtered; the scorecard's figures lead here.

use rust_xlsxwriter::XlsxError;

use super::cells::WriteCells;
use super::page::{HEADER, Page, Sheet, columns};
use super::rows::Lines;
use super::style::Style;
use crate::definitions::SheetWords;
use crate::report::Report;
use crate::report::evidence::EvidenceRow;
use crate::report::scorecard::label_of;
use crate::terms::figure::grouped;

const WIDTHS: [f64; 13] = [12.0, 30.0, 13.0, 14.0, 46.0, 20.0, 22.0, 18.0, 9.0, 8.0, 8.0, 7.0, 24.0];

/// The row of a line of evidence, by its position.
pub(super) fn row_of(position: usize) -> u32 {
    HEADER + 1 + u32::try_from(position).expect("fewer lines than Excel has rows")
}

pub(super) fn write<'a>(report: &'a Report, words: &SheetWords, style: &'a Style) -> Result<Sheet<'a>, XlsxError> {
    let (all, shown) = (report.evidence.rows.len(), report.evidence.shown());
    let mut explanation = words.explained(&[]);
    if shown.len() < all {
        explanation = format!("{explanation} {}", words.cut(&grouped(shown.len()), &grouped(all)));
    }
    let columns = columns(words, &WIDTHS);
    let mut page = Page::of(&explanation, &columns, style)?;
    page.banded = true;
    page.sheet.set_freeze_panes(HEADER + 1, 1)?;
    page.list("Evidence", &columns, shown, row)
}

fn row(lines: &mut Lines<'_, '_>, row: u32, line: &EvidenceRow) -> Result<(), XlsxError> {
    let style = lines.style;
    let texts: [(usize, &str); 9] = [
        (1, &line.periods),
        (2, line.kind),
        (3, &line.activity),
        (4, &line.title),
        (5, &line.member),
        (6, &line.file),
        (7, &line.sheet),
        (8, &line.cell),
        (12, line.basis),
    ];
    lines.text(row, 0, &label_of(line.kpi, line.companion), &style.plain)?;
    for (column, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        lines.text(row, column, text, &style.plain)?;
    }
    for (column, number) in [(9, line.first), (10, line.last), (11, line.rows)] {
        lines.number(row, column, Some(f64::from(number)), &style.plain_number)?;
    }
    // Other texts are short, and measuring them would take a third of the time of a long sheet.
    lines.fit(row, &[(1, &line.periods), (4, &line.title), (6, &line.file)])
}
