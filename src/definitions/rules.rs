//! Keyword rules: which actions a delivery outside the plan serves.

use serde::Deserialize;

use super::activity_types::{ActivityTypes, TypeSet};
use super::raw::{ConfigError, Reader};
use crate::terms::ActionRef;
use crate::terms::fold::{find_words, fold};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRules {
    #[serde(default)]
    rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    words: Vec<String>,
    actions: Vec<ActionRef>,
    #[serde(default)]
    types: Option<Vec<String>>,
}

/// One rule: a title with all of these words serves these actions.
#[derive(Debug, Clone)]
pub struct MappingRule {
    /// Words or phrases, folded; the title must have all of them.
    pub words: Vec<String>,
    /// Actions served.
    pub actions: Vec<ActionRef>,
    types: TypeSet,
}

impl MappingRule {
    /// Whether the rule speaks of an activity.
    #[must_use]
    pub fn fits(&self, folded_title: &str, of: Option<super::activity_types::TypeId>) -> bool {
        self.types.holds(of) && self.words.iter().all(|word| find_words(folded_title, word, true).is_some())
    }
}

pub(super) fn load(reader: &mut Reader, types: &ActivityTypes) -> Result<Vec<MappingRule>, ConfigError> {
    const FILE: &str = "mapping.toml";
    let raw: RawRules = reader.read(FILE)?;
    let content = |message: String| ConfigError::Content { path: FILE.into(), message };
    raw.rule
        .into_iter()
        .map(|rule| {
            let words: Vec<String> = rule.words.iter().map(|word| fold(word)).collect();
            if words.iter().all(String::is_empty) {
                return Err(content("a rule without words would fit every activity".into()));
            }
            let set = rule.types.as_deref().map_or(Ok(types.any()), |names| types.set(names)).map_err(content)?;
            Ok(MappingRule { words, actions: rule.actions, types: set })
        })
        .collect()
}
