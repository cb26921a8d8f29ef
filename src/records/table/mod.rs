//! Which layout reads a sheet, and where in the sheet its table stands.
//!
//! `header` reads header rows and their bands, `matching` finds the fields they name, `fields` knows their columns,
//! `place` finds the header and the rows below it, `columns` says what is to be said about headers, `skip` knows the rows of a table that
//! are no records, `returned` recognises rejected rows that come back corrected.

mod columns;
mod fields;
mod header;
mod matching;
mod open;
mod place;
mod returned;
mod skip;

use std::ops::Range;

use super::source::Source;
use crate::definitions::{Field, Kind, Layout, TablePlace};
use crate::findings::{Code, Finding, Origin};
use crate::intake::{Cell, Sheet, SourceFile};
use crate::terms::figure::counted;
use fields::Columns;
pub(super) use header::Header;
pub(super) use open::is_personal;
use place::Found;
pub(super) use place::guess;
pub use returned::RETURNED;
use returned::Returned;
pub(super) use skip::{Skip, skipped};

/// A column of which each filled cell gives a record.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) column: usize,
    /// What the header gives.
    pub(super) words: Vec<(Field, String)>,
    /// What the cell gives.
    pub(super) value: Field,
    /// Whether the cell is a number of people: then zero gives no record.
    pub(super) counts: bool,
    /// Whether the cell says in words what the headers of other columns name.
    pub(super) told: bool,
}

/// A table of a sheet with the layout that reads it and the columns found.
pub(super) struct Claim<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) layout: &'a Layout,
    pub(super) header: Header,
    /// The rows below the header, as indexes into the sheet's rows.
    pub(super) body: Range<usize>,
    pub(super) columns: Columns,
    /// Fields without a column of their own.
    pub(super) given: Vec<Field>,
    pub(super) slots: Vec<Slot>,
    pub(super) sums: Vec<(Field, Vec<usize>)>,
    pub(super) skips: Vec<(usize, &'a [String])>,
    /// Whether all required columns are there; else no row can be read.
    pub(super) complete: bool,
}

impl Claim<'_> {
    /// Whether each row gives one record, of its own cells.
    pub(super) fn is_plain(&self) -> bool {
        !self.complete || (self.layout.unpivot.is_none() && self.sums.is_empty())
    }

    /// The source of the claim's records.
    pub(super) fn source(&self, file: &SourceFile) -> Source {
        Source {
            file: file.path.clone(),
            sheet: self.sheet.name.clone(),
            kind: self.layout.kind,
            layout: self.layout.name.clone(),
            columns: self.columns.iter().collect(),
            open: open::columns(self),
            decimal_comma: self.layout.decimal_comma,
        }
    }

    /// Says how many records came of how many rows.
    pub(super) fn unpivoted(&self, file: &SourceFile, (rows, records): (usize, usize)) -> Finding {
        let message = format!(
            "{} gave {} from {}; a row is counted once, in the best place of its records.",
            counted(rows, "row", "rows"),
            counted(records, "record", "records"),
            counted(self.slots.len(), "column", "columns")
        );
        let cell = format!("row {}", self.sheet.rows[self.header.last]);
        let origin =
            Origin { file: file.path.as_str().into(), sheet: self.sheet.name.as_str().into(), cell: cell.into() };
        Finding::new(Code::CellsUnpivoted, origin, message, "Nothing to do.")
    }
}

/// Says which rows of a table are no records.
pub(super) fn skipped_finding(source: &Source, skip: Skip, rows: &[u32]) -> Finding {
    let cell = rows.first().map(|row| format!("row {row}")).unwrap_or_default();
    let origin = Origin { file: source.file.as_str().into(), sheet: source.sheet.as_str().into(), cell: cell.into() };
    let message = format!("{} skipped: {}.", rows_in_words(rows), skip.as_str());
    Finding::new(Code::RowsSkipped, origin, message, "Nothing to do, unless a record is among them.")
}

/// Weight of a column found, against a pattern that fits the sheet's or the file's name, and against a layout
/// that says more than headers and words.
const COLUMN: usize = 4;
const SHEET_NAME: usize = 3;
const FILE_NAME: usize = 2;
const SPECIAL: usize = 1_000_000;

