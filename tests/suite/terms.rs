//! The field's words: references, plan years, periods, numbers.

use proptest::prelude::*;
use rspkpi::terms::figure::{data_number, report_number, rounded};
use rspkpi::terms::reference::parse_references;
use rspkpi::terms::words::{nearness, nearness_of_least};
use rspkpi::terms::{ActionRef, Asked, KpiId, Line, PlanYear, ReportPeriod, RspRef, StatisticPeriod};

use crate::office::day;

/// References as read, with the KPI where one is named; then what was not read, in brackets.
fn read(text: &str) -> String {
    let found = parse_references(text, None);
    let named = |reference: &rspkpi::terms::reference::Reference| {
        reference.kpi_id().map_or_else(|| reference.action.to_string(), |kpi| kpi.to_string())
    };
    let read = found.read.iter().map(named);
    read.chain(found.unread.iter().map(|word| format!("[{word}]"))).collect::<Vec<_>>().join(" ")
}

fn year(text: &str) -> PlanYear {
    text.parse().expect("a plan year")
}

fn quarter(quarter: u8, as_at: &str) -> ReportPeriod {
    ReportPeriod { asked: Asked::Quarter(year("2025-2026"), quarter), as_at: day(as_at), as_at_given: true }
}

fn free(from: &str, to: &str) -> ReportPeriod {
    ReportPeriod { asked: Asked::Free(day(from), day(to)), as_at: day(to), as_at_given: false }
}

fn shown(line: &Line) -> String {
    format!("{} {} {}", line.id, line.from, line.counted_to)
}

#[test]
fn a_letter_without_a_section_belongs_to_the_section_before_it() {
    assert_eq!(read("1-(a), (b), (dd) and 3-(k)"), "1-(a) 1-(b) 1-(dd) 3-(k)");
    assert_eq!(read("3-(k); 1-(a)\n(b) & 2-(a)/(b)"), "3-(k) 1-(a) 1-(b) 2-(a) 2-(b)");
}

#[test]
fn a_number_after_the_action_names_one_kpi() {
    assert_eq!(read("1-(dd).2"), "1-(dd).2");
    assert_eq!(read("1-(dd), 1-(dd).2, (h).3"), "1-(dd) 1-(dd).2 1-(h).3");
}

#[test]
fn unusual_forms_of_the_plan_are_read() {
    for (text, action) in [
        ("3(k)", "3-(k)"),
        ("1- (hh)", "1-(hh)"),
        ("1 -(hh)", "1-(hh)"),
        ("1\u{2013}(hh)", "1-(hh)"),
        ("1-( hh )", "1-(hh)"),
        ("1-(HH)", "1-(hh)"),
    ] {
        assert_eq!(read(text), action, "{text}");
    }
}

#[test]
fn look_alike_letters_are_read_by_the_table_and_marked() {
    for text in ["1-(II)", "1-(Il)"] {
        let found = parse_references(text, None);
        assert_eq!((found.read[0].action.to_string().as_str(), found.read[0].slip), ("1-(ll)", true), "{text}");
    }
    let plain = parse_references("1-(ll), 1-(ii), 1-(i)", None);
    assert!(plain.read.iter().all(|reference| !reference.slip));
    assert_eq!(read("1-(ll), 1-(ii), 1-(i)"), "1-(ll) 1-(ii) 1-(i)");
}

#[test]
fn what_is_no_reference_is_kept_and_nothing_is_guessed() {
    assert_eq!(read("1-(a), risk management"), "1-(a) [risk] [management]");
    assert_eq!(read("(b)"), "[(b)]");
    assert_eq!(read("1-(abc)"), "[1-(abc)]");
    assert_eq!(read("1-(ab)"), "[1-(ab)]");
    assert_eq!(read("0-(a)"), "[0-(a)]");
    assert_eq!(read("1.2.3"), "[1.2.3]");
    assert_eq!(read("1-(a"), "[1-(a]");
    assert_eq!(read("  , and ; "), "");
}

#[test]
fn a_bare_letter_belongs_to_the_given_section_where_none_stands_before_it() {
    let found = parse_references("(hh), 3-(k), (a)", Some(1));
    let actions: Vec<String> = found.read.iter().map(|reference| reference.action.to_string()).collect();
    assert_eq!(actions, ["1-(hh)", "3-(k)", "3-(a)"]);
}

#[test]
fn actions_sort_as_in_the_plan() {
    let mut actions: Vec<ActionRef> =
        ["2-(a)", "1-(aa)", "1-(z)", "1-(ll)", "1-(b)"].map(|id| id.parse().expect("an id")).to_vec();
    actions.sort();
    let sorted: Vec<String> = actions.iter().map(ActionRef::to_string).collect();
    assert_eq!(sorted, ["1-(b)", "1-(z)", "1-(aa)", "1-(ll)", "2-(a)"]);
}

