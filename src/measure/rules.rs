//! What each record gives to each KPI: the rules of the flow measures.
//!
//! Source: counting rules, "Measures" and "The 65 KPIs".

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::attendance::{ListSummary, Lists};
use super::facts::{Behind, Fact, Facts, Series};
use super::reached::Reached;
use crate::definitions::{Definitions, KpiDefinition, Measure, Scope};
use crate::mapping::{Links, Mapped};
use crate::records::{Activity, Records};
use crate::terms::MemberCode;
use crate::terms::fold::fold;

/// Builds the facts of all flow KPIs and of what stands beside others.
pub(super) struct Builder<'a> {
    pub(super) definitions: &'a Definitions,
    pub(super) records: &'a Records,
    pub(super) links: &'a Links,
    pub(super) lists: &'a Lists,
    reached: &'a Reached,
    pub(super) facts: Facts,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        definitions: &'a Definitions,
        records: &'a Records,
        links: &'a Links,
        (lists, reached): (&'a Lists, &'a Reached),
    ) -> Self {
        Self { definitions, records, links, lists, reached, facts: Facts::default() }
    }

    fn list(&self, activity: usize) -> &'a ListSummary {
        self.lists.get(&activity).unwrap_or(ListSummary::NONE)
    }

    fn push(&mut self, series: Series, day: NaiveDate, fact: Fact) {
        let rows = rows_behind(&fact, self.list(fact.activity));
        self.facts.push(series, day, fact, rows);
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
                self.reached_beside(Series::Reached(at), kpi, false);
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
            let list = self.list(mapped.activity);
            let one = Fact {
                activity: mapped.activity,
                amount: 1.0,
                weight: 1.0,
                behind: Behind::Activity,
                ..Fact::default()
            };
            match kpi.measure {
                Measure::Quantity => {
                    self.push(series, activity.end, Fact { amount: f64::from(activity.quantity), ..one });
                }
                Measure::Women => self.push(series, activity.end, women(activity, list).fact(mapped.activity)),
                Measure::Experts => self.push(series, activity.end, experts(activity, list).fact(mapped.activity)),
                Measure::MembersReached => {
                    let reached = self.reached(mapped, kpi);
                    self.per_member(series, activity.end, mapped.activity, &reached, |own| Behind::Reached { own });
                }
                Measure::MembersGiving => {
                    let giving = self.giving(activity, list);
                    self.per_member(series, activity.end, mapped.activity, &giving, |own| Behind::Giving { own });
                }
                Measure::Contributions => {
                    let giving = self.contributing(mapped, activity, list);
                    self.per_member(series, activity.end, mapped.activity, &giving, |own| Behind::Giving { own });
                }
                _ => self.push(series, activity.end, one),
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

    /// Members reached by an activity under a KPI.
    ///
    /// Source: counting rules, members-reached; the Member-part rule.
    fn reached(&self, mapped: &Mapped, kpi: &KpiDefinition) -> BTreeSet<MemberCode> {
        let counts = |member: &MemberCode| match kpi.scope {
            Scope::Action => mapped.link_to(kpi.id).is_some_and(|link| link.counts(*member)),
            Scope::All => true,
        };
        self.reached.by(mapped.activity).iter().copied().filter(counts).collect()
    }

    /// Members that gave experts: stated, or by the list.
    fn giving(&self, activity: &Activity, list: &ListSummary) -> BTreeSet<MemberCode> {
        let mut members: BTreeSet<MemberCode> = &activity.expert_members | &list.giving.keys().copied().collect();
        members.retain(|member| self.definitions.members.is_member(*member, activity.end));
        members
    }

    /// Developed Members that contributed: experts, host, funding; none gives to itself alone.
    ///
    /// Source: counting rules, contributions.
    fn contributing(&self, mapped: &Mapped, activity: &Activity, list: &ListSummary) -> BTreeSet<MemberCode> {
        let registry = &self.definitions.members;
        let donors = activity.funding.iter().filter_map(|funding| self.definitions.partners.donor_member(funding));
        let mut members = self.giving(activity, list);
        members.extend(activity.host_member.into_iter().chain(activity.funding_members.iter().copied()).chain(donors));
        let only = mapped.members.len() == 1;
        members.retain(|member| {
            registry.is_member(*member, activity.end)
                && registry.is_developed(*member, activity.end)
                && !(only && mapped.members.contains(member))
        });
        members
    }

    /// One fact a Member; the activity's own row stands behind the first.
    fn per_member(
        &mut self,
        series: Series,
        day: NaiveDate,
        activity: usize,
        members: &BTreeSet<MemberCode>,
        behind: fn(bool) -> Behind,
    ) {
        for (at, member) in members.iter().enumerate() {
            let fact = Fact { activity, member: Some(*member), amount: 1.0, weight: 1.0, behind: behind(at == 0) };
            self.push(series, day, fact);
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
            let mut reached = self.reached(mapped, kpi);
            reached.retain(|member| !sie_only || self.definitions.members.is_sie(*member, activity.end));
            self.per_member(series, activity.end, mapped.activity, &reached, |own| Behind::Reached { own });
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
                    behind: Behind::Row(review.row),
                    ..Fact::default()
                };
                self.push(series, self.records.activities[review.activity].1.end, fact);
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
                let fact = Fact {
                    activity: answer.activity,
                    amount,
                    weight: 1.0,
                    behind: Behind::Row(answer.row),
                    ..Fact::default()
                };
                self.push(series, said.response_date, fact);
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
            let fact = Fact {
                activity: answer.activity,
                member: None,
                amount: percent,
                weight: 1.0,
                behind: Behind::Row(answer.row),
            };
            self.push(series, said.response_date, fact);
        }
    }
}

