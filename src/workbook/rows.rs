//! Rows of sheets, written as they will stand in the file: those of long tables above all.
//!
//! A workbook keeps a tree of every cell with its format until it is saved: too slow and too large for the lists that
//! grow with the office. Their rows are written into the saved sheet, one after another, and kept nowhere (see
//! `graft`).

use std::io::{self, Write};
use std::ops::RangeInclusive;

use rust_xlsxwriter::{Format, XlsxError};

use super::cells::{Value, WriteCells};
use super::page::HEADER;
use super::style::Style;
use super::texts::Texts;
use crate::intake::column_letters;
use crate::terms::figure::whole;

/// Rows of a sheet, by Excel.
const ROWS: u32 = 1_048_576;
/// Bytes that are written at once.
const PIECE: usize = 1 << 15;

/// How far the rows of a sheet reach.
#[derive(Debug, Clone)]
pub(super) struct Extent {
    /// The name of the table that they are; none where they are none.
    pub(super) table: Option<String>,
    pub(super) rows: u32,
    pub(super) columns: usize,
}

impl Extent {
    /// The number of the last row, as Excel counts.
    pub(super) fn last_row(&self) -> u32 {
        HEADER + 1 + self.rows
    }

    /// The letters of the last column.
    pub(super) fn last_column(&self) -> String {
        column_letters(self.columns - 1)
    }
}

/// What writes rows.
type WriteRows<'a> = Box<dyn FnOnce(&mut Lines<'a, '_>) -> Result<(), XlsxError> + 'a>;

/// The rows of a long table, to be written.
pub(super) struct Rows<'a> {
    pub(super) extent: Extent,
    pub(super) style: &'a Style,
    pub(super) widths: Vec<f64>,
    pub(super) write: WriteRows<'a>,
}

impl Rows<'_> {
    /// Writes all rows as elements of a sheet; the ranges that are merged.
    pub(super) fn write(
        self,
        formats: &Formats<'_>,
        texts: &mut Texts,
        to: &mut dyn Write,
    ) -> Result<Vec<String>, XlsxError> {
        let Self { extent, style, widths, write } = self;
        let mut lines = Lines {
            style,
            widths: &widths,
            formats,
            texts,
            columns: (0..extent.columns)
                .map(|at| Column { letters: column_letters(at), text: None, format: 0 })
                .collect(),
            row: 0,
            height: None,
            cells: Vec::new(),
            merged: Vec::new(),
            piece: Vec::with_capacity(PIECE + PIECE / 8),
            to,
        };
        write(&mut lines)?;
        lines.end_row()?;
        // Table and sheet were told how far they reach before.
        assert!(lines.row <= HEADER + extent.rows, "a sheet has as many rows as it was opened for");
        lines.to.write_all(&lines.piece)?;
        Ok(lines.merged)
    }
}

/// The formats of a workbook, and how a cell says that it has one.
pub(super) struct Formats<'f> {
    all: Vec<(&'f Format, String)>,
}

impl<'f> Formats<'f> {
    /// The formats with their numbers in the workbook.
    pub(super) fn new(formats: &[&'f Format], numbers: &[u32]) -> Self {
        Self {
            all: formats.iter().zip(numbers).map(|(format, number)| (*format, format!(" s=\"{number}\""))).collect(),
        }
    }

    /// The place of a format, which is one of the style's own. `known` is a place to look first.
    fn place(&self, format: &Format, known: usize) -> usize {
        let is = |place: usize| self.all.get(place).is_some_and(|(known, _)| std::ptr::eq(*known, format));
        let place = if is(known) { Some(known) } else { (0..self.all.len()).find(|place| is(*place)) };
        place.expect("such rows have formats of the style")
    }
}

/// A column, and what its last cell had: it is often what the next one has too.
struct Column {
    letters: String,
    /// The place of the text.
    text: Option<usize>,
    format: usize,
}

/// A cell of the row that is being written; a text by its number in the workbook.
#[derive(Clone, Copy)]
struct Cell {
    column: usize,
    format: usize,
    value: Held,
}

#[derive(Clone, Copy)]
enum Held {
    Blank,
    Number(f64),
    Text(u32),
}

/// Rows from top to bottom, as they are written into a sheet.
pub(super) struct Lines<'a, 'w> {
    pub(super) style: &'a Style,
    widths: &'w [f64],
    formats: &'w Formats<'w>,
    texts: &'w mut Texts,
    columns: Vec<Column>,
    /// The row that is being written, and what it has so far.
    row: u32,
    height: Option<f64>,
    cells: Vec<Cell>,
    /// The ranges that are merged so far.
    merged: Vec<String>,
    piece: Vec<u8>,
    to: &'w mut dyn Write,
}

impl<'a> WriteCells<'a> for Lines<'a, '_> {
    fn style(&self) -> &'a Style {
        self.style
    }

