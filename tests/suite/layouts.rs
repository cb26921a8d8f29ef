//! Sheets as people keep them: tables found anywhere, headers under bands, rows that are no records, and what a
//! layout can say.

mod damage;
mod settings;

use rspkpi::findings::Code;

use crate::own_layouts::{Office, cells, log, of, places};

const HEADER: &[&str] = &["Activity ID", "Activity", "Start date", "Women"];

#[test]
fn a_header_is_found_below_title_and_note_rows() {
    let rows: &[&[&str]] = &[
        &["Activity log of the office"],
        &["Status of 30 September"],
        &[],
        HEADER,
        &["A1", "Workshop on valuation", "2025-07-14", "8"],
    ];
    let run = Office::new().xlsx("log.xlsx", rows).run();
    assert_eq!(log(&run), [("Workshop on valuation", "2025-07-14".to_owned(), Some(8))]);
    assert_eq!(places(&run.records.tally.total()), [1, 0, 0, 0, 0, 0]);
}

#[test]
fn a_band_above_the_header_is_read_without_being_declared() {
    let rows: &[&[&str]] = &[
        &["", "", "", "Participants", "", "", "Remarks"],
        &["ID", "Activity", "Start date", "Total", "Male", "Female", ""],
        &["A1", "Workshop on valuation", "2025-07-14", "20", "12", "8", "fine"],
    ];
    let run = Office::new().xlsx("log.xlsx", rows).run();
    let activity = &run.records.activities[0].1;
    assert_eq!((activity.participants, activity.women, activity.remarks.as_str()), (Some(20), Some(8), "fine"));
}

#[test]
fn a_header_merged_downwards_over_the_cells_of_a_band_is_one_header() {
    let rows: &[&[&str]] = &[
        &["ID", "Activity", "Start date", "Participants", "", "Remarks"],
        &["", "", "", "Officials", "Private sector", ""],
        &["A1", "Workshop on valuation", "2025-07-14", "20", "12", "fine"],
    ];
    let run = Office::new().xlsx("log.xlsx", rows).run();
    assert_eq!(run.records.activities[0].1.participants, None);
    let unknown: Vec<&str> = of(&run, Code::HeaderUnknown).iter().map(|finding| finding.value.as_str()).collect();
    assert_eq!(unknown, ["Participants Officials", "Participants Private sector"]);
    assert_eq!(places(&run.records.tally.total()), [1, 0, 0, 0, 0, 0]);
}

#[test]
fn a_title_row_directly_above_the_header_is_no_band() {
    let rows: &[&[&str]] = &[&["Activity log"], HEADER, &["A1", "Workshop", "2025-07-14", "8"]];
    let run = Office::new().xlsx("log.xlsx", rows).run();
    assert_eq!(log(&run), [("Workshop", "2025-07-14".to_owned(), Some(8))]);
    assert_eq!(of(&run, Code::HeaderUnknown), Vec::<&rspkpi::findings::Finding>::new());
}

#[test]
fn a_header_under_two_bands_is_not_guessed() {
    let layout = "kind = \"activity\"\nfiles = [\"log*\"]\nheader-rows = 2\n[fields]\ntitle = [\"Activity\"]\nstart = [\"Start\"]\nwomen = [\"Female\"]\n";
    let rows: &[&[&str]] = &[
        &["Activity", "Start", "Participants", "", "Experts", ""],
        &["", "", "Male", "Female", "Male", "Female"],
        &["Workshop", "2025-07-14", "1", "2", "3", "4"],
    ];
    let run = Office::new().layout("ours", layout).xlsx("log.xlsx", rows).run();
    assert_eq!(log(&run), [("Workshop", "2025-07-14".to_owned(), None)]);
    assert_eq!(cells(&run, Code::HeaderUnderBands), ["D2"]);
    let named = layout.replace("\"Female\"", "\"Participants Female\", \"Female\"");
    let run = Office::new().layout("ours", &named).xlsx("log.xlsx", rows).run();
    assert_eq!(log(&run), [("Workshop", "2025-07-14".to_owned(), Some(2))]);
}

