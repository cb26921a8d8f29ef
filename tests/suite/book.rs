//! A report's workbook and data files read back.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use zip::ZipArchive;

use crate::office::{Office, office};

/// Cells by header.
pub(crate) type Line = HashMap<String, String>;

/// An office with rows behind every measure, in two plan years.
pub(crate) fn office_of_two_years() -> Office {
    office()
        .log(
            "Activity ID | Activity | Start date | Type | AWP actions | Beneficiary Members | Participants | Women | Experts | Expert Members | Funding
             1 | Talk of \u{2018}risk\u{2019} | 2025-07-10 | National workshop | 1-(a), (h), (hh), 3-(k) | Fiji; Tonga | 20 | 5 | 2 | Japan | CCF/Japan
             2 | Cruise ships | 2025-10-10 | Meeting | 1-(h), 1-(z) | Samoa | 10 | 4 | | |
             3 | Seminar | 2025-11-10 | Regional workshop | 1-(z), 3-(k) | Fiji; Samoa; Tonga | | | | Korea | JICA
             4 | Older talk | 2024-08-10 | National workshop | 1-(h), 3-(k) | Fiji | 9 | 3 | 1 | Japan |
             5 | Elsewhere | 2025-12-01 | Publication | | | | | | |",
        )
        .people(
            "Activity ID | Member | Sex | Role | Participant
             1 | Fiji | F | | P001
             3 | Fiji | F | | P002
             1 | Fiji | M | | P003
             1 | Tonga | F | expert | P004
             1 | Tonga | M | | P005
             3 | Samoa | | | P006
             3 | China | F | | P007",
        )
        .answers(
            "Activity ID | Member | Response date | Action taken | Tangible results | Satisfaction
             1 | Fiji | 2025-08-20 | no | | 3
             1 | Fiji | 2025-09-20 | yes | 2 | 4
             1 | Tonga | 2025-10-20 | partly | 1 | 5
             4 | Fiji | 2024-09-20 | yes | |",
        )
        .evaluations("Activity ID | Rating | Responses\n1 | 4.3 | 20\n3 | 5 | 8")
        .register(
            "Member | KPI | Status | Since | Counterpart
             Fiji | 1-(a).1 | implementing | 2024-07-01 |
             Tonga | 1-(a).1 | in progress | 2024-07-01 |
             Tonga | 1-(a).1 | implementing | 2025-10-05 |
             Japan | 1-(e).1 | contracting | 2025-07-05 | Korea",
        )
        .statistics(
            "Member | KPI | Period | Value
             Fiji | 1-(w).1 | 2025-07 | 5
             Fiji | 1-(w).1 | 2024-07 | 3
             Samoa | 1-(w).1 | 2025-10 | 8",
        )
        .quarter(2)
}

/// What a report says, read back.
pub(crate) struct Book {
    pub(crate) bytes: Vec<u8>,
    pub(crate) scorecard: Vec<Line>,
    pub(crate) evidence: Vec<Line>,
}

impl Book {
    pub(crate) fn of(office: &Office) -> Self {
        let folder = office.report().expect("a report").folder;
        let csv = |name: &str| {
            let bytes = fs::read(folder.join("data").join(name)).expect("a data file");
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            reader.deserialize().map(|line| line.expect("a line")).collect::<Vec<Line>>()
        };
        let (scorecard, evidence) = (csv("scorecard.csv"), csv("evidence.csv"));
        Self { bytes: fs::read(folder.join("kpi-report.xlsx")).expect("a workbook"), scorecard, evidence }
    }

    /// The bytes of the report's workbooks, that of needs and follow-up too.
    pub(crate) fn workbooks(office: &Office) -> [Vec<u8>; 2] {
        let folder = office.report().expect("a report").folder;
        ["kpi-report.xlsx", "needs-follow-up.xlsx"].map(|name| fs::read(folder.join(name)).expect("a workbook"))
    }

    /// All cells of a sheet that hold something, by row and column, as text.
    pub(crate) fn cells(&self, sheet: &str) -> BTreeMap<(u32, u32), String> {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(self.bytes.clone())).expect("a workbook");
        let range = book.worksheet_range(sheet).expect("a sheet");
        let (top, left) = range.start().expect("a sheet with cells");
        let place = |(row, column): (usize, usize)| {
            (top + u32::try_from(row).expect("a row"), left + u32::try_from(column).expect("a column"))
        };
        let used = range.used_cells().filter(|(.., cell)| !matches!(cell, Data::Empty));
        used.map(|(row, column, cell)| (place((row, column)), cell.to_string())).collect()
    }

    /// The table of a sheet below the row whose first cell is `first`: row number and cells by header.
    pub(crate) fn table(&self, sheet: &str, first: &str) -> Vec<(u32, Line)> {
        let cells = self.cells(sheet);
        let header = cells.iter().find(|((_, column), text)| *column == 0 && *text == first).expect("a header").0.0;
        let names: BTreeMap<u32, &String> =
            cells.iter().filter(|((row, _), _)| *row == header).map(|((_, column), text)| (*column, text)).collect();
        let mut rows: BTreeMap<u32, Line> = BTreeMap::new();
        for ((row, column), text) in cells.iter().filter(|((row, _), _)| *row > header) {
            if let Some(name) = names.get(column) {
                rows.entry(*row).or_default().insert((*name).clone(), text.clone());
            }
        }
        rows.into_iter().collect()
    }

    /// Where the cells of the n-th sheet lead, by reference: `E6` to `'Evidence'!A5`.
    pub(crate) fn links(&self, sheet: usize) -> HashMap<String, String> {
        let xml = self.part(&format!("xl/worksheets/sheet{sheet}.xml"));
        xml.split("<hyperlink ").skip(1).map(|tag| (attribute(tag, "ref"), attribute(tag, "location"))).collect()
    }

    /// The names of the sheets, in order.
    pub(crate) fn sheets(&self) -> Vec<String> {
        let book: Xlsx<_> = Xlsx::new(Cursor::new(self.bytes.clone())).expect("a workbook");
        book.sheet_names()
    }

    /// The names of the parts that begin with a text.
    pub(crate) fn parts(&self, start: &str) -> Vec<String> {
        let archive = ZipArchive::new(Cursor::new(&self.bytes)).expect("a workbook");
        let names = archive.file_names().map(|name| name.expect("a name").into_owned());
        let mut names: Vec<String> = names.filter(|name| name.starts_with(start)).collect();
        names.sort();
        names
    }

    /// A part of the workbook as text.
    pub(crate) fn part(&self, name: &str) -> String {
        let mut archive = ZipArchive::new(Cursor::new(&self.bytes)).expect("a workbook");
        let mut xml = String::new();
        archive.by_name(name).expect("a part").read_to_string(&mut xml).expect("text");
        xml
    }
}

/// The value of an attribute of a tag.
pub(crate) fn attribute(tag: &str, name: &str) -> String {
    let from = tag.split_once(&format!("{name}=\"")).expect("an attribute").1;
    from.split('"').next().expect("a value").replace("&apos;", "'").replace("&#39;", "'")
}
