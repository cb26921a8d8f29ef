//! What charts say: the figures of the scorecard and the tables, in sentences that hold.

use rspkpi::report::{self, Report};

use super::office::{Office, office};

fn views(office: &Office) -> Report {
    report::compose(&office.examine().expect("a run").material())
}

/// A year and the one before it: women, donors, actions of two sections.
fn two_years() -> Office {
    office().log(
        "Activity ID | Activity | Type | AWP actions | Start date | Host | Beneficiary Members | Participants | Women | Funding
         1 | One | National workshop | 1-(h) | 2025-07-10 | Fiji | Fiji; Tonga | 20 | 9 | CCF/Japan
         2 | Two | Regional workshop | 1-(h) and 3-(a) | 2025-10-10 | Fiji | Fiji; Japan | 20 | 7 | Japan CCF; SECO
         3 | Three | Meeting | | 2025-10-12 | Japan | | | |
         4 | Four | National workshop | 1-(h) | 2024-07-10 | Fiji | Fiji | 40 | 12 | ADB",
    )
}

fn with_targets(office: Office, targets: &str) -> Office {
    office.configured("targets/2025-2026.toml", |text| format!("{text}\n{targets}"))
}

#[test]
fn titles_compare_with_the_year_before_where_it_has_records() {
    let charts = views(&two_years()).charts;
    assert_eq!(
        charts.women.text.title,
        "Women were 40 % of participants whose sex is known, up 10 points on the same period of 2024-2025"
    );
    assert_eq!(
        charts.activities.text.title,
        "2 capacity building activities delivered in the year to date, 1 more than in the same period of 2024-2025"
    );
    let thin = two_years()
        .table("more.csv", "Activity | Type | Start date\nFive | Training | 2024-07-11\nSix | Training | 2024-07-12");
    let women = views(&thin).charts.women;
    assert_eq!(women.text.title, "Women were 40 % of participants whose sex is known", "1 of 3 activities a year ago");
    assert!(women.text.foot.contains("No comparison: half or less"), "{}", women.text.foot);
    let one = office().log("Activity | Type | Start date | Participants | Women\nOne | Training | 2025-07-10 | 20 | 5");
    let one = one.statistics("Member | KPI | Period | Value\nFiji | 1-(w).1 | 2024-07 | 5");
    let charts = views(&one).charts;
    assert_eq!(charts.women.text.title, "Women were 25 % of participants whose sex is known");
    assert_eq!(charts.activities.text.title, "1 capacity building activity delivered in the year to date");
}

#[test]
fn tiles_and_cells_are_the_figures_of_the_members_table() {
    let report = views(&two_years());
    let codes: Vec<&str> = report.charts.map.tiles.iter().map(|tile| tile.code.as_str()).collect();
    assert_eq!(codes, report.members.rows.iter().map(|row| row.code.as_str()).collect::<Vec<_>>());
    let cells: Vec<_> = report.charts.sections.groups.iter().flat_map(|(_, rows)| rows).collect();
    assert_eq!(cells.len(), 35);
    for (row, tile) in report.members.rows.iter().zip(&report.charts.map.tiles) {
        assert_eq!(tile.count, row.in_year, "{}", row.name);
        let cell = cells.iter().find(|cell| cell.name == row.name).unwrap();
        assert_eq!((cell.all, &cell.counts), (row.in_year, &row.by_section.values().copied().collect()));
    }
    assert_eq!(report.charts.map.text.title, "3 of 35 Members were reached, Japan and Fiji most often (2 events each)");
    assert_eq!(report.charts.sections.text.title, "Section 1 reached 3 of 35 Members, sections 2 and 4 reached none");
    assert!(report.charts.map.text.description.contains("Fiji (FJ) 2, "), "{}", report.charts.map.text.description);
}

#[test]
fn every_member_of_today_has_a_place_of_its_own_on_the_map() {
    let map = views(&two_years()).charts.map;
    let mut places: Vec<(usize, usize)> = map.tiles.iter().map(|tile| tile.place.expect("a place")).collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!((places.len(), map.tiles.len()), (35, 35));
    assert!(places.iter().all(|(column, row)| *column < map.columns && *row < map.rows));
}

