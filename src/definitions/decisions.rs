//! What people decided about rows of the log, kept so that nobody is asked twice.
//!
//! `decisions.toml` is written by the program (`rspkpi decide`, or a run that finds a filled-in review among
//! its inputs) and may be edited by hand. Which row a decision is about is found once for the whole log
//! (`records::decided`), so it survives sorting and retyping.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::{Display, Write};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::raw::{ConfigError, Reader, date, optional_date};
use super::work_plan::WorkPlan;
use crate::terms::fold::{id_key, text_key, tidy};
use crate::terms::{ActionOrKpi, ActionRef, KpiId, MemberCode, PlanYear};

/// The file of the decisions, below the configuration folder.
pub const DECISIONS: &str = "decisions.toml";

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
    actions: Option<Vec<ActionOrKpi>>,
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
    /// It delivers no planned item, but serves these actions, or single KPIs of them; none: no action.
    Serve(Vec<ActionOrKpi>),
    /// It is not the office's and counts in nothing.
    NotOurs,
}

impl Verdict {
    /// What it names that the plan does not have.
    #[must_use]
    pub fn unknown_to(&self, plan: &WorkPlan) -> Vec<String> {
        match self {
            Self::Deliver(ids) => ids.iter().filter(|id| plan.item_by_id(id).is_none()).cloned().collect(),
            Self::Serve(named) => {
                named.iter().filter(|named| !knows(plan, **named)).map(ActionOrKpi::to_string).collect()
            }
            Self::NotOurs => Vec::new(),
        }
    }

    /// The actions and KPIs of the plan that it names.
    #[must_use]
    pub fn served(&self, plan: &WorkPlan) -> Vec<ActionOrKpi> {
        match self {
            Self::Serve(named) => named.iter().copied().filter(|named| knows(plan, *named)).collect(),
            Self::Deliver(_) | Self::NotOurs => Vec::new(),
        }
    }

    /// Whether it decides anything: what names nothing of the plan, though it names something, is as if nobody had
    /// decided.
    ///
    /// Source: counting rules, "the first of these that names an action of the plan decides".
    #[must_use]
    pub fn holds(&self, plan: &WorkPlan) -> bool {
        let named = match self {
            Self::Deliver(ids) => ids.len(),
            Self::Serve(named) => named.len(),
            Self::NotOurs => 0,
        };
        named == 0 || self.unknown_to(plan).len() < named
    }
}

fn knows(plan: &WorkPlan, named: ActionOrKpi) -> bool {
    match named.kpi {
        Some(number) => plan.kpi_text(KpiId { action: named.action, number }).is_some(),
        None => plan.action_of(named.action).is_some(),
    }
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
    /// What topics of needs ask for, by what tells their words apart.
    topics: BTreeMap<String, TopicDecision>,
    /// Positions by plan and folded Activity ID.
    by_id: HashMap<(PlanYear, String), Vec<usize>>,
    /// Positions of those without Activity ID, by plan, title and start date.
    by_title: HashMap<(PlanYear, String, NaiveDate), usize>,
}

impl Decisions {
    pub(super) fn load(reader: &mut Reader) -> Result<Self, ConfigError> {
        let raw: Raw = reader.read_if_there(DECISIONS)?.unwrap_or_default();
        Self::of(raw).map_err(|message| ConfigError::Content { path: DECISIONS.into(), message })
    }

    /// Whether a text may be kept: whether it says something that can be loaded again.
    ///
    /// # Errors
    /// The text is no TOML, or says something that cannot be.
    pub fn check(text: &str) -> Result<(), ConfigError> {
        let path = || DECISIONS.to_owned();
        let raw =
            toml::from_str(text).map_err(|error| ConfigError::Syntax { path: path(), message: error.to_string() });
        Self::of(raw?).map(|_| ()).map_err(|message| ConfigError::Content { path: path(), message })
    }

    fn of(raw: Raw) -> Result<Self, String> {
        let topics = raw.topic.into_iter().map(|topic| (text_key(&topic.words), topic)).collect();
        let mut decisions = Self { needs: raw.need, topics, ..Self::default() };
        for raw in raw.decision {
            let title = raw.title.clone();
            let message = || format!("\"{title}\": a decision has one of deliver, actions and ours = false");
            decisions.add(valid(raw).ok_or_else(message)?);
        }
        Ok(decisions)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Decision] {
        &self.all
    }

