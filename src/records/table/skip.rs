//! Rows inside a table that are no records: totals, headings between rows, notes, repeated headers, and what
//! the layout says. A row with its required cells is a record, whatever its words.

use super::Claim;
use super::header::filled;
use crate::definitions::{Field, Kind};
use crate::intake::{Cell, Sheet};
use crate::records::dates::{calendar_year, month_number};
use crate::terms::fold::fold;

/// Why a row is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::records) enum Skip {
    /// A total or subtotal.
    Total,
    /// A month or another heading, alone in its row.
    Heading,
    /// A note, alone in its row.
    Note,
    /// The header once more.
    Header,
    /// The layout says so.
    Rule,
    /// Nothing stands in the columns that are unpivoted.
    Blank,
}

impl Skip {
    /// The rows in words.
    pub(in crate::records) fn as_str(self) -> &'static str {
        match self {
            Self::Total => "total rows",
            Self::Heading => "headings between the rows",
            Self::Note => "notes",
            Self::Header => "repeated header rows",
            Self::Rule => "rows that the layout skips",
            Self::Blank => "rows without an answer in any of the columns that give records",
        }
    }
}

/// Whether a row of a table is no record, and why.
pub(in crate::records) fn skipped(claim: &Claim<'_>, row: usize) -> Option<Skip> {
    if by_rule(claim, row) {
        return Some(Skip::Rule);
    }
    if repeats_header(claim, row) {
        return Some(Skip::Header);
    }
    if !claim.complete {
        return None;
    }
    let record = has_required(claim, row);
    // Where fields come from elsewhere, or one text is all that is required, a total has its required fields too.
    if record && claim.given.is_empty() && claim.layout.kind != Kind::Evaluation {
        return None;
    }
    total(claim, row).or_else(|| if record { None } else { alone(claim, row) })
}

fn by_rule(claim: &Claim<'_>, row: usize) -> bool {
    let hit = |(column, words): &(usize, &[String])| {
        let shown = claim.sheet.shown(claim.sheet.cell(row, *column));
        words.contains(&fold(&shown))
    };
    claim.skips.iter().any(hit)
}

/// Whether a row says in all columns read what one of the header rows says.
fn repeats_header(claim: &Claim<'_>, row: usize) -> bool {
    let texts = |of: usize| {
        let cells = claim.columns.iter().map(|(_, column)| claim.sheet.cell(of, column));
        cells.filter(|cell| matches!(cell, Cell::Text(_))).count()
    };
    let same = |of: usize| {
        let equal = |(_, column)| claim.sheet.says_the_same(of, row, column);
        claim.columns.iter().all(equal) && texts(of) > 1
    };
    (claim.header.first..=claim.header.last).any(same)
}

/// Whether each required field has a value in the row.
fn has_required(claim: &Claim<'_>, row: usize) -> bool {
    let has = |field: &Field| match claim.columns.of(*field) {
        Some(column) => claim.sheet.cell(row, column) != Cell::Empty,
        None => claim.given.contains(field),
    };
    claim.layout.kind.required().iter().all(|group| group.iter().any(has))
}

/// A total: the first text says so, nothing but numbers stands beside it, and no other required cell is filled.
fn total(claim: &Claim<'_>, row: usize) -> Option<Skip> {
    let sheet = claim.sheet;
    let is_text = |(_, cell): &(usize, Cell)| matches!(cell, Cell::Text(_));
    let (first, cell) = filled(sheet, row).find(is_text)?;
    let Cell::Text(id) = cell else { return None };
    let numeric = |(column, cell): (usize, Cell)| column == first || is_number(sheet, cell);
    let fields = claim.layout.kind.required().iter().copied().flatten();
    let texts = fields.filter(|field| !matches!(field, Field::Rating | Field::Value));
    // A title with a start date is an activity, whatever its words.
    let other_required = texts.chain([&Field::Start]).any(|field| {
        let column = claim.columns.of(*field);
        column.is_some_and(|column| column != first && sheet.cell(row, column) != Cell::Empty)
    });
    // Words come last: most rows are told from totals without looking at them.
    let is_total = !other_required && filled(sheet, row).all(numeric) && says_total(&fold(sheet.text(id)));
    is_total.then_some(Skip::Total)
}

