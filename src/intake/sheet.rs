//! A sheet as found: columns of cells with the row numbers beside them.

use std::sync::Arc;

use chrono::NaiveDate;

use super::packed::{self, Column, Numbers};
use super::text_list::Listed;
use super::texts::Texts;

/// A text of a sheet. Index into [`Sheet::text`]. Where the file lists a text twice, equal texts have two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(pub u32);

/// One cell as found. Nothing is interpreted here beyond what the file itself says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell {
    /// Nothing, or only white space.
    Empty,
    /// Text, trimmed of white space at both ends.
    Text(TextId),
    /// A number that the file does not mark as a date. In csv every value is text.
    Number(f64),
    /// A real date cell (either epoch), its time of day dropped.
    Date(NaiveDate),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error value with its text: `#N/A`.
    Error(TextId),
    /// A formula without a stored value.
    NoValue,
}

/// One sheet by columns. Rows that are wholly empty are left out. A column ends with its last filled cell, and a
/// column without any is an empty list: read single cells with [`Sheet::cell`], which knows.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Name of the sheet; empty for csv.
    pub name: String,
    /// Its position among all sheets of the file, from 1, hidden and empty ones counted; 0 where it was not
    /// read from a file.
    pub position: usize,
    /// Whether the sheet is hidden in Excel.
    pub hidden: bool,
    /// 1-based row number in the file of each row kept, ascending. In csv the line on which the record
    /// begins counts records, header included: the row number Excel shows.
    pub rows: Vec<u32>,
    /// The columns, each as long as `rows` at most.
    columns: Vec<Column>,
    numbers: Numbers,
    texts: Texts,
    held: usize,
}

impl Sheet {
    /// An empty sheet of a name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// The text of an id of this sheet.
    #[must_use]
    pub fn text(&self, id: TextId) -> &str {
        self.texts.get(id)
    }

    /// Stores a text (trimmed) and gives its cell; white space alone gives [`Cell::Empty`].
    pub fn text_cell(&mut self, text: &str) -> Cell {
        let text = trimmed(text);
        if text.is_empty() { Cell::Empty } else { Cell::Text(self.intern(text)) }
    }

    /// Stores a text and gives its id.
    pub fn intern(&mut self, text: &str) -> TextId {
        self.texts.intern(text)
    }

    /// Begins with the texts that the workbook lists for its sheets.
    pub(crate) fn list(&mut self, listed: Arc<Listed>) {
        self.texts.list(listed);
    }

    /// The texts of the sheet.
    pub(crate) fn texts(&mut self) -> &mut Texts {
        &mut self.texts
    }

    /// A cell as [`Sheet::push_row`] takes it.
    pub(crate) fn pack(&mut self, cell: Cell) -> u32 {
        self.numbers.pack(cell)
    }

    /// Adds a row; `cells` holds (column number from 0 = A, packed cell) of those that are filled, in any order. A row
    /// without any is dropped. Rows must come in ascending order.
    pub(crate) fn push_row(&mut self, number: u32, cells: &[(u32, u32)]) {
        if cells.is_empty() {
            return;
        }
        let height = self.rows.len();
        for (column, packed) in cells {
            match self.columns.get_mut(*column as usize) {
                Some(cells) if cells.len() == height => {
                    cells.push(*packed);
                    self.held += 1;
                }
                _ => self.push_below_gap(*column as usize, *packed),
            }
        }
        self.rows.push(number);
    }

    /// Adds a cell to the row that is being added, to a column that does not reach down to it, or has it already.
    fn push_below_gap(&mut self, column: usize, packed: u32) {
        if column >= self.columns.len() {
            self.columns.resize_with(column + 1, Vec::new);
        }
        let cells = &mut self.columns[column];
        let before = cells.len();
        cells.resize(self.rows.len(), packed::EMPTY);
        cells.push(packed);
        self.held = self.held + cells.len() - before;
    }

    /// An empty piece of this sheet, for [`Sheet::append`].
    pub(crate) fn piece(&self) -> Self {
        Self { texts: self.texts.of_piece(), ..Self::default() }
    }

