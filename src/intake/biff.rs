//! A look at the records of an old Excel file (.xls) before it is opened.
//!
//! Calamine trusts the sizes that such a file states and lays each sheet out as a full rectangle. Here the
//! records are walked once, nothing is decoded, and what opening would cost is added up. Layout: Microsoft, MS-XLS.

use super::biff_records::{Record, Records, text_lengths};
use super::hidden_rows::HiddenRows;
use super::trouble::Trouble;

/// What opening a file may take. One sheet with a cell in its last corner would take a gigabyte.
const MEMORY: u64 = 960 << 20;
/// Cells of the largest sheet there can be.
const LARGEST_SHEET: u64 = 65_536 * 256;

const FORMULA: u16 = 0x0006;
const END: u16 = 0x000A;
const PASSWORD: u16 = 0x002F;
const SHEET: u16 = 0x0085;
const FILTER_IS_ON: u16 = 0x009B;
const SIZE: u16 = 0x0200;
const ROW: u16 = 0x0208;
/// Among a row's flags: it has no height.
const ROW_IS_HIDDEN: u16 = 0x20;
const BEGIN: u16 = 0x0809;
const NUMBERS: u16 = 0x00BD;
const SHARED_TEXTS: u16 = 0x00FC;
const SHARED_TEXT: u16 = 0x00FD;
const RICH_TEXT: u16 = 0x00D6;
const TEXT: u16 = 0x0204;
const FORMULA_TEXT: u16 = 0x0207;
const OTHER_CELLS: [u16; 3] = [0x0203, 0x0205, 0x027E];

/// Refuses a stream of records that is protected, damaged or too large to open; else gives the hidden rows of each
/// sheet, in the order in which the file lists them.
pub(crate) fn check(stream: &[u8]) -> Result<Vec<HiddenRows>, Trouble> {
    let mut sheets = Vec::new();
    let mut texts = Vec::new();
    for record in Records::of(stream) {
        let record = record?;
        match record.kind {
            PASSWORD => return Err(Trouble::password()),
            SHEET => sheets.push(record.long(0) as usize),
            SHARED_TEXTS => texts = text_lengths(&record),
            END => break,
            _ => {}
        }
    }
    let mut cost = Cost::default();
    let mut hidden = Vec::new();
    for start in sheets {
        let sheet = stream.get(start..).ok_or_else(|| Trouble::damaged("a sheet begins beyond the end of the file"))?;
        let extent = Extent::of(sheet, &texts)?;
        cost.add(&extent, stream.len())?;
        hidden.push(extent.hidden);
    }
    Ok(hidden)
}

/// What is known of a sheet without decoding it.
#[derive(Default)]
struct Extent {
    bytes: usize,
    cells: u64,
    formulas: u64,
    characters: u64,
    cell_area: Area,
    formula_area: Area,
    hidden: HiddenRows,
}

impl Extent {
    fn of(stream: &[u8], texts: &[u16]) -> Result<Self, Trouble> {
        let mut extent = Self::default();
        let mut depth = 0_usize;
        for record in Records::of(stream) {
            let record = record?;
            extent.bytes += record.size();
            match record.kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                // A chart within the sheet: its records look like cells.
                _ if depth > 1 => {}
                SIZE if stated_size(&record) > LARGEST_SHEET => {
                    return Err(Trouble::damaged("a sheet states an impossible size"));
                }
                FILTER_IS_ON => extent.hidden.by_filter = true,
                ROW if record.short(12) & ROW_IS_HIDDEN != 0 => {
                    let number = u32::from(record.short(0)) + 1;
                    extent.hidden.add(number, number);
                }
                _ => extent.count(&record, texts),
            }
        }
        Ok(extent)
    }

    fn count(&mut self, record: &Record<'_>, texts: &[u16]) {
        let characters = match record.kind {
            NUMBERS | FORMULA => 0,
            kind if OTHER_CELLS.contains(&kind) => 0,
            SHARED_TEXT => texts.get(record.long(6) as usize).copied().unwrap_or(0),
            TEXT | RICH_TEXT => record.short(6),
            FORMULA_TEXT => {
                self.characters += u64::from(record.short(0));
                return;
            }
            _ => return,
        };
        self.characters += u64::from(characters);
        let (row, column) = (record.short(0), record.short(2));
        self.cells += 1;
        self.cell_area.include(row, column);
        if record.kind == NUMBERS {
            let length = record.content.len();
            self.cells += (length / 6) as u64;
            self.cell_area.include(row, record.short(length.saturating_sub(2)));
        }
        if record.kind == FORMULA {
            self.formulas += 1;
            self.formula_area.include(row, column);
        }
    }
}

/// Adds up what the sheets take: every sheet stays in memory as rectangles of cells and formulas, and one at a
/// time is also a list of its cells, then a second rectangle.
#[derive(Default)]
struct Cost {
    kept: u64,
    passing: u64,
    bytes: usize,
}

impl Cost {
    fn add(&mut self, sheet: &Extent, available: usize) -> Result<(), Trouble> {
        let cells = sheet.cell_area.size() * 32 + sheet.characters;
        self.kept += cells + sheet.formula_area.size() * 24;
        self.passing = self.passing.max(cells).max(sheet.cells * 40 + sheet.formulas * 64);
        self.bytes += sheet.bytes;
        if self.bytes > available.saturating_mul(2) {
            return Err(Trouble::damaged("two sheets lie in the same place"));
        }
        if self.kept + self.passing > MEMORY {
            return Err(Trouble::too_large(
                "The sheets would take too much memory: their cells stand too far apart, or their texts are too long.",
                "Open the file in Excel, save it as .xlsx and run again.",
            ));
        }
        Ok(())
    }
}

/// The smallest rectangle around some cells.
#[derive(Default)]
struct Area {
    corners: Option<[(u16, u16); 2]>,
}

impl Area {
    fn include(&mut self, row: u16, column: u16) {
        let [least, most] = self.corners.get_or_insert([(row, column); 2]);
        *least = (least.0.min(row), least.1.min(column));
        *most = (most.0.max(row), most.1.max(column));
    }

    fn size(&self) -> u64 {
        self.corners.map_or(0, |[least, most]| (u64::from(most.0 - least.0) + 1) * (u64::from(most.1 - least.1) + 1))
    }
}

/// The number of cells for which calamine makes room, by its own reckoning, which wraps around below zero.
fn stated_size(record: &Record<'_>) -> u64 {
    let (first_row, end_row, mut first_column, end_column) = match record.content.len() {
        10 => (record.short(0).into(), record.short(2).into(), record.short(4), record.short(6)),
        14 | 16 => (record.long(0), record.long(4), record.short(8), record.short(10)),
        _ => return 0,
    };
    if first_column > 0xFF || end_column < first_column {
        first_column = 0;
    }
    if end_row == 0 || end_column == 0 {
        return 1;
    }
    let rows = end_row.wrapping_sub(first_row);
    let columns = u32::from(end_column).wrapping_sub(first_column.into());
    u64::from(rows) * u64::from(columns)
}
