//! Small tables with the chart they feed: CB activities, planned items by section, the state of the KPIs.

use rust_xlsxwriter::{ChartType, Format, Worksheet, XlsxError};

use super::cells::WriteCells;
use super::page::{HEADER, Page, columns};
use super::plot::{Cells, Plot};
use super::style::Style;
use crate::definitions::{Colour, Palette, SheetWords};
use crate::report::Report;
use crate::report::charts::Stacked;
use crate::report::progress::{Course, REASONS};
use crate::terms::figure::{counted, rounded};
use crate::terms::fold::capital;

/// Progress in percent at which a bar is cut, so that one far beyond its target leaves the others readable.
const LONGEST: u32 = 150;

/// The colours of stacked series, from the axis outwards.
pub(super) fn colours(palette: &Palette) -> [Colour; 4] {
    [palette.main, palette.accent, palette.highlight, palette.band]
}

/// The colours of steps from done to not done.
fn steps(palette: &Palette) -> [Colour; 3] {
    [palette.main, palette.accent, palette.band]
}

/// CB activities by quarter and scope.
pub(super) fn write_activities(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    stacked(
        "CbActivities",
        &report.charts.activities,
        (ChartType::ColumnStacked, &colours(&style.palette)),
        words,
        style,
    )
}

/// Planned items by section: delivered, partly, not yet.
pub(super) fn write_plan(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    stacked("PlanBySection", &report.charts.delivery, (ChartType::BarStacked, &steps(&style.palette)), words, style)
}

/// A table of categories and series with their sums, and its chart.
fn stacked(
    table: &str,
    view: &Stacked,
    (kind, colours): (ChartType, &[Colour]),
    words: &SheetWords,
    style: &Style,
) -> Result<Worksheet, XlsxError> {
    let headers = columns(words, &[46.0, 13.0]);
    let mut columns = vec![headers[0]];
    columns.extend(view.series.iter().map(|series| (style.say(&series.name), 15.0)));
    columns.push(headers[1]);
    let explanation = words.explained(&[("subtitle", &view.text.subtitle), ("source", &view.text.foot)]);
    let mut page = Page::of(&explanation, &columns, style)?;
    let rows = view.categories.len();
    page.table(table, &columns, rows)?;
    for (at, (row, category)) in (HEADER + 1..).zip(&view.categories).enumerate() {
        page.text(row, 0, category, &style.strong)?;
        for (column, series) in view.series.iter().enumerate() {
            page.count(row, 1 + column, Some(series.counts[at] as u64))?;
        }
        let sum: usize = view.series.iter().map(|series| series.counts[at]).sum();
        page.count(row, 1 + view.series.len(), Some(sum as u64))?;
        page.fit(row, &[(0, category)])?;
    }
    let last = HEADER + u32::try_from(rows).expect("a few rows");
    if rows > 0 {
        let mut plot = Plot::new(kind, &view.text.title, &view.text.description, &words.name, style);
        let cells = |column| Cells { column, first: HEADER + 1, last };
        for ((at, series), colour) in (1..).zip(&view.series).zip(colours) {
            if series.counts.iter().any(|count| *count > 0) || at == 1 {
                plot.add(HEADER, cells(0), cells(at), *colour);
            }
        }
        plot.insert(&mut page.sheet, last + 2, 380)?;
        page.on_one_page();
    }
    Ok(page.sheet)
}

