//! The program as a person or another program calls it.

use std::path::Path;
use std::process::{Command, Output};

use rspkpi::findings::Code;
use serde_json::Value;
use tempfile::TempDir;

use crate::office::{Office, office, shipped_config};

/// Calls the program; folders are given, unless the arguments name others.
fn called(office: &Office, arguments: &[&str]) -> Output {
    called_by(Command::new(env!("CARGO_BIN_EXE_rspkpi")), office, arguments)
}

fn called_by(mut command: Command, office: &Office, arguments: &[&str]) -> Output {
    command.args(arguments);
    for (option, place) in [("--inputs", office.inputs()), ("--config", office.config()), ("--out", office.out())] {
        if !arguments.contains(&option) {
            command.arg(option).arg(place);
        }
    }
    command.output().expect("the program")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// An office about whose log there is nothing to say.
fn sound() -> Office {
    office().log("Activity | Start date | Type | AWP actions | Status\nTalk | 2025-07-10 | Meeting | 1-(h) | done")
}

fn plan() -> Value {
    let output = called(&office(), &["plan", "--format", "json"]);
    assert_eq!(code(&output), 0);
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn report_is_the_default_command_and_ends_with_0_where_no_error_was_found() {
    let office = sound();
    let output = called(&office, &[]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(office.out().join("2025-2026/Q1/data/scorecard.csv").is_file());
    assert!(output.stderr.is_empty(), "{}", said(&output));
}

#[test]
fn options_may_stand_before_and_after_the_command() {
    let office = sound();
    for arguments in [&["--period", "2025-2026/Q2", "report"], &["report", "--period", "q2"][..]] {
        assert_eq!(code(&called(&office, arguments)), 0);
    }
    assert!(office.out().join("2025-2026/Q2").is_dir());
}

#[test]
fn a_free_period_has_a_folder_of_its_own() {
    let office = sound();
    assert_eq!(code(&called(&office, &["--from", "2025-07-01", "--to", "2026-03-31", "--as-at", "2026-02-28"])), 0);
    assert!(office.out().join("2025-2026/2025-07-01_2026-03-31/run.json").is_file());
}

#[test]
fn error_findings_end_with_1_and_the_report_is_written_all_the_same() {
    let office = office().log("Activity | Start date\nTalk | 2025-07-10\nVisit | soon");
    let output = called(&office, &["--period", "2025-2026/Q1"]);
    assert_eq!(code(&output), 1);
    assert!(office.out().join("2025-2026/Q1/run.json").is_file());
}

#[test]
fn a_command_line_that_cannot_be_understood_ends_with_2() {
    let office = sound();
    for arguments in [
        &["--period", "2025-2026/Q5"][..],
        &["--period", "summer"],
        &["--period", "2025-2027/Q1"],
        &["--from", "2025-07-01"],
        &["--to", "2025-07-01"],
        &["--from", "2025-07-02", "--to", "2025-07-01"],
        &["--period", "Q1", "--from", "2025-07-01", "--to", "2025-08-01"],
        &["--as-at", "yesterday"],
        &["--nonsense"],
        &["dance"],
    ] {
        let output = called(&office, arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", said(&output));
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
    assert!(!office.out().exists(), "nothing was written");
}

#[test]
fn a_mistake_in_the_configuration_ends_with_3_and_names_file_and_line() {
    let wrong = |path, change: fn(&str) -> String| {
        let output = called(&sound().configured(path, change), &[]);
        assert_eq!(code(&output), 3, "{}", said(&output));
        said(&output)
    };
    let key = wrong("report.toml", |text| text.replace("[plan]", "[plan]\ncolour = \"blue\""));
    let line =
        1 + include_str!("../../config/report.toml").lines().position(|line| line == "[plan]").expect("[plan]") + 1;
    assert!(key.contains("report.toml") && key.contains(&format!("line {line}")) && key.contains("colour"), "{key}");
    let syntax = wrong("members.toml", |text| format!("[[member\n{text}"));
    assert!(syntax.contains("members.toml") && syntax.contains("line 1"), "{syntax}");
    let value = wrong("kpis/section-2.toml", |text| text.replacen("\"activities\"", "\"activity\"", 1));
    assert!(value.contains("section-2.toml") && value.contains("line "), "{value}");
    let content = wrong("sources/evaluation.toml", |text| text.replace("[1, 5]", "[5, 1]"));
    assert!(content.contains("sources/evaluation.toml") && content.contains("scale"), "{content}");
}

#[test]
fn a_missing_configuration_ends_with_3() {
    let output = called(&sound(), &["--config", "no-such-folder"]);
    assert_eq!(code(&output), 3);
    assert!(said(&output).contains("report.toml"), "{}", said(&output));
}

#[test]
fn nothing_to_read_ends_with_4() {
    assert_eq!(code(&called(&office(), &[])), 4, "an empty folder");
    assert_eq!(code(&called(&office(), &["--inputs", "no-such-folder"])), 4, "no folder");
    let other = office().table("colours.csv", "Colour | Weight\nred | 3");
    let output = called(&other, &[]);
    assert_eq!(code(&output), 4, "no sheet of a kind");
    assert!(said(&output).contains("colours.csv"), "{}", said(&output));
    assert!(!other.out().exists(), "nothing was written");
}

#[test]
fn without_a_period_and_a_delivered_activity_one_is_asked_for() {
    let office = office().log("Activity | Start date | Status\nTalk | 2025-07-10 | planned");
    let output = called(&office, &[]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("--period"), "{}", said(&output));
}

#[test]
fn a_report_that_cannot_be_written_leaves_what_stands_there() {
    let office = sound();
    let place = office.inputs().join("activities.csv");
    let output = called(&office, &["--out", place.to_str().expect("UTF-8")]);
    assert_ne!(code(&output), 0);
    assert!(place.is_file() && said(&output).to_lowercase().contains("not written"), "{}", said(&output));
}

#[test]
fn check_writes_no_report() {
    let office = sound();
    assert_eq!(code(&called(&office, &["check"])), 0);
    assert!(!office.out().exists());
}

#[test]
fn check_finds_what_the_report_would_find() {
    let broken = sound().configured("report.toml", |text| format!("{text}\ncolour = 1"));
    assert_eq!(code(&called(&broken, &["check"])), 3);
    let rejected = sound().log("Activity | Start date\nTalk | 2025-07-10\nVisit | soon");
    let output = called(&rejected, &["check"]);
    assert_eq!(code(&output), 1);
    assert!(said(&output).contains("soon"), "{}", said(&output));
    assert_eq!(code(&called(&office(), &["check"])), 4);
}

#[test]
fn the_plan_as_json_has_53_actions_65_kpis_and_103_items() {
    let plan = plan();
    let list = |of: &Value| of.as_array().expect("a list").clone();
    let (actions, items) = (list(&plan["actions"]), list(&plan["items"]));
    assert_eq!(plan["plan_year"], "2025-2026");
    assert_eq!((actions.len(), items.len()), (53, 103));
    assert_eq!(actions.iter().map(|action| list(&action["kpis"]).len()).sum::<usize>(), 65);
    for (at, item) in items.iter().enumerate() {
        assert_eq!(item["id"], format!("A{:03}", at + 1));
        assert!(["concrete", "recurring", "standing"].contains(&item["kind"].as_str().expect("a kind")));
    }
    let concrete: Vec<&Value> = items.iter().filter(|item| item["kind"] == "concrete").collect();
    let listings: usize = concrete.iter().map(|item| list(&item["actions"]).len()).sum();
    assert_eq!((concrete.len(), listings), (75, 196));
}

#[test]
fn the_plan_as_json_says_of_action_and_item_what_the_contract_says() {
    let plan = plan();
    let named = |list: &str, id: &str| {
        let all = plan[list].as_array().expect("a list").iter();
        all.clone().find(|one| one["id"] == id).unwrap_or_else(|| panic!("{id} in {list}")).clone()
    };
    let action = named("actions", "3-(k)");
    assert_eq!(action["section"], 3);
    assert_eq!(action["rsp"], serde_json::json!([{ "objective": "3.3.1", "milestones": [1, 2] }]));
    assert_eq!(action["kpis"][1]["id"], "3-(k).2");
    assert_eq!(action["items"].as_array().map(Vec::len), Some(15));
    let expected = [
        ("A015", serde_json::json!(["FJ", "ID"]), serde_json::json!({ "3-(k)": ["FJ"] })),
        ("A017", serde_json::json!(["LA", "PH", "TL", "VN", "VU"]), serde_json::json!({ "3-(k)": ["TL", "VU"] })),
        ("A077", serde_json::json!(["LK", "TO"]), serde_json::json!({ "3-(k)": ["TO"] })),
        ("A008", serde_json::json!(["TO"]), serde_json::json!({})),
    ];
    for (id, members, parts) in expected {
        let item = named("items", id);
        assert_eq!((&item["members"], &item["parts"]), (&members, &parts), "{id}");
    }
    let item = named("items", "A005");
    assert_eq!(item["actions"], serde_json::json!(["1-(a)", "1-(b)", "1-(c)", "1-(dd)", "3-(k)"]));
    assert_eq!(
        item["actions_with_see_also"],
        serde_json::json!(["1-(a)", "1-(b)", "1-(c)", "1-(dd)", "1-(hh)", "3-(k)"])
    );
    assert_eq!(
        (&item["scope"], &item["title"]),
        (&"national".into(), &"National Workshop on RM for Timor-Leste".into())
    );
}

#[test]
fn the_plan_as_text_names_every_action_and_item() {
    let output = called(&office(), &["plan"]);
    let text = said(&output);
    for part in ["3-(k)", "KPI 1-(dd).2", "A001", "A103", "(here only: Fiji)"] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn the_sample_of_the_repository_is_reported_as_it_says() {
    let out = TempDir::new().expect("a temporary folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_rspkpi"));
    command.arg("--inputs").arg(root.join("inputs")).arg("--config").arg(shipped_config()).arg("--out").arg(out.path());
    let output = command.output().expect("the program");
    assert_eq!(code(&output), 0, "{}", said(&output));
    let findings = std::fs::read_to_string(out.path().join("2025-2026/Q3/data/findings.csv")).expect("a file");
    for (code, value) in [("unknown-member", "Guinea"), ("approximate-count", "up to 70"), ("duplicate-row", "S25-021")]
    {
        assert!(findings.lines().any(|line| line.contains(code) && line.contains(value)), "{code}");
    }
}

#[test]
fn explain_names_the_rows_behind_a_figure_and_the_actions_of_an_activity() {
    let office = office().log(
        "Activity ID | Activity | Start date | Type | AWP actions
         T-1 | Talk | 2025-07-10 | Meeting | 1-(h)\nT-2 | Visit | 2025-07-11 | Meeting | 1-(r)",
    );
    let kpi = said(&called(&office, &["explain", "1-(h).2"]));
    assert!(kpi.contains("activities.csv") && kpi.contains("row 2") && !kpi.contains("row 3"), "{kpi}");
    let activity = said(&called(&office, &["explain", "t-2"]));
    assert!(activity.contains("Visit") && activity.contains("1-(r)"), "{activity}");
    assert_eq!(code(&called(&office, &["explain", "1-(h).9"])), 2);
    assert!(!office.out().exists(), "nothing was written");
}

/// As on a full disk: in this shell no file can grow beyond 32 KB.
#[cfg(unix)]
#[test]
fn where_a_file_cannot_be_written_whole_the_earlier_report_stays_and_the_message_names_the_file() {
    let office = sound();
    assert_eq!(code(&called(&office, &[])), 0);
    let year = office.out().join("2025-2026");
    let earlier = std::fs::read(year.join("Q1/run.json")).expect("a file");
    let mut shell = Command::new("sh");
    shell.args(["-c", r#"trap "" XFSZ; ulimit -f 64; exec "$0" "$@""#, env!("CARGO_BIN_EXE_rspkpi")]);
    let output = called_by(shell, &office, &["--period", "Q1", "--as-at", "2025-08-31"]);
    assert_eq!(code(&output), 2, "{}", said(&output));
    let (out, message) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let words = message.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("Q1.new") && words.contains("cannot be written (") && words.contains("is the disk full"),
        "{words}"
    );
    assert!(out.is_empty() && !message.contains("panicked"), "{}", said(&output));
    let beside: Vec<_> = std::fs::read_dir(&year).expect("a folder").map(|entry| entry.expect("an entry")).collect();
    assert_eq!(beside.len(), 1, "no part of the new report: {beside:?}");
    assert_eq!(std::fs::read(year.join("Q1/run.json")).expect("a file"), earlier);
}

const TEMPLATES: [&str; 7] = ["activity", "evaluation", "follow-up", "needs", "participation", "statistic", "status"];

/// An office that has put the blank workbooks among its inputs.
fn with_templates() -> Office {
    let office = sound();
    let folder = office.out().join("blank");
    let output = called(&office, &["template", folder.to_str().expect("UTF-8")]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    TEMPLATES.iter().fold(office, |office, name| {
        let bytes = std::fs::read(folder.join(format!("{name}.xlsx"))).expect("a workbook");
        office.file(&format!("{name}.xlsx"), bytes)
    })
}

#[test]
fn templates_have_the_headers_that_the_job_reads() {
    let results = with_templates().results();
    let sources = results.run.records.sources.iter();
    let filled_in = sources.filter(|source| source.file != "activities.csv" && source.sheet != "Lists");
    assert_eq!(filled_in.map(|source| source.kind.as_str()).collect::<Vec<_>>(), TEMPLATES);
    let about_headers = [Code::HeaderUnknown, Code::HeaderMissing, Code::HeaderDoubled].map(|code| results.found(code));
    assert!(about_headers.iter().flatten().all(|finding| finding.origin.sheet == "Lists"));
}

#[test]
fn a_template_gives_no_finding_of_its_own() {
    let results = with_templates().results();
    let about = [Code::HeaderMissing, Code::SheetUnclaimed, Code::HeaderUnknown, Code::SheetHidden];
    assert_eq!(about.map(|code| results.found(code).len()), [0; 4]);
}

#[test]
fn the_help_is_as_agreed() {
    let output = called(&office(), &["--help"]);
    assert_eq!(code(&output), 0);
    insta::assert_snapshot!("help", said(&output).replace("rspkpi.exe", "rspkpi"));
}

#[test]
fn the_codes_of_findings_and_their_meanings_are_as_agreed() {
    let list =
        Code::ALL.iter().map(|code| format!("{:7} {}: {}\n", code.severity().as_str(), code.as_str(), code.meaning()));
    insta::assert_snapshot!("finding_codes", list.collect::<String>());
}

#[test]
fn codes_of_findings_are_kebab_case_and_no_two_are_the_same() {
    let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert!(codes.iter().all(|code| code.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !code.ends_with('-')));
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), Code::ALL.len());
}
