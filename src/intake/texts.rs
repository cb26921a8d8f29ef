//! The texts of a sheet: those that its workbook lists for all sheets, and its own, of which hardly any is stored twice.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use super::sheet::TextId;
use super::text_list::{Listed, TextList};

/// A text costs its own length and four bytes, and some more while the sheet is read, so that a list of a million
/// names stays small.
#[derive(Debug)]
pub(crate) struct Texts {
    /// The numbers of the listed texts are their places in the list; those of the sheet's own follow.
    listed: Arc<Listed>,
    /// Which of the listed texts the sheet has, a bit for each, and how many bytes they have together.
    met: Vec<u64>,
    met_bytes: usize,
    own: TextList,
    /// Open addressing: a text's number plus one, 0 for a free slot, and its hash. A power of two long, at most three
    /// quarters full.
    slots: Vec<(u32, u32)>,
    /// How many slots are filled.
    placed: usize,
    /// The last text of each look: the words of a list come again and again.
    recent: Vec<u32>,
    state: RandomState,
}

/// How many looks are told apart, a power of two.
const RECENT: usize = 1024;

impl Default for Texts {
    fn default() -> Self {
        Self {
            listed: Arc::default(),
            met: Vec::new(),
            met_bytes: 0,
            own: TextList::default(),
            slots: Vec::new(),
            placed: 0,
            recent: Vec::new(),
            state: RandomState::new(),
        }
    }
}

impl Texts {
    /// The text of a number.
    pub(crate) fn get(&self, id: TextId) -> &str {
        let index = id.0 as usize;
        let listed = self.listed.texts.len();
        if index < listed { self.listed.texts.get(index) } else { self.own.get(index - listed) }
    }

    /// How many bytes the texts that the sheet has have together.
    pub(crate) fn bytes(&self) -> usize {
        self.met_bytes + self.own.bytes()
    }

    /// Begins with the texts that a workbook lists for its sheets.
    pub(crate) fn list(&mut self, listed: Arc<Listed>) {
        assert!(self.own.len() == 0, "the numbers of the sheet's own texts follow those of the list");
        self.met = vec![0; listed.texts.len().div_ceil(64)];
        self.listed = listed;
    }

    /// The texts that the sheet's workbook lists.
    pub(crate) fn listed(&self) -> &Listed {
        &self.listed
    }

    /// Whether the sheet is known to have a text of the list.
    #[inline]
    pub(crate) fn has_met(&self, listed: usize) -> bool {
        self.met.get(listed / 64).is_some_and(|bits| bits >> (listed % 64) & 1 == 1)
    }

    /// Takes note that the sheet has a text of the list.
    pub(crate) fn meet(&mut self, listed: usize) {
        self.met[listed / 64] |= 1 << (listed % 64);
        self.met_bytes += self.listed.texts.get(listed).len();
    }

    /// The number of a text, which is stored among the sheet's own if it is new there.
    pub(crate) fn intern(&mut self, text: &str) -> TextId {
        if self.recent.is_empty() {
            self.recent = vec![0; RECENT];
        }
        let look = look(text.as_bytes());
        let known = self.recent[look];
        if known > 0 && self.own.get(known as usize - 1) == text {
            return self.id(known);
        }
        self.make_room(1);
        let number = self.number_of(text, self.hash(text));
        self.recent[look] = number;
        self.id(number)
    }

    /// The number, counted from 1, of an own text with its hash; the text is stored if it is new.
    fn number_of(&mut self, text: &str, hash: u32) -> u32 {
        let slot = self.slot_of(text, hash);
        if self.slots[slot].0 == 0 {
            self.slots[slot] = (self.store(text), hash);
            self.placed += 1;
        }
        self.slots[slot].0
    }

    /// Stores a text; gives its number, counted from 1.
    fn store(&mut self, text: &str) -> u32 {
        assert!(self.own.push(text), "texts within the limits, which are far lower");
        numbered(self.own.len())
    }

    /// Texts of a piece of the sheet, from which [`Texts::take`] can take them.
    pub(crate) fn of_piece(&self) -> Self {
        Self { state: self.state.clone(), ..Self::default() }
    }

    /// How many texts of its own the sheet has.
    pub(crate) fn own_len(&self) -> usize {
        self.own.len()
    }

