//! Which layout reads a sheet, and where its header stands.

use std::collections::BTreeMap;

use crate::definitions::{Field, Kind, Layout};
use crate::findings::{Code, Finding, Origin};
use crate::intake::{Cell, Sheet, SourceFile, column_letters};

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

/// A sheet that a layout reads.
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
    /// Column numbers (0 = A) of the fields found.
    pub columns: BTreeMap<Field, usize>,
}

impl Source {
    /// The place of a field in a row, for findings; of the row where the field has no column.
    #[must_use]
    pub fn origin(&self, row: u32, field: Field) -> Origin {
        let cell = match self.columns.get(&field) {
            Some(column) => format!("{}{row}", column_letters(*column)),
            None => format!("row {row}"),
        };
        Origin { file: self.file.clone(), sheet: self.sheet.clone(), cell }
    }

    /// The place of a row in words: "log.xlsx, sheet Q1, row 12".
    #[must_use]
    pub fn place(&self, row: u32) -> String {
        let sheet = if self.sheet.is_empty() { String::new() } else { format!(", sheet {}", self.sheet) };
        format!("{}{sheet}, row {row}", self.file)
    }
}

/// A sheet with the layout that claims it and the columns found.
pub(super) struct Claim<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) layout: &'a Layout,
    /// Index, in the sheet's rows, of the header row.
    pub(super) header: usize,
    pub(super) columns: BTreeMap<Field, usize>,
    /// Whether all required columns are there; else no row can be read.
    pub(super) complete: bool,
}

/// How deep a header row is looked for.
const HEADER_SEARCH: usize = 30;
/// How many headers must be known before a row is taken for a header row and its words are shown: a single
/// word ("participant") may stand in a row of persons, whose names must never be shown.
const HEADER_WORDS: usize = 2;
/// Weight of a column found, against a pattern that fits the sheet's or the file's name.
const COLUMN: usize = 4;
const SHEET_NAME: usize = 3;
const FILE_NAME: usize = 2;

/// Finds the layout that reads a sheet: all of its required columns are there, and of several such
/// layouts the one that finds most columns, names the sheet, names the file. A sheet that a layout
/// names without its required columns is claimed too, incomplete, so that it can be said what is missing.
pub(super) fn claim<'a>(
    file: &SourceFile,
    sheet: &'a Sheet,
    layouts: &'a [Layout],
    findings: &mut Vec<Finding>,
) -> Option<Claim<'a>> {
    let candidates = layouts.iter().map(|layout| candidate(file, sheet, layout));
    let best = candidates.max_by_key(|candidate| (candidate.complete, candidate.score));
    let Some(best) = best.filter(|best| best.complete || (best.named && best.found >= HEADER_WORDS)) else {
        findings.push(unclaimed(file, sheet, layouts));
        return None;
    };
    let mut claim = columns(file, sheet, best.layout, best.header, findings);
    claim.complete = best.complete;
    if !claim.complete {
        findings.extend(missing(file, sheet, &claim));
    }
    Some(claim)
}

struct Candidate<'a> {
    layout: &'a Layout,
    header: usize,
    found: usize,
    complete: bool,
    named: bool,
    score: usize,
}

fn candidate<'a>(file: &SourceFile, sheet: &Sheet, layout: &'a Layout) -> Candidate<'a> {
    let (names_sheet, names_file) = (layout.names_sheet(&sheet.name), layout.names_file(&file.path));
    let rows = 0..sheet.rows.len().min(HEADER_SEARCH);
    let best = rows
        .map(|row| (fields_in(sheet, layout, row), row))
        .max_by_key(|(fields, row)| (complete(layout, fields), fields.len(), usize::MAX - row));
    let (fields, header) = best.unwrap_or_default();
    let bonus = usize::from(names_sheet) * SHEET_NAME + usize::from(names_file) * FILE_NAME;
    Candidate {
        layout,
        header,
        found: fields.len(),
        complete: complete(layout, &fields),
        named: names_sheet || names_file,
        score: fields.len() * COLUMN + bonus,
    }
}

fn complete(layout: &Layout, fields: &[Field]) -> bool {
    layout.kind.required().iter().all(|group| group.iter().any(|field| fields.contains(field)))
}

