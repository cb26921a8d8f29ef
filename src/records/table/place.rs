//! Where a layout's table stands in a sheet: its header rows, and how far it goes.

use std::collections::BTreeSet;
use std::ops::Range;

use super::header::{Header, adjacent, filled, only_words};
use super::matching::{Matched, complete, given, matched};
use crate::definitions::{Field, Kind, Layout, TablePlace};
use crate::intake::{Cell, Sheet};
use crate::terms::fold::{find_words, fold};

/// How deep a header row is looked for.
const HEADER_SEARCH: usize = 30;
/// By how much row numbers differ over two wholly blank rows.
const GAP: u32 = 3;

/// A header found, and what the layout makes of it.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) header: Header,
    pub(super) matched: Matched,
    /// Fields with a column.
    pub(super) fields: Vec<Field>,
    /// Fields without one.
    pub(super) given: Vec<Field>,
    pub(super) complete: bool,
}

impl Found {
    fn read(sheet: &Sheet, layout: &Layout, first: usize, last: usize) -> Self {
        let header = Header::read(sheet, first, last);
        let matched = matched(layout, &header);
        let fields = matched.fields();
        let given = given(layout, &header, &matched);
        let both: Vec<Field> = fields.iter().chain(&given).copied().collect();
        Self { complete: complete(layout, &both), header, matched, fields, given }
    }

    /// Whether the row is a header row though columns are missing. A single word ("participant") may stand in a
    /// row of persons, whose names must never be shown.
    pub(super) fn says_enough(&self) -> bool {
        self.fields.len() > 1
    }

    fn known(&self) -> usize {
        self.fields.len() + self.given.len()
    }
}

/// Finds the header of a layout: of the rows that may hold it the topmost with all required columns, for the
/// records below it would be lost to a header further down; else the one with most columns.
pub(super) fn find(sheet: &Sheet, layout: &Layout, place: &TablePlace) -> Option<Found> {
    let region = region(sheet, place)?;
    let levels = place.header_rows.unwrap_or(1);
    let together = |first: usize| (first..first + levels - 1).all(|row| adjacent(sheet, row));
    let begins = match place.header_row {
        Some(row) => sheet.rows.binary_search(&row).map_or(0..0, |at| at..at + 1),
        None => region.start..region.start + HEADER_SEARCH,
    };
    let begins = begins.start.max(region.start)..begins.end.min(region.end);
    let firsts = begins.filter(|first| first + levels <= region.end && together(*first));
    let read = firsts.map(|first| Found::read(sheet, layout, first, first + levels - 1));
    let best = read.max_by_key(|found| {
        let columns = if found.complete { (0, 0) } else { (found.fields.len(), found.given.len()) };
        (found.complete, columns, usize::MAX - found.header.first)
    })?;
    let settled = place.header_rows.is_some() || place.header_row.is_some();
    Some(if settled { best } else { two_rows(sheet, layout, &region, best) })
}

/// The same header with the row above or below it, where the two are plainly one header.
fn two_rows(sheet: &Sheet, layout: &Layout, region: &Range<usize>, one: Found) -> Found {
    let row = one.header.last;
    if one.fields.is_empty() {
        return one;
    }
    let mut best = one;
    if row > region.start && adjacent(sheet, row - 1) && only_words(sheet, row - 1, 1) {
        let above = Found::read(sheet, layout, row - 1, row);
        if above.known() > best.known() && above.complete >= best.complete {
            best = above;
        }
    }
    if row + 1 < region.end && adjacent(sheet, row) && below_is_header(sheet, layout, row, &best) {
        let below = Found::read(sheet, layout, row, row + 1);
        let more = below.known() > best.known();
        // Below the header of a list, words that are no header are a person.
        let bands = layout.kind != Kind::Participation && best.header.first == row && under_bands(sheet, row);
        if below.complete >= best.complete && (more || bands) {
            best = below;
        }
    }
    best
}

/// Whether the row below a header may belong to it: words only, and nothing in the required columns.
fn below_is_header(sheet: &Sheet, layout: &Layout, row: usize, found: &Found) -> bool {
    let required = layout.kind.required().iter().copied().flatten();
    let mut columns = required.filter_map(|field| found.matched.of_column.iter().position(|of| *of == Some(*field)));
    only_words(sheet, row + 1, 2) && columns.all(|column| sheet.cell(row + 1, column) == Cell::Empty)
}

/// Whether every cell of the row below stands under a band of two columns or more, and one of them under a
/// blank cell of the header.
fn under_bands(sheet: &Sheet, row: usize) -> bool {
    let blank = |column: usize| sheet.cell(row, column) == Cell::Empty;
    let begins_band =
        |column: usize| !blank(column) && blank(column + 1) && sheet.cell(row + 1, column + 1) != Cell::Empty;
    let mut some = false;
    for (column, _) in filled(sheet, row + 1) {
        if blank(column) {
            some = true;
        } else if !begins_band(column) {
            return false;
        }
    }
    some
}

