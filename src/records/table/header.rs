//! The header of a table: one to three rows, the text of a band carried to the right.

use crate::intake::{Cell, Sheet};
use crate::terms::fold::tidy;

/// What stands above a column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::records) struct Label {
    /// The header itself; empty where the column has none.
    pub(in crate::records) own: String,
    /// The header with the bands above it: "Participants Female". The header itself where there is no band.
    pub(in crate::records) banded: String,
}

/// The header rows of a table, as indexes into the sheet's rows, and a label for each column.
#[derive(Debug, Clone, Default)]
pub(in crate::records) struct Header {
    pub(in crate::records) first: usize,
    pub(in crate::records) last: usize,
    pub(in crate::records) labels: Vec<Label>,
}

impl Header {
    /// Reads the header that stands in some rows.
    pub(super) fn read(sheet: &Sheet, first: usize, last: usize) -> Self {
        let rows: Vec<Vec<String>> = (first..=last).map(|row| texts(sheet, row)).collect();
        let bands: Vec<Vec<String>> = (0..rows.len() - 1).map(|level| carried(&rows, level)).collect();
        let label = |column: usize| {
            let Some(level) = (0..rows.len()).rev().find(|level| !rows[*level][column].is_empty()) else {
                return Label::default();
            };
            let own = rows[level][column].clone();
            let above = bands[..level.min(bands.len())].iter().map(|band| band[column].as_str());
            let parts: Vec<&str> = above.filter(|text| !text.is_empty()).chain([own.as_str()]).collect();
            Label { banded: parts.join(" "), own }
        };
        Self { first, last, labels: (0..sheet.width()).map(label).collect() }
    }

    /// The columns whose header is this text, folded, alone or with its bands.
    pub(super) fn named(&self, folded: &str) -> Vec<usize> {
        use crate::terms::fold::fold;
        let columns = self.labels.iter().enumerate();
        let hits = columns.filter(|(_, label)| fold(&label.banded) == folded || fold(&label.own) == folded);
        hits.map(|(column, _)| column).collect()
    }
}

fn texts(sheet: &Sheet, row: usize) -> Vec<String> {
    (0..sheet.width()).map(|column| tidy(&sheet.shown(sheet.cell(row, column)))).collect()
}

/// The band that stands over each column at a level above the last: its text, carried over the blank cells to
/// its right as far as something stands below them. A text with nothing below it is a header of its own, merged
/// downwards, and no band.
fn carried(rows: &[Vec<String>], level: usize) -> Vec<String> {
    let mut band = String::new();
    let columns = 0..rows[level].len();
    columns
        .map(|column| {
            let below = rows[level + 1..].iter().any(|row| !row[column].is_empty());
            let higher = rows[..level].iter().any(|row| !row[column].is_empty());
            let text = &rows[level][column];
            if !below {
                band.clear();
            } else if !text.is_empty() {
                band.clone_from(text);
            } else if higher {
                band.clear();
            }
            band.clone()
        })
        .collect()
}

/// Whether two rows of the sheet stand directly below each other.
pub(super) fn adjacent(sheet: &Sheet, upper: usize) -> bool {
    sheet.rows.get(upper + 1).is_some_and(|below| *below == sheet.rows[upper] + 1)
}

/// Whether a row holds words only, at least `least` of them: no numbers, dates or digits standing alone.
pub(super) fn only_words(sheet: &Sheet, row: usize, least: usize) -> bool {
    let mut words = 0;
    for (_, cell) in filled(sheet, row) {
        match cell {
            Cell::Text(id) if sheet.text(id).contains(char::is_alphabetic) => words += 1,
            _ => return false,
        }
    }
    words >= least
}

/// The filled cells of a row with their columns.
pub(super) fn filled(sheet: &Sheet, row: usize) -> impl Iterator<Item = (usize, Cell)> {
    let cells = (0..sheet.width()).map(move |column| (column, sheet.cell(row, column)));
    cells.filter(|(_, cell)| *cell != Cell::Empty)
}
