//! Error values that calamine does not know (`#SPILL!`, `#CALC!`, `#GETTING_DATA`, and those that Excel has yet to
//! think of). A single one makes it refuse the whole sheet; such a sheet is given to it again with `#N/A` in their
//! place, and what they were is kept beside it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{BufRead, BufReader, Cursor, Write};

use quick_xml::events::{BytesText, Event};
use quick_xml::{Reader, Writer};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::archive::{self, Archive};
use super::opendocument::attribute;

/// The texts of a sheet's unknown error values by the number of their cells, counted from 0 as they stand in the part.
pub(crate) type ErrorTexts = BTreeMap<u64, String>;

const KNOWN: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
/// Bytes of the text of an error value.
const LONGEST: usize = 64;
/// Unknown error values of one sheet.
const MOST: usize = 1_000_000;

/// A copy of a workbook in which the sheets in these parts have no unknown error values, and the texts of those that
/// they had, by part. None where a part cannot be copied; then the sheets stay refused.
pub(crate) fn replaced(
    archive: &mut Archive<'_>,
    parts: &HashSet<&str>,
) -> Option<(Vec<u8>, HashMap<String, ErrorTexts>)> {
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_level(Some(1));
    let mut texts = HashMap::new();
    for index in 0..archive.len() {
        let name = archive::name_of(archive, index);
        let part = archive::plain_name(&name);
        if parts.contains(part.as_str()) {
            copy.start_file(name, options).ok()?;
            texts.insert(part, copied(BufReader::new(archive.by_index(index).ok()?), &mut copy)?);
        } else {
            copy.raw_copy_file(archive.by_index_raw(index).ok()?).ok()?;
        }
    }
    Some((copy.finish().ok()?.into_inner(), texts))
}

/// Copies a sheet up to the end of its rows, which is as far as it is read.
fn copied(source: impl BufRead, target: impl Write) -> Option<ErrorTexts> {
    let mut reader = Reader::from_reader(source);
    reader.config_mut().check_end_names = false;
    reader.config_mut().expand_empty_elements = true;
    let mut writer = Writer::new(target);
    let mut texts = ErrorTexts::new();
    let (mut in_rows, mut in_error, mut in_value) = (false, false, false);
    let mut cells = 0_u64;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let mut event = reader.read_event_into(&mut buffer).ok()?;
        let mut is_last = false;
        match &event {
            Event::Start(tag) => {
                let name = tag.local_name();
                in_value = in_error && name.as_ref() == "v";
                in_rows |= name.as_ref() == "sheetData";
                if in_rows && name.as_ref() == "c" {
                    cells += 1;
                    in_error = attribute(tag, "t").as_deref() == Some("e");
                }
            }
            Event::Text(text) if in_value => {
                in_value = false;
                let shown = text.trim();
                if !KNOWN.contains(&&**text) && !shown.is_empty() && shown.len() <= LONGEST && texts.len() < MOST {
                    texts.insert(cells - 1, shown.to_owned());
                    event = Event::Text(BytesText::new("#N/A"));
                }
            }
            Event::End(tag) => is_last = tag.local_name().as_ref() == "sheetData",
            Event::Eof => is_last = true,
            _ => in_value = false,
        }
        writer.write_event(event).ok()?;
        if is_last {
            return Some(texts);
        }
    }
}
