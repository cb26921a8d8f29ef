//! The cells of a sheet's XML, row by row, from pieces of any size.

use std::sync::Arc;

use calamine::{ExcelDateTime, ExcelDateTimeType};
use memchr::memmem;

use super::cell_content::{Content, address, area, content, number};
use super::plain_cells::{self, RowNumber, plain_cell};
use super::rows::Rows;
use super::sheet::Cell;
use super::string_items::head;
use super::text_list::Listed;
use super::value::{Value, day_of, iso_day};
use super::xml_bytes::{Stop, after, after_space, digits, meant, once, opens, stands, tag, unescaped};

/// What a number is, by the format of its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Number,
    Moment,
    Span,
}

/// What the cells of a workbook refer to.
#[derive(Debug)]
pub(crate) struct Common {
    pub(crate) texts: Arc<Listed>,
    pub(crate) formats: Vec<Format>,
    pub(crate) is_1904: bool,
}

/// The end of the text of an error value that is taken as one.
const LONGEST_ERROR: usize = 64;

/// A sheet while its XML comes in.
pub(crate) struct CellElements<'a> {
    common: &'a Common,
    stage: Stage,
    /// The row that comes next or is open, and the column that comes next, from 0.
    row: u32,
    column: u32,
    /// How the references of the open row's cells end.
    number: RowNumber,
    /// The end of the last row's tag, after its number: the rows of a sheet have the same one over and over.
    tail: Vec<u8>,
    day: (u64, Format, Cell),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Head,
    BetweenRows,
    InRow,
    Done,
}

impl<'a> CellElements<'a> {
    pub(crate) fn new(common: &'a Common) -> Self {
        let day = (0, Format::Moment, Cell::Number(0.0));
        Self { common, stage: Stage::Head, row: 0, column: 0, number: RowNumber::default(), tail: Vec::new(), day }
    }

