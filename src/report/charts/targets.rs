//! KPIs against their targets: the way from the baseline to the target, and how much of it is gone.

use super::words::{MOST, is_most};
use super::{ChartText, foot_of};
use crate::definitions::Measure;
use crate::report::Material;
use crate::report::scorecard::{KpiRow, ScorecardView, Shown};
use crate::terms::figure::{counted, report_number};
use crate::terms::fold::capital;

/// Progress in percent beyond which a bar is broken off.
pub const MOST_DRAWN: f64 = 150.0;

/// A KPI with a target.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetBar {
    /// `1-(a).1`.
    pub label: String,
    /// The plan's own words: of the KPI and its action.
    pub text: String,
    /// What is counted, in a few words: instead of the plan's where many KPIs stand on a slide.
    pub brief: String,
    /// Where it stood, as printed; empty where no baseline is set.
    pub baseline: String,
    /// Where it is to stand, as printed.
    pub target: String,
    /// Where it stands, as printed, or why there is no figure.
    pub actual: String,
    /// Progress from the baseline, or zero, to the target, in percent.
    pub progress: Option<f64>,
}

/// KPIs against their targets.
#[derive(Debug, Clone)]
pub struct KpiTargets {
    /// The words.
    pub text: ChartText,
    /// The KPIs with a target, in plan order.
    pub bars: Vec<TargetBar>,
}

pub(super) fn compose(material: &Material<'_>, scorecard: &ScorecardView) -> KpiTargets {
    let rows = || scorecard.sections.iter().flat_map(|section| &section.rows);
    let ytd = scorecard.periods.iter().position(|line| line.id == "YTD");
    let bars: Vec<TargetBar> = rows().filter_map(|row| bar(material, row, &row.figures[ytd?])).collect();
    let all = material.definitions.kpis.len();
    let met = bars.iter().filter(|bar| bar.progress.is_some_and(|progress| progress >= 100.0)).count();
    let words = bars.iter().map(TargetBar::in_words);
    let description = if bars.is_empty() { "No figure".to_owned() } else { words.collect::<Vec<_>>().join("; ") };
    let most = if met < bars.len() && is_most(met, bars.len()) { MOST } else { "" };
    let broken = bars.iter().any(|bar| bar.progress.is_some_and(|progress| progress.abs() > MOST_DRAWN));
    let broken = if broken { " A broken bar goes further than drawn." } else { "" };
    let blank = match bars.iter().filter(|bar| bar.progress.is_none()).count() {
        0 => String::new(),
        blank => format!(" {} with a target {} no progress to show.", counted(blank, "KPI", "KPIs"), have(blank)),
    };
    let without = match all - bars.len() {
        0 => String::new(),
        without => format!(" {without} of {} without a target, not drawn.", counted(all, "KPI", "KPIs")),
    };
    KpiTargets {
        text: ChartText {
            slug: "kpi-targets",
            title: title(met, bars.len()),
            subtitle: format!(
                "Progress from the baseline (or 0) to the target by {}, percent",
                material.ytd().counted_to.format("%-d %B %Y")
            ),
            foot: foot_of(material, "records", &format!("{without}{blank}{broken}{most}")),
            description,
        },
        bars,
    }
}

fn have(count: usize) -> &'static str {
    if count == 1 { "has" } else { "have" }
}

fn title(met: usize, with_target: usize) -> String {
    match (met, with_target) {
        (_, 0) => "No target is set for any KPI".to_owned(),
        (0, 1) => "The one KPI with a target has not reached it yet".to_owned(),
        (1, 1) => "The one KPI with a target has reached it".to_owned(),
        (0, _) => format!("None of {with_target} KPIs with a target has reached it yet"),
        (met, all) if met == all => format!("All {all} KPIs with a target have reached it"),
        (met, all) if is_most(met, all) => format!("Most KPIs with a target have reached it: {met} of {all}"),
        (1, all) => format!("1 of {all} KPIs with a target has reached it"),
        (met, all) => format!("{met} of {all} KPIs with a target have reached it"),
    }
}

/// The KPI's words with those of its action, without which "Number of Members" says nothing.
fn in_context(material: &Material<'_>, row: &KpiRow) -> String {
    const FORMULA: &str = "Upon request, ";
    let action = material.definitions.plan.action_of(row.kpi.action).map_or("", |action| &action.text);
    let action = capital(action.strip_prefix(FORMULA).unwrap_or(action));
    if action.is_empty() { row.text.clone() } else { format!("{}: {action}", row.text) }
}

/// The bar of a KPI; none without a target.
fn bar(material: &Material<'_>, row: &KpiRow, figure: &Shown) -> Option<TargetBar> {
    let target = row.target?;
    let definition = material.definitions.kpis.iter().find(|kpi| kpi.id == row.kpi);
    // What a change is measured against has another unit than the change.
    let change = definition.is_some_and(|kpi| matches!(kpi.measure, Measure::Change { .. }));
    let printed = |value: f64| {
        let number = report_number(value);
        if row.unit == "percent" { format!("{number} %") } else { number }
    };
    Some(TargetBar {
        label: row.label.clone(),
        text: in_context(material, row),
        brief: row.counted_as.clone(),
        baseline: row.baseline.filter(|_| !change).map(printed).unwrap_or_default(),
        target: printed(target),
        actual: match figure {
            Shown::Number(value, _) => printed(*value),
            Shown::Words(words) => words.clone(),
        },
        progress: row.progress,
    })
}

impl TargetBar {
    /// The progress as printed; a dash where there is none.
    #[must_use]
    pub fn progress_printed(&self) -> String {
        self.progress.map_or_else(|| "\u{2013}".to_owned(), |progress| format!("{} %", report_number(progress)))
    }

    fn in_words(&self) -> String {
        let baseline = if self.baseline.is_empty() { String::new() } else { format!("baseline {}, ", self.baseline) };
        let progress = if self.progress.is_some() { self.progress_printed() } else { "none".to_owned() };
        format!(
            "{} {}: {baseline}target {}, actual {}, progress {progress}",
            self.label, self.brief, self.target, self.actual
        )
    }
}
