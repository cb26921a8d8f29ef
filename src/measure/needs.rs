//! What Members asked for, against what they got and what is planned.
//!
//! Source: counting rules, section "Needs". A need is a (Member, action) that a row names.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use foldhash::fast::FixedState;

use crate::definitions::{Definitions, ItemId, ItemKind, Kind};
use crate::mapping::{Links, Mapped};
use crate::records::survey::ActionTaken;
use crate::records::{ActivityStatus, Need, Priority, Records, Role};
use crate::terms::{ActionRef, MemberCode, PlanYear, ReportPeriod};

/// How far a need is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NeedState {
    /// A delivery for this Member alone, or its own answer yes or partly.
    Met,
    /// Another delivery reached the Member.
    MetInPart,
    /// A planned item holds the Member.
    Planned,
    /// None of these.
    Open,
    /// Deliveries without a need that names them.
    DeliveredWithoutNeed,
}

impl NeedState {
    /// The word in data files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::MetInPart => "met-in-part",
            Self::Planned => "planned",
            Self::Open => "open",
            Self::DeliveredWithoutNeed => "delivered-without-need",
        }
    }
}

/// What a Member asked for, in its newest round that names the action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The words of the first row of the round.
    pub topic: String,
    /// The highest priority of the round.
    pub priority: Priority,
    /// The earliest date of the round.
    pub on: NaiveDate,
    /// The earliest date of any round.
    pub first: NaiveDate,
    /// The round.
    pub round: PlanYear,
    /// Whether the round is the newest that the Member answered at all.
    pub current: bool,
    /// The support it wants, as typed.
    pub support: String,
}

/// One need, or one delivery without need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedLine {
    /// The Member.
    pub member: MemberCode,
    /// The action.
    pub action: ActionRef,
    /// What it asked for; none for a delivery without need.
    pub asked: Option<Asked>,
    /// How far it is served.
    pub state: NeedState,
    /// Ids of the deliveries that reached the Member from the need's date on, by end and id.
    pub delivered: Vec<String>,
    /// The newest of their ends.
    pub last_delivery: Option<NaiveDate>,
    /// The newest end of a delivery before the need's date.
    pub delivered_before: Option<NaiveDate>,
    /// Activity ids with the Member's newest answer.
    pub answers: Vec<(String, ActionTaken)>,
    /// Planned items that hold the Member.
    pub planned: Vec<String>,
    /// Concrete items of the action that name no Member and are not delivered.
    pub regional: Vec<String>,
}

/// All needs and deliveries without need, sorted as `data/needs.csv`. Nothing where no survey was read.
#[must_use]
pub fn lines(definitions: &Definitions, records: &Records, links: &Links, period: &ReportPeriod) -> Vec<NeedLine> {
    if !records.kinds.contains(&Kind::Needs) {
        return Vec::new();
    }
    let day = period.days().1.min(period.as_at);
    let participants = records.attendance.iter().filter(|row| row.row.role == Role::Participant);
    let took_part = participants.filter_map(|row| Some((row.activity as usize, row.row.member?))).collect();
    let mut survey = Survey {
        definitions,
        records,
        links,
        took_part,
        year: period.plan_year(),
        day,
        newest: HashMap::new(),
        serving: BTreeMap::new(),
        delivering: HashMap::new(),
    };
    survey.look_up();
    let (needs, named) = survey.needs();
    let mut lines: Vec<NeedLine> =
        needs.into_iter().map(|((member, action), asked)| survey.line(member, action, asked)).collect();
    lines.extend(survey.without_need(&named));
    lines
}

struct Survey<'a> {
    definitions: &'a Definitions,
    records: &'a Records,
    links: &'a Links,
    /// Activities and the Members of their lists in the role of participant.
    took_part: HashSet<(usize, MemberCode), FixedState>,
    year: PlanYear,
    day: NaiveDate,
    /// The newest answer of each Member about each activity by the day.
    newest: HashMap<(usize, MemberCode), (NaiveDate, Option<ActionTaken>)>,
    /// Delivered activities that can serve needs, by the action they serve; by end and id.
    serving: BTreeMap<ActionRef, Vec<&'a Mapped>>,
    /// Rows of every status by the planned item that they deliver.
    delivering: HashMap<ItemId, Vec<&'a Mapped>>,
}

/// A need by Member and action, in the order of the data file.
type Key = (MemberCode, ActionRef);

