//! Figures that Members report: change, and who reports at all.

use rspkpi::findings::Code;

use crate::office::{Office, Results, office};

/// Statistics of 1-(w).1, one a word: `FJ:2025-2026/Q1=100`.
fn reported(words: &str) -> Office {
    let rows = words.split_whitespace().map(|word| {
        let (member, rest) = word.split_once(':').expect("a Member");
        let (period, value) = rest.split_once('=').expect("a value");
        format!("{member} | 1-(w).1 | {period} | {value}\n")
    });
    office().statistics(&format!("Member | KPI | Period | Value\n{}", rows.collect::<String>()))
}

fn change(words: &str, period: &str) -> String {
    reported(words).results().figure("1-(w).1", period).to_owned()
}

fn unpaired(results: &Results) -> Vec<&str> {
    results.seen(Code::StatisticUnpaired)
}

#[test]
fn change_is_the_sum_over_members_and_periods_that_stand_on_both_sides() {
    let words = "FJ:2025-2026/Q1=100 FJ:2024-2025/Q1=80 TO:2025-2026/Q1=10 TO:2024-2025/Q1=15
                 FJ:2025-2026/Q2=7 NP:2025-2026/Q1=50 IN:2024-2025/Q1=9";
    let results = reported(words).results();
    assert_eq!((results.figure("1-(w).1", "Q1"), results.figure("1-(w).1", "YTD")), ("15", "15"));
    assert_eq!(results.cell("1-(w).1", "Q1", "baseline"), "95");
    assert_eq!((results.cell("1-(w).1", "Q1", "unit"), results.cell("1-(w).1", "Q1", "records")), ("entries", "4"));
    assert_eq!(results.figure("1-(w).1", "Q2"), "no-baseline");
    assert_eq!(results.figure("1-(w).1", "Q3"), "no-records");
    let mut alone = unpaired(&results);
    alone.sort_unstable();
    assert_eq!(alone, ["2024-2025/Q1", "2025-2026/Q1", "2025-2026/Q2"]);
}

#[test]
fn a_loss_is_a_negative_change_and_no_change_is_zero() {
    assert_eq!(change("FJ:2025-07=0 FJ:2024-07=2.5", "Q1"), "-2.5");
    assert_eq!(change("FJ:2025-07=4 FJ:2024-07=4", "Q1"), "0");
}

#[test]
fn a_figure_counts_only_in_periods_that_hold_it_whole() {
    let words = "FJ:2025-2026=100 FJ:2024-2025=90 TO:2025-2026/Q1=10 TO:2024-2025/Q1=8";
    let results = reported(words).results();
    assert_eq!((results.figure("1-(w).1", "Q1"), results.figure("1-(w).1", "YTD")), ("2", "12"));
    let cut = reported("FJ:2025-09=9 FJ:2024-09=4").between("2025-07-01", "2025-09-15").results();
    assert_eq!(cut.figure("1-(w).1", "YTD"), "no-records");
}

#[test]
fn finer_figures_count_where_they_fill_the_coarser_period() {
    let filled = "FJ:2025-2026/Q1=100 FJ:2025-07=40 FJ:2025-08=40 FJ:2025-09=40 FJ:2024-2025/Q1=100";
    assert_eq!(change(filled, "Q1"), "20");
    assert!(reported(filled).results().found(Code::StatisticOverlap).is_empty());
    let open = "FJ:2025-2026/Q1=100 FJ:2025-07=40 FJ:2025-08=40 FJ:2024-2025/Q1=90";
    let results = reported(open).results();
    assert_eq!(results.figure("1-(w).1", "Q1"), "10");
    assert_eq!(results.seen(Code::StatisticOverlap), ["2025-2026/Q1"]);
}

#[test]
fn finer_figures_that_do_not_fill_the_coarser_are_a_finding_in_the_baseline_period_too() {
    let results = reported("FJ:2025-2026/Q1=100 FJ:2024-2025/Q1=90 FJ:2024-07=40 FJ:2024-08=40").results();
    assert_eq!(results.figure("1-(w).1", "Q1"), "10");
    assert_eq!(results.seen(Code::StatisticOverlap), ["2024-2025/Q1"]);
}

