//! Cells packed into four bytes each; numbers with decimals take eight more.

use chrono::{Datelike, NaiveDate};

use super::sheet::{Cell, TextId};
use crate::terms::figure::whole;

/// The kind of a cell stands in the highest three bits, what it holds in the others.
const PAYLOAD: u32 = (1 << 29) - 1;
const SPECIAL: u32 = 0 << 29;
const TEXT: u32 = 1 << 29;
const ERROR: u32 = 2 << 29;
const DATE: u32 = 3 << 29;
const WHOLE: u32 = 4 << 29;
const NUMBER: u32 = 5 << 29;

/// What is added to a day so that it is positive: more than the days that chrono has on either side of year 0.
const DAYS: i32 = 1 << 28;

/// The cells of a column.
pub(crate) type Column = Vec<u32>;

/// Nothing.
pub(crate) const EMPTY: u32 = SPECIAL;

/// A text in four bytes.
pub(crate) fn text(id: u32) -> u32 {
    TEXT | fitting(id)
}

/// A packed text or nothing with the text's new id.
pub(crate) fn with_text(packed: u32, ids: &[TextId]) -> u32 {
    if packed == EMPTY { EMPTY } else { TEXT | ids[(packed & PAYLOAD) as usize].0 }
}

/// The id of a packed text; none of nothing.
pub(crate) fn text_of(packed: u32) -> Option<usize> {
    (packed != EMPTY).then_some((packed & PAYLOAD) as usize)
}

/// The numbers that do not fit into a packed cell.
#[derive(Debug, Default)]
pub(crate) struct Numbers(Vec<f64>);

impl Numbers {
    /// A cell in four bytes.
    pub(crate) fn pack(&mut self, cell: Cell) -> u32 {
        match cell {
            Cell::Empty => EMPTY,
            Cell::Bool(value) => 1 + u32::from(value),
            Cell::NoValue => 3,
            Cell::Text(TextId(id)) => text(id),
            Cell::Error(TextId(id)) => ERROR | fitting(id),
            Cell::Date(day) => DATE | fitting((day.num_days_from_ce() + DAYS).cast_unsigned()),
            Cell::Number(number) => whole(number)
                .filter(|whole| *whole <= PAYLOAD)
                .map_or_else(|| self.number(number), |whole| WHOLE | whole),
        }
    }

    /// The cell that was packed.
    pub(crate) fn unpack(&self, packed: u32) -> Cell {
        let held = packed & PAYLOAD;
        match packed & !PAYLOAD {
            TEXT => Cell::Text(TextId(held)),
            ERROR => Cell::Error(TextId(held)),
            DATE => NaiveDate::from_num_days_from_ce_opt(held.cast_signed() - DAYS).map_or(Cell::Empty, Cell::Date),
            WHOLE => Cell::Number(f64::from(held)),
            NUMBER => Cell::Number(self.0[held as usize]),
            _ if held == 0 => Cell::Empty,
            _ if held == 3 => Cell::NoValue,
            _ => Cell::Bool(held == 2),
        }
    }

    /// Gives back memory held in reserve.
    pub(crate) fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }

    fn number(&mut self, number: f64) -> u32 {
        self.0.push(number);
        NUMBER | fitting(u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX))
    }
}

fn fitting(held: u32) -> u32 {
    assert!(held <= PAYLOAD, "fewer cells than half a thousand million, which would take gigabytes");
    held
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_comes_back_as_it_was_packed() {
        let day = |year, month, day| Cell::Date(NaiveDate::from_ymd_opt(year, month, day).expect("a day"));
        let mut cells = vec![Cell::Empty, Cell::NoValue, Cell::Bool(true), Cell::Bool(false)];
        cells.extend([Cell::Text(TextId(0)), Cell::Text(TextId(PAYLOAD)), Cell::Error(TextId(7))]);
        cells.extend([day(1900, 1, 1), day(9999, 12, 31), day(-262_143, 1, 1), day(262_142, 12, 31)]);
        cells.extend([0.0, -1.0, 0.5, 1e300, 536_870_911.0, 536_870_912.0, f64::INFINITY].map(Cell::Number));
        let mut numbers = Numbers::default();
        for cell in cells {
            let packed = numbers.pack(cell);
            assert_eq!(numbers.unpack(packed), cell);
        }
        let packed = numbers.pack(Cell::Number(-0.0));
        assert!(matches!(numbers.unpack(packed), Cell::Number(zero) if zero.is_sign_negative()));
    }
}
