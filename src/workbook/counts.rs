//! Small tables with the chart they feed: CB activities, planned items by section, the state of the KPIs.

use rust_xlsxwriter::{ChartType, Format, Worksheet, XlsxError};

use super::page::{HEADER, Page};
use super::plot::{Cells, Plot};
use super::style::Style;
use crate::definitions::{Colour, Palette, SheetId};
use crate::report::Report;
use crate::report::charts::Stacked;
use crate::report::progress::{Course, REASONS};
use crate::terms::figure::{counted, rounded};
use crate::terms::fold::capital;

/// Percent at which the chart of targets ends where a KPI is beyond.
const END: f64 = 150.0;

/// The colours of stacked series, from the axis outwards; white figures can be read on each.
fn colours(palette: &Palette) -> [Colour; 4] {
    [palette.main, palette.accent, palette.warning, palette.quiet]
}

/// CB activities by quarter and scope.
pub(super) fn write_activities(report: &Report, style: &Style) -> Result<Worksheet, XlsxError> {
    let tab = report.presentation.tab(SheetId::CbActivities).unwrap_or_default();
    stacked(&report.charts.activities, ("Quarter", "All scopes"), ChartType::ColumnStacked, tab, style)
}

/// Planned items by section: delivered, partly, not yet.
pub(super) fn write_plan(report: &Report, style: &Style) -> Result<Worksheet, XlsxError> {
    let tab = report.presentation.tab(SheetId::PlanBySection).unwrap_or_default();
    stacked(&report.charts.delivery, ("Section", "All items"), ChartType::BarStacked, tab, style)
}

/// A table of categories and series with their sums, and its chart.
fn stacked(
    view: &Stacked,
    (first, all): (&str, &str),
    kind: ChartType,
    tab: &str,
    style: &Style,
) -> Result<Worksheet, XlsxError> {
    let mut columns = vec![(first, 46.0)];
    columns.extend(view.series.iter().map(|series| (series.name.as_str(), 15.0)));
    columns.push((all, 13.0));
    let mut page = Page::of(&format!("{}. {}", view.text.subtitle, view.text.foot), &columns, style)?;
    let rows = view.categories.len();
    page.table(if first == "Quarter" { "CbActivities" } else { "PlanBySection" }, &columns, rows)?;
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
        let mut plot = Plot::new(kind, &view.text.title, &view.text.description, tab, style);
        let cells = |column| Cells { column, first: HEADER + 1, last };
        for ((at, series), colour) in (1..).zip(&view.series).zip(colours(&style.palette)) {
            if series.counts.iter().any(|count| *count > 0) || at == 1 {
                plot.add(HEADER, cells(0), cells(at), colour);
            }
        }
        plot.insert(&mut page.sheet, last + 2, 380)?;
        page.on_one_page();
    }
    Ok(page.sheet)
}

/// How many KPIs have a figure, by section; and those with a target.
pub(super) fn write_progress(report: &Report, style: &Style) -> Result<Worksheet, XlsxError> {
    let (view, tab) = (&report.progress, report.presentation.tab(SheetId::Progress).unwrap_or_default());
    let reasons: Vec<String> = REASONS.iter().map(|reason| capital(reason.in_words())).collect();
    let mut columns = vec![("Section", 46.0), ("Figure above 0", 12.0), ("Figure is 0", 12.0), ("No figure", 12.0)];
    columns.extend(reasons.iter().map(|reason| (reason.as_str(), 12.0)));
    columns.push(("KPIs", 10.0));
    let mut page = Page::of(
        "The year to date. A KPI has a figure, also where it is 0, or a reason why it has none.",
        &columns,
        style,
    )?;
    page.table("KpiStatus", &columns, view.sections.len())?;
    let (mut with, mut all) = (0, 0);
    let mut words = Vec::new();
    for (row, section) in (HEADER + 1..).zip(&view.sections) {
        let without: usize = section.without.iter().sum();
        page.text(row, 0, &section.section, &style.strong)?;
        let counts = [section.above_zero, section.zero, without].into_iter().chain(section.without);
        for (column, count) in counts.chain([section.kpis]).enumerate() {
            page.count(row, 1 + column, Some(count as u64))?;
        }
        page.fit(row, &[(0, &section.section)])?;
        (with, all) = (with + section.above_zero + section.zero, all + section.kpis);
        words.push(format!(
            "{}: {} above 0, {} at 0, {without} without a figure",
            section.section, section.above_zero, section.zero
        ));
    }
    let last = HEADER + u32::try_from(view.sections.len()).expect("some sections");
    let title = format!("{with} of {} have a figure in the year to date", counted(all, "KPI", "KPIs"));
    let mut plot = Plot::new(ChartType::BarStacked, &title, &words.join(". "), tab, style);
    let cells = |column| Cells { column, first: HEADER + 1, last };
    let shades = [style.palette.main, style.palette.accent, style.palette.quiet];
    for (column, colour) in (1..=3).zip(shades) {
        plot.add(HEADER, cells(0), cells(column), colour);
    }
    plot.insert(&mut page.sheet, last + 2, 300)?;
    page.on_one_page();
    Ok(page.sheet)
}

/// KPIs with a target and a figure, and their progress as a chart.
pub(super) fn write_targets(report: &Report, style: &Style) -> Result<Worksheet, XlsxError> {
    const COLUMNS: [(&str, f64); 7] = [
        ("KPI", 11.0),
        ("KPI of the plan", 58.0),
        ("Baseline", 12.0),
        ("Year to date", 12.0),
        ("Target", 12.0),
        ("Progress %", 12.0),
        ("Course", 12.0),
    ];
    let (view, tab) = (&report.progress, report.presentation.tab(SheetId::Targets).unwrap_or_default());
    let explanation = format!(
        "{} of {} with a target have a figure in the year to date. Progress: from the baseline to the target. Course: against the part of the time to the target's day that has passed.",
        view.targets.len(),
        counted(view.with_target, "KPI", "KPIs")
    );
    let mut page = Page::of(&explanation, &COLUMNS, style)?;
    if view.targets.is_empty() {
        let words = match view.with_target {
            0 => "No target is set for any KPI (config/targets), so there is no progress to show.".to_owned(),
            some => format!(
                "{} and none of them a figure, so there is no progress to show.",
                counted(some, "KPI has a target,", "KPIs have a target,")
            ),
        };
        page.text(HEADER + 1, 0, &words, &style.subtitle)?;
        return Ok(page.sheet);
    }
    page.table("Targets", &COLUMNS, view.targets.len())?;
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
        page.text(row, 6, kpi.course.map_or("", Course::as_str), course(style, kpi.course))?;
        page.fit(row, &[(1, &kpi.text)])?;
    }
    let count = u32::try_from(view.targets.len()).expect("some KPIs");
    let reached = view.targets.iter().filter(|kpi| kpi.course == Some(Course::Reached)).count();
    let words: Vec<String> =
        view.targets.iter().map(|kpi| format!("{} {:.0} %", kpi.label, kpi.progress.unwrap_or_default())).collect();
    let beyond = view.targets.iter().any(|kpi| kpi.progress.is_some_and(|progress| progress > END));
    let end = if beyond { format!(" (the chart ends at {END:.0} %)") } else { String::new() };
    let title = format!("{reached} of {} reached{end}", counted(view.targets.len(), "target is", "targets are"));
    let plot = Plot::new(ChartType::Bar, &title, &format!("Progress: {}", words.join(", ")), tab, style).percent();
    let mut plot = if beyond { plot.up_to(END) } else { plot };
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
