//! Stock measures: which Members, and pairs of Members, stand on a day.
//!
//! Source: counting rules, members-standing and pairs-standing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::facts::day_number;
use crate::definitions::{Definitions, KpiDefinition, Measure};
use crate::mapping::Links;
use crate::records::survey::ActionTaken;
use crate::records::{Records, RowId, StatusRow};
use crate::scorecard::{Figure, Listed, Reason};
use crate::terms::MemberCode;

/// The register, and the answers that speak of each standing KPI.
pub(super) struct Standings<'a> {
    definitions: &'a Definitions,
    records: &'a Records,
    /// By day, rows without a day first.
    register: Vec<RegisterRow>,
    /// Per KPI index: answers (indices) about activities linked to it, whatever they say.
    answers: HashMap<usize, Vec<usize>>,
    /// KPIs with a register row of whatever status.
    registered: BTreeSet<usize>,
}

/// What a row of the register says of a Member and counterpart, or of a pair.
#[derive(Debug, Clone, Copy)]
pub(super) struct RegisterRow {
    kpi: u32,
    member: u32,
    other: u32,
    since: i32,
    /// Index into the records.
    order: u32,
    /// Whether its status counts.
    counts: bool,
}

/// The newest register rows on a day, per KPI.
type Newest = BTreeMap<u32, Vec<RegisterRow>>;

/// Who stands, and the rows that say so.
struct Standing<T> {
    by_register: BTreeSet<T>,
    by_follow_up: BTreeSet<T>,
    rows: BTreeSet<RowId>,
}

