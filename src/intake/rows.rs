//! Gathers cells into the rows of a sheet and watches the limits while it does.

use std::sync::Arc;

use super::limits::Limits;
use super::packed::{self, EMPTY};
use super::sheet::{Cell, Sheet, column_letters};
use super::text_list::Listed;
use super::trouble::Trouble;
use super::value::Value;
use super::xml_bytes::Stop;

/// A sheet being filled. Cells come row by row, in any order within a row.
pub(crate) struct Rows<'l> {
    limits: &'l Limits,
    allowance: usize,
    sheet: Sheet,
    row: u32,
    /// The filled cells of that row, packed.
    cells: Vec<(u32, u32)>,
}

impl<'l> Rows<'l> {
    /// An empty sheet of a name that may hold `allowance` cells.
    pub(crate) fn new(name: &str, hidden: bool, limits: &'l Limits, allowance: usize) -> Self {
        let mut sheet = Sheet::named(name);
        sheet.hidden = hidden;
        Self { limits, allowance, sheet, row: 0, cells: Vec::new() }
    }

    /// Begins with the texts that the workbook lists for its sheets.
    pub(crate) fn list(&mut self, listed: &Arc<Listed>) {
        self.sheet.list(Arc::clone(listed));
    }

    /// Takes the cell at a row and column, both counted from 0.
    pub(crate) fn add(&mut self, row: u32, column: u32, value: Value<'_>) -> Result<(), Trouble> {
        let cell = self.stored(row, column, value)?;
        if cell == EMPTY { Ok(()) } else { self.place(row, column, cell) }
    }

    /// Takes the cell at a row and column that holds a text of the list.
    #[inline]
    pub(crate) fn add_listed(&mut self, row: u32, column: u32, id: u32) -> Result<(), Stop> {
        if self.sheet.texts().has_met(id as usize) || self.meet(row, column, id as usize)? {
            return self.place(row, column, packed::text(id)).map_err(boxed);
        }
        Ok(())
    }

    /// Takes note that the sheet has a text of the list; whether it is more than white space.
    fn meet(&mut self, row: u32, column: u32, id: usize) -> Result<bool, Stop> {
        let texts = self.sheet.texts();
        if id >= texts.listed().texts.len() {
            return Err(Stop::Odd);
        }
        if texts.listed().too_long.binary_search(&id).is_ok() {
            return Err(boxed(too_long(row, column, self.limits)));
        }
        let is_filled = !texts.listed().texts.get(id).is_empty();
        if is_filled {
            texts.meet(id);
        }
        Ok(is_filled)
    }

    #[inline]
    fn place(&mut self, row: u32, column: u32, cell: u32) -> Result<(), Trouble> {
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

    /// Rows of a piece of the sheet, which [`Rows::append`] takes.
    pub(crate) fn piece(&self) -> Self {
        Self { limits: self.limits, allowance: self.allowance, sheet: self.sheet.piece(), row: 0, cells: Vec::new() }
    }

    /// Adds the rows of a piece of the sheet that has no cells but texts and begins `above` rows below its top.
    pub(crate) fn append(&mut self, mut piece: Self, above: u32) -> Result<(), Trouble> {
        piece.flush()?;
        let piece = &piece.sheet;
        let last = piece.rows.last().map_or(0, |row| row.saturating_add(above));
        if last > self.limits.rows {
            return Err(too_many("rows", u64::from(self.limits.rows)));
        }
        if self.sheet.append(piece, above, self.allowance) {
            Ok(())
        } else {
            Err(too_many("cells", self.limits.cells as u64))
        }
    }

    /// The sheet with all its rows.
    pub(crate) fn finish(mut self) -> Result<Sheet, Trouble> {
        self.flush()?;
        self.sheet.close();
        Ok(self.sheet)
    }

    fn stored(&mut self, row: u32, column: u32, value: Value<'_>) -> Result<u32, Trouble> {
        let cell = match value {
            Value::Plain(cell) => cell,
            Value::Text(text) | Value::Error(text) if self.limits.is_too_long(text) => {
                return Err(too_long(row, column, self.limits));
            }
            Value::Text(text) => self.sheet.text_cell(text),
            Value::Error(text) => Cell::Error(self.sheet.intern(text)),
        };
        Ok(self.sheet.pack(cell))
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
        let held = self.sheet.held();
        // The row can grow the sheet by no more than this; how much it does is counted where that matters.
        let most = self.cells.len().saturating_mul(self.sheet.rows.len() + 1);
        if held.saturating_add(most) > self.allowance && held + self.sheet.growth(&self.cells) > self.allowance {
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
