//! Flow measures: what each record gives to each KPI, and its sum per period, by polars.
//!
//! A fact is one contribution of one record to one figure, dated. Every flow figure is an aggregate of
//! the facts of its KPI inside the period: a sum, or a number of distinct activities or Members.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use polars::prelude::*;

use super::attendance::{ListSummary, numbers};
use crate::definitions::{Definitions, KpiDefinition, Measure, Scope};
use crate::mapping::{Links, Mapped};
use crate::records::{Activity, Records};
use crate::terms::fold::fold;
use crate::terms::{Line, MemberCode};

/// Which figure a fact belongs to: a KPI, or something shown beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Series {
    /// The KPI itself, by its index.
    Kpi(u32),
    /// Its companion satisfaction.
    Companion(u32),
    /// Members reached, beside a standing.
    Reached(u32),
}

impl Series {
    fn key(self) -> u32 {
        match self {
            Self::Kpi(at) => 3 * at,
            Self::Companion(at) => 3 * at + 1,
            Self::Reached(at) => 3 * at + 2,
        }
    }
}

/// What one record gives.
#[derive(Debug, Clone, Copy, Default)]
struct Fact {
    activity: usize,
    member: Option<MemberCode>,
    /// What is summed.
    amount: f64,
    /// What it is weighed or covered by.
    weight: f64,
    /// Source rows behind it.
    rows: u64,
}

/// Columns of facts.
#[derive(Default)]
pub(super) struct Facts {
    series: Vec<u32>,
    day: Vec<i32>,
    activity: Vec<u32>,
    member: Vec<u32>,
    amount: Vec<f64>,
    weight: Vec<f64>,
    rows: Vec<u64>,
}

/// The facts of one series inside a period, summed up.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    pub(super) amount: f64,
    pub(super) weight: f64,
    pub(super) activities: u64,
    pub(super) facts: u64,
    pub(super) rows: u64,
    /// Distinct Members, sorted.
    pub(super) members: Vec<MemberCode>,
}

/// Days as numbers, so that columns of them are small and sort.
pub(super) fn day_number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}

impl Facts {
    fn push(&mut self, series: Series, day: NaiveDate, fact: Fact) {
        self.series.push(series.key());
        self.day.push(day_number(day));
        self.activity.push(u32::try_from(fact.activity).expect("fewer activities than rows"));
        self.member.push(fact.member.map_or(0, MemberCode::index));
        self.amount.push(fact.amount);
        self.weight.push(fact.weight);
        self.rows.push(fact.rows);
    }

    /// The frame of all facts.
    pub(super) fn frame(self) -> PolarsResult<DataFrame> {
        DataFrame::new(
            self.series.len(),
            vec![
                Column::new("series".into(), self.series),
                Column::new("day".into(), self.day),
                Column::new("activity".into(), self.activity),
                Column::new("member".into(), self.member),
                Column::new("amount".into(), self.amount),
                Column::new("weight".into(), self.weight),
                Column::new("rows".into(), self.rows),
            ],
        )
    }
}

/// Sums the facts inside a period, per series.
pub(super) fn sums(facts: &DataFrame, line: &Line) -> PolarsResult<HashMap<u32, Sums>> {
    let within = col("day").gt_eq(lit(day_number(line.from))).and(col("day").lt_eq(lit(day_number(line.counted_to))));
    let inside = facts.clone().lazy().filter(within).collect()?;
    let summed = inside
        .clone()
        .lazy()
        .group_by([col("series")])
        .agg([
            col("amount").sum(),
            col("weight").sum(),
            col("activity").n_unique().cast(DataType::UInt64).alias("activities"),
            len().cast(DataType::UInt64).alias("facts"),
            col("rows").sum(),
        ])
        .collect()?;
    let series = numbers(&summed, "series")?;
    let floats =
        |name: &str| -> PolarsResult<Vec<f64>> { Ok(summed.column(name)?.f64()?.into_no_null_iter().collect()) };
    let counts =
        |name: &str| -> PolarsResult<Vec<u64>> { Ok(summed.column(name)?.u64()?.into_no_null_iter().collect()) };
    let (amount, weight) = (floats("amount")?, floats("weight")?);
    let (activities, facts, rows) = (counts("activities")?, counts("facts")?, counts("rows")?);
    let mut sums: HashMap<u32, Sums> = HashMap::new();
    for (at, key) in series.into_iter().enumerate() {
        let sum = Sums {
            amount: amount[at],
            weight: weight[at],
            activities: activities[at],
            facts: facts[at],
            rows: rows[at],
            members: Vec::new(),
        };
        sums.insert(key, sum);
    }
    members(&inside, &mut sums)?;
    Ok(sums)
}

