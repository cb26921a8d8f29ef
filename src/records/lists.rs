//! Rows of participation lists on their way to their activities, and what they point to.

use std::collections::HashMap;

use super::activity::Pointer;
use super::participation::Participation;

/// Pointers of the lists, each once: a list of a million rows points to some hundred activities.
#[derive(Debug, Default)]
pub(super) struct Pointers {
    ids: HashMap<Pointer, u32>,
    pub(super) all: Vec<Pointer>,
}

impl Pointers {
    pub(super) fn intern(&mut self, pointer: Pointer) -> u32 {
        if let Some(known) = self.ids.get(&pointer) {
            return *known;
        }
        let next = u32::try_from(self.all.len()).expect("fewer pointers than rows");
        self.ids.insert(pointer.clone(), next);
        self.all.push(pointer);
        next
    }
}

/// A row of a list and what it points to, by the position among the run's pointers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed {
    pub(super) pointer: u32,
    pub(super) row: Participation,
}

/// Rows of participation lists in blocks, each of which is given back as soon as its rows are joined: a list of a
/// million rows is not in memory twice.
#[derive(Debug, Default)]
pub(super) struct Lists(Vec<Vec<Listed>>);

/// Rows of a block.
const BLOCK: usize = 1 << 16;

impl Lists {
    /// Rows of which there may be so many.
    pub(super) fn of(rows: usize) -> Self {
        Self(vec![Vec::with_capacity(rows.min(BLOCK))])
    }

    pub(super) fn push(&mut self, row: Listed) {
        match self.0.last_mut() {
            Some(block) if block.len() < BLOCK => block.push(row),
            _ => self.0.push(vec![row]),
        }
    }

    /// Adds rows that stand after these, and what they point to.
    pub(super) fn append(&mut self, pointers: &mut Pointers, mut later: Self, pointed: Pointers) {
        let ids: Vec<u32> = pointed.all.into_iter().map(|pointer| pointers.intern(pointer)).collect();
        if ids.iter().zip(0..).any(|(id, own)| *id != own) {
            for row in later.0.iter_mut().flatten() {
                row.pointer = ids[row.pointer as usize];
            }
        }
        self.0.append(&mut later.0);
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// The rows in their order.
    pub(super) fn into_rows(self) -> impl Iterator<Item = Listed> {
        self.0.into_iter().flatten()
    }
}
