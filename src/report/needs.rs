//! Needs and follow-up: what Members asked for, what they got, what came of it, what is still owed.

pub mod members;
pub mod proposals;
pub mod summary;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Material;
use super::plan::join;
use crate::measure::needs::{NeedLine, NeedState};
use crate::records::Priority;
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
    /// Activities that reached the Member since, by id.
    pub delivered: String,
    /// The newest of their ends.
    pub last: Option<NaiveDate>,
    /// The Member's own answers: `ACT-7: yes`.
    pub answers: String,
    /// Planned items that hold the Member, and regional ones of the action.
    pub planned: String,
    /// The support it wants.
    pub support: String,
    /// Other Members whose need of the same action is open.
    pub shared_with: String,
    /// Whether the Member is a small island economy on the day.
    pub sie: bool,
}

/// A Member asked about an event.
#[derive(Debug, Clone)]
pub struct AskedRow {
    /// The Member.
    pub member: MemberCode,
    /// Its name.
    pub member_name: String,
    /// The activity's id.
    pub activity: String,
    /// Its title.
    pub title: String,
    /// Its last day.
    pub end: NaiveDate,
    /// The actions it serves.
    pub actions: String,
    /// Sections of the plan that it serves.
    pub sections: BTreeSet<u8>,
    /// When the Member answered; none: not yet.
    pub answered: Option<NaiveDate>,
    /// Action taken, in words; empty where the answer does not say.
    pub taken: &'static str,
    /// Tangible results.
    pub tangible: Option<u32>,
    /// Satisfaction in percent.
    pub satisfaction: Option<f64>,
    /// Days by which an answer is overdue.
    pub overdue: Option<i64>,
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
    pub asked: Vec<AskedRow>,
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
}

