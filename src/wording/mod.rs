//! What free text means: the topics, Members, scope, form and numbers that a title names.
//!
//! A [`Lexicon`] knows the words of `vocabulary.toml`, `places.toml` and the registry of Members; it reads a
//! text into a [`Wording`]. The longest wording wins, each word is read once.

mod lexicon;
mod numbers;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::{FormClass, ItemScope};
use crate::terms::MemberCode;

pub use lexicon::Lexicon;

/// How a text names a Member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamedBy {
    /// By its name, its code or an adjective.
    Name,
    /// By its Customs administration.
    Administration,
    /// By a city or a border post.
    City,
}

/// What a text says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    /// Topics, as indices into the vocabulary, with the words that name them.
    pub topics: BTreeMap<usize, String>,
    /// Words that nothing knows: stem and word.
    pub words: BTreeMap<String, String>,
    /// All words that say something about topic or form: stem and word.
    pub stems: BTreeMap<String, String>,
    /// Members, with the strongest way they are named and the words that do.
    pub members: BTreeMap<MemberCode, (NamedBy, String)>,
    /// Names that are known and no Members.
    pub strangers: BTreeSet<String>,
    /// Parts of the region, as indices into the vocabulary.
    pub areas: BTreeSet<usize>,
    /// Scopes named.
    pub scopes: BTreeSet<ItemScope>,
    /// Kinds of activity named.
    pub forms: BTreeMap<FormClass, String>,
    /// Brands, as indices into the vocabulary.
    pub brands: BTreeSet<usize>,
    /// Levels, as indices into the vocabulary.
    pub levels: BTreeMap<usize, String>,
    /// Agencies of one country.
    pub bilateral: BTreeSet<String>,
    /// Other bodies.
    pub others: BTreeSet<String>,
    /// Whether the WCO or the office is named.
    pub own: bool,
    /// The years it names: 2025 and 2026 of "2025/26".
    pub years: BTreeSet<i32>,
    /// The number of the edition: 8 of "8th Masterclass".
    pub edition: Option<u16>,
    /// The number of the working group: 3 of "WG3".
    pub working_group: Option<u16>,
}

impl Wording {
    /// Members named in one of these ways.
    #[must_use]
    pub fn members_by(&self, ways: &[NamedBy]) -> BTreeSet<MemberCode> {
        self.members.iter().filter(|(_, (way, _))| ways.contains(way)).map(|(member, _)| *member).collect()
    }
}
