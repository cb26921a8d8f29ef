//! Needs and follow-up: what Members asked for, what they got, what came of it, what is still owed.

pub mod answers;
pub mod asked;
pub mod members;
pub mod proposals;
pub mod rates;
mod rules;
pub mod summary;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::Material;
use super::evidence::SHOWN;
use super::plan::join;
use crate::measure::needs::{NeedLine, NeedState};
use crate::records::Priority;
use crate::terms::figure::grouped;
use crate::terms::fold::tidy;
use crate::terms::{ActionRef, MemberCode};

/// One need, or one delivery without a stated need.
#[derive(Debug, Clone)]
pub struct NeedRow {
    /// The Member.
    pub member: MemberCode,
    /// Its name.
    pub member_name: String,
    /// The action.
    pub action: ActionRef,
    /// The topic, by its configured name.
    pub topic: String,
    /// The Member's own words; empty for a delivery without need.
    pub words: String,
    /// How urgent; none for a delivery without need.
    pub priority: Option<Priority>,
    /// When it was asked, and first asked.
    pub asked: Option<(NaiveDate, NaiveDate)>,
    /// Whether it stands in the Member's newest round.
    pub current: bool,
    /// How far it is served.
    pub state: NeedState,
    /// Activities that reached the Member since, by id, oldest first.
    pub delivered: Vec<String>,
    /// The newest of their ends.
    pub last: Option<NaiveDate>,
    /// The Member's own answers: `ACT-7: yes`.
    pub answers: Vec<String>,
    /// Planned items that hold the Member, and regional ones of the action.
    pub planned: Vec<String>,
    /// The support it wants.
    pub support: String,
    /// Other Members whose need of the same action is open; of needs that are open themselves.
    pub shared_with: String,
    /// Whether the Member is a small island economy on the day.
    pub sie: bool,
}

/// A row of a needs survey.
#[derive(Debug, Clone)]
pub struct NeedEvidence {
    /// File, sheet and row.
    pub place: String,
    /// The Member.
    pub member: String,
    /// The topic as typed.
    pub topic: String,
    /// The actions that it names; empty where it names none.
    pub actions: String,
    /// How urgent.
    pub priority: &'static str,
    /// When the Member answered.
    pub date: Option<NaiveDate>,
}

/// Needs and follow-up.
#[derive(Debug)]
pub struct NeedsView {
    /// The day on which everything is seen.
    pub day: NaiveDate,
    /// Needs, then deliveries without need.
    pub rows: Vec<NeedRow>,
    /// Members asked about events.
    pub asked: asked::AskedTable,
    /// The answers of Members.
    pub answers: answers::AnswerTable,
    /// Reaction, response and result by year, section, Member and activity.
    pub rates: rates::RateTable,
    /// After how many days an answer is overdue.
    pub answer_days: u64,
    /// Figures and sentences.
    pub summary: summary::Summary,
    /// A page for each Member.
    pub pages: Vec<members::MemberPage>,
    /// Candidate activities for the next plan year.
    pub proposals: Vec<proposals::Proposal>,
    /// Every row of the surveys.
    pub evidence: Vec<NeedEvidence>,
    /// The rules in words.
    pub rules: Vec<(&'static str, String)>,
    /// Title of the workbook.
    pub title: String,
    /// A word about the inputs.
    pub notice: Option<String>,
    /// The most lines that a list of the workbook shows.
    pub most: usize,
}

impl NeedsView {
    /// Current needs: those in the Member's newest round.
    pub fn current(&self) -> impl Iterator<Item = &NeedRow> {
        self.rows.iter().filter(|row| row.current)
    }

    /// How many lines of a list are shown, and a sentence about the others; empty where all are.
    #[must_use]
    pub fn shown(&self, all: usize, file: &str) -> (usize, String) {
        if all <= self.most {
            return (all, String::new());
        }
        let (shown, all) = (grouped(self.most), grouped(all));
        (self.most, format!(" The first {shown} of {all} lines; all of them stand in {file}."))
    }
}

/// The words in reports: a workshop given is not a lack filled.
#[must_use]
pub fn state_words(state: NeedState) -> &'static str {
    match state {
        NeedState::Met => "served",
        NeedState::MetInPart => "served in part",
        NeedState::Planned => "planned",
        NeedState::Open => "open",
        NeedState::DeliveredWithoutNeed => "delivered without a stated need",
    }
}

