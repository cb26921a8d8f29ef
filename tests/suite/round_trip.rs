//! What is written to a file comes back from it; and whatever a file holds, reading it comes to an end.

use std::fmt::Write;

use chrono::{Days, NaiveDate};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use rspkpi::intake::{Cell, Sheet, SourceFile};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::intake::files::{archive, edited, folder, ods, read, xls};

/// A cell before it is written.
#[derive(Debug, Clone, PartialEq)]
enum Written {
    Blank,
    Text(String),
    Number(f64),
    Day(NaiveDate),
    Truth(bool),
}

type Table = Vec<Vec<Written>>;

/// Text of any script, trimmed and not blank.
fn words() -> impl Strategy<Value = String> {
    let special = select(vec![
        "_x0041_",
        "sep=;",
        "=1+1",
        "'x",
        "#N/A",
        "&amp;",
        "]]>",
        "1e5",
        "2025-05-14",
        "TRUE",
        "\u{feff}x",
    ]);
    let any = prop_oneof![
        8 => "\\P{Cc}{1,12}",
        8 => "[ -~]{1,12}",
        8 => "[,;\"'&<>=\u{a0}\u{feff}\u{1f30f}\u{301} a]{1,8}",
        2 => special.prop_map(str::to_owned),
    ];
    any.prop_map(|text| text.trim().to_owned()).prop_filter("text is not blank", |text| !text.is_empty())
}

fn cells() -> impl Strategy<Value = Written> {
    let first = NaiveDate::from_ymd_opt(1900, 3, 1).expect("a day");
    let number = prop_oneof![(-1e9..1e9), (-1_000_000..1_000_000).prop_map(f64::from), Just(0.1), Just(1e-7)];
    prop_oneof![
        1 => Just(Written::Blank),
        3 => words().prop_map(Written::Text),
        2 => number.prop_map(Written::Number),
        1 => (0..2_958_000_u64).prop_map(move |days| Written::Day(first + Days::new(days))),
        1 => any::<bool>().prop_map(Written::Truth),
    ]
}

fn tables() -> impl Strategy<Value = Table> {
    (1..8_usize).prop_flat_map(|width| vec(vec(cells(), width), 1..20))
}

/// The sheet of a file as the cells that were written; a table that is blank has none.
fn back(file: Option<&SourceFile>, table: &Table) -> Table {
    let sheet = file.and_then(|file| file.sheets.first());
    let cell = |row: usize, column: usize| {
        let sheet = sheet?;
        let number = u32::try_from(row + 1).ok()?;
        Some(written(sheet, sheet.cell(sheet.rows.binary_search(&number).ok()?, column)))
    };
    let row = |row: usize| (0..table[row].len()).map(|column| cell(row, column).unwrap_or(Written::Blank)).collect();
    (0..table.len()).map(row).collect()
}

fn written(sheet: &Sheet, cell: Cell) -> Written {
    match cell {
        Cell::Empty => Written::Blank,
        Cell::Text(id) => Written::Text(sheet.text(id).to_owned()),
        Cell::Number(number) => Written::Number(number),
        Cell::Date(day) => Written::Day(day),
        Cell::Bool(truth) => Written::Truth(truth),
        Cell::Error(_) | Cell::NoValue => panic!("nobody wrote {cell:?}"),
    }
}

fn came_back(name: &str, content: &[u8], table: &Table) -> Table {
    let folder = folder(&[(name, content)]);
    let (files, _) = read(folder.path());
    back(files.first(), table)
}

fn as_xlsx(table: &Table) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for (row, cells) in (0..).zip(table) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Written::Blank => sheet.write_blank(row, column, &date),
                Written::Text(text) => sheet.write_string(row, column, text),
                Written::Number(number) => sheet.write_number(row, column, *number),
                Written::Day(day) => {
                    let moment = ExcelDateTime::parse_from_str(&day.to_string()).expect("a day of Excel's calendar");
                    sheet.write_with_format(row, column, &moment, &date)
                }
                Written::Truth(truth) => sheet.write_boolean(row, column, *truth),
            }
            .expect("a cell");
        }
    }
    workbook.save_to_buffer().expect("memory")
}

