//! Stock measures: which Members, and pairs of Members, stand on a day.

use rspkpi::findings::Code;

use crate::office::{Results, office};

fn register(table: &str) -> Results {
    office().register(table).results()
}

fn at_quarters(results: &Results, kpi: &str) -> [String; 4] {
    ["Q1", "Q2", "Q3", "Q4"].map(|period| results.figure(kpi, period).to_owned())
}

/// Members by the register, and by follow-up only.
fn parts(results: &Results, kpi: &str, period: &str) -> Option<(usize, usize)> {
    let kpi = kpi.parse().expect("a KPI");
    results.run.measured.scorecard.figure(kpi, period).expect("a figure").standing
}

#[test]
fn the_newest_row_on_the_last_day_of_a_period_decides() {
    let results = register(
        "Member | KPI | Status | Since
         Fiji | 1-(a).1 | implementing | 2025-08-01
         Fiji | 1-(a).1 | in progress | 2025-01-01
         Tonga | 1-(a).1 | none | 2026-01-15
         Tonga | 1-(a).1 | implementing | 2025-11-01
         Samoa | 1-(a).1 | arranged | 2026-06-30",
    );
    assert_eq!(at_quarters(&results, "1-(a).1"), ["1", "2", "1", "2"]);
    assert_eq!(results.members("1-(a).1", "Q4"), "FJ;WS");
    assert_eq!(results.figure("1-(a).1", "YTD"), "2", "the year to date stands at the report's end");
    assert_eq!(results.ended("status.csv"), "counted 5", "rows that a newer one supersedes are counted in");
}

#[test]
fn any_status_that_does_not_count_ends_a_standing() {
    let results = register(
        "Member | KPI | Status | Since
         Fiji | 1-(d).1 | contracting | 2025-01-01
         Fiji | 1-(d).1 | implementing | 2025-11-01
         Tonga | 1-(t).1 | operating | 2025-01-01\nTonga | 1-(t).1 | in progress | 2025-11-01",
    );
    assert_eq!(at_quarters(&results, "1-(d).1"), ["1", "0", "0", "0"]);
    assert_eq!(at_quarters(&results, "1-(t).1"), ["1", "0", "0", "0"]);
}

#[test]
fn each_kpi_has_its_own_statuses_that_count() {
    let statuses = ["implementing", "contracting", "operating", "arranged", "in progress", "none"];
    let members = ["Fiji", "Tonga", "Samoa", "Palau", "Nepal", "India"];
    for (kpi, counting) in [
        ("1-(a).1", "FJ;PW;TO;WS"),
        ("1-(d).1", "TO"),
        ("1-(g).1", "TO"),
        ("1-(t).1", "WS"),
        ("1-(x).1", "FJ;PW"),
        ("1-(ee).2", "FJ;PW;TO;WS"),
    ] {
        let rows =
            members.iter().zip(statuses).map(|(member, status)| format!("{member} | {kpi} | {status} | 2025-01-01\n"));
        let results = register(&format!("Member | KPI | Status | Since\n{}", rows.collect::<String>()));
        assert_eq!(results.members(kpi, "Q1"), counting, "{kpi}");
    }
}

#[test]
fn a_row_without_date_is_in_force_before_every_dated_row() {
    let results = register(
        "Member | KPI | Status | Since
         Fiji | 1-(a).1 | none | 2025-11-01
         Fiji | 1-(a).1 | implementing |
         Tonga | 1-(a).1 | implementing |",
    );
    assert_eq!(at_quarters(&results, "1-(a).1"), ["2", "1", "1", "1"]);
    assert_eq!(results.found(Code::SinceBlank).len(), 2);
}

#[test]
fn of_two_rows_of_one_date_the_later_holds_and_a_difference_is_a_finding() {
    let results = register(
        "Member | KPI | Status | Since\nFiji | 1-(a).1 | none | 2025-07-01\nFiji | 1-(a).1 | implementing | 2025-07-01
         Tonga | 1-(a).1 | implementing | 2025-07-01
         Tonga | 1-(a).1 | none | 2025-07-01
         Samoa | 1-(a).1 | operating | 2025-07-01
         Samoa | 1-(a).1 | operating | 2025-07-01",
    );
    assert_eq!(results.members("1-(a).1", "Q1"), "FJ;WS");
    let cells: Vec<&str> =
        results.found(Code::StandingTie).iter().map(|finding| finding.origin.cell.as_str()).collect();
    assert_eq!(cells, ["C3", "C5"]);
}

