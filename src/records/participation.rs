//! Participation lists: one participant, or several of one kind, a row.

use std::num::NonZeroU32;

use super::lists::{Listed, Lists, Pointers};
use super::row::Row;
use super::seen::{Seen, again};
use super::source::RowId;
use crate::definitions::{Field, MemberRegistry};
use crate::findings::Code;
use crate::terms::MemberCode;

/// Sex as the list states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Sex {
    /// Not stated.
    Blank = 0,
    /// A woman.
    Woman = 1,
    /// A man.
    Man = 2,
    /// Stated, and neither.
    Other = 3,
}

/// Role in the activity, in the order in which one person's roles win: expert, then speaker (input contract); and who
/// took part besides observing or organising has taken part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Role {
    /// Observed.
    Observer = 0,
    /// Organised.
    Organiser = 1,
    /// Took part; also where the cell is blank.
    Participant = 2,
    /// Spoke.
    Speaker = 3,
    /// Gave expertise.
    Expert = 4,
}

/// A hash of a person's name, and of the non-Member's so that persons of two of them differ. In two halves of four
/// bytes, so that eight bytes a row need not be filled up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PersonKey {
    high: NonZeroU32,
    low: u32,
}

impl PersonKey {
    #[expect(clippy::cast_possible_truncation, reason = "the two halves")]
    fn new(hash: u64) -> Self {
        Self { high: NonZeroU32::new((hash >> 32) as u32).unwrap_or(NonZeroU32::MAX), low: hash as u32 }
    }

    pub(super) fn get(self) -> u64 {
        (u64::from(self.high.get()) << 32) | u64::from(self.low)
    }
}

/// One row of a participation list. The person's name is not in it: only a key to tell persons apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Participation {
    /// Where it stands.
    pub row: RowId,
    /// The Member, where the cell names one.
    pub member: Option<MemberCode>,
    /// Sex.
    pub sex: Sex,
    /// Role.
    pub role: Role,
    /// The person; none where the cell is blank.
    pub person: Option<PersonKey>,
    /// Persons in the row.
    pub count: u32,
}

/// Reads one row; whether it is kept.
pub(super) fn read(
    row: &mut Row<'_>,
    registry: &MemberRegistry,
    pointers: &mut Pointers,
    seen: &mut Seen,
    lists: &mut Lists,
) -> bool {
    let place = row.tokens([Field::ActivityId, Field::Title, Field::Start]);
    let known = place.and_then(|place| seen.pointers.get(place));
    let said = row.said();
    let pointer = if known.is_none() { super::survey::pointer(row) } else { None };
    let place = place.filter(|_| row.said() == said);
    let (member, stranger) =
        again(row, seen, [Field::Member], |seen| &mut seen.members, |row, seen| member(row, registry, seen));
    if row.rejected() {
        return false;
    }
    let sex = again(row, seen, [Field::Sex], |seen| &mut seen.sexes, |row, _| sex(row));
    let role = again(row, seen, [Field::Role], |seen| &mut seen.roles, |row, _| role(row));
    let person = row.text(Field::Person).map(|name| person(seen.key(&name), stranger));
    let count = again(row, seen, [Field::Count], |seen| &mut seen.counts, |row, _| row.count(Field::Count, 0));
    let mut count = count.unwrap_or(1);
    if person.is_some() && count > 1 {
        let message = "One participant is named and Count is above 1; the row counts as 1.";
        row.find(Code::CountWithPerson, Field::Count, message, "Leave Count blank where a participant is named.");
        count = 1;
    }
    if row.rejected() {
        return false;
    }
    let Some(pointer) = known.or_else(|| pointer.map(|pointer| pointers.intern(pointer))) else { return false };
    if let Some(place) = place {
        seen.pointers.put(place, pointer);
    }
    lists.push(Listed { pointer, row: Participation { row: row.id, member, sex, role, person, count } });
    true
}

/// A number that tells a person of a Member, or of the non-Member of a number, apart.
fn person(name: u64, stranger: u64) -> PersonKey {
    PersonKey::new(name ^ stranger.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31))
}

fn sex(row: &mut Row<'_>) -> Sex {
    match row.optional_word(Field::Sex) {
        Some("F") => Sex::Woman,
        Some("M") => Sex::Man,
        Some(_) => Sex::Other,
        None => Sex::Blank,
    }
}

fn role(row: &mut Row<'_>) -> Role {
    match row.optional_word(Field::Role) {
        Some("expert") => Role::Expert,
        Some("speaker") => Role::Speaker,
        Some("organiser") => Role::Organiser,
        Some("observer") => Role::Observer,
        _ => Role::Participant,
    }
}

/// The Member of a row, or a number for the non-Member that stands in its place.
fn member(row: &mut Row<'_>, registry: &MemberRegistry, seen: &mut Seen) -> (Option<MemberCode>, u64) {
    let Some(text) = row.text(Field::Member) else {
        row.missing(Field::Member);
        return (None, 0);
    };
    if let Some(member) = registry.find(&text) {
        return (Some(member), 0);
    }
    if row.members(Field::Member, registry, None).len() > 1 {
        let message = "One Member a row was expected; the row was rejected.";
        row.reject(
            Code::MemberUnreadable,
            Field::Member,
            message,
            "Give each Member a row of its own, with its Count.",
        );
    }
    (None, seen.key(&text))
}
