//! The workbook of needs and follow-up: what Members report, how many answer, and lists that end in time.

use std::fmt::Write as _;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use rspkpi::artifact::Artifact;
use rspkpi::output::follow_up as output;
use rspkpi::report::{self, Report};
use rspkpi::workbook;

use crate::office::{Office, day, office};

fn compose(office: &Office) -> Report {
    report::compose(&office.examine().expect("a run").material())
}

/// The sheets of a workbook of needs, as rows of cells.
struct Book(Xlsx<Cursor<Vec<u8>>>);

fn book(report: &Report) -> Book {
    let Artifact { bytes, .. } = workbook::needs::render(report, day("2026-06-30")).expect("needs or follow-up");
    Book(Xlsx::new(Cursor::new(bytes)).expect("a workbook"))
}

impl Book {
    fn rows(&mut self, sheet: &str) -> Vec<Vec<String>> {
        let range = self.0.worksheet_range(sheet).expect("the sheet");
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    }

    /// The row of a table whose first cells are these.
    fn row(&mut self, sheet: &str, first: &[&str]) -> Vec<String> {
        let rows = self.rows(sheet);
        let found = rows.into_iter().find(|row| row.iter().zip(first).all(|(cell, wanted)| cell == wanted));
        found.unwrap_or_else(|| panic!("a row {first:?} on {sheet}"))
    }
}

const LOG: &str = "Activity ID | Activity | Type | Start date | AWP actions | Beneficiary Members
     A1 | One | Training | 2025-08-10 | 1-(g) | Fiji; Samoa; Tonga
     A2 | Two | Training | 2025-09-12 | 1-(k), 3-(a) | Fiji
     A3 | Old | Training | 2024-09-12 | 1-(k) | Nepal";

