//! Figures that Members report: change against a baseline period, and who reports at all.
//!
//! Source: counting rules, change and members-inputting; input contract, section 7.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::{Definitions, Field, KpiDefinition, Measure};
use crate::findings::{Code, Finding};
use crate::records::{Records, RowId};
use crate::scorecard::{Figure, Listed, Reason};
use crate::terms::{KpiId, Line, MemberCode, PlanYear, StatisticPeriod};

/// Figures of one Member by period, with the rows that report them.
type Figures = BTreeMap<StatisticPeriod, (f64, RowId)>;

/// The change of a KPI in a period, against the same period of the plan year before, or of `baseline`.
pub(super) fn change(kpi: KpiId, baseline: Option<PlanYear>, records: &Records, line: &Line) -> Figure {
    let now = figures(kpi, records, |period| Some(period).filter(|period| whole(*period, line)));
    if now.is_empty() {
        return Figure::not_measured(Reason::NoRecords);
    }
    let pairs = pairs(kpi, baseline, records, line, &now);
    if pairs.is_empty() {
        return Figure::not_measured(Reason::NoBaseline);
    }
    let value: f64 = pairs.iter().map(|pair| pair.value).sum();
    let base: f64 = pairs.iter().map(|pair| pair.baseline).sum();
    let rows = pairs.iter().map(|pair| pair.rows.len() as u64).sum();
    Figure { baseline: Some(base), records: rows, ..Figure::measured(value - base) }
}

/// The rows behind the change of a KPI in a period.
pub(super) fn change_rows(kpi: KpiId, baseline: Option<PlanYear>, records: &Records, line: &Line) -> BTreeSet<RowId> {
    let now = figures(kpi, records, |period| Some(period).filter(|period| whole(*period, line)));
    pairs(kpi, baseline, records, line, &now).into_iter().flat_map(|pair| pair.rows).collect()
}

/// The pairs of all Members with figures in the period.
fn pairs(
    kpi: KpiId,
    baseline: Option<PlanYear>,
    records: &Records,
    line: &Line,
    now: &BTreeMap<MemberCode, Figures>,
) -> Vec<Pair> {
    let before = figures(kpi, records, |period| shifted(period, baseline, line));
    let none = Figures::new();
    let of_member = |(member, figures): (&MemberCode, &Figures)| {
        let (now, _) = resolve(figures);
        let (before, _) = resolve(before.get(member).unwrap_or(&none));
        paired(&now, &before).0
    };
    now.iter().flat_map(of_member).collect()
}

/// What is to be said about the figures of a period: overlaps that do not fill, and figures without a pair.
pub(super) fn findings(definitions: &Definitions, records: &Records, line: &Line) -> Vec<Finding> {
    let mut findings = Vec::new();
    let none = Figures::new();
    for kpi in &definitions.kpis {
        let Measure::Change { baseline } = kpi.measure else { continue };
        let now = figures(kpi.id, records, |period| Some(period).filter(|period| whole(*period, line)));
        let before = figures(kpi.id, records, |period| shifted(period, baseline, line));
        let members: BTreeSet<MemberCode> = now.keys().chain(before.keys()).copied().collect();
        for member in members {
            let say = |code, row, what: &str, help| say(definitions, records, code, row, what, help);
            let (now, overlaps) = resolve(now.get(&member).unwrap_or(&none));
            let (before, earlier) = resolve(before.get(&member).unwrap_or(&none));
            for row in overlaps.into_iter().chain(earlier) {
                let what = "is counted as a whole: the finer figures of the Member do not fill it";
                findings.push(say(Code::StatisticOverlap, row, what, "Complete the finer figures, or drop them."));
            }
            for (row, here) in paired(&now, &before).1 {
                let what = if here {
                    "has no figure in the baseline period to stand against"
                } else {
                    "is a baseline without a figure in the period"
                };
                let what = format!("{what}; it is in no change");
                findings.push(say(Code::StatisticUnpaired, row, &what, "Ask the Member for the missing figure."));
            }
        }
    }
    findings
}

fn say(definitions: &Definitions, records: &Records, code: Code, row: RowId, what: &str, help: &str) -> Finding {
    let origin = records.sources[row.source.index()].origin(row.row, Field::Period);
    let statistic = records.statistics.iter().find(|(other, _)| *other == row).map(|(_, statistic)| statistic);
    let (name, period) = statistic.map_or(("", String::new()), |statistic| {
        (definitions.members.name(statistic.member), statistic.period.to_string())
    });
    Finding::new(code, origin, format!("{name}: {period} {what}."), help).seen(period)
}

/// Members with a figure above zero for a period that the line holds whole.
pub(super) fn inputting(kpi: &KpiDefinition, definitions: &Definitions, records: &Records, line: &Line) -> Figure {
    let inside = inputs(kpi, definitions, records, line);
    let members: BTreeSet<MemberCode> = inside.iter().map(|(_, member)| *member).collect();
    #[allow(clippy::cast_precision_loss, reason = "a number of Members")]
    let value = members.len() as f64;
    Figure {
        listed: Listed::Members(members.into_iter().collect()),
        records: inside.len() as u64,
        ..Figure::measured(value)
    }
}

/// The rows behind the Members with inputs.
pub(super) fn inputting_rows(
    kpi: &KpiDefinition,
    definitions: &Definitions,
    records: &Records,
    line: &Line,
) -> BTreeSet<RowId> {
    inputs(kpi, definitions, records, line).into_iter().map(|(row, _)| row).collect()
}

