//! What the topic of a need asks for.
//!
//! Source: input contract, kind 3: an action reference, an action's words or a configured topic. What says the same
//! in other words is taken where it can only mean one topic; else a person is asked.

use std::collections::BTreeSet;

use crate::definitions::{Definitions, NeedTopic};
use crate::terms::ActionRef;
use crate::terms::fold::fold;
use crate::terms::reference::parse_references;
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

/// How many topics are shown to choose from.
const SHOWN: usize = 3;

/// Reads the topic of a need.
#[must_use]
pub fn read_topic(text: &str, definitions: &Definitions, lexicon: &Lexicon) -> TopicRead {
    let plan = &definitions.plan;
    if let Some(decision) = definitions.decisions.topic(text) {
        return TopicRead::Decided(decision.actions.clone());
    }
    let references = parse_references(text, None);
    let known: Vec<ActionRef> = references.read.iter().filter(|r| plan.knows(r)).map(|r| r.action).collect();
    if !known.is_empty() {
        return TopicRead::Named(known);
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
    recognised(text, definitions, lexicon)
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
