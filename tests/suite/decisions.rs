//! Which row a kept decision is about, and which of several decisions holds.

use rspkpi::findings::Code;

use crate::office::{Office, Results, office};
use crate::review::{own_config, review_with};

const HEADER: &str = "Activity ID | Activity | Type | Start date | Beneficiary Members";
const NEPAL: &str = "Debrief call on PCA for Nepal";

/// An entry of decisions.toml: Activity ID, title, start date, what is decided.
fn entry(id: &str, title: &str, start: &str, verdict: &str) -> String {
    let id = if id.is_empty() { String::new() } else { format!("activity = \"{id}\"\n") };
    format!("[[decision]]\nplan = \"2025-2026\"\n{id}title = \"{title}\"\nstart = {start}\n{verdict}\n\n")
}

/// A log with decisions kept before.
fn kept(rows: &str, decisions: &[String]) -> Office {
    let office = own_config(office().log(&format!("{HEADER}\n{rows}")));
    std::fs::write(office.config().join("decisions.toml"), decisions.concat()).unwrap();
    office
}

/// A log with a review among the inputs: Activity ID, Activity, Start date, Decision, Planned item, AWP actions,
/// Decided on.
fn reviewed(rows: &str, review: &[[&str; 7]]) -> Office {
    let headers = ["Activity ID", "Activity", "Start date", "Decision", "Planned item", "AWP actions", "Decided on"];
    own_config(office().log(&format!("{HEADER}\n{rows}")).file("review.xlsx", review_with(&headers, review)))
}

fn not_ours(results: &Results) -> Vec<&str> {
    results.seen(Code::ActivityNotOurs)
}

#[test]
fn a_decision_without_an_id_is_about_its_own_row_and_no_other_of_that_day() {
    let rows = format!(
        " | {NEPAL} | Meeting | 2025-09-10 | Nepal
         | Debrief call on PCA for Bhutan | Meeting | 2025-09-10 | Bhutan
         ACT-5 | Debrief call on PCA for Tonga | Meeting | 2025-09-10 | Tonga"
    );
    let results = kept(&rows, &[entry("", NEPAL, "2025-09-10", "ours = false")]).results();
    assert_eq!(not_ours(&results), [NEPAL]);
}

#[test]
fn two_rows_without_an_id_on_one_day_keep_a_decision_each_and_nothing_changes_again() {
    let maldives = "Debrief call on PCA for Maldives";
    let rows = format!(" | {NEPAL} | Meeting | 2025-09-10 | Nepal\n | {maldives} | Meeting | 2025-09-10 | Maldives");
    let decide = [["", NEPAL, "2025-09-10", "A040", "", "", ""], ["", maldives, "2025-09-10", "A045", "", "", ""]];
    let office = reviewed(&rows, &decide);
    assert_eq!(office.report().unwrap().run.decided, 2);
    let outcome = office.report().unwrap();
    assert_eq!(outcome.run.decided, 0, "what is kept already is nothing new");
    let results = office.results();
    assert_eq!((results.items(NEPAL), results.items(maldives)), ("A040".into(), "A045".into()));
}

#[test]
fn a_title_that_was_retyped_is_found_unless_it_names_something_else() {
    let decide = || [entry("", "Talk on PCA for Nepal no 1", "2025-09-10", "actions = [\"1-(h)\"]")];
    let served = |title: &str| {
        let results = kept(&format!(" | {title} | Meeting | 2025-09-10 | "), &decide()).results();
        (results.linked(title, "basis"), results.found(Code::DecisionUnused).len())
    };
    assert_eq!(served("Talks on the PCA for Nepal, no. 1"), ("decision".into(), 0));
    for other in ["Talk on PCA for Tonga no 1", "Talk on PCA for Nepal no 2", "Talk on AEO for Nepal no 1"] {
        assert_eq!(served(other), ("none".into(), 1), "{other}");
    }
}

#[test]
fn a_decision_that_fits_two_rows_is_applied_to_none_and_said() {
    let rows = " | Talk one on trade matters | Meeting | 2025-09-10 |
         | Talk two on trade matters | Meeting | 2025-09-10 | ";
    let results = kept(rows, &[entry("", "Talk on trade matters", "2025-09-10", "ours = false")]).results();
    assert_eq!(not_ours(&results), [""; 0]);
    let found = results.found(Code::DecisionAmbiguous);
    assert_eq!(found[0].value, "Talk on trade matters");
    assert!(found[0].message.contains("activities.csv, row 2; activities.csv, row 3"), "{}", found[0].message);
    assert!(results.found(Code::DecisionUnused).is_empty());
}

