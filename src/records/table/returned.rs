//! Rejected rows that come back corrected: a csv file of the report's `data/rejected` folder, recognised by the
//! three columns that the report adds. Its header stands in the first row, wherever it stood before.

use std::ops::Range;

use crate::definitions::Layout;
use crate::intake::{Sheet, SourceFile};
use crate::terms::fold::fold;

/// The columns that the report adds behind those of the sheet.
pub const RETURNED: [&str; 3] = ["reason", "sheet", "row"];

/// What the file says about where its rows stood.
#[derive(Debug)]
pub(super) struct Returned {
    /// The name of the sheet.
    pub(super) sheet: String,
    /// The three columns.
    pub(super) columns: Range<usize>,
}

impl Returned {
    pub(super) fn of(sheet: &Sheet) -> Option<Self> {
        let shown = |row: usize, column: usize| sheet.shown(sheet.cell(row, column));
        let first = sheet.width().checked_sub(RETURNED.len())?;
        let added = RETURNED.iter().enumerate().all(|(at, name)| fold(&shown(0, first + at)) == *name);
        (added && !sheet.rows.is_empty())
            .then(|| Self { sheet: shown(1, first + 1), columns: first..first + RETURNED.len() })
    }

    /// The path to hold against a layout's patterns: that of the file the rows came from, where it fits.
    pub(super) fn path<'a>(&self, file: &'a SourceFile, layout: &Layout) -> &'a str {
        let before = file.path.strip_suffix(".csv").unwrap_or(&file.path);
        let sheet = format!(" {}", self.sheet);
        let whole = before.strip_suffix(sheet.as_str()).unwrap_or(before);
        [whole, before].into_iter().find(|path| layout.names_file(path)).unwrap_or(&file.path)
    }
}
