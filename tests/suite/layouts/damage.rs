//! Sheets damaged on purpose, and rejected rows that come back corrected.

use proptest::prelude::*;
use rspkpi::findings::Code;

use crate::own_layouts::{Office, cells, log, of, places};

const HEADER: [&str; 6] = ["Activity ID", "Activity", "Start date", "End date", "Participants", "Women"];
const ROWS: [[&str; 6]; 3] = [
    ["A1", "Workshop on valuation", "2025-07-14", "2025-07-17", "20", "8"],
    ["A2", "Training on transit", "2025-08-14", "2025-08-17", "30", "9"],
    ["A3", "Workshop on origin", "2025-09-14", "2025-09-17", "40", "10"],
];

#[test]
fn cells_shifted_by_a_column_are_found_where_they_stand() {
    let shifted: &[&str] = &["", "A2", "Training on transit", "2025-08-14", "2025-08-17", "30", "9"];
    let run = Office::new().xlsx("log.xlsx", &[&HEADER, &ROWS[0], shifted, &ROWS[2]]).run();
    assert_eq!(places(&run.records.tally.total()), [2, 0, 0, 0, 1, 0]);
    assert_eq!(cells(&run, Code::CellUnreadable), ["C3"]);
}

#[test]
fn a_renamed_header_is_said_with_the_nearest_one_seen() {
    let header = ["Activity ID", "Activity", "Date started", "End date", "Participants", "Women"];
    let run = Office::new().xlsx("log.xlsx", &[&header, &ROWS[0], &ROWS[1]]).run();
    assert_eq!(places(&run.records.tally.total()), [0, 0, 0, 0, 2, 0]);
    let finding = of(&run, Code::HeaderMissing)[0];
    assert!(finding.message.contains("no column \"Start date\""), "{}", finding.message);
    let header = ["Activity ID", "Activity", "Start dat", "End date", "Participants", "Women"];
    let run = Office::new().xlsx("log.xlsx", &[&header, &ROWS[0]]).run();
    let finding = of(&run, Code::HeaderMissing)[0];
    assert!(finding.message.ends_with("Nearest: \"Start dat\" (C1)."), "{}", finding.message);
}

#[test]
fn a_day_that_cannot_be_in_the_declared_order_is_found() {
    let csv = "Activity,Start date\nW1,14/07/2025\nW2,07/14/2025\nW3,03/04/2026\n";
    let run = Office::new().file("log.csv", csv).run();
    assert_eq!(cells(&run, Code::CellUnreadable), ["B3"]);
    assert_eq!(log(&run)[1].1, "2026-04-03");
}

#[test]
fn a_merged_banner_and_a_total_among_damaged_rows_leave_the_tally_closed() {
    let rows: &[&[&str]] = &[
        &HEADER,
        &["PART ONE: JULY TO SEPTEMBER"],
        &ROWS[0],
        &["A2", "", "2025-08-14", "", "30", "9"],
        &["TOTAL", "", "", "", "50", "17"],
        &["", "", "", "", "", "x"],
    ];
    let run = Office::new().xlsx("log.xlsx", rows).run();
    assert_eq!(places(&run.records.tally.total()), [1, 0, 0, 0, 3, 1]);
    assert_eq!(cells(&run, Code::RequiredMissing), ["B2", "C2", "B4", "B6", "C6"]);
}

