//! Long lists: a column has one format, and heights are measured once for each text that repeats.

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, XlsxError};

use super::super::cells::{WriteCells, double, lines};
use super::super::page::{Column, HEADER, Sheet};
use super::super::rows::Lines;
use super::super::style::{Style, color};
use crate::report::small::Withheld;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Words.
    Words,
    /// What the eye looks for.
    Name,
    /// Places and ids.
    Quiet,
    /// A day.
    Day,
    /// A count.
    Count,
    /// A percentage.
    Decimal,
}

/// The formats of the columns, made once.
pub(super) struct Looks {
    style: Style,
    name: Format,
    quiet: Format,
    count: Format,
    decimal: Format,
    /// Quiet words beside a number.
    pub(super) apart: Format,
}

impl Looks {
    pub(super) fn of(style: Style) -> Self {
        Self {
            name: style.plain.clone().set_bold(),
            quiet: style.plain.clone().set_font_color(color(style.palette.quiet)),
            count: style.plain_number.clone().set_num_format("#,##0"),
            decimal: style.plain_number.clone().set_num_format("#,##0.0"),
            apart: style.quiet.clone().set_indent(1),
            style,
        }
    }

    /// The formats of the other sheets.
    pub(super) fn style(&self) -> &Style {
        &self.style
    }

    /// All formats.
    pub(super) fn all(&self) -> Vec<&Format> {
        let mut all = self.style.all();
        all.extend([&self.name, &self.quiet, &self.count, &self.decimal, &self.apart]);
        all
    }

    fn format(&self, holds: Holds) -> &Format {
        match holds {
            Holds::Words => &self.style.plain,
            Holds::Name => &self.name,
            Holds::Quiet => &self.quiet,
            Holds::Day => &self.style.plain_date,
            Holds::Count => &self.count,
            Holds::Decimal => &self.decimal,
        }
    }
}

/// A sheet with a table of so many rows, and what writes these.
pub(super) fn sheet<'a>(
    (name, title, explanation, table): (&str, &str, &str, &str),
    columns: &[(Column<'_>, Holds)],
    rows: usize,
    looks: &'a Looks,
    write: impl FnOnce(&mut Long<'_, 'a, '_>) -> Result<(), XlsxError> + 'a,
) -> Result<Sheet<'a>, XlsxError> {
    let heads: Vec<Column<'_>> = columns.iter().map(|(column, _)| *column).collect();
    let formats: Vec<&Format> = columns.iter().map(|(_, holds)| looks.format(*holds)).collect();
    let mut page = super::open((name, title), explanation, &heads, &looks.style)?;
    page.banded = true;
    page.long_table(table, &heads, rows)?;
    Ok(page.rows(move |lines| write(&mut Long { lines, formats, row: HEADER + 1 })))
}

/// A list that is being written, row by row.
pub(super) struct Long<'l, 'a, 'w> {
    lines: &'l mut Lines<'a, 'w>,
    formats: Vec<&'a Format>,
    row: u32,
}

impl Long<'_, '_, '_> {
    pub(super) fn text(&mut self, column: usize, text: &str) -> Result<(), XlsxError> {
        if text.is_empty() { Ok(()) } else { self.lines.text(self.row, column, text, self.formats[column]) }
    }

    pub(super) fn number(&mut self, column: usize, number: Option<f64>) -> Result<(), XlsxError> {
        if number.is_none() { Ok(()) } else { self.lines.number(self.row, column, number, self.formats[column]) }
    }

    pub(super) fn count(&mut self, column: usize, count: Option<u64>) -> Result<(), XlsxError> {
        self.number(column, count.map(double))
    }

    pub(super) fn day(&mut self, column: usize, day: NaiveDate) -> Result<(), XlsxError> {
        self.lines.day(self.row, column, day, self.formats[column])
    }

    /// What stands in the place of a figure of a small group.
    pub(super) fn in_words(&self, why: Withheld, least: u32) -> String {
        why.in_words(least, |word| self.lines.style.say(word))
    }

    /// Whether a text takes more than one line in a column.
    pub(super) fn is_tall(&self, column: usize, text: &str) -> bool {
        lines(text, self.lines.widths()[column]) > 1
    }

    /// Ends a row; it becomes as high as the longest of these texts needs.
    pub(super) fn end(&mut self, texts: &[(usize, &str)]) -> Result<(), XlsxError> {
        self.lines.fit(self.row, texts)?;
        self.row += 1;
        Ok(())
    }
}