#[test]
fn a_member_with_several_counterparts_stands_while_one_of_them_counts() {
    let results = register(
        "Member | KPI | Status | Since | Counterpart
         Fiji | 1-(x).1 | arranged | 2025-01-01 | Police
         Fiji | 1-(x).1 | arranged | 2025-02-01 | Coast guard
         Fiji | 1-(x).1 | none | 2025-08-01 | police\nFiji | 1-(x).1 | none | 2025-11-01 | Coast Guard",
    );
    assert_eq!(at_quarters(&results, "1-(x).1"), ["1", "0", "0", "0"]);
}

#[test]
fn a_pair_entered_from_both_sides_is_one_pair_and_the_newest_row_decides() {
    let results = register(
        "Member | KPI | Status | Since | Counterpart
         China | 1-(e).1 | arranged | 2025-01-01 | Japan
         Japan | 1-(e).1 | operating | 2025-02-01 | P.R. China
         Korea | 1-(e).1 | arranged | 2025-01-01 | Japan\nJapan | 1-(e).1 | none | 2025-11-01 | Korea",
    );
    assert_eq!(at_quarters(&results, "1-(e).1"), ["2", "1", "1", "1"]);
    assert_eq!((results.members("1-(e).1", "Q1"), results.members("1-(e).1", "Q2")), ("CN-JP;JP-KR", "CN-JP"));
    assert_eq!(results.cell("1-(e).1", "Q1", "unit"), "pairs");
}

#[test]
fn what_makes_no_pair_is_a_finding_and_counts_in_none() {
    let results = register(
        "Member | KPI | Status | Since | Counterpart
         China | 1-(e).1 | arranged | 2025-01-01 |
         Japan | 1-(e).1 | arranged | 2025-01-01 | Japan
         Korea | 1-(e).1 | arranged | 2025-01-01 | Türkiye",
    );
    assert_eq!(results.figure("1-(e).1", "Q1"), "0");
    assert_eq!(results.found(Code::PairInvalid).len(), 3);
}

#[test]
fn pairs_that_differ_on_one_date_are_a_finding_in_either_order() {
    let results = register(
        "Member | KPI | Status | Since | Counterpart
         China | 1-(e).1 | arranged | 2025-01-01 | Japan
         Japan | 1-(e).1 | none | 2025-01-01 | China",
    );
    assert_eq!((results.figure("1-(e).1", "Q1"), results.found(Code::StandingTie).len()), ("0", 1));
}

#[test]
fn answers_stand_in_where_the_register_has_no_row_of_the_member() {
    let results = office()
        .log(
            "Activity ID | Activity | Start date | AWP actions
             1 | A | 2025-07-10 | 1-(a), (d)
             2 | B | 2024-07-10 | 1-(a)
             3 | C | 2025-07-10 | 1-(q)",
        )
        .register(
            "Member | KPI | Status | Since
        Fiji | 1-(a).1 | implementing | 2025-01-01
        Tonga | 1-(a).1 | in progress | 2025-01-01
        Nepal | 1-(a).1 | none | 2025-11-01",
        )
        .answers(
            "Activity ID | Member | Response date | Action taken
             1 | Fiji | 2025-08-10 | yes
             1 | Tonga | 2025-08-10 | yes
             1 | Nepal | 2025-08-10 | yes
             1 | Samoa | 2025-08-10 | partly
             1 | India | 2025-08-10 | planned
             2 | Palau | 2025-11-10 | yes
             3 | Bhutan | 2025-08-10 | yes",
        )
        .results();
    assert_eq!(results.members("1-(a).1", "Q1"), "FJ;NP;WS", "Tonga's own row says no, Nepal's is of a later day");
    assert_eq!(results.members("1-(a).1", "Q2"), "FJ;PW;WS", "an answer counts from its date on, of any plan year");
    assert_eq!((parts(&results, "1-(a).1", "Q1"), parts(&results, "1-(a).1", "Q2")), (Some((1, 2)), Some((1, 2))));
    assert_eq!(results.figure("1-(d).1", "Q1"), "no-records", "follow-up is no evidence there");
    assert_eq!(results.members("1-(d).2", "Q1"), "FJ;NP;TO;WS");
}

