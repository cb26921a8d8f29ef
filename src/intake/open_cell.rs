//! One cell of an `OpenDocument` spreadsheet.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::opendocument::{attribute, of_xml};
use super::sheet::Cell;
use super::trouble::Trouble;
use super::value::{Value, iso_day, iso_duration};

/// What the tag of a cell states, and the text between its tags.
#[derive(Debug, Default)]
pub(crate) struct OpenCell {
    kind: String,
    stated: String,
    has_formula: bool,
    is_error: bool,
    text: String,
}

impl OpenCell {
    pub(crate) fn of(tag: &BytesStart<'_>) -> Self {
        let kind = attribute(tag, "office:value-type").unwrap_or_default();
        let stated = match kind.as_str() {
            "date" => "office:date-value",
            "time" => "office:time-value",
            "boolean" => "office:boolean-value",
            "string" => "office:string-value",
            _ => "office:value",
        };
        Self {
            stated: attribute(tag, stated).unwrap_or_default(),
            has_formula: attribute(tag, "table:formula").is_some(),
            is_error: attribute(tag, "calcext:value-type").as_deref() == Some("error"),
            text: String::new(),
            kind,
        }
    }

    /// Reads on to the end of the cell and keeps its paragraphs, each on a line of its own, without the comments
    /// and drawings that hang on the cell.
    pub(crate) fn read_text<R: BufRead>(&mut self, reader: &mut Reader<R>, longest: usize) -> Result<(), Trouble> {
        let mut paragraphs = 0;
        let mut aside = 0_usize;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(of_xml)? {
                Event::Start(tag) if is_aside(tag.name().as_ref()) => aside += 1,
                Event::End(tag) if is_aside(tag.name().as_ref()) => aside = aside.saturating_sub(1),
                Event::End(tag) if matches!(tag.name().as_ref(), "table:table-cell" | "table:covered-table-cell") => {
                    return Ok(());
                }
                Event::Eof => return Err(Trouble::damaged("a cell is cut off")),
                // One byte more than allowed is enough to be refused later.
                _ if aside > 0 || self.text.len() > longest * 4 => {}
                Event::Start(tag) => self.begin(&tag, &mut paragraphs, longest),
                Event::Text(text) => self.text.push_str(&text.xml10_content()),
                Event::CData(text) => self.text.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => self.text.push_str(&resolved(&reference)),
                _ => {}
            }
        }
    }

    fn begin(&mut self, tag: &BytesStart<'_>, paragraphs: &mut usize, longest: usize) {
        match tag.name().as_ref() {
            "text:p" | "text:h" => {
                if *paragraphs > 0 {
                    self.text.push('\n');
                }
                *paragraphs += 1;
            }
            "text:s" => {
                let count = attribute(tag, "text:c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
                self.text.extend(std::iter::repeat_n(' ', count.min(longest + 1)));
            }
            "text:tab" => self.text.push('\t'),
            "text:line-break" => self.text.push('\n'),
            _ => {}
        }
    }

    pub(crate) fn is_filled(&self) -> bool {
        self.value() != Value::EMPTY
    }

    /// The value of the cell; a value that cannot be read as its stated type is the text that the cell shows.
    pub(crate) fn value(&self) -> Value<'_> {
        let read = match self.kind.as_str() {
            _ if self.is_error || (self.has_formula && is_error_text(&self.text)) => {
                Some(Value::Error(self.text.trim()))
            }
            "float" | "percentage" | "currency" => {
                self.stated.parse().ok().map(|number| Value::Plain(Cell::Number(number)))
            }
            "date" => iso_day(&self.stated).map(|day| Value::Plain(Cell::Date(day))),
            "time" => iso_duration(&self.stated).map(|part| Value::Plain(Cell::Number(part))),
            "boolean" => Some(Value::Plain(Cell::Bool(self.stated == "true"))),
            "string" if !self.stated.is_empty() => Some(Value::Text(&self.stated)),
            "" if self.has_formula && self.text.is_empty() => Some(Value::Plain(Cell::NoValue)),
            _ => None,
        };
        read.unwrap_or(if self.text.trim().is_empty() { Value::EMPTY } else { Value::Text(&self.text) })
    }
}

/// What a formula shows that has gone wrong.
fn is_error_text(text: &str) -> bool {
    matches!(text, "#DIV/0!" | "#N/A" | "#NAME?" | "#NULL!" | "#NUM!" | "#REF!" | "#VALUE!") || text.starts_with("Err:")
}

/// Comments, drawings and reading aids within a cell.
fn is_aside(name: &str) -> bool {
    matches!(name, "office:annotation" | "text:ruby-text") || name.starts_with("draw:")
}

/// The character that `&amp;` or `&#233;` stands for.
fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name: &str = reference;
    quick_xml::escape::resolve_predefined_entity(name).map_or_else(|| format!("&{name};"), str::to_owned)
}
