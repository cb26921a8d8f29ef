//! Definitions: how each KPI is counted.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{HEADER, Page};
use super::style::Style;
use crate::report::Report;

pub(super) fn write(report: &Report, style: &Style) -> Result<Worksheet, XlsxError> {
    let columns = [
        ("KPI", 10.0),
        ("KPI of the plan", 40.0),
        ("Measure", 18.0),
        ("How it is counted", 90.0),
        ("Looks at", 22.0),
        ("Counts", 20.0),
        ("Unit", 14.0),
    ];
    let explanation = "The same configuration that the figures are counted by (config/kpis). Distinct counts must not be summed over actions or quarters.";
    let mut page = Page::of(explanation, &columns, style)?;
    let rows = &report.definitions.rows;
    page.table("Definitions", &columns, rows.len())?;
    for (row, kpi) in (HEADER + 1..).zip(rows) {
        page.text(row, 0, &kpi.kpi, &style.strong)?;
        page.text(row, 1, &kpi.text, &style.text)?;
        page.text(row, 2, kpi.measure, &style.quiet)?;
        page.text(row, 3, &kpi.rule, &style.text)?;
        page.text(row, 4, kpi.scope, &style.quiet)?;
        page.text(row, 5, kpi.timing, &style.quiet)?;
        page.text(row, 6, kpi.unit, &style.quiet)?;
        page.fit(row, &[(1, &kpi.text), (3, &kpi.rule), (4, kpi.scope), (5, kpi.timing)])?;
    }
    Ok(page.sheet)
}