#[test]
fn rsp_references_of_every_printed_form_are_read() {
    for (text, read) in [
        ("RSP 1.2.1 - 1st, 3rd to 4th milestones", "RSP 1.2.1 - 1st, 3rd, 4th milestones"),
        ("RSP 2.2.3 1st - 3rd", "RSP 2.2.3 - 1st, 2nd, 3rd milestones"),
        ("RSP 3.2.1 - 2 nd milestone", "RSP 3.2.1 - 2nd milestone"),
        ("RSP 3.1.3 - 1st and 2nd milestone", "RSP 3.1.3 - 1st, 2nd milestones"),
        ("RSP 3.3.1 \u{2013} 1st to 2nd milestones", "RSP 3.3.1 - 1st, 2nd milestones"),
        ("1.1.1 - 11th", "RSP 1.1.1 - 11th milestone"),
    ] {
        assert_eq!(RspRef::parse(text).map(|rsp| rsp.to_string()).as_deref(), Some(read), "{text}");
    }
    for text in ["RSP 2.2", "RSP 2.2.3", "RSP 2.2.3 - some milestones", "1-(a)", ""] {
        assert_eq!(RspRef::parse(text), None, "{text}");
    }
}

#[test]
fn a_plan_year_runs_from_july_to_june() {
    let plan = year("2025-2026");
    assert_eq!((plan.first_day(), plan.last_day()), (day("2025-07-01"), day("2026-06-30")));
    for (date, holder, quarter) in [
        ("2025-06-30", "2024-2025", 4),
        ("2025-07-01", "2025-2026", 1),
        ("2025-09-30", "2025-2026", 1),
        ("2025-10-01", "2025-2026", 2),
        ("2025-12-31", "2025-2026", 2),
        ("2026-01-01", "2025-2026", 3),
        ("2026-03-31", "2025-2026", 3),
        ("2026-04-01", "2025-2026", 4),
        ("2026-06-30", "2025-2026", 4),
        ("2026-07-01", "2026-2027", 1),
    ] {
        assert_eq!(PlanYear::of(day(date)), year(holder), "{date}");
        assert_eq!(PlanYear::quarter_of(day(date)), quarter, "{date}");
        let (from, to) = year(holder).quarter(quarter);
        assert!(from <= day(date) && day(date) <= to, "{date}");
    }
}

#[test]
fn plan_years_are_read_only_where_the_second_year_follows_the_first() {
    for text in ["2025-2026", "2025/2026", "2025-26", "2025\u{2013}2026", " 2025 - 2026 "] {
        assert_eq!(year(text).to_string(), "2025-2026");
    }
    for text in ["2025", "2025-2027", "2026-2025", "2025-2025", "25-26", "next", ""] {
        assert!(text.parse::<PlanYear>().is_err(), "{text}");
    }
}