/// Composes the view; none where no needs survey and no follow-up was read.
pub(super) fn compose(material: &Material<'_>) -> Option<NeedsView> {
    if material.needs.is_empty() && material.records.answers.is_empty() {
        return None;
    }
    let day = material.period.days().1.min(material.period.as_at);
    let asked = asked::compose(material, day);
    let answers = answers::compose(material, day);
    let rows = need_rows(material, day);
    let settings = &material.definitions.settings;
    let rates = rates::compose(material, &asked);
    Some(NeedsView {
        day,
        summary: summary::compose(&rows, &asked, &rates),
        pages: members::compose(material, &rows, &asked, &answers, day),
        proposals: proposals::compose(material, &rows),
        evidence: evidence(material),
        rules: rules::rules(settings.answer_days),
        title: format!("{}: needs and follow-up", settings.short_name),
        notice: material.notice.map(str::to_owned),
        answer_days: settings.answer_days,
        most: SHOWN,
        rows,
        rates,
        answers,
        asked,
    })
}

fn evidence(material: &Material<'_>) -> Vec<NeedEvidence> {
    let needs = material.records.needs.iter();
    let row = needs.map(|(row, need, actions)| NeedEvidence {
        place: material.records.sources[row.source.index()].place(row.row),
        member: material.definitions.members.name(need.member).to_owned(),
        topic: tidy(&need.topic),
        actions: join(actions.iter().copied()),
        priority: need.priority.as_str(),
        date: need.response_date,
    });
    row.collect()
}

/// The configured name of an action's topic; else the action's own words.
pub(super) fn topic_of(material: &Material<'_>, action: ActionRef) -> String {
    let definitions = material.definitions;
    let topic = definitions.need_topics.iter().find(|topic| topic.actions == [action]);
    let own = || definitions.plan.action_of(action).map(|action| action.text.clone()).unwrap_or_default();
    topic.map_or_else(own, |topic| topic.name.clone())
}

fn is_open(line: &NeedLine) -> bool {
    line.state == NeedState::Open && line.asked.as_ref().is_some_and(|asked| asked.current)
}

fn need_rows(material: &Material<'_>, day: NaiveDate) -> Vec<NeedRow> {
    let mut open: BTreeMap<ActionRef, Vec<MemberCode>> = BTreeMap::new();
    for line in material.needs.iter().filter(|line| is_open(line)) {
        open.entry(line.action).or_default().push(line.member);
    }
    let mut topics: HashMap<ActionRef, String> = HashMap::new();
    let mut row = |line: &NeedLine| {
        let topic = topics.entry(line.action).or_insert_with(|| topic_of(material, line.action)).clone();
        need_row(material, line, (topic, open.get(&line.action).map_or(&[], Vec::as_slice)), day)
    };
    material.needs.iter().map(&mut row).collect()
}

fn need_row(
    material: &Material<'_>,
    line: &NeedLine,
    (topic, open): (String, &[MemberCode]),
    day: NaiveDate,
) -> NeedRow {
    let registry = &material.definitions.members;
    let others = open.iter().filter(|member| is_open(line) && **member != line.member);
    let shared: Vec<&str> = others.map(|member| registry.name(*member)).collect();
    let asked = line.asked.as_ref();
    let regional = line.regional.iter().map(|id| format!("{id} (regional)"));
    NeedRow {
        member: line.member,
        member_name: registry.name(line.member).to_owned(),
        action: line.action,
        topic,
        words: asked.map(|asked| tidy(&asked.topic)).unwrap_or_default(),
        priority: asked.map(|asked| asked.priority),
        asked: asked.map(|asked| (asked.on, asked.first)),
        current: asked.is_some_and(|asked| asked.current),
        state: line.state,
        delivered: line.delivered.clone(),
        last: line.last_delivery,
        answers: line.answers.iter().map(|(id, taken)| format!("{id}: {}", taken.as_str())).collect(),
        planned: line.planned.iter().cloned().chain(regional).collect(),
        support: asked.map(|asked| tidy(&asked.support)).unwrap_or_default(),
        shared_with: shared.join(", "),
        sie: registry.is_sie(line.member, day),
    }
}