/// The rows in which the layout looks for its header.
fn region(sheet: &Sheet, place: &TablePlace) -> Option<Range<usize>> {
    let rows = sheet.rows.len();
    if !place.starts_after.is_empty() {
        let says = |row: &usize| filled(sheet, *row).any(|(_, cell)| says(sheet, cell, &place.starts_after));
        return (0..rows).find(says).map(|row| row + 1..rows);
    }
    match place.table {
        Some(number) => blocks(sheet).into_iter().nth(number - 1),
        None => Some(0..rows),
    }
}

fn says(sheet: &Sheet, cell: Cell, folded: &str) -> bool {
    matches!(cell, Cell::Text(id) if find_words(&fold(sheet.text(id)), folded, false).is_some())
}

/// The parts of a sheet between two wholly blank rows that look like tables: two rows with two cells each.
fn blocks(sheet: &Sheet) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for row in 1..=sheet.rows.len() {
        if row == sheet.rows.len() || sheet.rows[row] - sheet.rows[row - 1] >= GAP {
            blocks.push(start..row);
            start = row;
        }
    }
    let wide = |row: &usize| filled(sheet, *row).nth(1).is_some();
    blocks.retain(|block| block.clone().filter(wide).nth(1).is_some());
    blocks
}

/// The row that looks most like a header where no layout knows one: that with most words, with the bands above or
/// below it. Two of its cells must hold words that headers are made of, else it may be a row of names.
pub(in crate::records) fn guess(sheet: &Sheet, layouts: &[Layout]) -> Option<Header> {
    let known = header_words(layouts);
    let says =
        |cell: Cell| matches!(cell, Cell::Text(id) if fold(sheet.text(id)).split(' ').any(|word| known.contains(word)));
    let plain = |row: &usize| {
        only_words(sheet, *row, 2) && filled(sheet, *row).filter(|(_, cell)| says(*cell)).nth(1).is_some()
    };
    let words = |row: usize| filled(sheet, row).count();
    let rows = 0..sheet.rows.len().min(HEADER_SEARCH);
    let row = rows.filter(plain).max_by_key(|row| (words(*row), usize::MAX - row))?;
    if row > 0 && adjacent(sheet, row - 1) && only_words(sheet, row - 1, 2) {
        return Some(Header::read(sheet, row - 1, row));
    }
    let below = row + 1 < sheet.rows.len() && adjacent(sheet, row) && only_words(sheet, row + 1, 2);
    let last = if below && under_bands(sheet, row) { row + 1 } else { row };
    Some(Header::read(sheet, row, last))
}

/// Words that headers are made of: those of the layouts, and some more; but none that also tells what a person is.
fn header_words(layouts: &[Layout]) -> BTreeSet<String> {
    const MORE: [&str; 12] = [
        "name",
        "code",
        "total",
        "female",
        "male",
        "women",
        "men",
        "month",
        "email",
        "phone",
        "position",
        "organisation",
    ];
    let spellings = layouts.iter().flat_map(|layout| layout.fields().flat_map(|field| layout.spellings(field)));
    let folded: Vec<String> = spellings.map(|spelling| fold(spelling)).collect();
    let words = folded.iter().flat_map(|text| text.split(' ')).filter(|word| word.len() > 2).chain(MORE);
    let person = |word: &str| {
        layouts
            .iter()
            .any(|layout| layout.value(Field::Role, word).is_some() || layout.value(Field::Sex, word).is_some())
    };
    words
        .filter(|word| MORE.contains(word) || !person(word) && !matches!(*word, "member" | "members"))
        .map(str::to_owned)
        .collect()
}

/// The rows of a table below its header: to the end of the sheet, or, where it is one of several, to two
/// wholly blank rows or the next header.
pub(super) fn body(sheet: &Sheet, found: &Found, place: &TablePlace, layouts: &[Layout]) -> Range<usize> {
    let start = found.header.last + 1;
    let end = sheet.rows.len();
    if !place.one_of_several() {
        return start..end;
    }
    let gap = |row: usize| row > start && sheet.rows[row] - sheet.rows[row - 1] >= GAP;
    for row in start..end {
        if gap(row) {
            return start..row;
        }
        if is_header(sheet, row, layouts) {
            return start..before_title(sheet, start, row);
        }
    }
    start..end
}

/// Whether a row is the header of some layout.
fn is_header(sheet: &Sheet, row: usize, layouts: &[Layout]) -> bool {
    only_words(sheet, row, 2) && layouts.iter().any(|layout| Found::read(sheet, layout, row, row).complete)
}

/// The row at which the titles above a header begin: rows of one cell.
pub(super) fn before_title(sheet: &Sheet, start: usize, header: usize) -> usize {
    let title = |row: &usize| filled(sheet, *row).nth(1).is_none();
    let titles = (start..header).rev().take_while(title).count();
    header - titles
}