impl<'a> Survey<'a> {
    /// Notes what every need asks about, once.
    fn look_up(&mut self) {
        for answer in &self.records.answers {
            let (key, date) = ((answer.activity, answer.answer.member), answer.answer.response_date);
            if date <= self.day && self.newest.get(&key).is_none_or(|(known, _)| *known <= date) {
                self.newest.insert(key, (date, answer.answer.action_taken));
            }
        }
        for mapped in &self.links.all {
            for item in &mapped.items {
                self.delivering.entry(*item).or_default().push(mapped);
            }
            let activity = &self.records.activities[mapped.activity].1;
            let serves = self.records.delivered[mapped.activity]
                && activity.end <= self.day
                && self.definitions.need_types.holds(activity.of_type);
            let actions: BTreeSet<ActionRef> = mapped.links.iter().map(|link| link.action).collect();
            for action in actions.into_iter().filter(|_| serves) {
                self.serving.entry(action).or_default().push(mapped);
            }
        }
        let (records, mut serving) = (self.records, std::mem::take(&mut self.serving));
        for found in serving.values_mut() {
            found.sort_by_key(|mapped| (records.activities[mapped.activity].1.end, &records.ids[mapped.activity]));
        }
        self.serving = serving;
    }

    fn date(&self, need: &Need) -> NaiveDate {
        need.response_date.unwrap_or_else(|| self.year.first_day())
    }

    fn can_be_need(&self, action: ActionRef) -> bool {
        self.definitions.settings.need_actions.as_ref().is_none_or(|actions| actions.contains(&action))
    }

    /// The needs that stand on the day, and every (Member, action) that a row ever named.
    fn needs(&self) -> (BTreeMap<Key, Asked>, BTreeSet<Key>) {
        let mut rows: BTreeMap<Key, Vec<&Need>> = BTreeMap::new();
        let mut newest: BTreeMap<MemberCode, PlanYear> = BTreeMap::new();
        for (_, need, actions) in &self.records.needs {
            let date = self.date(need);
            if date > self.day || !self.definitions.members.is_member(need.member, self.day) {
                continue;
            }
            let round = newest.entry(need.member).or_insert(PlanYear::of(date));
            *round = (*round).max(PlanYear::of(date));
            for action in actions.iter().filter(|action| self.can_be_need(**action)) {
                rows.entry((need.member, *action)).or_default().push(need);
            }
        }
        let named = rows.keys().copied().collect();
        let asked = rows.into_iter().filter_map(|(key, rows)| Some((key, self.asked(&rows, newest[&key.0])?)));
        (asked.collect(), named)
    }

    /// What the rows of a Member and action ask for; none where it was ended.
    fn asked(&self, rows: &[&Need], newest: PlanYear) -> Option<Asked> {
        let first = rows.iter().map(|need| self.date(need)).min()?;
        let round = rows.iter().map(|need| PlanYear::of(self.date(need))).max()?;
        let of_round: Vec<&&Need> = rows.iter().filter(|need| PlanYear::of(self.date(need)) == round).collect();
        let ended = of_round.iter().filter(|need| need.priority == Priority::None).map(|need| self.date(need)).max();
        let standing: Vec<&&&Need> = of_round
            .iter()
            .filter(|need| need.priority != Priority::None && ended.is_none_or(|ended| self.date(need) > ended))
            .collect();
        let mut support: Vec<&str> = Vec::new();
        for need in &standing {
            if !need.support_wanted.is_empty() && !support.contains(&need.support_wanted.as_str()) {
                support.push(&need.support_wanted);
            }
        }
        Some(Asked {
            topic: standing.first()?.topic.clone(),
            priority: standing.iter().map(|need| need.priority).max()?,
            on: standing.iter().map(|need| self.date(need)).min()?,
            first,
            round,
            current: round == newest,
            support: support.join("; "),
        })
    }

