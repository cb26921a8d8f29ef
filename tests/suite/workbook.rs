//! The sheets of the report workbook: figures that agree with each other, charts, print set-up, configuration.

use std::collections::BTreeMap;

use rspkpi::definitions::ProgressWords;
use rspkpi::pipeline::Failure;
use rspkpi::report::progress::Course;

use crate::book::{Book, Line, attribute, office_of_two_years};
use crate::office::{Office, office};

/// A row of a table by two of its cells.
fn row<'a>(table: &'a [(u32, Line)], (one, first): (&str, &str), (two, second): (&str, &str)) -> &'a Line {
    let is = |row: &Line, name: &str, text: &str| row.get(name).is_some_and(|cell| cell == text);
    let found = table.iter().find(|(_, row)| is(row, one, first) && is(row, two, second));
    &found.unwrap_or_else(|| panic!("a row of {first}, {second}")).1
}

/// A number of a row; none where the cell is blank.
fn number(row: &Line, name: &str) -> Option<f64> {
    row.get(name).map(|text| text.parse().unwrap_or_else(|_| panic!("a number under {name}: {text}")))
}

/// The value of a line of scorecard.csv.
fn figure(book: &Book, kpi: &str, period: &str, column: &str) -> Option<f64> {
    let line = book.scorecard.iter().find(|line| line["kpi"] == kpi && line["period"] == period).expect("a line");
    line[column].parse().ok()
}

fn close(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() < 1e-5,
        (one, other) => one == other,
    }
}

#[test]
fn women_of_each_period_are_those_of_the_scorecard_with_their_coverage() {
    let book = Book::of(&office_of_two_years());
    let table = book.table("Women", "Broken down by");
    for (period, name) in [("Q1", "Q1"), ("Q2", "Q2"), ("YTD", "Year to date"), ("PREV-YTD", "Year before, to date")] {
        let row = row(&table, ("Broken down by", "Period"), ("Group", name));
        for (cell, column) in [("Women", "value"), ("Activities with a figure", "covered"), ("Activities", "coverable")]
        {
            let (shown, meant) = (number(row, cell), figure(&book, "3-(e).1", period, column));
            assert!(close(shown, meant), "{cell} in {period}: {shown:?} for {meant:?}");
        }
    }
}

#[test]
fn a_share_of_women_stands_with_its_n_and_only_where_others_are_known_too() {
    let office = office()
        .log(
            "Activity ID | Activity | Start date | Type | Participants | Women
             1 | A | 2025-07-10 | National workshop | 20 | 5
             2 | B | 2025-10-10 | Regional workshop | | 7",
        )
        .quarter(2);
    let table = Book::of(&office).table("Women", "Broken down by");
    let first = row(&table, ("Broken down by", "Period"), ("Group", "Q1"));
    assert_eq!((number(first, "Women's share %"), number(first, "n of the share")), (Some(25.0), Some(20.0)));
    let second = row(&table, ("Broken down by", "Period"), ("Group", "Q2"));
    assert_eq!((number(second, "Women"), number(second, "Women's share %")), (Some(7.0), None));
    let regional = row(&table, ("Broken down by", "Scope"), ("Group", "Regional"));
    assert_eq!((number(regional, "Women"), number(regional, "Activities")), (Some(7.0), Some(1.0)));
}

/// One workshop with four persons of Fiji and six of Australia, one answer of Fiji.
fn small() -> Office {
    let people = |member: &str, sex: &str, count: u32| format!("1 | {member} | {sex} | {count}\n");
    let list = [
        "Activity ID | Member | Sex | Count\n".to_owned(),
        people("Fiji", "F", 1),
        people("Fiji", "M", 3),
        people("Australia", "F", 2),
        people("Australia", "M", 4),
    ];
    office()
        .log("Activity ID | Activity | Start date | Type | Beneficiary Members\n1 | A | 2025-07-10 | Regional workshop | Fiji; Australia")
        .people(&list.concat())
        .answers("Activity ID | Member | Response date | Action taken | Satisfaction\n1 | Fiji | 2025-08-20 | yes | 4")
        .quarter(1)
}