    /// Whether the end of the rows has been read.
    pub(crate) fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }

    /// Takes the cells that end in a piece; gives how much of the piece is done with.
    pub(crate) fn scan(&mut self, bytes: &[u8], rows: &mut Rows<'_>) -> Result<usize, Stop> {
        let mut at = 0;
        loop {
            let next = match self.stage {
                Stage::Head => self.begin(bytes),
                Stage::BetweenRows => self.between_rows(bytes, at),
                Stage::InRow => self.in_row(bytes, at, rows),
                Stage::Done => return Ok(bytes.len()),
            };
            match next {
                Ok(next) => at = next,
                Err(Stop::Short) => return Ok(at),
                Err(other) => return Err(other),
            }
        }
    }

    fn begin(&mut self, bytes: &[u8]) -> Result<usize, Stop> {
        let begin = head(bytes, b"<sheetData")?;
        let (at, is_closed) = tag(bytes, begin + 10, |_, _| Ok(()))?;
        let head = &bytes[..begin];
        let named = memmem::find_iter(head, b"dimension").count();
        if memmem::find(head, b"<worksheet").is_none() || memmem::find(head, b"sheetData").is_some() || named > 1 {
            return Err(Stop::Odd);
        }
        if named == 1 {
            let name = memmem::find(head, b"<dimension").ok_or(Stop::Odd)?;
            let mut reference = None;
            tag(head, name + 10, |name, value| if name == b"ref" { once(&mut reference, value) } else { Ok(()) })?;
            area(reference.ok_or(Stop::Odd)?)?;
        }
        self.stage = if is_closed { Stage::Done } else { Stage::BetweenRows };
        Ok(at)
    }

    fn between_rows(&mut self, bytes: &[u8], at: usize) -> Result<usize, Stop> {
        if let Some(next) = self.like_the_last(&bytes[at..]) {
            return Ok(bytes.len() - next);
        }
        let at = after_space(bytes, at)?;
        if stands(bytes, at, b"</sheetData>")? {
            self.stage = Stage::Done;
            return Ok(at + 12);
        }
        if !opens(bytes, at, b"<row")? {
            return Err(Stop::Odd);
        }
        let begin = at + 4;
        let mut number = None;
        let (at, is_closed) =
            tag(bytes, begin, |name, value| if name == b"r" { once(&mut number, value) } else { Ok(()) })?;
        if let Some(number) = number {
            self.row = digits(number)?.checked_sub(1).ok_or(Stop::Odd)?;
        }
        self.column = 0;
        self.number = RowNumber::of(self.row + 1);
        self.stage = if is_closed { Stage::BetweenRows } else { Stage::InRow };
        self.row += u32::from(is_closed);
        self.tail.clear();
        if let Some(number) = number.filter(|_| !is_closed && bytes[begin..].starts_with(b" r=\"")) {
            self.tail.extend_from_slice(&bytes[begin + 4 + number.len() + 1..at]);
        }
        Ok(at)
    }

    /// Opens a row whose tag is like that of the row before but for the number; gives how many bytes follow.
    fn like_the_last(&mut self, bytes: &[u8]) -> Option<usize> {
        let (number, row, rest) = RowNumber::read(bytes.strip_prefix(b"<row r=\"")?)?;
        let rest = rest.strip_prefix(&self.tail[..])?;
        if self.tail.is_empty() {
            return None;
        }
        self.row = number - 1;
        self.column = 0;
        self.number = row;
        self.stage = Stage::InRow;
        Some(rest.len())
    }

    /// Takes cells as far as they are written in the plainest way; gives the place of the first that is not.
    fn plain_cells(&mut self, bytes: &[u8], at: usize, rows: &mut Rows<'_>) -> Result<usize, Stop> {
        let mut rest = &bytes[at..];
        while let Some((cell, next)) = plain_cell(rest, self.number) {
            match cell.content {
                plain_cells::Content::Nothing => {}
                plain_cells::Content::Listed(id) => rows.add_listed(self.row, cell.column, id)?,
                plain_cells::Content::Number(number) => {
                    let format = cell.style.and_then(|style| self.common.formats.get(style as usize));
                    let cell_of = self.number_of(number.into(), format.copied().unwrap_or(Format::Number));
                    put(rows, self.row, cell.column, Value::Plain(cell_of))?;
                }
            }
            self.column = cell.column + 1;
            rest = next;
        }
        Ok(bytes.len() - rest.len())
    }

    fn in_row(&mut self, bytes: &[u8], at: usize, rows: &mut Rows<'_>) -> Result<usize, Stop> {
        let next = self.plain_cells(bytes, at, rows)?;
        if next > at {
            return Ok(next);
        }
        let at = after_space(bytes, at)?;
        if opens(bytes, at, b"<c")? {
            return self.cell(bytes, at + 2, rows);
        }
        let at = after(bytes, at, b"</row>")?;
        self.row += 1;
        self.stage = Stage::BetweenRows;
        Ok(at)
    }

    fn cell(&mut self, bytes: &[u8], at: usize, rows: &mut Rows<'_>) -> Result<usize, Stop> {
        let (mut reference, mut style, mut kind) = (None, None, None);
        let (at, is_closed) = tag(bytes, at, |name, value| match name {
            b"r" => once(&mut reference, value),
            b"s" => once(&mut style, value),
            b"t" => once(&mut kind, value),
            _ => Ok(()),
        })?;
        let column = reference.map_or(Ok(self.column), |reference| self.column_of(reference))?;
        let (content, at) = if is_closed { (Content::default(), at) } else { content(bytes, at)? };
        let format = style.map_or(Ok(Format::Number), |style| self.format(style))?;
        self.add(column, kind, format, &content, rows)?;
        self.column = column + 1;
        Ok(at)
    }

    /// The column of a reference such as `B12`, which must be in the row that is open.
    fn column_of(&self, reference: &[u8]) -> Result<u32, Stop> {
        let (row, column) = address(reference)?;
        if row == self.row { Ok(column) } else { Err(Stop::Odd) }
    }

    fn format(&self, style: &[u8]) -> Result<Format, Stop> {
        Ok(self.common.formats.get(digits(style)? as usize).copied().unwrap_or(Format::Number))
    }

    fn add(
        &mut self,
        column: u32,
        kind: Option<&[u8]>,
        format: Format,
        content: &Content<'_>,
        rows: &mut Rows<'_>,
    ) -> Result<(), Stop> {
        let row = self.row;
        if let Some(inline) = &content.inline {
            let is_alone = kind == Some(b"inlineStr") && content.value.is_none();
            return if is_alone { put(rows, row, column, Value::Text(inline)) } else { Err(Stop::Odd) };
        }
        let nothing = if content.formula { Value::Plain(Cell::NoValue) } else { Value::EMPTY };
        let Some(raw) = content.value else { return put(rows, row, column, nothing) };
        match kind {
            Some(b"str") => put(rows, row, column, Value::Text(&unescaped(meant(raw)?))),
            Some(b"d") => {
                let text = meant(raw)?;
                let day = iso_day(&text).map(|day| Value::Plain(Cell::Date(day)));
                put(rows, row, column, day.unwrap_or(Value::Text(&text)))
            }
            None | Some(b"n" | b"s" | b"b" | b"e") if raw.is_empty() => put(rows, row, column, nothing),
            None | Some(b"n") => {
                let cell = self.number_of(number(raw)?, format);
                put(rows, row, column, Value::Plain(cell))
            }
            Some(b"s") => rows.add_listed(row, column, digits(raw)?),
            Some(b"b") => match raw {
                b"0" => put(rows, row, column, Value::Plain(Cell::Bool(false))),
                b"1" => put(rows, row, column, Value::Plain(Cell::Bool(true))),
                _ => Err(Stop::Odd),
            },
            Some(b"e") => {
                let text = str::from_utf8(raw).map_err(|_| Stop::Odd)?.trim();
                let is_plain = !text.is_empty() && text.len() <= LONGEST_ERROR && !text.contains(['&', '\r']);
                if is_plain { put(rows, row, column, Value::Error(text)) } else { Err(Stop::Odd) }
            }
            Some(_) => Err(Stop::Odd),
        }
    }

    fn number_of(&mut self, number: f64, format: Format) -> Cell {
        let kind = match format {
            Format::Number => return Cell::Number(number),
            Format::Moment => ExcelDateTimeType::DateTime,
            Format::Span => ExcelDateTimeType::TimeDelta,
        };
        // Lists repeat a day from row to row.
        if (self.day.0, self.day.1) != (number.to_bits(), format) {
            let cell = day_of(ExcelDateTime::new(number, kind, self.common.is_1904));
            self.day = (number.to_bits(), format, cell);
        }
        self.day.2
    }
}

fn put(rows: &mut Rows<'_>, row: u32, column: u32, value: Value<'_>) -> Result<(), Stop> {
    rows.add(row, column, value).map_err(|trouble| Stop::Trouble(Box::new(trouble)))
}