#[test]
fn an_id_that_two_plan_years_share_brings_the_decision_to_the_right_one() {
    let (mine, other) = ("National workshop on drones for Iran", "National workshop on drones for Bhutan");
    let rows = format!("3 | {mine} | | 2024-09-11 | Iran\n3 | {other} | | 2025-09-11 | Bhutan");
    let results = kept(&rows, &[entry("3", other, "2025-09-11", "ours = false")]).results();
    assert_eq!(not_ours(&results), [other]);
}

#[test]
fn title_and_start_date_come_before_an_id_that_was_given_to_another_row() {
    let (mine, other) = ("National workshop on mail parcels for Nepal", "National workshop on drones for Iran");
    let rows = format!("ACT-5 | {other} | | 2025-09-10 | Iran\n6.0 | {mine} | | 2025-09-10 | Nepal");
    let results = kept(&rows, &[entry("ACT-5", mine, "2025-09-10", "actions = [\"1-(q)\"]")]).results();
    assert_eq!(results.linked(mine, "basis"), "decision");
    assert_eq!(results.linked(other, "basis"), "none");
    assert!(results.found(Code::DecisionUnused).is_empty());
}

#[test]
fn an_activity_that_was_moved_takes_its_decision_along_and_another_under_its_id_does_not() {
    let title = "National workshop on mail parcels for Nepal";
    let decide = || [entry("V7", title, "2025-09-10", "actions = [\"1-(q)\"]")];
    let moved = kept(&format!("V7 | {title} | | 2025-11-20 | Nepal"), &decide()).results();
    assert_eq!(moved.linked(title, "basis"), "decision");
    let other = "National workshop on mail parcels for Tonga";
    let renamed = kept(&format!("V7 | {other} | | 2025-11-20 | Tonga"), &decide()).results();
    assert_eq!(renamed.linked(other, "basis"), "none");
    assert_eq!(renamed.seen(Code::DecisionUnused), [title]);
}

#[test]
fn one_kpi_of_an_action_may_be_decided() {
    let row = "ACT-1 | Debrief call | Meeting | 2025-09-10 | Fiji";
    let office = reviewed(row, &[["ACT-1", "Debrief call", "2025-09-10", "Outside the plan", "", "1-(h).3", ""]]);
    office.report().unwrap();
    let text = std::fs::read_to_string(office.config().join("decisions.toml")).unwrap();
    assert!(text.contains("actions = [\"1-(h).3\"]"), "{text}");
    let results = office.results();
    assert_eq!((results.figure("1-(h).2", "Q1"), results.figure("1-(h).3", "Q1")), ("0", "1"));
}

#[test]
fn a_decision_that_names_nothing_of_the_plan_leaves_the_row_to_its_own_plan_item() {
    let log = "Activity ID | Activity | Start date | Plan item\nACT-2 | Workshop X | 2025-09-10 | A040
         ACT-3 | Workshop Y | 2025-09-11 | A040";
    let office = own_config(office().log(log));
    let decisions = [
        entry("ACT-2", "Workshop X", "2025-09-10", "deliver = [\"A999\"]"),
        entry("ACT-3", "Workshop Y", "2025-09-11", "actions = []"),
    ];
    std::fs::write(office.config().join("decisions.toml"), decisions.concat()).unwrap();
    let results = office.results();
    assert_eq!(results.items("Workshop X"), "A040");
    assert_eq!(results.linked("Workshop Y", "basis"), "none", "no action of the plan is a decision too");
    assert_eq!(results.seen(Code::DecisionUnfit), ["Workshop X"]);
}

