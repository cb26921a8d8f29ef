//! Long tables of the report workbook: the house writes their rows itself, so what Excel asks of them is held here.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::book::{Book, office_of_two_years};
use crate::office::office;

/// The longest text that Excel holds in a cell, counted as UTF-16 does.
const CELL_TEXT: usize = 32_767;

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

/// The parts of a workbook whose names begin like this, by name.
fn parts(bytes: &[u8], begin: &str) -> Vec<(String, String)> {
    let archive = ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let named = names.into_iter().filter(|name| name.starts_with(begin));
    named.map(|name| (name.clone(), part(bytes, &name))).collect()
}

/// The parts of the sheets.
fn sheets(bytes: &[u8]) -> Vec<String> {
    parts(bytes, "xl/worksheets/sheet").into_iter().map(|(_, sheet)| sheet).collect()
}

/// Workbooks whose long tables have many rows, one row, or none.
fn workbooks() -> Vec<Vec<u8>> {
    let needs =
        "Member | Response date | Topic | Priority\nFiji | 2025-07-01 | 1-(a) | high\nTonga | 2025-07-02 | 1-(h) | low";
    let one = "Activity ID | Activity | Start date | Type | AWP actions\n1 | Talk | 2025-07-10 | Meeting | 1-(a)";
    let planned =
        format!("{} | Status\n2 | Later | 2025-07-11 | Meeting | 1-(a) | planned", &one[..one.find('\n').unwrap()]);
    let offices = [
        office_of_two_years().table("needs.csv", needs),
        office().log(one).table("needs.csv", &needs[..needs.rfind('\n').unwrap()]).quarter(1),
        office().log(&planned).table("needs.csv", needs).quarter(1),
    ];
    offices.iter().flat_map(Book::workbooks).collect()
}

/// What stands between two texts, each time.
fn between<'a>(text: &'a str, begin: &str, end: &str) -> Vec<&'a str> {
    text.split(begin).skip(1).map(|rest| rest.split(end).next().expect("a part")).collect()
}

/// Column and row of an address.
fn place(address: &str) -> (u32, u32) {
    let (letters, row) = address.split_at(address.find(|c: char| c.is_ascii_digit()).expect("a row"));
    (letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1), row.parse().expect("a row"))
}

#[test]
fn every_cell_of_a_sheet_stands_once_in_order_and_within_the_range_that_the_sheet_states() {
    for sheet in workbooks().iter().flat_map(|book| sheets(book)) {
        let addresses = between(&sheet, "<c r=\"", "\"");
        let places: Vec<(u32, u32)> = addresses.into_iter().map(place).map(|(column, row)| (row, column)).collect();
        assert!(places.is_sorted() && places.iter().collect::<HashSet<_>>().len() == places.len());
        let rows: Vec<u32> = between(&sheet, "<row r=\"", "\"").iter().map(|row| row.parse().expect("a row")).collect();
        assert!(rows.is_sorted() && rows.iter().collect::<HashSet<_>>().len() == rows.len());
        let range = between(&sheet, "<dimension ref=\"", "\"")[0];
        let (column, row) = place(range.split(':').next_back().expect("a range"));
        let last = places.iter().fold((0, 0), |last, at| (last.0.max(at.0), last.1.max(at.1)));
        assert_eq!((row, column), last, "{range}");
    }
}

#[test]
fn a_table_reaches_from_its_header_to_the_last_row_that_has_a_cell_in_its_first_columns() {
    let mut long = 0;
    for book in workbooks() {
        for (name, relations) in parts(&book, "xl/worksheets/_rels/") {
            let sheet = name.replace("_rels/", "").replace(".rels", "");
            for table in between(&relations, "Target=\"../tables/", "\"") {
                let table = part(&book, &format!("xl/tables/{table}"));
                let rows = last_row_of_table(&part(&book, &sheet));
                for range in between(&table, " ref=\"", "\"") {
                    assert_eq!(place(range.split(':').next_back().expect("a range")).1, rows, "{sheet} {range}");
                }
                long += usize::from(rows > 10);
            }
        }
    }
    assert!(long > 5, "{long}");
}

/// The last row of a sheet's table: the rows from its header on that have no gap between them.
fn last_row_of_table(sheet: &str) -> u32 {
    const HEADER: u32 = 4;
    let rows: HashSet<u32> = between(sheet, "<c r=\"", "\"").into_iter().map(|at| place(at).1).collect();
    (HEADER..=1_048_576).take_while(|row| rows.contains(row)).last().expect("a header")
}

#[test]
fn texts_stand_once_among_the_workbooks_texts_and_each_cell_points_to_one() {
    for book in workbooks() {
        let texts = part(&book, "xl/sharedStrings.xml");
        let all = between(&texts, "<si>", "</si>");
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
        assert_eq!(between(&texts, " uniqueCount=\"", "\""), [all.len().to_string()]);
        let cells: Vec<String> = sheets(&book)
            .iter()
            .flat_map(|sheet| between(sheet, " t=\"s\"><v>", "</v>").into_iter().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        assert_eq!(between(&texts, " count=\"", "\""), [cells.len().to_string()]);
        assert!(cells.iter().all(|cell| cell.parse::<usize>().expect("a number") < all.len()));
    }
}

#[test]
fn a_title_that_reads_like_markup_or_an_escape_is_a_text_in_evidence() {
    for title in ["<r><t>Seminar</t></r>", "Fees < 5 & dues > 6", "The field _x0041_ of a form", "A \u{1} in it"] {
        let log = format!(
            "Activity ID | Activity | Start date | Type | AWP actions | Women\n1 | {title} | 2025-07-10 | Meeting | 1-(a) | 5"
        );
        let book = Book::of(&office().log(&log).quarter(1));
        let texts = part(&book.bytes, "xl/sharedStrings.xml");
        let written: String = title
            .chars()
            .map(|c| match c {
                '<' => "&lt;".to_owned(),
                '>' => "&gt;".to_owned(),
                '&' => "&amp;".to_owned(),
                '\u{1}' => "_x0001_".to_owned(),
                other => other.to_string(),
            })
            .collect();
        let written = written.replace("_x0041_", "_x005F_x0041_");
        assert!(texts.contains(&format!("<t>{written}</t>")), "{title}");
    }
}

#[test]
fn a_text_beyond_excels_limit_ends_in_an_ellipsis_within_it() {
    let title = "\u{1f6a2}".repeat(20_000);
    let log = format!(
        "Activity ID | Activity | Start date | Type | AWP actions | Women\n1 | {title} | 2025-07-10 | Meeting | 1-(a) | 5"
    );
    let book = Book::of(&office().log(&log).quarter(1));
    let lines = book.table("Evidence", "KPI");
    let shown = lines.iter().map(|(_, line)| &line["Activity"]).max_by_key(|text| text.len()).expect("a line");
    assert!(shown.ends_with('\u{2026}'));
    let length = shown.encode_utf16().count();
    assert!((CELL_TEXT - 1..=CELL_TEXT).contains(&length), "{length}");
}
