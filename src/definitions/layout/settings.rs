//! What a layout can say about a sheet beyond its headers and words.

use chrono::NaiveDate;

use super::kind::Field;

/// How numbers in Priority are read: 1 to `steps`, and which end is high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PriorityScale {
    /// The highest number.
    pub steps: u32,
    /// Whether 1 is the highest priority.
    pub one_is_high: bool,
}

/// Where the table of a layout stands in its sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TablePlace {
    /// How many rows the header has, where the layout says.
    pub header_rows: Option<usize>,
    /// The Excel row of the header's first row, where the layout says.
    pub header_row: Option<u32>,
    /// Which of several tables of the sheet, from 1.
    pub table: Option<usize>,
    /// Folded text of the row below which the table begins; empty where the layout does not say.
    pub starts_after: String,
    /// Position of the sheet in its file, from 1.
    pub sheet_index: Option<usize>,
}

impl TablePlace {
    /// Whether the layout names one of several tables of a sheet.
    #[must_use]
    pub fn one_of_several(&self) -> bool {
        self.table.is_some() || !self.starts_after.is_empty()
    }
}

/// A value that all rows of a file have.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    Bool(bool),
}

/// Several records of one row: one for each filled cell of some columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unpivot {
    /// The header of the column is a field, the cell another.
    Wide {
        /// The field that the header gives.
        field: Field,
        /// The field that the cell gives.
        value: Field,
        /// Which columns.
        columns: WideColumns,
        /// Columns, by folded header, whose cells name what the header of other columns does ("Others, please
        /// specify"), and the word that their records have for the value.
        in_words: Option<(Vec<String>, String)>,
    },
    /// Each column stands for a sort of people, the cell is their number.
    Split {
        /// The field that the cell gives.
        into: Field,
        /// Headers with the words they stand for.
        columns: Vec<(String, Vec<(Field, String)>)>,
    },
}

impl Unpivot {
    /// The fields that the columns give to each record.
    #[must_use]
    pub fn gives(&self) -> Vec<Field> {
        match self {
            Self::Wide { field, value, .. } => vec![*field, *value],
            Self::Split { into, columns } => {
                let words = columns.iter().flat_map(|(_, words)| words.iter().map(|(field, _)| *field));
                words.chain([*into]).collect()
            }
        }
    }
}

/// The columns of a wide sheet that are unpivoted; headers are folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WideColumns {
    /// These.
    Named(Vec<String>),
    /// From this one to that one.
    Span(String, String),
    /// All that are no field, but for these.
    AllBut(Vec<String>),
}

/// Rows to be skipped: where the cell of a column is one of these words. All folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkipRule {
    /// Header of the column.
    pub column: String,
    /// The words.
    pub words: Vec<String>,
}
