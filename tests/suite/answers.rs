//! Measures of surveys: evaluations and follow-up answers.

use rspkpi::findings::Code;

use crate::office::{Office, office};

/// Two activities that all answers of these tests are about, 1 of 3-(k).
fn asked() -> Office {
    office().log(
        "Activity ID | Activity | Start date | Type | AWP actions | Beneficiary Members
         1 | A | 2025-07-10 | Training | 3-(k) | Fiji, Tonga, Samoa, India
         2 | B | 2025-07-11 | Training | 1-(q) | Fiji",
    )
}

#[test]
fn a_rating_is_weighted_by_its_responses_on_the_scale_of_the_layout() {
    let results = asked()
        .evaluations("Activity ID | Rating | Responses\n1 | 5 | 30\n2 | 3 | 10\n2 | 1 |\n1 | 7 | 5\n1 | 0.9 | 5")
        .results();
    // (100 x 30 + 50 x 10 + 0 x 1) / 41
    assert_eq!(results.figure("3-(h).1", "Q1"), "85.365854");
    assert_eq!(results.cell("3-(h).1", "Q1", "numerator"), "3500");
    assert_eq!(results.cell("3-(h).1", "Q1", "denominator"), "41");
    assert_eq!(results.cell("3-(h).1", "Q1", "records"), "3");
    assert_eq!(results.ended("evaluation.csv"), "counted 3, rejected 2");
    assert_eq!(results.seen(Code::RatingOffScale), ["7", "0.9"]);
    assert_eq!(results.figure("3-(h).1", "Q2"), "no-records");
}

#[test]
fn ratings_of_another_scale_are_put_on_percent_first() {
    let results = asked()
        .evaluations("Activity ID | Rating\n1 | 7")
        .configured("sources/evaluation.toml", |text| text.replace("scale = [1, 5]", "scale = [0, 10]"));
    assert_eq!(results.results().figure("3-(h).1", "Q1"), "70");
}

#[test]
fn an_evaluation_belongs_to_the_period_of_its_activity_and_an_answer_to_that_of_its_date() {
    let results = asked()
        .log("Activity ID | Activity | Start date | End date\n1 | A | 2025-09-29 | 2025-10-02\n3 | C | 2025-03-10 |")
        .evaluations("Activity ID | Rating\n1 | 5")
        .answers("Activity ID | Member | Response date | Action taken\n3 | Fiji | 2026-01-10 | yes")
        .results();
    assert_eq!((results.figure("3-(h).1", "Q1"), results.figure("3-(h).1", "Q2")), ("no-records", "100"));
    assert_eq!((results.figure("3-(i).1", "Q3"), results.figure("3-(i).1", "PREV-Q3")), ("100", "no-records"));
}

#[test]
fn the_share_counts_yes_and_partly_and_a_blank_is_no_answer() {
    let results = asked()
        .answers(
            "Activity ID | Member | Response date | Action taken
             1 | Fiji | 2025-08-10 | yes
             1 | Tonga | 2025-08-10 | partially
             1 | Samoa | 2025-08-10 | planned
             1 | India | 2025-08-10 |
             2 | Fiji | 2025-08-10 | no
             2 | Tonga | 2025-08-10 | maybe",
        )
        .results();
    assert_eq!(results.figure("3-(i).1", "Q1"), "50");
    assert_eq!((results.cell("3-(i).1", "Q1", "numerator"), results.cell("3-(i).1", "Q1", "denominator")), ("2", "4"));
    assert_eq!(results.ended("follow-up.csv"), "counted 6");
    assert_eq!(results.seen(Code::FieldUnreadable), ["maybe"]);
}

#[test]
fn of_several_answers_about_one_activity_the_newest_holds() {
    let table = "Activity ID | Member | Response date | Action taken | Tangible results\n1 | Fiji | 2025-11-10 | no | 0
                 1 | Fiji | 2025-08-10 | yes | 3\n1 | Fiji | 2026-02-10 | yes | 5";
    let results = asked().answers(table).quarter(2).results();
    assert_eq!((results.figure("3-(i).1", "Q1"), results.figure("3-(i).1", "Q2")), ("no-records", "0"));
    assert_eq!((results.figure("3-(j).1", "Q1"), results.figure("3-(j).1", "YTD")), ("0", "0"));
    assert_eq!(results.ended("follow-up.csv"), "counted 1, out of period 1, duplicate 1");
    assert_eq!(results.found(Code::AnswerSuperseded)[0].origin.cell, "B3");
    assert_eq!(asked().answers(table).quarter(3).results().figure("3-(j).1", "YTD"), "5");
}

#[test]
fn tangible_results_beside_no_or_planned_count_with_a_warning() {
    let results = asked()
        .answers(
            "Activity ID | Member | Response date | Action taken | Tangible results\n1 | Fiji | 2025-08-10 | yes | 2
             1 | Tonga | 2025-08-10 | no | 3
             1 | Samoa | 2025-08-10 | planned | 4
             2 | Fiji | 2025-08-10 | no | 0
             2 | Tonga | 2025-08-10 | | 1",
        )
        .results();
    assert_eq!(results.figure("3-(j).1", "Q1"), "10");
    assert_eq!(results.seen(Code::TangibleWithoutAction), ["3", "4"]);
}