#[test]
fn both_sides_are_summed_to_the_coarser_of_the_two() {
    let finer_now = "FJ:2025-07=10 FJ:2025-08=10 FJ:2025-09=10 FJ:2024-2025/Q1=20";
    assert_eq!(change(finer_now, "Q1"), "10");
    let finer_before = "FJ:2025-2026/Q1=30 FJ:2024-07=1 FJ:2024-08=2 FJ:2024-09=3";
    assert_eq!(change(finer_before, "Q1"), "24");
    let year =
        "FJ:2025-2026/Q1=1 FJ:2025-2026/Q2=2 FJ:2025-2026/Q3=3 FJ:2026-04=1 FJ:2026-05=1 FJ:2026-06=2 FJ:2024-2025=4";
    assert_eq!(change(year, "YTD"), "6");
    assert_eq!(change(year, "Q1"), "no-baseline");
    let gap = "FJ:2025-07=10 FJ:2025-08=10 FJ:2024-2025/Q1=20";
    assert_eq!(change(gap, "Q1"), "no-baseline");
}

#[test]
fn a_figure_of_zero_stands_in_the_change_but_its_member_has_not_inputted() {
    let results = reported("FJ:2025-07=0 FJ:2024-07=5 TO:2025-08=1 NP:2025-2026=7").results();
    assert_eq!(results.figure("1-(w).1", "Q1"), "-5");
    assert_eq!((results.figure("1-(w).2", "Q1"), results.members("1-(w).2", "Q1")), ("1", "TO"));
    assert_eq!(results.members("1-(w).2", "YTD"), "NP;TO");
    assert_eq!((results.figure("1-(w).2", "Q2"), results.members("1-(w).2", "PREV-Q1")), ("0", "FJ"));
}

#[test]
fn the_same_figure_twice_is_a_duplicate_and_of_different_ones_the_first_counts() {
    let results = reported("FJ:2025-07=5 FJ:2025-07=5.0 FJ:2025-07=9 FJ:2024-07=1").results();
    assert_eq!(results.figure("1-(w).1", "Q1"), "4");
    assert_eq!(results.ended("statistics.csv"), "counted 2, duplicate 2");
    assert_eq!((results.seen(Code::DuplicateRow), results.seen(Code::RowsContradict)), (vec!["5"], vec!["9"]));
}

#[test]
fn a_statistic_of_another_kpi_is_unmapped_and_one_below_zero_rejected() {
    let table = "Member | KPI | Period | Value
        Fiji | 1-(w).2 | 2025-07 | 5
        Fiji | 1-(w).1 | 2025-07 | -5
        Fiji | 1-(w).1 | summer | 5";
    let results = office().statistics(table).results();
    assert_eq!(results.ended("statistics.csv"), "unmapped 1, rejected 2");
}

#[test]
fn the_configuration_may_name_another_baseline_year() {
    let words = "FJ:2025-07=10 FJ:2024-07=4 FJ:2023-07=1";
    let base = reported(words).configured("kpis/section-1.toml", |text| {
        text.replace("measure = \"change\"", "measure = \"change\"\nbaseline-plan-year = \"2023-2024\"")
    });
    assert_eq!(base.results().figure("1-(w).1", "Q1"), "9");
    assert_eq!(change(words, "Q1"), "6");
    assert_eq!(change(words, "PREV-Q1"), "3");
}

#[test]
fn progress_of_a_change_is_measured_from_nothing_and_of_others_from_the_baseline() {
    let results = reported("FJ:2025-07=10 FJ:2024-07=4")
        .log(
            "Activity | Start date | Type | AWP actions
        A | 2025-07-10 | Meeting | 1-(h)
        B | 2025-11-10 | Meeting | 1-(h)",
        )
        .configured("targets/2025-2026.toml", |text| {
            format!(
                "{text}\n[\"1-(w).1\"]
                 target = {{ value = 12, by = 2026-06-30 }}\n[\"1-(h).2\"]
                 baseline = {{ value = 1, as-at = 2025-06-30 }}
                 target = {{ value = 5, by = 2026-06-30 }}\n"
            )
        })
        .results();
    let of = |kpi: &str| ["value", "baseline", "target", "progress"].map(|column| results.cell(kpi, "YTD", column));
    assert_eq!(of("1-(w).1"), ["6", "4", "12", "50"]);
    assert_eq!(of("1-(h).2"), ["2", "1", "5", "25"]);
    assert_eq!(results.cell("1-(h).3", "YTD", "progress"), "");
}
