//! Checking the work plan, the rest of the configuration and the inputs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rspkpi::definitions::{Definitions, check};
use rspkpi::findings::{Code, Finding};
use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const ITEMS: &str = "work-plan/2025-2026/items.toml";
const SECTION_1: &str = "work-plan/2025-2026/section-1.toml";
const SECTION_4: &str = "work-plan/2025-2026/section-4.toml";

fn real() -> Vec<Finding> {
    check::lint(&Definitions::load(&Path::new(ROOT).join("config"), None).expect("the configuration loads"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a temporary folder");
    for entry in fs::read_dir(from).expect("the configuration").flatten() {
        let to = to.join(entry.file_name());
        if entry.file_type().expect("a file of the configuration").is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("room for a copy");
        }
    }
}

/// The real configuration with one text of one file replaced.
fn spoilt(file: &str, from: &str, to: &str) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    copy(&Path::new(ROOT).join("config"), folder.path());
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).expect("a file of the configuration");
    assert!(text.contains(from), "{file} does not hold {from}");
    fs::write(path, text.replacen(from, to, 1)).expect("room for a copy");
    folder
}

/// The real configuration with a text at the end of one file.
fn with(file: &str, more: &str) -> TempDir {
    let folder = spoilt(file, "", "");
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).expect("a file of the configuration") + more;
    fs::write(path, text).expect("room for a copy");
    folder
}

/// What a configuration is told that the real one is not.
fn new_findings(folder: &TempDir) -> Vec<Finding> {
    let known = real();
    let mut findings = check::lint(&Definitions::load(folder.path(), None).expect("the configuration loads"));
    findings.retain(|finding| !known.contains(finding));
    findings
}

/// The one finding that a fault makes.
fn fault(folder: &TempDir) -> Finding {
    let mut findings = new_findings(folder);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}

fn refusal(folder: &TempDir) -> String {
    Definitions::load(folder.path(), None).expect_err("a refusal").to_string()
}

fn about(finding: &Finding) -> (&str, &str, &str) {
    (finding.code.as_str(), &finding.origin.file, &finding.origin.cell)
}

fn cells(findings: &[Finding], code: Code) -> Vec<&str> {
    findings.iter().filter(|finding| finding.code == code).map(|finding| finding.origin.cell.as_str()).collect()
}

fn of<'a>(findings: &'a [Finding], code: Code, cell: &str) -> &'a Finding {
    findings.iter().find(|finding| finding.code == code && finding.origin.cell == cell).expect(cell)
}

fn rspkpi(arguments: &[&str], config: &Path, inputs: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rspkpi"));
    command.args(arguments).arg("--config").arg(config).arg("--inputs").arg(inputs).output().expect("the program runs")
}

fn ours(folder: &str) -> PathBuf {
    Path::new(ROOT).join(folder)
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

#[test]
fn the_slips_of_the_plan_are_all_found_and_nothing_else() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in real() {
        *counts.entry(finding.code.as_str()).or_default() += 1;
    }
    let expected = [
        ("plan-glyph-slip", 2),
        ("plan-heading-year", 1),
        ("plan-item-twice", 1),
        ("plan-ordinal", 1),
        ("plan-reference-form", 8),
        ("plan-rsp-form", 22),
        ("plan-see-also-not-listed", 12),
        ("plan-see-also-one-way", 18),
        ("plan-see-also-own", 4),
        ("plan-see-also-twice", 1),
        ("plan-title-variant", 6),
        ("plan-unknown-member", 1),
    ];
    assert_eq!(counts, BTreeMap::from(expected));
}

