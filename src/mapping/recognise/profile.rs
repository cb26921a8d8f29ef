//! What a planned activity is, as far as a title can tell.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::{FormClass, ItemId, ItemKind, ItemScope, PlanItem, Vocabulary};
use crate::terms::MemberCode;
use crate::wording::{Lexicon, Wording};

/// How much a topic weighs, in hundredths.
const TOPIC: i32 = 100;
/// A topic so wide that it is often left out.
const UMBRELLA: i32 = 30;
/// A word that is no topic, beside topics.
const WORD: i32 = 25;

/// A planned item as the matcher sees it.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) item: ItemId,
    pub(super) kind: ItemKind,
    pub(super) scope: Option<ItemScope>,
    pub(super) members: BTreeSet<MemberCode>,
    /// Topics with their weights; of a topic and a narrower one, the narrower.
    pub(super) topics: BTreeMap<usize, i32>,
    /// Stems of further words, with their weights.
    pub(super) words: BTreeMap<String, i32>,
    /// Stems of all words of the title that say something.
    pub(super) stems: BTreeSet<String>,
    pub(super) areas: BTreeSet<usize>,
    pub(super) forms: BTreeSet<FormClass>,
    pub(super) brands: BTreeSet<usize>,
    pub(super) levels: BTreeSet<usize>,
    pub(super) edition: Option<u16>,
    pub(super) working_group: Option<u16>,
}

impl Profile {
    pub(super) fn of(id: ItemId, item: &PlanItem, lexicon: &Lexicon, vocabulary: &Vocabulary) -> Self {
        let wording = lexicon.read(&item.title);
        let topics = match about(item, vocabulary) {
            topics if topics.is_empty() => weighed(&wording, vocabulary),
            topics => topics,
        };
        let word = match (item.kind, topics.is_empty()) {
            (_, true) => TOPIC,
            (ItemKind::Concrete, false) => WORD,
            (_, false) => 0,
        };
        let words = wording.words.keys().filter(|_| word > 0).map(|stem| (stem.clone(), word));
        let mut forms: BTreeSet<FormClass> = wording.forms.keys().copied().collect();
        if forms.is_empty() && item.kind == ItemKind::Concrete {
            forms.insert(FormClass::Event);
        }
        Self {
            item: id,
            kind: item.kind,
            scope: item.scope,
            members: item.members.clone(),
            words: words.collect(),
            topics,
            stems: wording.stems.into_keys().collect(),
            areas: wording.areas,
            forms,
            brands: wording.brands,
            levels: wording.levels.keys().copied().collect(),
            edition: wording.edition.filter(|_| item.kind == ItemKind::Concrete),
            working_group: wording.working_group,
        }
    }

    /// What all its topics and words weigh.
    pub(super) fn weight(&self) -> i32 {
        self.topics.values().chain(self.words.values()).sum()
    }
}

/// The topics that the plan says the item is about.
fn about(item: &PlanItem, vocabulary: &Vocabulary) -> BTreeMap<usize, i32> {
    let find = |name: &String| vocabulary.topics.iter().position(|topic| topic.name == *name);
    item.about.iter().filter_map(find).map(|topic| (topic, TOPIC)).collect()
}

/// The topics of a wording with their weights; of a topic and a narrower one, only the narrower.
fn weighed(wording: &Wording, vocabulary: &Vocabulary) -> BTreeMap<usize, i32> {
    let topics = narrowest(wording, vocabulary);
    let weight = |topic: usize| if vocabulary.topics[topic].umbrella { UMBRELLA } else { TOPIC };
    topics.into_iter().map(|topic| (topic, weight(topic))).collect()
}

/// The topics of a wording without those of which it names a kind.
pub(super) fn narrowest(wording: &Wording, vocabulary: &Vocabulary) -> BTreeSet<usize> {
    let all: Vec<usize> = wording.topics.keys().copied().collect();
    let wider = |topic: &usize| all.iter().any(|other| other != topic && vocabulary.is_kind_of(*other, *topic));
    all.iter().copied().filter(|topic| !wider(topic)).collect()
}
