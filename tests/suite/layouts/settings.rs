//! What a layout can say.

use rspkpi::findings::Code;
use rspkpi::records::{Priority, Sex};

use crate::own_layouts::{Office, cells, log, of, places};

fn needs(run: &rspkpi::pipeline::Run) -> Vec<(&str, &str, Priority)> {
    let needs = run.records.needs.iter();
    needs.map(|(_, need, _)| (need.member.as_str(), need.topic.as_str(), need.priority)).collect()
}

#[test]
fn a_layout_may_give_the_sheet_by_its_place_and_the_header_by_its_row() {
    let layout = "kind = \"activity\"\nfiles = [\"book*\"]\nsheet-index = 2\nheader-row = 3\n[fields]\ntitle = [\"What\"]\nstart = [\"When\"]\n";
    let other: &[&[&str]] = &[&["What", "When"], &["Not this one", "2025-07-14"]];
    let ours: &[&[&str]] = &[&["What", "When"], &["Old", "2025-07-14"], &["When", "What"], &["2025-07-15", "New"]];
    let run = Office::new().layout("ours", layout).sheets("book.xlsx", &[("Cover", other), ("Data", ours)]).run();
    assert_eq!(log(&run), [("New", "2025-07-15".to_owned(), None)]);
    assert_eq!(of(&run, Code::SheetUnclaimed)[0].origin.sheet, "Cover");
}

#[test]
fn constants_hold_for_every_row_of_the_files_that_the_layout_names() {
    let layout = "kind = \"participation\"\nfiles = [\"fiji*\"]\n[fields]\nmember = [\"Country\"]\ncount = [\"n\"]\n[constants]\ntitle = \"Workshop\"\nstart = 2025-07-14\nrole = \"expert\"\n";
    let log = "Activity,Start date\nWorkshop,2025-07-14\n";
    let run =
        Office::new().layout("fiji", layout).file("log.csv", log).file("fiji.csv", "Country,n\nFiji,3\nTonga,2\n");
    let run = run.run();
    let rows: Vec<(u32, bool)> = run.records.attendance.iter().map(|row| (row.row.count, row.expert())).collect();
    assert_eq!(rows, [(3, true), (2, true)]);
}

#[test]
fn decimal_commas_and_serial_days_are_read_only_where_the_layout_says_so() {
    let layout = "kind = \"activity\"\nfiles = [\"ours*\"]\ndecimal-comma = true\nserial-dates = true\n[fields]\ntitle = [\"Activity\"]\nstart = [\"Start date\"]\nparticipants = [\"Participants\"]\n";
    let rows: &[&[&str]] = &[&["Activity", "Start date", "Participants"], &["Workshop", "45852", "1.200 "]];
    let run = Office::new().layout("ours", layout).xlsx("ours.xlsx", rows).run();
    assert_eq!(log(&run), [("Workshop", "2025-07-14".to_owned(), None)]);
    let run = Office::new()
        .layout("ours", layout)
        .file("ours.csv", "Activity;Start date;Participants\nWorkshop;45852;1.200\n")
        .run();
    assert_eq!(run.records.activities[0].1.participants, Some(1200));
    let run =
        Office::new().xlsx("log.xlsx", &[rows[0], &["Workshop", "45852", "3"], &["Training", "2025-07-14", "3"]]).run();
    assert_eq!(cells(&run, Code::CellUnreadable), ["B2"]);
}

#[test]
fn a_month_stands_for_its_days_only_where_the_layout_says_so() {
    let csv = "Activity,Start date,End date\nWorkshop,March 2026,\nTraining,2026-02,2026-02-10\n";
    let layout = "kind = \"activity\"\nfiles = [\"log*\"]\nmonths = true\n[fields]\ntitle = [\"Activity\"]\nstart = [\"Start date\"]\nend = [\"End date\"]\n";
    let run = Office::new().layout("ours", layout).file("log.csv", csv).run();
    let ends: Vec<String> = run.records.activities.iter().map(|(_, activity)| activity.end.to_string()).collect();
    assert_eq!(ends, ["2026-03-31", "2026-02-10"]);
    assert_eq!(cells(&run, Code::PartialDate), ["B2", "B3"]);
    let run = Office::new().file("log.csv", csv).run();
    assert_eq!(places(&run.records.tally.total()), [0, 0, 0, 0, 2, 0]);
}

const WIDE: &str = "kind = \"needs\"\nfiles = [\"survey*\"]\n[fields]\nmember = [\"Country\"]\nresponse-date = [\"Date\"]\n[values.priority]\nhigh = [\"X\", \"yes\"]\nlow = [\"\u{2713}\"]\n[values.topic]\n\"1-(q)\" = [\"Risk management\"]\n";

