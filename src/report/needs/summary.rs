//! Demand and what became of it, in figures and sentences.

use std::collections::BTreeMap;

use super::NeedRow;
use super::asked::{Asked, AskedTable};
use super::rates::RateTable;
use crate::measure::needs::NeedState;
use crate::measure::surveys::Surveyed;
use crate::records::Priority;
use crate::records::survey::ActionTaken;
use crate::terms::ActionRef;
use crate::terms::figure::{counted, report_number};

/// How many needs are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct States {
    /// Served.
    pub met: u64,
    /// Served in part.
    pub part: u64,
    /// Planned.
    pub planned: u64,
    /// Open.
    pub open: u64,
}

impl States {
    /// Needs in all.
    #[must_use]
    pub fn all(self) -> u64 {
        self.met + self.part + self.planned + self.open
    }

    fn add(&mut self, state: NeedState) {
        match state {
            NeedState::Met => self.met += 1,
            NeedState::MetInPart => self.part += 1,
            NeedState::Planned => self.planned += 1,
            NeedState::Open => self.open += 1,
            NeedState::DeliveredWithoutNeed => {}
        }
    }
}

/// One topic.
#[derive(Debug, Clone)]
pub struct TopicRow {
    /// The action.
    pub action: ActionRef,
    /// Its topic.
    pub topic: String,
    /// High, medium, low.
    pub priorities: [u64; 3],
    /// By state.
    pub states: States,
    /// Members that ask for it.
    pub members: String,
    /// Members that it reached without a stated need.
    pub without_need: u64,
}

/// Follow-up in figures.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Funnel {
    /// Events that reached a Member.
    pub events: u64,
    /// Members that they reached and that so were asked, once an event.
    pub asked: u64,
    /// Of them, answered.
    pub answered: u64,
    /// Of those, action taken: yes or partly.
    pub acted: u64,
    /// Of those, with a tangible result.
    pub tangible: u64,
    /// Answers overdue.
    pub overdue: u64,
}

/// Figures and sentences.
#[derive(Debug)]
pub struct Summary {
    /// Current needs by priority: high, medium, low.
    pub by_priority: [(Priority, States); 3],
    /// Current needs by topic, in plan order; then topics for which nobody asks.
    pub topics: Vec<TopicRow>,
    /// Follow-up.
    pub funnel: Funnel,
    /// What the figures say.
    pub sentences: Vec<String>,
}

pub(super) fn compose(rows: &[NeedRow], asked: &AskedTable, rates: &RateTable) -> Summary {
    let mut by_priority = [Priority::High, Priority::Medium, Priority::Low].map(|of| (of, States::default()));
    for row in rows.iter().filter(|row| row.current) {
        if let Some((_, states)) = by_priority.iter_mut().find(|(of, _)| Some(*of) == row.priority) {
            states.add(row.state);
        }
    }
    let funnel = funnel(asked);
    let topics = topics(rows);
    let mut sentences = of_needs(&by_priority, &topics);
    sentences.extend(reaction(&rates.all));
    sentences.extend(of_follow_up(funnel));
    Summary { by_priority, topics, funnel, sentences }
}

fn funnel(asked: &AskedTable) -> Funnel {
    let count = |of: &dyn Fn(&Asked) -> bool| asked.rows.iter().filter(|row| of(row)).count() as u64;
    let acted = |row: &Asked| row.said.and_then(|said| said.taken).is_some_and(ActionTaken::acted);
    let results = |row: &Asked| row.said.and_then(|said| said.tangible).is_some_and(|results| results > 0);
    Funnel {
        events: asked.events.len() as u64,
        asked: asked.rows.len() as u64,
        answered: count(&|row| row.said.is_some()),
        acted: count(&acted),
        tangible: count(&|row| acted(row) && results(row)),
        overdue: count(&|row| row.overdue.is_some()),
    }
}

fn topics(rows: &[NeedRow]) -> Vec<TopicRow> {
    let mut topics: BTreeMap<ActionRef, (TopicRow, Vec<&str>)> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.current || row.state == NeedState::DeliveredWithoutNeed) {
        let fresh = || {
            let (priorities, states, members) = ([0; 3], States::default(), String::new());
            let topic = row.topic.clone();
            (TopicRow { action: row.action, topic, priorities, states, members, without_need: 0 }, Vec::new())
        };
        let (topic, members) = topics.entry(row.action).or_insert_with(fresh);
        topic.states.add(row.state);
        match row.priority {
            Some(Priority::High) => topic.priorities[0] += 1,
            Some(Priority::Medium) => topic.priorities[1] += 1,
            Some(Priority::Low) => topic.priorities[2] += 1,
            _ => topic.without_need += 1,
        }
        if row.current {
            members.push(&row.member_name);
        }
    }
    let topics = topics.into_values().map(|(topic, members)| TopicRow { members: members.join(", "), ..topic });
    let (asked, unasked): (Vec<TopicRow>, Vec<TopicRow>) = topics.partition(|topic| topic.states.all() > 0);
    asked.into_iter().chain(unasked).collect()
}

/// A number of things, in words.
fn some(count: u64, one: &str, many: &str) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), one, many)
}

fn of_needs(by_priority: &[(Priority, States); 3], topics: &[TopicRow]) -> Vec<String> {
    let mut said = Vec::new();
    let mut all = States::default();
    for (_, states) in by_priority {
        all.met += states.met;
        all.part += states.part;
        all.planned += states.planned;
        all.open += states.open;
    }
    if all.all() > 0 {
        said.push(format!(
            "{} stand in the Members' newest rounds: {} served, {} served in part, {} planned, {} open.",
            some(all.all(), "need", "needs"),
            all.met,
            all.part,
            all.planned,
            all.open
        ));
    }
    let high = by_priority[0].1;
    if high.all() > 0 {
        let open = if high.open == 0 { "none is".to_owned() } else { some(high.open, "is", "are") };
        said.push(format!("Of {} of high priority, {open} open.", some(high.all(), "need", "needs")));
    }
    let most = topics.iter().map(|topic| topic.states.open).max().filter(|most| *most > 0);
    if let Some(most) = most {
        let named = topics.iter().filter(|topic| topic.states.open == most).map(|topic| topic.topic.as_str());
        let named: Vec<&str> = named.collect();
        let of = some(most, "open need", "open needs");
        let each = if named.len() > 1 { " each" } else { "" };
        said.push(format!("Most is owed on {} ({of}{each}).", named.join("; ")));
    }
    said
}

/// How participants rated the events: said before anything is concluded from answers.
fn reaction(all: &Surveyed) -> Option<String> {
    let rating = report_number(all.evaluated()?);
    Some(format!(
        "Reaction first: participants rated the events {rating} % of the scale ({}). That says how events were received, not what came of them.",
        some(all.evaluation.1, "answer", "answers")
    ))
}

fn of_follow_up(funnel: Funnel) -> Option<String> {
    if funnel.asked == 0 {
        return None;
    }
    #[allow(clippy::cast_precision_loss, reason = "answers are far below 2^52")]
    let rate = report_number(100.0 * funnel.answered as f64 / funnel.asked as f64);
    let (reports, results) = if funnel.acted == 1 { ("reports", "it") } else { ("report", "them") };
    Some(format!(
        "{} of {} answered the follow-up ({rate} %); {} {reports} action taken, {} of {results} with a tangible result; {} overdue.",
        funnel.answered,
        some(funnel.asked, "question", "questions"),
        funnel.acted,
        funnel.tangible,
        some(funnel.overdue, "answer is", "answers are")
    ))
}
