//! The scorecard: every KPI by section, its figure in each period, and what explains it.

use super::Material;
use super::evidence::Evidence;
use super::progress::Course;
use crate::definitions::{KpiDefinition, Lists, Measure};
use crate::scorecard::{Actual, Figure, KpiResult, Listed};
use crate::terms::figure::{counted, report_number};
use crate::terms::{KpiId, Line};

/// A figure as a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// A number and how many decimals it is shown with.
    Number(f64, u8),
    /// Why there is none.
    Words(String),
}

/// A KPI, or the companion satisfaction beside it.
#[derive(Debug, Clone)]
pub struct KpiRow {
    /// The KPI.
    pub kpi: KpiId,
    /// `1-(a).1`, or `3-(k).1 satisfaction`.
    pub label: String,
    /// The plan's own words.
    pub text: String,
    /// How it is counted, in a few words.
    pub counted_as: String,
    /// Unit.
    pub unit: &'static str,
    /// One figure a period, as [`ScorecardView::periods`].
    pub figures: Vec<Shown>,
    /// Members reached by the linked deliveries in the year to date, beside a standing.
    pub reached: Option<usize>,
    /// Baseline; none where none is set.
    pub baseline: Option<f64>,
    /// Target; none where none is set.
    pub target: Option<f64>,
    /// Progress in percent.
    pub progress: Option<f64>,
    /// How the progress stands against what is due, where there is a target.
    pub course: Option<Course>,
    /// The first line of evidence behind each figure, by position; none where no row stands behind it.
    pub evidence: Vec<Option<usize>>,
    /// How many of the quarters have begun and have a figure in each: enough for a trend from two on.
    pub trend: usize,
    /// The position of the KPI among the definitions.
    pub definition: usize,
    /// What explains the year-to-date figure: parts, coverage, n, Members.
    pub note: String,
}

/// The KPIs of one section of the plan.
#[derive(Debug, Clone)]
pub struct SectionBlock {
    /// Number of the section.
    pub number: u8,
    /// Its title.
    pub title: String,
    /// Its KPIs.
    pub rows: Vec<KpiRow>,
}

/// The scorecard.
#[derive(Debug)]
pub struct ScorecardView {
    /// The periods shown, in order.
    pub periods: Vec<Line>,
    /// The sections.
    pub sections: Vec<SectionBlock>,
    /// Members of the region on the report's last day: the y of "x of y Members".
    pub members: usize,
}

pub(super) fn compose(material: &Material<'_>, evidence: &Evidence) -> ScorecardView {
    let scorecard = &material.measured.scorecard;
    let shown: Vec<usize> = (0..scorecard.lines.len()).filter(|at| is_shown(&scorecard.lines, *at)).collect();
    let sections = material.definitions.plan.sections.iter().map(|section| SectionBlock {
        number: section.number,
        title: section.title.clone(),
        rows: scorecard
            .results
            .iter()
            .enumerate()
            .filter(|(_, result)| result.kpi.action.section == section.number)
            .filter_map(|(at, result)| {
                let evidence = shown.iter().map(|line| evidence.first(at, *line)).collect();
                row(material, result, &shown, evidence)
            })
            .collect(),
    });
    ScorecardView {
        periods: shown.iter().map(|at| scorecard.lines[*at].clone()).collect(),
        sections: sections.collect(),
        members: material.definitions.members.count_on(material.ytd().counted_to),
    }
}

/// The quarters, the year to date, a free period; of the previous year what stands beside the report's
/// own period and the year to date.
fn is_shown(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    if !line.previous {
        return true;
    }
    let free = lines.iter().any(|line| line.id == "FREE");
    line.id == if free { "PREV-FREE" } else { "PREV-YTD" }
}

/// The name of a result: `1-(a).1`, or `3-(k).1 satisfaction`.
#[must_use]
pub fn label(result: &KpiResult) -> String {
    label_of(result.kpi, result.companion)
}

/// The name of a KPI, or of its companion satisfaction, on sheets.
#[must_use]
pub fn label_of(kpi: KpiId, companion: bool) -> String {
    if companion { format!("{kpi} satisfaction") } else { kpi.to_string() }
}

/// Quarters that have begun, where each of them has a number; else none.
fn trend(lines: &[Line], result: &KpiResult) -> usize {
    let quarters = || lines.iter().zip(&result.figures).filter(|(line, _)| line.is_quarter() && line.due);
    if quarters().all(|(_, figure)| figure.is_measured()) { quarters().count() } else { 0 }
}

