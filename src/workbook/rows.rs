//! The rows of a long table, kept small and written as they will stand in the file.
//!
//! A workbook keeps a tree of every cell with its format until it is saved: too slow and too large for the lists that
//! grow with the office. Their rows are kept here, in a few bytes a cell, and put into the saved sheet (see `graft`).

use std::collections::HashMap;
use std::io::{self, Write};

use rust_xlsxwriter::{Format, XlsxError};

use crate::intake::column_letters;
use crate::terms::figure::whole;

/// Rows and columns of a sheet, by Excel.
const ROWS: u32 = 1_048_576;
const COLUMNS: u16 = 16_384;
/// Height in pixels that rows without a height of their own have.
const HEIGHT: u32 = 20;
/// Bytes that are written at once.
const PIECE: usize = 1 << 16;

#[derive(Clone, Copy)]
enum Value {
    Blank,
    Number(f64),
    /// A text by its place in the texts.
    Text(u32),
}

#[derive(Clone, Copy)]
struct Cell {
    column: u16,
    /// The place of its format in the formats.
    format: u16,
    value: Value,
}

struct Row {
    number: u32,
    /// The number of cells of this row and all before it.
    end: usize,
    height: u32,
}

/// Rows from top to bottom, all below those that the workbook itself writes.
#[derive(Default)]
pub(super) struct Rows<'a> {
    /// The name of the table that they are the rows of.
    pub(super) table: Option<String>,
    formats: Vec<&'a Format>,
    texts: Vec<Box<str>>,
    places: HashMap<Box<str>, u32>,
    cells: Vec<Cell>,
    rows: Vec<Row>,
}

impl<'a> Rows<'a> {
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The formats that the cells have.
    pub(super) fn formats(&self) -> &[&'a Format] {
        &self.formats
    }

    /// The texts that the cells have, each once.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(AsRef::as_ref)
    }

    /// How many cells hold a text.
    pub(super) fn text_cells(&self) -> usize {
        self.cells.iter().filter(|cell| matches!(cell.value, Value::Text(_))).count()
    }

    /// The last row and column that have a cell, from 0.
    pub(super) fn last(&self) -> (u32, u16) {
        let column = self.cells.iter().map(|cell| cell.column).max();
        (self.rows.last().map_or(0, |row| row.number), column.unwrap_or(0))
    }

    /// Adds a text; an empty one is a blank cell.
    pub(super) fn text(&mut self, row: u32, column: u16, text: &str, format: &'a Format) -> Result<(), XlsxError> {
        if text.is_empty() {
            return self.blank(row, column, format);
        }
        let place = if let Some(place) = self.places.get(text) {
            *place
        } else {
            let place = u32::try_from(self.texts.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
            self.texts.push(text.into());
            self.places.insert(text.into(), place);
            place
        };
        self.add(row, column, Value::Text(place), format)
    }

    /// Adds a number; one that Excel cannot hold is a blank cell.
    pub(super) fn number(&mut self, row: u32, column: u16, number: f64, format: &'a Format) -> Result<(), XlsxError> {
        let value = if number.is_finite() { Value::Number(number) } else { Value::Blank };
        self.add(row, column, value, format)
    }

    pub(super) fn blank(&mut self, row: u32, column: u16, format: &'a Format) -> Result<(), XlsxError> {
        self.add(row, column, Value::Blank, format)
    }

    /// Gives a row, the newest, a height in points.
    pub(super) fn height(&mut self, row: u32, points: f64) -> Result<(), XlsxError> {
        self.begin(row)?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 409 points")]
        let pixels = (points * 4.0 / 3.0).round() as u32;
        self.rows.last_mut().expect("a row was begun").height = pixels;
        Ok(())
    }

    fn add(&mut self, row: u32, column: u16, value: Value, format: &'a Format) -> Result<(), XlsxError> {
        if column >= COLUMNS {
            return Err(XlsxError::RowColumnLimitError);
        }
        self.begin(row)?;
        // A table has a few formats, each of them one value of the style.
        let known = self.formats.iter().position(|known| std::ptr::eq(*known, format));
        let format = known.unwrap_or_else(|| {
            self.formats.push(format);
            self.formats.len() - 1
        });
        let format = u16::try_from(format).map_err(|_| XlsxError::RowColumnLimitError)?;
        self.cells.push(Cell { column, format, value });
        self.rows.last_mut().expect("a row was begun").end = self.cells.len();
        Ok(())
    }

    fn begin(&mut self, row: u32) -> Result<(), XlsxError> {
        if row >= ROWS {
            return Err(XlsxError::RowColumnLimitError);
        }
        match self.rows.last().map(|last| last.number) {
            Some(last) if last == row => Ok(()),
            Some(last) if last > row => Err(XlsxError::RowColumnOrderError),
            _ => {
                self.rows.push(Row { number: row, end: self.cells.len(), height: HEIGHT });
                Ok(())
            }
        }
    }

    /// Writes the rows as elements of a sheet, with the numbers that formats and texts have in the workbook.
    pub(super) fn write(&self, formats: &[u32], texts: &[u32], to: &mut impl Write) -> io::Result<()> {
        let columns: Vec<String> = (0..=usize::from(self.last().1)).map(column_letters).collect();
        let formats: Vec<String> = formats.iter().map(|number| format!(" s=\"{number}\"")).collect();
        let (mut piece, mut begin) = (Vec::with_capacity(PIECE + PIECE / 8), 0);
        let mut cells: Vec<Cell> = Vec::new();
        for row in &self.rows {
            let number = (row.number + 1).to_string();
            write!(piece, "<row r=\"{number}\"")?;
            if row.height != HEIGHT {
                write!(piece, " ht=\"{}\" customHeight=\"1\"", f64::from(row.height) * 0.75)?;
            }
            piece.push(b'>');
            cells.clear();
            cells.extend_from_slice(&self.cells[begin..row.end]);
            cells.sort_by_key(|cell| cell.column);
            begin = row.end;
            for cell in &cells {
                piece.extend_from_slice(b"<c r=\"");
                piece.extend_from_slice(columns[usize::from(cell.column)].as_bytes());
                piece.extend_from_slice(number.as_bytes());
                piece.push(b'"');
                piece.extend_from_slice(formats[usize::from(cell.format)].as_bytes());
                write_value(cell.value, texts, &mut piece)?;
            }
            piece.extend_from_slice(b"</row>");
            if piece.len() >= PIECE {
                to.write_all(&piece)?;
                piece.clear();
            }
        }
        to.write_all(&piece)
    }
}

/// Writes a cell from the end of its tag's attributes on.
fn write_value(value: Value, texts: &[u32], to: &mut Vec<u8>) -> io::Result<()> {
    let mut digits = itoa::Buffer::new();
    match value {
        Value::Blank => {
            to.extend_from_slice(b"/>");
            return Ok(());
        }
        Value::Text(text) => {
            to.extend_from_slice(b" t=\"s\"><v>");
            to.extend_from_slice(digits.format(texts[text as usize]).as_bytes());
        }
        Value::Number(number) => {
            to.extend_from_slice(b"><v>");
            match whole(number) {
                Some(whole) => to.extend_from_slice(digits.format(whole).as_bytes()),
                None => write!(to, "{number}")?,
            }
        }
    }
    to.extend_from_slice(b"</v></c>");
    Ok(())
}
