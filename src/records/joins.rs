//! Rows of lists, answers and evaluations find their activity, or their place in the tally.
//!
//! Source: input contract, "For every kind".

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroU64;

use super::activity::{ActivityStatus, Lost, Pointer};
use super::joined::{Answer, Attendance, Review};
use super::participation::{Lists, Participation, Sex};
use super::settle::Settling;
use super::source::RowId;
use super::survey::{Evaluation, FollowUp};
use super::tally::Place;
use crate::definitions::Field;
use crate::findings::Code;
use crate::terms::fold::fold;
use crate::terms::{MemberCode, PlanYear};

/// Which rows name a person, in four bytes a row: a table with open places that holds positions plus one, a power of
/// two long and at most three quarters full.
struct Persons {
    places: Vec<u32>,
    state: RandomState,
}

impl Persons {
    /// A table for a number of rows.
    fn of(rows: usize) -> Self {
        Self { places: vec![0; (rows + rows / 3 + 1).next_power_of_two()], state: RandomState::new() }
    }

    /// The first of the rows that names the same person in the same activity as the next one; where there is none, and
    /// the next one names a person, it is kept as the first.
    fn first(&mut self, rows: &[Attendance], next: &Attendance) -> Option<usize> {
        let key = key(next)?;
        let place = self.place(rows, key);
        if self.places[place] > 0 {
            return Some(self.places[place] as usize - 1);
        }
        self.places[place] = u32::try_from(rows.len() + 1).expect("fewer rows than cells, which are limited");
        None
    }

    /// The place of the row that has a key, or the open one where it belongs.
    fn place(&self, rows: &[Attendance], key: PersonKey) -> usize {
        let mask = self.places.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "any bits of the hash will do")]
        let mut place = self.state.hash_one(key) as usize & mask;
        let is_other = |at: u32| at > 0 && self::key(&rows[at as usize - 1]) != Some(key);
        while is_other(self.places[place]) {
            place = (place + 1) & mask;
        }
        place
    }
}

/// Activity, Member and person.
type PersonKey = (u32, Option<MemberCode>, NonZeroU64);

fn key(row: &Attendance) -> Option<PersonKey> {
    Some((row.activity, row.row.member, row.row.person?))
}

impl Settling<'_> {
    /// The delivered activity of a row; else the row is placed, and said once per activity and file.
    fn joined(&mut self, row: RowId, pointer: &Pointer, target: Result<usize, Lost>) -> Option<usize> {
        match target {
            Ok(at) if self.records.delivered[at] => Some(at),
            Ok(at) => {
                self.place(row, Place::OutOfPeriod);
                let activity = &self.records.activities[at].1;
                let late = activity.status == ActivityStatus::Delivered && !self.not_ours(at);
                if !late || self.horizon.as_at_given {
                    let what = if self.not_ours(at) {
                        "is, by a person's decision, not the office's".to_owned()
                    } else if late {
                        format!("ends after the as-at date ({})", activity.end)
                    } else {
                        format!("is {}", activity.status.as_str())
                    };
                    let message =
                        format!("The activity \"{}\" {what}; rows about it are out of period.", activity.title);
                    let help = if self.not_ours(at) {
                        "Change config/decisions.toml if that is wrong."
                    } else {
                        "Check the status of the activity in the log."
                    };
                    self.once(Code::ActivityNotDelivered, row, pointer, Some(at), message, help);
                }
                None
            }
            Err(lost) => {
                self.place(row, Place::Unmapped);
                let (code, message, help) = match lost {
                    Lost::Unknown => (
                        Code::ActivityUnknown,
                        "No activity of the logs has this id, or this title and start date; rows about it are unmapped.",
                        "Correct the Activity ID, or add the activity to the log.",
                    ),
                    Lost::Ambiguous => (
                        Code::ActivityAmbiguous,
                        "More than one activity fits; rows about it are unmapped.",
                        "Give the Activity ID and, where two plan years share it, Activity or Start date.",
                    ),
                };
                self.once(code, row, pointer, None, message.to_owned(), help);
                None
            }
        }
    }

    /// Says, once per activity and file, that a row names the id of an activity with another title or start date.
    fn pointer_differs(&mut self, row: RowId, pointer: &Pointer, at: usize) {
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

    pub(super) fn attendance(&mut self, rows: Lists, pointers: &[Pointer], targets: &[Result<usize, Lost>]) {
        let mut persons = Persons::of(rows.len());
        let mut seen = vec![false; pointers.len()];
        self.records.attendance.reserve_exact(rows.len());
        for row in rows.into_rows() {
            let pointer = row.pointer as usize;
            let Some(activity) = self.joined(row.row, &pointers[pointer], targets[pointer]) else {
                continue;
            };
            if !std::mem::replace(&mut seen[pointer], true) {
                self.pointer_differs(row.row, &pointers[pointer], activity);
            }
            let place = self.horizon.place_of_event(self.records.activities[activity].1.end);
            let attendance = Attendance { activity: u32::try_from(activity).expect("fewer activities than rows"), row };
            if let Some(first) = persons.first(&self.records.attendance, &attendance) {
                self.person_again(first, row);
                continue;
            }
            self.place(row.row, place);
            self.records.attendance.push(attendance);
        }
    }

    /// One person with two roles in one activity is one person: expert wins, then speaker.
    fn person_again(&mut self, first: usize, row: Participation) {
        self.place(row.row, Place::Duplicate);
        let kept = &mut self.records.attendance[first].row;
        let equal = (kept.sex, kept.role, kept.count) == (row.sex, row.role, row.count);
        let conflict = kept.sex != row.sex && kept.sex != Sex::Blank && row.sex != Sex::Blank;
        if !conflict {
            kept.role = kept.role.max(row.role);
        }
        if kept.sex == Sex::Blank {
            kept.sex = row.sex;
        }
        let other = self.records.sources[kept.row.source.index()].place(kept.row.row);
        let (code, message) = if equal {
            (Code::DuplicateRow, format!("Equal to {other}; counted once."))
        } else if conflict {
            (Code::RowsContradict, format!("The same person as {other}, with another sex; the first row counts."))
        } else {
            (Code::PersonTwice, format!("The same person as {other}; counted once, in the role that weighs most."))
        };
        // No value: a person's name never leaves the input.
        self.find(code, row.row, Field::Person, "", message, "Keep one row for each person.");
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