#[test]
fn sexes_and_satisfaction_of_a_small_group_are_not_broken_down() {
    let book = Book::of(&small());
    let women = book.table("Women", "Broken down by");
    let islands = row(&women, ("Broken down by", "Member group"), ("Group", "Small Island Economies"));
    assert_eq!((islands.get("Women"), islands["n of the share"].as_str()), (None, "under 5"));
    let all = row(&women, ("Broken down by", "Period"), ("Group", "Q1"));
    assert_eq!((number(all, "Women"), number(all, "Men")), (Some(3.0), Some(7.0)));
    let members = book.table("Members", "Member");
    let of = |name: &str| members.iter().find(|(_, row)| row["Member"] == name).map(|(_, row)| row).expect("a Member");
    assert_eq!((of("Fiji").get("Women"), number(of("Fiji"), "Participations in lists")), (None, Some(4.0)));
    assert_eq!(of("Australia").get("Women"), None, "with it and the region, Fiji's could be worked out");
    let region = row(&women, ("Broken down by", "Region"), ("Group", "Australasia/Oceania"));
    assert_eq!((number(region, "Women"), number(region, "Men")), (Some(3.0), Some(7.0)));
    let surveys = book.table("Surveys", "Broken down by");
    let answers = row(&surveys, ("Broken down by", "Member group"), ("Group", "Small Island Economies"));
    assert_eq!((answers.get("Satisfaction %"), answers["n of satisfaction"].as_str()), (None, "under 5"));
    let data = book.table("Data", "Topic");
    let hidden = data.iter().filter(|(_, row)| row.get("Reason").is_some_and(|reason| reason == "small group"));
    assert!(hidden.clone().count() > 0 && hidden.clone().all(|(_, row)| !row.contains_key("Value")));
}

#[test]
fn the_office_says_from_which_size_on_groups_are_broken_down() {
    let office = small().configured("report.toml", |text| text.replace("least = 5", "least = 2"));
    let women = Book::of(&office).table("Women", "Broken down by");
    let islands = row(&women, ("Broken down by", "Member group"), ("Group", "Small Island Economies"));
    assert_eq!((number(islands, "Women"), number(islands, "n of the share")), (Some(1.0), Some(4.0)));
}

#[test]
fn surveys_of_each_period_are_those_of_the_scorecard() {
    let book = Book::of(&office_of_two_years());
    let table = book.table("Surveys", "Broken down by");
    for (period, name) in [("Q1", "Q1"), ("Q2", "Q2"), ("YTD", "Year to date"), ("PREV-YTD", "Year before, to date")] {
        let row = row(&table, ("Broken down by", "Period"), ("Group", name));
        for (cell, kpi, column) in [
            ("Action taken %", "3-(i).1", "value"),
            ("n of action taken", "3-(i).1", "denominator"),
            ("Tangible results", "3-(j).1", "value"),
            ("Evaluation %", "3-(h).1", "value"),
        ] {
            let (shown, meant) = (number(row, cell), figure(&book, kpi, period, column));
            let none = meant.is_none() && shown == Some(0.0);
            assert!(none || close(shown, meant), "{cell} in {period}: {shown:?} for {meant:?}");
        }
    }
}

#[test]
fn a_response_is_one_of_a_member_that_an_event_of_the_period_reached() {
    let table = Book::of(&small()).table("Surveys", "Broken down by");
    let quarter = row(&table, ("Broken down by", "Period"), ("Group", "Q1"));
    let of = |name| number(quarter, name);
    assert_eq!(
        (of("Members reached, once an event"), of("Of them answered"), of("Response rate %")),
        (Some(2.0), Some(1.0), Some(50.0))
    );
}

#[test]
fn spellings_of_a_donor_are_one_row_and_an_activity_counts_once_in_it() {
    let office = office()
        .log(
            "Activity ID | Activity | Start date | Type | Beneficiary Members | Funding
             1 | A | 2025-07-10 | National workshop | Fiji | CCF/Japan; CCF Japan
             2 | B | 2025-08-10 | Meeting | Tonga | CCF/Japan
             3 | C | 2025-08-11 | Meeting | Tonga | SECO",
        )
        .quarter(1);
    let table = Book::of(&office).table("Partners and funding", "Role");
    let names: Vec<&str> = table.iter().map(|(_, row)| row["Name"].as_str()).collect();
    assert_eq!(names, ["CCF/Japan", "SECO"]);
    let japan = &table[0].1;
    assert_eq!(
        (japan["Stands for"].as_str(), number(japan, "Activities"), number(japan, "CB activities")),
        ("Japan", Some(2.0), Some(1.0))
    );
    assert_eq!(number(japan, "Members reached"), Some(2.0));
}

