//! An office's folder for the tests: the shipped configuration, layouts of its own, and its spreadsheets.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rspkpi::definitions::Definitions;
use rspkpi::findings::{Code, Finding};
use rspkpi::pipeline::{PeriodAsked, Request, Run, examine, make_report};
use rspkpi::records::{Place, SourceTally};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use tempfile::TempDir;

/// An office. Files and layouts are added one after the other.
pub(crate) struct Office {
    folder: TempDir,
}

impl Office {
    pub(crate) fn new() -> Self {
        let office = Self { folder: TempDir::new().expect("a temporary folder") };
        copy(Path::new("config"), &office.path("config"));
        fs::create_dir(office.path("inputs")).expect("a folder");
        office
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A layout of the office's own, besides the shipped ones.
    pub(crate) fn layout(self, name: &str, toml: &str) -> Self {
        fs::write(self.path(&format!("config/sources/{name}.toml")), toml).expect("a file");
        self
    }

    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.path(&format!("inputs/{name}")), content).expect("a file");
        self
    }

    /// A workbook of one sheet. Dates and numbers become such cells.
    pub(crate) fn xlsx(self, name: &str, rows: &[&[&str]]) -> Self {
        self.sheets(name, &[("Sheet1", rows)])
    }

    pub(crate) fn sheets(self, name: &str, sheets: &[(&str, &[&[&str]])]) -> Self {
        let mut workbook = Workbook::new();
        for (name, rows) in sheets {
            fill(workbook.add_worksheet().set_name(*name).expect("a name"), rows);
        }
        let bytes = workbook.save_to_buffer().expect("a workbook");
        self.file(name, bytes)
    }

    pub(crate) fn definitions(&self) -> Result<Definitions, String> {
        Definitions::load(&self.path("config"), None).map_err(|error| error.to_string())
    }

    pub(crate) fn request(&self) -> Request {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        Request {
            config: self.path("config"),
            inputs: self.path("inputs"),
            out: self.path("reports"),
            period: Some(PeriodAsked::Free(day(2025, 7, 1), day(2026, 6, 30))),
            as_at: None,
        }
    }

    /// All that is known of the inputs. A tally that does not close fails here.
    pub(crate) fn run(&self) -> Run {
        examine(&self.request(), &|_, _, _| {}).expect("a run")
    }

    /// Makes the report and gives a file of it; empty where there is none.
    pub(crate) fn reported(&self, file: &str) -> String {
        let outcome = make_report(&self.request(), &|_, _, _| {}).expect("a report");
        fs::read_to_string(outcome.folder.join(file)).unwrap_or_default()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the folder") {
        let entry = entry.expect("an entry");
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).expect("a copy");
        }
    }
}

fn fill(sheet: &mut Worksheet, rows: &[&[&str]]) {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            if let (10, Ok(day)) = (cell.len(), ExcelDateTime::parse_from_str(cell)) {
                sheet.write_with_format(row, column, &day, &date).expect("a cell");
            } else if let Ok(number) = cell.parse::<f64>() {
                sheet.write(row, column, number).expect("a cell");
            } else if !cell.is_empty() {
                sheet.write(row, column, *cell).expect("a cell");
            }
        }
    }
}

/// Where the rows of all sheets went: counted, out of period, duplicate, unmapped, rejected, skipped.
pub(crate) fn places(tally: &SourceTally) -> [usize; 6] {
    Place::ALL.map(|place| tally.placed(place))
}

/// The findings of a code.
pub(crate) fn of(run: &Run, code: Code) -> Vec<&Finding> {
    run.ledger.sorted().into_iter().filter(|finding| finding.code == code).collect()
}

/// The cells at which a code was found.
pub(crate) fn cells(run: &Run, code: Code) -> Vec<&str> {
    of(run, code).into_iter().map(|finding| finding.origin.cell.as_str()).collect()
}

/// Titles, first days and women of the activities.
pub(crate) fn log(run: &Run) -> Vec<(&str, String, Option<u32>)> {
    let activities = run.records.activities.iter();
    activities.map(|(_, activity)| (activity.title.as_str(), activity.start.to_string(), activity.women)).collect()
}