#[test]
fn a_see_also_that_misses_an_action_of_the_activity_is_found_in_each_bullet() {
    let findings = real();
    let expected = [
        "1-(b), bullet 14 (A008)",
        "1-(j), bullet 1 (A027)",
        "1-(j), bullet 3 (A029)",
        "1-(j), bullet 4 (A030)",
        "1-(j), bullet 5 (A031)",
        "1-(k), bullet 2 (A027)",
        "1-(y), bullet 4 (A052)",
        "1-(aa), bullet 7 (A052)",
        "1-(dd), bullet 10 (A052)",
        "1-(ee), bullet 4 (A052)",
        "1-(gg), bullet 2 (A064)",
        "1-(hh), bullet 5 (A016)",
        "1-(hh), bullet 14 (A029)",
        "1-(hh), bullet 17 (A030)",
        "1-(hh), bullet 32 (A048)",
        "1-(hh), bullet 34 (A064)",
        "3-(k), bullet 2 (A039)",
        "3-(k), bullet 5 (A030)",
    ];
    assert_eq!(cells(&findings, Code::PlanSeeAlsoOneWay), expected);
    let told = |cell| of(&findings, Code::PlanSeeAlsoOneWay, cell).message.as_str();
    assert_eq!(
        told("1-(b), bullet 14 (A008)"),
        "The See also does not name 1-(a), which lists A008 too. A008 counts for 1-(a) all the same."
    );
    assert!(told("1-(j), bullet 3 (A029)").contains("1-(i), which another See also of A029 names."));
    assert!(told("1-(k), bullet 2 (A027)").contains("no See also that names 1-(j)"));
}

#[test]
fn a_see_also_that_names_an_action_without_the_activity_is_found_once_for_both() {
    let findings = real();
    let added = findings.iter().filter(|finding| finding.code == Code::PlanSeeAlsoNotListed);
    let told: Vec<&str> = added.map(|finding| finding.message.split(", but ").nth(1).unwrap()).collect();
    let expected = [
        ("1-(c)", "A001"),
        ("1-(hh)", "A004"),
        ("1-(hh)", "A005"),
        ("1-(hh)", "A006"),
        ("1-(i)", "A029"),
        ("1-(i)", "A030"),
        ("1-(i)", "A031"),
        ("1-(i)", "A032"),
        ("1-(l)", "A033"),
        ("1-(hh)", "A039"),
        ("1-(h)", "A048"),
        ("1-(z)", "A052"),
    ];
    let expected = expected
        .map(|(action, item)| format!("{action} does not list {item}. {item} counts for {action} all the same."));
    assert_eq!(told, expected);
}

#[test]
fn a_see_also_to_its_own_action_is_found_with_the_action_that_may_be_meant() {
    let findings = real();
    let own = cells(&findings, Code::PlanSeeAlsoOwn);
    let expected =
        ["1-(b), bullet 14 (A008)", "1-(j), bullet 5 (A031)", "1-(hh), bullet 5 (A016)", "3-(k), bullet 3 (A006)"];
    assert_eq!(own, expected);
    let meant = ["1-(a) may be meant", "1-(i) may be meant", "1-(h) may be meant"];
    for (cell, meant) in own.iter().zip(meant) {
        assert!(of(&findings, Code::PlanSeeAlsoOwn, cell).message.contains(meant));
    }
    assert!(!of(&findings, Code::PlanSeeAlsoOwn, own[3]).message.contains("may be meant"));
}

#[test]
fn twice_named_twice_listed_and_look_alike_references_are_found() {
    let findings = real();
    let twice = of(&findings, Code::PlanSeeAlsoTwice, "3-(k), bullet 11 (A051)");
    assert_eq!(twice.value, "See also 1-(dd), (y), (z), (dd), and (ee)");
    assert_eq!(cells(&findings, Code::PlanItemTwice), ["1-(j), bullet 7 (A031)"]);
    assert_eq!(cells(&findings, Code::PlanGlyphSlip), ["3-(k), bullet 9 (A077)", "3-(k), bullet 12 (A075)"]);
    let slip = of(&findings, Code::PlanGlyphSlip, "3-(k), bullet 9 (A077)");
    assert_eq!(slip.value, "1-(II)");
    assert!(slip.message.contains("read as 1-(ll)") && slip.message.contains("1-(ii), another action"));
}

