//! Stock measures: which Members, and pairs of Members, stand on a day.
//!
//! Source: counting rules, members-standing and pairs-standing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use polars::prelude::*;

use super::attendance::numbers;
use super::facts::day_number;
use crate::definitions::{Definitions, KpiDefinition, Measure};
use crate::mapping::Links;
use crate::records::Records;
use crate::scorecard::{Figure, Listed, Reason};
use crate::terms::MemberCode;

/// The register as columns, and the answers that speak of each standing KPI.
pub(super) struct Standings<'a> {
    definitions: &'a Definitions,
    records: &'a Records,
    register: DataFrame,
    /// Per KPI index: answers (indices) about activities linked to it, whatever they say.
    answers: HashMap<usize, Vec<usize>>,
    /// KPIs with a register row of whatever status.
    registered: BTreeSet<usize>,
}

/// The newest register rows on a day, per KPI: Member, counterpart or pair, and whether it counts.
type Newest = BTreeMap<u32, Vec<(u32, u32, bool)>>;

impl<'a> Standings<'a> {
    pub(super) fn new(definitions: &'a Definitions, records: &'a Records, links: &Links) -> PolarsResult<Self> {
        let mut standings = Self {
            definitions,
            records,
            register: register(definitions, records)?,
            answers: HashMap::new(),
            registered: BTreeSet::new(),
        };
        for (at, kpi) in definitions.kpis.iter().enumerate() {
            if let Measure::MembersStanding { follow_up: true, .. } = kpi.measure {
                let about = |answer: &usize| links.all[records.answers[*answer].activity].link_to(kpi.id).is_some();
                standings.answers.insert(at, (0..records.answers.len()).filter(about).collect());
            }
            if records.statuses.iter().any(|(_, row)| row.kpi == kpi.id) {
                standings.registered.insert(at);
            }
        }
        Ok(standings)
    }

    /// The newest row of each standing on a day.
    pub(super) fn newest(&self, day: NaiveDate) -> PolarsResult<Newest> {
        let rows = self
            .register
            .clone()
            .lazy()
            .filter(col("day").lt_eq(lit(day_number(day))))
            .sort(["day", "order"], SortMultipleOptions::default())
            .group_by_stable([col("kpi"), col("member"), col("other")])
            .agg([col("counts").last()])
            .collect()?;
        let (kpis, members) = (numbers(&rows, "kpi")?, numbers(&rows, "member")?);
        let (others, counts) = (numbers(&rows, "other")?, numbers(&rows, "counts")?);
        let mut newest = Newest::new();
        for at in 0..rows.height() {
            newest.entry(kpis[at]).or_default().push((members[at], others[at], counts[at] == 1));
        }
        Ok(newest)
    }

    /// The figure of a standing KPI on a day, from the newest rows of that day.
    pub(super) fn figure(
        &self,
        at: usize,
        kpi: &KpiDefinition,
        newest: &Newest,
        day: NaiveDate,
        links: &Links,
    ) -> Figure {
        if !self.registered.contains(&at) && self.answers.get(&at).is_none_or(Vec::is_empty) {
            return Figure::not_measured(Reason::NoRecords);
        }
        let none = Vec::new();
        let rows = newest.get(&u32::try_from(at).expect("a KPI index")).unwrap_or(&none);
        match kpi.measure {
            Measure::PairsStanding { .. } => self.pairs(rows, day),
            _ => self.members(at, kpi, rows, day, links),
        }
    }

    fn pairs(&self, rows: &[(u32, u32, bool)], day: NaiveDate) -> Figure {
        let code =
            |index: u32| MemberCode::from_index(index).filter(|code| self.definitions.members.is_member(*code, day));
        let standing = rows.iter().filter(|(.., counts)| *counts);
        let mut pairs: Vec<(MemberCode, MemberCode)> =
            standing.filter_map(|(a, b, _)| Some((code(*a)?, code(*b)?))).collect();
        pairs.sort_unstable();
        Figure { records: pairs.len() as u64, ..counted(pairs.len(), Listed::Pairs(pairs)) }
    }

