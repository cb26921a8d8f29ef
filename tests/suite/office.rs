//! An office in a temporary folder: the spreadsheets of a test, and what the job makes of them.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rspkpi::artifact::Artifact;
use rspkpi::findings::{Code, Finding};
use rspkpi::output;
use rspkpi::pipeline::{self, Failure, Outcome, PeriodAsked, Request, Run};
use rspkpi::records::{Activity, Place};
use rust_xlsxwriter::Workbook;
use tempfile::TempDir;

/// The configuration that the repository ships.
pub(crate) fn shipped_config() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config")
}

/// A day of a text such as `2025-07-01`.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// An office without files, of which the whole plan year 2025-2026 is asked.
pub(crate) fn office() -> Office {
    let folder = TempDir::new().expect("a temporary folder");
    fs::create_dir(folder.path().join("inputs")).expect("a folder");
    Office { folder, period: Some(PeriodAsked::Quarter(None, 4)), as_at: None }
}

/// The folders of an office, and what is asked of it.
pub(crate) struct Office {
    folder: TempDir,
    period: Option<PeriodAsked>,
    as_at: Option<NaiveDate>,
}

/// Cells of a table written as in the tests: a line a row, `|` between cells, `\n` for a line break in a cell.
fn cells(table: &str) -> Vec<Vec<String>> {
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| line.split('|').map(|cell| cell.trim().replace("\\n", "\n")).collect()).collect()
}

/// A csv file of rows.
pub(crate) fn csv_of(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("writing to memory");
    }
    writer.into_inner().expect("writing to memory")
}

impl Office {
    /// Where the spreadsheets lie.
    pub(crate) fn inputs(&self) -> PathBuf {
        self.folder.path().join("inputs")
    }

    /// Where the reports stand.
    pub(crate) fn out(&self) -> PathBuf {
        self.folder.path().join("reports")
    }

    /// The configuration: the shipped one, or the copy that a test changes.
    pub(crate) fn config(&self) -> PathBuf {
        let copy = self.folder.path().join("config");
        if copy.exists() { copy } else { shipped_config() }
    }

    /// Adds a file.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let place = self.inputs().join(path);
        fs::create_dir_all(place.parent().expect("a folder above the file")).expect("a folder");
        fs::write(place, content).expect("a file");
        self
    }

    /// Adds a csv file of a table.
    pub(crate) fn table(self, path: &str, table: &str) -> Self {
        self.file(path, csv_of(&cells(table)))
    }

    /// Adds a workbook of one table a sheet; numbers are written as numbers.
    pub(crate) fn workbook(self, path: &str, sheets: &[(&str, &str)]) -> Self {
        let mut workbook = Workbook::new();
        for (name, table) in sheets {
            let sheet = workbook.add_worksheet().set_name(*name).expect("a sheet name");
            for (row, line) in (0..).zip(cells(table)) {
                for (column, cell) in (0..).zip(line) {
                    match cell.parse::<f64>() {
                        Ok(number) => sheet.write(row, column, number).expect("a cell"),
                        Err(_) => sheet.write(row, column, cell).expect("a cell"),
                    };
                }
            }
        }
        self.file(path, workbook.save_to_buffer().expect("a workbook"))
    }

    pub(crate) fn log(self, table: &str) -> Self {
        self.table("activities.csv", table)
    }

    pub(crate) fn people(self, table: &str) -> Self {
        self.table("participants.csv", table)
    }

    pub(crate) fn answers(self, table: &str) -> Self {
        self.table("follow-up.csv", table)
    }

    pub(crate) fn evaluations(self, table: &str) -> Self {
        self.table("evaluation.csv", table)
    }

    pub(crate) fn register(self, table: &str) -> Self {
        self.table("status.csv", table)
    }

    pub(crate) fn statistics(self, table: &str) -> Self {
        self.table("statistics.csv", table)
    }

    /// Asks for a quarter of the plan year.
    pub(crate) fn quarter(self, quarter: u8) -> Self {
        Self { period: Some(PeriodAsked::Quarter(None, quarter)), ..self }
    }

    /// Asks for a free period.
    pub(crate) fn between(self, from: &str, to: &str) -> Self {
        Self { period: Some(PeriodAsked::Free(day(from), day(to))), ..self }
    }

    /// Leaves the period to the job.
    pub(crate) fn no_period(self) -> Self {
        Self { period: None, ..self }
    }

    /// Asks for an as-at date: nothing after it counts.
    pub(crate) fn until(self, text: &str) -> Self {
        Self { as_at: Some(day(text)), ..self }
    }

    /// Changes a file of a copy of the configuration; the change must change something.
    pub(crate) fn configured(self, path: &str, change: impl FnOnce(&str) -> String) -> Self {
        let copy = self.folder.path().join("config");
        if !copy.exists() {
            copy_folder(&shipped_config(), &copy);
        }
        let place = copy.join(path);
        let text = fs::read_to_string(&place).expect("a configuration file");
        let changed = change(&text);
        assert_ne!(changed, text, "the change of {path} finds its place");
        fs::write(place, changed).expect("a configuration file");
        self
    }

    fn request(&self) -> Request {
        Request {
            config: self.config(),
            inputs: self.inputs(),
            out: self.out(),
            period: self.period,
            as_at: self.as_at,
        }
    }

    /// Looks at the data and writes nothing.
    pub(crate) fn examine(&self) -> Result<Run, Failure> {
        pipeline::examine(&self.request(), &|_, _, _| {})
    }

    /// Writes the report.
    pub(crate) fn report(&self) -> Result<Outcome, Failure> {
        pipeline::make_report(&self.request(), &|_, _, _| {})
    }

    /// What the job finds out, with the tables that it would write.
    pub(crate) fn results(&self) -> Results {
        let run = self.examine().expect("a run");
        let scorecard = output::data::scorecard(&run.measured.scorecard, &run.definitions);
        let links = output::data::links(&run.links, &run.records, &run.definitions);
        let review = output::data::review(&run.links, &run.records, &run.definitions);
        Results { scorecard: rows_of(&scorecard), links: rows_of(&links), review: rows_of(&review), run }
    }
}