#[test]
fn unusual_forms_of_references_are_found_with_their_words() {
    let findings = real();
    let forms = findings.iter().filter(|finding| finding.code == Code::PlanReferenceForm);
    let seen: Vec<&str> = forms.map(|finding| finding.value.as_str()).collect();
    let expected = ["(dd) ,(hh)", "(hh)", "1- (hh)", "1- (hh)", "3(k)", "(c) (dd)", "(c) ,(dd)", "1-(a) (b)"];
    assert_eq!(seen, expected);
    let rsp = |cell| &of(&findings, Code::PlanRspForm, cell).message;
    assert!(rsp("1-(aa), rsp").contains("\"RSP\" is missing"));
    assert!(rsp("1-(ff), rsp").contains("the dash before the milestones is missing"));
    assert!(
        rsp("4-(a), rsp").contains("a space splits an ordinal. The reference is read as RSP 3.1.1 - 1st milestone.")
    );
    assert!(findings.iter().all(|f| f.code != Code::PlanRspForm || f.origin.cell != "1-(s), rsp"));
}

#[test]
fn other_wordings_strangers_ordinals_and_years_are_found() {
    let findings = real();
    let variants = cells(&findings, Code::PlanTitleVariant);
    for item in ["A006", "A015", "A017", "A027", "A049", "A077"] {
        assert!(variants.iter().any(|cell| cell.contains(item)), "{item}");
    }
    assert!(of(&findings, Code::PlanTitleVariant, "3-(k), bullet 4 (A015)").message.contains("here for Fiji only"));
    let stranger = of(&findings, Code::PlanUnknownMember, "1-(b), bullet 12 (A006)");
    assert!(stranger.message.starts_with("\"Guinea\"") && stranger.message.contains("1-(b), 1-(c), 1-(dd) and 3-(k)"));
    assert_eq!(of(&findings, Code::PlanOrdinal, "3-(a), bullet 1 (A082)").value, "23nd");
    let year = findings.iter().find(|finding| finding.code == Code::PlanHeadingYear).unwrap();
    assert_eq!((year.origin.file.as_str(), year.value.as_str()), (SECTION_4, "Annual Work Plan for 2024 - 2025"));
}

#[test]
fn an_unknown_key_is_refused_with_file_and_line() {
    let folder = spoilt("report.toml", "region = ", "regoin = ");
    let message = refusal(&folder);
    assert!(
        message.starts_with("report.toml: ") && message.contains("line 5") && message.contains("regoin"),
        "{message}"
    );
}

#[test]
fn a_see_also_to_an_action_that_does_not_exist_is_an_error() {
    let folder = spoilt(SECTION_4, "SASEC Meeting (P)", "SASEC Meeting (P) (See also 1-(zz))");
    let finding = fault(&folder);
    assert_eq!(about(&finding), ("plan-see-also-unknown", SECTION_4, "4-(b), bullet 5 (A103)"));
    assert_eq!(finding.value, "1-(zz)");
    assert_eq!(finding.message, "The plan has no action 1-(zz). The reference is left out.");
}

#[test]
fn words_of_a_see_also_that_cannot_be_read_are_an_error() {
    let folder = spoilt(SECTION_4, "SASEC Meeting (P)", "SASEC Meeting (P) (See also 4-(a) below)");
    let findings = new_findings(&folder);
    let unread = findings.iter().find(|finding| finding.code == Code::PlanSeeAlsoUnknown).unwrap();
    assert_eq!(unread.value, "below");
    let folder = spoilt(SECTION_4, "SASEC Meeting (P)", "SASEC Meeting (P), see also 4-(a)");
    let findings = new_findings(&folder);
    let unread = findings.iter().find(|finding| finding.code == Code::PlanSeeAlsoUnknown).unwrap();
    assert_eq!(unread.value, "Attend SASEC Meeting (P), see also 4-(a)");
}

#[test]
fn a_kpi_without_definition_is_an_error() {
    let folder = spoilt("kpis/section-2.toml", "id = \"2-(b).1\"", "id = \"2-(b).2\"");
    let findings = new_findings(&folder);
    let told: Vec<_> = findings.iter().map(about).collect();
    let undefined = ("kpi-undefined", "work-plan/2025-2026/section-2.toml", "2-(b).1");
    assert_eq!(told, [undefined, ("kpi-unused", "kpis/section-2.toml", "2-(b).2")]);
}