fn reported() -> Office {
    office()
        .log(LOG)
        .answers(
            "Activity ID | Member | Response date | Action taken | Tangible results | Satisfaction | Responses | Lessons applied | Modernisation projects
             A1 | Fiji | 2025-12-01 | yes | 2 | 5 | 7 | =HYPERLINK(\"x\") | A new laboratory
             A1 | Samoa | 2025-12-02 | no | | 3 | | |
             A3 | Nepal | 2025-12-03 | partly | 1 | | | |",
        )
        .evaluations("Activity ID | Rating | Responses\nA1 | 4 | 30\nA1 | 5 | 10\nA2 | 3 | 5")
}

#[test]
fn parts_of_the_survey_stand_as_text_where_a_member_fills_them() {
    let mut book = book(&compose(&reported()));
    let told: Vec<Vec<String>> = book.rows("Answers").into_iter().filter(|row| row[0] == "Fiji").collect();
    assert_eq!(told[0][4..9], ["yes", "2", "7", "Lessons applied", "=HYPERLINK(\"x\")"]);
    assert_eq!(told[1][4..9], ["", "", "", "Modernisation projects", "A new laboratory"], "figures stand once");
    let range = book.0.worksheet_formula("Answers").expect("the sheet");
    assert!(range.rows().flatten().all(String::is_empty), "words never become a formula");
    let page = book.rows("Fiji");
    let told = page.iter().find(|row| row[0] == "A1, 1 Dec 2025: Modernisation projects").unwrap();
    assert_eq!(told[1], "A new laboratory");
}

#[test]
fn response_is_counted_as_on_the_sheet_surveys() {
    let report = compose(&reported());
    let ours = report.needs.as_ref().unwrap().rates.rows.iter().find(|row| row.of == "2025-2026").unwrap();
    let year = report.surveys.rows.iter().find(|row| row.by == "Period" && row.period == "YTD").unwrap();
    assert_eq!((ours.surveyed.asked, ours.surveyed.answered), (4, 2));
    assert_eq!((year.surveyed.asked, year.surveyed.answered), (4, 2));
    assert_eq!(ours.surveyed.evaluation, year.surveyed.evaluation);
}

#[test]
fn response_rates_are_broken_down_by_section_member_and_activity() {
    let mut book = book(&compose(&reported()));
    let figures = |row: Vec<String>| row[5..9].to_vec();
    assert_eq!(figures(book.row("Response rates", &["Activity", "A1: One"])), ["3", "2", "66.66666666666667", "1"]);
    assert_eq!(figures(book.row("Response rates", &["Member", "Fiji"])), ["2", "1", "50", "1"]);
    let sections = book.rows("Response rates").into_iter().filter(|row| row[0] == "Section");
    let asked: Vec<(String, String)> = sections.map(|row| (row[1][..1].to_owned(), row[5].clone())).collect();
    assert_eq!(asked, [("1".to_owned(), "5".to_owned()), ("3".to_owned(), "1".to_owned())], "A2 serves both");
}

#[test]
fn reaction_stands_first_in_percent_of_its_own_scale() {
    let other = "kind = \"evaluation\"\nfiles = [\"ten*\"]\nscale = [0, 10]\n[fields]\nactivity-id = [\"No\"]\nrating = [\"Mark\"]\n";
    let office =
        reported().table("ten.csv", "No | Mark\nA2 | 10").configured("report.toml", |text| format!("{text}\n"));
    std::fs::write(office.config().join("sources/ten.toml"), other).unwrap();
    let mut book = book(&compose(&office));
    let one = book.row("Response rates", &["Activity", "A1: One"]);
    assert_eq!(one[2..5], ["81.25", "40", "1 to 5"], "30 x 75 % and 10 x 100 %");
    let two = book.row("Response rates", &["Activity", "A2: Two"]);
    assert_eq!(two[3..5], ["6", "0 to 10; 1 to 5"]);
    let fiji = book.row("Response rates", &["Member", "Fiji"]);
    assert_eq!(fiji[2..5], ["", "", ""], "an evaluation names no Member");
}

#[test]
fn satisfaction_of_few_answers_is_not_broken_down_nor_that_of_one_shown() {
    let office = reported();
    let mut few = book(&compose(&office));
    assert_eq!(few.row("Response rates", &["Member", "Fiji"])[13..], ["under 5", ""]);
    let office = office.configured("report.toml", |text| text.replace("least = 5 ", "least = 2 "));
    let mut two = book(&compose(&office));
    assert_eq!(two.row("Response rates", &["Plan year", "2025-2026"])[13..], ["75", "2"]);
    assert_eq!(two.row("Response rates", &["Member", "Fiji"])[13..], ["under 2", ""]);
    for sheet in ["Follow-up", "Answers"] {
        assert!(two.rows(sheet)[3].iter().all(|head| !head.contains("Satisfaction")), "{sheet}");
    }
}

#[test]
fn lists_end_where_the_sheet_ends_and_say_where_the_others_stand() {
    let office = reported()
        .table("needs.csv", "Member | Topic | Priority\nFiji | 1-(q) | low\nFiji | 1-(k) | low\nFiji | 1-(l) | low");
    let mut report = compose(&office);
    report.needs.as_mut().unwrap().most = 2;
    let mut book = book(&report);
    for (sheet, all, file) in [
        ("Follow-up", 5, "data/follow-up.csv"),
        ("Answers", 4, "data/answers.csv"),
        ("Evidence", 3, "data/need-rows.csv"),
    ] {
        let rows = book.rows(sheet);
        assert_eq!(rows.len(), 4 + 2, "{sheet}");
        let said = format!("The first 2 of {all} lines; all of them stand in {file}.");
        assert!(rows[1][0].ends_with(&said), "{sheet}: {}", rows[1][0]);
    }
    let whole = compose(&office).needs.unwrap();
    assert_eq!(
        whole.shown(100_001, "x.csv"),
        (100_000, " The first 100,000 of 100,001 lines; all of them stand in x.csv.".to_owned())
    );
}

#[test]
fn data_files_hold_the_lists_in_full() {
    let view = compose(&reported()).needs.unwrap();
    let files = [output::follow_up(&view.asked), output::answers(&view.answers)];
    let lines = |path: &str| {
        let file = files.iter().find(|file| file.path == path).expect("the file");
        String::from_utf8(file.bytes.clone()).expect("UTF-8").lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(lines("data/follow-up.csv")[2], "A1,One,2025-08-10,1-(g),FJ,2025-12-01,yes,2,");
    assert!(lines("data/answers.csv")[1].starts_with("FJ,A1,2025-12-01,yes,2,7,,\"'=HYPERLINK"));
}

#[test]
fn days_and_counts_of_long_lists_are_days_and_counts() {
    let mut book = book(&compose(&reported()));
    let range = book.0.worksheet_range("Follow-up").expect("the sheet");
    let row = range.rows().find(|row| row[3] == Data::String("Fiji".to_owned())).unwrap();
    assert!(matches!(row[2], Data::DateTime(_)) && matches!(row[4], Data::DateTime(_)), "{row:?}");
    assert!(matches!(row[6], Data::Float(_)), "{row:?}");
}

#[test]
fn a_members_page_shows_the_newest_events_and_counts_the_others() {
    let mut log = String::from("Activity ID | Activity | Type | Start date | AWP actions | Beneficiary Members\n");
    for at in 0..20 {
        let month = 7 + at / 10;
        let _ = writeln!(log, "A{at} | Event {at} | Training | 2025-{month:02}-{:02} | 1-(g) | Fiji", 1 + at % 10);
    }
    let answers = "Activity ID | Member | Response date | Action taken\nA0 | Fiji | 2025-12-01 | yes";
    let mut book = book(&compose(&office().log(&log).answers(answers)));
    let rows = book.rows("Fiji");
    let events: Vec<&str> =
        rows.iter().filter(|row| row[1].starts_with('A')).map(|row| row[1].as_str()).skip(1).collect();
    assert_eq!(events[..8], ["A19", "A18", "A17", "A16", "A15", "A14", "A13", "A12"], "the newest");
    assert_eq!(events[8..], ["A4", "A3", "A2", "A1"], "and those whose answers are longest overdue");
    let more = rows.iter().find(|row| row[0].contains("more events")).unwrap();
    assert_eq!(more[0], "8 more events: sheet Follow-up, 7 of them with an answer overdue (sheet Chase list).");
    assert!(
        rows[1][0]
            .starts_with("20 events of this and the previous plan year reached it: 1 answered, 1 with action taken")
    );
}

#[test]
fn the_blank_workbook_of_follow_up_has_a_column_for_each_part_of_the_survey() {
    let run = office().log(LOG).examine().expect("a run");
    let blanks = workbook::template::templates(&run.definitions);
    let blank = blanks.into_iter().find(|file| file.path == "follow-up.xlsx").expect("a blank workbook");
    let mut blank: Xlsx<_> = Xlsx::new(Cursor::new(blank.bytes)).expect("a workbook");
    let range = blank.worksheet_range("Follow-up").expect("the sheet");
    let heads: Vec<String> = range.rows().next().expect("a header").iter().map(ToString::to_string).collect();
    for part in [
        "Responses",
        "Follow-up actions",
        "Lessons applied",
        "Direct effects",
        "Perceived improvement",
        "Modernisation projects",
    ] {
        assert!(heads.iter().any(|head| head == part), "{part} in {heads:?}");
    }
}
