//! The report folder: the same inputs, the same bytes; whole or not at all; nothing that acts or names a person.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use rspkpi::artifact::Artifact;
use rspkpi::definitions::hex;
use rspkpi::output::ReportFolder;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use zip::ZipArchive;

use crate::office::{Office, office};

/// An office with a file of every kind and something wrong in each.
fn busy() -> Office {
    office()
        .log(
            "Activity ID | Activity | Start date | Type | AWP actions | Beneficiary Members | Women | Experts | Funding | Status
             1 | A | 2025-07-10 | Training | 1-(a), (hh), 3-(k) | Fiji; Tonga | 5 | 2 | CCF/Japan | done
             2 | B | 2025-08-10 | Meeting | 1-(h) | Atlantis | | | | done
             3 | C | soon | Meeting | 1-(h) | Fiji | | | | done
             4 | D | 2024-08-10 | Meeting | 1-(h) | Samoa | 3 | | | done
             4 | D | 2024-08-10 | Meeting | 1-(h) | Samoa | 3 | | | done
             5 | E | 2025-09-10 | Meeting | 1-(h) | Samoa | | | | cancelled",
        )
        .people("Activity ID | Member | Sex | Role | Participant
        1 | Fiji | F | expert | P001
        1 | Tonga | M | | P002
        9 | Fiji | F | | P003")
        .answers("Activity ID | Member | Response date | Action taken | Satisfaction
        1 | Fiji | 2025-08-20 | yes | 4
        1 | Fiji | 2025-09-20 | no | 3")
        .evaluations("Activity ID | Rating | Responses\n1 | 4.3 | 20\n1 | 9 | 1")
        .register("Member | KPI | Status | Since
        Fiji | 1-(a).1 | implementing | 2025
        Fiji | 1-(h).2 | implementing | 2025")
        .statistics("Member | KPI | Period | Value\nFiji | 1-(w).1 | 2025-07 | 5\nFiji | 1-(w).1 | 2024-07 | 3")
        .table("needs.csv", "Member | Topic | Priority\nFiji | 1-(q) | high\nFiji | weather | low")
        .quarter(1)
}

/// All files below a folder with their bytes, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let place = entry.expect("an entry").path();
            if place.is_dir() {
                folders.push(place);
            } else {
                let path = place.strip_prefix(folder).expect("below the folder").to_string_lossy().replace('\\', "/");
                found.insert(path, fs::read(&place).expect("a file"));
            }
        }
    }
    found
}

/// The files, and what is packed in the workbooks among them.
fn unpacked(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let mut all = files.clone();
    let workbooks = files.iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|ending| ending == "xlsx"));
    for (path, bytes) in workbooks {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).expect("a part");
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("a part");
            all.insert(format!("{path}, part {at}"), content);
        }
    }
    all
}

fn reported(office: &Office) -> BTreeMap<String, Vec<u8>> {
    files(&office.report().expect("a report").folder)
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    std::str::from_utf8(&files[path]).expect("UTF-8")
}

/// Paths of the files that hold a text, in any case.
fn holding(files: &BTreeMap<String, Vec<u8>>, marker: &str) -> Vec<String> {
    let found = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).to_lowercase().contains(marker);
    unpacked(files).into_iter().filter(|(_, bytes)| found(bytes)).map(|(path, _)| path).collect()
}

#[test]
fn the_same_inputs_give_the_same_bytes_in_every_file() {
    let (one, other) = (reported(&busy()), reported(&busy()));
    assert!(one.contains_key("data/scorecard.csv") && one.contains_key("run.json"));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(other[path] == *bytes, "{path} differs");
    }
}

#[test]
fn a_second_report_takes_the_place_of_the_first_and_leaves_nothing_beside_it() {
    let office = busy();
    let outcome = office.report().expect("a report");
    assert_eq!(outcome.folder, office.out().join("2025-2026").join("Q1"));
    fs::write(outcome.folder.join("stray.txt"), "of the first report").expect("a file");
    let again = reported(&office);
    assert!(!again.contains_key("stray.txt"));
    let beside = fs::read_dir(office.out().join("2025-2026")).expect("a folder").count();
    assert_eq!(beside, 1);
}