#[test]
fn member_left_out_of_the_map_keeps_its_tile() {
    let office = two_years().configured("charts.toml", |text| text.replace(" FJ ", " .. "));
    let map = views(&office).charts.map;
    let fiji = map.tiles.iter().find(|tile| tile.code == "FJ").unwrap();
    assert_eq!((fiji.count, fiji.place), (2, None));
}

#[test]
fn map_with_a_stranger_a_member_twice_or_uneven_rows_is_refused() {
    let refused = |from: &str, to: &str| {
        let office = two_years().configured("charts.toml", |text| text.replacen(from, to, 1));
        office.examine().expect_err("a map that cannot be").to_string()
    };
    assert!(refused(" FJ ", " XX ").contains("charts.toml: the map has XX, which is no Member"));
    assert!(refused(" FJ ", " TO ").contains("charts.toml: the map has TO twice"));
    assert!(refused("  FJ ", " ").contains("charts.toml: row 7 of the map has 12 columns, the first 13"));
}

#[test]
fn share_of_few_persons_is_not_shown_nor_the_smallest_other_quarter_by_which_it_could_be_worked_out() {
    let log = office().log(
        "Activity | Type | Start date | Participants | Women
         One | Training | 2025-07-10 | 4 | 1\nTwo | Training | 2025-10-10 | 5 | 2\nThree | Training | 2026-01-10 | 9 | 3",
    );
    let views = views(&log.quarter(3));
    let women = &views.charts.women;
    let shown: Vec<(u64, bool)> = women.points.iter().map(|point| (point.known, point.withheld.is_some())).collect();
    assert_eq!(shown, [(0, true), (0, true), (9, false)]);
    let words = &women.text.description;
    assert!(words.starts_with("Q1: fewer than 5 persons, not shown, 1 of 1 activity; Q2: kept back"), "{words}");
    assert!(words.contains("Q3: 33.3 % (3 of 9)"), "{words}");
    assert!(words.contains("Year to date: 33.3 % (6 of 18)"), "{words}");
}

#[test]
fn follow_up_answers_are_those_of_the_kpi() {
    let table = "Activity ID | Member | Response date | Action taken
         1 | Fiji | 2025-08-10 | no\n1 | Fiji | 2025-09-10 | yes\n1 | Tonga | 2025-09-10 | partly
         2 | Fiji | 2025-11-10 | planned\n2 | Japan | 2025-11-10 |\n4 | Fiji | 2024-09-10 | no";
    let office = two_years().answers(table);
    let view = views(&office).charts.follow_up;
    let counts: Vec<usize> = view.groups[0].1.iter().map(|bar| bar.count).collect();
    assert_eq!(counts, [1, 1, 1, 0]);
    assert_eq!(view.text.title, "Most follow-up answers report action taken, in full or in part: 2 of 3");
    assert!(view.text.foot.contains("1 further answer says nothing") && view.text.foot.contains("more than half"));
    let results = office.results();
    assert_eq!(results.cell("3-(i).1", "YTD", "numerator"), "2");
    assert_eq!(results.cell("3-(i).1", "YTD", "denominator"), "3");
}

#[test]
fn without_a_survey_the_title_says_so() {
    assert_eq!(views(&two_years()).charts.follow_up.text.title, "No follow-up survey was read");
}

#[test]
fn donors_are_counted_in_one_spelling_and_under_each() {
    let view = views(&two_years()).charts.funding;
    let bars: Vec<(&str, &str, usize)> = view
        .groups
        .iter()
        .flat_map(|(group, bars)| bars.iter().map(move |bar| (group.as_str(), bar.name.as_str(), bar.count)))
        .collect();
    assert_eq!(bars, [("Members and their funds", "CCF/Japan", 2), ("Other donors", "SECO", 1)]);
    assert_eq!(view.text.title, "CCF/Japan funded 2 of 2 activities with a donor stated, the most of 2 donors");
    assert!(view.text.foot.contains("2 of 3 activities with a donor stated."), "{}", view.text.foot);
}