/// How many source rows stand behind a fact.
fn rows_behind(fact: &Fact, list: &ListSummary) -> u64 {
    let member = fact.member;
    match fact.behind {
        Behind::Nothing => 0,
        Behind::Activity | Behind::Row(_) => 1,
        Behind::Women => 1 + list.women_rows,
        Behind::Experts => 1 + list.expert_rows,
        Behind::Reached { own } => {
            member.and_then(|member| list.reached.get(&member)).map_or(0, |(_, rows)| *rows) + u64::from(own)
        }
        Behind::Giving { own } => {
            member.and_then(|member| list.giving.get(&member)).copied().unwrap_or(0) + u64::from(own)
        }
    }
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
    behind: Behind,
}

impl ActivityFigure {
    fn of_log(figure: Option<u32>) -> Self {
        let behind = if figure.is_some() { Behind::Activity } else { Behind::Nothing };
        Self { figure: figure.map(u64::from), behind }
    }

    fn fact(self, activity: usize) -> Fact {
        #[allow(clippy::cast_precision_loss, reason = "persons are far below 2^52")]
        let amount = self.figure.unwrap_or(0) as f64;
        Fact { activity, member: None, amount, weight: f64::from(u8::from(self.figure.is_some())), behind: self.behind }
    }
}

/// Women of an activity: of the list where a row states a sex, else of the log.
///
/// Source: counting rules, women.
#[must_use]
pub fn women(activity: &Activity, list: &ListSummary) -> ActivityFigure {
    if list.sex_stated {
        ActivityFigure { figure: Some(list.persons.women), behind: Behind::Women }
    } else {
        ActivityFigure::of_log(activity.women)
    }
}

/// Experts of an activity: of the list where it has any, else of the log.
///
/// Source: counting rules, experts.
#[must_use]
pub fn experts(activity: &Activity, list: &ListSummary) -> ActivityFigure {
    if list.expert_rows > 0 {
        ActivityFigure { figure: Some(list.experts), behind: Behind::Experts }
    } else {
        ActivityFigure::of_log(activity.experts)
    }
}
