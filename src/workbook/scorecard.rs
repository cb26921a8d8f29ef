//! Scorecard: all KPIs by section, quarters and year to date.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{HEADER, Page};
use super::style::Style;
use crate::report::Report;
use crate::report::scorecard::KpiRow;
use crate::terms::Line;

pub(super) fn write(report: &Report, style: &Style) -> Result<Worksheet, XlsxError> {
    let view = &report.scorecard;
    let periods: Vec<String> = view.periods.iter().map(heading).collect();
    let mut columns: Vec<(&str, f64)> =
        vec![("KPI", 11.0), ("KPI of the plan", 36.0), ("Counted as", 24.0), ("Unit", 12.0)];
    columns.extend(periods.iter().map(|period| (period.as_str(), 11.0)));
    columns.extend([
        ("Members reached", 9.0),
        ("Baseline", 9.0),
        ("Target", 14.0),
        ("Progress %", 9.0),
        ("What explains the year to date", 60.0),
    ]);
    let explanation = format!(
        "Words in a figure's place say why there is none; no number is not zero. {} Members on the report's last day. Members reached: by linked deliveries, beside each standing.",
        view.members
    );
    let mut page = Page::open("Scorecard", "KPI scorecard", &explanation, &columns, style)?;
    page.sheet.set_freeze_panes(HEADER + 1, 2)?;
    let mut row = HEADER + 1;
    for section in &view.sections {
        page.band(row, &format!("{}. {}", section.number, section.title))?;
        row += 1;
        for kpi in &section.rows {
            kpi_row(&mut page, row, kpi, periods.len())?;
            row += 1;
        }
    }
    Ok(page.sheet)
}

fn kpi_row(page: &mut Page<'_>, row: u32, kpi: &KpiRow, periods: usize) -> Result<(), XlsxError> {
    let style = page.style;
    page.text(row, 0, &kpi.label, &style.strong)?;
    page.text(row, 1, &kpi.text, &style.text)?;
    page.text(row, 2, &kpi.counted_as, &style.quiet)?;
    page.text(row, 3, kpi.unit, &style.quiet)?;
    for (at, figure) in kpi.figures.iter().enumerate() {
        page.figure(row, 4 + at, figure)?;
    }
    let after = 4 + periods;
    page.count(row, after, kpi.reached.map(|reached| reached as u64))?;
    page.decimal(row, after + 1, kpi.baseline)?;
    match kpi.target {
        Some(_) => page.decimal(row, after + 2, kpi.target)?,
        None => page.text(row, after + 2, "no target set", &style.words)?,
    }
    page.decimal(row, after + 3, kpi.progress)?;
    page.text(row, after + 4, &kpi.note, &style.quiet)?;
    page.fit(
        row,
        &[
            (0, &kpi.label),
            (1, &kpi.text),
            (2, &kpi.counted_as),
            (after + 4, &kpi.note),
            (after + 2, if kpi.target.is_none() { "no target set" } else { "" }),
        ],
    )
}

/// "Q2\nOct - Dec 2025"; a quarter that is not over says to which day it is counted.
fn heading(line: &Line) -> String {
    let (from, to) = (line.from.format("%b %Y"), line.counted_to.format("%b %Y"));
    let span = if line.counted_to < line.to || line.id.ends_with("YTD") || line.id.ends_with("FREE") {
        format!("to {}", line.counted_to.format("%-d %b %Y"))
    } else {
        format!("{} - {to}", line.from.format("%b"))
    };
    let _ = from;
    let name = match line.id.as_str() {
        "YTD" => "Year to date",
        "FREE" => "Report period",
        "PREV-YTD" => "Year before, to date",
        "PREV-FREE" => "Year before, same period",
        quarter => quarter,
    };
    if line.due { format!("{name}\n{span}") } else { format!("{name}\nnot yet due") }
}
