//! What Members asked for, what they got, what is still owed.

use std::collections::HashMap;

use calamine::{Reader, Xlsx, open_workbook};
use rspkpi::findings::Code;

use crate::office::{Office, office};

const LOG: &str = "Activity ID | Activity | Type | Start date | AWP actions | Plan item | Beneficiary Members";

/// The lines of data/needs.csv, by Member and action.
fn needs(office: &Office) -> HashMap<String, HashMap<String, String>> {
    let run = office.examine().unwrap();
    let lines = rspkpi::measure::needs::lines(&run.definitions, &run.records, &run.links, &run.period);
    let artifact = rspkpi::output::data::needs(&lines);
    let mut reader = csv::Reader::from_reader(artifact.bytes.as_slice());
    let rows = reader.deserialize::<HashMap<String, String>>().map(Result::unwrap);
    rows.map(|row| (format!("{} {}", row["member"], row["action"]), row)).collect()
}

fn survey(log: &str, asked: &str) -> Office {
    let needs = format!("Member | Response date | Topic | Priority | Support wanted\n{asked}");
    office().log(&format!("{LOG}\n{log}")).table("needs.csv", &needs)
}

#[test]
fn a_need_is_met_by_a_delivery_for_the_member_alone_and_in_part_by_one_for_several() {
    let office = survey(
        "A1 | One | Training | 2026-02-10 | 1-(g) | | Tonga
         A2 | Both | Training | 2026-02-12 | 1-(g) | | Fiji; Samoa
         A3 | Early | Training | 2025-08-01 | 1-(g) | | Fiji",
        "Tonga | 2025-12-10 | 1-(g) | high |
         Fiji | 2025-12-10 | 1-(g) | high | visit
         Nepal | 2025-12-10 | 1-(g) | low | ",
    );
    let needs = needs(&office);
    assert_eq!(needs["TO 1-(g)"]["state"], "met");
    let fiji = &needs["FJ 1-(g)"];
    assert_eq!((fiji["state"].as_str(), fiji["delivered_activities"].as_str()), ("met-in-part", "A2"));
    assert_eq!((fiji["delivered_before"].as_str(), fiji["support_wanted"].as_str()), ("2025-08-01", "visit"));
    assert_eq!(needs["NP 1-(g)"]["state"], "open");
    assert_eq!(needs["WS 1-(g)"]["state"], "delivered-without-need");
}

#[test]
fn the_members_own_answer_meets_a_need() {
    let office = survey(
        "A2 | Both | Training | 2026-02-12 | 1-(g) | | Fiji; Samoa",
        "Fiji | 2025-12-10 | 1-(g) | high |
         Samoa | 2025-12-10 | 1-(g) | high | ",
    );
    let office = office.answers(
        "Activity ID | Member | Response date | Action taken\nA2 | Fiji | 2026-04-01 | partly\nA2 | Samoa | 2026-04-01 | no",
    );
    let needs = needs(&office);
    assert_eq!((needs["FJ 1-(g)"]["state"].as_str(), needs["FJ 1-(g)"]["answers"].as_str()), ("met", "A2=partly"));
    assert_eq!(needs["WS 1-(g)"]["state"], "met-in-part");
}

#[test]
fn a_planned_item_holds_a_need_until_it_is_delivered_or_called_off() {
    let asked = "Thailand | 2025-12-10 | 1-(t) | high | ";
    let log = |status: &str| format!("A1 | Any title | National workshop | 2026-05-10 | | A021 | Thailand {status}");
    assert_eq!(
        needs(&survey("A9 | Other | Training | 2025-08-01 | 1-(g) | | Nepal", asked))["TH 1-(t)"]["state"],
        "planned"
    );
    assert_eq!(needs(&survey(&log(""), asked))["TH 1-(t)"]["state"], "met");
    let cancelled = format!("{LOG} | Status\n{}", log("| cancelled"));
    let office =
        office().log(&cancelled).table("needs.csv", &format!("Member | Response date | Topic | Priority\n{asked}"));
    assert_eq!(needs(&office)["TH 1-(t)"]["state"], "open");
}

#[test]
fn a_row_of_another_year_calls_no_planned_item_off() {
    let log =
        format!("{LOG} | Status\nA1 | Any title | National workshop | 2025-05-10 | | A021 | Thailand | cancelled");
    let asked = "Member | Response date | Topic | Priority\nThailand | 2025-12-10 | 1-(t) | high";
    let needs = needs(&office().log(&log).table("needs.csv", asked).quarter(3));
    assert_eq!(needs["TH 1-(t)"]["state"], "planned");
}

