//! The fixed words of the report workbook, from `words.toml`: those of each sheet, and those that stand in cells.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use serde::Deserialize;

use super::presentation::SheetId;

/// The fixed words of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetWords {
    /// On its tab; Excel allows 31 characters and none of `[ ] : * ? / \`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is for, on the cover.
    pub purpose: String,
    /// What is counted and how to read it, with places for what the report knows: `{members}`.
    explanation: String,
    /// What blank cells mean.
    pub blank: String,
    /// The headers, as many as the sheet has.
    pub columns: Vec<String>,
    /// What is said where there is nothing to show.
    #[serde(default)]
    pub nothing: String,
    /// What is said where a table goes on in a data file.
    #[serde(default)]
    cut: String,
}

impl SheetWords {
    /// The explanation with its places filled.
    #[must_use]
    pub fn explained(&self, values: &[(&str, &dyn Display)]) -> String {
        filled(&self.explanation, values)
    }

    /// That a table goes on in a data file: how many rows of how many stand in the sheet.
    #[must_use]
    pub fn cut(&self, shown: &dyn Display, all: &dyn Display) -> String {
        filled(&self.cut, &[("shown", shown), ("all", all)])
    }

    /// What is wrong with the words of a sheet that has so many columns and knows these places.
    pub(super) fn fault(&self, id: SheetId) -> Option<String> {
        let (columns, places) = id.form();
        let sheet = id.as_str();
        if self.columns.len() != columns {
            let given = self.columns.len();
            return Some(format!("the sheet \"{sheet}\" has {columns} columns, and {given} headers are given"));
        }
        let mut seen = BTreeSet::new();
        if let Some(twice) = self.columns.iter().find(|header| !seen.insert(header.to_lowercase())) {
            return Some(format!("the sheet \"{sheet}\" has two columns named \"{twice}\""));
        }
        if self.columns.iter().any(|header| header.trim().is_empty()) {
            return Some(format!("the sheet \"{sheet}\" has a column without a name"));
        }
        if places.contains(&"shown") && self.cut.trim().is_empty() {
            return Some(format!("the sheet \"{sheet}\" has no words for a table that is cut"));
        }
        let texts = self.columns.iter().chain([&self.explanation, &self.cut]);
        let stranger = texts.flat_map(|text| places_of(text)).find(|place| !places.contains(place))?;
        let known = if places.is_empty() { "none".to_owned() } else { format!("{{{}}}", places.join("}, {")) };
        Some(format!("the sheet \"{sheet}\" knows no {{{stranger}}}; it knows {known}"))
    }
}

/// A text with each `{place}` replaced by its value.
#[must_use]
pub fn filled(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut text = text.to_owned();
    for (place, value) in values {
        text = text.replace(&format!("{{{place}}}"), &value.to_string());
    }
    text
}

/// The places of a text: `members` of "{members} Members".
fn places_of(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|after| after.split_once('}').map(|(place, _)| place))
}

/// The words that stand in cells, by the program's own: what is not translated stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms(BTreeMap<String, String>);

impl Terms {
    /// The office's word for one of the program's.
    #[must_use]
    pub fn say<'a>(&'a self, word: &'a str) -> &'a str {
        self.0.get(word).map_or(word, String::as_str)
    }
}

/// What `words.toml` holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWords {
    pub(super) sheets: BTreeMap<String, SheetWords>,
    terms: BTreeMap<String, String>,
}

impl RawWords {
    /// The words of cells, or the first that the program never says or says in no word.
    pub(super) fn terms(&self) -> Result<Terms, String> {
        if let Some(stranger) = self.terms.keys().find(|word| !TERMS.contains(&word.as_str())) {
            return Err(format!("no sheet says \"{stranger}\""));
        }
        if let Some((word, _)) = self.terms.iter().find(|(_, said)| said.trim().is_empty()) {
            return Err(format!("there is no word for \"{word}\""));
        }
        Ok(Terms(self.terms.clone()))
    }
}

/// The program's own words in cells of the report workbook.
pub const TERMS: &[&str] = &[
    // Cover
    "Cover",
    "What needs attention",
    "Nothing.",
    "Every row accounted for",
    "Contents",
    "Activities delivered",
    "Planned activities delivered",
    "Members reached",
    "Women participations",
    "Follow-up action taken",
    // Periods
    "Year to date",
    "Report period",
    "Year before, to date",
    "Year before, same period",
    "not yet due",
    "not yet over",
    "to",
    // Instead of a figure
    "no source",
    "no records",
    "no baseline",
    "no target",
    "under",
    "kept back",
    "None.",
    // What becomes of a planned item, and of a target
    "concrete",
    "recurring",
    "standing",
    "national",
    "sub-regional",
    "regional",
    "delivered",
    "partly",
    "not yet",
    "reached",
    "on track",
    "behind",
    "far behind",
    // How a KPI is counted
    "Events with an international organisation",
    "CB activities delivered",
    "Outputs delivered",
    "Members giving experts",
    "Members standing (register, follow-up)",
    "Members standing (register)",
    "Pairs of Members standing (register)",
    "Experts",
    "Contributions of developed Members",
    "Mean rating in percent",
    "Share of answers yes or partly",
    "Change against the previous plan year",
    "Members with inputs",
    "Answers",
    "Tangible results",
    "records linked to the action",
    "all delivered activities",
    "inside the period",
    "on the period's last day",
    // Units
    "activities",
    "Members",
    "pairs",
    "participations",
    "experts",
    "contributions",
    "percent",
    "items",
    "responses",
    "results",
    "entries",
    // Groups
    "Period",
    "Scope",
    "Section",
    "Member group",
    "Region",
    "National",
    "Sub-regional",
    "Regional",
    "Other types",
    "Other CB types",
    "Delivered",
    "Partly",
    "Not yet",
    "Funding",
    "Partner",
    "international organisation",
    // Findings and rows
    "error",
    "warning",
    "note",
    "All sheets",
    "The same mistake in a column, told once",
    "each cell: sheet",
];
