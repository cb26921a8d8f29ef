//! Rows of other kinds find their activity, or their place in the tally: answers and evaluations here, lists in
//! `attending`.
//!
//! Source: input contract, "For every kind".

use std::collections::BTreeMap;

use super::activity::{ActivityStatus, Lost, Pointer};
use super::joined::{Answer, Review};
use super::settle::Settling;
use super::source::RowId;
use super::survey::{Evaluation, FollowUp};
use super::tally::Place;
use crate::definitions::Field;
use crate::findings::Code;
use crate::terms::fold::fold;
use crate::terms::{MemberCode, PlanYear};

impl Settling<'_> {
    /// The delivered activity of a row; else the row is placed, and said once per activity and file.
    fn joined(&mut self, row: RowId, pointer: &Pointer, target: Result<usize, Lost>) -> Option<usize> {
        let delivered = target.ok().filter(|at| self.records.delivered[*at]);
        if delivered.is_none() {
            self.place(row, place_without(target));
            self.without_activity(row, pointer, target);
        }
        delivered
    }

    /// Says, once per activity and file, that rows point to no activity, or to one that is not delivered.
    pub(super) fn without_activity(&mut self, row: RowId, pointer: &Pointer, target: Result<usize, Lost>) {
        let (code, message, help) = match target {
            Ok(at) => return self.not_delivered(row, pointer, at),
            Err(Lost::Unknown) => (
                Code::ActivityUnknown,
                "No activity of the logs has this id, or this title and start date; rows about it are unmapped.",
                "Correct the Activity ID, or add the activity to the log.",
            ),
            Err(Lost::Ambiguous) => (
                Code::ActivityAmbiguous,
                "More than one activity fits; rows about it are unmapped.",
                "Give the Activity ID and, where two plan years share it, Activity or Start date.",
            ),
        };
        self.once(code, row, pointer, None, message.to_owned(), help);
    }

    fn not_delivered(&mut self, row: RowId, pointer: &Pointer, at: usize) {
        let activity = &self.records.activities[at].1;
        let late = activity.status == ActivityStatus::Delivered && !self.not_ours(at);
        if late && !self.horizon.as_at_given {
            return;
        }
        let what = if self.not_ours(at) {
            "is, by a person's decision, not the office's".to_owned()
        } else if late {
            format!("ends after the as-at date ({})", activity.end)
        } else {
            format!("is {}", activity.status.as_str())
        };
        let message = format!("The activity \"{}\" {what}; rows about it are out of period.", activity.title);
        let help = if self.not_ours(at) {
            "Change config/decisions.toml if that is wrong."
        } else {
            "Check the status of the activity in the log."
        };
        self.once(Code::ActivityNotDelivered, row, pointer, Some(at), message, help);
    }

    /// Says, once per activity and file, that a row names the id of an activity with another title or start date.
    pub(super) fn pointer_differs(&mut self, row: RowId, pointer: &Pointer, at: usize) {
        let activity = &self.records.activities[at].1;
        let title = !pointer.title.is_empty() && fold(&pointer.title) != fold(&activity.title);
        let start = pointer.start.is_some_and(|start| start != activity.start);
        if !pointer.id.is_empty() && (title || start) {
            let message = format!(
                "The id is that of \"{}\", which starts on {}; title or start date here differ. The id decides.",
                activity.title, activity.start
            );
            self.once(Code::PointerDiffers, row, pointer, Some(at), message, "Check the Activity ID.");
        }
    }

    /// Adds a finding once per activity and file; of an activity that nobody knows, once per pointer.
    fn once(&mut self, code: Code, row: RowId, pointer: &Pointer, known: Option<usize>, message: String, help: &str) {
        let file = self.records.sources[row.source.index()].file.clone();
        let about = if known.is_some() { Pointer::default() } else { pointer.clone() };
        if self.said.insert((file, known, about)) {
            let (field, value) =
                if pointer.id.is_empty() { (Field::Title, &pointer.title) } else { (Field::ActivityId, &pointer.id) };
            self.find(code, row, field, value, message, help);
        }
    }

    pub(super) fn answers(&mut self, rows: Vec<(RowId, FollowUp)>, targets: &[Result<usize, Lost>]) {
        let mut newest: BTreeMap<(usize, MemberCode), usize> = BTreeMap::new();
        for ((row, answer), target) in rows.into_iter().zip(targets) {
            self.records.years.insert(PlanYear::of(answer.response_date));
            let Some(activity) = self.joined(row, &answer.pointer, *target) else { continue };
            self.pointer_differs(row, &answer.pointer, activity);
            if answer.response_date > self.horizon.as_at {
                self.place(row, Place::OutOfPeriod);
                continue;
            }
            if answer.response_date < self.records.activities[activity].1.end {
                let message = format!(
                    "The answer is dated before the activity's end, {}; it counts.",
                    self.records.activities[activity].1.end
                );
                self.find(
                    Code::AnswerBeforeEnd,
                    row,
                    Field::ResponseDate,
                    &answer.response_date.to_string(),
                    message,
                    "Check the two dates.",
                );
            }
            let at = self.records.answers.len();
            let key = (activity, answer.member);
            let holds = newest
                .get(&key)
                .is_none_or(|other| self.records.answers[*other].answer.response_date <= answer.response_date);
            let older = if holds { newest.insert(key, at) } else { Some(at) };
            self.records.answers.push(Answer { row, activity, answer, newest: true });
            if let Some(older) = older {
                self.superseded(older, newest[&key]);
            }
        }
        for at in 0..self.records.answers.len() {
            let answer = &self.records.answers[at];
            if answer.newest {
                self.place(answer.row, self.horizon.place_of(answer.answer.response_date));
            }
        }
    }

    fn superseded(&mut self, older: usize, newer: usize) {
        let (old, new) = (self.records.answers[older].row, self.records.answers[newer].row);
        self.records.answers[older].newest = false;
        self.place(old, Place::Duplicate);
        let message = format!(
            "A newer answer stands in {}; this one holds only for earlier days.",
            self.records.sources[new.source.index()].place(new.row)
        );
        let member = self.records.answers[older].answer.member;
        let name = self.definitions.members.name(member).to_owned();
        self.find(
            Code::AnswerSuperseded,
            old,
            Field::Member,
            &name,
            message,
            "Nothing to do, unless one of the two is wrong.",
        );
    }

    pub(super) fn reviews(&mut self, rows: Vec<(RowId, Evaluation)>, targets: &[Result<usize, Lost>]) {
        for ((row, evaluation), target) in rows.into_iter().zip(targets) {
            let Some(activity) = self.joined(row, &evaluation.pointer, *target) else { continue };
            self.pointer_differs(row, &evaluation.pointer, activity);
            self.place(row, self.horizon.place_of_event(self.records.activities[activity].1.end));
            self.records.reviews.push(Review { row, activity, evaluation });
        }
    }
}

/// Where a row ends whose activity is not delivered, or not known.
pub(super) fn place_without(target: Result<usize, Lost>) -> Place {
    if target.is_ok() { Place::OutOfPeriod } else { Place::Unmapped }
}