#[test]
fn participants_by_workshop_add_up_to_the_persons_of_the_list() {
    let book = Book::of(&office_of_two_years());
    for (_, event) in book.table("Participants by workshop", "Activity ID") {
        let persons = number(&event, "Persons").expect("persons");
        let apart = ["Activity ID", "Activity", "End", "Persons"];
        let cells = event.keys().filter(|name| !apart.contains(&name.as_str())).filter_map(|name| number(&event, name));
        assert!((cells.sum::<f64>() - persons).abs() < 1e-9, "{event:?}");
    }
}

#[test]
fn the_data_sheet_holds_every_line_of_the_scorecard_with_its_value() {
    let book = Book::of(&office_of_two_years());
    let kpis: Vec<Line> =
        book.table("Data", "Topic").into_iter().map(|(_, row)| row).filter(|row| row["Topic"] == "KPI").collect();
    assert_eq!(kpis.len(), book.scorecard.len());
    for (row, line) in kpis.iter().zip(&book.scorecard) {
        assert_eq!(
            (row["Figure"].replace(" satisfaction", "/satisfaction"), &row["Period"]),
            (line["kpi"].clone(), &line["period"])
        );
        assert!(close(number(row, "Value"), line["value"].parse().ok()), "{} in {}", line["kpi"], line["period"]);
    }
}

