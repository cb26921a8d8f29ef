//! Where records come from: sheets and rows.

use std::collections::BTreeMap;

use crate::definitions::{Field, Kind};
use crate::findings::Origin;
use crate::intake::column_letters;

/// Index of a source sheet of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u16);

impl SourceId {
    /// The id of a position.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u16::try_from(index).expect("fewer than 65,536 sheets, by the limits of intake"))
    }

    /// Position in the list of sources.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A row of the run: source sheet and 1-based row number in it. Travels with every record to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId {
    /// The sheet.
    pub source: SourceId,
    /// The row number that Excel shows.
    pub row: u32,
}

/// A table of a sheet that a layout reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// File, relative to the inputs folder.
    pub file: String,
    /// Sheet name; empty for csv.
    pub sheet: String,
    /// What its rows are.
    pub kind: Kind,
    /// Name of the layout.
    pub layout: String,
    /// Whether its texts write decimals with a comma.
    pub decimal_comma: bool,
    /// Column numbers (0 = A) of the fields found.
    pub columns: BTreeMap<Field, usize>,
    /// Columns that may be shown outside the input, with the headers by which they are read again. A
    /// participant's name is in none of them.
    pub open: Vec<(usize, String)>,
}

impl Source {
    /// The place of a field in a row, for findings; of the row where the field has no column.
    #[must_use]
    pub fn origin(&self, row: u32, field: Field) -> Origin {
        let cell = match self.columns.get(&field) {
            Some(column) => format!("{}{row}", column_letters(*column)),
            None => format!("row {row}"),
        };
        Origin { file: self.file.as_str().into(), sheet: self.sheet.as_str().into(), cell: cell.into() }
    }

    /// The place of a row in words: "log.xlsx, sheet Q1, row 12".
    #[must_use]
    pub fn place(&self, row: u32) -> String {
        let sheet = if self.sheet.is_empty() { String::new() } else { format!(", sheet {}", self.sheet) };
        format!("{}{sheet}, row {row}", self.file)
    }
}
