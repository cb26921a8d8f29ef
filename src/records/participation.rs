//! Participation lists: one participant, or several of one kind, a row.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::num::NonZeroU64;

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

/// One row of a participation list. The person's name is not in it: only a key to tell persons apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Participation {
    /// Where it stands.
    pub row: RowId,
    /// Index of the pointer among those of the run.
    pub pointer: u32,
    /// The Member, where the cell names one.
    pub member: Option<MemberCode>,
    /// Sex.
    pub sex: Sex,
    /// Role.
    pub role: Role,
    /// Hash of the person's name, and of the non-Member's so that persons of two of them differ; none where the cell
    /// is blank.
    pub person: Option<NonZeroU64>,
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

/// Rows of participation lists in blocks, each of which is given back as soon as its rows are joined: a list of a
/// million rows is not in memory twice.
#[derive(Debug, Default)]
pub(super) struct Lists(Vec<Vec<Participation>>);

/// Rows of a block.
const BLOCK: usize = 1 << 16;

impl Lists {
    fn push(&mut self, row: Participation) {
        match self.0.last_mut() {
            Some(block) if block.len() < BLOCK => block.push(row),
            _ => self.0.push(vec![row]),
        }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// The rows in their order.
    pub(super) fn into_rows(self) -> impl Iterator<Item = Participation> {
        self.0.into_iter().flatten()
    }
}

/// What the cells of a table were read as that stand in it again and again: a Member, a role, an activity. Only
/// what gave no finding is kept, for a finding names its own row.
pub(super) struct Seen {
    /// Tells texts apart; without a random seed: the same inputs give the same keys.
    state: BuildHasherDefault<DefaultHasher>,
    text: String,
    pointers: Recent<3, u32>,
    members: Recent<1, (Option<MemberCode>, u64)>,
    sexes: Recent<1, Sex>,
    roles: Recent<1, Role>,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            state: BuildHasherDefault::default(),
            text: String::new(),
            pointers: Recent::new(0),
            members: Recent::new((None, 0)),
            sexes: Recent::new(Sex::Blank),
            roles: Recent::new(Role::Participant),
        }
    }
}

impl Seen {
    /// A number that tells a text apart within a run, whatever its case and spaces; the text itself is not kept.
    fn key(&mut self, text: &str) -> u64 {
        if !text.is_ascii() {
            return self.state.hash_one(tidy(text).to_lowercase());
        }
        self.text.clear();
        for word in text.split_ascii_whitespace() {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
        self.text.make_ascii_lowercase();
        self.state.hash_one(&self.text)
    }
}

/// The last cells of each kind and what they were read as: a table in which newer ones take the place of older ones.
struct Recent<const N: usize, T>(Vec<([u32; N], T)>);

/// Entries of such a table, a power of two.
const RECENT: usize = 256;

impl<const N: usize, T: Copy> Recent<N, T> {
    /// Blank cells give `blank`.
    fn new(blank: T) -> Self {
        Self(vec![([u32::MAX; N], blank); RECENT])
    }

    fn place(tokens: [u32; N]) -> usize {
        let mixed = tokens.iter().fold(0_u32, |mixed, token| (mixed ^ token).wrapping_mul(0x9e37_79b1));
        (mixed >> 24) as usize
    }

    fn get(&self, tokens: [u32; N]) -> Option<T> {
        let (known, value) = self.0[Self::place(tokens)];
        (known == tokens).then_some(value)
    }

    fn put(&mut self, tokens: [u32; N], value: T) {
        self.0[Self::place(tokens)] = (tokens, value);
    }
}

/// What some fields say: as it was read from the same cells before, else as it is read now.
fn again<'a, const N: usize, T: Copy>(
    row: &mut Row<'a>,
    seen: &mut Seen,
    fields: [Field; N],
    kept: fn(&mut Seen) -> &mut Recent<N, T>,
    read: impl FnOnce(&mut Row<'a>, &mut Seen) -> T,
) -> T {
    let tokens = row.tokens(fields);
    if let Some(known) = tokens.and_then(|tokens| kept(seen).get(tokens)) {
        return known;
    }
    let said = row.said();
    let value = read(row, seen);
    if let Some(tokens) = tokens.filter(|_| row.said() == said && !row.rejected()) {
        kept(seen).put(tokens, value);
    }
    value
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
    let mut count = row.count(Field::Count, 0).unwrap_or(1);
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
    lists.push(Participation { row: row.id, pointer, member, sex, role, person, count });
    true
}

/// A number that tells a person of a Member, or of the non-Member of a number, apart.
fn person(name: u64, stranger: u64) -> NonZeroU64 {
    let both = name ^ stranger.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31);
    NonZeroU64::new(both).unwrap_or(NonZeroU64::MAX)
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