#[test]
fn a_wide_survey_gives_a_need_for_every_filled_cell() {
    let rows: &[&[&str]] = &[
        &["", "", "Topics", "", "", ""],
        &["Country", "Date", "1-(a)", "Risk management", "1-(b)", "Comments"],
        &["Fiji", "2025-12-01", "X", "", "\u{2713}", "none"],
        &["Tonga", "2025-12-01", "", "X", "?", ""],
        &["Samoa", "2025-12-01", "", "", "", ""],
        &["Nowhere", "2025-12-01", "X", "", "", ""],
    ];
    let expected = [("FJ", "1-(a)", Priority::High), ("FJ", "1-(b)", Priority::Low), ("TO", "1-(q)", Priority::High)];
    for columns in [
        "columns = [\"1-(a)\", \"Risk management\", \"1-(b)\"]",
        "columns-from = \"1-(a)\"\ncolumns-to = \"1-(b)\"",
        "except = [\"Comments\"]",
    ] {
        let layout = format!("header-rows = 2\n{WIDE}\n[wide]\nfield = \"topic\"\nvalue = \"priority\"\n{columns}\n");
        let run = Office::new().layout("wide", &layout).xlsx("survey.xlsx", rows).run();
        assert_eq!(needs(&run), expected, "{columns}");
        // Tonga has one answer that counts and one that cannot be read: the row counts.
        assert_eq!(places(&run.records.tally.total()), [2, 0, 0, 0, 1, 1]);
        assert_eq!(cells(&run, Code::CellUnreadable), ["E4"]);
        assert_eq!(
            of(&run, Code::CellsUnpivoted)[0].message.split(';').next(),
            Some("3 rows gave 5 records from 3 columns")
        );
    }
}

#[test]
fn topics_of_a_wide_survey_take_the_heading_above_them_where_headings_differ() {
    let layout = format!("header-rows = 2\n{WIDE}\n[wide]\nfield = \"topic\"\nvalue = \"priority\"\n");
    let rows: &[&[&str]] =
        &[&["", "1-(a)", "", "1-(b)", ""], &["Country", "now", "later", "now", "later"], &["Fiji", "X", "", "", "X"]];
    let run = Office::new().layout("wide", &layout).xlsx("survey.xlsx", rows).run();
    assert_eq!(needs(&run), [("FJ", "1-(a) now", Priority::High), ("FJ", "1-(b) later", Priority::High)]);
}

#[test]
fn women_and_men_side_by_side_are_split_into_rows() {
    let layout = "kind = \"participation\"\nfiles = [\"list*\"]\nheader-rows = 2\n[fields]\nactivity-id = [\"ID\"]\nmember = [\"Country\"]\n[split]\ninto = \"count\"\n[split.columns]\n\"18-24|FEMME\" = { sex = \"F\" }\n\"25+|FEMME\" = { sex = \"F\" }\n\"18-24|HOMME\" = { sex = \"M\" }\n";
    let rows: &[&[&str]] = &[
        &["ID", "Country", "18-24", "", "25+", ""],
        &["", "", "FEMME", "HOMME", "FEMME", "HOMME"],
        &["A1", "Fiji", "3", "4", "5", "6"],
        &["A1", "Tonga", "0", "", "2", ""],
        &["A1", "Samoa", "", "", "", ""],
    ];
    let office = Office::new().file("log.csv", "Activity ID,Activity,Start date\nA1,Workshop,2025-07-14\n");
    let run = office.layout("list", layout).xlsx("list.xlsx", rows).run();
    let counts: Vec<(Sex, u32)> = run.records.attendance.iter().map(|row| (row.row.sex, row.row.count)).collect();
    assert_eq!(counts.iter().filter(|(sex, _)| *sex == Sex::Woman).map(|(_, count)| count).sum::<u32>(), 10);
    assert_eq!(counts.iter().map(|(_, count)| count).sum::<u32>(), 14);
    assert_eq!(places(&run.records.tally.sources()[0]), [2, 0, 0, 0, 0, 1]);
    assert_eq!(of(&run, Code::HeaderUnknown)[0].value, "25+ HOMME");
    let rows = [rows[0], rows[1], &["A1", "Fiji", "3", "many", "", ""]];
    let office = Office::new().file("log.csv", "Activity ID,Activity,Start date\nA1,Workshop,2025-07-14\n");
    let run = office.layout("list", layout).xlsx("list.xlsx", &rows).run();
    assert_eq!(run.records.attendance.iter().map(|row| row.row.count).sum::<u32>(), 3);
    assert_eq!(cells(&run, Code::CellUnreadable), ["D3"]);
}