/// Adds the distinct Members of each series.
fn members(inside: &DataFrame, sums: &mut HashMap<u32, Sums>) -> PolarsResult<()> {
    let named = inside
        .clone()
        .lazy()
        .filter(col("member").gt(lit(0u32)))
        .group_by([col("series"), col("member")])
        .agg([len()])
        .sort(["series", "member"], SortMultipleOptions::default())
        .collect()?;
    for (series, member) in numbers(&named, "series")?.into_iter().zip(numbers(&named, "member")?) {
        if let (Some(sum), Some(member)) = (sums.get_mut(&series), MemberCode::from_index(member)) {
            sum.members.push(member);
        }
    }
    Ok(())
}

/// The sums of a series; nothing in the period gives zeros.
pub(super) fn sum_of(sums: &HashMap<u32, Sums>, series: Series) -> Sums {
    sums.get(&series.key()).cloned().unwrap_or_default()
}

/// Builds the facts of all flow KPIs and of what stands beside others.
pub(super) struct Builder<'a> {
    pub(super) definitions: &'a Definitions,
    pub(super) records: &'a Records,
    pub(super) links: &'a Links,
    pub(super) lists: &'a HashMap<usize, ListSummary>,
    pub(super) facts: Facts,
    empty: ListSummary,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        definitions: &'a Definitions,
        records: &'a Records,
        links: &'a Links,
        lists: &'a HashMap<usize, ListSummary>,
    ) -> Self {
        Self { definitions, records, links, lists, facts: Facts::default(), empty: ListSummary::default() }
    }

    pub(super) fn build(mut self) -> Facts {
        for (at, kpi) in self.definitions.kpis.iter().enumerate() {
            let at = u32::try_from(at).expect("fewer KPIs than 65,536 actions times 255");
            self.kpi(at, kpi);
        }
        self.facts
    }

    fn kpi(&mut self, at: u32, kpi: &'a KpiDefinition) {
        let series = Series::Kpi(at);
        match kpi.measure {
            Measure::Rating => self.ratings(series, kpi),
            Measure::Share | Measure::Tangible | Measure::Responses => self.answers(series, kpi),
            Measure::MembersStanding { .. } | Measure::PairsStanding { .. } => {
                self.reached_beside(Series::Reached(at), kpi, false)
            }
            Measure::Change { .. } | Measure::MembersInputting => {}
            _ => self.activities(series, kpi),
        }
        if kpi.companion {
            self.satisfaction(Series::Companion(at), kpi);
            self.reached_beside(Series::Reached(at), kpi, true);
        }
    }

    fn activities(&mut self, series: Series, kpi: &KpiDefinition) {
        for mapped in &self.links.all {
            if !self.selects(kpi, mapped) {
                continue;
            }
            let activity = &self.records.activities[mapped.activity].1;
            let list = self.lists.get(&mapped.activity).unwrap_or(&self.empty);
            let one = Fact { activity: mapped.activity, amount: 1.0, weight: 1.0, rows: 1, ..Fact::default() };
            match kpi.measure {
                Measure::Quantity => {
                    self.facts.push(series, activity.end, Fact { amount: f64::from(activity.quantity), ..one })
                }
                Measure::Women => self.facts.push(series, activity.end, women(activity, list).fact(mapped.activity)),
                Measure::Experts => {
                    self.facts.push(series, activity.end, experts(activity, list).fact(mapped.activity))
                }
                Measure::MembersReached => {
                    let reached = self.reached(mapped, kpi, list);
                    self.per_member(series, activity.end, mapped.activity, &reached);
                }
                Measure::MembersGiving => {
                    let giving = self.giving(activity, list);
                    self.per_member(series, activity.end, mapped.activity, &giving);
                }
                Measure::Contributions => {
                    let giving = self.contributing(mapped, activity, list);
                    self.per_member(series, activity.end, mapped.activity, &giving);
                }
                _ => self.facts.push(series, activity.end, one),
            }
        }
    }

    /// Whether a delivered activity is one that the KPI looks at.
    fn selects(&self, kpi: &KpiDefinition, mapped: &Mapped) -> bool {
        if !self.records.delivered[mapped.activity] {
            return false;
        }
        let activity = &self.records.activities[mapped.activity].1;
        let linked = || mapped.link_to(kpi.id).is_some();
        let typed = kpi.types.holds(activity.of_type);
        let chosen = match kpi.scope {
            Scope::Action => typed && linked(),
            Scope::All => typed || (kpi.or_linked.holds(activity.of_type) && linked()),
        };
        chosen && self.partnered(kpi, activity) && named(kpi, mapped, activity)
    }

    fn partnered(&self, kpi: &KpiDefinition, activity: &Activity) -> bool {
        !kpi.international_partner
            || activity.partners.iter().any(|partner| self.definitions.partners.is_international(partner))
    }

    /// Members reached by an activity under a KPI, with the rows that say so.
    ///
    /// Source: counting rules, members-reached; the Member-part rule.
    fn reached(&self, mapped: &Mapped, kpi: &KpiDefinition, list: &ListSummary) -> Vec<(MemberCode, u64)> {
        let activity = &self.records.activities[mapped.activity].1;
        let counts = |member: &MemberCode| match kpi.scope {
            Scope::Action => mapped.link_to(kpi.id).is_some_and(|link| link.counts(*member)),
            Scope::All => true,
        };
        let mut members = members_of(mapped, activity, list);
        members.retain(|(member, _)| counts(member) && self.definitions.members.is_member(*member, activity.end));
        members
    }

    /// Members that gave experts, with the rows that say so.
    fn giving(&self, activity: &Activity, list: &ListSummary) -> Vec<(MemberCode, u64)> {
        let stated = activity.expert_members.iter().map(|member| (*member, 0));
        let mut members: Vec<(MemberCode, u64)> =
            stated.chain(list.giving.iter().map(|(member, rows)| (*member, *rows))).collect();
        members.retain(|(member, _)| self.definitions.members.is_member(*member, activity.end));
        members
    }

    /// Developed Members that contributed: experts, host, funding; none gives to itself alone.
    ///
    /// Source: counting rules, contributions.
    fn contributing(&self, mapped: &Mapped, activity: &Activity, list: &ListSummary) -> Vec<(MemberCode, u64)> {
        let registry = &self.definitions.members;
        let donors = activity.funding.iter().filter_map(|funding| self.definitions.partners.donor_member(funding));
        let stated = activity.host_member.into_iter().chain(activity.funding_members.iter().copied()).chain(donors);
        let mut members = self.giving(activity, list);
        members.extend(stated.map(|member| (member, 0)));
        let only = mapped.members.len() == 1;
        members.retain(|(member, _)| {
            registry.is_member(*member, activity.end)
                && registry.is_developed(*member, activity.end)
                && !(only && mapped.members.contains(member))
        });
        members
    }

    /// One fact a Member; the rows of the list with their Member, the activity's own row with the first.
    fn per_member(&mut self, series: Series, day: NaiveDate, activity: usize, members: &[(MemberCode, u64)]) {
        let mut distinct: Vec<MemberCode> = members.iter().map(|(member, _)| *member).collect();
        distinct.sort_unstable();
        distinct.dedup();
        for (at, member) in distinct.into_iter().enumerate() {
            let listed: u64 = members.iter().filter(|(other, _)| *other == member).map(|(_, rows)| rows).sum();
            let rows = listed + u64::from(at == 0);
            self.facts.push(series, day, Fact { activity, member: Some(member), amount: 1.0, weight: 1.0, rows });
        }
    }

    /// Members reached by the deliveries linked to a KPI, to stand beside it.
    fn reached_beside(&mut self, series: Series, kpi: &KpiDefinition, sie_only: bool) {
        let events = self.definitions.types.events();
        for mapped in &self.links.all {
            let activity = &self.records.activities[mapped.activity].1;
            if !self.records.delivered[mapped.activity]
                || !events.holds(activity.of_type)
                || mapped.link_to(kpi.id).is_none()
            {
                continue;
            }
            let list = self.lists.get(&mapped.activity).unwrap_or(&self.empty);
            let mut reached = self.reached(mapped, kpi, list);
            reached.retain(|(member, _)| !sie_only || self.definitions.members.is_sie(*member, activity.end));
            self.per_member(series, activity.end, mapped.activity, &reached);
        }
    }

    fn ratings(&mut self, series: Series, kpi: &KpiDefinition) {
        for review in &self.records.reviews {
            let mapped = &self.links.all[review.activity];
            if self.selects(kpi, mapped) {
                let weight = f64::from(review.evaluation.responses);
                let fact = Fact {
                    activity: review.activity,
                    amount: review.evaluation.percent * weight,
                    weight,
                    rows: 1,
                    ..Fact::default()
                };
                self.facts.push(series, self.records.activities[review.activity].1.end, fact);
            }
        }
    }

    fn answers(&mut self, series: Series, kpi: &KpiDefinition) {
        for answer in self.records.answers.iter().filter(|answer| answer.newest) {
            let mapped = &self.links.all[answer.activity];
            let said = &answer.answer;
            let counts = match kpi.scope {
                Scope::All => true,
                Scope::Action => mapped.link_to(kpi.id).is_some_and(|link| link.counts(said.member)),
            };
            let amount = match kpi.measure {
                Measure::Share => said.action_taken.map(|taken| f64::from(u8::from(taken.acted()))),
                Measure::Tangible => said.tangible_results.map(f64::from),
                _ => Some(1.0),
            };
            if let Some(amount) = amount.filter(|_| counts) {
                let fact = Fact { activity: answer.activity, amount, weight: 1.0, rows: 1, ..Fact::default() };
                self.facts.push(series, said.response_date, fact);
            }
        }
    }

    /// Satisfaction of SIE Members with the activities linked to the KPI, by response date.
    fn satisfaction(&mut self, series: Series, kpi: &KpiDefinition) {
        let registry = &self.definitions.members;
        for answer in self.records.answers.iter().filter(|answer| answer.newest) {
            let said = &answer.answer;
            let linked = self.links.all[answer.activity].link_to(kpi.id).is_some_and(|link| link.counts(said.member));
            let Some(percent) =
                said.satisfaction.filter(|_| linked && registry.is_sie(said.member, said.response_date))
            else {
                continue;
            };
            let fact = Fact { activity: answer.activity, member: None, amount: percent, weight: 1.0, rows: 1 };
            self.facts.push(series, said.response_date, fact);
        }
    }
}

