//! The words of the report workbook are the office's: those of `words.toml`, in whatever language.

use std::collections::BTreeSet;

use rspkpi::definitions::words::TERMS;
use rspkpi::pipeline::Failure;

use crate::book::{Book, office_of_two_years};
use crate::office::office;

/// Puts every text of a value between angles.
fn angle(value: &mut toml::Value) {
    match value {
        toml::Value::String(text) => *text = format!("<{text}>"),
        toml::Value::Array(values) => values.iter_mut().for_each(angle),
        toml::Value::Table(table) => table.iter_mut().for_each(|(_, value)| angle(value)),
        _ => {}
    }
}

/// Every text of `words.toml` between angles, places such as `{members}` left as they are.
fn angled(text: &str) -> String {
    let mut document: toml::Table = text.parse().expect("words.toml");
    document.iter_mut().for_each(|(_, value)| angle(value));
    let sheets = document["sheets"].as_table_mut().expect("sheets");
    for (_, sheet) in sheets.iter_mut() {
        let name = sheet["name"].as_str().expect("a name").trim_matches(['<', '>']).to_owned();
        sheet["name"] = toml::Value::String(format!("{name}."));
    }
    document["terms"]["Cover"] = toml::Value::String("Cover.".to_owned());
    document.to_string()
}

#[test]
fn every_header_and_fixed_word_of_the_workbook_can_be_translated() {
    let book = Book::of(&office_of_two_years().configured("words.toml", angled));
    let (mut headers, mut said) = (0, BTreeSet::new());
    for name in book.sheets() {
        assert!(name.ends_with('.'), "{name}");
        let cells = book.cells(&name);
        said.extend(cells.values().filter_map(|text| text.strip_prefix('<')?.strip_suffix('>')).map(str::to_owned));
        let spoken: Vec<&String> = cells.values().filter(|text| TERMS.contains(&text.as_str())).collect();
        // The tidy table is read by programs, and a measure is named as in the configuration.
        assert!(name == "Data." || name == "Definitions." || spoken.is_empty(), "{name} says {spoken:?}");
        if name == "Cover." {
            continue;
        }
        for row in 0..3 {
            assert!(cells.get(&(row, 0)).is_some_and(|text| text.starts_with('<')), "{name}, row {row}");
        }
        for (_, header) in cells.iter().filter(|((row, _), _)| *row == 3) {
            let known = header.starts_with('<') || header.starts_with('Q') || name == "Participants by workshop.";
            assert!(known, "{name} has the header \"{header}\"");
            headers += 1;
        }
    }
    assert!(headers > 150, "{headers}");
    for word in [
        "Year to date",
        "no records",
        "no target",
        "concrete",
        "not yet",
        "National",
        "All sheets",
        "percent",
        "inside the period",
    ] {
        assert!(said.contains(word), "no cell says {word}");
    }
}

#[test]
fn the_shipped_words_are_all_that_the_workbook_says() {
    let shipped = std::fs::read_to_string(crate::office::shipped_config().join("words.toml")).expect("words.toml");
    let document: toml::Table = shipped.parse().expect("words.toml");
    let terms = document["terms"].as_table().expect("terms");
    assert!(terms.iter().all(|(word, said)| said.as_str() == Some(word)), "English is shipped");
    assert_eq!(terms.keys().map(String::as_str).collect::<BTreeSet<_>>(), TERMS.iter().copied().collect());
}

#[test]
fn words_that_no_sheet_has_room_for_are_configuration_errors() {
    let refused = |from: &str, to: &str| {
        let office = office().configured("words.toml", |text| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        });
        match office.report() {
            Err(Failure::Config(error)) => error.to_string(),
            other => panic!("refused, not {:?}", other.is_ok()),
        }
    };
    for (from, to, says) in [
        ("\"Role\", ", "", "\"funding\" has 6 columns, and 5 headers are given"),
        ("\"Role\"", "\"name\"", "two columns named \"Name\""),
        ("\"Role\"", "\" \"", "a column without a name"),
        ("{stated}", "{given}", "knows no {given}; it knows {stated}, {activities}"),
        ("\"not yet due\" = ", "\"not yet overdue\" = ", "no sheet says \"not yet overdue\""),
        ("\"not yet due\" = \"not yet due\"", "\"not yet due\" = \"\"", "no word for \"not yet due\""),
        ("The first {shown} of {all}; all of them stand in data/findings.csv.", "", "no words for a table that is cut"),
        ("\"Cover\" = \"Cover\"", "\"Cover\" = \"Data\"", "two sheets are named \"Data\""),
    ] {
        let error = refused(from, to);
        assert!(error.contains("words.toml") && error.contains(says), "{error}");
    }
}