#[test]
fn cells_of_a_review_that_go_against_each_other_are_no_decision() {
    let row = "ACT-1 | Debrief call | Meeting | 2025-09-10 | Fiji";
    let refused = |decision, item, actions| {
        let decide = [["ACT-1", "Debrief call", "2025-09-10", decision, item, actions, ""]];
        let office = reviewed(row, &decide);
        let results = office.results();
        assert_eq!(results.run.decided, 0, "{decision} {item} {actions}");
        results.found(Code::DecisionUnreadable).iter().map(|found| found.value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(refused("Another planned item", "A045; A999", ""), ["A045; A999"]);
    assert_eq!(refused("A037", "A036", ""), ["A036"]);
    assert_eq!(refused("A004", "", "1-(z)"), ["1-(z)"]);
    assert_eq!(refused("Not ours", "", "1-(q)"), ["1-(q)"]);
    assert_eq!(refused("Outside the plan", "A040", ""), ["A040"]);
}

#[test]
fn a_review_of_a_plan_that_is_not_there_decides_nothing_and_a_kept_one_is_told() {
    let headers = ["Activity ID", "Activity", "Start date", "Decision", "Plan"];
    let rows = [["ACT-1", "Debrief call", "2025-09-10", "A040", "2030-2031"]];
    let log = format!("{HEADER}\nACT-1 | Debrief call | Meeting | 2025-09-10 | Nepal");
    let office = own_config(office().log(&log).file("review.xlsx", review_with(&headers, &rows)));
    assert_eq!(office.results().seen(Code::DecisionUnreadable), ["2030-2031"]);
    let old = entry("ACT-9", "Old call", "2030-09-10", "deliver = [\"A040\"]").replace("2025-2026", "2030-2031");
    std::fs::write(office.config().join("decisions.toml"), old).unwrap();
    assert_eq!(office.results().seen(Code::DecisionUnfit), ["Old call"]);
}

#[test]
fn of_two_reviews_the_newer_decision_holds_whatever_their_files_are_called() {
    let headers = ["Activity ID", "Activity", "Start date", "Decision", "Decided on"];
    let review = |decision, on| review_with(&headers, &[["ACT-1", NEPAL, "2025-09-10", decision, on]]);
    let log = format!("{HEADER}\nACT-1 | {NEPAL} | Meeting | 2025-09-10 | Nepal");
    let office = own_config(
        office()
            .log(&log)
            .file("review-nov.xlsx", review("A040", "3 Nov 2025"))
            .file("review.xlsx", review("Not ours", "2025-10-01")),
    );
    let outcome = office.report().unwrap();
    assert_eq!(outcome.run.decided, 1);
    let results = office.results();
    assert_eq!(results.items(NEPAL), "A040");
    let found = results.found(Code::DecisionsDiffer);
    assert_eq!(found[0].origin.file, "review.xlsx");
    assert!(found[0].message.starts_with("review-nov.xlsx, Review, D5 decides otherwise"), "{}", found[0].message);
    assert_eq!(results.run.decided, 0, "only what changes the kept decisions is counted");
}

#[test]
fn the_same_row_decided_twice_in_one_review_is_said_and_the_first_counts() {
    let row = format!("ACT-1 | {NEPAL} | Meeting | 2025-09-10 | Nepal");
    let decide = ["A040", "Not ours"].map(|decision| ["ACT-1", NEPAL, "2025-09-10", decision, "", "", ""]);
    let results = reviewed(&row, &decide).results();
    assert_eq!((results.items(NEPAL), results.run.decided), ("A040".into(), 1));
    assert_eq!(results.seen(Code::DecisionsDiffer), [NEPAL]);
}

#[test]
fn an_older_review_left_among_the_inputs_does_not_undo_a_newer_kept_decision() {
    let row = format!("ACT-1 | {NEPAL} | Meeting | 2025-09-10 | Nepal");
    let office = reviewed(&row, &[["ACT-1", NEPAL, "2025-09-10", "Not ours", "", "", "2025-10-01"]]);
    let newer = entry("ACT-1", NEPAL, "2025-09-10", "deliver = [\"A040\"]\non = 2025-11-03");
    std::fs::write(office.config().join("decisions.toml"), newer).unwrap();
    let results = office.results();
    assert_eq!((results.items(NEPAL), results.run.decided), ("A040".into(), 0));
    assert_eq!(results.seen(Code::DecisionsDiffer), [NEPAL]);
}

#[test]
fn a_day_of_decision_that_is_none_is_said_and_the_configuration_can_still_be_read() {
    let row = format!("ACT-1 | {NEPAL} | Meeting | 2025-09-10 | Nepal");
    for on in ["+20255-11-03", "20255-11-03", "soon"] {
        let office = reviewed(&row, &[["ACT-1", NEPAL, "2025-09-10", "A040", "", "", on]]);
        office.report().unwrap();
        let results = office.results();
        assert_eq!(results.items(NEPAL), "A040");
        assert_eq!(results.seen(Code::FieldUnreadable), [on]);
    }
}

#[test]
fn rows_about_an_activity_that_is_not_ours_are_told_so_and_it_moves_no_period() {
    let rows = "ACT-1 | Drone fair | Meeting | 2025-11-10 | Fiji\nACT-2 | PCA talk | Meeting | 2025-09-10 | Nepal";
    let office = kept(rows, &[entry("ACT-1", "Drone fair", "2025-11-10", "ours = false")])
        .people("Activity ID | Member\nACT-1 | Fiji")
        .no_period();
    let results = office.results();
    assert_eq!(results.periods().first(), Some(&"Q1"));
    let about = results.found(Code::ActivityNotDelivered);
    assert!(about[0].message.contains("not the office's"), "{}", about[0].message);
    assert!(results.found(Code::ActivityAfterAsAt).is_empty());
}
