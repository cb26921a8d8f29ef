//! Cells of tables, whatever takes them: a sheet of the workbook crate, or the rows of a long table.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, XlsxError};

use super::style::Style;

/// Excel's own limit for the text of one cell.
const CELL_TEXT: usize = 32_767;
/// Height of one line of text at 10 points.
const LINE_HEIGHT: f64 = 13.5;
/// Excel's limit for the height of a row.
const ROW_HEIGHT: f64 = 409.0;

/// What a cell holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'t> {
    Blank,
    Number(f64),
    /// A text that fits a cell.
    Text(&'t str),
}

/// Takes the cells of a table. Rows and columns are counted from 0.
pub(super) trait WriteCells<'a> {
    /// The formats, and the office's words.
    fn style(&self) -> &'a Style;

    /// The widths of the columns in characters.
    fn widths(&self) -> &[f64];

    /// Writes a cell.
    fn put(&mut self, row: u32, column: usize, value: Value<'_>, format: &Format) -> Result<(), XlsxError>;

    /// Gives a row a height in points.
    fn set_height(&mut self, row: u32, points: f64) -> Result<(), XlsxError>;

    /// Writes a text; a cell can hold 32,767 characters, longer text ends in an ellipsis.
    fn text(&mut self, row: u32, column: usize, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.put(row, column, Value::Text(&clipped(text)), format)
    }

    /// Writes a number, or leaves the cell blank.
    fn number(&mut self, row: u32, column: usize, number: Option<f64>, format: &Format) -> Result<(), XlsxError> {
        self.put(row, column, number.map_or(Value::Blank, Value::Number), format)
    }

    /// Writes one of the program's own words, in the office's.
    fn word(&mut self, row: u32, column: usize, word: &str, format: &Format) -> Result<(), XlsxError> {
        let style = self.style();
        self.text(row, column, style.say(word), format)
    }

    /// Writes a count, or leaves the cell blank.
    fn count(&mut self, row: u32, column: usize, count: Option<u64>) -> Result<(), XlsxError> {
        let style = self.style();
        self.number(row, column, count.map(double), if count.is_some() { &style.number } else { &style.text })
    }

    /// Writes a count into a narrow column, or leaves the cell blank.
    fn tight(&mut self, row: u32, column: usize, count: Option<u64>) -> Result<(), XlsxError> {
        let style = self.style();
        self.number(row, column, count.map(double), &style.tight)
    }

    /// Writes a number, with one decimal where it is not whole, or leaves the cell blank.
    fn decimal(&mut self, row: u32, column: usize, value: Option<f64>) -> Result<(), XlsxError> {
        let style = self.style();
        let format = match value {
            Some(value) if value.fract() == 0.0 => &style.number,
            Some(_) => &style.decimal,
            None => &style.text,
        };
        self.number(row, column, value, format)
    }

    /// Writes a day as a real date.
    fn date(&mut self, row: u32, column: usize, day: NaiveDate) -> Result<(), XlsxError> {
        let style = self.style();
        self.day(row, column, day, &style.date)
    }

    /// Writes a day as a real date, in a format of its own.
    fn day(&mut self, row: u32, column: usize, day: NaiveDate, format: &Format) -> Result<(), XlsxError> {
        self.number(row, column, Some(excel_day(day)?.to_excel()), format)
    }

    /// Makes a row as high as its longest wrapped text needs.
    fn fit(&mut self, row: u32, texts: &[(usize, &str)]) -> Result<(), XlsxError> {
        let widths = self.widths();
        let needed = texts.iter().map(|(column, text)| lines(text, widths[*column])).max().unwrap_or(1);
        if needed == 1 { Ok(()) } else { self.set_height(row, height(needed)) }
    }
}

/// A day as Excel stores it.
pub(super) fn excel_day(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let (year, month, of_month) = (day.year(), day.month(), day.day());
    let small = |number: u32| u8::try_from(number).expect("a month or a day of a month");
    ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), small(month), small(of_month))
}

/// A count as Excel's numbers are.
#[allow(clippy::cast_precision_loss, reason = "Excel's numbers are doubles")]
pub(super) fn double(count: u64) -> f64 {
    count as f64
}

/// A text that fits a cell. Excel counts characters as UTF-16 does.
fn clipped(text: &str) -> Cow<'_, str> {
    if text.len() <= CELL_TEXT || text.encode_utf16().count() <= CELL_TEXT {
        return Cow::Borrowed(text);
    }
    let mut used = 0;
    let kept = text.chars().take_while(|c| {
        used += c.len_utf16();
        used < CELL_TEXT
    });
    kept.chain(['\u{2026}']).collect()
}

/// How many lines a text takes in a column, words kept whole, at 10 points.
pub(super) fn lines(text: &str, width: f64) -> usize {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width of some characters")]
    let width = (width * 1.18).max(4.0) as usize;
    if text.len() <= width && !text.contains('\n') {
        return 1;
    }
    text.split('\n')
        .map(|paragraph| {
            let (mut lines, mut used) = (1, 0);
            for word in paragraph.split(' ') {
                let length = word.chars().count();
                if used > 0 && used + 1 + length > width {
                    lines += 1;
                    used = 0;
                }
                used += length + usize::from(used > 0);
                lines += used.saturating_sub(1) / width;
                used = if used > width { used % width } else { used };
            }
            lines
        })
        .sum()
}

/// The height in points of a row of so many lines.
pub(super) fn height(lines: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a number of lines")]
    (LINE_HEIGHT * lines as f64 + 3.0).min(ROW_HEIGHT)
}