#[test]
fn a_field_may_be_the_sum_of_columns() {
    let layout = "kind = \"activity\"\nfiles = [\"log*\"]\n[fields]\ntitle = [\"Activity\"]\nstart = [\"Start date\"]\n[sum]\nwomen = [\"Female 18-24\", \"Female 25+\", \"Female 60+\"]\n";
    let csv = "Activity,Start date,Female 18-24,Female 25+\nW1,2025-07-14,3,4\nW2,2025-07-15,,4\nW3,2025-07-16,,\nW4,2025-07-17,3,many\n";
    let run = Office::new().layout("ours", layout).file("log.csv", csv).run();
    let women: Vec<Option<u32>> = log(&run).into_iter().map(|(.., women)| women).collect();
    assert_eq!(women, [Some(7), Some(4), None, None]);
    assert_eq!(cells(&run, Code::FieldUnreadable), ["D5"]);
    assert_eq!(of(&run, Code::LayoutColumnMissing)[0].value, "female 60");
}

#[test]
fn rows_are_skipped_by_the_rules_of_the_layout() {
    let layout = "kind = \"activity\"\nfiles = [\"log*\"]\nskip = [{ column = \"Owner\", words = [\"Example\", \"template row\"] }]\n[fields]\ntitle = [\"Activity\"]\nstart = [\"Start date\"]\n";
    let csv = "Activity,Start date,Owner\nW1,2025-07-14,example\nW2,2025-07-15,me\n";
    let run = Office::new().layout("ours", layout).file("log.csv", csv).run();
    assert_eq!(log(&run), [("W2", "2025-07-15".to_owned(), None)]);
    assert_eq!(places(&run.records.tally.total()), [1, 0, 0, 0, 0, 1]);
}

#[test]
fn a_group_stands_for_its_members_on_the_last_day_of_the_activity() {
    let csv = "Activity,Start date,Beneficiary Members\nW1,2025-10-25,all ASEAN Members\nW2,2025-10-26,\"ASEAN, Fiji\"\nW3,2025-10-26,PICTs; SIEs; Atlantis\n";
    let run = Office::new().file("log.csv", csv).run();
    let counts: Vec<usize> = run.records.activities.iter().map(|(_, activity)| activity.members.len()).collect();
    assert_eq!(counts, [10, 12, 8]);
    assert_eq!(cells(&run, Code::GroupExpanded), ["C2", "C3", "C4", "C4"]);
    assert_eq!(of(&run, Code::UnknownMember)[0].value, "Atlantis");
}

#[test]
fn percentages_are_ratings_on_scales_of_a_hundred_and_of_one() {
    for (scale, expected) in [("[0, 100]", Some(85.0)), ("[0, 1]", Some(85.0)), ("[1, 5]", None)] {
        let layout = format!(
            "kind = \"evaluation\"\nfiles = [\"eval*\"]\nsheets = []\nscale = {scale}\n[fields]\nactivity-id = [\"ID\"]\nrating = [\"Rating\"]\nresponses = [\"Answers\"]\n[constants]\ntitle = \"W1\"\n"
        );
        let office = Office::new().file("log.csv", "Activity ID,Activity,Start date\nA1,W1,2025-07-14\n");
        let run = office.layout("ours", &layout).file("eval.csv", "ID,Rating,Answers\nA1,85%,10\n").run();
        let ratings: Vec<f64> = run.records.reviews.iter().map(|review| review.evaluation.percent).collect();
        assert_eq!(ratings, expected.into_iter().collect::<Vec<f64>>(), "{scale}");
    }
}

#[test]
fn a_layout_that_cannot_be_is_refused_with_the_reason() {
    let fields = "[fields]\ntitle = [\"Activity\"]\nstart = [\"Start\"]\n";
    for (settings, reason) in [
        ("header-rows = 4", "header-rows: 1, 2 or 3 was expected"),
        ("header-row = 0", "header-row is counted from 1"),
        ("header-rose = 2", "unknown field `header-rose`"),
        ("[values.status]\ndelivered = [\"ok\"]\nplanned = [\"OK\"]", "[values.status]: \"OK\" stands for two words"),
        ("starts-after = \" \"", "starts-after: a text of the sheet was expected"),
    ] {
        let layout = format!("kind = \"activity\"\n{settings}\n{fields}");
        let error = Office::new().layout("ours", &layout).definitions().expect_err("refused");
        assert!(error.starts_with("sources/ours.toml") && error.contains(reason), "{error}");
    }
    for (settings, reason) in [
        ("[constants]\nstart = 2025-07-01", "start stands in [fields] and is given otherwise too"),
        ("[wide]\nfield = \"title\"\nvalue = \"women\"", "one row of an activity log is one activity"),
    ] {
        let layout = format!("kind = \"activity\"\n{fields}{settings}\n");
        let error = Office::new().layout("ours", &layout).definitions().expect_err("refused");
        assert!(error.contains(reason), "{error}");
    }
}
