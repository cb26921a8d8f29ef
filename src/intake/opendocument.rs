//! `OpenDocument` spreadsheets (ods).
//!
//! Read here and not by calamine, which lays every sheet out as a full rectangle, repeats included, before it
//! counts: a file of ten kilobytes can ask for ninety gigabytes. Layout: OASIS, `OpenDocument` 1.3, part 3.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{BufRead, BufReader};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::{self, Archive};
use super::hidden_rows::HiddenRows;
use super::limits::Limits;
use super::open_cell::OpenCell;
use super::rows::Rows;
use super::trouble::Trouble;
use super::workbook::ReadSheet;

/// Reads all sheets.
pub(crate) fn read_ods(archive: &mut Archive<'_>, limits: &Limits) -> Result<Vec<ReadSheet>, Trouble> {
    if archive::beginning(archive, "META-INF/manifest.xml").contains("encryption-data") {
        return Err(Trouble::password());
    }
    let index = archive::find(archive, "content.xml").ok_or_else(|| Trouble::damaged("content.xml is missing"))?;
    let part = archive.by_index(index).map_err(|error| Trouble::damaged(error.to_string()))?;
    let mut reader = Reader::from_reader(BufReader::new(part));
    reader.config_mut().expand_empty_elements = true;
    Content { reader, limits, allowance: limits.cells, hidden_styles: HashSet::new() }.sheets()
}

/// The part that holds the sheets.
struct Content<'l, R: BufRead> {
    reader: Reader<R>,
    limits: &'l Limits,
    allowance: usize,
    /// Table styles that hide a sheet.
    hidden_styles: HashSet<String>,
}

impl<R: BufRead> Content<'_, R> {
    fn sheets(mut self) -> Result<Vec<ReadSheet>, Trouble> {
        let mut sheets = Vec::new();
        let mut style = String::new();
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match self.reader.read_event_into(&mut buffer).map_err(of_xml)? {
                Event::Start(tag) => match tag.name().as_ref() {
                    "style:style" => style = attribute(&tag, "style:name").unwrap_or_default(),
                    "style:table-properties" if attribute(&tag, "table:display").as_deref() == Some("false") => {
                        self.hidden_styles.insert(style.clone());
                    }
                    // Copies of other files' cells, and what somebody once changed.
                    "table:dde-links" | "table:tracked-changes" => {
                        let name = tag.name().as_ref().to_owned();
                        self.skip(&name)?;
                    }
                    "table:table" => {
                        let tag = tag.into_owned();
                        sheets.extend(self.sheet(&tag)?);
                    }
                    _ => {}
                },
                Event::Eof => return Ok(sheets),
                _ => {}
            }
        }
    }

    /// One sheet; none where the table is a copy of another file's cells.
    fn sheet(&mut self, tag: &BytesStart<'_>) -> Result<Option<ReadSheet>, Trouble> {
        let name = attribute(tag, "table:name").unwrap_or_default();
        let hidden = attribute(tag, "table:style-name").is_some_and(|style| self.hidden_styles.contains(&style));
        let mut table = Table {
            rows: Rows::new(&name, hidden, self.limits, self.allowance),
            row: 0,
            hidden: HiddenRows::default(),
            trouble: None,
            is_copy: false,
        };
        self.fill(&mut table)?;
        if table.is_copy {
            return Ok(None);
        }
        let outcome = table.trouble.map_or_else(|| table.rows.finish(), Err);
        self.allowance -= outcome.as_ref().map_or(0, super::sheet::Sheet::held);
        Ok(Some(ReadSheet { name, outcome, hidden_rows: table.hidden }))
    }

    /// Reads rows up to the end of the table. A sheet beyond the limits is read on without being kept, so that the
    /// next sheet is found.
    fn fill(&mut self, table: &mut Table<'_>) -> Result<(), Trouble> {
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match self.reader.read_event_into(&mut buffer).map_err(of_xml)? {
                Event::Start(tag) if tag.name().as_ref() == "table:table-source" => table.is_copy = true,
                Event::Start(tag) if tag.name().as_ref() == "table:shapes" => self.skip("table:shapes")?,
                Event::Start(tag) if tag.name().as_ref() == "table:table-row" => {
                    let repeated = repeats(&tag, "table:number-rows-repeated");
                    table.note_visibility(attribute(&tag, "table:visibility").as_deref(), repeated);
                    let cells = self.cells()?;
                    table.take(&cells, repeated);
                }
                Event::End(tag) if tag.name().as_ref() == "table:table" => return Ok(()),
                Event::Eof => return Err(Trouble::damaged("a sheet is cut off")),
                _ => {}
            }
        }
    }

    /// The filled cells of a row, with the column that each begins in and how often it is repeated.
    fn cells(&mut self) -> Result<Vec<(u32, u32, OpenCell)>, Trouble> {
        let mut cells = Vec::new();
        let mut column = 0_u32;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match self.reader.read_event_into(&mut buffer).map_err(of_xml)? {
                Event::Start(tag) if matches!(tag.name().as_ref(), "table:table-cell" | "table:covered-table-cell") => {
                    let repeated = repeats(&tag, "table:number-columns-repeated");
                    let mut cell = OpenCell::of(&tag);
                    cell.read_text(&mut self.reader, self.limits.text_length)?;
                    if cell.is_filled() {
                        cells.push((column, repeated, cell));
                    }
                    column = column.saturating_add(repeated);
                }
                Event::End(tag) if tag.name().as_ref() == "table:table-row" => return Ok(cells),
                Event::Eof => return Err(Trouble::damaged("a row is cut off")),
                _ => {}
            }
        }
    }

    fn skip(&mut self, name: &str) -> Result<(), Trouble> {
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match self.reader.read_event_into(&mut buffer).map_err(of_xml)? {
                Event::End(tag) if tag.name().as_ref() == name => return Ok(()),
                Event::Eof => return Err(Trouble::damaged(format!("{name} is cut off"))),
                _ => {}
            }
        }
    }
}

/// A sheet being read.
struct Table<'l> {
    rows: Rows<'l>,
    /// The number, from 0, of the row to come.
    row: u32,
    hidden: HiddenRows,
    trouble: Option<Trouble>,
    is_copy: bool,
}

impl Table<'_> {
    fn note_visibility(&mut self, visibility: Option<&str>, repeated: u32) {
        if let Some(visibility @ ("collapse" | "filter")) = visibility {
            self.hidden.add(self.row.saturating_add(1), self.row.saturating_add(repeated));
            self.hidden.by_filter |= visibility == "filter";
        }
    }

    fn take(&mut self, cells: &[(u32, u32, OpenCell)], repeated: u32) {
        if self.trouble.is_none() && !cells.is_empty() {
            self.trouble = self.add(cells, repeated).err();
        }
        self.row = self.row.saturating_add(repeated);
    }

    fn add(&mut self, cells: &[(u32, u32, OpenCell)], repeated: u32) -> Result<(), Trouble> {
        for (column, times, cell) in cells {
            for step in 0..*times {
                self.rows.add(self.row, column.saturating_add(step), cell.value())?;
            }
        }
        self.rows.repeat(self.row, repeated - 1)
    }
}

/// How often a row or cell stands there: once where nothing is said.
fn repeats(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

/// An attribute as text.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    Some(quick_xml::escape::unescape(&attribute.value).unwrap_or(Cow::Borrowed(&attribute.value)).into_owned())
}

/// The trouble with a file whose XML cannot be read.
#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(crate) fn of_xml(error: quick_xml::Error) -> Trouble {
    Trouble::damaged(error.to_string())
}