#[test]
fn kpis_without_a_target_are_counted_and_not_drawn() {
    let view = views(&two_years()).charts.targets;
    assert_eq!((view.bars.len(), view.text.title.as_str()), (0, "No target is set for any KPI"));
    assert!(view.text.foot.contains("65 of 65 KPIs without a target"));
}

#[test]
fn bars_to_a_target_have_the_figures_of_the_scorecard() {
    let office = with_targets(
        two_years(),
        "[\"3-(g).1\"]\ntarget = { value = 2, by = 2026-06-30 }\n\
         [\"3-(e).1\"]\nbaseline = { value = 12, as-at = 2025-06-30 }\ntarget = { value = 20, by = 2026-06-30 }\n\
         [\"3-(i).1\"]\ntarget = { value = 75, by = 2026-06-30 }",
    );
    let view = views(&office).charts.targets;
    let bars: Vec<[&str; 4]> = view
        .bars
        .iter()
        .map(|bar| [bar.label.as_str(), bar.baseline.as_str(), bar.target.as_str(), bar.actual.as_str()])
        .collect();
    let expected = [["3-(e).1", "12", "20", "16"], ["3-(g).1", "", "2", "2"], ["3-(i).1", "", "75 %", "no source"]];
    assert_eq!(bars, expected);
    let progress: Vec<String> = view.bars.iter().map(rspkpi::report::charts::TargetBar::progress_printed).collect();
    assert_eq!(progress, ["50 %", "100 %", "\u{2013}"]);
    assert_eq!(view.text.title, "1 of 3 KPIs with a target has reached it");
    let foot = "62 of 65 KPIs without a target, not drawn. 1 KPI with a target has no progress to show.";
    assert!(view.text.foot.contains(foot), "{}", view.text.foot);
    let results = office.results();
    assert_eq!(results.cell("3-(e).1", "YTD", "progress"), "50");
}

#[test]
fn charts_of_needs_are_made_only_where_there_is_something_to_show() {
    let silent = views(&two_years()).charts.needs;
    assert!(silent.demand.is_none() && silent.open.is_none() && silent.funnel.is_none());
    let asked =
        two_years().table("needs.csv", "Member | Response date | Topic | Priority\nNepal | 2025-08-01 | 1-(f) | low");
    let charts = views(&asked).charts.needs;
    assert_eq!(charts.demand.unwrap().text.title, "The one need is not served, in full or in part");
    assert_eq!(charts.open.unwrap().text.title, "The one need is open");
    assert!(charts.funnel.is_none(), "no follow-up was read");
}

#[test]
fn demand_stands_beside_what_was_served_and_open_needs_in_their_groups() {
    let needs = "Member | Response date | Topic | Priority
         Fiji | 2025-08-01 | 1-(h) | high\nTonga | 2025-08-01 | 1-(h) | high\nNepal | 2025-08-01 | 1-(h) | high
         Nepal | 2025-08-01 | 1-(f) | low";
    let answers =
        "Activity ID | Member | Response date | Action taken | Tangible results\n2 | Fiji | 2025-11-10 | yes | 1";
    let charts = views(&two_years().table("needs.csv", needs).answers(answers)).charts.needs;
    let demand = charts.demand.unwrap();
    let rows: Vec<(usize, usize)> = demand.groups[0].1.iter().map(|row| (row.asked, row.served)).collect();
    assert_eq!(rows, [(3, 1), (1, 0)], "the widest gap first");
    let open = charts.open.unwrap();
    assert_eq!(open.text.title, "3 of 4 needs are open, 2 of them in Sub-Continent");
    let island = open.groups[1].1.iter().find(|bar| bar.name == "Small Island Economies").unwrap();
    assert_eq!((island.count, island.beside.as_str()), (1, "of 2"));
    let funnel = charts.funnel.unwrap();
    let steps: Vec<usize> = funnel.groups[0].1.iter().map(|bar| bar.count).collect();
    assert_eq!(steps, [6, 1, 1, 1], "three events reached two Members each, with the meeting's host one more");
}
