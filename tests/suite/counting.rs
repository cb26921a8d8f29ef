//! Flow measures: what each record gives to each KPI, and in which period.

use rspkpi::findings::Code;

use crate::office::{Results, office};

fn figures<const N: usize>(results: &Results, kpi: &str, periods: [&str; N]) -> [String; N] {
    periods.map(|period| results.figure(kpi, period).to_owned())
}

const QUARTERS: [&str; 4] = ["Q1", "Q2", "Q3", "Q4"];

#[test]
fn zero_is_measured_where_a_log_was_read_and_nothing_happened() {
    let results = office().log("Activity | Start date | AWP actions\nTalk | 2025-07-10 | 1-(h)").results();
    for kpi in ["1-(r).1", "1-(u).1", "1-(z).1", "3-(k).2", "3-(d).1", "4-(b).1"] {
        assert_eq!(results.figure(kpi, "Q1"), "0", "{kpi}");
    }
    assert_eq!(figures(&results, "3-(e).1", ["Q1", "Q2"]), ["no-records", "0"]);
}

#[test]
fn without_a_source_nothing_is_measured() {
    let log = office().log("Activity | Start date\nTalk | 2025-07-10").results();
    for kpi in ["1-(a).1", "1-(d).1", "1-(e).1", "1-(w).1", "1-(w).2", "3-(h).1", "3-(i).1", "3-(j).1"] {
        assert_eq!(log.figure(kpi, "Q1"), "no-source", "{kpi}");
        assert_eq!(log.cell(kpi, "Q1", "value"), "", "{kpi}");
        assert_eq!(log.cell(kpi, "Q1", "state"), "not-measured", "{kpi}");
    }
    assert_eq!(log.figure("3-(k).1/satisfaction", "Q1"), "no-source");
    let statistics = office().statistics("Member | KPI | Period | Value\nFiji | 1-(w).1 | 2025-07 | 5").results();
    for kpi in ["1-(h).2", "1-(h).3", "1-(u).1", "3-(b).1", "3-(d).1", "3-(e).1", "3-(k).2", "3-(g).1"] {
        assert_eq!(statistics.figure(kpi, "Q1"), "no-source", "{kpi}");
    }
    let list = office().people("Activity ID | Member\nX | Fiji").results();
    assert_eq!((list.figure("3-(e).1", "Q1"), list.figure("3-(b).1", "Q1")), ("0", "0"), "one kind of two is enough");
}

#[test]
fn a_period_after_the_as_at_date_is_not_yet_due_before_any_other_reason() {
    let results = office().log("Activity | Start date\nTalk | 2025-07-10").until("2025-12-31").results();
    for kpi in ["1-(h).2", "1-(a).1", "3-(e).1", "3-(i).1"] {
        assert_eq!(figures(&results, kpi, ["Q3", "Q4"]), ["not-yet-due", "not-yet-due"], "{kpi}");
    }
}

#[test]
fn the_end_date_decides_the_period() {
    let results = office()
        .log(
            "Activity | Start date | End date | Type | AWP actions\nA | 2025-09-29 | 2025-10-02 | Meeting | 1-(h)
             B | 2025-06-29 | 2025-07-02 | Meeting | 1-(h)\nC | 2026-06-29 | 2026-07-02 | Meeting | 1-(h)
             D | 2025-06-01 | 2025-06-30 | Meeting | 1-(h)",
        )
        .results();
    assert_eq!(figures(&results, "1-(h).2", QUARTERS), ["1", "1", "0", "0"]);
    assert_eq!(figures(&results, "1-(h).2", ["YTD", "PREV-Q4", "PREV-YTD"]), ["2", "1", "1"]);
    assert_eq!(results.ended("activities.csv"), "counted 3, out of period 1");
    assert!(results.found(Code::ActivityAfterAsAt).is_empty(), "no as-at date was given");
}

#[test]
fn the_previous_year_is_shown_only_where_records_of_it_were_read() {
    let log = || office().log("Activity | Start date\nTalk | 2025-07-10").quarter(1);
    assert_eq!(log().results().periods(), ["Q1", "YTD"]);
    let statistic = "Member | KPI | Period | Value\nFiji | 1-(w).1 | 2024-07 | 5";
    assert_eq!(log().statistics(statistic).results().periods(), ["Q1", "YTD", "PREV-Q1", "PREV-YTD"]);
}