    fn widths(&self) -> &[f64] {
        self.widths
    }

    /// An empty text, and a number that Excel cannot hold, are blank cells.
    fn put(&mut self, row: u32, column: usize, value: Value<'_>, format: &Format) -> Result<(), XlsxError> {
        self.begin(row)?;
        let last = self.columns.get_mut(column).ok_or(XlsxError::RowColumnLimitError)?;
        let value = match value {
            Value::Text(text) if !text.is_empty() => Held::Text(self.texts.number(text, &mut last.text)?),
            Value::Number(number) if number.is_finite() => Held::Number(number),
            _ => Held::Blank,
        };
        last.format = self.formats.place(format, last.format);
        self.cells.push(Cell { column, format: last.format, value });
        Ok(())
    }

    fn set_height(&mut self, row: u32, points: f64) -> Result<(), XlsxError> {
        self.begin(row)?;
        self.height = Some(points);
        Ok(())
    }
}

impl Lines<'_, '_> {
    /// Writes a text over several columns of a row, which become one cell.
    pub(super) fn merged(
        &mut self,
        row: u32,
        columns: RangeInclusive<usize>,
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let (first, last) = (*columns.start(), *columns.end());
        self.text(row, first, text, format)?;
        for column in first + 1..=last {
            self.put(row, column, Value::Blank, format)?;
        }
        let [first, last] = [first, last].map(|column| format!("{}{}", self.columns[column].letters, row + 1));
        self.merged.push(format!("{first}:{last}"));
        Ok(())
    }

    fn begin(&mut self, row: u32) -> Result<(), XlsxError> {
        if row == self.row {
            return Ok(());
        }
        if row >= ROWS {
            return Err(XlsxError::RowColumnLimitError);
        }
        if row < self.row {
            return Err(XlsxError::RowColumnOrderError);
        }
        self.end_row()?;
        self.row = row;
        Ok(())
    }

    /// Writes what the row has.
    fn end_row(&mut self) -> io::Result<()> {
        let (cells, height) = (&mut self.cells, self.height.take());
        if cells.is_empty() && height.is_none() {
            return Ok(());
        }
        if !cells.is_sorted_by_key(|cell| cell.column) {
            cells.sort_by_key(|cell| cell.column);
        }
        let (number, piece) = ((self.row + 1).to_string(), &mut self.piece);
        write!(piece, "<row r=\"{number}\"")?;
        if let Some(points) = height {
            // Excel's heights are whole pixels, four to three points.
            write!(piece, " ht=\"{}\" customHeight=\"1\"", (points * 4.0 / 3.0).round() * 0.75)?;
        }
        piece.push(b'>');
        for cell in cells.drain(..) {
            piece.extend_from_slice(b"<c r=\"");
            piece.extend_from_slice(self.columns[cell.column].letters.as_bytes());
            piece.extend_from_slice(number.as_bytes());
            piece.push(b'"');
            piece.extend_from_slice(self.formats.all[cell.format].1.as_bytes());
            write_value(cell.value, piece)?;
        }
        piece.extend_from_slice(b"</row>");
        if piece.len() >= PIECE {
            self.to.write_all(piece)?;
            piece.clear();
        }
        Ok(())
    }
}

/// Writes a cell from the end of its tag's attributes on.
fn write_value(value: Held, to: &mut Vec<u8>) -> io::Result<()> {
    let mut digits = itoa::Buffer::new();
    match value {
        Held::Blank => {
            to.extend_from_slice(b"/>");
            return Ok(());
        }
        Held::Text(number) => {
            to.extend_from_slice(b" t=\"s\"><v>");
            to.extend_from_slice(digits.format(number).as_bytes());
        }
        Held::Number(number) => {
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
