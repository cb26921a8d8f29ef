//! Long lists: the format of a cell stands on its column, so that none is looked up cell by cell, and heights are
//! measured once for each text that repeats.

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::super::page::{Column, HEADER, Page, excel_day, height, index, lines};
use super::super::style::Style;
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
    /// A percentage, or another number with one decimal.
    Decimal,
}

/// A list that is being written, row by row.
pub(super) struct Long<'a> {
    page: Page<'a>,
    widths: Vec<f64>,
    row: u32,
}

impl<'a> Long<'a> {
    /// Opens a sheet with a table of so many rows.
    pub(super) fn open(
        (name, title, explanation, table): (&str, &str, &str, &str),
        columns: &[(Column<'_>, Holds)],
        rows: usize,
        style: &'a Style,
    ) -> Result<Self, XlsxError> {
        let heads: Vec<Column<'_>> = columns.iter().map(|(column, _)| *column).collect();
        let mut page = super::open((name, title), explanation, &heads, style)?;
        page.banded = true;
        for (at, (_, holds)) in columns.iter().enumerate() {
            page.sheet.set_column_format(index(at), &format(*holds, style))?;
        }
        page.table(table, &heads, rows)?;
        let widths = heads.iter().map(|(_, width)| *width).collect();
        Ok(Self { page, widths, row: HEADER + 1 })
    }

    pub(super) fn text(&mut self, column: usize, text: &str) -> Result<(), XlsxError> {
        // A cell cannot hold more; texts of respondents may.
        const CELL_TEXT: usize = 32_000;
        if text.len() <= CELL_TEXT {
            self.page.sheet.write_string(self.row, index(column), text)?;
        } else {
            let kept: String = text.chars().take(CELL_TEXT / 2).chain(['\u{2026}']).collect();
            self.page.sheet.write_string(self.row, index(column), kept)?;
        }
        Ok(())
    }

    pub(super) fn number(&mut self, column: usize, number: Option<f64>) -> Result<(), XlsxError> {
        if let Some(number) = number {
            self.page.sheet.write_number(self.row, index(column), number)?;
        }
        Ok(())
    }

    pub(super) fn count(&mut self, column: usize, count: Option<u64>) -> Result<(), XlsxError> {
        #[allow(clippy::cast_precision_loss, reason = "Excel's numbers are doubles")]
        self.number(column, count.map(|count| count as f64))
    }

    pub(super) fn day(&mut self, column: usize, day: Option<NaiveDate>) -> Result<(), XlsxError> {
        if let Some(day) = day {
            self.page.sheet.write_datetime(self.row, index(column), &excel_day(day)?)?;
        }
        Ok(())
    }

    /// What stands in the place of a figure of a small group.
    pub(super) fn in_words(&self, why: Withheld, least: u32) -> String {
        why.in_words(least, |word| self.page.style.say(word))
    }

    /// How many lines a text takes in a column.
    pub(super) fn lines(&self, column: usize, text: &str) -> usize {
        lines(text, self.widths[column])
    }

    /// Ends a row of so many lines.
    pub(super) fn next(&mut self, lines: usize) -> Result<(), XlsxError> {
        if lines > 1 {
            self.page.sheet.set_row_height(self.row, height(lines))?;
        }
        self.row += 1;
        Ok(())
    }

    /// The sheet.
    pub(super) fn sheet(self) -> Worksheet {
        self.page.sheet
    }
}

fn format(holds: Holds, style: &Style) -> Format {
    match holds {
        Holds::Words => style.plain.clone(),
        Holds::Name => style.plain.clone().set_bold(),
        Holds::Quiet => style.plain.clone().set_font_color(super::super::style::color(style.palette.quiet)),
        Holds::Day => style.plain_date.clone(),
        Holds::Count => style.plain_number.clone().set_num_format("#,##0"),
        Holds::Decimal => style.plain_number.clone().set_num_format("#,##0.0"),
    }
}