#[test]
fn three_header_rows_are_read_where_the_layout_says_so() {
    let layout = "kind = \"activity\"\nfiles = [\"log*\"]\nheader-rows = 3\n[fields]\ntitle = [\"Activity\"]\nstart = [\"When Start\"]\nwomen = [\"People Participants Female\"]\n";
    let rows: &[&[&str]] = &[
        &["Report"],
        &["Activity", "When", "", "People", "", "", ""],
        &["", "", "", "Participants", "", "Experts", ""],
        &["", "Start", "End", "Male", "Female", "Male", "Female"],
        &["Workshop", "2025-07-14", "2025-07-15", "1", "2", "3", "4"],
    ];
    let run = Office::new().layout("ours", layout).xlsx("log.xlsx", rows).run();
    assert_eq!(log(&run), [("Workshop", "2025-07-14".to_owned(), Some(2))]);
}

#[test]
fn month_banners_totals_and_notes_are_skipped_and_said() {
    let rows: &[&[&str]] = &[
        HEADER,
        &["JULY 2025"],
        &["A1", "Workshop on valuation", "2025-07-14", "8"],
        &["", "Sub-total", "", "8"],
        &["August"],
        &["A2", "Workshop on transit", "2025-08-14", "7"],
        &["Total Q1", "", "", "15"],
        HEADER,
        &["A3", "Workshop on origin", "2025-10-14", "7"],
        &["", "Grand total:", "", "22"],
        &["* provisional"],
        &["", "Source: the office"],
    ];
    let run = Office::new().xlsx("log.xlsx", rows).run();
    assert_eq!(places(&run.records.tally.total()), [3, 0, 0, 0, 0, 8]);
    let said: Vec<&str> = of(&run, Code::RowsSkipped).iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "Rows 4, 7, 10 skipped: total rows.",
            "Rows 2, 5 skipped: headings between the rows.",
            "Rows 11 to 12 skipped: notes.",
            "Row 8 skipped: repeated header rows.",
        ]
    );
}

#[test]
fn a_record_is_never_taken_for_a_total_a_banner_or_a_note() {
    let rows: &[&[&str]] = &[
        HEADER,
        &["A1", "Total", "2025-07-14", "8"],
        &["A2", "Total quality management workshop", "2025-07-15", "8"],
        &["", "July 2025", "2025-07-16", ""],
        &["", "* Workshop with a star", "2025-07-17", ""],
        &["", "Total quality management workshop", "", "8"],
        &["", "Total", "unknown", "8"],
        &["", "National workshop on transit", "", ""],
    ];
    let run = Office::new().xlsx("log.xlsx", rows).run();
    assert_eq!(places(&run.records.tally.total()), [4, 0, 0, 0, 3, 0]);
    assert_eq!(cells(&run, Code::RequiredMissing), ["C6", "C8"]);
    assert_eq!(cells(&run, Code::CellUnreadable), ["C7"]);
}

#[test]
fn a_month_typed_into_excel_and_turned_into_a_date_is_a_banner() {
    let rows: &[&[&str]] = &[HEADER, &["2025-07-01"], &["A1", "Workshop", "2025-07-14", "8"]];
    let run = Office::new().xlsx("log.xlsx", rows).run();
    assert_eq!(places(&run.records.tally.total()), [1, 0, 0, 0, 0, 1]);
}

#[test]
fn blank_columns_and_blank_rows_change_nothing() {
    let rows: &[&[&str]] = &[
        &["", "Activity", "", "Start date"],
        &[],
        &["", "Workshop", "", "2025-07-14"],
        &[],
        &[],
        &[],
        &["", "Training", "", "2025-08-14"],
    ];
    let run = Office::new().xlsx("log.xlsx", rows).run();
    assert_eq!(places(&run.records.tally.total()), [2, 0, 0, 0, 0, 0]);
}

