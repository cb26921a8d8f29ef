//! Source layouts: which sheet holds which kind of record, and how its headers and words are read.
//!
//! `kind` has the kinds of record and their fields, `settings` what a layout can say beyond headers and
//! words, `load` reads and checks it.

mod kind;
mod load;
mod settings;

use std::collections::{BTreeMap, HashMap};

use globset::GlobSet;

pub use kind::{Field, Kind, LISTS_SHEET, REVIEW_SHEET, TOPICS_SHEET};
pub(super) use load::load;
pub use settings::{Constant, PriorityScale, SkipRule, TablePlace, Unpivot, WideColumns};

use crate::terms::fold::{fold, tidy};

/// A source layout.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own in the layout")]
pub struct Layout {
    /// Name: the file's name without `.toml`.
    pub name: String,
    /// What one row is.
    pub kind: Kind,
    patterns: Patterns,
    /// Where the table stands in its sheet.
    pub place: TablePlace,
    /// Rows that are no records.
    pub skip: Vec<SkipRule>,
    /// Whether `03/04/2025` is 3 April.
    pub day_first: bool,
    /// Whether `1.234,5` is 1234.5.
    pub decimal_comma: bool,
    /// Whether a bare number in a date column is a day of Excel's calendar.
    pub serial_dates: bool,
    /// Whether a month may stand for its days.
    pub months: bool,
    /// Lowest and highest rating.
    pub scale: Option<(f64, f64)>,
    /// How numbers in Priority are read.
    pub priorities: Option<PriorityScale>,
    fields: BTreeMap<Field, Vec<String>>,
    headers: HashMap<String, Field>,
    /// Values that all rows have.
    pub constants: BTreeMap<Field, Constant>,
    values: BTreeMap<Field, HashMap<String, String>>,
    /// Whether one row gives several records.
    pub unpivot: Option<Unpivot>,
    /// Fields that are the sum of several columns, by folded headers.
    pub sums: BTreeMap<Field, Vec<String>>,
}

/// How words are compared: folded, and a mark without letters (a tick) as it stands.
fn word_key(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() { tidy(text) } else { folded }
}

#[derive(Debug)]
struct Patterns {
    files: GlobSet,
    sheets: GlobSet,
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
        self.fields.get(&field).and_then(|headers| headers.first()).map_or(field.name(), String::as_str)
    }

    /// The spellings of a field's header; none where the field has no column.
    #[must_use]
    pub fn spellings(&self, field: Field) -> &[String] {
        self.fields.get(&field).map_or(&[], Vec::as_slice)
    }

    /// The fields that have columns.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.fields.keys().copied()
    }

    /// Whether the layout names a file by its path below the inputs folder, in any case.
    #[must_use]
    pub fn names_file(&self, path: &str) -> bool {
        self.patterns.files.is_match(path.to_lowercase())
    }

    /// Whether the layout names a sheet, in any case.
    #[must_use]
    pub fn names_sheet(&self, sheet: &str) -> bool {
        !sheet.is_empty() && self.patterns.sheets.is_match(sheet.to_lowercase())
    }

    /// Whether the layout says more than headers and words: then it is made for certain files, and reads
    /// no others.
    #[must_use]
    pub fn is_special(&self) -> bool {
        self.place != TablePlace::default()
            || self.unpivot.is_some()
            || !self.constants.is_empty()
            || !self.sums.is_empty()
    }

    /// Whether the layout is meant for a sheet: of the patterns for files and for sheets, each that it has fits.
    #[must_use]
    pub fn is_meant_for(&self, path: &str, sheet: &str) -> bool {
        let Patterns { files, sheets } = &self.patterns;
        let some = !files.is_empty() || !sheets.is_empty() || self.place.sheet_index.is_some();
        some && (files.is_empty() || self.names_file(path)) && (sheets.is_empty() || self.names_sheet(sheet))
    }

    /// The standard word for a cell's word: `F` for "Female".
    #[must_use]
    pub fn value(&self, field: Field, text: &str) -> Option<&str> {
        self.values.get(&field)?.get(&word_key(text)).map(String::as_str)
    }

    /// The standard words of a field, each with the words read as it, folded and sorted.
    #[must_use]
    pub fn vocabulary(&self, field: Field) -> BTreeMap<&str, Vec<&str>> {
        let mut vocabulary: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (spelling, word) in self.values.get(&field).into_iter().flatten() {
            vocabulary.entry(word).or_default().push(spelling);
        }
        for spellings in vocabulary.values_mut() {
            spellings.sort_unstable();
        }
        vocabulary
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