impl NeedsView {
    /// Current needs: those in the Member's newest round.
    pub fn current(&self) -> impl Iterator<Item = &NeedRow> {
        self.rows.iter().filter(|row| row.current)
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
    let asked: Vec<AskedRow> = material.measured.follow_up.iter().map(|line| asked_row(material, line)).collect();
    if material.needs.is_empty() && material.records.answers.is_empty() {
        return None;
    }
    let day = material.period.days().1.min(material.period.as_at);
    let rows: Vec<NeedRow> = material.needs.iter().map(|line| need_row(material, line, day)).collect();
    let settings = &material.definitions.settings;
    Some(NeedsView {
        day,
        summary: summary::compose(&rows, &asked),
        pages: members::compose(material, &rows, &asked, day),
        proposals: proposals::compose(material, &rows),
        evidence: material
            .records
            .needs
            .iter()
            .map(|(row, need, actions)| NeedEvidence {
                place: material.records.sources[row.source.index()].place(row.row),
                member: material.definitions.members.name(need.member).to_owned(),
                topic: tidy(&need.topic),
                actions: join(actions.iter().copied()),
                priority: need.priority.as_str(),
                date: need.response_date,
            })
            .collect(),
        rules: rules(settings.answer_days),
        title: format!("{}: needs and follow-up", settings.short_name),
        notice: material.notice.map(str::to_owned),
        answer_days: settings.answer_days,
        rows,
        asked,
    })
}

/// The configured name of an action's topic; else the action's own words.
pub(super) fn topic_of(material: &Material<'_>, action: ActionRef) -> String {
    let definitions = material.definitions;
    let topic = definitions.need_topics.iter().find(|topic| topic.actions == [action]);
    let own = || definitions.plan.action_of(action).map(|action| action.text.clone()).unwrap_or_default();
    topic.map_or_else(own, |topic| topic.name.clone())
}

fn need_row(material: &Material<'_>, line: &NeedLine, day: NaiveDate) -> NeedRow {
    let registry = &material.definitions.members;
    let open = |other: &&NeedLine| {
        other.action == line.action
            && other.member != line.member
            && other.state == NeedState::Open
            && other.asked.as_ref().is_some_and(|asked| asked.current)
    };
    let shared: Vec<&str> = material.needs.iter().filter(open).map(|other| registry.name(other.member)).collect();
    let asked = line.asked.as_ref();
    let regional = line.regional.iter().map(|id| format!("{id} (regional)"));
    NeedRow {
        member: line.member,
        member_name: registry.name(line.member).to_owned(),
        action: line.action,
        topic: topic_of(material, line.action),
        words: asked.map(|asked| tidy(&asked.topic)).unwrap_or_default(),
        priority: asked.map(|asked| asked.priority),
        asked: asked.map(|asked| (asked.on, asked.first)),
        current: asked.is_some_and(|asked| asked.current),
        state: line.state,
        delivered: line.delivered.join(", "),
        last: line.last_delivery,
        answers: line
            .answers
            .iter()
            .map(|(id, taken)| format!("{id}: {}", taken.as_str()))
            .collect::<Vec<_>>()
            .join(", "),
        planned: line.planned.iter().cloned().chain(regional).collect::<Vec<_>>().join(", "),
        support: asked.map(|asked| tidy(&asked.support)).unwrap_or_default(),
        shared_with: shared.join(", "),
        sie: registry.is_sie(line.member, day),
    }
}

fn asked_row(material: &Material<'_>, line: &crate::measure::follow_up::FollowUpLine) -> AskedRow {
    let day = material.period.days().1.min(material.period.as_at);
    let activity = &material.records.activities[line.activity].1;
    let links = &material.links.all[line.activity].links;
    let said = line.answer.as_ref().map(|(_, said)| said);
    AskedRow {
        member: line.member,
        member_name: material.definitions.members.name(line.member).to_owned(),
        activity: material.records.ids[line.activity].clone(),
        title: tidy(&activity.title),
        end: line.end,
        actions: join(links.iter().map(|link| link.action)),
        sections: links.iter().map(|link| link.action.section).collect(),
        answered: said.map(|said| said.response_date),
        taken: said.and_then(|said| said.action_taken).map_or("", |taken| taken.as_str()),
        tangible: said.and_then(|said| said.tangible_results),
        satisfaction: said.and_then(|said| said.satisfaction),
        overdue: line.overdue_since.map(|since| (day - since).num_days()),
    }
}

/// The rules in words. Source: counting rules, section Needs.
fn rules(answer_days: u64) -> Vec<(&'static str, String)> {
    let rule = |name, words: &str| (name, words.to_owned());
    vec![
        rule(
            "Need",
            "A Member and an action of the plan that a row of a needs survey names. It takes the highest priority and the earliest date from the rows of the newest round (plan year of the response) that names both.",
        ),
        rule(
            "Current",
            "The need stands in the newest round that the Member answered at all. Needs not repeated are listed apart and are in no total.",
        ),
        rule(
            "Delivery",
            "A delivered capacity building activity linked to the action. It reaches a Member as Beneficiary Member or with a participant in the list, never as its host.",
        ),
        rule(
            "Served",
            "A delivery since the need's date for this Member alone; or the Member's newest answer about such a delivery is yes or partly; or a person's decision with date and reason.",
        ),
        rule("Served in part", "Any other delivery since the need's date that reached the Member."),
        rule("Planned", "A planned activity of the action names the Member and is not delivered to it yet."),
        rule("Open", "None of these."),
        rule(
            "Delivered without a stated need",
            "A delivery of the plan year that reached a Member under an action for which no row names a need. It is no fault.",
        ),
        (
            "Asked, answered, overdue",
            format!(
                "Asked are the Members that an event of this or the previous plan year reached. An answer is overdue {answer_days} days after the end (report.toml, needs.answer-days). A workshop given is not a lack filled: the Member's own answer stands beside it."
            ),
        ),
        rule(
            "Satisfaction",
            "In percent of the survey's scale, so that scales are never mixed; always with the number of answers.",
        ),
        rule(
            "Proposal",
            "Open current needs of high or medium priority, by action. One Member: national; several: sub-regional. A proposal to edit; it enters the plan by nobody's hand but yours.",
        ),
    ]
}
