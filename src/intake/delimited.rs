//! Text files with delimiters (csv, tsv).

use csv::{ReaderBuilder, StringRecord};

use super::delimiter::Delimiter;
use super::limits::Limits;
use super::plain_records;
use super::rows::Rows;
use super::sheet::Sheet;
use super::trouble::Trouble;
use super::value::Value;

/// Reads a text as one sheet without a name. Every value is text.
pub(crate) fn read_text(text: &str, delimiter: Delimiter, limits: &Limits) -> Result<Sheet, Trouble> {
    let text = &text[delimiter.skip..];
    plain_records::read(text, delimiter.byte, limits).map_or_else(|| read_any(text, delimiter.byte, limits), Ok)
}

pub(crate) fn read_any(text: &str, delimiter: u8, limits: &Limits) -> Result<Sheet, Trouble> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_reader(text.as_bytes());
    let mut rows = Rows::new("", false, limits, limits.cells);
    let mut record = StringRecord::new();
    let mut row = 0_u32;
    let mut start = 0;
    while reader.read_record(&mut record).map_err(|error| Trouble::damaged(error.to_string()))? {
        row = row.saturating_add(blank_lines(text.as_bytes(), start));
        for (column, field) in (0..).zip(&record) {
            rows.add(row, column, Value::Text(field))?;
        }
        row = row.saturating_add(1);
        start = usize::try_from(reader.position().byte()).map_err(|error| Trouble::damaged(error.to_string()))?;
    }
    rows.finish()
}

/// Blank lines between the end of one record and the next. The reader passes over them; a spreadsheet shows each
/// as a row.
fn blank_lines(text: &[u8], start: usize) -> u32 {
    let mut lines = 0;
    let mut before = start.checked_sub(1).map(|index| text[index]);
    for byte in text[start..].iter().copied() {
        match byte {
            // The second half of a line end.
            b'\n' if before == Some(b'\r') => {}
            b'\r' | b'\n' => lines += 1,
            _ => break,
        }
        before = Some(byte);
    }
    lines
}