#[test]
fn nothing_after_the_as_at_date_counts_and_activities_are_named() {
    let results = office()
        .log(
            "Activity | Start date | Type | AWP actions
        A | 2025-10-10 | Meeting | 1-(h)
        B | 2025-11-10 | Meeting | 1-(h)",
        )
        .register("Member | KPI | Status | Since\nFiji | 1-(a).1 | implementing | 2025-11-01")
        .statistics("Member | KPI | Period | Value\nFiji | 1-(w).1 | 2025-10 | 5")
        .quarter(2)
        .until("2025-10-30")
        .results();
    assert_eq!(figures(&results, "1-(h).2", ["Q2", "YTD"]), ["1", "1"]);
    assert_eq!(results.cell("1-(h).2", "Q2", "to"), "2025-12-31");
    assert_eq!((results.figure("1-(a).1", "Q2"), results.figure("1-(w).2", "Q2")), ("no-records", "0"));
    assert_eq!(results.found(Code::ActivityAfterAsAt).len(), 1);
    for file in ["status.csv", "statistics.csv"] {
        assert_eq!(results.ended(file), "out of period 1");
    }
}

#[test]
fn without_a_period_the_newest_quarter_with_a_delivered_activity_is_reported() {
    let results = office()
        .log(
            "Activity | Start date | Status
             A | 2025-10-10 | delivered
             B | 2026-02-10 | planned
             C | 2026-02-11 | cancelled
             D | 2026-05-10 | postponed\nE | 2026-08-10 | delivered",
        )
        .no_period()
        .results();
    assert_eq!(results.run.period.folder(), "Q2");
}

#[test]
fn only_delivered_activities_count() {
    let results = office()
        .log(
            "Activity | Start date | Status | Type | AWP actions | Beneficiary Members
             A | 2025-07-10 | planned | Meeting | 1-(h) | Fiji
             B | 2025-07-11 | postponed | Meeting | 1-(h) | Tonga
             C | 2025-07-12 | called off | Meeting | 1-(h) | Samoa",
        )
        .quarter(1)
        .results();
    assert_eq!((results.figure("1-(h).2", "Q1"), results.figure("1-(h).3", "Q1")), ("0", "0"));
    assert_eq!(results.ended("activities.csv"), "out of period 3");
}

#[test]
fn quantity_is_summed_where_the_kpi_asks_for_it_and_never_multiplies_activities() {
    let results = office()
        .log(
            "Activity | Start date | Type | AWP actions | Quantity\nA | 2025-07-10 | Experience sharing | 1-(u), (r) | 3
             B | 2025-07-11 | Experience sharing | 1-(u), (r) |\nC | 2025-07-12 | Meeting | 1-(u) | 9
             D | 2025-07-13 | Newsletter | | 4\nE | 2025-07-14 | Experience sharing | 4-(a) | 2",
        )
        .results();
    assert_eq!(results.figure("1-(u).1", "Q1"), "4", "experience sharing linked to 1-(u)");
    assert_eq!(results.figure("1-(r).1", "Q1"), "2", "two activities");
    assert_eq!(results.figure("4-(a).1", "Q1"), "6", "newsletters whatever they serve, experience sharing of 4-(a)");
}

#[test]
fn newsletters_publications_surveys_and_consultations_are_no_events() {
    let results = office()
        .log(
            "Activity | Start date | Type | AWP actions | Beneficiary Members
             A | 2025-07-10 | Newsletter | 1-(h) | Fiji
             B | 2025-07-10 | Publication | 1-(h) | Fiji\nC | 2025-07-10 | Survey | 1-(h) | Fiji
             D | 2025-07-10 | Consultation | 1-(h) | Fiji\nE | 2025-07-10 | | 1-(h) | Tonga",
        )
        .results();
    assert_eq!(results.figure("1-(h).2", "Q1"), "1", "a row of unknown type counts as an event");
    assert_eq!(results.members("1-(h).3", "Q1"), "TO");
    assert_eq!((results.figure("3-(f).1", "Q1"), results.figure("3-(g).1", "Q1")), ("1", "0"));
}

