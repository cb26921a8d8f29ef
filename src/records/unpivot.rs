//! Several records of one row, and fields that are the sum of several columns.

use super::content::{Content, Given};
use super::numbers::{from_decimal_comma, read_count};
use super::source::Source;
use super::table::{Claim, Slot};
use crate::findings::{Code, Finding, Origin};
use crate::intake::{Cell, column_letters};
use crate::terms::fold::fold;

/// What each record of a row has from elsewhere than columns of its own: one list for each record. A plain
/// layout gives one record, with nothing.
pub(super) fn records<'a>(
    claim: &'a Claim<'a>,
    source: &Source,
    row: usize,
    findings: &mut Vec<Finding>,
) -> Vec<Vec<Given<'a>>> {
    let sums: Vec<Given<'a>> =
        claim.sums.iter().filter_map(|(field, columns)| sum(claim, source, row, *field, columns, findings)).collect();
    if claim.layout.unpivot.is_none() {
        return vec![sums];
    }
    let filled = claim.slots.iter().filter(|slot| gives_record(claim, slot, row));
    let record = |slot: &'a Slot| {
        let words = slot.words.iter().map(|(field, word)| given(*field, Content::Text(word), slot));
        let cell = Content::of_cell(claim.sheet, claim.sheet.cell(row, slot.column));
        sums.iter().copied().chain(words).chain([given(slot.value, cell, slot)]).collect()
    };
    filled.map(record).collect()
}

fn given<'a>(field: crate::definitions::Field, content: Content<'a>, slot: &Slot) -> Given<'a> {
    Given { field, content, column: Some(slot.column) }
}

/// What people write into a column for words where they have nothing to say.
const NOTHING: [&str; 7] = ["", "none", "no", "nil", "n a", "na", "nothing"];

/// Whether a cell gives a record: blank cells, empty tick boxes, zero people and no words do not.
fn gives_record(claim: &Claim<'_>, slot: &Slot, row: usize) -> bool {
    match claim.sheet.cell(row, slot.column) {
        Cell::Empty | Cell::Bool(false) => false,
        Cell::Text(id) if slot.told => !NOTHING.contains(&fold(claim.sheet.text(id)).as_str()),
        Cell::Number(number) if slot.counts => number != 0.0,
        Cell::Text(id) if slot.counts => !matches!(claim.sheet.text(id), "0" | "-" | "\u{2013}"),
        _ => true,
    }
}

/// The sum of the filled cells of some columns; none where all are blank, or one cannot be read.
fn sum<'a>(
    claim: &Claim<'_>,
    source: &Source,
    row: usize,
    field: crate::definitions::Field,
    columns: &[usize],
    findings: &mut Vec<Finding>,
) -> Option<Given<'a>> {
    let mut sum = None;
    for column in columns {
        let cell = claim.sheet.cell(row, *column);
        let number = match cell {
            Cell::Empty => continue,
            Cell::Number(number) => Some(number),
            Cell::Text(id) if claim.layout.decimal_comma => {
                read_count(&from_decimal_comma(claim.sheet.text(id))).map(|count| f64::from(count.number))
            }
            Cell::Text(id) => read_count(claim.sheet.text(id)).map(|count| f64::from(count.number)),
            _ => None,
        };
        let Some(number) = number else {
            let cell_name = format!("{}{}", column_letters(*column), claim.sheet.rows[row]);
            let origin = Origin {
                file: source.file.as_str().into(),
                sheet: source.sheet.as_str().into(),
                cell: cell_name.into(),
            };
            let header = claim.layout.header(field);
            let message = format!(
                "A part of {header} cannot be read; a whole number was expected; the row counts without {header}."
            );
            let finding = Finding::new(Code::FieldUnreadable, origin, message, "Correct the cell: a whole number.");
            finding.seen(claim.sheet.shown(cell)).add_to(findings);
            return None;
        };
        sum = Some(sum.unwrap_or(0.0) + number);
    }
    Some(Given { field, content: Content::Number(sum?), column: columns.first().copied() })
}
