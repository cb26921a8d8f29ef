//! What people decided about rows of the log, kept so that nobody is asked twice.
//!
//! `decisions.toml` is written by the program (`rspkpi decide`, or a run that finds a filled-in review among
//! its inputs) and may be edited by hand. A decision finds its row by the Activity ID, else by start date and
//! title, and so survives sorting and retyping.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::raw::{ConfigError, Reader, date, optional_date};
use crate::terms::fold::{fold, tidy};
use crate::terms::words::nearness;
use crate::terms::{ActionRef, MemberCode, PlanYear};

/// The file of the decisions, below the configuration folder.
pub const DECISIONS: &str = "decisions.toml";
/// How near two titles must be to be one, where the Activity ID is the same.
const SAME_ID: f64 = 0.5;
/// How near they must be where there is no Activity ID to go by.
const SAME_DAY: f64 = 0.75;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    decision: Vec<RawDecision>,
    #[serde(default)]
    need: Vec<NeedDecision>,
    #[serde(default)]
    topic: Vec<TopicDecision>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDecision {
    plan: PlanYear,
    #[serde(default)]
    activity: String,
    title: String,
    #[serde(deserialize_with = "date")]
    start: NaiveDate,
    #[serde(default)]
    deliver: Option<Vec<String>>,
    #[serde(default)]
    actions: Option<Vec<ActionRef>>,
    #[serde(default)]
    ours: Option<bool>,
    #[serde(default)]
    reason: String,
    #[serde(default, deserialize_with = "optional_date")]
    on: Option<NaiveDate>,
}

/// What was decided about an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It delivers these planned items, by their ids.
    Deliver(Vec<String>),
    /// It delivers no planned item, but serves these actions; none: no action.
    Serve(Vec<ActionRef>),
    /// It is not the office's and counts in nothing.
    NotOurs,
}

/// A person's decision about one activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The year of the plan whose items it speaks of.
    pub plan: PlanYear,
    /// The Activity ID; empty where the row has none.
    pub activity: String,
    /// The title as typed when it was decided.
    pub title: String,
    /// The start date.
    pub start: NaiveDate,
    /// What was decided.
    pub verdict: Verdict,
    /// Why, in the person's words; may be empty.
    pub reason: String,
    /// When, where the person said so.
    pub on: Option<NaiveDate>,
}

/// A person's decision that a Member's need is met.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedDecision {
    /// The Member.
    pub member: MemberCode,
    /// The action.
    pub action: ActionRef,
    /// Since when the need is met.
    #[serde(deserialize_with = "date")]
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// A person's decision what the topic of a need asks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicDecision {
    /// The topic as typed in the survey.
    pub words: String,
    /// The actions it asks for; none: no action of the plan.
    pub actions: Vec<ActionRef>,
}

/// All decisions, in the order of the file; a later one about the same row replaces an earlier one.
#[derive(Debug, Default)]
pub struct Decisions {
    all: Vec<Decision>,
    /// Needs that a person declared met.
    pub needs: Vec<NeedDecision>,
    /// What topics of needs ask for, by their folded words.
    topics: BTreeMap<String, TopicDecision>,
    by_id: HashMap<String, Vec<usize>>,
    by_start: HashMap<NaiveDate, Vec<usize>>,
}

impl Decisions {
    pub(super) fn load(reader: &mut Reader) -> Result<Self, ConfigError> {
        let raw: Raw = reader.read_if_there(DECISIONS)?.unwrap_or_default();
        let topics = raw.topic.into_iter().map(|topic| (fold(&topic.words), topic)).collect();
        let mut decisions = Self { needs: raw.need, topics, ..Self::default() };
        for raw in raw.decision {
            let title = raw.title.clone();
            let message = || format!("\"{title}\": a decision has one of deliver, actions and ours = false");
            let decision =
                valid(raw).ok_or_else(|| ConfigError::Content { path: DECISIONS.into(), message: message() })?;
            decisions.add(decision);
        }
        Ok(decisions)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Decision] {
        &self.all
    }

    /// Adds a decision; one about the same row is replaced. Says whether anything changed.
    pub fn add(&mut self, decision: Decision) -> bool {
        let same = self.position(decision.plan, &decision.activity, &decision.title, decision.start);
        if let Some(at) = same {
            let changed = self.all[at] != decision;
            self.all[at] = decision;
            self.index();
            return changed;
        }
        self.all.push(decision);
        self.index_one(self.all.len() - 1);
        true
    }

    /// The decision about a topic of needs.
    #[must_use]
    pub fn topic(&self, words: &str) -> Option<&TopicDecision> {
        self.topics.get(&fold(words))
    }

    /// Adds a decision about a topic of needs; says whether anything changed.
    pub fn add_topic(&mut self, decision: TopicDecision) -> bool {
        let key = fold(&decision.words);
        let changed = self.topics.get(&key).is_none_or(|known| known.actions != decision.actions);
        self.topics.insert(key, decision);
        changed
    }

    fn index(&mut self) {
        self.by_id.clear();
        self.by_start.clear();
        for at in 0..self.all.len() {
            self.index_one(at);
        }
    }

