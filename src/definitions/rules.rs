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
    #[serde(default)]
    recognition: Recognition,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    words: Vec<String>,
    actions: Vec<ActionRef>,
    #[serde(default)]
    types: Option<Vec<String>>,
}

/// How sure the recognition of planned activities must be, in hundredths of a full fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Recognition {
    /// From this score on, a row is linked without asking.
    pub link: i32,
    /// From this score on, a person is asked.
    pub ask: i32,
    /// A row that ended at most so many days after the plan's year may be a late delivery: a person is asked.
    pub days_after: u64,
}

/// The most days after the plan's year that may be given: a year.
const MOST_DAYS: u64 = 366;

impl Default for Recognition {
    fn default() -> Self {
        Self { link: 80, ask: 40, days_after: 31 }
    }
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

pub(super) fn load(reader: &mut Reader, types: &ActivityTypes) -> Result<(Vec<MappingRule>, Recognition), ConfigError> {
    const FILE: &str = "mapping.toml";
    let raw: RawRules = reader.read(FILE)?;
    let content = |message: String| ConfigError::Content { path: FILE.into(), message };
    let recognition = raw.recognition;
    if !(1..=recognition.link).contains(&recognition.ask) || recognition.link > 100 {
        return Err(content("recognition: 1 <= ask <= link <= 100 is needed".into()));
    }
    if recognition.days_after > MOST_DAYS {
        return Err(content(format!("recognition: days-after is at most {MOST_DAYS}")));
    }
    let rules = raw
        .rule
        .into_iter()
        .map(|rule| {
            let words: Vec<String> = rule.words.iter().map(|word| fold(word)).collect();
            if words.iter().all(String::is_empty) {
                return Err(content("a rule without words would fit every activity".into()));
            }
            let set = rule.types.as_deref().map_or(Ok(types.any()), |names| types.set(names)).map_err(content)?;
            Ok(MappingRule { words, actions: rule.actions, types: set })
        })
        .collect::<Result<_, _>>()?;
    Ok((rules, recognition))
}