const TWO_TABLES: &[&[&str]] = &[
    &["1. Activities"],
    &["Activity ID", "Activity", "Start date"],
    &["A1", "Workshop", "2025-07-14"],
    &["A2", "Training", "2025-08-14"],
    &[],
    &[],
    &["2. Participants"],
    &["Activity ID", "Member", "Count"],
    &["A1", "Fiji", "4"],
    &["A2", "Tonga", "5"],
    &["Total", "", "9"],
];
const LISTS: &str = "kind = \"participation\"\nfiles = [\"log*\"]\n[fields]\nactivity-id = [\"Activity ID\"]\nmember = [\"Member\"]\ncount = [\"Count\"]\n";

#[test]
fn two_tables_of_one_sheet_are_read_by_two_layouts() {
    let log_layout = "kind = \"activity\"\nfiles = [\"log*\"]\ntable = 1\n[fields]\nactivity-id = [\"Activity ID\"]\ntitle = [\"Activity\"]\nstart = [\"Start date\"]\n";
    let by_number = LISTS.replace("[fields]", "table = 2\n[fields]");
    let by_text = LISTS.replace("[fields]", "starts-after = \"2. participants\"\n[fields]");
    for lists in [by_number, by_text] {
        let run = Office::new().layout("a-log", log_layout).layout("b-list", &lists).xlsx("log.xlsx", TWO_TABLES).run();
        let tallies: Vec<[usize; 6]> = run.records.tally.sources().iter().map(places).collect();
        assert_eq!(tallies, [[2, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 1]], "{lists}");
        let counts: Vec<u32> = run.records.attendance.iter().map(|row| row.row.count).collect();
        assert_eq!(counts, [4, 5]);
    }
}

#[test]
fn rows_of_the_other_tables_are_said_where_a_layout_is_made_for_one_of_them() {
    let lists = LISTS.replace("[fields]", "starts-after = \"2. participants\"\n[fields]");
    let run = Office::new().layout("lists", &lists).xlsx("log.xlsx", TWO_TABLES).run();
    assert_eq!(places(&run.records.tally.total()), [0, 0, 0, 2, 0, 1]);
    assert!(of(&run, Code::RowsOutsideTable)[0].message.starts_with("Rows 1 to 4, 7 outside the tables"));
}

#[test]
fn a_header_of_two_rows_that_is_repeated_is_skipped() {
    let head: [&[&str]; 2] = [&["ID", "Activity", "Start date", "Participants", ""], &["", "", "", "Total", "Female"]];
    let rows: &[&[&str]] = &[
        head[0],
        head[1],
        &["A1", "Workshop", "2025-07-14", "20", "8"],
        &["AUGUST"],
        head[0],
        head[1],
        &["A2", "Training", "2025-08-14", "20", "9"],
    ];
    let run = Office::new().xlsx("log.xlsx", rows).run();
    assert_eq!(places(&run.records.tally.total()), [2, 0, 0, 0, 0, 3]);
}

#[test]
fn totals_are_found_in_sheets_of_every_kind_and_never_cover_a_record() {
    let log = "Activity ID,Activity,Start date\nA1,Total,2025-07-14\n";
    let evaluation = "Activity,Start date,Rating,Responses\nTotal,2025-07-14,4,10\nTotal,,4,10\nAverage,,4.2,\n";
    let statistic = "Member,KPI,Period,Value\nFiji,1-(w).1,2025-07,5\nTotal,,,5\n";
    let office =
        Office::new().file("log.csv", log).file("evaluation.csv", evaluation).file("statistics.csv", statistic);
    let run = office.run();
    let tallies: Vec<[usize; 6]> = run.records.tally.sources().iter().map(places).collect();
    assert_eq!(tallies, [[1, 0, 0, 0, 0, 2], [1, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 1]]);
}

#[test]
fn a_total_below_a_wide_table_is_no_member() {
    let layout = "kind = \"needs\"\nfiles = [\"survey*\"]\n[fields]\nmember = [\"Country\"]\n[wide]\nfield = \"topic\"\nvalue = \"priority\"\n[values.priority]\nhigh = [\"X\"]\n";
    let csv = "Country,1-(a),1-(b)\nFiji,X,\nTonga,X,X\nTotal,2,1\n";
    let run = Office::new().layout("wide", layout).file("survey.csv", csv).run();
    assert_eq!(places(&run.records.tally.total()), [2, 0, 0, 0, 0, 1]);
}
