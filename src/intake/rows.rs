//! Gathers cells into the rows of a sheet and watches the limits while it does.

use super::limits::Limits;
use super::sheet::{Cell, Sheet, TextId, column_letters};
use super::string_items::SharedTexts;
use super::trouble::Trouble;
use super::value::Value;
use super::xml_bytes::Stop;

/// A sheet being filled. Cells come row by row, in any order within a row.
pub(crate) struct Rows<'l> {
    limits: &'l Limits,
    allowance: usize,
    sheet: Sheet,
    row: u32,
    cells: Vec<(u32, Cell)>,
    /// The text of the sheet that each shared text has become.
    shared: Vec<u32>,
}

/// No text of the sheet yet, and no text at all.
const NOT_MET: u32 = u32::MAX;
const BLANK: u32 = u32::MAX - 1;

impl<'l> Rows<'l> {
    /// An empty sheet of a name that may hold `allowance` cells.
    pub(crate) fn new(name: &str, hidden: bool, limits: &'l Limits, allowance: usize) -> Self {
        let mut sheet = Sheet::named(name);
        sheet.hidden = hidden;
        Self { limits, allowance, sheet, row: 0, cells: Vec::new(), shared: Vec::new() }
    }

    /// Takes the cell at a row and column, both counted from 0.
    pub(crate) fn add(&mut self, row: u32, column: u32, value: Value<'_>) -> Result<(), Trouble> {
        let cell = self.stored(row, column, value)?;
        if cell == Cell::Empty { Ok(()) } else { self.place(row, column, cell) }
    }

    /// Takes the cell at a row and column that holds a shared text.
    pub(crate) fn add_shared(&mut self, row: u32, column: u32, id: usize, texts: &SharedTexts) -> Result<(), Stop> {
        if self.shared.is_empty() {
            self.shared = vec![NOT_MET; texts.len()];
        }
        let known = *self.shared.get(id).ok_or(Stop::Odd)?;
        let cell = match known {
            NOT_MET => {
                let text = texts.get(id).ok_or(Stop::Odd)?;
                let cell = self.stored(row, column, Value::Text(text)).map_err(boxed)?;
                self.shared[id] = if let Cell::Text(id) = cell { id.0 } else { BLANK };
                cell
            }
            BLANK => Cell::Empty,
            text => Cell::Text(TextId(text)),
        };
        if cell == Cell::Empty { Ok(()) } else { self.place(row, column, cell).map_err(boxed) }
    }

    fn place(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Trouble> {
        if row != self.row {
            self.turn_to(row)?;
        }
        if row >= self.limits.rows {
            return Err(too_many("rows", u64::from(self.limits.rows)));
        }
        if column >= self.limits.columns {
            return Err(too_many("columns", u64::from(self.limits.columns)));
        }
        self.cells.push((column, cell));
        Ok(())
    }

    /// Takes the cells of a row, the last one gathered, `count` more times, each one row further down.
    pub(crate) fn repeat(&mut self, row: u32, count: u32) -> Result<(), Trouble> {
        if row != self.row || self.cells.is_empty() {
            return Ok(());
        }
        let cells = self.cells.clone();
        for _ in 0..count {
            let next = self.row + 1;
            if next >= self.limits.rows {
                return Err(too_many("rows", u64::from(self.limits.rows)));
            }
            self.turn_to(next)?;
            self.cells.extend_from_slice(&cells);
        }
        Ok(())
    }

    /// The sheet with all its rows.
    pub(crate) fn finish(mut self) -> Result<Sheet, Trouble> {
        self.flush()?;
        self.sheet.close();
        Ok(self.sheet)
    }

    fn stored(&mut self, row: u32, column: u32, value: Value<'_>) -> Result<Cell, Trouble> {
        match value {
            Value::Plain(cell) => Ok(cell),
            Value::Text(text) | Value::Error(text) if self.is_too_long(text) => Err(too_long(row, column, self.limits)),
            Value::Text(text) => Ok(self.sheet.text_cell(text)),
            Value::Error(text) => Ok(Cell::Error(self.sheet.intern(text))),
        }
    }

    fn is_too_long(&self, text: &str) -> bool {
        text.len() > self.limits.text_length && text.chars().count() > self.limits.text_length
    }

    fn turn_to(&mut self, row: u32) -> Result<(), Trouble> {
        if row < self.row {
            return Err(Trouble::damaged(format!("row {} stands after row {}", row + 1, self.row + 1)));
        }
        self.flush()?;
        self.row = row;
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Trouble> {
        if self.sheet.held() + self.sheet.growth(&self.cells) > self.allowance {
            return Err(too_many("cells", self.limits.cells as u64));
        }
        self.sheet.push_row(self.row + 1, &self.cells);
        self.cells.clear();
        Ok(())
    }
}

fn boxed(trouble: Trouble) -> Stop {
    Stop::Trouble(Box::new(trouble))
}

fn too_many(what: &str, limit: u64) -> Trouble {
    Trouble::too_large(
        format!("There are more {what} than the limit of {limit}."),
        "Delete what stands far below or right of the table (Ctrl+End in Excel shows the last cell used), or split the file.",
    )
}

fn too_long(row: u32, column: u32, limits: &Limits) -> Trouble {
    let cell = format!("{}{}", column_letters(column as usize), u64::from(row) + 1);
    Trouble::too_large(
        format!("Cell {cell} has more than {} characters.", limits.text_length),
        "Shorten it. In a csv file, look above it for a quotation mark that is opened and never closed.",
    )
}