#[test]
fn a_definition_that_the_plan_does_not_ask_for_is_found() {
    let kpi = "\n[[kpi]]\nid = \"4-(a).2\"\ntext = \"Visits\"\nmeasure = \"activities\"\nscope = \"all\"\ntiming = \"flow\"\n";
    let finding = fault(&with("kpis/section-4.toml", kpi));
    assert_eq!(about(&finding), ("kpi-unused", "kpis/section-4.toml", "4-(a).2"));
    assert_eq!(finding.value, "Visits");
}

#[test]
fn a_definition_in_other_words_than_the_plan_is_found() {
    let finding = fault(&spoilt("kpis/section-4.toml", "high-level dialogues", "high-level meetings"));
    assert_eq!(about(&finding), ("kpi-text-differs", "kpis/section-4.toml", "4-(b).1"));
    assert!(finding.message.contains("The plan says \"Number of high-level dialogues\"."));
}

#[test]
fn a_target_for_an_unknown_kpi_is_found() {
    let target = "\n[\"1-(dd).9\"]\ntarget = { value = 9, by = 2026-06-30 }\n";
    let finding = fault(&with("targets/2025-2026.toml", target));
    assert_eq!(about(&finding), ("target-unused", "targets/2025-2026.toml", "1-(dd).9"));
}

#[test]
fn a_planned_item_that_no_action_lists_is_an_error() {
    let item = "\n[[item]]\nid = \"A104\"\ntitle = \"Attend PIF Meeting\"\nkind = \"recurring\"\n";
    let finding = fault(&with(ITEMS, item));
    assert_eq!(about(&finding), ("plan-item-unlisted", ITEMS, "A104"));
}

#[test]
fn members_of_an_item_that_its_title_does_not_name_are_found() {
    let folder = spoilt(ITEMS, "members = [\"IR\"]", "members = [\"IQ\"]");
    assert_eq!(refusal(&folder), format!("{ITEMS}: item A004: IQ is no Member"));
    let finding = fault(&spoilt(ITEMS, "members = [\"IR\"]", "members = [\"ID\"]"));
    assert_eq!(about(&finding), ("plan-members-differ", ITEMS, "A004"));
    assert!(finding.message.contains("names I.R.Iran, the configuration Indonesia"));
    let part = spoilt("work-plan/2025-2026/section-3.toml", ", members = [\"FJ\"]", "");
    let findings = new_findings(&part);
    let whole = of(&findings, Code::PlanMembersDiffer, "3-(k), bullet 4 (A015)");
    assert!(whole.message.contains("names Fiji, the configuration Fiji and Indonesia"));
}

#[test]
fn a_part_beyond_its_item_is_refused_with_the_bullet() {
    let folder = spoilt("work-plan/2025-2026/section-3.toml", "members = [\"FJ\"]", "members = [\"WS\"]");
    let expected =
        "work-plan/2025-2026/section-3.toml: 3-(k), bullet 4 (A015): WS is not among the Members of A015 in items.toml";
    assert_eq!(refusal(&folder), expected);
}

#[test]
fn two_actions_items_or_titles_of_one_name_are_refused() {
    let folder = spoilt(SECTION_1, "id = \"1-(b)\"", "id = \"1-(a)\"");
    assert_eq!(refusal(&folder), format!("{SECTION_1}: action 1-(a) stands twice"));
    let item = "\n[[item]]\nid = \"a103\"\ntitle = \"Another\"\nkind = \"recurring\"\n";
    assert_eq!(refusal(&with(ITEMS, item)), format!("{ITEMS}: item a103 stands twice"));
    let item = "\n[[item]]\nid = \"A104\"\ntitle = \"Attend SASEC meeting (P)\"\nkind = \"recurring\"\n";
    assert_eq!(refusal(&with(ITEMS, item)), format!("{ITEMS}: items A103 and A104 have the same title"));
    let folder = spoilt(SECTION_4, "", "");
    fs::copy(folder.path().join(SECTION_4), folder.path().join("work-plan/2025-2026/section-5.toml")).unwrap();
    assert_eq!(
        refusal(&folder),
        format!("work-plan/2025-2026/section-5.toml: section 4 stands in {SECTION_4} already")
    );
}

