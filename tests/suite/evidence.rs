//! The rows behind every figure: on the sheet Evidence, in its data file, and where the scorecard's links lead.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use zip::ZipArchive;

use crate::office::{Office, office};

type Line = HashMap<String, String>;

/// An office with rows behind every measure, in two plan years.
fn office_of_two_years() -> Office {
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
struct Book {
    bytes: Vec<u8>,
    scorecard: Vec<Line>,
    evidence: Vec<Line>,
}

impl Book {
    fn of(office: &Office) -> Self {
        let folder = office.report().expect("a report").folder;
        let csv = |name: &str| {
            let bytes = fs::read(folder.join("data").join(name)).expect("a data file");
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            reader.deserialize().map(|line| line.expect("a line")).collect::<Vec<Line>>()
        };
        let (scorecard, evidence) = (csv("scorecard.csv"), csv("evidence.csv"));
        Self { bytes: fs::read(folder.join("kpi-report.xlsx")).expect("a workbook"), scorecard, evidence }
    }

    /// All cells of a sheet that hold something, by row and column, as text.
    fn cells(&self, sheet: &str) -> BTreeMap<(u32, u32), String> {
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
    fn table(&self, sheet: &str, first: &str) -> Vec<(u32, Line)> {
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
    fn links(&self, sheet: usize) -> HashMap<String, String> {
        let mut archive = ZipArchive::new(Cursor::new(&self.bytes)).expect("a workbook");
        let mut xml = String::new();
        let mut part = archive.by_name(&format!("xl/worksheets/sheet{sheet}.xml")).expect("a sheet");
        part.read_to_string(&mut xml).expect("text");
        let attribute = |tag: &str, name: &str| {
            let from = tag.split_once(&format!("{name}=\"")).expect("an attribute").1;
            from.split('"').next().expect("a value").replace("&apos;", "'").replace("&#39;", "'")
        };
        xml.split("<hyperlink ").skip(1).map(|tag| (attribute(tag, "ref"), attribute(tag, "location"))).collect()
    }
}

/// The period that a column of the scorecard shows.
fn period_of(header: &str) -> Option<&str> {
    let name = header.lines().next()?;
    match name {
        "Year to date" => Some("YTD"),
        "Year before, to date" => Some("PREV-YTD"),
        quarter if quarter.starts_with('Q') => quarter.get(..2),
        _ => None,
    }
}

/// The id of a result in the data files by its name on sheets.
fn id_of(label: &str) -> String {
    label.replace(" satisfaction", "/satisfaction")
}

/// The figures of the scorecard sheet: reference of the cell, result, period, what stands in it.
fn figures(book: &Book) -> Vec<(String, String, String, String)> {
    let cells = book.cells("Scorecard");
    let header = cells.iter().find(|((_, column), text)| *column == 0 && *text == "KPI").expect("a header").0.0;
    let mut found = Vec::new();
    for ((row, column), text) in &cells {
        let shown = cells.get(&(header, *column)).and_then(|name| period_of(name));
        let (Some(period), Some(label)) = (shown, cells.get(&(*row, 0))) else { continue };
        if *row > header {
            let letter = char::from(b'A' + u8::try_from(*column).expect("a column before Z"));
            found.push((format!("{letter}{}", row + 1), id_of(label), period.to_owned(), text.clone()));
        }
    }
    found
}

fn line<'a>(book: &'a Book, kpi: &str, period: &str) -> &'a Line {
    let found = book.scorecard.iter().find(|line| line["kpi"] == kpi && line["period"] == period);
    found.unwrap_or_else(|| panic!("a line of {kpi} in {period}"))
}

#[test]
fn every_figure_of_the_scorecard_sheet_equals_the_data_file() {
    let book = Book::of(&office_of_two_years());
    let figures = figures(&book);
    assert_eq!(figures.len(), 67 * 4, "65 KPIs and two companions in two quarters, this year and the last");
    for (_, kpi, period, text) in &figures {
        let line = line(&book, kpi, period);
        match line["state"].as_str() {
            "measured" => {
                let (shown, meant): (f64, f64) = (text.parse().expect("a number"), line["value"].parse().unwrap());
                assert!((shown - meant).abs() < 1e-6, "{kpi} in {period}: {shown} for {meant}");
            }
            _ => assert_eq!(*text, line["reason"].replace('-', " "), "{kpi} in {period}"),
        }
    }
}

#[test]
fn the_rows_of_evidence_are_as_many_as_the_scorecard_says_of_every_kpi_and_period() {
    let book = Book::of(&office_of_two_years());
    let mut some = 0;
    for line in &book.scorecard {
        let (kpi, period) = (&line["kpi"], &line["period"]);
        let inside = book.evidence.iter().filter(|row| id_of(&row["kpi"]) == *kpi);
        let inside = inside.filter(|row| row["periods"].split(';').any(|id| id == period));
        let rows: u64 = inside.map(|row| row["rows"].parse::<u64>().expect("a count")).sum();
        assert_eq!(rows.to_string(), line["records"], "{kpi} in {period}");
        some += u64::from(rows > 0);
    }
    assert!(some > 60, "figures with rows behind them were compared, {some}");
}

#[test]
fn the_sheet_of_evidence_holds_the_lines_of_its_data_file() {
    let book = Book::of(&office_of_two_years());
    let sheet = book.table("Evidence", "KPI");
    assert_eq!(sheet.len(), book.evidence.len());
    for ((_, row), line) in sheet.iter().zip(&book.evidence) {
        let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
        assert_eq!((cell("KPI"), cell("Period").replace(", ", ";")), (line["kpi"].clone(), line["periods"].clone()));
        assert_eq!(
            (cell("File"), cell("Cell"), cell("Row"), cell("To row"), cell("Rows")),
            (
                line["file"].clone(),
                line["cell"].clone(),
                line["first_row"].clone(),
                line["last_row"].clone(),
                line["rows"].clone()
            )
        );
    }
}

#[test]
fn the_rows_of_an_activity_in_a_list_are_one_line_with_first_row_last_row_and_number() {
    let book = Book::of(&office_of_two_years());
    let women = book.evidence.iter().filter(|row| row["kpi"] == "3-(e).1" && row["file"] == "participants.csv");
    let lines: Vec<(&str, &str, &str, &str)> = women
        .map(|row| {
            (row["activity"].as_str(), row["first_row"].as_str(), row["last_row"].as_str(), row["rows"].as_str())
        })
        .collect();
    assert_eq!(lines, [("1", "2", "5", "2"), ("3", "3", "8", "2")]);
}

#[test]
fn every_measured_figure_leads_to_its_first_row_or_where_there_is_none_to_its_rule() {
    let book = Book::of(&office_of_two_years());
    let links = book.links(2);
    let (evidence, rules) = (book.table("Evidence", "KPI"), book.table("Definitions", "KPI"));
    let row = |place: &str| place.rsplit('A').next().and_then(|row| row.parse::<u32>().ok()).expect("a row") - 1;
    let (mut to_rows, mut to_rules) = (0, 0);
    for (cell, kpi, period, text) in figures(&book) {
        if text.parse::<f64>().is_err() {
            continue;
        }
        let place = links.get(&cell).unwrap_or_else(|| panic!("{kpi} in {period} leads nowhere"));
        let of_figure = |line: &Line| id_of(&line["KPI"]) == kpi && line["Period"].split(", ").any(|id| id == period);
        if let Some((first, _)) = evidence.iter().find(|(_, line)| of_figure(line)) {
            assert_eq!(*place, format!("'Evidence'!A{}", first + 1), "{kpi} in {period}");
            to_rows += 1;
        } else {
            assert!(place.starts_with("'Definitions'!A"), "{kpi} in {period} leads to {place}");
            let (_, rule) = rules.iter().find(|(at, _)| *at == row(place)).expect("a rule");
            assert!(kpi.starts_with(&rule["KPI"]), "{kpi} leads to the rule of {}", rule["KPI"]);
            to_rules += 1;
        }
    }
    assert!(to_rows > 30 && to_rules > 30, "{to_rows} lead to rows, {to_rules} to rules");
}
