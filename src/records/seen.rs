//! What cells of a participation list were read as before.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;

use super::participation::{Role, Sex};
use super::row::Row;
use crate::definitions::Field;
use crate::terms::MemberCode;
use crate::terms::fold::tidy;

/// What the cells of a table were read as that stand in it again and again: a Member, a role, an activity. Only
/// what gave no finding is kept, for a finding names its own row.
pub(super) struct Seen {
    /// Tells texts apart; without a random seed: the same inputs give the same keys.
    state: FixedState,
    text: Vec<u8>,
    pub(super) pointers: Recent<3, u32>,
    pub(super) members: Recent<1, (Option<MemberCode>, u64)>,
    pub(super) sexes: Recent<1, Sex>,
    pub(super) roles: Recent<1, Role>,
    pub(super) counts: Recent<1, Option<u32>>,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            state: FixedState::default(),
            text: Vec::new(),
            pointers: Recent::new(4096, 0),
            members: Recent::new(256, (None, 0)),
            sexes: Recent::new(64, Sex::Blank),
            roles: Recent::new(64, Role::Participant),
            counts: Recent::new(64, None),
        }
    }
}

impl Seen {
    /// A number that tells a text apart within a run, whatever its case and spaces; the text itself is not kept.
    pub(super) fn key(&mut self, text: &str) -> u64 {
        if !text.is_ascii() {
            return self.state.hash_one(tidy(text).to_lowercase().as_bytes());
        }
        self.text.clear();
        for word in text.split_ascii_whitespace() {
            if !self.text.is_empty() {
                self.text.push(b' ');
            }
            self.text.extend_from_slice(word.as_bytes());
        }
        self.text.make_ascii_lowercase();
        self.state.hash_one(self.text.as_slice())
    }
}

/// The last cells of each kind and what they were read as: a table in which newer ones take the place of older ones.
pub(super) struct Recent<const N: usize, T>(Vec<([u32; N], T)>);

impl<const N: usize, T: Copy> Recent<N, T> {
    /// A table of `size` places, in each of which stands no cell but `any` value.
    fn new(size: u32, any: T) -> Self {
        Self(vec![([u32::MAX; N], any); size as usize])
    }

    fn place(&self, tokens: [u32; N]) -> usize {
        let mixed = tokens.iter().fold(0_u32, |mixed, token| (mixed ^ token).wrapping_mul(0x9e37_79b1));
        ((u64::from(mixed) * self.0.len() as u64) >> 32) as usize
    }

    pub(super) fn get(&self, tokens: [u32; N]) -> Option<T> {
        let (known, value) = self.0[self.place(tokens)];
        (known == tokens).then_some(value)
    }

    pub(super) fn put(&mut self, tokens: [u32; N], value: T) {
        let place = self.place(tokens);
        self.0[place] = (tokens, value);
    }
}

/// What some fields say: as it was read from the same cells before, else as it is read now.
pub(super) fn again<'a, const N: usize, T: Copy>(
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