/// Copies a folder with everything in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let place = entry.expect("an entry").path();
        let target = to.join(place.file_name().expect("a name"));
        if place.is_dir() {
            copy_folder(&place, &target);
        } else {
            fs::copy(&place, &target).expect("a file");
        }
    }
}

/// The lines of a data file, by the names of its columns.
fn rows_of(artifact: &Artifact) -> Vec<HashMap<String, String>> {
    csv::Reader::from_reader(artifact.bytes.as_slice()).deserialize().map(|row| row.expect("a row")).collect()
}

/// What the job found out.
pub(crate) struct Results {
    pub(crate) run: Run,
    scorecard: Vec<HashMap<String, String>>,
    links: Vec<HashMap<String, String>>,
    review: Vec<HashMap<String, String>>,
}

impl Results {
    /// The candidates that data/review.csv names for an activity, best first, by its title: one column of each.
    pub(crate) fn candidates(&self, title: &str, column: &str) -> Vec<&str> {
        self.review.iter().filter(|line| line["title"] == title).map(|line| line[column].as_str()).collect()
    }

    /// The planned items that an activity delivers, by its title: `A001;A039`, empty where none.
    pub(crate) fn items(&self, title: &str) -> String {
        self.links.iter().find(|line| line["title"] == title).map(|line| line["plan_item"].clone()).unwrap_or_default()
    }

    /// One column of a KPI's line.
    pub(crate) fn cell(&self, kpi: &str, period: &str, column: &str) -> &str {
        let line = self.scorecard.iter().find(|line| line["kpi"] == kpi && line["period"] == period);
        &line.unwrap_or_else(|| panic!("a line of {kpi} in {period}"))[column]
    }

    /// The value of a KPI in a period; where there is none, the reason.
    pub(crate) fn figure(&self, kpi: &str, period: &str) -> &str {
        match self.cell(kpi, period, "state") {
            "measured" => self.cell(kpi, period, "value"),
            _ => self.cell(kpi, period, "reason"),
        }
    }

    /// The Members of a KPI's line.
    pub(crate) fn members(&self, kpi: &str, period: &str) -> &str {
        self.cell(kpi, period, "members")
    }

    /// The ids of the periods, in order.
    pub(crate) fn periods(&self) -> Vec<&str> {
        self.run.measured.scorecard.lines.iter().map(|line| line.id.as_str()).collect()
    }

    /// The whole scorecard as text.
    pub(crate) fn scorecard(&self) -> String {
        let bytes = output::data::scorecard(&self.run.measured.scorecard, &self.run.definitions).bytes;
        String::from_utf8(bytes).expect("UTF-8")
    }

    /// The lines of data/links.csv about an activity, by its title: one column, joined by a blank.
    pub(crate) fn linked(&self, title: &str, column: &str) -> String {
        let lines = self.links.iter().filter(|line| line["title"] == title);
        lines.map(|line| line[column].as_str()).collect::<Vec<_>>().join(" ")
    }

    /// An activity by its title.
    pub(crate) fn activity(&self, title: &str) -> &Activity {
        let mut all = self.run.records.activities.iter().map(|(_, activity)| activity);
        all.find(|activity| activity.title == title).unwrap_or_else(|| panic!("the activity {title}"))
    }

    /// The Beneficiary Members of an activity as read.
    pub(crate) fn beneficiaries(&self, title: &str) -> String {
        self.activity(title).members.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    /// The findings of a code.
    pub(crate) fn found(&self, code: Code) -> Vec<&Finding> {
        self.run.ledger.sorted().into_iter().filter(|finding| finding.code == code).collect()
    }

    /// The values that the findings of a code have seen.
    pub(crate) fn seen(&self, code: Code) -> Vec<&str> {
        self.found(code).into_iter().map(|finding| finding.value.as_str()).collect()
    }

    /// Where the rows of a file ended: "counted 2, rejected 1".
    pub(crate) fn ended(&self, file: &str) -> String {
        let mut text = String::new();
        for (source, tally) in self.run.records.sources.iter().zip(self.run.records.tally.sources()) {
            for place in Place::ALL.into_iter().filter(|place| source.file == file && tally.placed(*place) > 0) {
                let comma = if text.is_empty() { "" } else { ", " };
                let _ = write!(text, "{comma}{} {}", place.as_str(), tally.placed(place));
            }
        }
        text
    }
}
