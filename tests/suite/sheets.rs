//! Which layout reads a sheet, what its findings tell, and that every row ends in one place.

use proptest::prelude::*;
use rspkpi::findings::Code;
use rspkpi::pipeline::Failure;

use crate::office::{csv_of, day, office};

#[test]
fn a_sheet_is_recognised_by_its_file_by_its_name_or_by_its_headers() {
    let by_file = "Title | Start\nForum | 2025-07-10";
    let by_headers = "Activity ID | Rating\nX | 5";
    let results = office()
        .table("My LOG of events.csv", by_file)
        .workbook("book.xlsx", &[("Status register", "Member | KPI | Status\nFiji | 1-(a).1 | implementing")])
        .table("data.csv", by_headers)
        .table("other.csv", "Colour | Weight\nred | 3")
        .results();
    let kinds: Vec<&str> = results.run.records.sources.iter().map(|source| source.kind.as_str()).collect();
    assert_eq!(kinds, ["activity", "status", "evaluation"]);
    let unclaimed = results.found(Code::SheetUnclaimed);
    assert_eq!(unclaimed.len(), 1);
    assert_eq!(unclaimed[0].origin.file, "other.csv");
}

#[test]
fn the_header_may_stand_below_a_heading_and_rows_keep_their_numbers() {
    let table = "Log of the office\n2025-2026 | |\nStart date | Activity | Women\n2025-07-10 | Forum | none";
    let results = office().log(table).results();
    assert_eq!(results.activity("Forum").start, day("2025-07-10"));
    let finding = &results.found(Code::FieldUnreadable)[0].origin;
    assert_eq!((finding.file.as_str(), finding.cell.as_str()), ("activities.csv", "C4"));
}

#[test]
fn a_sheet_without_a_required_column_has_all_rows_rejected_and_says_which_is_missing() {
    let table = "Activity | Begin | Host\nForum | 2025-07-10 | Fiji\nTalk | 2025-07-11 | Tonga";
    let results = office().log(table).table("data.csv", "Activity | Start date\nOther | 2025-07-10").results();
    assert_eq!(results.ended("activities.csv"), "rejected 2");
    assert!(results.found(Code::HeaderMissing)[0].message.contains("Start date"));
}

#[test]
fn case_punctuation_and_line_breaks_of_a_header_do_not_matter() {
    let results = office().log("ACTIVITY: | Start\\ndate | no of WOMEN\nForum | 2025-07-10 | 3").results();
    assert_eq!((results.activity("Forum").women, results.found(Code::HeaderUnknown).len()), (Some(3), 0));
}

#[test]
fn doubled_and_unknown_headers_are_findings() {
    let results =
        office().log("Activity | Start date | Start | Mood\nForum | 2025-07-10 | 2025-08-10 | good").results();
    assert_eq!(results.activity("Forum").start, day("2025-07-10"));
    assert_eq!((results.seen(Code::HeaderDoubled), results.seen(Code::HeaderUnknown)), (vec!["Start"], vec!["Mood"]));
}

#[test]
fn a_finding_tells_file_sheet_cell_value_and_what_was_expected() {
    let table = "Activity | Host | Start date\nForum | Fiji | 2025-07-10\nTalk | Tonga | soon";
    let results = office().workbook("sub/log.xlsx", &[("Year 1", table)]).results();
    let [finding] = results.found(Code::CellUnreadable)[..] else { panic!("one finding") };
    let origin = &finding.origin;
    assert_eq!((origin.file.as_str(), origin.sheet.as_str(), origin.cell.as_str()), ("sub/log.xlsx", "Year 1", "C3"));
    assert_eq!(finding.value, "soon");
    assert!(finding.message.contains("a date such as") && !finding.help.is_empty(), "{}", finding.message);
}

#[test]
fn the_same_file_twice_is_read_once() {
    let table = "Activity | Start date | AWP actions\nForum | 2025-07-10 | 1-(h)";
    let results = office().table("a.csv", table).table("b.csv", table).results();
    assert_eq!(results.figure("1-(h).2", "Q1"), "1");
    assert_eq!(results.found(Code::FileTwice)[0].origin.file, "b.csv");
}

/// Headers of all kinds, some doubled, some unknown.
const HEADERS: [&str; 24] = [
    "Activity ID",
    "Activity",
    "Start date",
    "End date",
    "Status",
    "Type",
    "AWP actions",
    "Plan item",
    "Member",
    "Beneficiary Members",
    "Participants",
    "Women",
    "Sex",
    "Role",
    "Participant",
    "Count",
    "KPI",
    "Since",
    "Rating",
    "Response date",
    "Action taken",
    "Period",
    "Value",
    "Mood",
];

fn cell() -> impl Strategy<Value = String> {
    let sound = prop::sample::select(vec![
        "",
        "1",
        "0",
        "2025-07-10",
        "2025-07-10",
        "2026-01-31",
        "delivered",
        "planned",
        "Fiji",
        "Tonga; Samoa",
        "A001",
        "X",
        "1-(a).1",
        "1-(w).1",
        "1-(e).1",
        "implementing",
        "none",
        "yes",
        "2025-2026/Q1",
        "5",
        "F",
        "expert",
    ]);
    prop_oneof![6 => sound.prop_map(str::to_owned), 1 => "\\PC{0,12}", 1 => "[-0-9/., \"';=()\n]{0,10}"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn every_row_of_any_table_ends_in_exactly_one_place(
        headers in prop::collection::vec(prop::sample::select(HEADERS.to_vec()), 2..12),
        body in prop::collection::vec(prop::collection::vec(cell(), 12), 1..8),
    ) {
        let mut rows = vec![headers.iter().map(|header| (*header).to_owned()).collect::<Vec<_>>()];
        rows.extend(body.into_iter().map(|row| row[..headers.len()].to_vec()));
        let log = "Activity ID | Activity | Start date | AWP actions\nX | Forum | 2025-07-10 | 1-(a), (e), (w)";
        match office().log(log).file("table.csv", csv_of(&rows)).examine() {
            Ok(run) => prop_assert!(run.records.tally.closes()),
            Err(failure) => prop_assert!(!matches!(failure, Failure::Reconciliation(_)), "{failure}"),
        }
    }
}

#[test]
fn a_second_table_with_more_columns_does_not_push_out_the_first() {
    let log = "Activity | Start date\nOne | 2025-07-05\nTwo | 2025-08-05\n\nActivity | Start date | Remarks | Venue\nThree | 2025-09-05 | | Suva";
    let results = office().log(log).results();
    assert_eq!(results.run.records.activities.len(), 3);
}

#[test]
fn a_survey_without_its_date_column_is_no_list_of_participants() {
    let office = office().log("Activity ID | Activity | Start date\nA1 | Talk | 2025-07-10");
    let answers = "Activity ID | Member | Tangible results | Action taken\nA1 | Fiji | 5 | yes";
    let results = office.table("follow-up.csv", answers).results();
    assert_eq!(results.found(Code::HeaderMissing).len(), 1);
    assert_eq!(results.figure("3-(j).1", "Q1"), "no-source", "a file of which no row was read is no source");
    assert!(results.run.records.attendance.is_empty());
}

#[test]
fn a_row_that_names_an_id_with_another_title_is_told() {
    let office = office().log("Activity ID | Activity | Start date\nA1 | Talk | 2025-07-10");
    let list = "Activity ID | Activity | Start date | Member\nA1 | Quite another | 2025-09-09 | Fiji";
    assert_eq!(office.people(list).results().found(Code::PointerDiffers).len(), 1);
}