#[test]
fn who_took_part_besides_observing_was_reached() {
    let office = survey(
        "A1 | One | Training | 2026-02-10 | 1-(g) | | Tonga; Samoa",
        "Nepal | 2025-12-10 | 1-(g) | high | \n Fiji | 2025-12-10 | 1-(g) | high | ",
    );
    let office = office.people(
        "Activity ID | Member | Role | Participant\n A1 | Nepal | observer | P1\n A1 | Nepal | participant | P1
         A1 | Fiji | observer | P2",
    );
    let needs = needs(&office);
    assert_eq!((needs["NP 1-(g)"]["state"].as_str(), needs["FJ 1-(g)"]["state"].as_str()), ("met-in-part", "open"));
}

#[test]
fn the_newest_round_holds_and_none_ends_a_need() {
    let office = survey(
        "A1 | One | Training | 2025-08-10 | 1-(g) | | Tonga",
        "Fiji | 2024-12-10 | 1-(g) | low |
         Fiji | 2025-12-10 | 1-(g) | medium |
         Fiji | 2026-01-10 | 1-(g) | high |
         Nepal | 2025-12-10 | 1-(g) | high |
         Nepal | 2026-02-10 | 1-(g) | none |
         Samoa | 2024-12-10 | 1-(g) | high |
         Samoa | 2025-12-10 | 1-(q) | high | ",
    );
    let needs = needs(&office);
    let fiji = &needs["FJ 1-(g)"];
    let seen = ["priority", "asked_on", "first_asked", "round", "current"].map(|column| fiji[column].as_str());
    assert_eq!(seen, ["high", "2025-12-10", "2024-12-10", "2025-2026", "yes"]);
    assert!(!needs.contains_key("NP 1-(g)"));
    assert_eq!(needs["WS 1-(g)"]["current"], "no");
}

