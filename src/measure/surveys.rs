//! Follow-up and evaluation of a group of activities and Members, by the rules of their KPIs.
//!
//! Source: counting rules, share, tangible, rating; an answer belongs to the period of its response date, an
//! evaluation to that of its activity.

use std::collections::HashSet;

use super::Reached;
use crate::records::Records;
use crate::records::survey::{ActionTaken, Evaluation, FollowUp};
use crate::terms::{Line, MemberCode};

/// What the surveys say.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Surveyed {
    /// Answers, each Member's newest about each activity.
    pub answers: u64,
    /// Action taken: yes.
    pub yes: u64,
    /// Partly.
    pub partly: u64,
    /// Planned.
    pub planned: u64,
    /// No.
    pub no: u64,
    /// Tangible results.
    pub tangible: u64,
    /// Sum of satisfaction in percent, and the answers that give one.
    pub satisfaction: (f64, u64),
    /// Members reached by events that ended in the period, once an event.
    pub asked: u64,
    /// Of those, the ones that have answered.
    pub answered: u64,
    /// Sum of evaluations in percent, weighted by responses, and the responses.
    pub evaluation: (f64, u64),
}

impl Surveyed {
    /// Adds an answer.
    pub fn answer(&mut self, said: &FollowUp) {
        self.answers += 1;
        match said.action_taken {
            Some(ActionTaken::Yes) => self.yes += 1,
            Some(ActionTaken::Partly) => self.partly += 1,
            Some(ActionTaken::Planned) => self.planned += 1,
            Some(ActionTaken::No) => self.no += 1,
            None => {}
        }
        self.tangible += u64::from(said.tangible_results.unwrap_or(0));
        if let Some(satisfaction) = said.satisfaction {
            self.satisfaction = (self.satisfaction.0 + satisfaction, self.satisfaction.1 + 1);
        }
    }

    /// Adds a Member that an event reached.
    pub fn ask(&mut self, has_answered: bool) {
        self.asked += 1;
        self.answered += u64::from(has_answered);
    }

    /// Adds an evaluation, weighted by the answers behind it.
    pub fn evaluate(&mut self, evaluation: &Evaluation) {
        let weighed = evaluation.percent * f64::from(evaluation.responses);
        self.evaluation = (self.evaluation.0 + weighed, self.evaluation.1 + u64::from(evaluation.responses));
    }

    /// Answers to whether action was taken: the n of the share.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.yes + self.partly + self.planned + self.no
    }

    /// Yes and partly in percent of the answers to it.
    #[must_use]
    pub fn acted(&self) -> Option<f64> {
        percent(self.yes + self.partly, self.taken())
    }

    /// Members that have answered, in percent of those reached.
    #[must_use]
    pub fn response(&self) -> Option<f64> {
        percent(self.answered, self.asked)
    }

    /// Mean satisfaction in percent.
    #[must_use]
    pub fn satisfied(&self) -> Option<f64> {
        mean(self.satisfaction)
    }

    /// Mean evaluation in percent.
    #[must_use]
    pub fn evaluated(&self) -> Option<f64> {
        mean(self.evaluation)
    }
}

#[allow(clippy::cast_precision_loss, reason = "answers are far below 2^52")]
fn percent(part: u64, all: u64) -> Option<f64> {
    (all > 0).then(|| 100.0 * part as f64 / all as f64)
}

#[allow(clippy::cast_precision_loss, reason = "answers are far below 2^52")]
fn mean((sum, n): (f64, u64)) -> Option<f64> {
    (n > 0).then(|| sum / n as f64)
}

/// The activities and Members that have answered about them.
pub type Answered = HashSet<(usize, MemberCode)>;

/// Which Members have answered about which activities.
#[must_use]
pub fn answered(records: &Records) -> Answered {
    let newest = records.answers.iter().filter(|answer| answer.newest);
    newest.map(|answer| (answer.activity, answer.answer.member)).collect()
}

/// What the surveys say in a period about the activities and Members that `keeps` knows; evaluations name no
/// Member. `events`: those that ended in the period, and who has [`answered`] about any.
#[must_use]
pub fn surveyed(
    (records, reached): (&Records, &Reached),
    line: &Line,
    (events, answered): (impl Iterator<Item = usize>, &Answered),
    keeps: impl Fn(usize, Option<MemberCode>) -> bool,
) -> Surveyed {
    let mut sum = Surveyed::default();
    let newest = records.answers.iter().filter(|answer| answer.newest);
    let kept = newest.filter(|answer| keeps(answer.activity, Some(answer.answer.member)));
    for said in kept.map(|answer| &answer.answer).filter(|said| line.holds(said.response_date)) {
        sum.answer(said);
    }
    for at in events {
        for member in reached.by(at).iter().copied().filter(|member| keeps(at, Some(*member))) {
            sum.ask(answered.contains(&(at, member)));
        }
    }
    let ended = |activity: usize| line.holds(records.activities[activity].1.end);
    for review in records.reviews.iter().filter(|review| ended(review.activity) && keeps(review.activity, None)) {
        sum.evaluate(&review.evaluation);
    }
    sum
}