#[test]
fn kpis_of_a_type_count_that_type() {
    let results = office()
        .log(
            "Activity | Start date | Type | AWP actions | Partners\nA | 2025-07-10 | Cooperation event | 1-(s) | UNODC
             B | 2025-07-11 | Meeting | 1-(s), 3-(a) | Ministry of Trade
             C | 2025-07-12 | Training | 1-(hh), 4-(b) | WCO, World Bank
             D | 2025-07-13 | High-level dialogue | | 
             E | 2025-07-14 | Newsletter | 4-(b) | ADB
             F | 2025-07-15 | Knowledge exchange | | ",
        )
        .results();
    for (kpi, value, why) in [
        ("1-(s).2", "2", "activities of 1-(s)"),
        ("1-(s).3", "1", "cooperation events of 1-(s)"),
        ("1-(hh).1", "1", "capacity building of 1-(hh)"),
        ("2-(a).1", "2", "events with an international organisation"),
        ("3-(a).1", "2", "knowledge exchange, and any type linked to 3-(a)"),
        ("3-(g).1", "1", "capacity building"),
        ("4-(b).1", "2", "high-level dialogues, and events linked to 4-(b)"),
    ] {
        assert_eq!(results.figure(kpi, "Q1"), value, "{why}");
    }
}

#[test]
fn host_beneficiaries_and_participants_are_reached_and_experts_are_not() {
    let results = office()
        .log(
            "Activity ID | Activity | Start date | Type | AWP actions | Host | Beneficiary Members | Expert Members | Participants
             1 | A | 2025-07-10 | Meeting | 1-(h) | Fiji | Tonga, Cook Islands | Japan | 30
             2 | B | 2025-08-10 | Meeting | 1-(h) | Palace Hotel | Tonga | |",
        )
        .people(
            "Activity ID | Member | Role\n1 | Samoa | participant\n1 | India | observer\n1 | Nepal | speaker
             1 | Korea | expert\n1 | Niue | participant\n1 | Bhutan | organiser",
        )
        .results();
    assert_eq!(results.members("1-(h).3", "Q1"), "BT;FJ;IN;NP;TO;WS");
    assert_eq!(results.figure("1-(h).3", "Q1"), "6", "a Member in two activities counts once");
    assert_eq!(results.seen(Code::NonMember), ["Cook Islands", "Niue"]);
}

#[test]
fn a_member_counts_from_its_first_day_on() {
    let log = office()
        .log(
            "Activity | Start date | Type | AWP actions | Beneficiary Members
        A | 2025-07-10 | Meeting | 1-(h) | Tonga
        B | 2025-10-10 | Meeting | 1-(h) | Tonga",
        )
        .configured("members.toml", |text| {
            text.replace("[\"Kingdom of Tonga\"]", "[\"Kingdom of Tonga\"]\nfrom = 2025-10-01")
        });
    assert_eq!(figures(&log.results(), "1-(h).3", ["Q1", "Q2"]), ["0", "1"]);
}

#[test]
fn trusted_insiders_are_told_by_a_stated_kpi_or_a_keyword() {
    let results = office()
        .log(
            "Activity | Start date | Type | AWP actions | Beneficiary Members | Remarks
             Insider threats | 2025-07-10 | Meeting | 1-(dd) | Fiji |
             Talk | 2025-07-10 | Meeting | 1-(dd) | Tonga | about criminal INFILTRATION
             Visit | 2025-07-10 | Meeting | 1-(dd).1 | Samoa |
             Operation | 2025-07-10 | Meeting | 1-(dd) | Nepal |
             Insiders at large | 2025-07-10 | Meeting | 1-(h) | India |",
        )
        .results();
    assert_eq!(results.members("1-(dd).1", "Q1"), "FJ;TO;WS");
    assert_eq!(results.members("1-(dd).2", "Q1"), "FJ;NP;TO");
}

#[test]
fn an_activity_told_twice_counts_once_and_the_first_row_holds() {
    let results = office()
        .log(
            "Activity ID | Activity | Start date | Type | AWP actions | Beneficiary Members
             1 | A | 2025-07-10 | Meeting | 1-(h) | Fiji
             1 | A | 2025-07-10 | Meeting | 1-(h) | Fiji
              | a. | 2025-07-10 | Meeting | 1-(h) | Fiji
             1 | B | 2025-08-10 | Meeting | 1-(h) | Tonga
             2 | A | 2025-07-10 | Meeting | 1-(h) | Fiji",
        )
        .results();
    assert_eq!((results.figure("1-(h).2", "Q1"), results.members("1-(h).3", "Q1")), ("2", "FJ"));
    assert_eq!(results.ended("activities.csv"), "counted 2, duplicate 3");
    assert_eq!(results.seen(Code::SameActivityTwoIds), ["2"]);
    let contradiction = results.found(Code::RowsContradict);
    assert!(contradiction.iter().any(|finding| finding.origin.cell == "A5" && finding.message.contains("row 2")));
}

