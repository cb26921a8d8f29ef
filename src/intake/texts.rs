//! The different texts of a sheet, each stored once, one after the other in one long string.

use std::hash::{BuildHasher, RandomState};

use super::sheet::TextId;

/// A text costs its own length and four bytes, and some more while the sheet is read, so that a list of a million
/// names stays small.
#[derive(Debug)]
pub(crate) struct Texts {
    joined: String,
    /// Where each text ends in `joined`; it begins where the one before ends.
    ends: Vec<u32>,
    /// Open addressing: a text's number plus one, 0 for a free slot, and its hash. A power of two long, at most three
    /// quarters full.
    slots: Vec<(u32, u32)>,
    /// The last text of each look: the words of a list come again and again.
    recent: Vec<u32>,
    state: RandomState,
}

/// How many looks are told apart, a power of two.
const RECENT: usize = 1024;

impl Default for Texts {
    fn default() -> Self {
        Self {
            joined: String::new(),
            ends: Vec::new(),
            slots: Vec::new(),
            recent: Vec::new(),
            state: RandomState::new(),
        }
    }
}

impl Texts {
    /// The text of a number.
    pub(crate) fn get(&self, id: TextId) -> &str {
        let index = id.0 as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.joined[start..self.ends[index] as usize]
    }

    /// How many there are.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes they have together.
    pub(crate) fn bytes(&self) -> usize {
        self.joined.len()
    }

    /// The number of a text, which is stored if it is new.
    pub(crate) fn intern(&mut self, text: &str) -> TextId {
        if self.recent.is_empty() {
            self.recent = vec![0; RECENT];
        }
        let look = look(text.as_bytes());
        let known = self.recent[look];
        if known > 0 && self.get(TextId(known - 1)) == text {
            return TextId(known - 1);
        }
        if self.ends.len() * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let hash = self.hash(text);
        let slot = self.slot_of(text, hash);
        if self.slots[slot].0 == 0 {
            self.joined.push_str(text);
            self.ends.push(u32::try_from(self.joined.len()).expect("texts within the limits, which are far lower"));
            let number = u32::try_from(self.ends.len()).expect("fewer texts than cells, which are limited");
            self.slots[slot] = (number, hash);
        }
        self.recent[look] = self.slots[slot].0;
        TextId(self.slots[slot].0 - 1)
    }

    /// Gives back what is needed only while texts are added.
    pub(crate) fn shrink(&mut self) {
        self.joined.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.slots = Vec::new();
        self.recent = Vec::new();
    }

    /// The slot that holds a text, or the free one where it belongs.
    fn slot_of(&self, text: &str, hash: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        let is_other = |(number, of): (u32, u32)| number > 0 && (of != hash || self.get(TextId(number - 1)) != text);
        while is_other(self.slots[slot]) {
            slot = (slot + 1) & mask;
        }
        slot
    }

    #[expect(clippy::cast_possible_truncation, reason = "any bits of the hash will do")]
    fn hash(&self, text: &str) -> u32 {
        self.state.hash_one(text) as u32
    }

    fn grow(&mut self) {
        let before = std::mem::take(&mut self.slots);
        let size = (before.len() * 2).max((self.ends.len() * 2).next_power_of_two()).max(64);
        self.slots = vec![(0, 0); size];
        if before.is_empty() {
            // The first text of all, or the first after the sheet was closed.
            for number in 0..self.ends.len() {
                let id = TextId(u32::try_from(number).expect("fewer texts than cells, which are limited"));
                self.put((id.0 + 1, self.hash(self.get(id))));
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

/// Which of the recent texts a text may be, by its length, beginning and end.
fn look(text: &[u8]) -> usize {
    let part = |bytes: &[u8]| bytes.iter().fold(0_u64, |part, byte| part << 8 | u64::from(*byte));
    let near = text.len().min(8);
    let mixed = part(&text[..near]) ^ part(&text[text.len() - near..]).rotate_left(29) ^ text.len() as u64;
    (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_numbers_while_the_table_grows_and_after_it_was_given_back() {
        let mut texts = Texts::default();
        let ids: Vec<TextId> = (0..1000).map(|number| texts.intern(&number.to_string())).collect();
        assert_eq!(texts.len(), 1000);
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
}