#[test]
fn rejected_rows_come_out_as_they_were_and_go_in_again_corrected() {
    let rows: &[&[&str]] = &[
        &["Log of the office"],
        &["Activity", "Start date", "Contact person", "Remarks", "Participants"],
        &["Workshop", "soon", "Somebody", "=1+1", "20"],
        &["Training", "2025-08-14", "Somebody", "fine", "-5"],
        &["=Meeting", "", "Somebody", "", "7"],
    ];
    let office = Office::new().xlsx("log.xlsx", rows);
    let rejected = office.reported("data/rejected/log.xlsx.csv");
    let lines: Vec<&str> = rejected.lines().collect();
    assert_eq!(lines[0], "Activity,Start date,Remarks,Participants,reason,sheet,row");
    assert_eq!(
        lines[1],
        "Workshop,soon,'=1+1,20,Start date cannot be read; a date such as 2025-07-14 or 14 Jul 2025 was expected; the row was rejected.,Sheet1,3"
    );
    assert_eq!(lines[2], "'=Meeting,,,7,Start date is blank; the row was rejected.,Sheet1,5");
    assert_eq!(lines.len(), 3);
    let run = office.file("log.xlsx.csv", rejected.replace("soon", "2025-07-14")).run();
    assert_eq!(places(&run.records.tally.sources()[1]), [1, 0, 0, 0, 1, 0]);
    assert!(of(&run, Code::HeaderUnknown).iter().all(|finding| finding.origin.file == "log.xlsx"));
}

#[test]
fn no_participant_leaves_the_input_with_a_rejected_row() {
    let list = "Activity ID,Member,Participant,Sex,Passport no.\nA1,,Jane Roe,F,N123\n,Fiji,John Roe,M,N124\n";
    let log = "Activity ID,Activity,Start date\nA1,Workshop,2025-07-14\n";
    let rejected = Office::new()
        .file("log.csv", log)
        .file("participants.csv", list)
        .reported("data/rejected/participants.csv.csv");
    assert_eq!(
        rejected,
        "Activity ID,Member,Sex,reason,sheet,row\nA1,,F,Member is blank; the row was rejected.,,2\n,Fiji,M,Activity ID is blank; the row was rejected.,,3\n"
    );
}

#[test]
fn rejected_rows_of_a_special_layout_are_read_by_it_again() {
    let layout = "kind = \"needs\"\nfiles = [\"*.xlsx\"]\nsheets = [\"Answers\"]\nheader-rows = 2\nheader-row = 4\n[fields]\nmember = [\"Country\"]\n[wide]\nfield = \"topic\"\nvalue = \"priority\"\n[values.priority]\nhigh = [\"X\"]\n";
    let rows: &[&[&str]] = &[
        &["Survey"],
        &[],
        &[],
        &["", "Topics", ""],
        &["Country", "1-(a)", "1-(b)"],
        &["Fidji", "X", ""],
        &["Tonga", "", "X"],
    ];
    let office = Office::new().layout("wide", layout).sheets("needs.xlsx", &[("Answers", rows)]);
    let rejected = office.reported("data/rejected/needs.xlsx.csv");
    assert_eq!(rejected.lines().next(), Some("Country,1-(a),1-(b),reason,sheet,row"));
    let run = office.file("needs.xlsx.csv", rejected.replace("Fidji", "Fiji")).run();
    let needs: Vec<&str> = run.records.needs.iter().map(|(_, need, _)| need.member.as_str()).collect();
    assert_eq!(needs, ["TO", "FJ"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_order_of_columns_gives_the_same_records(
        order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(),
        banded in any::<bool>(),
    ) {
        let put = |row: &[&'static str]| order.iter().map(|at| row[*at]).collect::<Vec<_>>();
        let mut rows: Vec<Vec<&str>> = vec![vec!["Log of the office"]];
        if banded {
            rows.push(order.iter().map(|at| if *at == 4 { "Number of people" } else { "" }).collect());
        }
        rows.push(put(&HEADER));
        rows.extend(ROWS.iter().map(|row| put(row)));
        rows.push(order.iter().map(|at| match at { 1 => "Total", 4 => "90", 5 => "27", _ => "" }).collect());
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let run = Office::new().xlsx("log.xlsx", &rows).run();
        let plain = Office::new().xlsx("log.xlsx", &[&HEADER, &ROWS[0], &ROWS[1], &ROWS[2]]).run();
        let activities = |run: &rspkpi::pipeline::Run| {
            run.records.activities.iter().map(|(_, activity)| activity.clone()).collect::<Vec<_>>()
        };
        prop_assert_eq!(activities(&run), activities(&plain));
        prop_assert_eq!(places(&run.records.tally.total()), [3, 0, 0, 0, 0, 1]);
    }
}