fn is_number(sheet: &Sheet, cell: Cell) -> bool {
    match cell {
        Cell::Number(_) | Cell::NoValue | Cell::Error(_) => true,
        Cell::Text(id) => !sheet.text(id).contains(char::is_alphabetic),
        _ => false,
    }
}

/// A heading or a note: one filled cell in the row.
fn alone(claim: &Claim<'_>, row: usize) -> Option<Skip> {
    let mut cells = filled(claim.sheet, row);
    let ((column, cell), None) = (cells.next()?, cells.next()) else { return None };
    let is_field = claim.columns.field(column).is_some() || claim.slots.iter().any(|slot| slot.column == column);
    match cell {
        Cell::Text(id) => {
            let text = claim.sheet.text(id);
            if is_note(text) {
                Some(Skip::Note)
            } else if says_period(&fold(text)) || !is_field {
                Some(Skip::Heading)
            } else {
                None
            }
        }
        // "July 2025" typed into Excel becomes the first day of the month.
        Cell::Date(day) => (chrono::Datelike::day(&day) == 1 && column == leftmost(claim)).then_some(Skip::Heading),
        _ => None,
    }
}

fn leftmost(claim: &Claim<'_>) -> usize {
    claim.header.labels.iter().position(|label| !label.own.is_empty()).unwrap_or(0)
}

const TOTALS: [&str; 6] = ["total", "totals", "subtotal", "subtotals", "sum", "average"];
/// Words that may stand beside the word total.
const BESIDE: [&str; 27] = [
    "grand",
    "sub",
    "overall",
    "all",
    "of",
    "for",
    "the",
    "in",
    "to",
    "per",
    "number",
    "no",
    "activities",
    "activity",
    "events",
    "workshops",
    "participants",
    "women",
    "men",
    "experts",
    "members",
    "rows",
    "records",
    "running",
    "general",
    "date",
    "region",
];
const PERIODS: [&str; 20] = [
    "q1", "q2", "q3", "q4", "quarter", "h1", "h2", "half", "semester", "year", "month", "fy", "first", "second",
    "third", "fourth", "1st", "2nd", "3rd", "4th",
];

fn says_total(folded: &str) -> bool {
    let mut words = folded.split(' ');
    let fits = |word: &str| TOTALS.contains(&word) || BESIDE.contains(&word) || is_period_word(word);
    folded.split(' ').any(|word| TOTALS.contains(&word)) && words.all(fits)
}

/// A text that names a month, quarter or year and nothing else.
fn says_period(folded: &str) -> bool {
    let filler = |word: &str| matches!(word, "of" | "to" | "and" | "plan" | "continued" | "cont");
    !folded.is_empty()
        && folded.split(' ').all(|word| is_period_word(word) || filler(word))
        && folded
            .split(' ')
            .any(|word| is_period_word(word) && !word.bytes().all(|byte| byte.is_ascii_digit()) || is_year(word))
}

fn is_period_word(word: &str) -> bool {
    month_number(word).is_some()
        || PERIODS.contains(&word)
        || is_year(word)
        || (word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year| calendar_year(year).is_some())
}

fn is_note(text: &str) -> bool {
    let lower = text.to_lowercase();
    let marks = ['*', '\u{2020}', '\u{2021}', '\u{b9}', '\u{b2}', '\u{b3}'];
    let words =
        ["source:", "sources:", "note:", "notes:", "nb:", "n.b.", "remark:", "legend:", "last updated", "prepared by"];
    text.starts_with(marks) || words.iter().any(|word| lower.starts_with(word))
}