#[test]
fn an_id_of_two_plan_years_is_two_activities_and_rows_must_tell_which() {
    let results = office()
        .log(
            "Activity ID | Activity | Start date | AWP actions | Type
             1 | A | 2025-07-10 | 1-(h) | Meeting
             1 | B | 2024-07-10 | 1-(h) | Meeting",
        )
        .evaluations("Activity ID | Activity | Start date | Rating\n1 | | | 1\n1 | A | | 5\n1 | | 2024-07-10 | 3")
        .results();
    assert_eq!(figures(&results, "1-(h).2", ["Q1", "PREV-Q1"]), ["1", "1"]);
    assert_eq!(figures(&results, "3-(h).1", ["Q1", "PREV-Q1"]), ["100", "50"]);
    assert_eq!(results.ended("evaluation.csv"), "counted 2, unmapped 1");
    assert_eq!(results.seen(Code::ActivityAmbiguous), ["1"]);
}

#[test]
fn a_row_without_id_is_the_activity_of_the_same_title_day_and_members_with_one() {
    let results = office()
        .log(
            "Activity ID | Activity | Start date | Beneficiary Members
              | Forum | 2025-07-10 | Fiji
             7 | Forum | 2025-07-10 | Fiji",
        )
        .evaluations("Activity ID | Rating\n7 | 5")
        .results();
    assert_eq!(results.ended("activities.csv"), "counted 1, duplicate 1");
    assert_eq!((results.figure("3-(h).1", "Q1"), results.linked("Forum", "activity").as_str()), ("100", "7"));
}

#[test]
fn a_free_period_counts_from_its_first_to_its_last_day() {
    let table =
        "Activity | Start date | Type | AWP actions\nA | 2025-05-10 | Meeting | 1-(h)\nB | 2025-07-10 | Meeting | 1-(h)
                 C | 2025-09-10 | Meeting | 1-(h)\nD | 2024-05-10 | Meeting | 1-(h)\nE | 2024-04-30 | Meeting | 1-(h)";
    let results = office().log(table).between("2025-05-01", "2025-08-31").results();
    assert_eq!(results.periods(), ["Q1", "YTD", "FREE", "PREV-Q1", "PREV-YTD", "PREV-FREE"]);
    assert_eq!(figures(&results, "1-(h).2", ["Q1", "YTD", "FREE", "PREV-FREE"]), ["1", "1", "2", "1"]);
    assert_eq!(results.ended("activities.csv"), "counted 3, out of period 2");
}

#[test]
fn rows_may_point_by_title_and_start_date_where_one_activity_fits() {
    let results = office()
        .log(
            "Activity | Start date | Beneficiary Members
             Forum | 2025-07-10 | Fiji
             Twin | 2025-07-11 | Fiji
             Twin | 2025-07-11 | Tonga",
        )
        .evaluations(
            "Activity | Start date | Rating
        FORUM! | 10/07/2025 | 5
        Twin | 2025-07-11 | 1
        Forum | 2025-07-11 | 1",
        )
        .results();
    assert_eq!(results.figure("3-(h).1", "Q1"), "100");
    assert_eq!(results.ended("evaluation.csv"), "counted 1, unmapped 2");
    assert_eq!((results.found(Code::ActivityAmbiguous).len(), results.found(Code::ActivityUnknown).len()), (1, 1));
}

#[test]
fn what_is_dated_after_the_report_is_out_of_period_whatever_the_as_at_date() {
    let results = office()
        .log("Activity ID | Activity | Start date | AWP actions\n1 | Now | 2025-09-10 | 1-(h)\n2 | Later | 2025-11-10 | 1-(h)")
        .answers("Activity ID | Member | Response date | Action taken\n1 | Fiji | 2025-11-20 | yes")
        .table("needs.csv", "Member | Response date | Topic | Priority\nFiji | 2025-11-20 | 1-(q) | high")
        .quarter(1)
        .until("2025-12-31")
        .results();
    let ended = ["activities.csv", "follow-up.csv", "needs.csv"].map(|file| results.ended(file));
    assert_eq!(ended, ["counted 1, out of period 1", "out of period 1", "out of period 1"]);
    assert_eq!(results.figure("1-(h).2", "YTD"), "1");
}