    /// Takes the own texts of a piece, which is not yet closed, in their order; gives the number here of each. `uses`
    /// says how often each stands in the piece. One that stands there once is mostly a person's name or a number and
    /// hardly comes again: it is stored without being looked for.
    pub(crate) fn take(&mut self, other: &Self, uses: &[u8]) -> Vec<TextId> {
        self.make_room(uses.iter().filter(|uses| **uses > 1).count());
        let mut hashes = vec![0; uses.len()];
        for (number, hash) in other.slots.iter().filter(|(number, _)| *number > 0) {
            hashes[*number as usize - 1] = *hash;
        }
        let texts = hashes.iter().zip(uses).enumerate().map(|(index, (hash, uses))| {
            let text = other.own.get(index);
            let number = if *uses > 1 { self.number_of(text, *hash) } else { self.store(text) };
            self.id(number)
        });
        texts.collect()
    }

    /// Gives back what is needed only while texts are added.
    pub(crate) fn shrink(&mut self) {
        self.own.shrink();
        self.met = Vec::new();
        self.slots = Vec::new();
        self.recent = Vec::new();
    }

    /// The id of one of the sheet's own texts, counted from 1.
    fn id(&self, number: u32) -> TextId {
        TextId(numbered(self.listed.texts.len()) + number - 1)
    }

    /// The slot that holds a text, or the free one where it belongs.
    fn slot_of(&self, text: &str, hash: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        let is_other =
            |(number, of): (u32, u32)| number > 0 && (of != hash || self.own.get(number as usize - 1) != text);
        while is_other(self.slots[slot]) {
            slot = (slot + 1) & mask;
        }
        slot
    }

    #[expect(clippy::cast_possible_truncation, reason = "any bits of the hash will do")]
    fn hash(&self, text: &str) -> u32 {
        self.state.hash_one(text) as u32
    }

    /// Makes the table so large that some more texts fit.
    fn make_room(&mut self, more: usize) {
        let count = if self.slots.is_empty() { self.own.len() } else { self.placed } + more;
        if count * 4 <= self.slots.len() * 3 {
            return;
        }
        let before = std::mem::take(&mut self.slots);
        let size = (before.len() * 2).max((count * 2).next_power_of_two()).max(64);
        self.slots = vec![(0, 0); size];
        if before.is_empty() {
            // The first text of all, or the first after the sheet was closed.
            self.placed = self.own.len();
            for index in 0..self.own.len() {
                self.put((numbered(index + 1), self.hash(self.own.get(index))));
            }
        }
        for filled in before.into_iter().filter(|(number, _)| *number > 0) {
            self.put(filled);
        }
    }

    /// Puts a text that is not among the slots into a free one.
    fn put(&mut self, filled: (u32, u32)) {
        let mask = self.slots.len() - 1;
        let mut slot = filled.1 as usize & mask;
        while self.slots[slot].0 > 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = filled;
    }
}

fn numbered(count: usize) -> u32 {
    u32::try_from(count).expect("fewer texts than cells, which are limited")
}

/// Which of the recent texts a text may be, by its length, beginning and end.
fn look(text: &[u8]) -> usize {
    let (first, last) = match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (short(text), 0),
    };
    let mixed = first ^ last.rotate_left(29) ^ text.len() as u64;
    (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
}

/// The bytes of a text of less than eight.
fn short(text: &[u8]) -> u64 {
    match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)),
        _ => text.iter().fold(0, |part, byte| part << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_numbers_while_the_table_grows_and_after_it_was_given_back() {
        let mut texts = Texts::default();
        let ids: Vec<TextId> = (0..1000).map(|number| texts.intern(&number.to_string())).collect();
        assert_eq!(texts.own.len(), 1000);
        assert_eq!(texts.intern("7"), ids[7]);
        assert_eq!(texts.get(ids[999]), "999");
        let empty = texts.intern("");
        assert_eq!(texts.get(empty), "");
        texts.shrink();
        assert_eq!(texts.intern("512"), ids[512]);
        assert_eq!(texts.intern(""), empty);
        let new = texts.intern("new");
        assert_eq!(texts.get(new), "new");
    }

    #[test]
    fn the_own_texts_of_a_sheet_follow_those_of_the_list() {
        let mut listed = Listed::default();
        assert!(["one", "two"].iter().all(|text| listed.texts.push(text)));
        let mut texts = Texts::default();
        texts.list(Arc::new(listed));
        let own = texts.intern("own");
        assert_eq!((own, texts.intern("own")), (TextId(2), TextId(2)));
        assert_eq!([0, 1, 2].map(|id| texts.get(TextId(id))), ["one", "two", "own"]);
        assert_eq!((texts.bytes(), texts.has_met(1), texts.has_met(2)), (3, false, false));
        texts.meet(1);
        assert_eq!((texts.bytes(), texts.has_met(1), texts.has_met(0)), (6, true, false));
    }
}
