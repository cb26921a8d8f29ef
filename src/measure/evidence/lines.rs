//! Every row behind every figure, in one pass over the facts: a KPI, a row, and the periods in which it counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::attendance::ListRows;
use super::super::facts::{Behind, Series, Trace};
use super::of_list;
use crate::cores;
use crate::definitions::{Definitions, KpiDefinition, Scope};
use crate::mapping::{Basis, Links};
use crate::records::{Records, RowId, SourceId};
use crate::scorecard::KpiResult;
use crate::terms::{Line, MemberCode};

/// Why a row stands behind a KPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Its activity is linked to the KPI's action.
    Linked(Basis),
    /// The KPI looks at every delivered activity of its types.
    Every,
    /// The row itself names the KPI: the register, or a statistic.
    Named,
}

/// A row behind a KPI; of a participation list all rows of one activity together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceLine {
    /// Index into the scorecard's results.
    pub result: usize,
    /// Why it stands behind the KPI.
    pub ground: Ground,
    /// The activity that it speaks of.
    pub activity: Option<usize>,
    /// The Member that it speaks of, where it speaks of one.
    pub member: Option<MemberCode>,
    /// The sheet.
    pub source: SourceId,
    /// The first row.
    pub first: u32,
    /// The last row: the first, but for lists.
    pub last: u32,
    /// How many rows from first to last count.
    pub rows: u32,
    /// The periods in which it counts, one bit a line of the scorecard.
    pub periods: u16,
}

impl EvidenceLine {
    /// Whether it counts in a period, by its position among the scorecard's lines.
    #[must_use]
    pub fn counts_in(&self, line: usize) -> bool {
        self.periods & bit(line) != 0
    }
}

/// The rows behind the figures that are no sums of facts, with their periods: by KPI index.
#[derive(Debug, Default)]
pub(in crate::measure) struct Stocks(BTreeMap<(usize, RowId), u16>);

impl Stocks {
    /// Notes the rows behind a KPI in a period.
    pub(in crate::measure) fn note(&mut self, kpi: usize, line: usize, rows: &BTreeSet<RowId>) {
        for row in rows {
            *self.0.entry((kpi, *row)).or_default() |= bit(line);
        }
    }
}

/// Runs of facts that one core looks at at a time.
const SHARE: usize = 512;

/// A period as a bit; a report has at most twelve.
fn bit(line: usize) -> u16 {
    1 << line
}

/// All evidence, by result, then by first period, then in file order.
pub(in crate::measure) fn collect(
    (definitions, records, links): (&Definitions, &Records, &Links),
    lists: &ListRows<'_>,
    lines: &[Line],
    results: &[KpiResult],
    (trail, stocks): (&[Trace], &Stocks),
) -> Vec<EvidenceLine> {
    let collecting = Collecting { links, lines, records, lists, told: told(records) };
    let places = places(definitions, results);
    let runs: Vec<&[Trace]> =
        trail.chunk_by(|a, b| a.series == b.series && a.fact.activity == b.fact.activity).collect();
    let shares: Vec<&[&[Trace]]> = runs.chunks(SHARE).collect();
    let found = cores::each(shares.len(), |at| {
        let mut found = Vec::new();
        for run in shares[at] {
            let place = match run[0].series {
                Series::Kpi(at) => places[at as usize].0,
                Series::Companion(at) => places[at as usize].1,
                Series::Reached(_) => None,
            };
            if let Some((result, kpi)) = place {
                collecting.run(result, kpi, run, &mut found);
            }
        }
        found
    });
    let mut found = found.concat();
    for ((at, row), periods) in &stocks.0 {
        if let Some((result, kpi)) = places[*at].0 {
            found.push(collecting.stock(result, kpi, *row, *periods));
        }
    }
    found.sort_by_key(|line| (line.result, line.periods.trailing_zeros(), line.source, line.first));
    found
}

type Place<'a> = Option<(usize, &'a KpiDefinition)>;

