//! `data/rejected/<file>.csv`: the rejected rows of an input file, the columns that are read, with the reasons. Corrected and
//! dropped back into the inputs folder, such a file is read by the layout that read the rows before.
//!
//! Rows of a sheet of which a required column is missing are not repeated: there the header is to be corrected.
//! The participant, and columns of which it is not known what they hold, stay in the input.

use std::collections::BTreeMap;

use super::data::{Table, harmless};
use crate::artifact::Artifact;
use crate::findings::{Code, Finding, Severity};
use crate::intake::{Cell, Sheet, SourceFile};
use crate::records::{RETURNED, Records, RowId, Source, SourceId};

/// Characters of a file's, sheet's or layout's name that are kept in the name of a file of rejected rows.
const LONGEST: usize = 80;

/// Why a row was rejected: messages by file, sheet and row.
type Reasons<'a> = BTreeMap<(&'a str, &'a str, u32), Vec<&'a str>>;

/// One file for each sheet with rejected rows.
#[must_use]
pub fn rejected(records: &Records, files: &[SourceFile], findings: &[&Finding]) -> Vec<Artifact> {
    let mut rows: BTreeMap<SourceId, Vec<RowId>> = BTreeMap::new();
    for row in records.tally.rejected() {
        rows.entry(row.source).or_default().push(*row);
    }
    rows.retain(|source, _| !records.sources[source.index()].open.is_empty());
    let reasons = reasons(findings);
    let ids: Vec<SourceId> = rows.keys().copied().collect();
    let artifact = |(id, rows): (&SourceId, &Vec<RowId>)| {
        let source = &records.sources[id.index()];
        let file = files.iter().find(|file| file.path == source.file)?;
        let sheet = file.sheets.iter().find(|sheet| sheet.name == source.sheet)?;
        Some(table(source, sheet, rows, &reasons).artifact(&path(*id, &ids, records)))
    };
    rows.iter().filter_map(artifact).collect()
}

/// The file's name, with that of the sheet, and of the layout, where several have rejected rows. A sheet's name is
/// text of a spreadsheet: what could act as a path in it is replaced, and its number keeps two names apart.
fn path(id: SourceId, ids: &[SourceId], records: &Records) -> String {
    let source = &records.sources[id.index()];
    let others = || ids.iter().filter(|other| **other != id).map(|other| &records.sources[other.index()]);
    let same_file = others().any(|other| other.file == source.file);
    let same_sheet = others().any(|other| other.file == source.file && other.sheet == source.sheet);
    let name = |text: &str| {
        let safe = text.chars().take(LONGEST).map(|c| if in_names(c) { c } else { '_' });
        safe.collect::<String>().trim().to_owned()
    };
    let sheet = if same_file { format!(" {} {}", id.index() + 1, name(&source.sheet)) } else { String::new() };
    let layout = if same_sheet { format!(" {}", name(&source.layout)) } else { String::new() };
    let file: Vec<String> = source.file.split('/').map(name).collect();
    format!("data/rejected/{}{sheet}{layout}.csv", file.join("/"))
}

/// Characters that stay as they are in the name of a file, on every system.
fn in_names(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | ',' | '(' | ')' | '&' | '+' | '~' | '#')
}

fn reasons<'a>(findings: &[&'a Finding]) -> Reasons<'a> {
    let mut reasons: Reasons<'a> = BTreeMap::new();
    for finding in findings {
        let weighs = finding.severity() == Severity::Error || finding.code == Code::FormulaWithoutValue;
        let cell = &finding.origin.cell;
        let digits = cell.trim_start_matches(|c: char| !c.is_ascii_digit());
        if let Some(row) = digits.parse().ok().filter(|_| weighs) {
            let place = (finding.origin.file.as_str(), finding.origin.sheet.as_str(), row);
            reasons.entry(place).or_default().push(&finding.message);
        }
    }
    reasons
}

fn table(source: &Source, sheet: &Sheet, rows: &[RowId], reasons: &Reasons<'_>) -> Table {
    let headers: Vec<String> = source.open.iter().map(|(_, header)| harmless(header).into_owned()).collect();
    let header: Vec<&str> = headers.iter().map(String::as_str).chain(RETURNED).collect();
    let mut table = Table::new(&header);
    for row in rows {
        let Ok(at) = sheet.rows.binary_search(&row.row) else { continue };
        let cells = source.open.iter().map(|(column, _)| shown(source, sheet, sheet.cell(at, *column)));
        let why = reasons.get(&(source.file.as_str(), source.sheet.as_str(), row.row));
        let why = why.map(|messages| messages.join(" ")).unwrap_or_default();
        let fields: Vec<String> = cells
            .chain([harmless(&why).into_owned(), harmless(&source.sheet).into_owned(), row.row.to_string()])
            .collect();
        table.texts(fields);
    }
    table
}

/// A value as shown, numbers as the layout reads them back. A number is never taken for a formula.
fn shown(source: &Source, sheet: &Sheet, cell: Cell) -> String {
    let text = sheet.shown(cell);
    match cell {
        Cell::Number(_) if source.decimal_comma => text.replace('.', ","),
        Cell::Number(_) => text,
        _ => harmless(&text).into_owned(),
    }
}
