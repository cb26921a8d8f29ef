//! Topics of needs surveys: which actions of the plan they ask for.

use serde::Deserialize;

use super::raw::{ConfigError, Reader};
use super::vocabulary::Vocabulary;
use crate::terms::ActionRef;
use crate::terms::fold::fold;

const FILE: &str = "needs.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    topic: Vec<RawTopic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTopic {
    name: String,
    actions: Vec<ActionRef>,
    #[serde(default)]
    about: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
}

/// A topic that surveys ask about.
#[derive(Debug, Clone)]
pub struct NeedTopic {
    /// How reports call it.
    pub name: String,
    /// The actions it asks for.
    pub actions: Vec<ActionRef>,
    /// What it is about, as indices into the vocabulary's topics.
    pub about: Vec<usize>,
    /// Name and further wordings, folded.
    words: Vec<String>,
}

impl NeedTopic {
    /// Whether a folded text is the topic's name or one of its wordings.
    #[must_use]
    pub fn is_called(&self, folded: &str) -> bool {
        self.words.iter().any(|word| word == folded)
    }
}

pub(super) fn load(reader: &mut Reader, vocabulary: &Vocabulary) -> Result<Vec<NeedTopic>, ConfigError> {
    let raw: Raw = reader.read(FILE)?;
    let content = |message: String| ConfigError::Content { path: FILE.into(), message };
    let topic = |topic: RawTopic| {
        let find = |name: &String| {
            let found = vocabulary.topics.iter().position(|known| known.name == *name);
            found.ok_or_else(|| content(format!("{}: {name} is no topic of vocabulary.toml", topic.name)))
        };
        let about = topic.about.iter().map(find).collect::<Result<_, _>>()?;
        let words = topic.words.iter().chain([&topic.name]).map(|word| fold(word)).collect();
        Ok(NeedTopic { name: topic.name, actions: topic.actions, about, words })
    };
    raw.topic.into_iter().map(topic).collect()
}
