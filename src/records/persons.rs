//! Which rows name a person whom an earlier row of the same activity names.

use std::ops::Range;

use super::joined::Attendance;
use super::participation::PersonKey;
use super::parts::side_by_side;
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
    let grouped = Grouped::of(rows, activities);
    let shares = grouped.shares(share);
    let found = side_by_side(0..shares.len(), 1, |of| {
        let mut table = Vec::new();
        let mut again = Vec::new();
        for activity in shares[of].iter().cloned().flatten() {
            repeated(rows, grouped.rows(activity), &mut table, &mut again);
        }
        again
    });
    let mut again = found.concat();
    again.sort_unstable();
    again
}

/// Positions of rows that name a person, those of an activity side by side and in their order.
struct Grouped {
    order: Vec<u32>,
    /// Where each activity ends in `order`.
    ends: Vec<u32>,
}

impl Grouped {
    fn of(rows: &[Attendance], activities: usize) -> Self {
        let named = || rows.iter().zip(0_u32..).filter(|(row, _)| row.row.person.is_some());
        let mut ends = vec![0; activities];
        for (row, _) in named() {
            ends[row.activity as usize] += 1;
        }
        let mut all = 0;
        for end in &mut ends {
            (*end, all) = (all, all + *end);
        }
        let mut order = vec![0; all as usize];
        for (row, at) in named() {
            let end = &mut ends[row.activity as usize];
            order[*end as usize] = at;
            *end += 1;
        }
        Self { order, ends }
    }

    fn rows(&self, activity: usize) -> &[u32] {
        let start = if activity == 0 { 0 } else { self.ends[activity - 1] };
        &self.order[start as usize..self.ends[activity] as usize]
    }

    /// The activities in runs of at least so many rows.
    fn shares(&self, rows: usize) -> Vec<Range<usize>> {
        let mut shares = Vec::new();
        let (mut start, mut before) = (0, 0);
        for (activity, end) in self.ends.iter().enumerate() {
            let is_last = activity + 1 == self.ends.len();
            if is_last || (*end - before) as usize >= rows {
                shares.push(start..activity + 1);
                (start, before) = (activity + 1, *end);
            }
        }
        shares
    }
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