/// What became of one topic: the actions that the need names, joined by a blank.
fn actions_of(topic: &str) -> String {
    let office = office()
        .table("needs.csv", &format!("Member | Response date | Topic | Priority\nFiji | 2025-12-10 | {topic} | high"));
    let run = office.examine().unwrap();
    run.records.needs[0].2.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_topic_may_be_a_reference_an_actions_words_or_a_configured_topic() {
    assert_eq!(actions_of("1-(q), 1-(k)"), "1-(q) 1-(k)");
    assert_eq!(actions_of("Upon request, assist Members' effort in implementing Single Window"), "1-(t)");
    assert_eq!(actions_of("post-clearance AUDIT"), "1-(q)");
    assert_eq!(actions_of("ROO"), "1-(l)");
}

#[test]
fn a_topic_in_other_words_is_taken_where_it_can_only_mean_one() {
    assert_eq!(actions_of("National workshop on post clearance audits"), "1-(q)");
    assert_eq!(actions_of("Support for TRS"), "1-(k)");
    assert_eq!(actions_of("Mutual recognition of AEO programmes"), "", "AEO, or its mutual recognition");
    assert_eq!(actions_of("PCA and valuation"), "", "two topics");
    assert_eq!(actions_of("Office furniture"), "");
}

#[test]
fn numbers_in_brackets_among_words_are_no_references_unless_written_with_a_dash() {
    assert_eq!(actions_of("Phase 1 (a) of PCA"), "1-(q)");
    assert_eq!(actions_of("GIR Rule 1 (a)"), "");
    assert_eq!(actions_of("Annex 3 (k)"), "");
    assert_eq!(actions_of("1(a), 3 (k)"), "1-(a) 3-(k)");
    assert_eq!(actions_of("Training on 1-(q) and (k)"), "1-(q) 1-(k)");
}

#[test]
fn a_topic_that_says_what_is_not_wanted_is_in_doubt() {
    assert_eq!(actions_of("Not PCA"), "");
    assert_eq!(actions_of("PCA no longer needed"), "");
}

#[test]
fn topics_of_punctuation_alone_are_told_apart() {
    let table =
        "Member | Response date | Topic | Priority\nFiji | 2025-12-10 | ??? | high\nFiji | 2025-12-10 | !!! | high";
    assert_eq!(office().table("needs.csv", table).results().run.records.open_topics.len(), 2);
}

#[test]
fn a_topic_in_doubt_is_unmapped_and_told_with_what_it_may_mean() {
    let table = "Member | Response date | Topic | Priority\nFiji | 2025-12-10 | PCA and valuation | high";
    let results = office().table("needs.csv", table).results();
    let found = results.found(Code::TopicUnmapped);
    assert!(found[0].message.contains("Customs valuation; Post clearance audit"), "{}", found[0].message);
    assert_eq!(results.ended("needs.csv"), "unmapped 1");
}

#[test]
fn a_topic_that_a_person_decided_is_never_asked_about_again() {
    let table = "Member | Response date | Topic | Priority\nFiji | 2025-12-10 | PCA and valuation | high";
    let office = office().table("needs.csv", table).configured("report.toml", |text| format!("{text}\n"));
    let entry = "[[topic]]\nwords = \"PCA and Valuation\"\nactions = [\"1-(q)\", \"1-(p)\"]\n";
    std::fs::write(office.config().join("decisions.toml"), entry).unwrap();
    let results = office.results();
    assert_eq!(results.ended("needs.csv"), "counted 1");
    assert!(results.found(Code::TopicUnmapped).is_empty());
}

#[test]
fn the_shipped_topics_name_every_action_of_the_plan() {
    let run = office().log("Activity | Start date\nTalk | 2025-08-01").examine().unwrap();
    for action in &run.definitions.plan.actions {
        let named = run.definitions.need_topics.iter().any(|topic| topic.actions.contains(&action.id));
        assert!(named, "{}", action.id);
    }
}

/// The workbook of needs and follow-up of an office, sheet by sheet as rows of text.
fn workbook(office: &Office, sheet: &str) -> Vec<Vec<String>> {
    let outcome = office.report().unwrap();
    let mut workbook: Xlsx<_> = open_workbook(outcome.folder.join("needs-follow-up.xlsx")).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

fn asked_and_answered() -> Office {
    survey(
        "A1 | One | Training | 2026-02-10 | 1-(g) | | Tonga
         A2 | Both | Training | 2025-09-12 | 1-(k) | | Fiji; Samoa",
        "Tonga | 2025-12-10 | 1-(g) | high | visit
         Fiji | 2025-12-10 | 1-(g) | high |
         Nepal | 2025-12-10 | 1-(g) | medium | ",
    )
    .answers("Activity ID | Member | Response date | Action taken | Tangible results\nA2 | Fiji | 2026-04-01 | yes | 2")
}

#[test]
fn the_workbook_of_needs_lists_open_needs_with_the_members_that_share_them() {
    let rows = workbook(&asked_and_answered(), "Open needs");
    let open: Vec<(&str, &str)> = rows[4..].iter().map(|row| (row[1].as_str(), row[8].as_str())).collect();
    assert_eq!(open, [("Fiji", "Nepal"), ("Nepal", "Fiji")]);
}

#[test]
fn open_needs_become_a_proposal_for_the_next_plan_year() {
    let rows = workbook(&asked_and_answered(), "Proposals");
    assert_eq!(rows[4][1], "Sub-regional workshop on Revised Kyoto Convention for Fiji, Nepal");
    assert_eq!((rows[4][2].as_str(), rows[4][5].as_str()), ("sub-regional", "1"));
}

#[test]
fn whom_to_ask_again_is_who_has_not_answered_so_many_days_after_the_end() {
    let rows = workbook(&asked_and_answered(), "Chase list");
    let chased: Vec<(&str, &str)> = rows[4..].iter().map(|row| (row[1].as_str(), row[0].as_str())).collect();
    assert_eq!(chased, [("A2", "Samoa"), ("A1", "Tonga")], "by Member; Fiji has answered");
}

#[test]
fn every_member_has_a_page_with_what_it_asked_got_and_reported() {
    let rows = workbook(&asked_and_answered(), "Fiji");
    assert!(rows[4][0].starts_with("Revised Kyoto Convention (1-(g))"));
    assert_eq!(rows[4][3], "open");
    let event = rows.iter().find(|row| row[1] == "A2").unwrap();
    assert_eq!(event[3..7], ["answered 1 Apr 2026", "1-(k)", "yes", "2"]);
}

#[test]
fn the_states_in_the_workbook_are_those_of_the_data_file() {
    let office = asked_and_answered();
    let lines = needs(&office);
    let rows = workbook(&office, "Needs by topic");
    let kyoto = rows.iter().find(|row| row[0] == "1-(g)").unwrap();
    let of = |state: &str| lines.values().filter(|line| line["action"] == "1-(g)" && line["state"] == state).count();
    let counts: Vec<String> = ["met", "met-in-part", "planned", "open"].map(|state| of(state).to_string()).to_vec();
    assert_eq!(kyoto[6..10], counts[..]);
}

/// A wide survey of two header rows, read by a layout of its own; what each need says: Member, action, priority.
fn wide(layout: &str, files: &[(&str, &str)]) -> (Vec<String>, super::office::Results) {
    let base = files.iter().fold(office(), |office, (path, table)| office.table(path, table));
    let office = base.configured("report.toml", |text| format!("{text}\n"));
    std::fs::write(office.config().join("sources/wide.toml"), layout).unwrap();
    let results = office.results();
    let said = |(_, need, actions): &(_, rspkpi::records::Need, Vec<rspkpi::terms::ActionRef>)| {
        let actions: Vec<String> = actions.iter().map(ToString::to_string).collect();
        format!("{} {} {}", need.member, actions.join("+"), need.priority.as_str())
    };
    (results.run.records.needs.iter().map(said).collect(), results)
}

const WIDE: &str = "kind = \"needs\"\nfiles = [\"survey*\"]\nheader-rows = 2
[fields]\nmember = [\"Country\"]\nresponse-date = [\"Date\"]
[values.priority]\nhigh = [\"X\", \"\u{2713}\"]
[wide]\nfield = \"topic\"\nvalue = \"priority\"\ncolumns-from = \"PCA\"\ncolumns-to = \"NII\"
in-words = { columns = [\"Others\"], value = \"medium\" }\n";

#[test]
fn wide_surveys_give_a_need_a_cell_with_letters_marks_and_topics_in_words() {
    let table = " | | Revenue | | Enforcement | 
         Country | Date | PCA | ROO | NII | Others
         Fiji | 2025-12-10 | H | | X | Time Release Study
         Tonga | 2025-12-11 | m | l | | n/a
         Nepal | 2025-12-11 | none | maybe | \u{2713} | A new car park";
    let (needs, results) = wide(WIDE, &[("survey.csv", table)]);
    let expected = [
        "FJ 1-(q) high",
        "FJ 1-(ff) high",
        "FJ 1-(k) medium",
        "TO 1-(q) medium",
        "TO 1-(l) low",
        "NP 1-(q) none",
        "NP 1-(ff) high",
        "NP  medium",
    ];
    assert_eq!(needs, expected);
    assert_eq!(results.ended("survey.csv"), "counted 3");
    assert_eq!(results.seen(Code::CellUnreadable), ["maybe"]);
    assert_eq!(results.found(Code::TopicUnmapped).len(), 1);
}

#[test]
fn several_respondents_and_a_supplementary_survey_add_up_to_one_need() {
    let first = " | | Revenue | | Enforcement |
         Country | Date | PCA | ROO | NII | Others\nFiji | 2025-12-10 | L | | | \nFiji | 2025-12-12 | H | | |";
    let second = " | | Revenue | | Enforcement |
         Country | Date | PCA | ROO | NII | Others\nFiji | 2026-03-01 | none | M | |";
    let (all, results) = wide(WIDE, &[("survey.csv", first), ("survey-2.csv", second)]);
    assert_eq!(all.len(), 4, "all are kept as evidence");
    let run = &results.run;
    let lines = rspkpi::measure::needs::lines(&run.definitions, &run.records, &run.links, &run.period);
    let standing: Vec<String> = lines
        .iter()
        .map(|line| format!("{} {:?}", line.action, line.asked.as_ref().map(|asked| asked.priority)))
        .collect();
    assert_eq!(standing, ["1-(l) Some(Medium)"], "the later survey ends one need and adds another");
}

#[test]
fn what_is_wrong_with_a_row_of_a_wide_survey_is_told_once() {
    let table = " | | Revenue | | Enforcement |\nCountry | Date | PCA | ROO | NII | Others
         Atlantis | 2025-12-10 | H | M | X |";
    let (_, results) = wide(WIDE, &[("survey.csv", table)]);
    assert_eq!(results.found(Code::MemberUnreadable).len(), 1);
    assert_eq!(results.ended("survey.csv"), "rejected 1");
}

#[test]
fn ranks_are_high_medium_or_low_by_thirds_of_their_scale() {
    let layout = "kind = \"needs\"\nfiles = [\"survey*\"]\npriorities = { steps = 5, one-is-high = true }
[fields]\nmember = [\"Country\"]
[wide]\nfield = \"topic\"\nvalue = \"priority\"\n";
    let (needs, results) =
        wide(layout, &[("survey.csv", "Country | PCA | ROO | NII | TRS | HS | RKC\nFiji | 1 | 2 | 3 | 4 | 5 | 6")]);
    let priorities: Vec<&str> = needs.iter().map(|need| need.rsplit(' ').next().unwrap()).collect();
    assert_eq!(priorities, ["high", "high", "medium", "medium", "low"]);
    assert!(results.found(Code::CellUnreadable)[0].message.contains("or a whole number from 1 to 5"));
}