#[test]
fn data_files_are_utf_8_with_a_header_line_and_line_feeds() {
    let files = reported(&busy());
    for (path, first) in [
        (
            "data/scorecard.csv",
            "kpi,action,text,measure,timing,period,from,to,value,unit,state,reason,numerator,denominator,baseline,target,progress,members,records,covered,coverable\n",
        ),
        ("data/links.csv", "activity,title,end,action,basis,score,plan_item,file,sheet,row\n"),
        ("data/findings.csv", "severity,code,file,sheet,cell,value,message,help\n"),
    ] {
        let text = text(&files, path);
        assert!(text.starts_with(first), "{path}");
        assert!(!text.contains('\r') && text.ends_with('\n'), "{path}");
    }
    // 65 KPIs and two companions, in Q1 and the year to date, of both years.
    assert_eq!(text(&files, "data/scorecard.csv").lines().count(), 1 + 67 * 4);
}

#[test]
fn the_run_tells_where_every_row_went() {
    let files = reported(&busy());
    let run: Value = serde_json::from_slice(&files["run.json"]).expect("JSON");
    let places = ["counted", "out_of_period", "duplicate", "unmapped", "rejected"];
    let sum = |places_of: &Value| places.iter().map(|place| places_of[place].as_u64().expect("a number")).sum::<u64>();
    let rows = run["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 7);
    for row in rows.iter().chain([&run["total"]]) {
        assert_eq!(Some(sum(row)), row["read"].as_u64(), "{row}");
    }
    let read: u64 = rows.iter().map(|row| row["read"].as_u64().expect("a number")).sum();
    assert_eq!((run["total"]["read"].as_u64(), read), (Some(read), 19));
    let log = rows.iter().find(|row| row["file"] == "activities.csv").expect("the log");
    assert_eq!(places.map(|place| log[place].as_u64()), [3, 1, 1, 0, 1].map(Some));
}

#[test]
fn the_run_tells_the_sha_256_and_size_of_inputs_configuration_and_outputs() {
    let office = busy();
    let outputs = reported(&office);
    let run: Value = serde_json::from_slice(&outputs["run.json"]).expect("JSON");
    let (inputs, config) = (files(&office.inputs()), files(&office.config()));
    for (list, all) in [("inputs", &inputs), ("configuration", &config), ("outputs", &outputs)] {
        let told = run[list].as_array().expect("a list");
        assert!(!told.is_empty());
        for file in told {
            let bytes = &all[file["path"].as_str().expect("a path")];
            assert_eq!(file["sha256"].as_str(), Some(hex(&Sha256::digest(bytes)).as_str()), "{file}");
            assert_eq!(file["bytes"].as_u64(), u64::try_from(bytes.len()).ok(), "{file}");
        }
    }
    let told = |list: &str| run[list].as_array().map_or(0, Vec::len);
    assert_eq!((told("inputs"), told("outputs")), (inputs.len(), outputs.len() - 1), "all but run.json itself");
}

#[test]
fn the_run_counts_the_findings_of_each_code() {
    let files = reported(&busy());
    let run: Value = serde_json::from_slice(&files["run.json"]).expect("JSON");
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut table = csv::Reader::from_reader(files["data/findings.csv"].as_slice());
    for row in table.records().map(|row| row.expect("a row")) {
        *counts.entry(row[1].to_owned()).or_default() += 1;
    }
    assert!(counts.len() > 5);
    let told = run["findings"].as_object().expect("counts");
    assert_eq!(told.len(), counts.len());
    for (code, count) in &counts {
        assert_eq!(told[code].as_u64(), Some(*count), "{code}");
    }
}

#[test]
fn text_of_the_inputs_never_acts_as_a_formula() {
    let table = "Activity ID | Activity | Start date | Women
        =1+1 | =HYPERLINK(\"x\") | 2025-07-10 | @many
        +2 | -3 | 2025-07-11 | +x";
    let files = reported(&office().log(table).quarter(1));
    let links = text(&files, "data/links.csv");
    assert!(links.contains("\n'=1+1,\"'=HYPERLINK(\"\"x\"\")\",") && links.contains("\n'+2,'-3,"), "{links}");
    for path in ["data/links.csv", "data/findings.csv"] {
        let mut table = csv::Reader::from_reader(files[path].as_slice());
        let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
        let acting = rows.iter().flatten().find(|cell| cell.starts_with(['=', '+', '-', '@']));
        assert_eq!(acting, None, "{path}");
    }
}

#[test]
fn names_of_files_and_sheets_never_act_as_a_formula() {
    let sheet = "Activity | Start date | Women\nForum | 2025-07-10 | many";
    let files = reported(&office().workbook("=log.xlsx", &[("=1+1", sheet)]).quarter(1));
    for path in ["data/links.csv", "data/findings.csv"] {
        let mut table = csv::Reader::from_reader(files[path].as_slice());
        let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.iter().flatten().find(|cell| cell.starts_with('=')), None, "{path}");
    }
}

#[test]
fn no_participant_stands_in_any_output() {
    let marked = |rows: &str| rows.replace('*', "person-marker@example.org");
    let people = marked(
        "Activity ID | Member | Sex | Role | Participant | Count
         1 | Fiji | F | expert | * |
         1 | Fiji | F | speaker | * |
         1 | Fiji | M | | * |
         1 | Fiji | F | | * | 3
         9 | Fiji | F | | * |
         2 | Fiji | odd | odd | * |
         1 | Atlantis | F | | * | many
         1 | | F | | * |",
    );
    let other = marked("Name | Mail\nP001 | *");
    let office = office()
        .log("Activity ID | Activity | Start date | Status\n1 | A | 2025-07-10 | done\n2 | B | 2025-07-10 | cancelled")
        .people(&people)
        .workbook("list.xlsx", &[("Participants", &people)])
        .table("contacts.csv", &other)
        .quarter(1);
    assert_eq!(holding(&reported(&office), "person-marker"), [""; 0]);
}

#[test]
fn no_participant_of_a_list_without_header_stands_in_any_output() {
    let list =
        "1 | Fiji | F | participant | person-marker@example.org\n1 | Tonga | M | expert | person-marker@example.org";
    let told = |name: &str| {
        let office = office().log("Activity ID | Activity | Start date\n1 | A | 2025-07-10").table(name, list);
        holding(&reported(&office.quarter(1)), "person-marker")
    };
    assert_eq!((told("participants.csv"), told("list.csv")), (Vec::new(), Vec::new()));
}

/// A folder in which a report stands: one file of this content.
fn standing(content: &str) -> TempDir {
    let out = TempDir::new().expect("a temporary folder");
    let folder = ReportFolder::open(out.path(), "2025-2026", "Q1").expect("a folder");
    folder.write(&Artifact::new("data/a.csv", content)).expect("a file");
    folder.complete().expect("a report");
    out
}

fn stands(out: &TempDir) -> BTreeMap<String, Vec<u8>> {
    files(&out.path().join("2025-2026"))
}

#[test]
fn a_run_that_ends_before_its_report_is_complete_leaves_the_old_one() {
    let out = standing("old");
    let opened = ReportFolder::open(out.path(), "2025-2026", "Q1").expect("a folder");
    assert_eq!(opened.target(), out.path().join("2025-2026").join("Q1"));
    drop(opened);
    assert_eq!(stands(&out), BTreeMap::from([("Q1/data/a.csv".to_owned(), b"old".to_vec())]));
}

#[test]
fn a_report_of_which_a_file_cannot_be_written_leaves_the_old_one() {
    let out = standing("old");
    let opened = ReportFolder::open(out.path(), "2025-2026", "Q1").expect("a folder");
    opened.write(&Artifact::new("data/a.csv", "new")).expect("a file");
    // A file cannot stand in a file.
    assert!(opened.write(&Artifact::new("data/a.csv/b.csv", "new")).is_err());
    drop(opened);
    assert_eq!(stands(&out), BTreeMap::from([("Q1/data/a.csv".to_owned(), b"old".to_vec())]));
}

#[test]
fn while_a_run_writes_a_report_another_run_of_the_same_report_is_told_to_wait() {
    let out = standing("old");
    let open = || ReportFolder::open(out.path(), "2025-2026", "Q1");
    let first = open().expect("a folder");
    first.write(&Artifact::new("data/a.csv", "new")).expect("a file");
    let told = open().expect_err("the other run has its turn").to_string();
    assert!(told.starts_with("another run is writing ") && told.contains("run again when it has ended"), "{told}");
    ReportFolder::open(out.path(), "2025-2026", "Q2").expect("another report is nobody's business");
    first.complete().expect("a report");
    assert_eq!(stands(&out), BTreeMap::from([("Q1/data/a.csv".to_owned(), b"new".to_vec())]));
    drop(open().expect("a folder"));
}

#[test]
fn a_folder_that_went_while_a_report_was_written_is_an_error_and_the_old_report_stays() {
    let out = standing("old");
    let opened = ReportFolder::open(out.path(), "2025-2026", "Q1").expect("a folder");
    opened.write(&Artifact::new("data/a.csv", "new")).expect("a file");
    fs::remove_dir_all(out.path().join("2025-2026").join(".Q1.new")).expect("the folder goes");
    assert!(opened.write(&Artifact::new("data/b.csv", "new")).is_err());
    drop(opened);
    assert_eq!(stands(&out), BTreeMap::from([("Q1/data/a.csv".to_owned(), b"old".to_vec())]));
}

#[test]
fn a_report_that_a_killed_run_had_set_aside_comes_back() {
    let out = standing("old");
    let year = out.path().join("2025-2026");
    fs::rename(year.join("Q1"), year.join(".Q1.old")).expect("a rename");
    fs::create_dir(year.join(".Q1.new")).expect("a folder");
    drop(ReportFolder::open(out.path(), "2025-2026", "Q1").expect("a folder"));
    assert_eq!(stands(&out), BTreeMap::from([("Q1/data/a.csv".to_owned(), b"old".to_vec())]));
}

#[test]
fn a_report_that_cannot_be_placed_is_an_error_before_the_long_work() {
    let out = TempDir::new().expect("a temporary folder");
    fs::write(out.path().join("2025-2026"), "a file").expect("a file");
    assert!(ReportFolder::open(out.path(), "2025-2026", "Q1").is_err());
}

#[test]
fn the_name_of_a_sheet_never_acts_as_a_path() {
    let bad = "Activity | Start date\nTalk | nonsense";
    let office = office()
        .log("Activity | Start date\nTalk | 2025-07-10")
        .file("log.xlsx", renamed_sheet(&[("Q1", bad), ("Aside", bad)], "Aside", "../../../../out"));
    let folder = office.report().unwrap().folder;
    let mut names: Vec<String> = std::fs::read_dir(folder.join("data/rejected"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort_unstable();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().all(|name| !name.contains('/') && !name.contains('\\')), "{names:?}");
    assert!(!office.out().join("out.csv").exists());
}

/// A workbook in which a sheet has a name that Excel itself would refuse.
fn renamed_sheet(sheets: &[(&str, &str)], from: &str, to: &str) -> Vec<u8> {
    use std::io::Write;
    let scratch = office().workbook("made.xlsx", sheets);
    let bytes = std::fs::read(scratch.inputs().join("made.xlsx")).unwrap();
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name == "xl/workbook.xml" {
            content = String::from_utf8(content).unwrap().replace(&format!("\"{from}\""), &format!("\"{to}\"")).into();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&content).unwrap();
    }
    new.finish().unwrap().into_inner()
}
