//! Participation lists: one participant, or several of one kind, a row.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use super::activity::Pointer;
use super::row::Row;
use super::source::RowId;
use crate::definitions::{Field, MemberRegistry};
use crate::findings::Code;
use crate::terms::MemberCode;
use crate::terms::fold::tidy;

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

/// Role in the activity, in the order in which one person's roles win.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Role {
    /// Took part; also where the cell is blank.
    Participant = 0,
    /// Observed.
    Observer = 1,
    /// Organised.
    Organiser = 2,
    /// Spoke.
    Speaker = 3,
    /// Gave expertise.
    Expert = 4,
}

/// One row of a participation list. The person's name is not in it: only a key to tell persons apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Participation {
    /// Where it stands.
    pub row: RowId,
    /// Index of the pointer among those of the run.
    pub pointer: u32,
    /// The Member, where the cell names one.
    pub member: Option<MemberCode>,
    /// Hash of the non-Member's name, so that rows of two non-Members differ; 0 for Members.
    pub stranger: u64,
    /// Sex.
    pub sex: Sex,
    /// Role.
    pub role: Role,
    /// Hash of the person's name; none where the cell is blank.
    pub person: Option<u64>,
    /// Persons in the row.
    pub count: u32,
}

/// Pointers of the lists, each once: a list of a million rows points to some hundred activities.
#[derive(Debug, Default)]
pub(super) struct Pointers {
    ids: HashMap<(String, String, Option<chrono::NaiveDate>), u32>,
    pub(super) all: Vec<Pointer>,
}

impl Pointers {
    fn intern(&mut self, pointer: Pointer) -> u32 {
        let key = (pointer.id.clone(), pointer.title.clone(), pointer.start);
        let next = u32::try_from(self.all.len()).expect("fewer pointers than rows");
        *self.ids.entry(key).or_insert_with(|| {
            self.all.push(pointer);
            next
        })
    }
}

/// Gives texts numbers that tell them apart within a run; the texts themselves are not kept.
#[derive(Default)]
pub(super) struct Persons {
    /// Without a random seed: the same inputs give the same keys.
    state: BuildHasherDefault<DefaultHasher>,
}

impl Persons {
    fn key(&self, text: &str) -> u64 {
        self.state.hash_one(tidy(text).to_lowercase())
    }
}

/// Reads one row; none where it is rejected.
pub(super) fn read(
    row: &mut Row<'_>,
    registry: &MemberRegistry,
    pointers: &mut Pointers,
    persons: &Persons,
) -> Option<Participation> {
    let pointer = super::survey::pointer(row);
    let (member, stranger) = member(row, registry, persons);
    if row.rejected() {
        return None;
    }
    let sex = match row.optional_word(Field::Sex) {
        Some("F") => Sex::Woman,
        Some("M") => Sex::Man,
        Some(_) => Sex::Other,
        None => Sex::Blank,
    };
    let role = match row.optional_word(Field::Role) {
        Some("expert") => Role::Expert,
        Some("speaker") => Role::Speaker,
        Some("organiser") => Role::Organiser,
        Some("observer") => Role::Observer,
        _ => Role::Participant,
    };
    let person = row.text(Field::Person).map(|name| persons.key(&name));
    let mut count = row.count(Field::Count, 0).unwrap_or(1);
    if person.is_some() && count > 1 {
        let message = "One participant is named and Count is above 1; the row counts as 1.";
        row.find(Code::CountWithPerson, Field::Count, message, "Leave Count blank where a participant is named.");
        count = 1;
    }
    if row.rejected() {
        return None;
    }
    Some(Participation { row: row.id, pointer: pointers.intern(pointer?), member, stranger, sex, role, person, count })
}

/// The Member of a row, or a key for the non-Member that stands in its place.
fn member(row: &mut Row<'_>, registry: &MemberRegistry, persons: &Persons) -> (Option<MemberCode>, u64) {
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
    (None, persons.key(&text))
}