/// What a layout makes of a sheet.
struct Candidate<'a> {
    layout: &'a Layout,
    found: Found,
    place: TablePlace,
    named: bool,
    score: usize,
}

impl Candidate<'_> {
    fn complete(&self) -> bool {
        self.found.complete
    }
}

/// Finds the layouts that read a sheet: the best one, then layouts made for another table of the sheet. A sheet
/// that a layout names without its required columns is claimed too, incomplete, so that it can be said what is
/// missing.
pub(super) fn claims<'a>(
    file: &SourceFile,
    sheet: &'a Sheet,
    layouts: &'a [Layout],
    findings: &mut Vec<Finding>,
) -> Vec<Claim<'a>> {
    let returned = Returned::of(sheet);
    let mut candidates: Vec<Candidate<'a>> =
        layouts.iter().filter_map(|layout| candidate(file, sheet, layout, returned.as_ref())).collect();
    let Some(best) = best(&candidates) else {
        findings.push(columns::unclaimed(file, sheet, layouts));
        return Vec::new();
    };
    let mut chosen = vec![candidates.swap_remove(best)];
    chosen.extend(candidates.into_iter().filter(|other| other.complete() && other.place.one_of_several()));
    let tables = tables(sheet, layouts, chosen);
    let origin = Origin { file: file.path.as_str().into(), sheet: sheet.name.as_str().into(), cell: "".into() };
    findings.extend(outside(sheet, &tables, origin));
    let noise = returned.map_or(0..0, |returned| returned.columns);
    let tables = tables.into_iter();
    tables.map(|(candidate, body)| columns::claim(file, sheet, candidate, body, noise.clone(), findings)).collect()
}

/// The candidate that reads a sheet: the complete one that finds most. But a sheet that a layout names, and of
/// which it knows more columns than a layout that does not name it, belongs to the layout that names it though a
/// required column is missing: a survey without its date column is no list. So does every sheet named as a
/// participation list, for what else is read from it could be a name.
fn best(candidates: &[Candidate<'_>]) -> Option<usize> {
    let of = |wanted: &dyn Fn(&Candidate<'_>) -> bool| {
        (0..candidates.len()).filter(|at| wanted(&candidates[*at])).max_by_key(|at| candidates[*at].score)
    };
    let complete = of(&|other| other.complete());
    let named = of(&|other| !other.complete() && other.named && other.found.says_enough());
    let (Some(complete), Some(named)) = (complete, named) else { return complete.or(named) };
    let (whole, lacking) = (&candidates[complete], &candidates[named]);
    let more = lacking.found.fields.len() > whole.found.fields.len();
    let list = lacking.layout.kind == Kind::Participation;
    Some(if !whole.named && (more || list) { named } else { complete })
}

/// What a layout makes of a sheet, for people.
pub(super) struct Seen<'a> {
    pub(super) layout: &'a Layout,
    /// Whether the layout is not made for other sheets.
    pub(super) meant: bool,
    /// The rows in which it finds most of its columns.
    pub(super) header: Option<Header>,
    pub(super) fields: Vec<Field>,
    /// The first field of each required group of which none is there.
    pub(super) missing: Vec<Field>,
}

/// What every layout makes of a sheet.
pub(super) fn seen_by<'a>(file: &SourceFile, sheet: &Sheet, layouts: &'a [Layout]) -> Vec<Seen<'a>> {
    let returned = Returned::of(sheet);
    let seen = |layout: &'a Layout| {
        let candidate = candidate(file, sheet, layout, returned.as_ref());
        let meant = candidate.is_some();
        let found = candidate.map(|candidate| candidate.found).unwrap_or_default();
        let there = |field: &Field| found.fields.contains(field) || found.given.contains(field);
        let lacking = layout.kind.required().iter().filter(|group| !group.iter().any(there));
        let missing = lacking.map(|group| group[0]).collect();
        let header = (!found.header.labels.is_empty()).then_some(found.header);
        Seen { layout, meant, header, fields: found.fields, missing }
    };
    layouts.iter().map(seen).collect()
}