#[test]
fn statistic_periods_are_years_quarters_and_months() {
    for (text, from, to) in [
        ("2025-2026", "2025-07-01", "2026-06-30"),
        ("2025-2026/Q3", "2026-01-01", "2026-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
    ] {
        let period: StatisticPeriod = text.parse().expect("a period");
        assert_eq!((period.days(), period.to_string().as_str()), ((day(from), day(to)), text));
    }
    for text in ["2025", "2025-13", "2025-2026/Q5", "2025-07-01", "Q1", "July"] {
        assert!(text.parse::<StatisticPeriod>().is_err(), "{text}");
    }
}

#[test]
fn a_quarter_shows_earlier_quarters_and_the_year_to_date() {
    let ids = |period: ReportPeriod| period.lines(true).into_iter().map(|line| line.id).collect::<Vec<_>>();
    assert_eq!(ids(quarter(1, "2025-09-30")), ["Q1", "YTD", "PREV-Q1", "PREV-YTD"]);
    assert_eq!(ids(quarter(3, "2026-03-31"))[..4], ["Q1", "Q2", "Q3", "YTD"]);
    let lines = quarter(2, "2025-12-31").lines(false);
    assert_eq!(
        lines.iter().map(shown).collect::<Vec<_>>(),
        ["Q1 2025-07-01 2025-09-30", "Q2 2025-10-01 2025-12-31", "YTD 2025-07-01 2025-12-31"]
    );
}

#[test]
fn a_free_period_belongs_to_the_plan_year_of_its_last_day_and_has_a_line_of_its_own() {
    let period = free("2025-05-01", "2026-02-15");
    assert_eq!(period.plan_year(), year("2025-2026"));
    assert_eq!((period.folder().as_str(), period.main_line().as_str()), ("2025-05-01_2026-02-15", "FREE"));
    let lines = period.lines(false);
    let expected = [
        "Q1 2025-07-01 2025-09-30",
        "Q2 2025-10-01 2025-12-31",
        "Q3 2026-01-01 2026-02-15",
        "YTD 2025-07-01 2026-02-15",
        "FREE 2025-05-01 2026-02-15",
    ];
    assert_eq!(lines.iter().map(shown).collect::<Vec<_>>(), expected);
    assert_eq!(lines[2].to, day("2026-03-31"), "the quarter's own last day is told");
    assert_eq!(lines[3].to, day("2026-02-15"), "the year to date ends with the report");
}

#[test]
fn the_previous_year_is_counted_to_the_same_day_a_year_earlier() {
    let lines = quarter(3, "2026-02-10").lines(true);
    let of = |id: &str| shown(lines.iter().find(|line| line.id == id).expect("a line"));
    assert_eq!(of("PREV-Q1"), "PREV-Q1 2024-07-01 2024-09-30");
    assert_eq!(of("PREV-Q3"), "PREV-Q3 2025-01-01 2025-02-10");
    assert_eq!(of("PREV-YTD"), "PREV-YTD 2024-07-01 2025-02-10");
}

#[test]
fn the_29_february_stands_against_the_28th_of_the_year_before() {
    let lines = free("2023-07-01", "2024-02-29").lines(true);
    let previous = lines.iter().find(|line| line.id == "PREV-FREE").expect("a line");
    assert_eq!((previous.from, previous.to), (day("2022-07-01"), day("2023-02-28")));
}

#[test]
fn a_period_that_begins_after_the_as_at_date_is_not_due() {
    let lines = quarter(3, "2025-12-31").lines(true);
    let due = |id: &str| lines.iter().find(|line| line.id == id).expect("a line").due;
    assert!(due("Q1") && due("Q2") && due("YTD"));
    assert!(!due("Q3") && !due("PREV-Q3"));
    assert!(quarter(3, "2026-01-01").lines(false).iter().all(|line| line.due));
}

#[test]
fn numbers_are_rounded_half_away_from_zero() {
    for (value, text) in [
        (12.0, "12"),
        (83.5, "83.5"),
        (0.000_000_5, "0.000001"),
        (-0.000_000_5, "-0.000001"),
        (0.000_000_49, "0"),
        (1.000_000_5, "1.000001"),
        (-0.000_000_1, "0"),
        (200.0 / 3.0, "66.666667"),
        (1_200.0, "1200"),
    ] {
        assert_eq!(data_number(value), text);
    }
    for (value, text) in [(83.25, "83.3"), (-83.25, "-83.3"), (0.05, "0.1"), (7.0, "7"), (66.65, "66.7"), (2.04, "2.0")]
    {
        assert_eq!(report_number(value), text);
    }
    assert_eq!(rounded(2.675, 2).to_bits(), 2.68_f64.to_bits());
}

#[test]
fn large_whole_numbers_are_printed_as_they_are() {
    for (value, text) in [(999_999_999.0, "999999999"), (5_000_000_000.0, "5000000000"), (-7e11, "-700000000000")] {
        assert_eq!(data_number(value), text);
        assert_eq!(report_number(value), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn a_printed_number_is_the_number_to_six_decimals(value in -1e6..1e6_f64) {
        let text = data_number(value);
        let again: f64 = text.parse().expect("a number");
        prop_assert!((again - value).abs() < 0.000_000_501, "{value} printed {text}");
        prop_assert!(!text.contains('.') || !text.ends_with(['0', '.']), "{text}");
        prop_assert_eq!(data_number(again), text);
    }

    #[test]
    fn printed_ids_are_read_again(section in 1..=9_u8, letter in b'a'..=b'z', doubled: bool, number in 1..=9_u8) {
        let letters = String::from(char::from(letter)).repeat(1 + usize::from(doubled));
        let action = ActionRef::new(section, &letters).expect("letters of the plan");
        let kpi = KpiId { action, number };
        prop_assert_eq!(action.to_string().parse::<ActionRef>(), Ok(action));
        prop_assert_eq!(kpi.to_string().parse::<KpiId>(), Ok(kpi));
        prop_assert_eq!(read(&format!("{action}, {kpi}")), format!("{action} {kpi}"));
    }

    #[test]
    fn any_text_is_read_or_kept(text in "[1-4a-lA-Z()., and\\-\u{2013};]{0,24}") {
        let found = parse_references(&text, None);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        let read: usize = found.read.iter().map(|reference| digits(&reference.text)).sum();
        let kept: usize = found.unread.iter().map(|word| digits(word)).sum();
        prop_assert_eq!(read + kept, digits(&text), "{}", text);
    }
}

proptest! {
    #[test]
    fn a_text_that_is_near_enough_is_never_passed_over(a in "[abcé ]{0,9}", b in "[abcé ]{0,9}") {
        let whole = nearness(&a, &b);
        prop_assert_eq!(nearness_of_least(&a, &b, 0.75), (whole >= 0.75).then_some(whole));
    }
}
