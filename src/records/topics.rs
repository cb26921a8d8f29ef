//! What the topic of a need asks for.
//!
//! Source: input contract, kind 3: an action reference, an action's words or a configured topic. What says the same
//! in other words is taken where it can only mean one topic; else a person is asked.

use std::collections::BTreeSet;

use crate::definitions::{Definitions, NeedTopic};
use crate::terms::ActionRef;
use crate::terms::fold::{find_words, fold};
use crate::terms::reference::{Reference, References, parse_references};
use crate::wording::Lexicon;

/// What became of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TopicRead {
    /// It names these actions: by reference, by an action's words, or as a configured topic.
    Named(Vec<ActionRef>),
    /// A person decided it.
    Decided(Vec<ActionRef>),
    /// It says in other words what this configured topic says.
    Recognised(Vec<ActionRef>, String),
    /// It may mean these configured topics, best first; none: nothing is like it.
    InDoubt(Vec<String>),
}

impl TopicRead {
    /// The actions that are needed.
    #[must_use]
    pub fn actions(&self) -> &[ActionRef] {
        match self {
            Self::Named(actions) | Self::Decided(actions) | Self::Recognised(actions, _) => actions,
            Self::InDoubt(_) => &[],
        }
    }
}

/// Words by which a topic may say what is not wanted: a person is asked.
const NEGATIONS: [&str; 6] = ["not", "no longer", "no more", "except", "other than", "instead of"];
/// Dashes of a reference.
const DASHES: [char; 5] = ['-', '\u{2010}', '\u{2011}', '\u{2013}', '\u{2014}'];
/// How many topics are shown to choose from.
const SHOWN: usize = 3;

/// Reads the topic of a need.
#[must_use]
pub fn read_topic(text: &str, definitions: &Definitions, lexicon: &Lexicon) -> TopicRead {
    let plan = &definitions.plan;
    if let Some(decision) = definitions.decisions.topic(text) {
        return TopicRead::Decided(decision.actions.clone());
    }
    let folded = fold(text);
    let own = plan.actions.iter().filter(|action| fold(&action.text) == folded).map(|action| action.id);
    let own: Vec<ActionRef> = own.collect();
    if !own.is_empty() {
        return TopicRead::Named(own);
    }
    if let Some(topic) = definitions.need_topics.iter().find(|topic| topic.is_called(&folded)) {
        return TopicRead::Named(topic.actions.clone());
    }
    if NEGATIONS.iter().any(|words| find_words(&folded, words, false).is_some()) {
        return match recognised(text, definitions, lexicon) {
            TopicRead::Recognised(_, name) => TopicRead::InDoubt(vec![name]),
            other => other,
        };
    }
    let known = references(text).read.into_iter().filter(|reference| plan.knows(reference));
    let known: Vec<ActionRef> = known.map(|reference| reference.action).collect();
    if !known.is_empty() {
        return TopicRead::Named(known);
    }
    recognised(text, definitions, lexicon)
}

/// The references of a topic. Among other words `1 (a)` without its dash is none: "Phase 1 (a)", "GIR Rule 1 (a)"; nor
/// is a bare `(b)` that follows none.
#[must_use]
pub(super) fn references(text: &str) -> References {
    let mut found = parse_references(text, None);
    if found.unread.is_empty() {
        return found;
    }
    let dashed = |reference: &Reference| reference.text.contains(DASHES);
    let any = found.read.iter().any(dashed);
    let (read, other) =
        found.read.into_iter().partition(|reference| dashed(reference) || (any && reference.text.starts_with('(')));
    found.read = read;
    found.unread.extend(other.into_iter().map(|reference: Reference| reference.text));
    found
}

/// Compares a topic's words with the configured topics.
fn recognised(text: &str, definitions: &Definitions, lexicon: &Lexicon) -> TopicRead {
    let vocabulary = &definitions.vocabulary;
    let wording = lexicon.read(text);
    let named: Vec<usize> = wording.topics.keys().copied().collect();
    let told: Vec<usize> = named.iter().copied().filter(|topic| !vocabulary.topics[*topic].umbrella).collect();
    let told = if told.is_empty() { named } else { told };
    let narrower = |topic: &usize| told.iter().any(|other| other != topic && vocabulary.is_kind_of(*other, *topic));
    let told: Vec<usize> = told.iter().copied().filter(|topic| !narrower(topic)).collect();
    let covers = |topic: &NeedTopic, told: usize| topic.about.iter().any(|about| vocabulary.is_kind_of(told, *about));
    let mut fitting: Vec<(usize, &NeedTopic)> = definitions
        .need_topics
        .iter()
        .map(|topic| (told.iter().filter(|told| covers(topic, **told)).count(), topic))
        .filter(|(count, _)| *count > 0)
        .collect();
    fitting.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let actions: BTreeSet<&[ActionRef]> = fitting.iter().map(|(_, topic)| topic.actions.as_slice()).collect();
    match fitting.first() {
        Some((count, topic)) if *count == told.len() && actions.len() == 1 && wording.words.len() <= 1 => {
            TopicRead::Recognised(topic.actions.clone(), topic.name.clone())
        }
        _ => TopicRead::InDoubt(fitting.into_iter().take(SHOWN).map(|(_, topic)| topic.name.clone()).collect()),
    }
}
