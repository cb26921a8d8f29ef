//! What the files in the inputs folder say: sheets of typed cells, and a finding for everything that was not read.
//!
//! Files go through these rooms, in this order:
//!
//! - `discover` lists them; `source` takes one at a time from there on.
//! - `kind` says what a file is, by its content. `archive` and `markup` look into compressed workbooks, `compound`,
//!   `biff` and `biff_records` into old ones, before anything is unpacked or believed; `encoding` and `delimiter`
//!   into text.
//! - `plain_workbook` reads xlsx as nearly all programs write it: `skeleton` asks calamine for the frame, `streaming`
//!   unpacks, `cell_elements` (with `plain_cells` and `cell_content`) and `string_items` read `xml_bytes`. It reads a
//!   file rightly or not at all. `plain_records` does the same for text, in pieces side by side.
//! - `workbook` (every other Excel file, by calamine), `opendocument` with `open_cell`, and `delimited` read the cells
//!   as `value`s. `error_texts` helps calamine over error values that it does not know.
//! - `hidden_rows` are noted on the way: by `row_tags` while an xlsx is unpacked (`sheet_parts` says whose they are), by
//!   `biff`, and by `opendocument`. Those of xlsb are not known.
//! - `rows` gathers them into a [`Sheet`] and watches the [`Limits`]; `packed`, `texts` and `text_list` keep them small.
//! - `trouble` words what goes wrong, `isolation` catches a reader that panics.

mod archive;
mod biff;
mod biff_records;
mod cell_content;
mod cell_elements;
mod compound;
mod delimited;
mod delimiter;
mod discover;
mod encoding;
mod error_texts;
mod hidden_rows;
mod isolation;
mod kind;
mod limits;
mod markup;
mod open_cell;
mod opendocument;
mod packed;
mod plain_cells;
mod plain_records;
mod plain_workbook;
mod row_tags;
mod rows;
mod sheet;
mod sheet_parts;
mod skeleton;
mod source;
mod streaming;
mod string_items;
mod text_list;
mod texts;
mod trouble;
mod value;
mod workbook;
mod xml_bytes;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use discover::{Found, FoundFile};
pub use limits::Limits;
pub use sheet::{Cell, Sheet, TextId, column_letters};
use source::Outcome;

use crate::cores;
use crate::findings::{Code, Finding, Origin};

/// A text about the inputs as a whole, which reports repeat: that they are a sample, for instance.
pub const NOTICE: &str = "notice.txt";

/// The category in the properties of a workbook that is a report of this program.
pub const REPORT: &str = "rspkpi report";

/// One input file as found.
#[derive(Debug)]
pub struct SourceFile {
    /// Where it lies below the inputs folder, with forward slashes.
    pub path: String,
    /// SHA-256 of its content, 64 small hexadecimal digits.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// Whether it is a report of this program, by its properties.
    pub is_report: bool,
    /// Its sheets that have rows, in the order of the file. A csv file is one sheet without a name.
    pub sheets: Vec<Sheet>,
}

/// Why no file at all could be read. Trouble with a single file is a finding.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// There is no such folder.
    #[error("the inputs folder {} does not exist; create it and put the spreadsheets in it", .0.display())]
    NoFolder(PathBuf),
    /// The path names a file.
    #[error("{} is a file; give the folder that holds the spreadsheets", .0.display())]
    NotAFolder(PathBuf),
    /// The folder cannot be listed.
    #[error("the inputs folder {} cannot be opened; check that you may read it", .0.display())]
    Closed(PathBuf, #[source] std::io::Error),
}

/// Reads all files below a folder, whatever their names, in parallel. Files and findings come in the order of the
/// paths, compared byte by byte, which is the same on every system. `progress` is called after each file with the
/// number of files done, the number of files, and the file's path; the order of the calls is that of time.
///
/// # Errors
///
/// If the folder is missing, is a file, or cannot be listed.
pub fn read_folder(
    folder: &Path,
    limits: &Limits,
    progress: &(dyn Fn(usize, usize, &str) + Sync),
) -> Result<(Vec<SourceFile>, Vec<Finding>), IntakeError> {
    if !folder.exists() {
        return Err(IntakeError::NoFolder(folder.to_owned()));
    }
    if !folder.is_dir() {
        return Err(IntakeError::NotAFolder(folder.to_owned()));
    }
    let found = discover::list(folder).map_err(|error| IntakeError::Closed(folder.to_owned(), error))?;
    let files: Vec<&FoundFile> = found.iter().filter_map(Found::file).collect();
    let outcomes = read_all(&files, limits, progress);
    Ok(in_order(&found, outcomes))
}

/// Reads a single file, wherever it lies; its path is its name. Without a file there is a finding that says why.
#[must_use]
pub fn read_file(place: &Path, limits: &Limits) -> (Option<SourceFile>, Vec<Finding>) {
    let _quiet = isolation::QuietPanics::begin();
    let path = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let outcome = source::read(&FoundFile { place: place.to_owned(), path, is_alone: true }, limits, |_| true);
    (outcome.source, outcome.findings)
}

/// Reads files side by side. Of two files with the same content the first in the list is
/// read; that the later one was begun earlier costs time but changes nothing.
fn read_all(files: &[&FoundFile], limits: &Limits, progress: &(dyn Fn(usize, usize, &str) + Sync)) -> Vec<Outcome> {
    let _quiet = isolation::QuietPanics::begin();
    let done = AtomicUsize::new(0);
    let first_of_hash: Mutex<BTreeMap<String, usize>> = Mutex::default();
    cores::each(files.len(), |index| {
        let is_first = |hash: &str| {
            let mut first_of_hash = first_of_hash.lock().unwrap_or_else(PoisonError::into_inner);
            let first = first_of_hash.entry(hash.to_owned()).or_insert(index);
            *first = index.min(*first);
            *first == index
        };
        let outcome = source::read(files[index], limits, is_first);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, files.len(), &files[index].path);
        outcome
    })
}

/// Files and findings in the order of the list, each content once.
fn in_order(found: &[Found], outcomes: Vec<Outcome>) -> (Vec<SourceFile>, Vec<Finding>) {
    let mut outcomes = outcomes.into_iter();
    let mut first_of_hash: BTreeMap<String, &str> = BTreeMap::new();
    let mut files = Vec::new();
    let mut findings = Vec::new();
    for found in found {
        match found {
            Found::Aside(finding) => findings.push(finding.clone()),
            Found::File(file) => {
                let outcome = outcomes.next().expect("each file has one outcome");
                if let Some(first) = outcome.sha256.as_ref().and_then(|hash| first_of_hash.get(hash)) {
                    findings.push(twice(&file.path, first));
                } else {
                    first_of_hash.extend(outcome.sha256.map(|hash| (hash, file.path.as_str())));
                    files.extend(outcome.source);
                    findings.extend(outcome.findings);
                }
            }
        }
    }
    (files, findings)
}

fn twice(file: &str, first: &str) -> Finding {
    Finding::new(
        Code::FileTwice,
        Origin { file: file.into(), ..Origin::default() },
        format!("The file has the same content as {first} and was not read again."),
        "Delete one of the two.",
    )
}