    /// Delivered activities that can serve needs, linked to an action with this Member in its part.
    fn deliveries(&self, member: MemberCode, action: ActionRef) -> Vec<&'a Mapped> {
        let counts = |mapped: &&Mapped| mapped.links.iter().any(|link| link.action == action && link.counts(member));
        self.serving.get(&action).into_iter().flatten().copied().filter(counts).collect()
    }

    fn end(&self, mapped: &Mapped) -> NaiveDate {
        self.records.activities[mapped.activity].1.end
    }

    /// Whether a delivery reached a Member: as beneficiary, or with a participant; never as its host.
    fn reached(&self, mapped: &Mapped, member: MemberCode) -> bool {
        mapped.members.contains(&member) || self.took_part.contains(&(mapped.activity, member))
    }

    /// The newest answer of a Member about an activity by the day.
    fn answer(&self, mapped: &Mapped, member: MemberCode) -> Option<ActionTaken> {
        self.newest.get(&(mapped.activity, member))?.1
    }

    fn line(&self, member: MemberCode, action: ActionRef, asked: Asked) -> NeedLine {
        let deliveries = self.deliveries(member, action);
        let (since, before): (Vec<&Mapped>, Vec<&Mapped>) =
            deliveries.into_iter().partition(|mapped| self.end(mapped) >= asked.on);
        let reaching: Vec<&Mapped> = since.iter().copied().filter(|mapped| self.reached(mapped, member)).collect();
        let answers: Vec<(String, ActionTaken)> = since
            .iter()
            .filter_map(|mapped| Some((self.records.ids[mapped.activity].clone(), self.answer(mapped, member)?)))
            .collect();
        let planned = self.planned(member, action);
        let alone = since.iter().any(|mapped| mapped.members.len() == 1 && mapped.members.contains(&member));
        let decisions = self.definitions.decisions.needs.iter();
        let mut about = decisions.filter(|need| need.member == member && need.action == action);
        let decided = about.any(|need| asked.on <= need.on && need.on <= self.day);
        let state = if alone || decided || answers.iter().any(|(_, taken)| taken.acted()) {
            NeedState::Met
        } else if !reaching.is_empty() {
            NeedState::MetInPart
        } else if !planned.is_empty() {
            NeedState::Planned
        } else {
            NeedState::Open
        };
        NeedLine {
            member,
            action,
            asked: Some(asked),
            state,
            last_delivery: reaching.iter().map(|mapped| self.end(mapped)).max(),
            delivered: reaching.iter().map(|mapped| self.records.ids[mapped.activity].clone()).collect(),
            delivered_before: before.iter().filter(|m| self.reached(m, member)).map(|m| self.end(m)).max(),
            answers,
            planned,
            regional: self.regional(action),
        }
    }

    /// Items that serve the action, hold the Member within the action's part, and are not delivered to it.
    fn planned(&self, member: MemberCode, action: ActionRef) -> Vec<String> {
        let plan = &self.definitions.plan;
        let holds = |id: &ItemId| {
            let item = plan.item(*id);
            let part = item.parts.get(&action).unwrap_or(&item.members);
            plan.served_by(*id).contains(&action) && part.contains(&member) && self.outstanding(*id, member)
        };
        plan.item_ids().filter(holds).map(|id| plan.item(id).id.clone()).collect()
    }

    /// Whether an item is neither delivered to a Member in the plan's own year, nor called off for it. Rows of other
    /// years repeat its title, but are no rows of it.
    fn outstanding(&self, item: ItemId, member: MemberCode) -> bool {
        let plan_year = self.definitions.plan.year;
        let rows = self.delivering.get(&item).into_iter().flatten().filter(|mapped| mapped.members.contains(&member));
        let activity = |at: &usize| &self.records.activities[*at].1;
        let rows: Vec<usize> =
            rows.map(|mapped| mapped.activity).filter(|at| activity(at).plan_year() == plan_year).collect();
        let delivered = rows.iter().any(|at| self.records.delivered[*at] && activity(at).end <= self.day);
        let cancelled = !rows.is_empty() && rows.iter().all(|at| activity(at).status == ActivityStatus::Cancelled);
        !delivered && !cancelled
    }

    /// Concrete items of the action that name no Member and are not delivered.
    fn regional(&self, action: ActionRef) -> Vec<String> {
        let plan = &self.definitions.plan;
        let delivered = |id: ItemId| {
            self.delivering.get(&id).into_iter().flatten().any(|mapped| {
                self.records.delivered[mapped.activity]
                    && self.end(mapped) <= self.day
                    && self.records.activities[mapped.activity].1.plan_year() == plan.year
            })
        };
        let open = plan.item_ids().filter(|id| {
            let item = plan.item(*id);
            item.kind == ItemKind::Concrete
                && item.members.is_empty()
                && plan.served_by(*id).contains(&action)
                && !delivered(*id)
        });
        open.map(|id| plan.item(id).id.clone()).collect()
    }

    /// Deliveries of the report's plan year that reached a Member under an action which no row names for it.
    fn without_need(&self, named: &BTreeSet<Key>) -> Vec<NeedLine> {
        let members = self.definitions.members.all().iter().map(|member| member.code);
        let mut keys: Vec<Key> = members
            .filter(|member| self.definitions.members.is_member(*member, self.day))
            .flat_map(|member| self.definitions.plan.actions.iter().map(move |action| (member, action.id)))
            .filter(|key| !named.contains(key) && self.can_be_need(key.1))
            .collect();
        keys.sort_unstable();
        let line = |(member, action): Key| {
            let found = self.deliveries(member, action);
            let reaching: Vec<&Mapped> = found
                .into_iter()
                .filter(|mapped| PlanYear::of(self.end(mapped)) == self.year && self.reached(mapped, member))
                .collect();
            let last = reaching.iter().map(|mapped| self.end(mapped)).max()?;
            let answers = reaching
                .iter()
                .filter_map(|mapped| Some((self.records.ids[mapped.activity].clone(), self.answer(mapped, member)?)));
            Some(NeedLine {
                member,
                action,
                asked: None,
                state: NeedState::DeliveredWithoutNeed,
                answers: answers.collect(),
                delivered: reaching.iter().map(|mapped| self.records.ids[mapped.activity].clone()).collect(),
                last_delivery: Some(last),
                delivered_before: None,
                planned: self.planned(member, action),
                regional: self.regional(action),
            })
        };
        keys.into_iter().filter_map(line).collect()
    }
}
