//! Source layouts: which sheet holds which kind of record, and how its headers and words are read.

use std::collections::{BTreeMap, HashMap};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;

use super::raw::{ConfigError, Reader};
use crate::terms::fold::fold;

/// The sheet of blank workbooks that holds the words of their drop-downs; it has no records.
pub const LISTS_SHEET: &str = "rspkpi lists";

/// What one row of a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One delivered, planned, postponed or cancelled activity or output.
    Activity,
    /// One participant, or several of one kind, in one activity.
    Participation,
    /// One Member's need on one topic.
    Needs,
    /// One Member's answer about one activity.
    FollowUp,
    /// Participants' evaluation of one activity.
    Evaluation,
    /// A Member's standing with an instrument.
    Status,
    /// A figure a Member reports.
    Statistic,
}

impl Kind {
    /// All kinds, in the order of the input contract.
    pub const ALL: [Self; 7] = [
        Self::Activity,
        Self::Participation,
        Self::Needs,
        Self::FollowUp,
        Self::Evaluation,
        Self::Status,
        Self::Statistic,
    ];

    /// The name in configuration, data files and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Participation => "participation",
            Self::Needs => "needs",
            Self::FollowUp => "follow-up",
            Self::Evaluation => "evaluation",
            Self::Status => "status",
            Self::Statistic => "statistic",
        }
    }

    /// The fields of a record of this kind, in the order of the input contract.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        use Field as F;
        match self {
            Self::Activity => &[
                F::ActivityId,
                F::Title,
                F::Type,
                F::Actions,
                F::PlanItem,
                F::Start,
                F::End,
                F::Status,
                F::Mode,
                F::Venue,
                F::Host,
                F::Members,
                F::Participants,
                F::Women,
                F::Experts,
                F::ExpertMembers,
                F::Partners,
                F::Funding,
                F::Quantity,
                F::Remarks,
            ],
            Self::Participation => {
                &[F::ActivityId, F::Title, F::Start, F::Member, F::Sex, F::Role, F::Person, F::Count]
            }
            Self::Needs => {
                &[F::Member, F::ResponseDate, F::Topic, F::Priority, F::SupportWanted, F::PreferredQuarter, F::Remarks]
            }
            Self::FollowUp => &[
                F::ActivityId,
                F::Title,
                F::Start,
                F::Member,
                F::ResponseDate,
                F::ActionTaken,
                F::TangibleResults,
                F::Description,
                F::Satisfaction,
                F::FurtherNeeds,
            ],
            Self::Evaluation => &[F::ActivityId, F::Title, F::Start, F::Rating, F::Responses],
            Self::Status => &[F::Member, F::Kpi, F::Status, F::Since, F::Counterpart, F::Evidence],
            Self::Statistic => &[F::Member, F::Kpi, F::Period, F::Value],
        }
    }

    /// Columns that a sheet of this kind must have; one column of each group is enough.
    #[must_use]
    pub fn required(self) -> &'static [&'static [Field]] {
        use Field as F;
        match self {
            Self::Activity => &[&[F::Title], &[F::Start]],
            Self::Participation => &[&[F::ActivityId, F::Title], &[F::Member]],
            Self::Needs => &[&[F::Member], &[F::Topic], &[F::Priority]],
            Self::FollowUp => &[&[F::ActivityId, F::Title], &[F::Member], &[F::ResponseDate]],
            Self::Evaluation => &[&[F::ActivityId, F::Title], &[F::Rating]],
            Self::Status => &[&[F::Member], &[F::Kpi], &[F::Status]],
            Self::Statistic => &[&[F::Member], &[F::Kpi], &[F::Period], &[F::Value]],
        }
    }
}

/// A field of a record, over all kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are those of the input contract")]
pub enum Field {
    ActivityId,
    Title,
    Type,
    Actions,
    PlanItem,
    Start,
    End,
    Status,
    Mode,
    Venue,
    Host,
    Members,
    Participants,
    Women,
    Experts,
    ExpertMembers,
    Partners,
    Funding,
    Quantity,
    Remarks,
    Member,
    Sex,
    Role,
    Person,
    Count,
    ResponseDate,
    Topic,
    Priority,
    SupportWanted,
    PreferredQuarter,
    ActionTaken,
    TangibleResults,
    Description,
    Satisfaction,
    FurtherNeeds,
    Rating,
    Responses,
    Kpi,
    Since,
    Counterpart,
    Evidence,
    Period,
    Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawLayout {
    kind: Kind,
    #[serde(default)]
    files: Vec<String>,
    #[serde(default)]
    sheets: Vec<String>,
    #[serde(default = "day_first")]
    day_first: bool,
    #[serde(default)]
    scale: Option<[f64; 2]>,
    #[serde(default)]
    priorities: Option<PriorityScale>,
    fields: BTreeMap<Field, Vec<String>>,
    #[serde(default)]
    values: BTreeMap<Field, BTreeMap<String, Vec<String>>>,
}

fn day_first() -> bool {
    true
}

/// How numbers in Priority are read: 1 to `steps`, and which end is high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PriorityScale {
    /// The highest number.
    pub steps: u32,
    /// Whether 1 is the highest priority.
    pub one_is_high: bool,
}

