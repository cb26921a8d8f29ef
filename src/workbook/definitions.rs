//! Definitions: how each KPI is counted.

use rust_xlsxwriter::XlsxError;

use super::cells::WriteCells;
use super::page::{Page, Sheet, columns};
use super::rows::Lines;
use super::style::Style;
use crate::definitions::SheetWords;
use crate::report::Report;
use crate::report::definitions::DefinitionRow;

pub(super) fn write<'a>(report: &'a Report, words: &SheetWords, style: &'a Style) -> Result<Sheet<'a>, XlsxError> {
    let columns = columns(words, &[10.0, 40.0, 18.0, 90.0, 22.0, 20.0, 14.0]);
    let page = Page::of(&words.explained(&[]), &columns, style)?;
    page.list("Definitions", &columns, &report.definitions.rows, kpi_row)
}

fn kpi_row(lines: &mut Lines<'_, '_>, row: u32, kpi: &DefinitionRow) -> Result<(), XlsxError> {
    let style = lines.style;
    lines.text(row, 0, &kpi.kpi, &style.strong)?;
    lines.text(row, 1, &kpi.text, &style.text)?;
    lines.text(row, 2, kpi.measure, &style.quiet)?;
    lines.text(row, 3, &kpi.rule, &style.text)?;
    lines.word(row, 4, kpi.scope, &style.quiet)?;
    lines.word(row, 5, kpi.timing, &style.quiet)?;
    lines.word(row, 6, kpi.unit, &style.quiet)?;
    lines.fit(row, &[(1, &kpi.text), (3, &kpi.rule), (4, kpi.scope), (5, kpi.timing)])
}