    fn index_one(&mut self, at: usize) {
        let decision = &self.all[at];
        if !decision.activity.is_empty() {
            self.by_id.entry(fold(&decision.activity)).or_default().push(at);
        }
        self.by_start.entry(decision.start).or_default().push(at);
    }

    /// The position of the decision about a row: of the same Activity ID, if title or start date are still like;
    /// else of the same start date with a title that is nearly the same.
    #[must_use]
    pub fn position(&self, plan: PlanYear, id: &str, title: &str, start: NaiveDate) -> Option<usize> {
        let folded = fold(title);
        let near = |at: usize| nearness(&fold(&self.all[at].title), &folded);
        let of_plan = |at: &usize| self.all[*at].plan == plan;
        if !id.trim().is_empty() {
            let by_id = self.by_id.get(&fold(id)).into_iter().flatten().copied().filter(of_plan);
            let alike = by_id.rev().find(|at| self.all[*at].start == start || near(*at) >= SAME_ID);
            if alike.is_some() {
                return alike;
            }
        }
        let free = |at: &usize| id.trim().is_empty() || self.all[*at].activity.is_empty();
        let same_day = self.by_start.get(&start).into_iter().flatten().copied().filter(of_plan).filter(free);
        let best = same_day.map(|at| (near(at), at)).filter(|(near, _)| *near >= SAME_DAY);
        best.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))).map(|(_, at)| at)
    }

    /// The decision about a row.
    #[must_use]
    pub fn of(&self, plan: PlanYear, id: &str, title: &str, start: NaiveDate) -> Option<&Decision> {
        self.position(plan, id, title, start).map(|at| &self.all[at])
    }

    /// The file as it is kept. `wording` gives the title of a planned item, for the reader's sake.
    #[must_use]
    pub fn to_toml(&self, wording: impl Fn(&str) -> Option<String>) -> String {
        let mut text = HEAD.to_owned();
        for decision in &self.all {
            let _ = write!(text, "\n[[decision]]\nplan = {}\n", quoted(&decision.plan.to_string()));
            if !decision.activity.is_empty() {
                let _ = writeln!(text, "activity = {}", quoted(&decision.activity));
            }
            let _ = writeln!(text, "title = {}\nstart = {}", quoted(&tidy(&decision.title)), decision.start);
            match &decision.verdict {
                Verdict::Deliver(items) => {
                    for title in items.iter().filter_map(|item| wording(item)) {
                        let _ = writeln!(text, "# {title}");
                    }
                    let _ = writeln!(text, "deliver = {}", list(items));
                }
                Verdict::Serve(actions) => {
                    let actions: Vec<String> = actions.iter().map(ActionRef::to_string).collect();
                    let _ = writeln!(text, "actions = {}", list(&actions));
                }
                Verdict::NotOurs => text.push_str("ours = false\n"),
            }
            if !decision.reason.is_empty() {
                let _ = writeln!(text, "reason = {}", quoted(&tidy(&decision.reason)));
            }
            if let Some(on) = decision.on {
                let _ = writeln!(text, "on = {on}");
            }
        }
        for topic in self.topics.values() {
            let actions: Vec<String> = topic.actions.iter().map(ActionRef::to_string).collect();
            let (words, actions) = (quoted(&tidy(&topic.words)), list(&actions));
            let _ = write!(text, "\n[[topic]]\nwords = {words}\nactions = {actions}\n");
        }
        for need in &self.needs {
            let (member, action) = (quoted(&need.member.to_string()), quoted(&need.action.to_string()));
            let reason = quoted(&tidy(&need.reason));
            let _ =
                write!(text, "\n[[need]]\nmember = {member}\naction = {action}\non = {}\nreason = {reason}\n", need.on);
        }
        text
    }
}

const HEAD: &str = "\
# What people decided about activities of the log. Written by the program when a filled-in review is among the
# inputs, or by `rspkpi decide review.xlsx`; it may be edited by hand. A decision is applied before everything else.
#
# [[decision]]  plan      the plan whose items it speaks of
#               activity  Activity ID, if the row has one; else title and start date find the row
#               title, start
#               deliver   planned items that it delivers, by id
#               actions   or: no planned item, but these actions; [] for none
#               ours      or: false, the activity is not the office's and counts in nothing
#               reason, on   optional: why, and when it was decided
#
# [[topic]]     words, actions   what a topic of a needs survey asks for; [] for no action of the plan
# [[need]]      member, action, on, reason   a Member's need that is met, since a date
";

fn valid(raw: RawDecision) -> Option<Decision> {
    let verdict = match (raw.deliver, raw.actions, raw.ours) {
        (Some(items), None, None | Some(true)) if !items.is_empty() => Verdict::Deliver(items),
        (None, Some(actions), None | Some(true)) => Verdict::Serve(actions),
        (None, None, Some(false)) => Verdict::NotOurs,
        _ => return None,
    };
    let RawDecision { plan, activity, title, start, reason, on, .. } = raw;
    Some(Decision { plan, activity, title, start, verdict, reason, on })
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut value = String::new();
    let serializer = toml::ser::ValueSerializer::new(&mut value);
    text.serialize(serializer).expect("every text is a TOML string");
    value
}

fn list(words: &[String]) -> String {
    format!("[{}]", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", "))
}