/// A source layout.
#[derive(Debug)]
pub struct Layout {
    /// Name: the file's name without `.toml`.
    pub name: String,
    /// What one row is.
    pub kind: Kind,
    files: GlobSet,
    sheets: GlobSet,
    /// Whether `03/04/2025` is 3 April.
    pub day_first: bool,
    /// Lowest and highest rating.
    pub scale: Option<(f64, f64)>,
    /// How numbers in Priority are read.
    pub priorities: Option<PriorityScale>,
    fields: BTreeMap<Field, Vec<String>>,
    headers: HashMap<String, Field>,
    values: BTreeMap<Field, HashMap<String, String>>,
}

impl Layout {
    /// The field that a header names.
    #[must_use]
    pub fn field(&self, header: &str) -> Option<Field> {
        self.headers.get(&fold(header)).copied()
    }

    /// The default header of a field.
    #[must_use]
    pub fn header(&self, field: Field) -> &str {
        self.fields.get(&field).and_then(|headers| headers.first()).map_or("?", String::as_str)
    }

    /// Whether the layout names a file by its path below the inputs folder, in any case.
    #[must_use]
    pub fn names_file(&self, path: &str) -> bool {
        self.files.is_match(path.to_lowercase())
    }

    /// Whether the layout names a sheet, in any case.
    #[must_use]
    pub fn names_sheet(&self, sheet: &str) -> bool {
        !sheet.is_empty() && self.sheets.is_match(sheet.to_lowercase())
    }

    /// The standard word for a cell's word: `F` for "Female".
    #[must_use]
    pub fn value(&self, field: Field, text: &str) -> Option<&str> {
        self.values.get(&field)?.get(&fold(text)).map(String::as_str)
    }

    /// The standard words of a field, for messages.
    #[must_use]
    pub fn words(&self, field: Field) -> String {
        let mut words: Vec<&str> =
            self.values.get(&field).into_iter().flat_map(|v| v.values().map(String::as_str)).collect();
        words.sort_unstable();
        words.dedup();
        words.join(", ")
    }
}

/// Loads all layouts, sorted by name.
pub(super) fn load(reader: &mut Reader) -> Result<Vec<Layout>, ConfigError> {
    let mut layouts = Vec::new();
    for path in reader.list("sources")? {
        let raw: RawLayout = reader.read(&path)?;
        let name = path.trim_start_matches("sources/").trim_end_matches(".toml").to_owned();
        layouts.push(checked(name, raw).map_err(|message| ConfigError::Content { path, message })?);
    }
    Ok(layouts)
}

fn checked(name: String, raw: RawLayout) -> Result<Layout, String> {
    let mut headers = HashMap::new();
    for (field, spellings) in &raw.fields {
        for spelling in spellings {
            if headers.insert(fold(spelling), *field).is_some_and(|other| other != *field) {
                return Err(format!("the header \"{spelling}\" is given to two fields"));
            }
        }
    }
    for group in raw.kind.required() {
        if !group.iter().any(|field| raw.fields.contains_key(field)) {
            return Err(format!("a layout of kind {} must name the field {:?}", raw.kind.as_str(), group[0]));
        }
    }
    if raw.scale.is_some_and(|[low, high]| low >= high) {
        return Err("scale: the lowest rating must be below the highest".into());
    }
    let values = raw.values.into_iter().map(|(field, words)| (field, vocabulary(words))).collect();
    Ok(Layout {
        files: globs(&raw.files)?,
        sheets: globs(&raw.sheets)?,
        name,
        kind: raw.kind,
        day_first: raw.day_first,
        scale: raw.scale.map(|[low, high]| (low, high)),
        priorities: raw.priorities,
        fields: raw.fields,
        headers,
        values,
    })
}

fn vocabulary(words: BTreeMap<String, Vec<String>>) -> HashMap<String, String> {
    let mut spellings = HashMap::new();
    for (word, others) in words {
        for other in &others {
            spellings.insert(fold(other), word.clone());
        }
        spellings.insert(fold(&word), word);
    }
    spellings
}

fn globs(patterns: &[String]) -> Result<GlobSet, String> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = GlobBuilder::new(&pattern.to_lowercase()).build();
        set.add(glob.map_err(|error| format!("the pattern \"{pattern}\" cannot be read ({error})"))?);
    }
    set.build().map_err(|error| error.to_string())
}
