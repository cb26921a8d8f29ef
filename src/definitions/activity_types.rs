//! Activity types: which are capacity building, which are events, and how a title names one.

use serde::Deserialize;

use super::raw::{ConfigError, Reader};
use crate::terms::fold::{find_words, fold};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTypes {
    r#type: Vec<RawType>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawType {
    id: String,
    name: String,
    cb: bool,
    event: bool,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    words: Vec<String>,
}

/// Index of an activity type in [`ActivityTypes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(u8);

/// One activity type.
#[derive(Debug, Clone)]
pub struct ActivityType {
    /// Id used in the configuration: `national-workshop`.
    pub id: String,
    /// Name in reports: "National workshop".
    pub name: String,
    /// Whether it is capacity building.
    pub cb: bool,
    /// Whether people meet in it (everything but newsletter, publication, survey, consultation).
    pub event: bool,
    /// The scope it implies for charts: national, sub-regional, regional; none for other types.
    pub scope: Option<String>,
    names: [String; 2],
    words: Vec<String>,
}

/// A set of activity types. Rows of unknown type belong to the sets of events and of all types, and
/// to no set that names types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TypeSet {
    bits: u64,
    untyped: bool,
}

impl TypeSet {
    /// Whether an activity of this type (none: unknown) belongs to the set.
    #[must_use]
    pub fn holds(self, of: Option<TypeId>) -> bool {
        of.map_or(self.untyped, |id| self.bits & (1 << id.0) != 0)
    }

    fn with(self, other: Self) -> Self {
        Self { bits: self.bits | other.bits, untyped: self.untyped || other.untyped }
    }
}

/// All activity types.
#[derive(Debug)]
pub struct ActivityTypes {
    types: Vec<ActivityType>,
}

impl ActivityTypes {
    pub(super) fn load(reader: &mut Reader) -> Result<Self, ConfigError> {
        const FILE: &str = "activity-types.toml";
        let raw: RawTypes = reader.read(FILE)?;
        if raw.r#type.len() > 64 {
            let message = "more than 64 activity types".to_owned();
            return Err(ConfigError::Content { path: FILE.into(), message });
        }
        let types = raw.r#type.into_iter().map(|raw| {
            let names = [fold(&raw.id), fold(&raw.name)];
            let words = raw.words.iter().map(|word| fold(word)).collect();
            ActivityType { id: raw.id, name: raw.name, cb: raw.cb, event: raw.event, scope: raw.scope, names, words }
        });
        Ok(Self { types: types.collect() })
    }

    /// The type of an id.
    #[must_use]
    pub fn get(&self, id: TypeId) -> &ActivityType {
        &self.types[usize::from(id.0)]
    }

    /// All types with their ids, in the order of the configuration.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &ActivityType)> {
        self.types.iter().enumerate().map(|(at, of)| (type_id(at), of))
    }

    /// The type that a cell names.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<TypeId> {
        let folded = fold(text);
        self.types.iter().position(|of| of.names.contains(&folded) || of.words.contains(&folded)).map(type_id)
    }

    /// The type that a title names first, by its name (in the plural too); of two at one place the longer.
    ///
    /// Source: input contract, field Type.
    #[must_use]
    pub fn infer(&self, title: &str) -> Option<TypeId> {
        let folded = fold(title);
        let named = self.types.iter().enumerate().filter_map(|(at, of)| {
            let first = |word: &String| find_words(&folded, word, true).map(|place| (place, usize::MAX - word.len()));
            of.names.iter().filter_map(first).min().map(|place| (place, at))
        });
        named.min().map(|(_, at)| type_id(at))
    }

    /// Types of capacity building.
    #[must_use]
    pub fn cb(&self) -> TypeSet {
        self.where_type(|of| of.cb)
    }

    /// Types of events, and rows of unknown type.
    #[must_use]
    pub fn events(&self) -> TypeSet {
        TypeSet { untyped: true, ..self.where_type(|of| of.event) }
    }

    /// Every type, and rows of unknown type.
    #[must_use]
    pub fn any(&self) -> TypeSet {
        TypeSet { untyped: true, ..self.where_type(|_| true) }
    }

    /// The set that a list of ids or of `cb`, `event`, `any` names.
    pub(super) fn set(&self, names: &[String]) -> Result<TypeSet, String> {
        names.iter().try_fold(TypeSet::default(), |set, name| {
            let more = match name.as_str() {
                "cb" => self.cb(),
                "event" => self.events(),
                "any" => self.any(),
                id => {
                    let at = self.types.iter().position(|of| of.id == id);
                    let at = at.ok_or_else(|| format!("\"{id}\" is no activity type"))?;
                    TypeSet { bits: 1 << at, untyped: false }
                }
            };
            Ok(set.with(more))
        })
    }

    fn where_type(&self, holds: impl Fn(&ActivityType) -> bool) -> TypeSet {
        let bits = self.types.iter().enumerate().filter(|(_, of)| holds(of)).fold(0, |bits, (at, _)| bits | (1 << at));
        TypeSet { bits, untyped: false }
    }
}

fn type_id(at: usize) -> TypeId {
    TypeId(u8::try_from(at).expect("at most 64 types, checked when loaded"))
}
