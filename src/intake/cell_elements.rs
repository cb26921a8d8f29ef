//! The cells of a sheet's XML, row by row, from pieces of any size.

use calamine::{ExcelDateTime, ExcelDateTimeType};
use memchr::memmem;

use super::rows::Rows;
use super::sheet::Cell;
use super::string_items::{SharedTexts, head, item};
use super::value::{Value, day_of, iso_day};
use super::xml_bytes::{Stop, after, after_space, digits, meant, once, opens, stands, tag, text, unescaped};

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
    pub(crate) texts: SharedTexts,
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
        Self { common, stage: Stage::Head, row: 0, column: 0, day: (0, Format::Moment, Cell::Number(0.0)) }
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
        let at = after_space(bytes, at)?;
        if stands(bytes, at, b"</sheetData>")? {
            self.stage = Stage::Done;
            return Ok(at + 12);
        }
        if !opens(bytes, at, b"<row")? {
            return Err(Stop::Odd);
        }
        let mut number = None;
        let (at, is_closed) =
            tag(bytes, at + 4, |name, value| if name == b"r" { once(&mut number, value) } else { Ok(()) })?;
        if let Some(number) = number {
            self.row = digits(number)?.checked_sub(1).ok_or(Stop::Odd)?;
        }
        self.column = 0;
        self.stage = if is_closed { Stage::BetweenRows } else { Stage::InRow };
        self.row += u32::from(is_closed);
        Ok(at)
    }

    fn in_row(&mut self, bytes: &[u8], at: usize, rows: &mut Rows<'_>) -> Result<usize, Stop> {
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
                let cell = self.number(raw, format)?;
                put(rows, row, column, Value::Plain(cell))
            }
            Some(b"s") => rows.add_shared(row, column, digits(raw)? as usize, &self.common.texts),
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

    fn number(&mut self, raw: &[u8], format: Format) -> Result<Cell, Stop> {
        let number = number(raw)?;
        let kind = match format {
            Format::Number => return Ok(Cell::Number(number)),
            Format::Moment => ExcelDateTimeType::DateTime,
            Format::Span => ExcelDateTimeType::TimeDelta,
        };
        // Lists repeat a day from row to row.
        if (self.day.0, self.day.1) != (number.to_bits(), format) {
            let cell = day_of(ExcelDateTime::new(number, kind, self.common.is_1904));
            self.day = (number.to_bits(), format, cell);
        }
        Ok(self.day.2)
    }
}

fn put(rows: &mut Rows<'_>, row: u32, column: u32, value: Value<'_>) -> Result<(), Stop> {
    rows.add(row, column, value).map_err(|trouble| Stop::Trouble(Box::new(trouble)))
}

/// What stands between `<c>` and `</c>`.
#[derive(Default)]
struct Content<'a> {
    value: Option<&'a [u8]>,
    inline: Option<std::borrow::Cow<'a, str>>,
    formula: bool,
}

fn content(bytes: &[u8], mut at: usize) -> Result<(Content<'_>, usize), Stop> {
    if let Some((value, end)) = lone_value(bytes, at) {
        return Ok((Content { value: Some(value), ..Content::default() }, end));
    }
    let mut content = Content::default();
    loop {
        at = after_space(bytes, at)?;
        if opens(bytes, at, b"<v")? {
            let (inner, end) = element(bytes, at + 2, b"</v>", |_, _| Ok(()))?;
            once(&mut content.value, inner)?;
            at = end;
        } else if stands(bytes, at, b"</c>")? {
            return Ok((content, at + 4));
        } else if opens(bytes, at, b"<f")? && !content.formula {
            at = formula(bytes, at + 2)?;
            content.formula = true;
        } else if opens(bytes, at, b"<is")? && content.inline.is_none() {
            let (text, end) = item(bytes, at + 3, b"</is>")?;
            content.inline = Some(text);
            at = end;
        } else {
            return Err(Stop::Odd);
        }
    }
}

/// A short value without anything beside it, as nearly all cells have it, and the place after the cell.
fn lone_value(bytes: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let inside = bytes.get(at..)?.strip_prefix(b"<v>")?;
    let length = inside.iter().take(20).position(|byte| *byte == b'<')?;
    inside[length..].starts_with(b"</v></c>").then(|| (&inside[..length], at + 3 + length + 8))
}

/// The text of an element, from the end of its name on, and the place after it.
fn element<'a>(
    bytes: &'a [u8],
    at: usize,
    end: &[u8],
    take: impl FnMut(&'a [u8], &'a [u8]) -> Result<(), Stop>,
) -> Result<(&'a [u8], usize), Stop> {
    let (at, is_closed) = tag(bytes, at, take)?;
    if is_closed {
        return Ok((&[], at));
    }
    let (inner, close) = text(bytes, at)?;
    Ok((inner, after(bytes, close, end)?))
}

/// The place after a formula, whose text is not read.
fn formula(bytes: &[u8], at: usize) -> Result<usize, Stop> {
    let (mut kind, mut index, mut range) = (None, None, None);
    let (inner, end) = element(bytes, at, b"</f>", |name, value| match name {
        b"t" => once(&mut kind, value),
        b"si" => once(&mut index, value),
        b"ref" => once(&mut range, value),
        _ => Ok(()),
    })?;
    meant(inner)?;
    if kind == Some(b"shared") {
        digits(index.ok_or(Stop::Odd)?)?;
        range.map_or(Ok(()), area)?;
    }
    Ok(end)
}

/// The row and column, from 0, of a reference such as `B12`.
fn address(reference: &[u8]) -> Result<(u32, u32), Stop> {
    let letters = reference.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let (letters, row) = reference.split_at(letters);
    if letters.is_empty() || letters.len() > 3 || row.first() == Some(&b'0') {
        return Err(Stop::Odd);
    }
    let column = letters.iter().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    Ok((digits(row)? - 1, column - 1))
}

/// A reference such as `A1` or `A1:H20` that a sheet may have.
fn area(reference: &[u8]) -> Result<(), Stop> {
    let mut corners = reference.split(|byte| *byte == b':');
    let first = address(corners.next().unwrap_or_default())?;
    let last = corners.next().map_or(Ok(first), address)?;
    let is_area = first.0 <= last.0 && first.1 <= last.1 && last.0 < 1_048_576 && last.1 < 16_384;
    if is_area && corners.next().is_none() { Ok(()) } else { Err(Stop::Odd) }
}

/// A number as Excel writes it.
fn number(raw: &[u8]) -> Result<f64, Stop> {
    if let Ok(whole) = digits(raw) {
        return Ok(f64::from(whole));
    }
    let is_plain = raw.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
    let text = str::from_utf8(raw).map_err(|_| Stop::Odd)?;
    let read = if is_plain && raw.first() != Some(&b'+') { text.parse().ok() } else { None };
    read.ok_or(Stop::Odd)
}