/// Per KPI, where its own results and those of its companion stand.
fn places<'a>(definitions: &'a Definitions, results: &[KpiResult]) -> Vec<(Place<'a>, Place<'a>)> {
    let place = |kpi: &'a KpiDefinition, companion| {
        let at = results.iter().position(|result| result.kpi == kpi.id && result.companion == companion);
        at.map(|at| (at, kpi))
    };
    definitions.kpis.iter().map(|kpi| (place(kpi, false), place(kpi, true))).collect()
}

/// What rows of answers, of the register and of statistics speak of.
fn told(records: &Records) -> HashMap<RowId, (Option<usize>, MemberCode)> {
    let answers = records.answers.iter().map(|answer| (answer.row, (Some(answer.activity), answer.answer.member)));
    let statuses = records.statuses.iter().map(|(row, status)| (*row, (None, status.member)));
    let statistics = records.statistics.iter().map(|(row, statistic)| (*row, (None, statistic.member)));
    answers.chain(statuses).chain(statistics).collect()
}

struct Collecting<'a> {
    records: &'a Records,
    links: &'a Links,
    lines: &'a [Line],
    lists: &'a ListRows<'a>,
    told: HashMap<RowId, (Option<usize>, MemberCode)>,
}

impl Collecting<'_> {
    /// The rows behind the facts that one activity gives to one figure.
    fn run(&self, result: usize, kpi: &KpiDefinition, run: &[Trace], found: &mut Vec<EvidenceLine>) {
        let activity = run[0].fact.activity;
        let ground = self.ground(kpi, activity);
        let line = |row: RowId, member, periods| EvidenceLine {
            result,
            ground,
            activity: Some(activity),
            member,
            source: row.source,
            first: row.row,
            last: row.row,
            rows: 1,
            periods,
        };
        for trace in run {
            if let (Behind::Row(row), periods @ 1..) = (trace.fact.behind, self.periods(trace)) {
                found.push(line(row, self.told.get(&row).map(|(_, member)| *member), periods));
            }
        }
        let periods = self.periods(&run[0]);
        if periods == 0 {
            return;
        }
        if run.iter().any(|trace| trace.fact.behind.own()) {
            found.push(line(self.records.activities[activity].0, None, periods));
        }
        for (source, (first, last, rows)) in self.listed(activity, run) {
            let row = RowId { source, row: first };
            found.push(EvidenceLine { last, rows, ..line(row, None, periods) });
        }
    }

    /// The rows of the activity's lists behind the facts: first, last and how many, by sheet.
    fn listed(&self, activity: usize, run: &[Trace]) -> BTreeMap<SourceId, (u32, u32, u32)> {
        let mut sheets = BTreeMap::new();
        let members: BTreeSet<MemberCode> = run.iter().filter_map(|trace| trace.fact.member).collect();
        let about = |member: Option<MemberCode>| member.is_some_and(|member| members.contains(&member));
        for row in self.lists.by(activity).filter(|row| of_list(run[0].fact.behind, about, row)) {
            let RowId { source, row } = row.row.row;
            let (first, last, rows) = sheets.entry(source).or_insert((row, row, 0));
            (*first, *last, *rows) = ((*first).min(row), (*last).max(row), *rows + 1);
        }
        sheets
    }

    fn stock(&self, result: usize, kpi: &KpiDefinition, row: RowId, periods: u16) -> EvidenceLine {
        let (activity, member) = self.told.get(&row).map_or((None, None), |(at, member)| (*at, Some(*member)));
        EvidenceLine {
            result,
            ground: activity.map_or(Ground::Named, |activity| self.ground(kpi, activity)),
            activity,
            member,
            source: row.source,
            first: row.row,
            last: row.row,
            rows: 1,
            periods,
        }
    }

    fn ground(&self, kpi: &KpiDefinition, activity: usize) -> Ground {
        let mapped = &self.links.all[activity];
        match mapped.basis {
            Some(basis) if kpi.scope == Scope::Action => Ground::Linked(basis),
            _ => Ground::Every,
        }
    }

    fn periods(&self, trace: &Trace) -> u16 {
        let holding = self.lines.iter().enumerate().filter(|(_, line)| line.holds(trace.day));
        holding.fold(0, |periods, (at, _)| periods | bit(at))
    }
}
