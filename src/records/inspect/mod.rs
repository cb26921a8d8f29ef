//! What the job sees in a file: its sheets, headers and columns, which layout reads them, and a layout to start
//! from. Samples of columns under which persons may be named are not shown.

mod columns;
mod starting;

use serde::Serialize;

use super::table::{self, Header, Seen};
use crate::definitions::Layout;
use crate::findings::{Finding, Severity};
use crate::intake::{Sheet, SourceFile};

/// What the job sees in a file.
#[derive(Debug, Clone, Serialize)]
pub struct Inspection {
    /// The file's name.
    pub file: String,
    /// Its sheets that have rows.
    pub sheets: Vec<SheetView>,
}

/// What the job sees in a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetView {
    /// Name; empty for csv.
    pub name: String,
    /// Position in the file, from 1.
    pub position: usize,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Rows with something in them.
    pub rows: usize,
    /// Columns up to the last with something in it.
    pub columns_wide: usize,
    /// First and last Excel row of the header; none where no row looks like one.
    pub header: Option<(u32, u32)>,
    /// The columns.
    pub columns: Vec<ColumnView>,
    /// The layouts that read a table of the sheet.
    pub read_by: Vec<String>,
    /// Every layout, and why it does not read the sheet.
    pub layouts: Vec<LayoutView>,
    /// What the run would say about the headers.
    pub remarks: Vec<String>,
    /// A layout to start from, as TOML.
    pub starting_layout: String,
}

/// A column.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnView {
    /// Its letters.
    pub letter: String,
    /// Its header with the bands above it.
    pub header: String,
    /// `text`, `number`, `date`, `mixed` or `empty`.
    pub holds: &'static str,
    /// Rows below the header in which it is filled.
    pub filled: usize,
    /// Rows below the header.
    pub of: usize,
    /// Up to three values; none where the column may name persons.
    pub samples: Option<Vec<String>>,
    /// The field that reads it.
    pub field: Option<&'static str>,
}

/// What a layout makes of a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct LayoutView {
    /// The layout.
    pub name: String,
    /// Fields found.
    pub found: usize,
    /// Required columns that are not there.
    pub missing: Vec<String>,
    /// Whether the layout reads the sheet, or why not, in words.
    pub verdict: String,
}

/// Inspects a file.
#[must_use]
pub fn inspect(file: &SourceFile, layouts: &[Layout]) -> Inspection {
    let sheets = file.sheets.iter().map(|sheet| sheet_view(file, sheet, layouts)).collect();
    Inspection { file: file.path.clone(), sheets }
}

fn sheet_view(file: &SourceFile, sheet: &Sheet, layouts: &[Layout]) -> SheetView {
    let mut findings = Vec::new();
    let claims = table::claims(file, sheet, layouts, &mut findings);
    let seen = table::seen_by(file, sheet, layouts);
    let first = claims.first();
    let header = first.map(|claim| claim.header.clone()).or_else(|| likely(&seen, sheet, layouts)).unwrap_or_default();
    let body: Vec<usize> = match first {
        Some(claim) => claim.body.clone().filter(|row| table::skipped(claim, *row).is_none()).collect(),
        None => header.below(sheet).collect(),
    };
    let columns = columns::views(sheet, &header, &body, first);
    let read_by: Vec<String> =
        claims.iter().filter(|claim| claim.complete).map(|claim| claim.layout.name.clone()).collect();
    let starting_layout = starting::layout(
        file,
        sheet,
        &header,
        &columns,
        layouts,
        first.filter(|claim| claim.complete).map(|claim| claim.layout),
    );
    SheetView {
        name: sheet.name.clone(),
        position: sheet.position,
        hidden: sheet.hidden,
        rows: sheet.rows.len(),
        columns_wide: sheet.width(),
        header: (!header.labels.is_empty()).then(|| (sheet.rows[header.first], sheet.rows[header.last])),
        columns,
        layouts: seen.iter().map(|seen| layout_view(seen, sheet, &read_by)).collect(),
        read_by,
        remarks: findings.iter().filter(|finding| finding.severity() != Severity::Note).map(remark).collect(),
        starting_layout,
    }
}

/// The header where no layout reads the sheet: the one that a layout knows two columns of, else the row that
/// looks most like one.
fn likely(seen: &[Seen<'_>], sheet: &Sheet, layouts: &[Layout]) -> Option<Header> {
    let most = seen.iter().filter(|seen| seen.fields.len() > 1).rev().max_by_key(|seen| seen.fields.len());
    most.and_then(|seen| seen.header.clone()).or_else(|| table::guess(sheet, layouts))
}

fn remark(finding: &Finding) -> String {
    let value = if finding.value.is_empty() { String::new() } else { format!(" ({})", finding.value) };
    format!("{}: {}{value}", finding.code.as_str(), finding.message)
}

fn layout_view(seen: &Seen<'_>, sheet: &Sheet, read_by: &[String]) -> LayoutView {
    let name = seen.layout.name.clone();
    let missing: Vec<String> = seen.missing.iter().map(|field| seen.layout.header(*field).to_owned()).collect();
    let verdict = if read_by.contains(&name) {
        "reads this sheet".to_owned()
    } else if !seen.meant {
        "is made for other files or sheets".to_owned()
    } else if seen.fields.is_empty() {
        "finds none of its columns".to_owned()
    } else if missing.is_empty() {
        "could read this sheet; another layout finds more of it".to_owned()
    } else {
        let row = seen.header.as_ref().map_or(0, |header| sheet.rows[header.last]);
        format!("finds {} of its columns in row {row}, lacks {}", seen.fields.len(), missing.join(", "))
    };
    LayoutView { name, found: seen.fields.len(), missing, verdict }
}

impl Header {
    /// The rows below the header, to the end of the sheet.
    fn below(&self, sheet: &Sheet) -> std::ops::Range<usize> {
        let start = if self.labels.is_empty() { 0 } else { self.last + 1 };
        start..sheet.rows.len()
    }
}