/// How many KPIs have a figure, by section; and those with a target.
pub(super) fn write_progress(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    let view = &report.progress;
    let reasons: Vec<String> = REASONS.iter().map(|reason| capital(style.say(reason.in_words()))).collect();
    let headers = columns(words, &[46.0, 12.0, 12.0, 12.0, 10.0]);
    let mut columns = headers[..4].to_vec();
    columns.extend(reasons.iter().map(|reason| (reason.as_str(), 12.0)));
    columns.push(headers[4]);
    let mut page = Page::of(&words.explained(&[]), &columns, style)?;
    page.table("KpiStatus", &columns, view.sections.len())?;
    let (mut with, mut all) = (0, 0);
    let mut figures = Vec::new();
    for (row, section) in (HEADER + 1..).zip(&view.sections) {
        let without: usize = section.without.iter().sum();
        page.text(row, 0, &section.section, &style.strong)?;
        let counts = [section.above_zero, section.zero, without].into_iter().chain(section.without);
        for (column, count) in counts.chain([section.kpis]).enumerate() {
            page.count(row, 1 + column, Some(count as u64))?;
        }
        page.fit(row, &[(0, &section.section)])?;
        (with, all) = (with + section.above_zero + section.zero, all + section.kpis);
        figures.push(format!(
            "{}: {} above 0, {} at 0, {without} without a figure",
            section.section, section.above_zero, section.zero
        ));
    }
    let last = HEADER + u32::try_from(view.sections.len()).expect("some sections");
    let title = format!("{with} of {} have a figure in the year to date", counted(all, "KPI", "KPIs"));
    let mut plot = Plot::new(ChartType::BarStacked, &title, &figures.join(". "), &words.name, style);
    let cells = |column| Cells { column, first: HEADER + 1, last };
    for (column, colour) in (1..=3).zip(steps(&style.palette)) {
        plot.add(HEADER, cells(0), cells(column), colour);
    }
    plot.insert(&mut page.sheet, last + 2, 300)?;
    page.on_one_page();
    Ok(page.sheet)
}

/// KPIs with a target and a figure, and their progress as a chart.
pub(super) fn write_targets(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    let view = &report.progress;
    let columns = columns(words, &[11.0, 58.0, 12.0, 12.0, 12.0, 12.0, 12.0]);
    let explanation = words.explained(&[("targets", &view.with_target), ("figures", &view.targets.len())]);
    let mut page = Page::of(&explanation, &columns, style)?;
    if view.targets.is_empty() {
        page.text(HEADER + 1, 0, &words.nothing, &style.subtitle)?;
        return Ok(page.sheet);
    }
    page.table("Targets", &columns, view.targets.len())?;
    let ytd = report.scorecard.periods.iter().position(|line| line.id == "YTD");
    for (row, kpi) in (HEADER + 1..).zip(&view.targets) {
        page.text(row, 0, &kpi.label, &style.strong)?;
        page.text(row, 1, &kpi.text, &style.text)?;
        page.decimal(row, 2, kpi.baseline)?;
        if let Some(figure) = ytd.map(|at| &kpi.figures[at]) {
            page.figure(row, 3, figure)?;
        }
        page.decimal(row, 4, kpi.target)?;
        page.decimal(row, 5, kpi.progress.map(|progress| rounded(progress, 1)))?;
        page.word(row, 6, kpi.course.map_or("", Course::as_str), course(style, kpi.course))?;
        page.fit(row, &[(1, &kpi.text)])?;
    }
    let count = u32::try_from(view.targets.len()).expect("some KPIs");
    let reached = view.targets.iter().filter(|kpi| kpi.course == Some(Course::Reached)).count();
    let figures: Vec<String> =
        view.targets.iter().map(|kpi| format!("{} {:.0} %", kpi.label, kpi.progress.unwrap_or_default())).collect();
    let beyond = view.targets.iter().any(|kpi| kpi.progress.is_some_and(|progress| progress > f64::from(LONGEST)));
    let cut = if beyond { format!(" (bars end at {LONGEST} %)") } else { String::new() };
    let title = format!("{reached} of {} reached{cut}", counted(view.targets.len(), "target is", "targets are"));
    let mut plot =
        Plot::new(ChartType::Bar, &title, &format!("Progress: {}", figures.join(", ")), &words.name, style).percent();
    if beyond {
        plot = plot.ending(LONGEST);
    }
    let cells = |column| Cells { column, first: HEADER + 1, last: HEADER + count };
    plot.add(HEADER, cells(0), cells(5), style.palette.accent);
    plot.insert(&mut page.sheet, HEADER + count + 2, 130 + 26 * count)?;
    if count <= 12 {
        page.on_one_page();
    } else {
        page.sheet.set_page_breaks(&[HEADER + count + 2])?;
    }
    Ok(page.sheet)
}

/// How a course looks: its word is read, its colour helps.
pub(super) fn course(style: &Style, course: Option<Course>) -> &Format {
    match course {
        None => &style.text,
        Some(Course::Reached | Course::OnTrack) => &style.on_track,
        Some(Course::Behind) => &style.behind,
        Some(Course::FarBehind) => &style.far_behind,
    }
}