#[test]
fn no_answer_in_a_period_is_no_record_for_a_share_and_zero_for_a_sum() {
    let results =
        asked().answers("Activity ID | Member | Response date | Action taken\n1 | Fiji | 2025-11-10 | no").results();
    assert_eq!((results.figure("3-(i).1", "Q1"), results.figure("3-(j).1", "Q1")), ("no-records", "0"));
    assert_eq!(results.figure("3-(i).1", "Q2"), "0");
}

#[test]
fn satisfaction_is_that_of_small_island_economies_about_linked_activities() {
    let results = asked()
        .answers(
            "Activity ID | Member | Response date | Satisfaction\n1 | Fiji | 2025-08-10 | 5\n1 | Tonga | 2025-08-10 | 2
             1 | Samoa | 2025-08-10 |\n1 | India | 2025-08-10 | 1\n2 | Fiji | 2025-08-10 | 1",
        )
        .results();
    for kpi in ["3-(k).1/satisfaction", "3-(k).2/satisfaction"] {
        assert_eq!(results.figure(kpi, "Q1"), "62.5");
        assert_eq!(results.cell(kpi, "Q1", "denominator"), "2");
        assert_eq!(results.cell(kpi, "Q1", "unit"), "percent");
        assert_eq!(results.figure(kpi, "Q2"), "no-records");
    }
}

#[test]
fn a_satisfaction_off_the_scale_leaves_the_answer_counted() {
    let results = asked()
        .answers("Activity ID | Member | Response date | Action taken | Satisfaction\n1 | Fiji | 2025-08-10 | yes | 8")
        .results();
    assert_eq!((results.figure("3-(i).1", "Q1"), results.figure("3-(k).1/satisfaction", "Q1")), ("100", "no-records"));
    assert_eq!(results.ended("follow-up.csv"), "counted 1");
}

#[test]
fn an_answer_dated_before_its_activity_ends_counts_with_a_warning() {
    let results =
        asked().answers("Activity ID | Member | Response date | Action taken\n1 | Fiji | 2025-07-09 | yes").results();
    assert_eq!(results.figure("3-(i).1", "Q1"), "100");
    assert_eq!(results.seen(Code::AnswerBeforeEnd), ["2025-07-09"]);
}

#[test]
fn rows_about_an_activity_not_delivered_are_out_of_period_and_about_an_unknown_one_unmapped() {
    let results = office()
        .log("Activity ID | Activity | Start date | Status\n1 | A | 2025-07-10 | cancelled\n2 | B | 2025-11-10 | done")
        .people("Activity ID | Member\n1 | Fiji\n1 | Fiji\n9 | Fiji\n2 | Fiji")
        .answers(
            "Activity ID | Member | Response date | Action taken
        1 | Fiji | 2025-08-10 | yes
        9 | Fiji | 2025-08-10 | yes",
        )
        .evaluations("Activity ID | Rating\n1 | 5\n2 | 5\n9 | 5")
        .quarter(1)
        .results();
    assert_eq!(results.ended("participants.csv"), "out of period 3, unmapped 1");
    assert_eq!(results.ended("follow-up.csv"), "out of period 1, unmapped 1");
    assert_eq!(results.ended("evaluation.csv"), "out of period 2, unmapped 1");
    assert_eq!((results.figure("3-(i).1", "Q1"), results.figure("3-(h).1", "Q1")), ("no-records", "no-records"));
    let files: Vec<&str> =
        results.found(Code::ActivityNotDelivered).iter().map(|finding| finding.origin.file.as_str()).collect();
    assert_eq!(files, ["participants.csv", "follow-up.csv", "evaluation.csv"], "one an activity and file, none for 2");
}

#[test]
fn rows_about_an_activity_after_the_as_at_date_are_told_where_that_date_was_given() {
    let results = office()
        .log("Activity ID | Activity | Start date\n1 | A | 2025-08-10")
        .evaluations("Activity ID | Rating\n1 | 5")
        .quarter(1)
        .until("2025-07-31")
        .results();
    assert_eq!(results.ended("evaluation.csv"), "out of period 1");
    assert_eq!(results.found(Code::ActivityNotDelivered).len(), 1);
}

#[test]
fn rows_about_one_activity_in_one_file_give_one_finding_however_they_point_to_it() {
    let results = office()
        .log("Activity ID | Activity | Start date | Status\n1 | A | 2025-07-10 | cancelled")
        .workbook(
            "participants.xlsx",
            &[
                ("Day 1", "Activity ID | Activity | Start date | Member\n1 | | | Fiji\n | A | 2025-07-10 | Tonga"),
                ("Day 2", "Activity ID | Activity | Start date | Member\n1 | A | | Fiji"),
            ],
        )
        .results();
    assert_eq!(results.found(Code::ActivityNotDelivered).len(), 1);
}