    fn members(
        &self,
        at: usize,
        kpi: &KpiDefinition,
        rows: &[(u32, u32, bool)],
        day: NaiveDate,
        links: &Links,
    ) -> Figure {
        let registry = &self.definitions.members;
        let known: BTreeSet<u32> = rows.iter().map(|(member, ..)| *member).collect();
        let deciding: Vec<MemberCode> = rows
            .iter()
            .filter(|(.., counts)| *counts)
            .filter_map(|(member, ..)| MemberCode::from_index(*member))
            .collect();
        let mut by_register: BTreeSet<MemberCode> = deciding.iter().copied().collect();
        by_register.retain(|member| registry.is_member(*member, day));
        let (mut by_follow_up, mut answer_rows) = (BTreeSet::new(), 0);
        for answer in self.holding(at, day) {
            let said = &self.records.answers[answer].answer;
            let counts = links.all[self.records.answers[answer].activity]
                .link_to(kpi.id)
                .is_some_and(|link| link.counts(said.member));
            let acted = said.action_taken.is_some_and(super::super::records::survey::ActionTaken::acted);
            if counts && acted && !known.contains(&said.member.index()) && registry.is_member(said.member, day) {
                by_follow_up.insert(said.member);
                answer_rows += 1;
            }
        }
        let register_rows = deciding.iter().filter(|member| by_register.contains(member)).count() as u64;
        let members: BTreeSet<MemberCode> = by_register.union(&by_follow_up).copied().collect();
        Figure {
            records: register_rows + answer_rows,
            standing: Some((by_register.len(), by_follow_up.len())),
            ..counted(members.len(), Listed::Members(members.into_iter().collect()))
        }
    }

    /// The newest answer of each (activity, Member) on a day, among those about a KPI.
    fn holding(&self, at: usize, day: NaiveDate) -> Vec<usize> {
        let mut newest: BTreeMap<(usize, MemberCode), usize> = BTreeMap::new();
        for index in self.answers.get(&at).into_iter().flatten() {
            let answer = &self.records.answers[*index];
            if answer.answer.response_date > day {
                continue;
            }
            let holds = newest.entry((answer.activity, answer.answer.member)).or_insert(*index);
            if self.records.answers[*holds].answer.response_date <= answer.answer.response_date {
                *holds = *index;
            }
        }
        newest.into_values().collect()
    }
}

fn counted(count: usize, listed: Listed) -> Figure {
    #[allow(clippy::cast_precision_loss, reason = "a number of Members")]
    Figure { listed, ..Figure::measured(count as f64) }
}

/// The register as columns: KPI, Member, other side, day, order in the files, whether the status counts.
fn register(definitions: &Definitions, records: &Records) -> PolarsResult<DataFrame> {
    let mut columns: [Vec<u32>; 5] = Default::default();
    let mut days = Vec::new();
    let mut counterparts: HashMap<&str, u32> = HashMap::new();
    for (order, (_, row)) in records.statuses.iter().enumerate() {
        let Some(at) = definitions.kpis.iter().position(|kpi| kpi.id == row.kpi) else { continue };
        let (member, other, statuses) = match &definitions.kpis[at].measure {
            Measure::PairsStanding { statuses } => match row.counterpart_member {
                Some(other) if other != row.member => {
                    (row.member.min(other).index(), row.member.max(other).index(), statuses)
                }
                _ => continue,
            },
            Measure::MembersStanding { statuses, .. } => {
                let next = u32::try_from(counterparts.len()).expect("fewer counterparts than rows") + 1;
                let text = *counterparts.entry(&row.counterpart).or_insert(next);
                let other = row.counterpart_member.map_or(text, |code| u32::MAX - code.index());
                (row.member.index(), other, statuses)
            }
            _ => continue,
        };
        let numbers = [at, order].map(|number| u32::try_from(number).expect("fewer rows than 2^32"));
        let values = [numbers[0], member, other, numbers[1], u32::from(statuses.contains(&row.status))];
        for (column, value) in columns.iter_mut().zip(values) {
            column.push(value);
        }
        days.push(row.since.map_or(i32::MIN, day_number));
    }
    let [kpi, member, other, order, counts] = columns;
    DataFrame::new(
        days.len(),
        vec![
            Column::new("kpi".into(), kpi),
            Column::new("member".into(), member),
            Column::new("other".into(), other),
            Column::new("order".into(), order),
            Column::new("counts".into(), counts),
            Column::new("day".into(), days),
        ],
    )
}
