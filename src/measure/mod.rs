//! Links -> scorecard: all KPIs in all periods. Polars sums; the rules of what counts are beside it, one
//! file a family of measures.
//!
//! Source: counting rules, "Measures".

pub mod attendance;
pub mod evidence;
mod facts;
pub mod follow_up;
pub mod givers;
mod grouped;
pub mod needs;
pub mod reached;
pub mod rules;
pub mod sexes;
mod standing;
mod statistics;
pub mod surveys;

use std::collections::BTreeSet;

use polars::prelude::{DataFrame, PolarsResult};

pub use attendance::{BySex, ListSummary, Lists};
pub use evidence::{EvidenceLine, Ground};
pub use reached::Reached;

use crate::cores;
use crate::definitions::{Definitions, Kind, KpiDefinition, Measure, Targets, Timing};
use crate::findings::{Code, Finding};
use crate::mapping::Links;
use crate::records::{Records, RowId};
use crate::scorecard::{Figure, KpiResult, Listed, Reason, Scorecard};
use crate::terms::{Line, ReportPeriod};
use attendance::ListRows;
use evidence::Stocks;
use facts::{Series, Sums, sum_of};
use follow_up::FollowUpLine;
use rules::Builder;
use standing::Standings;

/// What was measured, with the lists summed per activity for those who show them.
#[derive(Debug)]
pub struct Measured {
    /// All KPIs in all periods.
    pub scorecard: Scorecard,
    /// What the participation list of each activity says.
    pub lists: Lists,
    /// The Members that each activity reached.
    pub reached: Reached,
    /// The rows behind every figure, by result, then by first period, then in file order.
    pub evidence: Vec<EvidenceLine>,
    /// Members asked about the events of this plan year and the one before, with their answers.
    pub follow_up: Vec<FollowUpLine>,
}

/// Measures all KPIs in all periods of a report.
///
/// # Errors
/// Polars refused a query: memory ran out, or a bug.
pub fn measure(
    definitions: &Definitions,
    records: &Records,
    links: &Links,
    period: &ReportPeriod,
    findings: &mut Vec<Finding>,
) -> PolarsResult<Measured> {
    let rows = ListRows::of(records);
    let lists = rows.summed();
    let reached = Reached::of(records, links, &definitions.members, &lists);
    list_against_log(records, &lists, findings);
    let lines = period.lines(records.years.contains(&period.plan_year().previous()));
    if let Some(ytd) = lines.iter().find(|line| line.id == "YTD") {
        findings.extend(statistics::findings(definitions, records, ytd));
    }
    let (facts, trail) = Builder::new(definitions, records, links, (&lists, &reached)).build().frame()?;
    let measuring =
        Measuring { definitions, records, links, facts, standings: Standings::new(definitions, records, links) };
    let mut stocks = Stocks::default();
    let columns = lines.iter().enumerate().map(|(at, line)| measuring.line(at, line, &mut stocks));
    let columns = columns.collect::<PolarsResult<Vec<_>>>()?;
    let results = measuring.results(&columns);
    let day = period.days().1.min(period.as_at);
    let (follow_up, evidence) = cores::both(
        || follow_up::lines(definitions, records, &reached, (period.plan_year(), day)),
        || evidence::collect((definitions, records, links), &rows, &lines, &results, (&trail, &stocks)),
    );
    Ok(Measured { scorecard: Scorecard { lines, results }, lists, reached, evidence, follow_up })
}

struct Measuring<'a> {
    definitions: &'a Definitions,
    records: &'a Records,
    links: &'a Links,
    facts: DataFrame,
    standings: Standings<'a>,
}

/// The figures of one period: per KPI its own, and the companion's where it has one.
type Column = Vec<(Figure, Option<Figure>)>;