impl<'a> Standings<'a> {
    pub(super) fn new(definitions: &'a Definitions, records: &'a Records, links: &Links) -> Self {
        let mut standings = Self {
            definitions,
            records,
            register: register(definitions, records),
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
        standings
    }

    /// The newest row of each standing on a day.
    pub(super) fn newest(&self, day: NaiveDate) -> Newest {
        let until = self.register.partition_point(|row| row.since <= day_number(day));
        let last: BTreeMap<_, _> =
            self.register[..until].iter().map(|row| ((row.kpi, row.member, row.other), *row)).collect();
        let mut newest = Newest::new();
        for row in last.into_values() {
            newest.entry(row.kpi).or_default().push(row);
        }
        newest
    }

    /// The figure of a standing KPI on a day, from the newest rows of that day, and the rows behind it.
    pub(super) fn figure(
        &self,
        at: usize,
        kpi: &KpiDefinition,
        newest: &Newest,
        day: NaiveDate,
        links: &Links,
    ) -> (Figure, BTreeSet<RowId>) {
        if !self.registered.contains(&at) && self.answers.get(&at).is_none_or(Vec::is_empty) {
            return (Figure::not_measured(Reason::NoRecords), BTreeSet::new());
        }
        let with = |figure: Figure, rows: BTreeSet<RowId>| (Figure { records: rows.len() as u64, ..figure }, rows);
        if let Measure::PairsStanding { .. } = kpi.measure {
            let standing = self.pairs(kpi, of_kpi(newest, at), day);
            let pairs: Vec<(MemberCode, MemberCode)> = standing.by_register.into_iter().collect();
            return with(counted(pairs.len(), Listed::Pairs(pairs)), standing.rows);
        }
        let Standing { by_register, by_follow_up, rows } = self.members(at, kpi, of_kpi(newest, at), day, links);
        let members: Vec<MemberCode> = by_register.union(&by_follow_up).copied().collect();
        let figure = Figure {
            standing: Some((by_register.len(), by_follow_up.len())),
            ..counted(members.len(), Listed::Members(members))
        };
        with(figure, rows)
    }

    /// The rows behind the figure of a standing KPI on a day.
    pub(super) fn rows(&self, at: usize, kpi: &KpiDefinition, day: NaiveDate, links: &Links) -> BTreeSet<RowId> {
        let newest = self.newest(day);
        match kpi.measure {
            Measure::PairsStanding { .. } => self.pairs(kpi, of_kpi(&newest, at), day).rows,
            _ => self.members(at, kpi, of_kpi(&newest, at), day, links).rows,
        }
    }

    fn pairs(&self, kpi: &KpiDefinition, newest: &[RegisterRow], day: NaiveDate) -> Standing<(MemberCode, MemberCode)> {
        let code =
            |index: u32| MemberCode::from_index(index).filter(|code| self.definitions.members.is_member(*code, day));
        let mut standing =
            Standing { by_register: BTreeSet::new(), by_follow_up: BTreeSet::new(), rows: BTreeSet::new() };
        for row in newest.iter().filter(|row| row.counts) {
            if let (Some(a), Some(b)) = (code(row.member), code(row.other)) {
                standing.by_register.insert((a, b));
                standing.rows.insert(self.records.statuses[row.order as usize].0);
            }
        }
        let ending = newest.iter().filter(|row| !row.counts && self.would_stand(row, kpi, day, false));
        standing.rows.extend(ending.map(|row| self.records.statuses[row.order as usize].0));
        standing
    }

    fn members(
        &self,
        at: usize,
        kpi: &KpiDefinition,
        newest: &[RegisterRow],
        day: NaiveDate,
        links: &Links,
    ) -> Standing<MemberCode> {
        let registry = &self.definitions.members;
        let mut standing =
            Standing { by_register: BTreeSet::new(), by_follow_up: BTreeSet::new(), rows: BTreeSet::new() };
        for row in newest.iter().filter(|row| row.counts) {
            if let Some(member) = MemberCode::from_index(row.member).filter(|code| registry.is_member(*code, day)) {
                standing.by_register.insert(member);
                standing.rows.insert(self.records.statuses[row.order as usize].0);
            }
        }
        let known: BTreeSet<u32> = newest.iter().map(|row| row.member).collect();
        let mut acting: BTreeSet<MemberCode> = BTreeSet::new();
        for answer in self.holding(at, day).into_iter().map(|at| &self.records.answers[at]) {
            let said = &answer.answer;
            let counts = links.all[answer.activity].link_to(kpi.id).is_some_and(|link| link.counts(said.member));
            let acted = said.action_taken.is_some_and(ActionTaken::acted);
            if !(counts && acted && registry.is_member(said.member, day)) {
                continue;
            }
            acting.insert(said.member);
            if !known.contains(&said.member.index()) {
                standing.by_follow_up.insert(said.member);
                standing.rows.insert(answer.row);
            }
        }
        for row in newest.iter().filter(|row| !row.counts) {
            let member = MemberCode::from_index(row.member).filter(|code| registry.is_member(*code, day));
            let stands = member.is_none_or(|member| standing.by_register.contains(&member));
            let alone = newest.iter().filter(|other| other.member == row.member).count() == 1;
            let answered = alone && member.is_some_and(|member| acting.contains(&member));
            if !stands && self.would_stand(row, kpi, day, answered) {
                standing.rows.insert(self.records.statuses[row.order as usize].0);
            }
        }
        standing
    }

    /// Whether without a row that ends a standing an older row would count, or without any older row an
    /// answer: then the row's removal would change the figure.
    fn would_stand(&self, ending: &RegisterRow, kpi: &KpiDefinition, day: NaiveDate, answered: bool) -> bool {
        let (Measure::MembersStanding { statuses, .. } | Measure::PairsStanding { statuses }) = &kpi.measure else {
            return false;
        };
        let pairs = matches!(kpi.measure, Measure::PairsStanding { .. });
        let last = &self.records.statuses[ending.order as usize].1;
        let sides = |row: &StatusRow| {
            let mut sides = [Some(row.member), row.counterpart_member];
            if pairs {
                sides.sort_unstable();
            }
            (sides, if pairs { String::new() } else { row.counterpart.clone() })
        };
        let before = self.records.statuses.iter().enumerate().filter(|(at, (_, row))| {
            *at != ending.order as usize
                && row.kpi == kpi.id
                // The same row entered twice is one.
                && (row.since, row.status) != (last.since, last.status)
                && row.since.is_none_or(|since| since <= day)
                && sides(row) == sides(last)
        });
        let newest = before.max_by_key(|(at, (_, row))| (row.since, *at));
        newest.map_or(answered, |(_, (_, row))| statuses.contains(&row.status))
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

fn of_kpi(newest: &Newest, at: usize) -> &[RegisterRow] {
    newest.get(&u32::try_from(at).expect("a KPI index")).map_or(&[], Vec::as_slice)
}

fn counted(count: usize, listed: Listed) -> Figure {
    #[allow(clippy::cast_precision_loss, reason = "a number of Members")]
    Figure { listed, ..Figure::measured(count as f64) }
}

/// The rows of the register that speak of a standing, by day and then in file order.
fn register(definitions: &Definitions, records: &Records) -> Vec<RegisterRow> {
    let mut rows = Vec::new();
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
        let [kpi, order] = [at, order].map(|number| u32::try_from(number).expect("fewer rows than 2^32"));
        let since = row.since.map_or(i32::MIN, day_number);
        rows.push(RegisterRow { kpi, member, other, since, order, counts: statuses.contains(&row.status) });
    }
    rows.sort_unstable_by_key(|row| (row.since, row.order));
    rows
}
