//! What the job says it sees in a file.

use rspkpi::intake::{Limits, read_file};
use rspkpi::records::inspect::{Inspection, inspect};

use crate::own_layouts::{Office, log};

fn inspected(office: &Office, name: &str) -> Inspection {
    let (file, findings) = read_file(&office.path(&format!("inputs/{name}")), &Limits::default());
    assert_eq!(findings, Vec::new());
    inspect(&file.expect("a file"), &office.definitions().expect("a configuration").layouts)
}

const ROWS: &[&[&str]] = &[
    &["Deliveries of the office"],
    &["Ref. no.", "Name of the activity", "Start of activity", "Persons", "Name", "Mail"],
    &["7", "Workshop", "2025-07-14", "20", "Jane Roe", "jane@example.org"],
    &["8", "Training", "2025-08-14", "about 20", "John Roe", "john@example.org"],
];

#[test]
fn columns_are_shown_with_what_they_hold() {
    let office = Office::new().xlsx("book.xlsx", ROWS);
    let sheet = &inspected(&office, "book.xlsx").sheets[0];
    assert_eq!((sheet.header, sheet.read_by.len()), (Some((2, 2)), 0));
    let seen: Vec<(&str, &str, usize)> =
        sheet.columns.iter().map(|column| (column.letter.as_str(), column.holds, column.filled)).collect();
    assert_eq!(
        seen,
        [("A", "number", 2), ("B", "text", 2), ("C", "date", 2), ("D", "mixed", 2), ("E", "text", 2), ("F", "text", 2)]
    );
    assert_eq!(sheet.columns[2].samples, Some(vec!["2025-07-14".to_owned(), "2025-08-14".to_owned()]));
}

#[test]
fn persons_are_not_shown() {
    let office = Office::new().xlsx("book.xlsx", ROWS);
    let inspection = inspected(&office, "book.xlsx");
    assert_eq!((&inspection.sheets[0].columns[4].samples, &inspection.sheets[0].columns[5].samples), (&None, &None));
    let all = format!("{inspection:?}");
    assert!(!all.contains("Roe") && !all.contains("example.org"), "{all}");
}

#[test]
fn a_sheet_without_a_header_shows_no_values() {
    let office = Office::new().file("names.csv", "1,Jane Roe\n2,John Roe\n");
    let all = format!("{:?}", inspected(&office, "names.csv"));
    assert!(!all.contains("Roe"), "{all}");
    let office = Office::new().file("names.csv", "Jane Roe,Fiji,participant\nJohn Roe,Tonga,Ms\n");
    let all = format!("{:?}", inspected(&office, "names.csv"));
    assert!(!all.contains("Roe"), "{all}");
}

#[test]
fn every_layout_says_why_it_does_not_read_the_sheet() {
    let office =
        Office::new().file("log.csv", "Activity,Start date,Member,Venue,Host\nWorkshop,2025-07-14,Fiji,Suva,Fiji\n");
    let sheet = &inspected(&office, "log.csv").sheets[0];
    let verdict = |name: &str| {
        let layout = sheet.layouts.iter().find(|layout| layout.name == name).expect("a layout");
        layout.verdict.clone()
    };
    assert_eq!(sheet.read_by, ["activity"]);
    assert_eq!(verdict("activity"), "reads this sheet");
    assert_eq!(verdict("status"), "finds 1 of its columns in row 1, lacks KPI, Status");
    assert_eq!(verdict("participation"), "could read this sheet; another layout finds more of it");
}

#[test]
fn the_starting_layout_reads_the_sheet_once_it_is_saved() {
    let office = Office::new().xlsx("book [final].xlsx", ROWS);
    let layout = inspected(&office, "book [final].xlsx").sheets[0].starting_layout.clone();
    assert!(layout.contains("title = [\"Name of the activity\"]"), "{layout}");
    assert!(layout.contains("# not read: column F, \"Mail\" (text)"), "{layout}");
    let office = office.layout("book", &layout);
    assert_eq!(inspected(&office, "book [final].xlsx").sheets[0].read_by, ["book"], "{layout}");
    assert_eq!(log(&office.run())[0].0, "Workshop");
}
