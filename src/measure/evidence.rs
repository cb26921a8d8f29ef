//! The rows behind a figure: the same facts that are summed, followed to where they stand.

use std::collections::{BTreeSet, HashMap};

use polars::prelude::PolarsResult;

use super::facts::{Behind, Fact, Series};
use super::rules::Builder;
use super::standing::Standings;
use super::{attendance, statistics};
use crate::definitions::{Definitions, KpiDefinition, Measure};
use crate::mapping::Links;
use crate::records::{Attendance, Records, RowId, Sex};
use crate::terms::Line;

/// The rows behind the figure of a KPI in a period, in file order.
///
/// # Errors
/// Polars refused a query.
pub fn rows(
    definitions: &Definitions,
    records: &Records,
    links: &Links,
    kpi: &KpiDefinition,
    line: &Line,
) -> PolarsResult<BTreeSet<RowId>> {
    let Some(at) = definitions.kpis.iter().position(|other| other.id == kpi.id) else { return Ok(BTreeSet::new()) };
    match kpi.measure {
        Measure::MembersStanding { .. } | Measure::PairsStanding { .. } => {
            Standings::new(definitions, records, links)?.rows(at, kpi, line.counted_to, links)
        }
        Measure::Change { baseline } => Ok(statistics::change_rows(kpi.id, baseline, records, line)),
        Measure::MembersInputting => Ok(statistics::inputting_rows(kpi, definitions, records, line)),
        _ => {
            let lists = attendance::summarise(&records.attendance)?;
            let series = Series::Kpi(u32::try_from(at).expect("a KPI index"));
            let facts = Builder::new(definitions, records, links, &lists).trailing(series).build();
            let trail = facts.trail.map(|trail| trail.facts).unwrap_or_default();
            let inside = trail.iter().filter(|(day, _)| line.holds(*day));
            let mut of_activity: HashMap<usize, Vec<&Attendance>> = HashMap::new();
            for row in &records.attendance {
                of_activity.entry(row.activity as usize).or_default().push(row);
            }
            let list = |fact: &Fact| of_activity.get(&fact.activity).map_or(&[][..], Vec::as_slice);
            Ok(inside.flat_map(|(_, fact)| behind(fact, records, list(fact))).collect())
        }
    }
}

/// The source rows of a fact, some of them rows of its activity's list.
fn behind(fact: &Fact, records: &Records, list: &[&Attendance]) -> Vec<RowId> {
    let own = records.activities[fact.activity].0;
    let of_list = |wanted: &dyn Fn(&Attendance) -> bool| {
        list.iter().filter(|row| wanted(row)).map(|row| row.row.row).collect::<Vec<RowId>>()
    };
    let with = |own_too: bool, mut rows: Vec<RowId>| {
        rows.extend(own_too.then_some(own));
        rows
    };
    match fact.behind {
        Behind::Nothing => Vec::new(),
        Behind::Activity => vec![own],
        Behind::Row(row) => vec![row],
        Behind::Women => with(true, of_list(&|row| row.row.sex == Sex::Woman)),
        Behind::Experts => with(true, of_list(&Attendance::expert)),
        Behind::Reached { own } => with(own, of_list(&|row| !row.expert() && row.row.member == fact.member)),
        Behind::Giving { own } => with(own, of_list(&|row| row.expert() && row.row.member == fact.member)),
    }
}