#[test]
fn a_rule_for_an_action_that_does_not_exist_is_refused() {
    let folder = with("mapping.toml", "\n[[rule]]\nwords = [\"cruise ship\"]\nactions = [\"1-(z)\", \"5-(a)\"]\n");
    let expected = "mapping.toml: the rule for \"cruise ship\" names 5-(a), which the plan does not have";
    assert_eq!(refusal(&folder), expected);
}

#[test]
fn with_listing_alone_the_findings_say_that_a_see_also_does_not_count() {
    let folder = spoilt("report.toml", "link-by = \"listing-and-see-also\"", "link-by = \"listing\"");
    let findings = new_findings(&folder);
    let added = of(&findings, Code::PlanSeeAlsoNotListed, "1-(a), bullet 1 (A001)");
    assert!(added.message.ends_with("A001 does not count for 1-(c), because link-by is \"listing\"."));
}

#[test]
fn check_prints_for_people_within_100_columns_at_most_ten_of_a_code() {
    let output = rspkpi(&["check"], &ours("config"), &ours("inputs"));
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0));
    assert!(text.lines().all(|line| line.chars().count() <= 100));
    assert!(text.contains("plan-see-also-one-way (18)") && text.contains("... and 8 more"));
    assert!(text.contains("1-(b), bullet 14 (A008)") && text.contains("activity-unlinked"));
    let last: Vec<&str> = text.lines().rev().take(4).collect();
    assert!(
        last[3].starts_with("Findings")
            && last[2].starts_with("  in the work plan                 0        39      38")
    );
}

#[test]
fn check_prints_every_finding_for_programs() {
    let output = rspkpi(&["check", "--format", "json"], &ours("config"), &ours("inputs"));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = json["findings"].as_array().unwrap();
    let one_way = findings.iter().filter(|finding| finding["code"] == "plan-see-also-one-way").count();
    assert_eq!(one_way, 18);
    assert!(findings.iter().any(|finding| finding["file"] == "activities.xlsx"));
    let keys: Vec<&String> = findings[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["severity", "code", "file", "sheet", "cell", "value", "message", "help"]);
}

#[test]
fn check_without_inputs_still_tells_about_the_configuration() {
    let empty = TempDir::new().unwrap();
    for inputs in [empty.path(), Path::new("no-such-folder")] {
        let output = rspkpi(&["check"], &ours("config"), inputs);
        let text = stdout(&output);
        assert_eq!(output.status.code(), Some(4));
        assert!(text.contains("plan-see-also-one-way (18)") && text.contains("The inputs were not checked."), "{text}");
    }
}

#[test]
fn the_exit_code_of_check_tells_errors_from_a_configuration_that_cannot_be_used() {
    let wrong = spoilt(SECTION_4, "SASEC Meeting (P)", "SASEC Meeting (P) (See also 1-(zz))");
    assert_eq!(rspkpi(&["check"], wrong.path(), &ours("inputs")).status.code(), Some(1));
    assert_eq!(rspkpi(&["check"], wrong.path(), Path::new("no-such-folder")).status.code(), Some(1));
    let broken = spoilt("report.toml", "region = ", "regoin = ");
    let output = rspkpi(&["check"], broken.path(), &ours("inputs"));
    assert_eq!(output.status.code(), Some(3));
    assert!(output.stdout.is_empty() && String::from_utf8(output.stderr).unwrap().contains("report.toml"));
}

#[test]
fn a_report_says_nothing_about_the_slips_of_the_plan() {
    let out = TempDir::new().unwrap();
    let folder = out.path().to_str().unwrap();
    let output = rspkpi(&["report", "--period", "2025-2026/Q2", "--out", folder], &ours("config"), &ours("inputs"));
    assert_eq!(output.status.code(), Some(0));
    let findings = fs::read_to_string(out.path().join("2025-2026/Q2/data/findings.csv")).unwrap();
    assert!(findings.contains("activities.xlsx") && !findings.contains("work-plan/"));
}
