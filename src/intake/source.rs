//! Reads one file.

use std::fs::File;
use std::io::Read;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::archive;
use super::delimited;
use super::discover::FoundFile;
use super::hidden_rows::HiddenRows;
use super::isolation::isolated;
use super::kind::{self, Kind};
use super::limits::Limits;
use super::opendocument;
use super::plain_workbook;
use super::sheet::Sheet;
use super::trouble::Trouble;
use super::workbook::{self, ReadSheet};
use super::{REPORT, SourceFile};
use crate::cores;
use crate::findings::{Code, Finding, Origin};

/// What came of a file.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// The hash of its content; none where the file was left aside before anybody read it through.
    pub(crate) sha256: Option<String>,
    /// Its sheets; none where it could not be read, or where another file has the same content.
    pub(crate) source: Option<SourceFile>,
    /// What there is to say about it.
    pub(crate) findings: Vec<Finding>,
}

/// Reads a file. `is_first` is told its hash and says whether no file before it in the list has the same; else its
/// sheets are not read.
pub(crate) fn read(file: &FoundFile, limits: &Limits, is_first: impl FnOnce(&str) -> bool) -> Outcome {
    let mut outcome = Outcome::default();
    if let Err(trouble) = read_into(&mut outcome, file, limits, is_first) {
        outcome.findings = vec![trouble.at(&file.path)];
    }
    outcome
}

fn read_into(
    outcome: &mut Outcome,
    file: &FoundFile,
    limits: &Limits,
    is_first: impl FnOnce(&str) -> bool,
) -> Result<(), Trouble> {
    let bytes = content(file, limits)?;
    let mut kind = Some(isolated(|| kind::recognise(&file.path, &bytes, limits))?);
    let is_report = kind.as_mut().is_some_and(is_report);
    // Where no other file can have the same content, it is read while its hash is made.
    let ahead = file.is_alone.then(|| kind.take()).flatten();
    let (sha256, ahead) = cores::both(|| hash(&bytes), || ahead.map(|kind| isolated(|| sheets(kind, &bytes, limits))));
    outcome.sha256 = Some(sha256.clone());
    if is_first(&sha256) {
        let read = match (ahead, kind) {
            (Some(read), _) => read,
            (None, Some(kind)) => isolated(|| sheets(kind, &bytes, limits)),
            (None, None) => unreachable!("a file is read ahead or not"),
        }?;
        let numbered = read.into_iter().enumerate();
        let sheets = numbered.filter_map(|(at, sheet)| {
            let mut sheet = kept(sheet, &file.path, &mut outcome.findings)?;
            sheet.position = at + 1;
            Some(sheet)
        });
        let sheets = sheets.collect();
        let bytes = bytes.len() as u64;
        outcome.source = Some(SourceFile { path: file.path.clone(), sha256, bytes, is_report, sheets });
    }
    Ok(())
}

/// Whether the properties of a workbook say that it is a report of this program.
fn is_report(kind: &mut Kind<'_>) -> bool {
    let Kind::Workbook(archive) = kind else { return false };
    isolated(|| Ok(archive::beginning(archive, "docProps/core.xml"))).is_ok_and(|text| text.contains(REPORT))
}

fn content(file: &FoundFile, limits: &Limits) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    let opened = File::open(&file.place).map_err(|error| Trouble::closed(&error))?;
    let stated = opened.metadata().map_or(0, |nature| nature.len().min(limits.file_bytes));
    // One byte more, so that the end is found without asking for more memory.
    bytes.reserve_exact(usize::try_from(stated).unwrap_or(0) + 1);
    opened.take(limits.file_bytes + 1).read_to_end(&mut bytes).map_err(|error| Trouble::closed(&error))?;
    if bytes.len() as u64 <= limits.file_bytes {
        return Ok(bytes);
    }
    Err(if kind::claims_rows(&kind::ending(&file.path)) {
        Trouble::too_large(
            format!("The file is larger than the limit of {} bytes.", limits.file_bytes),
            "Split it by year or month, delete pictures from it, or raise the limit in the configuration.",
        )
    } else {
        Trouble::skipped("it is large, and its name is not that of a spreadsheet")
    })
}

fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Old workbooks are opened one at a time: each may take a gigabyte for a moment.
static ONE_OLD_WORKBOOK: Mutex<()> = Mutex::new(());

fn sheets(kind: Kind<'_>, bytes: &[u8], limits: &Limits) -> Result<Vec<ReadSheet>, Trouble> {
    let sheets = match kind {
        Kind::Workbook(mut archive) => match plain_workbook::read(&mut archive, limits) {
            Some(sheets) => Ok(sheets),
            None => workbook::read_xlsx(bytes, archive, limits),
        },
        Kind::BinaryWorkbook => workbook::read_xlsb(bytes, limits),
        Kind::OpenDocument(mut archive) => opendocument::read_ods(&mut archive, limits),
        Kind::OldWorkbook => {
            let _turn = ONE_OLD_WORKBOOK.lock().unwrap_or_else(PoisonError::into_inner);
            workbook::read_xls(bytes, limits)
        }
        Kind::Text(text, delimiter) => {
            let outcome = delimited::read_text(&text, delimiter, limits);
            Ok(vec![ReadSheet { name: String::new(), outcome, hidden_rows: HiddenRows::default() }])
        }
    }?;
    if sheets.is_empty() {
        return Err(Trouble::damaged("there are no sheets in the workbook"));
    }
    Ok(sheets)
}

/// A sheet with rows; else none, and a finding that says why.
fn kept(sheet: ReadSheet, file: &str, findings: &mut Vec<Finding>) -> Option<Sheet> {
    let ReadSheet { name, outcome, hidden_rows } = sheet;
    let what = if name.is_empty() { "file" } else { "sheet" };
    match outcome {
        Err(trouble) => findings.push(trouble.at_sheet(file, &name)),
        Ok(sheet) if sheet.rows.is_empty() => findings.push(Trouble::empty(what).at_sheet(file, &name)),
        Ok(sheet) => {
            if sheet.hidden {
                findings.push(hidden(file, &name));
            }
            findings.extend(hidden_rows.finding(&sheet.rows, file, &name));
            return Some(sheet);
        }
    }
    None
}

fn hidden(file: &str, sheet: &str) -> Finding {
    Finding::new(
        Code::SheetHidden,
        Origin { file: file.into(), sheet: sheet.into(), cell: "".into() },
        "The sheet is hidden in Excel and was read like any other.",
        "If its rows should not count, delete the sheet.",
    )
}