fn row(material: &Material<'_>, result: &KpiResult, shown: &[usize], evidence: Vec<Option<usize>>) -> Option<KpiRow> {
    let position = material.definitions.kpis.iter().position(|kpi| kpi.id == result.kpi)?;
    let definition = &material.definitions.kpis[position];
    let ytd = &result.figures[material.measured.scorecard.line("YTD")?];
    let text = material.definitions.plan.kpi_text(result.kpi).unwrap_or(&definition.text);
    let companion = result.companion;
    Some(KpiRow {
        kpi: result.kpi,
        label: label(result),
        course: Course::of(material, definition.id, ytd),
        evidence,
        trend: trend(&material.measured.scorecard.lines, result),
        definition: position,
        text: if companion { "Satisfaction of SIE Members with the linked activities".into() } else { text.to_owned() },
        counted_as: if companion { "Mean rating in percent".into() } else { in_brief(definition) },
        unit: if companion { "percent" } else { definition.measure.unit() },
        figures: shown.iter().map(|at| cell(&result.figures[*at])).collect(),
        reached: ytd.reached.as_ref().map(Vec::len).filter(|_| !companion),
        baseline: ytd.baseline,
        target: ytd.target,
        progress: ytd.progress,
        note: note(material, definition, ytd, companion),
    })
}

/// A figure as a cell: a number, or the reason in words.
#[must_use]
pub fn cell(figure: &Figure) -> Shown {
    match &figure.actual {
        Actual::Measured(value) => Shown::Number(*value, u8::from(value.fract() != 0.0)),
        Actual::Narrative(notes) => Shown::Words(notes.join("; ")),
        Actual::NotMeasured(reason) => Shown::Words(reason.in_words().to_owned()),
    }
}

/// What the measure counts, in a few words.
fn in_brief(definition: &KpiDefinition) -> String {
    let what = match &definition.measure {
        Measure::Activities if definition.international_partner => "Events with an international organisation",
        Measure::Activities if definition.type_names == ["cb"] => "CB activities delivered",
        Measure::Activities => "Activities delivered",
        Measure::Quantity => "Outputs delivered",
        Measure::MembersReached => "Members reached",
        Measure::MembersGiving => "Members giving experts",
        Measure::MembersStanding { follow_up: true, .. } => "Members standing (register, follow-up)",
        Measure::MembersStanding { follow_up: false, .. } => "Members standing (register)",
        Measure::PairsStanding { .. } => "Pairs of Members standing (register)",
        Measure::Women => "Women participations",
        Measure::Experts => "Experts",
        Measure::Contributions => "Contributions of developed Members",
        Measure::Rating => "Mean rating in percent",
        Measure::Share => "Share of answers yes or partly",
        Measure::Change { .. } => "Change against the previous plan year",
        Measure::MembersInputting => "Members with inputs",
        Measure::Responses => "Answers",
        Measure::Tangible => "Tangible results",
    };
    what.to_owned()
}

/// What explains a figure.
fn note(material: &Material<'_>, definition: &KpiDefinition, figure: &Figure, companion: bool) -> String {
    let mut parts = Vec::new();
    let both = matches!(definition.measure, Measure::MembersStanding { follow_up: true, .. }) && figure.is_measured();
    if let Some((register, follow_up)) = figure.standing.filter(|_| both) {
        parts.push(format!("{register} by register, {follow_up} by follow-up only"));
    }
    if let (Some(covered), Some(coverable)) = (figure.covered, figure.coverable) {
        parts.push(format!("from {covered} of {} with a figure", counted_u64(coverable)));
    }
    match (figure.numerator, figure.denominator) {
        (Some(numerator), Some(denominator)) if definition.measure == Measure::Share && !companion => {
            parts.push(format!("{} of {} answers", report_number(numerator), report_number(denominator)));
        }
        (_, Some(denominator)) => parts.push(format!("n = {}", report_number(denominator))),
        _ => {}
    }
    if let (Measure::Change { .. }, Some(baseline)) = (&definition.measure, figure.baseline) {
        parts.push(format!("against {} in the baseline period", report_number(baseline)));
    }
    let listed = listed(material, definition, figure);
    if !listed.is_empty() {
        parts.push(listed);
    }
    if definition.lists == Some(Lists::Titles) && !companion {
        parts.extend(titles(material, definition));
    }
    parts.join("; ")
}

fn counted_u64(count: u64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "activity", "activities")
}

/// The Members of a figure: by name; where they are many and the plan asks for their number alone, by code, for
/// a row is read at a glance.
fn listed(material: &Material<'_>, definition: &KpiDefinition, figure: &Figure) -> String {
    /// Names that fit beside a figure.
    const NAMED: usize = 8;
    let name = |code| material.definitions.members.name(code);
    match &figure.listed {
        Listed::Nothing => String::new(),
        Listed::Members(members) if members.len() > NAMED && definition.lists != Some(Lists::Members) => {
            figure.listed.codes().replace(';', ", ")
        }
        Listed::Members(members) => members.iter().map(|code| name(*code)).collect::<Vec<_>>().join(", "),
        Listed::Pairs(pairs) => {
            pairs.iter().map(|(a, b)| format!("{} - {}", name(*a), name(*b))).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Titles of the records behind a KPI in the year to date.
fn titles(material: &Material<'_>, definition: &KpiDefinition) -> Option<String> {
    let linked = material.delivered_in(material.ytd()).filter(|(at, _, activity)| {
        definition.types.holds(activity.of_type) && material.links.all[*at].link_to(definition.id).is_some()
    });
    let titles: Vec<String> = linked.map(|(_, _, activity)| crate::terms::fold::tidy(&activity.title)).collect();
    (!titles.is_empty()).then(|| titles.join("; "))
}