/// Rows above zero of the action's change KPIs that the line holds whole, with their Members.
fn inputs(kpi: &KpiDefinition, definitions: &Definitions, records: &Records, line: &Line) -> Vec<(RowId, MemberCode)> {
    let changes = definitions
        .kpis
        .iter()
        .filter(|other| other.id.action == kpi.id.action && matches!(other.measure, Measure::Change { .. }));
    let counted: BTreeSet<KpiId> = changes.map(|other| other.id).collect();
    let inside = records.statistics.iter().filter(|(_, statistic)| {
        let day = statistic.period.days().1;
        counted.contains(&statistic.kpi)
            && statistic.value > 0.0
            && whole(statistic.period, line)
            && definitions.members.is_member(statistic.member, day)
    });
    inside.map(|(row, statistic)| (*row, statistic.member)).collect()
}

/// Whether a line holds a period whole.
fn whole(period: StatisticPeriod, line: &Line) -> bool {
    let (from, to) = period.days();
    line.from <= from && to <= line.counted_to
}

/// The period that a figure of the baseline year stands against, if the line holds it whole.
fn shifted(period: StatisticPeriod, baseline: Option<PlanYear>, line: &Line) -> Option<StatisticPeriod> {
    let year = period.plan_year();
    let target = match baseline {
        None => PlanYear::of(year.last_day() + chrono::Days::new(1)),
        Some(base) if base == year => PlanYear::of(line.to),
        Some(_) => return None,
    };
    Some(period.in_year(target)).filter(|period| whole(*period, line))
}

/// The figures of a KPI per Member, under the periods that `under` gives them.
fn figures(
    kpi: KpiId,
    records: &Records,
    under: impl Fn(StatisticPeriod) -> Option<StatisticPeriod>,
) -> BTreeMap<MemberCode, Figures> {
    let mut found: BTreeMap<MemberCode, Figures> = BTreeMap::new();
    for (row, statistic) in records.statistics.iter().filter(|(_, statistic)| statistic.kpi == kpi) {
        if let Some(period) = under(statistic.period) {
            found.entry(statistic.member).or_default().insert(period, (statistic.value, *row));
        }
    }
    found
}

/// Figures without overlap: finer ones count where they fill the coarser period, else the coarser one;
/// and the rows of the coarser figures for which finer ones were set aside.
fn resolve(figures: &Figures) -> (Figures, Vec<RowId>) {
    let mut kept = figures.clone();
    let mut overlaps = Vec::new();
    let coarse = |wanted: fn(&StatisticPeriod) -> bool| figures.keys().copied().filter(wanted);
    let quarters = coarse(|period| matches!(period, StatisticPeriod::Quarter(..)));
    let years = coarse(|period| matches!(period, StatisticPeriod::Year(..)));
    for period in quarters.chain(years) {
        let finer = covering(period, &kept);
        if finer.is_some() {
            kept.remove(&period);
            continue;
        }
        let before = kept.len();
        kept.retain(|other, _| *other == period || !within(*other, period));
        if kept.len() < before {
            overlaps.push(figures[&period].1);
        }
    }
    (kept, overlaps)
}

/// The finer figures that fill a period, if they do.
fn covering(period: StatisticPeriod, figures: &Figures) -> Option<Vec<StatisticPeriod>> {
    let finer = period.finer();
    if finer.is_empty() {
        return None;
    }
    let fill = finer
        .into_iter()
        .map(|part| if figures.contains_key(&part) { Some(vec![part]) } else { covering(part, figures) });
    fill.collect::<Option<Vec<_>>>().map(|parts| parts.concat())
}

struct Pair {
    value: f64,
    baseline: f64,
    rows: Vec<RowId>,
}

/// Pairs both sides, each summed to the coarser of the two; and what stays alone (`true`: on this side).
fn paired(now: &Figures, before: &Figures) -> (Vec<Pair>, Vec<(RowId, bool)>) {
    let mut keys: BTreeSet<StatisticPeriod> = now.keys().chain(before.keys()).copied().collect();
    // A period within a coarser one of the other side is summed into that.
    let all = keys.clone();
    keys.retain(|period| !all.iter().any(|other| other != period && within(*period, *other)));
    let (mut pairs, mut alone) = (Vec::new(), Vec::new());
    for key in keys {
        if let (Some((value, a)), Some((baseline, b))) = (summed(key, now), summed(key, before)) {
            pairs.push(Pair { value, baseline, rows: [a, b].concat() });
        } else {
            let inside = |figures: &Figures| -> Vec<RowId> {
                figures.iter().filter(|(period, _)| within(**period, key)).map(|(_, (_, row))| *row).collect()
            };
            alone.extend(inside(now).into_iter().map(|row| (row, true)));
            alone.extend(inside(before).into_iter().map(|row| (row, false)));
        }
    }
    (pairs, alone)
}

fn within(period: StatisticPeriod, other: StatisticPeriod) -> bool {
    let ((from, to), (start, end)) = (period.days(), other.days());
    start <= from && to <= end
}

/// The figure of a period, itself or the sum of the finer ones that fill it; with the rows.
fn summed(period: StatisticPeriod, figures: &Figures) -> Option<(f64, Vec<RowId>)> {
    if let Some((value, row)) = figures.get(&period) {
        return Some((*value, vec![*row]));
    }
    let parts = covering(period, figures)?;
    Some((parts.iter().map(|part| figures[part].0).sum(), parts.iter().map(|part| figures[part].1).collect()))
}