    /// Adds the rows of a piece of this sheet that has no cells but texts, numbered from `above` on. False where it
    /// would hold more than `allowance`, as [`Sheet::held`] counts.
    pub(crate) fn append(&mut self, piece: &Self, above: u32, allowance: usize) -> bool {
        let mut uses = vec![0_u8; piece.texts.own_len()];
        for text in piece.columns.iter().flatten().filter_map(|cell| packed::text_of(*cell)) {
            uses[text] = uses[text].saturating_add(1);
        }
        let ids = self.texts.take(&piece.texts, &uses);
        let height = self.rows.len();
        self.columns.resize_with(self.columns.len().max(piece.columns.len()), Vec::new);
        let filled = || piece.columns.iter().enumerate().filter(|(_, cells)| !cells.is_empty());
        let growth: usize = filled().map(|(column, cells)| height + cells.len() - self.columns[column].len()).sum();
        if self.held() + growth > allowance {
            return false;
        }
        for (column, cells) in filled() {
            self.columns[column].resize(height, packed::EMPTY);
            self.columns[column].extend(cells.iter().map(|cell| packed::with_text(*cell, &ids)));
        }
        self.held += growth;
        self.rows.extend(piece.rows.iter().map(|row| row + above));
        true
    }

    /// Gives back memory held in reserve; call once after the last row.
    pub fn close(&mut self) {
        self.texts.shrink();
        self.numbers.shrink();
        self.rows.shrink_to_fit();
        for column in &mut self.columns {
            column.shrink_to_fit();
        }
    }

    /// How many cells the sheet holds in memory: the filled ones, the gaps above them, and its texts, of which 16
    /// bytes count as one.
    #[must_use]
    pub fn held(&self) -> usize {
        self.held + self.texts.bytes() / size_of::<Cell>()
    }

    /// By how many cells [`Sheet::held`] would grow with one more row of these cells.
    #[must_use]
    pub(crate) fn growth(&self, cells: &[(u32, u32)]) -> usize {
        let height = self.rows.len() + 1;
        cells.iter().map(|(column, _)| height - self.columns.get(*column as usize).map_or(0, Vec::len)).sum()
    }

    /// The cell at a row index and column index (0-based, into `rows` and `columns`).
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Cell {
        self.numbers.unpack(self.token(row, column))
    }

    /// Whether two rows say the same in a column.
    #[must_use]
    pub fn says_the_same(&self, row: usize, other: usize, column: usize) -> bool {
        match (self.cell(row, column), self.cell(other, column)) {
            (Cell::Text(one), Cell::Text(two)) | (Cell::Error(one), Cell::Error(two)) => {
                self.text(one) == self.text(two)
            }
            (one, two) => one == two,
        }
    }

    /// A number that two cells of a sheet have in common only if they hold the same.
    #[must_use]
    pub fn token(&self, row: usize, column: usize) -> u32 {
        self.columns.get(column).and_then(|cells| cells.get(row)).copied().unwrap_or(packed::EMPTY)
    }

    /// How many columns there are up to the last one that has a filled cell.
    #[must_use]
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// A cell as a person sees it; dates as ISO text.
    #[must_use]
    pub fn shown(&self, cell: Cell) -> String {
        match cell {
            Cell::Empty => String::new(),
            Cell::Text(id) | Cell::Error(id) => self.text(id).to_owned(),
            Cell::Number(number) => crate::terms::figure::data_number(number),
            Cell::Date(date) => date.to_string(),
            Cell::Bool(value) => if value { "TRUE" } else { "FALSE" }.to_owned(),
            Cell::NoValue => "(formula without a stored value)".to_owned(),
        }
    }

    /// The address of a cell: `B12`.
    #[must_use]
    pub fn address(&self, row: usize, column: usize) -> String {
        format!("{}{}", column_letters(column), self.rows.get(row).copied().unwrap_or(0))
    }
}

/// A text without white space at both ends, of which nearly all have none.
fn trimmed(text: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last()) { text } else { text.trim() }
}

/// The letters of a column, 0 = A.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.extend(('A'..='Z').nth((rest - 1) % 26));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_say_the_same_whichever_of_a_list_they_are() {
        let mut listed = Listed::default();
        assert!(["Member", "Member", "Sex"].iter().all(|text| listed.texts.push(text)));
        let mut sheet = Sheet::named("Log");
        sheet.list(Arc::new(listed));
        for (number, id) in (1..).zip(0..3) {
            sheet.push_row(number, &[(0, packed::text(id))]);
        }
        assert_ne!(sheet.token(0, 0), sheet.token(1, 0));
        assert!(sheet.says_the_same(0, 1, 0) && !sheet.says_the_same(0, 2, 0));
        assert!(sheet.says_the_same(0, 1, 5));
    }
}
