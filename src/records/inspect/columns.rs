//! What stands in each column.

use super::ColumnView;
use crate::definitions::Field;
use crate::intake::{Cell, Sheet, column_letters};
use crate::records::dates::read_days;
use crate::records::numbers::read_number;
use crate::records::table::{Claim, Header, is_personal};
use crate::terms::fold::tidy;

const SAMPLES: usize = 3;
const SAMPLE_LENGTH: usize = 40;

/// The columns that have a header or a value.
pub(super) fn views(sheet: &Sheet, header: &Header, body: &[usize], claim: Option<&Claim<'_>>) -> Vec<ColumnView> {
    let view = |column: usize| view(sheet, header, body, claim, column);
    (0..sheet.width()).map(view).filter(|view| view.filled > 0 || !view.header.is_empty()).collect()
}

fn view(sheet: &Sheet, header: &Header, body: &[usize], claim: Option<&Claim<'_>>, column: usize) -> ColumnView {
    let cells: Vec<Cell> =
        body.iter().map(|row| sheet.cell(*row, column)).filter(|cell| *cell != Cell::Empty).collect();
    let label = header.labels.get(column).map(|label| label.banded.clone()).unwrap_or_default();
    let field = claim.and_then(|claim| claim.columns.field(column));
    let mail = |cell: &Cell| matches!(cell, Cell::Text(id) if sheet.text(*id).contains('@'));
    let unread = field.is_none() && many_texts(sheet, &cells);
    let personal =
        label.is_empty() || field == Some(Field::Person) || is_personal(&label) || unread || cells.iter().any(mail);
    ColumnView {
        letter: column_letters(column),
        holds: holds(sheet, &cells),
        filled: cells.len(),
        of: body.len(),
        samples: (!personal).then(|| samples(sheet, &cells)),
        header: label,
        field: field.map(Field::key),
    }
}

/// Whether a column holds texts of which most stand once: they may be names. Categories come again and again.
fn many_texts(sheet: &Sheet, cells: &[Cell]) -> bool {
    let texts: Vec<&Cell> = cells.iter().filter(|cell| kind_of(sheet, **cell) == "text").collect();
    let mut different: Vec<String> = texts.iter().map(|cell| tidy(&sheet.shown(**cell))).collect();
    different.sort_unstable();
    different.dedup();
    different.len() * 2 > texts.len()
}

/// What most of the cells hold, nine in ten at least.
fn holds(sheet: &Sheet, cells: &[Cell]) -> &'static str {
    if cells.is_empty() {
        return "empty";
    }
    let count = |kind: &str| cells.iter().filter(|cell| kind_of(sheet, **cell) == kind).count();
    let most = ["text", "number", "date"].into_iter().map(|kind| (count(kind), kind)).max_by_key(|(count, _)| *count);
    most.filter(|(count, _)| count * 10 >= cells.len() * 9).map_or("mixed", |(_, kind)| kind)
}

fn kind_of(sheet: &Sheet, cell: Cell) -> &'static str {
    match cell {
        Cell::Number(_) => "number",
        Cell::Date(_) => "date",
        Cell::Text(id) if read_number(sheet.text(id), true).is_some() => "number",
        Cell::Text(id) if read_days(sheet.text(id), true).or(read_days(sheet.text(id), false)).is_some() => "date",
        Cell::NoValue => "formula",
        _ => "text",
    }
}

fn samples(sheet: &Sheet, cells: &[Cell]) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    for cell in cells {
        let shown = short(&tidy(&sheet.shown(*cell)));
        if !samples.contains(&shown) {
            samples.push(shown);
        }
        if samples.len() == SAMPLES {
            break;
        }
    }
    samples
}

fn short(text: &str) -> String {
    if text.chars().count() <= SAMPLE_LENGTH {
        return text.to_owned();
    }
    let kept: String = text.chars().take(SAMPLE_LENGTH - 1).collect();
    format!("{}\u{2026}", kept.trim_end())
}
