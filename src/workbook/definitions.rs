//! Definitions: how each KPI is counted.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cells::WriteCells;
use super::page::{HEADER, Page, columns};
use super::style::Style;
use crate::definitions::SheetWords;
use crate::report::Report;

pub(super) fn write(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    let columns = columns(words, &[10.0, 40.0, 18.0, 90.0, 22.0, 20.0, 14.0]);
    let mut page = Page::of(&words.explained(&[]), &columns, style)?;
    let rows = &report.definitions.rows;
    page.table("Definitions", &columns, rows.len())?;
    for (row, kpi) in (HEADER + 1..).zip(rows) {
        page.text(row, 0, &kpi.kpi, &style.strong)?;
        page.text(row, 1, &kpi.text, &style.text)?;
        page.text(row, 2, kpi.measure, &style.quiet)?;
        page.text(row, 3, &kpi.rule, &style.text)?;
        page.word(row, 4, kpi.scope, &style.quiet)?;
        page.word(row, 5, kpi.timing, &style.quiet)?;
        page.word(row, 6, kpi.unit, &style.quiet)?;
        page.fit(row, &[(1, &kpi.text), (3, &kpi.rule), (4, kpi.scope), (5, kpi.timing)])?;
    }
    Ok(page.sheet)
}