#[test]
fn in_a_stock_the_newest_answer_on_the_last_day_of_the_period_holds() {
    let results = office()
        .log("Activity ID | Activity | Start date | AWP actions\n1 | A | 2025-07-10 | 1-(a)")
        .answers(
            "Activity ID | Member | Response date | Action taken
        1 | Fiji | 2025-11-10 | no
        1 | Fiji | 2025-08-10 | yes
        1 | Fiji | 2026-02-10 | partly",
        )
        .results();
    assert_eq!(at_quarters(&results, "1-(a).1"), ["1", "0", "1", "1"]);
}

#[test]
fn a_standing_without_a_row_or_an_answer_is_not_measured() {
    let results = office()
        .log(
            "Activity ID | Activity | Start date | AWP actions\n1 | A | 2025-07-10 | 1-(a)\n2 | B | 2025-07-10 | 1-(b)",
        )
        .register("Member | KPI | Status | Since\nFiji | 1-(c).1 | none | 2025-01-01")
        .answers(
            "Activity ID | Member | Response date | Action taken\n1 | Fiji | 2025-08-10 | no\n2 | Fiji | 2025-08-10 |",
        )
        .results();
    for (kpi, figure) in
        [("1-(a).1", "0"), ("1-(b).1", "0"), ("1-(c).1", "0"), ("1-(k).1", "no-records"), ("1-(e).1", "no-records")]
    {
        assert_eq!(results.figure(kpi, "Q1"), figure, "{kpi}");
    }
}

#[test]
fn one_of_two_kinds_of_evidence_is_enough_to_measure() {
    let results = office()
        .log("Activity ID | Activity | Start date | AWP actions\n1 | A | 2025-07-10 | 1-(a), (d)")
        .answers("Activity ID | Member | Response date | Action taken\n1 | Fiji | 2025-08-10 | yes")
        .results();
    assert_eq!((results.figure("1-(a).1", "Q1"), results.figure("1-(d).1", "Q1")), ("1", "no-source"));
}

#[test]
fn a_row_of_a_kpi_that_is_no_standing_is_unmapped() {
    let results = register(
        "Member | KPI | Status | Since
         Fiji | 1-(h).2 | implementing | 2025-01-01
         Fiji | 1-(zz).1 | implementing | 2025-01-01
         Fiji | 1-(a).1 | implementing | 2025-01-01",
    );
    assert_eq!(results.ended("status.csv"), "counted 1, unmapped 2");
    assert_eq!(results.seen(Code::KpiUnfit), ["1-(h).2", "1-(zz).1"]);
}

#[test]
fn a_workshop_for_a_member_is_shown_beside_and_makes_it_no_implementing_member() {
    let results = office()
        .log(
            "Activity | Start date | Type | AWP actions | Beneficiary Members
        A | 2025-07-10 | Training | 1-(a) | Fiji, Tonga",
        )
        .register("Member | KPI | Status | Since\nFiji | 1-(a).1 | in progress | 2025-01-01")
        .results();
    assert_eq!(results.figure("1-(a).1", "Q1"), "0");
    let kpi = "1-(a).1".parse().expect("a KPI");
    let figure = results.run.measured.scorecard.figure(kpi, "Q1").expect("a figure");
    assert_eq!(figure.reached.as_ref().map(Vec::len), Some(2));
}

#[test]
fn a_row_whose_removal_would_change_the_value_is_among_the_records() {
    let results = register(
        "Member | KPI | Status | Since\nFiji | 1-(a).1 | implementing | 2025-01-01\nFiji | 1-(a).1 | none | 2025-02-01",
    );
    assert_eq!((results.figure("1-(a).1", "Q1"), results.cell("1-(a).1", "Q1", "records")), ("0", "1"));
}