/// What a layout makes of a sheet; none where it is made for other sheets.
fn candidate<'a>(
    file: &SourceFile,
    sheet: &Sheet,
    layout: &'a Layout,
    returned: Option<&Returned>,
) -> Option<Candidate<'a>> {
    let (path, name) = match returned {
        Some(returned) => (returned.path(file, layout), returned.sheet.as_str()),
        None => (file.path.as_str(), sheet.name.as_str()),
    };
    let position = layout.place.sheet_index.filter(|_| returned.is_none());
    if layout.is_special() && !layout.is_meant_for(path, name) || position.is_some_and(|at| at != sheet.position) {
        return None;
    }
    let place = if returned.is_some() { TablePlace::default() } else { layout.place.clone() };
    let found = place::find(sheet, layout, &place).unwrap_or_default();
    let (names_sheet, names_file) = (layout.names_sheet(name), layout.names_file(path));
    let made_for = layout.is_special() && !found.fields.is_empty();
    let score = found.fields.len() * COLUMN
        + usize::from(names_sheet) * SHEET_NAME
        + usize::from(names_file) * FILE_NAME
        + usize::from(made_for) * SPECIAL;
    Some(Candidate { layout, found, place, named: names_sheet || names_file || layout.is_special(), score })
}

/// The tables of the chosen with the rows below their headers, from top to bottom. A table that overlaps one
/// chosen before it is dropped; one that goes on to the end of the sheet ends where the next begins.
fn tables<'a>(sheet: &Sheet, layouts: &[Layout], chosen: Vec<Candidate<'a>>) -> Vec<(Candidate<'a>, Range<usize>)> {
    let begins: Vec<usize> = chosen.iter().map(|candidate| candidate.found.header.first).collect();
    let mut tables: Vec<(Candidate<'a>, Range<usize>)> = Vec::new();
    for candidate in chosen {
        let mut body = place::body(sheet, &candidate.found, &candidate.place, layouts);
        let next = begins.iter().filter(|begin| body.contains(begin)).min();
        if let Some(next) = next {
            body.end = place::before_title(sheet, body.start, *next);
        }
        let first = candidate.found.header.first;
        let overlaps =
            |(other, rows): &(Candidate<'_>, Range<usize>)| first < rows.end && other.found.header.first < body.end;
        if !tables.iter().any(overlaps) {
            tables.push((candidate, body));
        }
    }
    tables.sort_by_key(|(candidate, _)| candidate.found.header.first);
    tables
}

/// Rows that stand in none of the tables read.
fn outside(sheet: &Sheet, tables: &[(Candidate<'_>, Range<usize>)], origin: Origin) -> Option<Finding> {
    let several = tables.iter().any(|(candidate, _)| candidate.place.one_of_several());
    let within =
        |row: &usize| tables.iter().any(|(candidate, body)| (candidate.found.header.first..body.end).contains(row));
    // Titles and notes above a table fill a cell or two; a row that fills more may be a record.
    let wide =
        |row: &usize| several || (0..sheet.width()).filter(|at| sheet.cell(*row, *at) != Cell::Empty).nth(2).is_some();
    let rows = (0..sheet.rows.len()).filter(|row| !within(row) && wide(row));
    let rows: Vec<u32> = rows.map(|row| sheet.rows[row]).collect();
    let first = rows.first()?;
    let names: Vec<&str> = tables.iter().map(|(candidate, _)| candidate.layout.name.as_str()).collect();
    Some(Finding::new(
        Code::RowsOutsideTable,
        Origin { cell: format!("row {first}").into(), ..origin },
        format!("{} outside the tables that the layouts read ({}).", rows_in_words(&rows), names.join(", ")),
        "Nothing to do, unless they hold records: then write a layout for their table.",
    ))
}

/// "Rows 3, 7 to 9 and 12".
pub(super) fn rows_in_words(rows: &[u32]) -> String {
    const SHOWN: usize = 20;
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => runs.push((*row, *row)),
        }
    }
    let word =
        |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first} to {last}") };
    let shown: Vec<String> = runs.iter().take(SHOWN).map(word).collect();
    let more = if runs.len() > SHOWN { format!(" and {} more places", runs.len() - SHOWN) } else { String::new() };
    format!("{} {}{more}", if rows.len() == 1 { "Row" } else { "Rows" }, shown.join(", "))
}
