//! Long lists: a column has one format, and heights are measured once for each text that repeats.

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, XlsxError};

use super::super::page::{Column, HEADER, Page, Sheet, excel_day, lines};
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
}

impl Looks {
    pub(super) fn of(style: Style) -> Self {
        Self {
            name: style.plain.clone().set_bold(),
            quiet: style.plain.clone().set_font_color(color(style.palette.quiet)),
            count: style.plain_number.clone().set_num_format("#,##0"),
            decimal: style.plain_number.clone().set_num_format("#,##0.0"),
            style,
        }
    }

    /// The formats of the other sheets.
    pub(super) fn style(&self) -> &Style {
        &self.style
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

/// A list that is being written, row by row.
pub(super) struct Long<'a> {
    page: Page<'a>,
    formats: Vec<&'a Format>,
    widths: Vec<f64>,
    row: u32,
}

impl<'a> Long<'a> {
    /// Opens a sheet with a table of so many rows.
    pub(super) fn open(
        (name, title, explanation, table): (&str, &str, &str, &str),
        columns: &[(Column<'_>, Holds)],
        rows: usize,
        looks: &'a Looks,
    ) -> Result<Self, XlsxError> {
        let heads: Vec<Column<'_>> = columns.iter().map(|(column, _)| *column).collect();
        let mut page = super::open((name, title), explanation, &heads, &looks.style)?;
        page.banded = true;
        page.long();
        page.table(table, &heads, rows)?;
        Ok(Self {
            page,
            formats: columns.iter().map(|(_, holds)| looks.format(*holds)).collect(),
            widths: heads.iter().map(|(_, width)| *width).collect(),
            row: HEADER + 1,
        })
    }

    pub(super) fn text(&mut self, column: usize, text: &str) -> Result<(), XlsxError> {
        if text.is_empty() { Ok(()) } else { self.page.text(self.row, column, text, self.formats[column]) }
    }

    pub(super) fn number(&mut self, column: usize, number: Option<f64>) -> Result<(), XlsxError> {
        if number.is_none() { Ok(()) } else { self.page.number(self.row, column, number, self.formats[column]) }
    }

    pub(super) fn count(&mut self, column: usize, count: Option<u64>) -> Result<(), XlsxError> {
        #[allow(clippy::cast_precision_loss, reason = "Excel's numbers are doubles")]
        self.number(column, count.map(|count| count as f64))
    }

    pub(super) fn day(&mut self, column: usize, day: NaiveDate) -> Result<(), XlsxError> {
        self.number(column, Some(excel_day(day)?.to_excel()))
    }

    /// What stands in the place of a figure of a small group.
    pub(super) fn in_words(&self, why: Withheld, least: u32) -> String {
        why.in_words(least, |word| self.page.style.say(word))
    }

    /// Whether a text takes more than one line in a column.
    pub(super) fn is_tall(&self, column: usize, text: &str) -> bool {
        lines(text, self.widths[column]) > 1
    }

    /// Ends a row; it becomes as high as the longest of these texts needs.
    pub(super) fn end(&mut self, texts: &[(usize, &str)]) -> Result<(), XlsxError> {
        self.page.fit(self.row, texts)?;
        self.row += 1;
        Ok(())
    }

    /// The sheet as the workbook takes it.
    pub(super) fn sheet(self) -> Sheet<'a> {
        self.page.finish()
    }
}