    /// The plans that they speak of.
    #[must_use]
    pub fn plans(&self) -> BTreeSet<PlanYear> {
        self.all.iter().map(|decision| decision.plan).collect()
    }

    /// Adds a decision; one about the same row is replaced. Says whether anything changed.
    pub fn add(&mut self, decision: Decision) -> bool {
        if let Some(at) = self.same(&decision) {
            let changed = self.all[at] != decision;
            self.all[at] = decision;
            return changed;
        }
        let at = self.all.len();
        if decision.activity.is_empty() {
            self.by_title.insert(title_key(&decision), at);
        } else {
            self.by_id.entry((decision.plan, id_key(&decision.activity))).or_default().push(at);
        }
        self.all.push(decision);
        true
    }

    /// The position of the decision about the same row: of the same Activity ID, with the same start date or, in the
    /// same plan year, the same title; without an Activity ID, with both the same. Nothing here is a guess.
    #[must_use]
    pub fn same(&self, decision: &Decision) -> Option<usize> {
        if decision.activity.is_empty() {
            return self.by_title.get(&title_key(decision)).copied();
        }
        let title = text_key(&decision.title);
        let by_id = self.by_id.get(&(decision.plan, id_key(&decision.activity)))?;
        let alike = |at: &usize| {
            let (other, year) = (&self.all[*at], PlanYear::of(decision.start));
            let titled = text_key(&other.title) == title && PlanYear::of(other.start) == year;
            2 * u8::from(other.start == decision.start) + u8::from(titled)
        };
        by_id.iter().copied().max_by_key(|at| alike(at)).filter(|at| alike(at) > 0)
    }

    /// The decision about a topic of needs.
    #[must_use]
    pub fn topic(&self, words: &str) -> Option<&TopicDecision> {
        self.topics.get(&text_key(words))
    }

    /// Adds a decision about a topic of needs; says whether anything changed.
    pub fn add_topic(&mut self, decision: TopicDecision) -> bool {
        let key = text_key(&decision.words);
        let changed = self.topics.get(&key).is_none_or(|known| known.actions != decision.actions);
        self.topics.insert(key, decision);
        changed
    }

    /// The file as it is kept, with the titles of the planned items of this plan for the reader's sake.
    #[must_use]
    pub fn to_toml(&self, plan: &WorkPlan) -> String {
        let wording = |id: &String| Some(format!("{id} {}", plan.item(plan.item_by_id(id)?).title));
        let mut text = HEAD.to_owned();
        for decision in &self.all {
            let _ = write!(text, "\n[[decision]]\nplan = {}\n", quoted(&decision.plan.to_string()));
            if !decision.activity.is_empty() {
                let _ = writeln!(text, "activity = {}", quoted(&decision.activity));
            }
            let _ = writeln!(text, "title = {}\nstart = {}", quoted(&tidy(&decision.title)), decision.start);
            match &decision.verdict {
                Verdict::Deliver(items) => {
                    let own = items.iter().filter(|_| decision.plan == plan.year);
                    for title in own.filter_map(wording) {
                        let _ = writeln!(text, "# {title}");
                    }
                    let _ = writeln!(text, "deliver = {}", list(items));
                }
                Verdict::Serve(actions) => {
                    let _ = writeln!(text, "actions = {}", list(actions));
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
            let (words, actions) = (quoted(&tidy(&topic.words)), list(&topic.actions));
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
# The file is written anew with each new decision: keep words of your own in `reason`, for comments do not last.
#
# [[decision]]  plan      the plan whose items it speaks of
#               activity  Activity ID, if the row has one; else title and start date find the row
#               title, start
#               deliver   planned items that it delivers, by id
#               actions   or: no planned item, but these actions, or single KPIs of them; [] for none
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

fn list(words: &[impl Display]) -> String {
    format!("[{}]", words.iter().map(|word| quoted(&word.to_string())).collect::<Vec<_>>().join(", "))
}

/// What tells a decision without Activity ID from others.
fn title_key(decision: &Decision) -> (PlanYear, String, NaiveDate) {
    (decision.plan, text_key(&decision.title), decision.start)
}