fn as_ods(table: &Table) -> Vec<u8> {
    let mut rows = String::new();
    for cells in table {
        rows.push_str("<table:table-row>");
        for cell in cells {
            let (kind, value, text) = match cell {
                Written::Blank => ("", String::new(), String::new()),
                Written::Text(text) => ("string", String::new(), escaped(text)),
                Written::Number(number) => ("float", format!("office:value=\"{number}\""), format!("{number:.2}")),
                Written::Day(day) => {
                    ("date", format!("office:date-value=\"{day}\""), day.format("%d/%m/%y").to_string())
                }
                Written::Truth(truth) => ("boolean", format!("office:boolean-value=\"{truth}\""), "WAHR".to_owned()),
            };
            let kind = if kind.is_empty() { String::new() } else { format!("office:value-type=\"{kind}\"") };
            write!(rows, "<table:table-cell {kind} {value}><text:p>{text}</text:p></table:table-cell>")
                .expect("memory");
        }
        rows.push_str("</table:table-row>");
    }
    ods("", &format!("<table:table table:name=\"Log\">{rows}</table:table>"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn shown(cell: &Written) -> String {
    match cell {
        Written::Blank => String::new(),
        Written::Text(text) => text.clone(),
        Written::Number(number) => number.to_string(),
        Written::Day(day) => day.to_string(),
        Written::Truth(truth) => truth.to_string().to_uppercase(),
    }
}

/// The table as text, every field in quotation marks, so that its lines are never blank.
fn as_csv(table: &Table, delimiter: char, end: &str) -> String {
    let field = |cell: &Written| format!("\"{}\"", shown(cell).replace('"', "\"\""));
    let line = |cells: &Vec<Written>| cells.iter().map(field).collect::<Vec<_>>().join(&delimiter.to_string()) + end;
    table.iter().map(line).collect()
}

fn as_text(table: &Table) -> Table {
    let text = |cell: &Written| match cell {
        Written::Blank => Written::Blank,
        other => Written::Text(shown(other)),
    };
    table.iter().map(|cells| cells.iter().map(text).collect()).collect()
}

/// The least that a file must come to: no panic, and rows or a finding.
fn comes_to_an_end(name: &str, content: &[u8]) {
    let folder = folder(&[(name, content)]);
    let (files, findings) = read(folder.path());
    let rows: usize = files.iter().flat_map(|file| &file.sheets).map(|sheet| sheet.rows.len()).sum();
    assert!(rows > 0 || !findings.is_empty(), "{name} is passed over in silence");
}

const NAMES: [&str; 6] = ["x.csv", "x.xlsx", "x.xls", "x.ods", "x.xlsb", "x.txt"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn workbooks_keep_every_cell(table in tables()) {
        prop_assert_eq!(&came_back("x.xlsx", &as_xlsx(&table), &table), &table);
        prop_assert_eq!(&came_back("x.ods", &as_ods(&table), &table), &table);
    }

    #[test]
    fn texts_keep_every_cell_whatever_the_delimiter_and_the_encoding(
        table in tables(),
        delimiter in select(vec![',', ';', '\t']),
        end in select(vec!["\n", "\r\n"]),
    ) {
        // One column says nothing of its delimiter.
        prop_assume!(table[0].len() > 1);
        let text = as_csv(&table, delimiter, end);
        let with_mark = format!("\u{feff}{text}");
        let wide: Vec<u8> = with_mark.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [text.as_bytes(), with_mark.as_bytes(), &wide] {
            prop_assert_eq!(came_back("x.csv", bytes, &table), as_text(&table));
        }
    }

    #[test]
    fn any_bytes_come_to_an_end(bytes in vec(any::<u8>(), 0..600), name in select(&NAMES[..])) {
        comes_to_an_end(name, &bytes);
        for start in [&b"PK\x03\x04"[..], b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE", b"\"", b"sep=;\n"] {
            comes_to_an_end(name, &[start, &bytes].concat());
        }
    }

    #[test]
    fn any_change_to_a_file_comes_to_an_end(
        changes in vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<proptest::sample::Index>(),
        table in tables(),
    ) {
        let cells = [(0, 0, 1.5), (1, 2, 7.0)];
        for (name, whole) in [("x.xlsx", as_xlsx(&table)), ("x.ods", as_ods(&table)), ("x.xls", xls(&cells))] {
            let mut changed = whole.clone();
            for (place, byte) in &changes {
                *place.get_mut(&mut changed) = *byte;
            }
            comes_to_an_end(name, &changed);
            comes_to_an_end(name, &whole[..cut.index(whole.len())]);
        }
    }

    #[test]
    fn any_change_to_the_text_of_a_sheet_comes_to_an_end(
        place in any::<proptest::sample::Index>(),
        change in select(vec!["", "<", ">", "\"", "<row hidden=\"1\">", "<c t=\"e\"><v>#ODD!</v></c>", "</sheetData>", "&#0;", "&x;", "\0"]),
        table in tables(),
    ) {
        let put = |text: &str| {
            let mut at = place.index(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            format!("{}{change} {}", &text[..at], &text[at..])
        };
        comes_to_an_end("x.xlsx", &edited(&as_xlsx(&table), "xl/worksheets/sheet1.xml", put));
        comes_to_an_end("x.ods", &edited(&as_ods(&table), "content.xml", put));
    }
}

#[test]
fn an_archive_of_nothing_comes_to_an_end() {
    for name in NAMES {
        comes_to_an_end(name, &archive(&[]));
        comes_to_an_end(name, &archive(&[("xl/workbook.xml", ""), ("content.xml", "")]));
    }
}
