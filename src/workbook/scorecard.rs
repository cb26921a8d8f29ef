//! Scorecard: all KPIs by section, quarters and year to date.

use rust_xlsxwriter::{
    ConditionalFormatDataBar, ConditionalFormatType, Sparkline, SparklineType, Worksheet, XlsxError,
};

use super::cells::WriteCells;
use super::counts::course;
use super::evidence::row_of;
use super::page::{HEADER, Link, Page, columns, index};
use super::style::{Style, color};
use crate::definitions::{SheetId, SheetWords};
use crate::report::Report;
use crate::report::progress::Course;
use crate::report::scorecard::{KpiRow, Shown};
use crate::terms::Line;

/// Columns before the figures.
const FIGURES: usize = 4;
/// Widths of the columns but the figures, and of a figure.
const WIDTHS: [f64; 11] = [9.5, 29.0, 20.5, 11.5, 9.5, 8.5, 8.0, 8.5, 9.0, 9.5, 38.0];
const PERIOD: f64 = 9.6;

pub(super) fn write(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    let view = &report.scorecard;
    let periods: Vec<String> = view.periods.iter().map(|line| heading(line, style)).collect();
    let headers = columns(words, &WIDTHS);
    let mut columns = headers[..FIGURES].to_vec();
    columns.extend(periods.iter().map(|period| (period.as_str(), PERIOD)));
    columns.extend(&headers[FIGURES..]);
    let explanation = words.explained(&[("members", &view.members)]);
    let mut page = Page::of(&explanation, &columns, style)?;
    page.sheet.set_freeze_panes(HEADER + 1, 2)?;
    let mut row = HEADER + 1;
    for section in &view.sections {
        page.band(row, &format!("{}. {}", section.number, section.title))?;
        row += 1;
        for kpi in &section.rows {
            kpi_row(report, &mut page, row, kpi)?;
            row += 1;
        }
    }
    let progress = index(FIGURES + periods.len() + 4);
    let bar = ConditionalFormatDataBar::new()
        .set_fill_color(color(style.palette.shade))
        .set_solid_fill(true)
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 100);
    page.sheet.add_conditional_format(HEADER + 1, progress, row - 1, progress, &bar)?;
    Ok(page.sheet)
}

fn kpi_row(report: &Report, page: &mut Page<'_>, row: u32, kpi: &KpiRow) -> Result<(), XlsxError> {
    let style = page.style;
    page.text(row, 0, &kpi.label, &style.strong)?;
    page.text(row, 1, &kpi.text, &style.text)?;
    page.word(row, 2, &kpi.counted_as, &style.quiet)?;
    page.word(row, 3, kpi.unit, &style.quiet)?;
    for (at, figure) in kpi.figures.iter().enumerate() {
        match link(report, kpi, at) {
            Some(link) => page.linked(row, FIGURES + at, figure, &link)?,
            None => page.figure(row, FIGURES + at, figure)?,
        }
    }
    let after = FIGURES + kpi.figures.len();
    trend(report, page, row, after, kpi.trend)?;
    reached(report, page, row, after + 1, kpi)?;
    page.decimal(row, after + 2, kpi.baseline)?;
    match kpi.target {
        Some(_) => page.decimal(row, after + 3, kpi.target)?,
        None => page.word(row, after + 3, "no target", &style.words)?,
    }
    page.decimal(row, after + 4, kpi.progress)?;
    page.word(row, after + 5, kpi.course.map_or("", Course::as_str), course(style, kpi.course))?;
    page.text(row, after + 6, &kpi.note, &style.quiet)?;
    page.fit(row, &[(0, &kpi.label), (1, &kpi.text), (2, &kpi.counted_as), (after + 6, &kpi.note)])
}

/// The Members that linked deliveries reached; it leads to the delivered activities, which name their actions.
fn reached(report: &Report, page: &mut Page<'_>, row: u32, column: usize, kpi: &KpiRow) -> Result<(), XlsxError> {
    let tab = report.presentation.tab(SheetId::Activities);
    #[allow(clippy::cast_precision_loss, reason = "a few Members")]
    match (kpi.reached, tab) {
        (Some(reached), Some(tab)) => {
            let link = Link::to_row(tab, HEADER, "The delivered activities: filter Actions served by this action");
            page.linked(row, column, &Shown::Number(reached as f64, 0), &link)
        }
        (reached, _) => page.count(row, column, reached.map(|reached| reached as u64)),
    }
}

/// Where a figure leads: to its first row, else to its rule; nowhere where the workbook has neither sheet.
fn link(report: &Report, kpi: &KpiRow, at: usize) -> Option<Link> {
    let presentation = &report.presentation;
    if let (Some(position), Some(tab)) = (kpi.evidence[at], presentation.tab(SheetId::Evidence)) {
        return Some(Link::to_row(tab, row_of(position), "The rows behind this figure"));
    }
    let row = HEADER + 1 + u32::try_from(kpi.definition).expect("some KPIs");
    let tab = presentation.tab(SheetId::Definitions)?;
    Some(Link::to_row(tab, row, "No row stands behind this figure: how it is counted"))
}

/// A small chart of the quarters, where there are at least two and each has a figure.
fn trend(report: &Report, page: &mut Page<'_>, row: u32, column: usize, quarters: usize) -> Result<(), XlsxError> {
    page.text(row, column, "", &page.style.text)?;
    let Some(tab) = report.presentation.tab(SheetId::Scorecard).filter(|_| quarters > 1) else { return Ok(()) };
    let last = index(FIGURES + quarters - 1);
    let sparkline = Sparkline::new()
        .set_range((tab, row, index(FIGURES), row, last))
        .set_type(SparklineType::Line)
        .set_custom_min(0)
        .set_sparkline_color(color(page.style.palette.accent))
        .set_line_weight(1.5)
        .show_markers(true)
        .show_last_point(true)
        .set_last_point_color(color(page.style.palette.main));
    page.sheet.add_sparkline(row, index(column), &sparkline)?;
    Ok(())
}

/// "Q2\nOct - Dec 2025"; a quarter that is not over says so, and to which day it is counted.
fn heading(line: &Line, style: &Style) -> String {
    let (from, to) = (line.from.format("%b"), line.counted_to.format("%b %Y"));
    let name = match line.id.as_str() {
        "YTD" => "Year to date",
        "FREE" => "Report period",
        "PREV-YTD" => "Year before, to date",
        "PREV-FREE" => "Year before, same period",
        quarter => quarter,
    };
    let name = style.say(name);
    let to_day = || format!("{} {}", style.say("to"), line.counted_to.format("%-d %b %Y"));
    match (line.due, line.is_open(), line.id.starts_with('Q')) {
        (false, ..) => format!("{name}\n{}", style.say("not yet due")),
        (_, _, false) => format!("{name}\n{}", to_day()),
        (_, true, true) => format!("{name}, {}\n{}", style.say("not yet over"), to_day()),
        (_, false, true) => format!("{name}\n{from} - {to}"),
    }
}
