//! The status register and the statistics that Members report.

use chrono::NaiveDate;

use super::row::Row;
use crate::definitions::{Field, KpiDefinition, Measure, MemberRegistry, Status};
use crate::findings::Code;
use crate::terms::fold::fold;
use crate::terms::reference::parse_references;
use crate::terms::{KpiId, MemberCode, StatisticPeriod};

/// A Member's standing with an instrument from a day on.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusRow {
    /// The Member.
    pub member: MemberCode,
    /// The KPI it stands for.
    pub kpi: KpiId,
    /// How it stands.
    pub status: Status,
    /// From when; none is before every dated row.
    pub since: Option<NaiveDate>,
    /// The counterpart as typed, folded; empty where none.
    pub counterpart: String,
    /// The counterpart, where it is a Member.
    pub counterpart_member: Option<MemberCode>,
}

/// A figure a Member reports for a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistic {
    /// The Member.
    pub member: MemberCode,
    /// The KPI it reports for.
    pub kpi: KpiId,
    /// The period it stands for.
    pub period: StatisticPeriod,
    /// The figure, zero or more.
    pub value: f64,
}

/// A row that can be read, and whether its KPI is counted from such rows.
#[derive(Debug)]
pub(super) struct Fit<T> {
    pub(super) record: T,
    pub(super) fits: bool,
}

/// Reads a row of the register; none where it is rejected.
pub(super) fn status(row: &mut Row<'_>, registry: &MemberRegistry, kpis: &[KpiDefinition]) -> Option<Fit<StatusRow>> {
    let member = row.member(Field::Member, registry);
    let kpi = kpi(row, kpis);
    let status = match row.word(Field::Status) {
        Ok(None) => {
            row.missing(Field::Status);
            None
        }
        Ok(Some(word)) => status_of(word),
        Err(()) => None,
    };
    if status.is_none() && !row.is_blank(Field::Status) {
        row.unreadable(Field::Status, true, "implementing, contracting, operating, arranged, in progress or none");
    }
    let since = row.since(Field::Since);
    if row.rejected() {
        return None;
    }
    let (member, kpi, status) = (member?, kpi?, status?);
    if since.is_none() {
        let message = "No date can be read in Since; the row is in force before every dated row.";
        row.find(Code::SinceBlank, Field::Since, message, "Fill in the date from which it holds.");
    }
    let counterpart = row.owned(Field::Counterpart);
    let measure = measure(kpi, kpis);
    let fits = matches!(measure, Some(Measure::MembersStanding { .. } | Measure::PairsStanding { .. }));
    let counterpart_member = registry.find(&counterpart);
    if fits {
        pair_check(row, matches!(measure, Some(Measure::PairsStanding { .. })), member, counterpart_member);
    } else {
        unfit(row, "the status register");
    }
    let record = StatusRow { member, kpi, status, since, counterpart: fold(&counterpart), counterpart_member };
    Some(Fit { record, fits })
}

fn pair_check(row: &mut Row<'_>, pairs: bool, member: MemberCode, counterpart: Option<MemberCode>) {
    if pairs && counterpart.is_none_or(|other| other == member) {
        let message = "A pair of two different Members was expected; the row makes none and counts in no pair.";
        row.find(
            Code::PairInvalid,
            Field::Counterpart,
            message,
            "Name the other Member of the arrangement under Counterpart.",
        );
    }
}

fn status_of(word: &str) -> Option<Status> {
    match word {
        "implementing" => Some(Status::Implementing),
        "contracting" => Some(Status::Contracting),
        "operating" => Some(Status::Operating),
        "arranged" => Some(Status::Arranged),
        "in-progress" => Some(Status::InProgress),
        "none" => Some(Status::None),
        _ => None,
    }
}

/// Reads a statistic; none where the row is rejected.
pub(super) fn statistic(
    row: &mut Row<'_>,
    registry: &MemberRegistry,
    kpis: &[KpiDefinition],
) -> Option<Fit<Statistic>> {
    let member = row.member(Field::Member, registry);
    let kpi = kpi(row, kpis);
    let period = period(row);
    let value = value(row);
    let (member, kpi, period, value) = (member?, kpi?, period?, value?);
    let fits = matches!(measure(kpi, kpis), Some(Measure::Change { .. }));
    if !fits {
        unfit(row, "statistics");
    }
    Some(Fit { record: Statistic { member, kpi, period, value }, fits })
}

fn period(row: &mut Row<'_>) -> Option<StatisticPeriod> {
    const EXPECTED: &str = "a plan year (2025-2026), quarter (2025-2026/Q1) or month (2025-07)";
    let Some(text) = row.text(Field::Period) else {
        row.missing(Field::Period);
        return None;
    };
    let period = text.parse().ok();
    if period.is_none() {
        row.unreadable(Field::Period, true, EXPECTED);
    }
    period
}

fn value(row: &mut Row<'_>) -> Option<f64> {
    match row.number(Field::Value, false) {
        Ok(None) => {
            row.missing(Field::Value);
            None
        }
        Ok(Some(value)) if value >= 0.0 => Some(value),
        _ => {
            row.unreadable(Field::Value, true, "a number of zero or more");
            None
        }
    }
}

/// The KPI that a required cell names; `1-(g)` will do where the action has one KPI.
fn kpi(row: &mut Row<'_>, kpis: &[KpiDefinition]) -> Option<KpiId> {
    let Some(text) = row.text(Field::Kpi) else {
        row.missing(Field::Kpi);
        return None;
    };
    let read = parse_references(&text, None);
    let named = match read.read.as_slice() {
        [one] if read.unread.is_empty() => one.kpi_id().or_else(|| only_kpi(one.action, kpis)),
        _ => None,
    };
    if named.is_none() {
        row.unreadable(Field::Kpi, true, "a KPI id such as 1-(g).1");
    }
    named
}

fn only_kpi(action: crate::terms::ActionRef, kpis: &[KpiDefinition]) -> Option<KpiId> {
    let mut of_action = kpis.iter().filter(|kpi| kpi.id.action == action);
    let first = of_action.next()?;
    of_action.next().is_none().then_some(first.id)
}

fn measure(kpi: KpiId, kpis: &[KpiDefinition]) -> Option<&Measure> {
    kpis.iter().find(|definition| definition.id == kpi).map(|definition| &definition.measure)
}

fn unfit(row: &mut Row<'_>, kind: &str) {
    let message = format!("This KPI is not counted from {kind}; the row is unmapped.");
    row.find(Code::KpiUnfit, Field::Kpi, message, "Check the KPI id against the Definitions sheet.");
}