#[test]
fn charts_are_native_fed_by_cells_and_say_their_figures_to_screen_readers() {
    let office = office_of_two_years().configured("targets/2025-2026.toml", |text| {
        format!("{text}\n[\"1-(z).1\"]\ntarget = {{ value = 9, by = 2026-06-30 }}\n")
    });
    let book = Book::of(&office);
    let charts = book.parts("xl/charts/chart");
    assert_eq!(charts.len(), 8, "{charts:?}");
    for chart in &charts {
        let xml = book.part(chart);
        let ranges: Vec<&str> = xml
            .split("<c:val>")
            .skip(1)
            .filter_map(|part| part.split("<c:f>").nth(1)?.split("</c:f>").next())
            .collect();
        assert!(!ranges.is_empty(), "{chart} has series");
        let drawn: f64 = ranges.iter().flat_map(|range| values(&book, range)).sum();
        assert!(drawn > 0.0, "{chart} draws something: {ranges:?}");
    }
    let spoken: Vec<String> = book
        .parts("xl/drawings/drawing")
        .iter()
        .flat_map(|part| {
            book.part(part).split("<xdr:cNvPr ").skip(1).map(|tag| attribute(tag, "descr")).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(spoken.len(), charts.len());
    for text in spoken {
        assert!(text.len() <= 300 && text.contains(|c: char| c.is_ascii_digit()), "{text}");
    }
}

/// The numbers of a range such as `'KPI status'!$B$5:$B$8`.
fn values(book: &Book, range: &str) -> Vec<f64> {
    let (sheet, cells) = range.rsplit_once('!').expect("a sheet");
    let (sheet, cells) = (sheet.trim_matches('\'').replace("&apos;", "'"), cells.replace('$', ""));
    let (from, to) = cells.split_once(':').unwrap_or((&cells, &cells));
    let column = u32::from(from.as_bytes()[0] - b'A');
    let row = |cell: &str| cell[1..].parse::<u32>().expect("a row") - 1;
    let held: BTreeMap<(u32, u32), String> = book.cells(&sheet);
    (row(from)..=row(to)).filter_map(|at| held.get(&(at, column))?.parse().ok()).collect()
}

#[test]
fn an_office_without_surveys_and_lists_has_no_empty_chart() {
    let book = Book::of(&office().log("Activity | Start date | Type\nA | 2025-07-10 | Meeting").quarter(1));
    assert!(book.parts("xl/charts/chart").len() >= 4);
    let says = |sheet: &str, words: &str| book.cells(sheet).values().any(|text| text.contains(words));
    assert!(says("Surveys", "so there is no chart") && says("Women", "so there is no chart"));
    assert!(says("Partners and funding", "so there is no chart") && says("Targets", "no progress to show"));
}

#[test]
fn every_sheet_prints_on_landscape_a4_with_its_header_repeated_and_stays_in_view() {
    let book = Book::of(&office_of_two_years());
    let names = book.sheets();
    assert_eq!(names.len(), 20);
    for (at, name) in names.iter().enumerate() {
        let xml = book.part(&format!("xl/worksheets/sheet{}.xml", at + 1));
        assert!(xml.contains("paperSize=\"9\"") && xml.contains("orientation=\"landscape\""), "{name}");
        assert!(xml.contains("<pageSetUpPr fitToPage=\"1\"/>") && xml.contains("Page &amp;P of &amp;N"), "{name}");
        assert!(name == "Cover" || xml.contains("state=\"frozen\""), "{name} keeps its header in view");
    }
    let titles = book.part("xl/workbook.xml").matches("_xlnm.Print_Titles").count();
    assert_eq!(titles, names.len() - 1, "all sheets but the cover repeat their header");
}

#[test]
fn the_office_chooses_sheets_their_order_and_their_words() {
    let sheets = |list: &'static str| {
        move |text: &str| {
            let (before, rest) = text.split_once("sheets = [").expect("a list");
            format!("{before}sheets = [{list}]{}", rest.split_once("\n]").expect("its end").1)
        }
    };
    let chosen = office_of_two_years().configured("report.toml", sheets("\"data\", \"scorecard\""));
    let renamed =
        chosen.configured("words.toml", |text| text.replace("name = \"Data\"", "name = \"Chiffres d'ensemble\""));
    let book = Book::of(&renamed);
    assert_eq!(book.sheets(), ["Cover", "Chiffres d'ensemble", "Scorecard"]);
    assert!(book.links(1).values().any(|place| place == "'Chiffres d''ensemble'!A1"), "{:?}", book.links(1));
    assert!(book.links(3).is_empty(), "without Evidence and Definitions no figure leads anywhere");
    for (list, says) in [("\"scorcard\"", "no sheet \"scorcard\""), ("\"data\", \"data\"", "twice")] {
        let Err(Failure::Config(error)) = office_of_two_years().configured("report.toml", sheets(list)).report() else {
            panic!("{list} is refused")
        };
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[test]
fn a_name_that_excel_refuses_a_colour_that_is_none_and_a_logo_that_is_no_image_are_configuration_errors() {
    let refused = |office: Office| match office.report() {
        Err(Failure::Config(error)) => error.to_string(),
        other => panic!("refused, not {:?}", other.is_ok()),
    };
    let name = |to: &'static str| office().configured("words.toml", |text| text.replace("name = \"Women\"", to));
    assert!(refused(name("name = \"Women/Men\"")).contains("cannot be the name"));
    assert!(refused(name("name = \"members\"")).contains("two sheets"));
    let report =
        |from: &'static str, to: &'static str| office().configured("report.toml", |text| text.replace(from, to));
    assert!(refused(report("#1B365D", "navy")).contains("no colour"));
    assert!(refused(report("# logo = \"logo.png\"", "logo = \"members.toml\"")).contains("no PNG"));
}

#[test]
fn the_course_of_a_kpi_is_told_by_what_is_due() {
    let words = ProgressWords { on_track: 100.0, behind: 50.0 };
    let course = |progress, due| Course::against(progress, due, words).as_str();
    assert_eq!(
        [course(100.0, 10.0), course(50.0, 50.0), course(49.0, 50.0), course(24.0, 50.0), course(0.0, 0.0)],
        ["reached", "on track", "behind", "far behind", "on track"]
    );
}

#[test]
fn a_quarter_that_is_not_over_says_so_where_its_figures_stand() {
    let office =
        office().log("Activity | Start date | Type\nA | 2025-11-02 | National workshop").quarter(2).until("2025-11-15");
    let book = Book::of(&office);
    let headings: Vec<String> = book.cells("Scorecard").into_values().filter(|text| text.starts_with("Q2")).collect();
    assert_eq!(headings, ["Q2, not yet over\nto 15 Nov 2025"]);
    let groups = book.cells("Women").into_values().filter(|text| text.starts_with("Q2"));
    assert_eq!(groups.collect::<Vec<_>>(), ["Q2 (to 15 Nov 2025, not yet over)"]);
}

#[test]
fn the_cover_names_the_kpis_that_are_behind_and_only_sheets_that_the_workbook_has() {
    let office = office_of_two_years().configured("targets/2025-2026.toml", |text| {
        let target = |kpi: &str, value: u8| format!("[\"{kpi}\"]\ntarget = {{ value = {value}, by = 2026-06-30 }}\n");
        format!("{text}\n{}{}", target("1-(z).1", 90), target("1-(h).2", 1))
    });
    let words = |office: &Office| Book::of(office).cells("Cover").into_values().collect::<Vec<_>>().join("\n");
    let whole = words(&office);
    assert!(
        whole.contains("1 of 2 KPIs with a target and a figure is behind what is due: 1-(z).1. See Targets."),
        "{whole}"
    );
    let fewer = office.configured("report.toml", |text| text.replace("    \"targets\",", "    # \"targets\","));
    assert!(!words(&fewer).contains("See Targets"));
}