impl Measuring<'_> {
    fn line(&self, number: usize, line: &Line, stocks: &mut Stocks) -> PolarsResult<Column> {
        let sums = facts::sums(&self.facts, line)?;
        let newest = self.standings.newest(line.counted_to);
        let figure = |(at, kpi): (usize, &KpiDefinition)| {
            let at32 = u32::try_from(at).expect("a KPI index");
            let figure = match kpi.timing {
                Timing::Stock => self.gated(kpi, line, || {
                    let (figure, rows) = self.standings.figure(at, kpi, &newest, line.counted_to, self.links);
                    stocks.note(at, number, &rows);
                    figure
                }),
                Timing::Flow => self.gated(kpi, line, || {
                    stocks.note(at, number, &self.reported(kpi, line));
                    self.flow(kpi, line, &sum_of(&sums, Series::Kpi(at32)))
                }),
            };
            let reached = sum_of(&sums, Series::Reached(at32)).members;
            let beside = (kpi.timing == Timing::Stock || kpi.companion)
                && line.due
                && self.records.kinds.contains(&Kind::Activity);
            let figure = Figure { reached: beside.then_some(reached), ..figure };
            let figure = with_target(figure, kpi, line, &self.definitions.targets);
            let companion = kpi.companion.then(|| self.companion(line, &sum_of(&sums, Series::Companion(at32))));
            (figure, companion)
        };
        Ok(self.definitions.kpis.iter().enumerate().map(figure).collect())
    }

    /// The figure, unless the period is not due or no file of a needed kind was read.
    fn gated(&self, kpi: &KpiDefinition, line: &Line, figure: impl FnOnce() -> Figure) -> Figure {
        if !line.due {
            return Figure::not_measured(Reason::NotYetDue);
        }
        if !sources(&kpi.measure).iter().any(|kind| self.records.kinds.contains(kind)) {
            return Figure::not_measured(Reason::NoSource);
        }
        figure()
    }

    fn flow(&self, kpi: &KpiDefinition, line: &Line, sums: &Sums) -> Figure {
        #[allow(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
        let count = |number: u64| number as f64;
        let rows = |figure: Figure| Figure { records: sums.rows, ..figure };
        match kpi.measure {
            Measure::Activities => rows(Figure::measured(count(sums.activities))),
            Measure::Quantity | Measure::Tangible | Measure::Responses => rows(Figure::measured(sums.amount)),
            Measure::MembersReached | Measure::MembersGiving => rows(Figure {
                listed: Listed::Members(sums.members.clone()),
                ..Figure::measured(count(sums.members.len() as u64))
            }),
            Measure::Contributions => {
                rows(Figure { listed: Listed::Members(sums.members.clone()), ..Figure::measured(count(sums.facts)) })
            }
            Measure::Women | Measure::Experts => rows(covered(sums)),
            Measure::Rating | Measure::Share => rows(share(sums, matches!(kpi.measure, Measure::Share))),
            Measure::Change { baseline } => statistics::change(kpi.id, baseline, self.records, line),
            Measure::MembersInputting => statistics::inputting(kpi, self.definitions, self.records, line),
            Measure::MembersStanding { .. } | Measure::PairsStanding { .. } => {
                unreachable!("standings are stocks, checked when loaded")
            }
        }
    }

    /// The statistics behind a figure that Members report; of other figures none.
    fn reported(&self, kpi: &KpiDefinition, line: &Line) -> BTreeSet<RowId> {
        match kpi.measure {
            Measure::Change { baseline } => statistics::change_rows(kpi.id, baseline, self.records, line),
            Measure::MembersInputting => statistics::inputting_rows(kpi, self.definitions, self.records, line),
            _ => BTreeSet::new(),
        }
    }

    fn companion(&self, line: &Line, sums: &Sums) -> Figure {
        if !line.due {
            return Figure::not_measured(Reason::NotYetDue);
        }
        if !self.records.kinds.contains(&Kind::FollowUp) {
            return Figure::not_measured(Reason::NoSource);
        }
        Figure { records: sums.rows, ..share(sums, false) }
    }

    fn results(&self, columns: &[Column]) -> Vec<KpiResult> {
        let mut results = Vec::new();
        for (at, kpi) in self.definitions.kpis.iter().enumerate() {
            let own = columns.iter().map(|column| column[at].0.clone()).collect();
            results.push(KpiResult { kpi: kpi.id, companion: false, figures: own });
            if kpi.companion {
                let beside = columns.iter().filter_map(|column| column[at].1.clone()).collect();
                results.push(KpiResult { kpi: kpi.id, companion: true, figures: beside });
            }
        }
        results
    }
}

