//! The field's words: topics, forms, scopes, other bodies, and the places that tell a Member.
//!
//! From `vocabulary.toml` and `places.toml`. What they are used for: [`crate::wording`].

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::activity_types::{ActivityTypes, TypeSet};
use super::raw::{ConfigError, Reader};
use super::work_plan::ItemScope;
use crate::terms::MemberCode;

const WORDS: &str = "vocabulary.toml";
const PLACES: &str = "places.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawVocabulary {
    short: BTreeMap<String, String>,
    plain: RawWords,
    programmes: RawWords,
    topic: Vec<RawTopic>,
    form: Vec<RawForm>,
    scope: RawScope,
    brands: RawSets,
    levels: RawSets,
    bodies: Bodies,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWords {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSets {
    sets: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTopic {
    name: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    broader: Option<String>,
    #[serde(default)]
    near: Option<String>,
    #[serde(default)]
    container: bool,
    #[serde(default)]
    umbrella: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawForm {
    class: FormClass,
    words: Vec<String>,
    #[serde(default)]
    types: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawScope {
    national: Vec<String>,
    sub_regional: Vec<String>,
    regional: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPlaces {
    place: Vec<Place>,
    area: Vec<Area>,
}

/// What kind of thing an activity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormClass {
    /// People are taught or advised: workshop, training, mission.
    Event,
    /// Meetings and conferences.
    Meeting,
    /// Surveys.
    Survey,
    /// Newsletters and other publications.
    Publication,
    /// Consultations.
    Consultation,
    /// Exchanges of experience, knowledge or experts.
    Exchange,
    /// Events of partners.
    #[serde(rename = "partner event")]
    PartnerEvent,
    /// What stands around an activity: a call, a debrief, a study visit.
    Aside,
    /// What says that it was not held: cancelled, postponed.
    #[serde(rename = "not held")]
    NotHeld,
}

impl FormClass {
    /// The word in explanations.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Event => "workshop, training or mission",
            Self::Meeting => "meeting",
            Self::Survey => "survey",
            Self::Publication => "publication",
            Self::Consultation => "consultation",
            Self::Exchange => "exchange",
            Self::PartnerEvent => "partner event",
            Self::Aside => "activity beside the planned one",
            Self::NotHeld => "activity not held",
        }
    }
}

/// A topic with its wordings.
#[derive(Debug, Clone)]
pub struct Topic {
    /// How reports call it.
    pub name: String,
    /// Further wordings and abbreviations.
    pub words: Vec<String>,
    /// The topic that it is a kind of: an index into [`Vocabulary::topics`].
    pub broader: Option<usize>,
    /// Another topic that may be meant.
    pub near: Option<usize>,
    /// Whether an activity of this kind is always about something else besides.
    pub container: bool,
    /// Whether it is so wide that an activity may name it besides its own.
    pub umbrella: bool,
}

/// The words for a kind of activity.
#[derive(Debug, Clone)]
pub struct Form {
    /// The kind.
    pub class: FormClass,
    /// Its words.
    pub words: Vec<String>,
    /// Activity types of that kind.
    pub types: TypeSet,
}

/// Whose activity it is, where it is not the office's.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bodies {
    /// Agencies of one country.
    pub bilateral: Vec<String>,
    /// Bodies with meetings and events of their own.
    pub others: Vec<String>,
    /// Words that show the WCO or the office.
    pub own: Vec<String>,
}

/// The words that tell one Member.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The Member.
    pub member: MemberCode,
    /// Its Customs administration.
    pub administrations: Vec<String>,
    /// Adjectives.
    pub people: Vec<String>,
    /// Cities and border posts.
    pub cities: Vec<String>,
}

/// A part of the region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// Further wordings.
    pub words: Vec<String>,
    /// Its Members.
    pub members: BTreeSet<MemberCode>,
}

/// The field's words.
#[derive(Debug)]
pub struct Vocabulary {
    /// Words that stand for another word wherever they appear.
    pub short: BTreeMap<String, String>,
    /// Words that say nothing about the topic.
    pub plain: Vec<String>,
    /// Programmes and funds: who pays, not what is taught.
    pub programmes: Vec<String>,
    /// Topics.
    pub topics: Vec<Topic>,
    /// Forms.
    pub forms: Vec<Form>,
    /// Words of each scope.
    pub scopes: [(ItemScope, Vec<String>); 3],
    /// Kinds of activity with a name of their own; each list holds the spellings of one.
    pub brands: Vec<Vec<String>>,
    /// Levels that exclude each other; each list holds the words of one.
    pub levels: Vec<Vec<String>>,
    /// Other bodies.
    pub bodies: Bodies,
    /// Places by Member.
    pub places: Vec<Place>,
    /// Parts of the region.
    pub areas: Vec<Area>,
}

impl Vocabulary {
    pub(super) fn load(reader: &mut Reader, types: &ActivityTypes) -> Result<Self, ConfigError> {
        let raw: RawVocabulary = reader.read(WORDS)?;
        let places: RawPlaces = reader.read(PLACES)?;
        let content = |message: String| ConfigError::Content { path: WORDS.into(), message };
        let forms = raw.form.into_iter().map(|form| {
            Ok(Form { class: form.class, words: form.words, types: types.set(&form.types).map_err(content)? })
        });
        Ok(Self {
            short: raw.short,
            plain: raw.plain.words,
            programmes: raw.programmes.words,
            forms: forms.collect::<Result<_, _>>()?,
            scopes: [
                (ItemScope::National, raw.scope.national),
                (ItemScope::SubRegional, raw.scope.sub_regional),
                (ItemScope::Regional, raw.scope.regional),
            ],
            brands: raw.brands.sets,
            levels: raw.levels.sets,
            bodies: raw.bodies,
            topics: topics(raw.topic).map_err(content)?,
            places: places.place,
            areas: places.area,
        })
    }

    /// Whether one of two topics may be meant where the other is named.
    #[must_use]
    pub fn are_near(&self, a: usize, b: usize) -> bool {
        self.topics[a].near == Some(b) || self.topics[b].near == Some(a)
    }

    /// Whether `narrow` is `wide` or a kind of it.
    #[must_use]
    pub fn is_kind_of(&self, narrow: usize, wide: usize) -> bool {
        let mut at = Some(narrow);
        while let Some(topic) = at {
            if topic == wide {
                return true;
            }
            at = self.topics[topic].broader;
        }
        false
    }
}

/// Finds the broader topics; a chain of them must end.
fn topics(raw: Vec<RawTopic>) -> Result<Vec<Topic>, String> {
    let names: Vec<String> = raw.iter().map(|topic| topic.name.clone()).collect();
    let topics = raw.into_iter().enumerate().map(|(at, topic)| {
        let find = |name: &String| {
            let found = names[..at].iter().position(|other| other == name);
            found.ok_or_else(|| format!("topic {}: the topic {name} must stand before it", topic.name))
        };
        let broader = topic.broader.as_ref().map(find).transpose()?;
        let near = topic.near.as_ref().map(find).transpose()?;
        let RawTopic { name, words, container, umbrella, .. } = topic;
        Ok(Topic { name, words, broader, near, container, umbrella })
    });
    topics.collect()
}
