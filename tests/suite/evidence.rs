//! The rows behind every figure: on the sheet Evidence, in its data file, and where the scorecard's links lead.

use crate::book::{Book, Line, office_of_two_years};

/// The period that a column of the scorecard shows.
fn period_of(header: &str) -> Option<&str> {
    let name = header.lines().next()?;
    match name {
        "Year to date" => Some("YTD"),
        "Year before, to date" => Some("PREV-YTD"),
        quarter if quarter.starts_with('Q') => quarter.get(..2),
        _ => None,
    }
}

/// The id of a result in the data files by its name on sheets.
fn id_of(label: &str) -> String {
    label.replace(" satisfaction", "/satisfaction")
}

/// The figures of the scorecard sheet: reference of the cell, result, period, what stands in it.
fn figures(book: &Book) -> Vec<(String, String, String, String)> {
    let cells = book.cells("Scorecard");
    let header = cells.iter().find(|((_, column), text)| *column == 0 && *text == "KPI").expect("a header").0.0;
    let mut found = Vec::new();
    for ((row, column), text) in &cells {
        let shown = cells.get(&(header, *column)).and_then(|name| period_of(name));
        let (Some(period), Some(label)) = (shown, cells.get(&(*row, 0))) else { continue };
        if *row > header {
            let letter = char::from(b'A' + u8::try_from(*column).expect("a column before Z"));
            found.push((format!("{letter}{}", row + 1), id_of(label), period.to_owned(), text.clone()));
        }
    }
    found
}

fn line<'a>(book: &'a Book, kpi: &str, period: &str) -> &'a Line {
    let found = book.scorecard.iter().find(|line| line["kpi"] == kpi && line["period"] == period);
    found.unwrap_or_else(|| panic!("a line of {kpi} in {period}"))
}

#[test]
fn every_figure_of_the_scorecard_sheet_equals_the_data_file() {
    let book = Book::of(&office_of_two_years());
    let figures = figures(&book);
    assert_eq!(figures.len(), 67 * 4, "65 KPIs and two companions in two quarters, this year and the last");
    for (_, kpi, period, text) in &figures {
        let line = line(&book, kpi, period);
        match line["state"].as_str() {
            "measured" => {
                let (shown, meant): (f64, f64) = (text.parse().expect("a number"), line["value"].parse().unwrap());
                assert!((shown - meant).abs() < 1e-6, "{kpi} in {period}: {shown} for {meant}");
            }
            _ => assert_eq!(*text, line["reason"].replace('-', " "), "{kpi} in {period}"),
        }
    }
}

#[test]
fn the_rows_of_evidence_are_as_many_as_the_scorecard_says_of_every_kpi_and_period() {
    let book = Book::of(&office_of_two_years());
    let mut some = 0;
    for line in &book.scorecard {
        let (kpi, period) = (&line["kpi"], &line["period"]);
        let inside = book.evidence.iter().filter(|row| row["kpi"] == *kpi);
        let inside = inside.filter(|row| row["periods"].split(';').any(|id| id == period));
        let rows: u64 = inside.map(|row| row["rows"].parse::<u64>().expect("a count")).sum();
        assert_eq!(rows.to_string(), line["records"], "{kpi} in {period}");
        some += u64::from(rows > 0);
    }
    assert!(some > 60, "figures with rows behind them were compared, {some}");
}

#[test]
fn the_sheet_of_evidence_holds_the_lines_of_its_data_file() {
    let book = Book::of(&office_of_two_years());
    let sheet = book.table("Evidence", "KPI");
    assert_eq!(sheet.len(), book.evidence.len());
    for ((_, row), line) in sheet.iter().zip(&book.evidence) {
        let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
        assert_eq!(
            (id_of(&cell("KPI")), cell("Period").replace(", ", ";")),
            (line["kpi"].clone(), line["periods"].clone())
        );
        assert_eq!(
            (cell("File"), cell("Cell"), cell("Row"), cell("To row"), cell("Rows")),
            (
                line["file"].clone(),
                line["cell"].clone(),
                line["first_row"].clone(),
                line["last_row"].clone(),
                line["rows"].clone()
            )
        );
    }
}

#[test]
fn the_rows_of_an_activity_in_a_list_are_one_line_with_first_row_last_row_and_number() {
    let book = Book::of(&office_of_two_years());
    let women = book.evidence.iter().filter(|row| row["kpi"] == "3-(e).1" && row["file"] == "participants.csv");
    let lines: Vec<(&str, &str, &str, &str)> = women
        .map(|row| {
            (row["activity"].as_str(), row["first_row"].as_str(), row["last_row"].as_str(), row["rows"].as_str())
        })
        .collect();
    assert_eq!(lines, [("1", "2", "5", "2"), ("3", "3", "8", "2")]);
}

#[test]
fn every_measured_figure_leads_to_its_first_row_or_where_there_is_none_to_its_rule() {
    let book = Book::of(&office_of_two_years());
    let links = book.links(2);
    let (evidence, rules) = (book.table("Evidence", "KPI"), book.table("Definitions", "KPI"));
    let row = |place: &str| place.rsplit('A').next().and_then(|row| row.parse::<u32>().ok()).expect("a row") - 1;
    let (mut to_rows, mut to_rules) = (0, 0);
    for (cell, kpi, period, text) in figures(&book) {
        if text.parse::<f64>().is_err() {
            continue;
        }
        let place = links.get(&cell).unwrap_or_else(|| panic!("{kpi} in {period} leads nowhere"));
        let of_figure = |line: &Line| id_of(&line["KPI"]) == kpi && line["Period"].split(", ").any(|id| id == period);
        if let Some((first, _)) = evidence.iter().find(|(_, line)| of_figure(line)) {
            assert_eq!(*place, format!("'Evidence'!A{}", first + 1), "{kpi} in {period}");
            to_rows += 1;
        } else {
            assert!(place.starts_with("'Definitions'!A"), "{kpi} in {period} leads to {place}");
            let (_, rule) = rules.iter().find(|(at, _)| *at == row(place)).expect("a rule");
            assert!(kpi.starts_with(&rule["KPI"]), "{kpi} leads to the rule of {}", rule["KPI"]);
            to_rules += 1;
        }
    }
    assert!(to_rows > 30 && to_rules > 30, "{to_rows} lead to rows, {to_rules} to rules");
}