/// Kinds of which one must have been read.
fn sources(measure: &Measure) -> &'static [Kind] {
    match measure {
        Measure::Women | Measure::Experts => &[Kind::Activity, Kind::Participation],
        Measure::MembersStanding { follow_up: true, .. } => &[Kind::Status, Kind::FollowUp],
        Measure::MembersStanding { follow_up: false, .. } | Measure::PairsStanding { .. } => &[Kind::Status],
        Measure::Rating => &[Kind::Evaluation],
        Measure::Share | Measure::Tangible | Measure::Responses => &[Kind::FollowUp],
        Measure::Change { .. } | Measure::MembersInputting => &[Kind::Statistic],
        _ => &[Kind::Activity],
    }
}

/// A sum with its coverage; not measured where activities ended and none has a figure.
fn covered(sums: &Sums) -> Figure {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a sum of ones")]
    let covered = sums.weight as u64;
    let figure = if covered == 0 && sums.activities > 0 {
        Figure::not_measured(Reason::NoRecords)
    } else {
        Figure::measured(sums.amount)
    };
    Figure { covered: Some(covered), coverable: Some(sums.activities), ..figure }
}

/// A mean, or with `percent` a share; not measured without a row.
fn share(sums: &Sums, percent: bool) -> Figure {
    if sums.weight <= 0.0 {
        return Figure::not_measured(Reason::NoRecords);
    }
    let value = sums.amount / sums.weight * if percent { 100.0 } else { 1.0 };
    Figure { numerator: Some(sums.amount), denominator: Some(sums.weight), ..Figure::measured(value) }
}

/// Adds baseline, target and progress: to stocks in every period of the plan year, to flows where the
/// whole plan year to date is counted, for a target is a year's.
fn with_target(figure: Figure, kpi: &KpiDefinition, line: &Line, targets: &Targets) -> Figure {
    let shown = !line.previous && (kpi.timing == Timing::Stock || line.id == "YTD");
    let configured = targets.baseline(kpi.id).map(|baseline| baseline.value).filter(|_| shown);
    let target = targets.target(kpi.id).map(|target| target.value).filter(|_| shown);
    let change = matches!(kpi.measure, Measure::Change { .. });
    let baseline = if change { figure.baseline } else { configured };
    let from = if change { 0.0 } else { baseline.unwrap_or(0.0) };
    let progress = match (figure.actual.value(), target) {
        (Some(value), Some(target)) if (target - from).abs() > f64::EPSILON => {
            Some(100.0 * (value - from) / (target - from))
        }
        _ => None,
    };
    Figure { baseline, target, progress, ..figure }
}

/// Women and experts that list and log state differently are findings; the list counts.
fn list_against_log(records: &Records, lists: &Lists, findings: &mut Vec<Finding>) {
    use crate::definitions::Field;
    for (at, (row, activity)) in records.activities.iter().enumerate().filter(|(at, _)| records.delivered[*at]) {
        let Some(list) = lists.get(&at) else { continue };
        let origin = |field| records.sources[row.source.index()].origin(row.row, field);
        let differ =
            |log: Option<u32>, listed: u64, stated: bool| log.filter(|log| stated && u64::from(*log) != listed);
        let cases = [
            (
                Code::WomenListDiffers,
                Field::Women,
                differ(activity.women, list.persons.women, list.sex_stated),
                list.persons.women,
                "women",
            ),
            (
                Code::ExpertsListDiffers,
                Field::Experts,
                differ(activity.experts, list.experts, list.expert_rows > 0),
                list.experts,
                "experts",
            ),
        ];
        for (code, field, log, listed, what) in cases {
            if let Some(log) = log {
                let message = format!("The log has {log} {what}, the participation list {listed}; the list counts.");
                findings.push(
                    Finding::new(code, origin(field), message, "Correct the log or the list.").seen(log.to_string()),
                );
            }
        }
    }
}
