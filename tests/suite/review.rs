//! Decisions about rows in doubt: asked once, kept, applied before everything else.

use calamine::{Data, Reader, Xlsx, open_workbook};
use rspkpi::findings::Code;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::office::{Office, Results, office};

const HEADER: &str = "Activity ID | Activity | Type | Start date | Beneficiary Members";
const IPR: &str = "IPR w/s Hanoi";

/// An office with one row in doubt.
fn doubtful() -> Office {
    office().log(&format!("{HEADER}\nV7 | {IPR} | National workshop | 2026-03-30 | Viet Nam"))
}

/// A filled-in review of rows: Activity ID, Activity, Start date, Decision, Planned item, AWP actions, Reason.
fn review(rows: &[[&str; 7]]) -> Vec<u8> {
    let headers = ["Activity ID", "Activity", "Start date", "Decision", "Planned item", "AWP actions", "Reason"];
    review_with(&headers, rows)
}

/// A filled-in review with these columns; dates in the third one are dates.
pub(crate) fn review_with<const N: usize>(headers: &[&str; N], rows: &[[&str; N]]) -> Vec<u8> {
    table("Review", headers, rows)
}

fn table<const N: usize>(name: &str, headers: &[&str; N], rows: &[[&str; N]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("d mmm yyyy");
    let sheet = workbook.add_worksheet();
    sheet.set_name(name).unwrap();
    for (column, header) in (0..).zip(headers) {
        sheet.write_string(3, column, *header).unwrap();
    }
    for (row, cells) in (4..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match ExcelDateTime::parse_from_str(cell) {
                Ok(day) if column == 2 => _ = sheet.write_datetime_with_format(row, column, &day, &date).unwrap(),
                _ => _ = sheet.write_string(row, column, *cell).unwrap(),
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// The office with a copy of the shipped configuration, into which decisions may be written.
pub(crate) fn own_config(office: Office) -> Office {
    office.configured("report.toml", |text| format!("{text}\n"))
}

fn decided(office: Office, row: [&str; 7]) -> Office {
    own_config(office.file("review.xlsx", review(&[row])))
}

#[test]
fn the_review_brings_a_row_an_activity_with_its_candidates_and_a_list_to_choose_from() {
    let office = doubtful();
    let outcome = office.report().unwrap();
    let mut workbook: Xlsx<_> = open_workbook(outcome.folder.join("review.xlsx")).unwrap();
    let sheet = workbook.worksheet_range("Review").unwrap();
    let rows: Vec<&[Data]> = sheet.rows().collect();
    assert_eq!(rows[3][0], Data::String("Activity ID".into()));
    assert_eq!(rows[4][0], Data::String("V7".into()));
    let best = rows[4][6].to_string();
    assert!(
        best.starts_with("A055 National Workshop on IPR enforcement via e-commerce for Vietnam (0.72)\nmatched: IPR")
    );
    assert_eq!(rows.len(), 5);
    let lists = workbook.worksheet_range("rspkpi lists").unwrap();
    assert_eq!(lists.rows().count(), 103);
}

#[test]
fn where_nothing_is_in_doubt_there_is_no_review() {
    let office = office().log(&format!("{HEADER}\nV7 | PCA w/s Nepal | | 2025-08-20 | Nepal"));
    let outcome = office.report().unwrap();
    assert!(!outcome.folder.join("review.xlsx").exists());
    let review = std::fs::read_to_string(outcome.folder.join("data/review.csv")).unwrap();
    assert_eq!(review.lines().count(), 1);
}

#[test]
fn a_review_among_the_inputs_decides_and_is_kept_and_nobody_is_asked_again() {
    let office = decided(doubtful(), ["V7", IPR, "2026-03-30", "A055", "", "", "Agenda seen"]);
    let outcome = office.report().unwrap();
    assert_eq!(outcome.run.decided, 1);
    let kept = std::fs::read_to_string(office.config().join("decisions.toml")).unwrap();
    assert!(kept.contains("deliver = [\"A055\"]") && kept.contains("Agenda seen"), "{kept}");
    std::fs::remove_file(office.inputs().join("review.xlsx")).unwrap();
    let results = office.results();
    assert_eq!(results.items(IPR), "A055");
    assert_eq!(results.linked(IPR, "basis"), "decision decision");
    assert!(results.candidates(IPR, "plan_item").is_empty());
    assert!(results.found(Code::SheetUnclaimed).is_empty());
}

#[test]
fn the_same_review_a_second_time_changes_no_byte() {
    let office = decided(doubtful(), ["V7", IPR, "2026-03-30", "A055", "", "", ""]);
    let read = |path: &str| std::fs::read(office.report().unwrap().folder.join(path)).unwrap();
    for path in ["run.json", "data/links.csv", "kpi-report.xlsx"] {
        assert_eq!(read(path), read(path), "{path}");
    }
}

#[test]
fn a_decision_comes_before_the_stated_item_and_the_title() {
    let log = "Activity ID | Activity | Start date | Plan item | Beneficiary Members\nV7 | PCA w/s Nepal | 2025-08-20 | A047 | Nepal";
    let office =
        decided(office().log(log), ["V7", "PCA w/s Nepal", "2025-08-20", "", "A040 National workshop", "", ""]);
    assert_eq!(office.results().items("PCA w/s Nepal"), "A040");
}

#[test]
fn outside_the_plan_serves_the_actions_given_and_delivers_nothing() {
    let office = decided(doubtful(), ["V7", IPR, "2026-03-30", "Outside the plan", "", "1-(bb), 1-(ii)", ""]);
    let results = office.results();
    assert_eq!(results.items(IPR), "");
    assert_eq!(results.linked(IPR, "action"), "1-(bb) 1-(ii)");
    assert_eq!(results.linked(IPR, "basis"), "decision decision");
    assert_eq!(results.figure("3-(g).1", "YTD"), "1", "it is an activity of the office all the same");
}

#[test]
fn what_is_not_ours_counts_in_nothing_and_its_row_is_not_lost() {
    let office = decided(doubtful(), ["V7", IPR, "2026-03-30", "Not ours", "", "", ""]);
    let results = office.results();
    assert_eq!(results.linked(IPR, "basis"), "");
    assert_eq!(results.figure("3-(g).1", "YTD"), "0");
    assert_eq!(results.ended("activities.csv"), "unmapped 1");
    assert_eq!(results.seen(Code::ActivityNotOurs), [IPR]);
}

#[test]
fn two_items_of_one_event_may_be_decided() {
    let office = decided(doubtful(), ["V7", IPR, "2026-03-30", "A055; A032", "", "", ""]);
    assert_eq!(office.results().items(IPR), "A055;A032");
}

#[test]
fn a_decision_survives_sorting_and_retyping_of_the_log() {
    let decide = ["V7", IPR, "2026-03-30", "A055", "", "", ""];
    let retyped = office().log(&format!(
        "{HEADER}\nV9 | PCA w/s Nepal | | 2025-08-20 | Nepal\nV7 | NW on IPR, Ha Noi (VN) | Training | 2026-03-30 | VN"
    ));
    assert_eq!(decided(retyped, decide).results().items("NW on IPR, Ha Noi (VN)"), "A055");
    let without_id = office().log(&format!("{HEADER}\n | IPR  W/S, Hanoi | | 2026-03-30 | Viet Nam"));
    let decide = ["", IPR, "2026-03-30", "A055", "", "", ""];
    assert_eq!(decided(without_id, decide).results().items("IPR  W/S, Hanoi"), "A055");
}

#[test]
fn an_id_given_to_another_activity_does_not_take_its_decision_along() {
    let other = office().log(&format!("{HEADER}\nV7 | Smart Customs regional w/s | Regional workshop | 2026-05-12 | "));
    let results = decided(other, ["V7", IPR, "2026-03-30", "A055", "", "", ""]).results();
    assert_eq!(results.items("Smart Customs regional w/s"), "A073");
    assert_eq!(results.seen(Code::DecisionUnused), [IPR]);
}

#[test]
fn a_decision_that_cannot_be_read_is_a_finding_with_its_cell() {
    let office = decided(doubtful(), ["V7", IPR, "2026-03-30", "Perhaps", "", "", ""]);
    let results = office.results();
    let found = results.found(Code::DecisionUnreadable);
    assert_eq!((found[0].origin.file.as_str(), found[0].origin.cell.as_str()), ("review.xlsx", "D5"));
    assert_eq!(results.candidates(IPR, "plan_item")[0], "A055", "it is still in doubt");
}

#[test]
fn a_decision_for_an_item_that_the_plan_does_not_have_is_an_error() {
    let entry = "[[decision]]\nplan = \"2025-2026\"\nactivity = \"V7\"\ntitle = \"IPR w/s Hanoi\"\nstart = 2026-03-30\ndeliver = [\"A999\"]\n";
    let office = own_config(doubtful());
    std::fs::write(office.config().join("decisions.toml"), entry).unwrap();
    assert_eq!(office.results().seen(Code::DecisionUnfit), [IPR]);
}

#[test]
fn a_persons_decision_meets_a_need() {
    let needs = "Member | Response date | Topic | Priority\nFiji | 2025-12-01 | 1-(q) | high";
    let office = own_config(doubtful().table("needs.csv", needs));
    let state = |office: &Office| {
        let outcome = office.report().unwrap();
        let text = std::fs::read_to_string(outcome.folder.join("data/needs.csv")).unwrap();
        text.lines().find(|line| line.starts_with("FJ,1-(q)")).unwrap().split(',').nth(8).unwrap().to_owned()
    };
    assert_eq!(state(&office), "open");
    let entry = "[[need]]\nmember = \"FJ\"\naction = \"1-(q)\"\non = 2026-02-01\nreason = \"Own training held\"\n";
    std::fs::write(office.config().join("decisions.toml"), entry).unwrap();
    assert_eq!(state(&office), "met");
}

#[test]
fn a_topic_of_needs_is_decided_in_the_review_and_kept() {
    let needs = "Member | Response date | Topic | Priority\nFiji | 2025-12-01 | PCA and valuation | high";
    let office = own_config(doubtful().table("needs.csv", needs));
    let outcome = office.report().unwrap();
    let mut workbook: Xlsx<_> = open_workbook(outcome.folder.join("review.xlsx")).unwrap();
    let sheet = workbook.worksheet_range("Review topics").unwrap();
    assert_eq!(sheet.rows().nth(4).unwrap()[0], Data::String("PCA and valuation".into()));

    let mut filled = Workbook::new();
    let sheet = filled.add_worksheet();
    sheet.set_name("Review topics").unwrap();
    sheet.write_row(3, 0, ["Topic", "Decision", "AWP actions"]).unwrap();
    sheet.write_row(4, 0, ["PCA and valuation", "", "1-(q), 1-(p)"]).unwrap();
    std::fs::write(office.inputs().join("answers.xlsx"), filled.save_to_buffer().unwrap()).unwrap();
    assert_eq!(office.report().unwrap().run.decided, 1);
    std::fs::remove_file(office.inputs().join("answers.xlsx")).unwrap();
    let results = office.results();
    assert_eq!(results.ended("needs.csv"), "counted 1");
    assert!(results.run.records.open_topics.is_empty());
}

#[test]
fn a_review_is_known_by_its_headers_whatever_its_sheet_or_its_format_is() {
    let headers = ["Activity ID", "Activity", "Start date", "Candidate 1", "Decision", "Where it stands"];
    let row = ["V7", IPR, "2026-03-30", "A055 National Workshop", "A055", "activities.csv, row 2"];
    let renamed = doubtful().file("answers.xlsx", table("Sheet1", &headers, &[row]));
    let as_csv =
        doubtful().table("decided.csv", &format!("Activities in doubt\n{}\n{}", headers.join("|"), row.join("|")));
    for office in [renamed, as_csv] {
        let results = office.results();
        assert_eq!(results.items(IPR), "A055");
        assert_eq!(results.run.records.sources.len(), 1, "its rows are no records");
    }
}

#[test]
fn a_report_that_comes_back_among_the_inputs_gives_no_records() {
    let office =
        doubtful().table("needs.csv", "Member | Response date | Topic | Priority\nFiji | 2025-12-01 | 1-(q) | high");
    let outcome = office.report().unwrap();
    let before = office.results();
    crate::office::copy_folder(&outcome.folder, &office.inputs().join("old report"));
    let after = office.results();
    let read = |results: &Results| -> Vec<String> {
        let sources = results.run.records.sources.iter();
        sources.map(|source| format!("{} {}", source.file, source.sheet)).collect()
    };
    assert_eq!(read(&after), read(&before));
    assert_eq!(after.scorecard(), before.scorecard());
    assert!(after.seen(Code::SheetOfReport).len() > 1);
}
