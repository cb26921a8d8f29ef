//! The different texts of a sheet, each stored once, one after the other in one long string.

use std::hash::{BuildHasher, RandomState};

use super::sheet::TextId;

/// A text costs its own length and about a dozen bytes, so that a list of a million names stays small.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    joined: String,
    /// Where each text ends in `joined`; it begins where the one before ends.
    ends: Vec<usize>,
    /// Open addressing: a text's number plus one, 0 for a free slot. A power of two long, at most three quarters full.
    slots: Vec<u32>,
    state: RandomState,
}

impl Texts {
    /// The text of a number.
    pub(crate) fn get(&self, id: TextId) -> &str {
        let index = id.0 as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.joined[start..self.ends[index]]
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
        if self.ends.len() * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let slot = self.slot_of(text);
        if self.slots[slot] == 0 {
            self.joined.push_str(text);
            self.ends.push(self.joined.len());
            self.slots[slot] = u32::try_from(self.ends.len()).expect("fewer texts than cells, which are limited");
        }
        TextId(self.slots[slot] - 1)
    }

    /// Gives back memory held in reserve.
    pub(crate) fn shrink(&mut self) {
        self.joined.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// The slot that holds a text, or the free one where it belongs.
    fn slot_of(&self, text: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = self.first_slot(text);
        while self.slots[slot] != 0 && self.get(TextId(self.slots[slot] - 1)) != text {
            slot = (slot + 1) & mask;
        }
        slot
    }

    #[expect(clippy::cast_possible_truncation, reason = "any bits of the hash will do")]
    fn first_slot(&self, text: &str) -> usize {
        self.state.hash_one(text) as usize & (self.slots.len() - 1)
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(64)];
        for number in 0..self.ends.len() {
            let id = TextId(u32::try_from(number).expect("fewer texts than cells, which are limited"));
            let slot = self.slot_of(self.get(id));
            self.slots[slot] = id.0 + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_numbers_while_the_table_grows() {
        let mut texts = Texts::default();
        let ids: Vec<TextId> = (0..1000).map(|number| texts.intern(&number.to_string())).collect();
        assert_eq!(texts.len(), 1000);
        assert_eq!(texts.intern("7"), ids[7]);
        assert_eq!(texts.get(ids[999]), "999");
        let empty = texts.intern("");
        assert_eq!(texts.get(empty), "");
    }
}
