//! Rows of participation lists find their activities, and each person counts once in an activity.
//!
//! Source: input contract, "For every kind"; participation: one person with two roles in one activity is one person.

use super::activity::{Lost, Pointer};
use super::joined::Attendance;
use super::joins::place_without;
use super::lists::{Listed, Lists};
use super::participation::{Participation, Sex};
use super::persons::{Again, persons_again};
use super::settle::Settling;
use super::source::SourceId;
use super::tally::Place;
use crate::definitions::Field;
use crate::findings::{Code, Finding};

impl Settling<'_> {
    /// Joins the rows of all lists; `part` is how many rows of so many are worked on at a time.
    pub(super) fn attendance(
        &mut self,
        rows: Lists,
        pointers: &[Pointer],
        targets: &[Result<usize, Lost>],
        part: fn(usize) -> usize,
    ) {
        let said = self.findings.len();
        let before = self.join(rows, pointers, targets);
        let rows = &self.records.attendance;
        let again = persons_again(rows, self.records.activities.len(), part(rows.len()));
        let told = self.findings.split_off(said);
        self.say_again(&again, told.into_iter().zip(before));
        self.keep_once(&again);
    }

    /// Joins the rows to the delivered activities. For each finding meanwhile, how many rows were joined before it.
    fn join(&mut self, rows: Lists, pointers: &[Pointer], targets: &[Result<usize, Lost>]) -> Vec<usize> {
        let delivered = |target: &Result<usize, Lost>| {
            let activity = target.ok().filter(|at| self.records.delivered[*at])?;
            Some(u32::try_from(activity).expect("fewer activities than rows"))
        };
        let delivered: Vec<Option<u32>> = targets.iter().map(delivered).collect();
        // Of each pointer the last sheet in which it was looked at: what can be said of it is said for a file.
        let mut looked: Vec<Option<SourceId>> = vec![None; pointers.len()];
        let said = self.findings.len();
        let mut before = Vec::new();
        self.records.attendance.reserve_exact(rows.len());
        for Listed { pointer, row } in rows.into_rows() {
            let (at, id) = (pointer as usize, row.row);
            let known = looked[at];
            if let Some(activity) = delivered[at] {
                if known.is_none() {
                    self.pointer_differs(id, &pointers[at], activity as usize);
                }
                self.records.attendance.push(Attendance { activity, row });
            } else {
                self.place(id, place_without(targets[at]));
                if known != Some(id.source) {
                    self.without_activity(id, &pointers[at], targets[at]);
                }
            }
            if known != Some(id.source) {
                looked[at] = Some(id.source);
                // What is said of a row stands before what is said of the persons from it on.
                let next = self.records.attendance.len() - usize::from(delivered[at].is_some());
                before.resize(self.findings.len() - said, next);
            }
        }
        before
    }

    /// Says which rows name a person again, among what was told of rows while they were joined.
    fn say_again(&mut self, again: &[Again], told: impl Iterator<Item = (Finding, usize)>) {
        let mut told = told.peekable();
        for Again { row, first } in again {
            while let Some((finding, _)) = told.next_if(|(_, before)| *before <= *row as usize) {
                self.findings.push(finding);
            }
            self.person_again(*first as usize, self.records.attendance[*row as usize].row);
        }
        self.findings.extend(told.map(|(finding, _)| finding));
    }

    /// Keeps of each person the first row, and places it.
    fn keep_once(&mut self, again: &[Again]) {
        let place = |end| self.horizon.place_of_event(end);
        let places: Vec<Place> = self.records.activities.iter().map(|(_, activity)| place(activity.end)).collect();
        let mut again = again.iter().map(|again| again.row).peekable();
        let mut at = 0;
        let tally = &mut self.records.tally;
        self.records.attendance.retain(|row| {
            let is_first = again.next_if_eq(&at).is_none();
            if is_first {
                tally.place(row.row.row, places[row.activity as usize]);
            }
            at += 1;
            is_first
        });
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
}