/// The fields that the cells of a row name, each once.
fn fields_in(sheet: &Sheet, layout: &Layout, row: usize) -> Vec<Field> {
    let cells = (0..sheet.columns.len()).map(|column| sheet.cell(row, column));
    let mut fields: Vec<Field> = cells.filter_map(|cell| header_field(sheet, layout, cell)).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}

fn header_field(sheet: &Sheet, layout: &Layout, cell: Cell) -> Option<Field> {
    match cell {
        Cell::Text(id) => layout.field(sheet.text(id)),
        _ => None,
    }
}

/// The columns of a layout in the header row, with what is to be said about doubled and unknown ones.
fn columns<'a>(
    file: &SourceFile,
    sheet: &'a Sheet,
    layout: &'a Layout,
    header: usize,
    findings: &mut Vec<Finding>,
) -> Claim<'a> {
    let mut columns: BTreeMap<Field, usize> = BTreeMap::new();
    let origin =
        |column| Origin { file: file.path.clone(), sheet: sheet.name.clone(), cell: sheet.address(header, column) };
    for column in 0..sheet.columns.len() {
        let cell = sheet.cell(header, column);
        match header_field(sheet, layout, cell) {
            Some(field) if columns.contains_key(&field) => findings.push(
                Finding::new(
                    Code::HeaderDoubled,
                    origin(column),
                    format!(
                        "A second column for {}; the one at {} is read.",
                        layout.header(field),
                        sheet.address(header, columns[&field])
                    ),
                    "Rename or remove one of the two columns.",
                )
                .seen(sheet.shown(cell)),
            ),
            Some(field) => _ = columns.insert(field, column),
            None if cell != Cell::Empty => findings.push(
                Finding::new(
                    Code::HeaderUnknown,
                    origin(column),
                    format!("No field of the layout \"{}\" has this header; the column was not read.", layout.name),
                    format!("If it matters, add the header to config/sources/{}.toml.", layout.name),
                )
                .seen(sheet.shown(cell)),
            ),
            None => {}
        }
    }
    Claim { sheet, layout, header, columns, complete: true }
}

fn missing(file: &SourceFile, sheet: &Sheet, claim: &Claim<'_>) -> Vec<Finding> {
    let seen: Vec<String> = (0..sheet.columns.len())
        .map(|column| sheet.shown(sheet.cell(claim.header, column)))
        .filter(|text| !text.is_empty())
        .collect();
    let groups = claim
        .layout
        .kind
        .required()
        .iter()
        .filter(|group| !group.iter().any(|field| claim.columns.contains_key(field)));
    groups
        .map(|group| {
            let names: Vec<&str> = group.iter().map(|field| claim.layout.header(*field)).collect();
            Finding::new(
                Code::HeaderMissing,
                Origin {
                    file: file.path.clone(),
                    sheet: sheet.name.clone(),
                    cell: format!("row {}", sheet.rows[claim.header]),
                },
                format!(
                    "The sheet looks like {}, but has no column \"{}\"; none of its rows was read. Headers seen: {}.",
                    claim.layout.kind.as_str(),
                    names.join("\" or \""),
                    seen.join(", ")
                ),
                format!(
                    "Name the column \"{}\", or add its header to config/sources/{}.toml.",
                    names[0], claim.layout.name
                ),
            )
        })
        .collect()
}

/// A sheet that no layout reads. Its first row is shown only where a layout knows one of the headers, for
/// it may otherwise be a row of names.
fn unclaimed(file: &SourceFile, sheet: &Sheet, layouts: &[Layout]) -> Finding {
    let known = layouts.iter().any(|layout| fields_in(sheet, layout, 0).len() >= HEADER_WORDS);
    let first = (0..sheet.columns.len().min(12)).map(|column| sheet.shown(sheet.cell(0, column)));
    let seen: Vec<String> = first.filter(|text| known && !text.is_empty() && !text.contains('@')).collect();
    let names: Vec<&str> = layouts.iter().map(|layout| layout.name.as_str()).collect();
    Finding::new(
        Code::SheetUnclaimed,
        Origin { file: file.path.clone(), sheet: sheet.name.clone(), cell: String::new() },
        format!(
            "No source layout ({}) finds its columns in this sheet; its {} rows are not in the report.",
            names.join(", "),
            sheet.rows.len()
        ),
        "Use the default headers of one kind of record, or write a layout for it in config/sources/.",
    )
    .seen(seen.join(" | "))
}
