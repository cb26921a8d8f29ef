//! Evidence: the rows behind every figure, each with the periods in which it counts.

use std::collections::HashMap;
use std::sync::Arc;

use super::Material;
use crate::definitions::{Field, Kind, Measure};
use crate::measure::{EvidenceLine, Ground};
use crate::terms::fold::tidy;
use crate::terms::{KpiId, MemberCode};

/// Lines that the sheet shows: beyond, a workbook opens slowly. Excel itself ends at 1,048,576 rows.
pub const SHOWN: usize = 100_000;

/// One row behind a KPI; of a participation list all rows of an activity together. Rows share what they say alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// The KPI.
    pub kpi: KpiId,
    /// Whether it counts in the companion satisfaction of the KPI.
    pub companion: bool,
    /// The periods in which it counts: "Q1, YTD".
    pub periods: Arc<str>,
    /// What the row is: `activity`, `participation` …
    pub kind: &'static str,
    /// Id of the activity it speaks of.
    pub activity: Arc<str>,
    /// Title of that activity.
    pub title: Arc<str>,
    /// The Member it speaks of.
    pub member: Arc<str>,
    /// File.
    pub file: Arc<str>,
    /// Sheet; empty for csv.
    pub sheet: Arc<str>,
    /// The cell that says it: `K12`; `row 12` where the figure has no column of its own.
    pub cell: String,
    /// First row.
    pub first: u32,
    /// Last row.
    pub last: u32,
    /// How many rows from first to last count.
    pub rows: u32,
    /// Why the row stands behind the KPI.
    pub basis: &'static str,
}

/// The rows behind every figure.
#[derive(Debug)]
pub struct Evidence {
    /// By KPI, then by first period, then in file order.
    pub rows: Vec<EvidenceRow>,
    /// Per result of the scorecard and period the position of its first row.
    first: HashMap<(usize, usize), usize>,
}

impl Evidence {
    /// The position of the first row behind a figure, by the positions of result and period in the
    /// scorecard; none where no row stands behind it, or where the sheet does not show it.
    #[must_use]
    pub fn first(&self, result: usize, line: usize) -> Option<usize> {
        self.first.get(&(result, line)).copied().filter(|at| *at < SHOWN)
    }

    /// The rows that the sheet shows.
    #[must_use]
    pub fn shown(&self) -> &[EvidenceRow] {
        &self.rows[..self.rows.len().min(SHOWN)]
    }
}

pub(super) fn compose(material: &Material<'_>) -> Evidence {
    let scorecard = &material.measured.scorecard;
    let measures: Vec<Option<&Measure>> = scorecard
        .results
        .iter()
        .map(|result| material.definitions.kpis.iter().find(|kpi| kpi.id == result.kpi).map(|kpi| &kpi.measure))
        .collect();
    let mut periods: HashMap<u16, Arc<str>> = HashMap::new();
    let mut first = HashMap::new();
    let words = Words::of(material);
    let lines = &material.measured.evidence;
    let rows = lines.iter().enumerate().map(|(at, line)| {
        let inside = || (0..scorecard.lines.len()).filter(|period| line.counts_in(*period));
        for period in inside() {
            first.entry((line.result, period)).or_insert(at);
        }
        let names = || inside().map(|period| scorecard.lines[period].id.as_str()).collect::<Vec<_>>().join(", ").into();
        let periods = periods.entry(line.periods).or_insert_with(names);
        row(material, line, measures[line.result], &words, periods)
    });
    let rows = rows.collect();
    Evidence { rows, first }
}

/// What rows say of activities, Members and sources.
struct Words {
    /// Id and title of each activity.
    activities: Vec<(Arc<str>, Arc<str>)>,
    members: HashMap<MemberCode, Arc<str>>,
    /// File and sheet of each source.
    sources: Vec<(Arc<str>, Arc<str>)>,
    none: Arc<str>,
}

impl Words {
    fn of(material: &Material<'_>) -> Self {
        let records = material.records;
        let activities = records.ids.iter().zip(&records.activities);
        let members = material.definitions.members.all();
        let sources = &records.sources;
        Self {
            activities: activities.map(|(id, (_, of))| (id.as_str().into(), tidy(&of.title).into())).collect(),
            members: members.iter().map(|member| (member.code, member.name.as_str().into())).collect(),
            sources: sources.iter().map(|of| (of.file.as_str().into(), of.sheet.as_str().into())).collect(),
            none: "".into(),
        }
    }
}

fn row(
    material: &Material<'_>,
    line: &EvidenceLine,
    measure: Option<&Measure>,
    words: &Words,
    periods: &Arc<str>,
) -> EvidenceRow {
    let (records, result) = (material.records, &material.measured.scorecard.results[line.result]);
    let source = &records.sources[line.source.index()];
    let nothing = (words.none.clone(), words.none.clone());
    let (activity, title) = line.activity.map_or(nothing, |activity| words.activities[activity].clone());
    let (file, sheet) = words.sources[line.source.index()].clone();
    EvidenceRow {
        kpi: result.kpi,
        companion: result.companion,
        periods: Arc::clone(periods),
        kind: source.kind.as_str(),
        activity,
        title,
        member: line.member.map_or_else(|| words.none.clone(), |code| words.members[&code].clone()),
        file,
        sheet,
        cell: source.origin(line.first, field(source.kind, measure, result.companion)).cell.to_string(),
        first: line.first,
        last: line.last,
        rows: line.rows,
        basis: basis(line.ground),
    }
}

/// The column of a record that says what a measure counts.
fn field(kind: Kind, measure: Option<&Measure>, companion: bool) -> Field {
    match (kind, measure) {
        (Kind::Activity, Some(Measure::Women)) => Field::Women,
        (Kind::Activity, Some(Measure::Experts)) => Field::Experts,
        (Kind::Activity, Some(Measure::Quantity)) => Field::Quantity,
        (Kind::Activity, _) => Field::Title,
        (Kind::Participation, Some(Measure::Women)) => Field::Sex,
        (Kind::Participation, Some(Measure::Experts)) => Field::Role,
        (Kind::Participation | Kind::Needs, _) => Field::Member,
        (Kind::FollowUp, _) if companion => Field::Satisfaction,
        (Kind::FollowUp, Some(Measure::Tangible)) => Field::TangibleResults,
        (Kind::FollowUp, _) => Field::ActionTaken,
        (Kind::Evaluation, _) => Field::Rating,
        (Kind::Status, _) => Field::Status,
        (Kind::Statistic, _) => Field::Value,
    }
}

fn basis(ground: Ground) -> &'static str {
    match ground {
        Ground::Linked(basis) => basis.as_str(),
        Ground::Every => "every activity of the KPI's types",
        Ground::Named => "the row names the KPI",
    }
}
