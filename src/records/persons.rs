//! Which rows name a person whom an earlier row of the same activity names.

use std::ops::Range;

use super::by_activity::ByActivity;
use super::joined::Attendance;
use super::participation::PersonKey;
use crate::cores;
use crate::terms::MemberCode;

/// A row that names a person again, by their positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Again {
    pub(super) row: u32,
    /// The first row that names the person.
    pub(super) first: u32,
}

/// The rows that name a person again, in their order. Activities are worked on in shares of about so many rows.
pub(super) fn persons_again(rows: &[Attendance], activities: usize, share: usize) -> Vec<Again> {
    let grouped = ByActivity::of(rows, activities, |row| row.row.person.is_some());
    let shares = shares(&grouped, activities, share);
    let found = cores::each(shares.len(), |at| {
        let mut table = Vec::new();
        let mut again = Vec::new();
        for activity in shares[at].clone() {
            repeated(rows, grouped.rows(activity), &mut table, &mut again);
        }
        again
    });
    let mut again = found.concat();
    again.sort_unstable();
    again
}

/// The activities in runs of at least so many rows.
fn shares(grouped: &ByActivity, activities: usize, least: usize) -> Vec<Range<usize>> {
    let mut shares = Vec::new();
    let (mut start, mut rows) = (0, 0);
    for activity in 0..activities {
        rows += grouped.rows(activity).len();
        if rows >= least || activity + 1 == activities {
            shares.push(start..activity + 1);
            (start, rows) = (activity + 1, 0);
        }
    }
    shares
}

/// Finds the rows of one activity that name a person again. The table has open places, is a power of two long and at
/// most three quarters full; it holds positions plus one.
fn repeated(rows: &[Attendance], of: &[u32], table: &mut Vec<u32>, again: &mut Vec<Again>) {
    let size = (of.len() + of.len() / 3 + 1).next_power_of_two();
    table.clear();
    table.resize(size, 0);
    for row in of {
        let person = person(&rows[*row as usize]);
        let mut place = hash(person) & (size - 1);
        let first = loop {
            match table[place] {
                0 => break None,
                known if self::person(&rows[known as usize - 1]) == person => break Some(known - 1),
                _ => place = (place + 1) & (size - 1),
            }
        };
        match first {
            Some(first) => again.push(Again { row: *row, first }),
            None => table[place] = row + 1,
        }
    }
}

/// Member and person.
type Person = (Option<MemberCode>, Option<PersonKey>);

fn person(row: &Attendance) -> Person {
    (row.row.member, row.row.person)
}

/// The person's number is a hash itself; the Member is mixed in.
fn hash((member, person): Person) -> usize {
    let letters =
        member.map_or(0, |member| member.as_str().bytes().fold(0, |all, letter| all << 8 | u64::from(letter)));
    let both = person.map_or(0, PersonKey::get) ^ letters.rotate_left(40);
    (both.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}
