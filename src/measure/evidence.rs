//! The rows behind a figure: the same facts that are summed, followed to where they stand.

mod lines;

use std::collections::BTreeSet;

pub use lines::{EvidenceLine, Ground};
pub(super) use lines::{Stocks, collect};

use super::attendance::ListRows;
use super::facts::{Behind, Fact, Series, Trace};
use super::reached::Reached;
use super::rules::Builder;
use super::standing::Standings;
use super::statistics;
use crate::definitions::{Definitions, KpiDefinition, Measure};
use crate::mapping::Links;
use crate::records::{Attendance, Records, RowId, Sex};
use crate::terms::{Line, MemberCode};

/// The rows behind the figure of a KPI in a period, in file order.
#[must_use]
pub fn rows(
    definitions: &Definitions,
    records: &Records,
    links: &Links,
    kpi: &KpiDefinition,
    line: &Line,
) -> BTreeSet<RowId> {
    let Some(at) = definitions.kpis.iter().position(|other| other.id == kpi.id) else { return BTreeSet::new() };
    match kpi.measure {
        Measure::MembersStanding { .. } | Measure::PairsStanding { .. } => {
            Standings::new(definitions, records, links).rows(at, kpi, line.counted_to, links)
        }
        Measure::Change { baseline } => statistics::change_rows(kpi.id, baseline, records, line),
        Measure::MembersInputting => statistics::inputting_rows(kpi, definitions, records, line),
        _ => {
            let rows = ListRows::of(records);
            let lists = rows.summed();
            let reached = Reached::of(records, links, &definitions.members, &lists);
            let series = Series::Kpi(u32::try_from(at).expect("a KPI index"));
            let trail = Builder::new(definitions, records, links, (&lists, &reached)).build().trail;
            let inside = trail.iter().filter(|trace| trace.series == series && line.holds(trace.day));
            let behind = |trace: &Trace| behind(&trace.fact, records, &rows);
            inside.flat_map(behind).collect()
        }
    }
}

/// The source rows of a fact, some of them rows of its activity's list.
fn behind(fact: &Fact, records: &Records, rows: &ListRows<'_>) -> Vec<RowId> {
    let own = fact.behind.own().then(|| records.activities[fact.activity].0);
    let row = if let Behind::Row(row) = fact.behind { Some(row) } else { None };
    let listed = rows.by(fact.activity).filter(|row| of_list(fact.behind, |member| member == fact.member, row));
    own.into_iter().chain(row).chain(listed.map(|row| row.row.row)).collect()
}

/// Whether a row of a list stands behind a fact about Members that `about` knows.
fn of_list(behind: Behind, about: impl Fn(Option<MemberCode>) -> bool, row: &Attendance) -> bool {
    match behind {
        Behind::Nothing | Behind::Activity | Behind::Row(_) => false,
        Behind::Women => row.row.sex == Sex::Woman,
        Behind::Experts => row.expert(),
        Behind::Reached { .. } => !row.expert() && about(row.row.member),
        Behind::Giving { .. } => row.expert() && about(row.row.member),
    }
}