/// Members that an activity reaches: Host, Beneficiary Members, and those in its list in a role other
/// than expert; with the rows of the list that say so. A Member can stand in it more than once.
#[must_use]
pub fn members_of(mapped: &Mapped, activity: &Activity, list: &ListSummary) -> Vec<(MemberCode, u64)> {
    let stated = mapped.members.iter().copied().chain(activity.host_member).map(|member| (member, 0));
    stated.chain(list.reached.iter().map(|(member, (_, rows))| (*member, *rows))).collect()
}

/// Whether a record names the KPI itself or has one of its keywords; KPIs without keywords ask for none.
fn named(kpi: &KpiDefinition, mapped: &Mapped, activity: &Activity) -> bool {
    if kpi.keywords.is_empty() || mapped.named_kpis.contains(&kpi.id) {
        return true;
    }
    let (title, remarks) = (fold(&activity.title), fold(&activity.remarks));
    kpi.keywords.iter().any(|word| title.contains(word.as_str()) || remarks.contains(word.as_str()))
}

/// A figure of one activity from the list or the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActivityFigure {
    /// The figure; none where neither list nor log has one.
    pub figure: Option<u64>,
    rows: u64,
}

impl ActivityFigure {
    fn fact(self, activity: usize) -> Fact {
        #[allow(clippy::cast_precision_loss, reason = "persons are far below 2^52")]
        let amount = self.figure.unwrap_or(0) as f64;
        Fact { activity, member: None, amount, weight: f64::from(u8::from(self.figure.is_some())), rows: self.rows }
    }
}

/// Women of an activity: of the list where a row states a sex, else of the log.
///
/// Source: counting rules, women.
#[must_use]
pub fn women(activity: &Activity, list: &ListSummary) -> ActivityFigure {
    if list.sex_stated {
        ActivityFigure { figure: Some(list.persons.women), rows: 1 + list.women_rows }
    } else {
        ActivityFigure { figure: activity.women.map(u64::from), rows: u64::from(activity.women.is_some()) }
    }
}

/// Experts of an activity: of the list where it has any, else of the log.
///
/// Source: counting rules, experts.
#[must_use]
pub fn experts(activity: &Activity, list: &ListSummary) -> ActivityFigure {
    if list.expert_rows > 0 {
        ActivityFigure { figure: Some(list.experts), rows: 1 + list.expert_rows }
    } else {
        ActivityFigure { figure: activity.experts.map(u64::from), rows: u64::from(activity.experts.is_some()) }
    }
}
