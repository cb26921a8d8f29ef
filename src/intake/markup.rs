//! Looks at XML tag by tag, without keeping any of it.

use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::trouble::Trouble;

/// Bytes of one tag or one piece of text. Excel's longest cell has 32,767 characters.
pub(crate) const LONGEST: usize = 1 << 20;
/// Elements of a part that is held in memory whole.
const ELEMENTS: u64 = 20_000_000;
/// Cell formats times the longest tag: calamine keeps a copy of its font and number format with each cell format.
const STYLES: u64 = 256 << 20;
/// Cell formats; Excel allows 65,490.
const FORMATS: u64 = 200_000;

/// What was seen on a walk through XML.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    elements: u64,
    formats: u64,
    longest: u64,
    stated_texts: u64,
}

/// Walks through XML as calamine reads it. Refuses a single tag or text beyond [`LONGEST`]; other mistakes in the
/// XML end the walk, as they end calamine's.
pub(crate) fn walk(source: impl BufRead) -> Result<Seen, Trouble> {
    let mut reader = Reader::from_reader(Bounded { source, left: LONGEST });
    reader.config_mut().check_end_names = false;
    let mut seen = Seen::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        reader.get_mut().left = LONGEST;
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => seen.note(&tag),
            Ok(Event::Eof) => return Ok(seen),
            Ok(_) => {}
            Err(quick_xml::Error::Io(error)) => return Err(Trouble::damaged(error.to_string())),
            Err(_) => return Ok(seen),
        }
    }
}

impl Seen {
    /// Refuses markup of `size` bytes that is held in memory whole and would take far more than its size there.
    pub(crate) fn check(&self, size: u64) -> Result<(), Trouble> {
        let too_many_texts = self.stated_texts > (size / 5).max(1_000_000);
        let too_many_styles = self.formats > FORMATS || self.formats.saturating_mul(self.longest) > STYLES;
        if self.elements > ELEMENTS || too_many_texts || too_many_styles {
            return Err(Trouble::damaged("a list in the file is longer than any honest one"));
        }
        Ok(())
    }

    fn note(&mut self, tag: &BytesStart<'_>) {
        self.elements += 1;
        self.longest = self.longest.max(tag.len() as u64);
        match tag.local_name().as_ref() {
            "xf" => self.formats += 1,
            "sst" => {
                let stated = tag.try_get_attribute("uniqueCount").ok().flatten();
                self.stated_texts = stated.and_then(|stated| stated.value.parse().ok()).unwrap_or(0);
            }
            _ => {}
        }
    }
}

/// A source that ends in an error when one event takes too much of it.
struct Bounded<R> {
    source: R,
    left: usize,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other("a single tag or text has more than a million characters"));
        }
        self.source.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count);
        self.source.consume(count);
    }
}

/// Calls `see` for each tag of a local name, up to the first mistake in the XML.
pub(crate) fn each_tag(text: &str, name: &str, mut see: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == name => see(&tag),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The path of the part that a package's first relations file calls the document: `xl/workbook.xml`.
pub(crate) fn main_part(relations: &str) -> Option<String> {
    let mut reader = Reader::from_str(relations);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "Relationship" => {
                let value =
                    |name| tag.try_get_attribute(name).ok().flatten().map(|attribute| attribute.value.into_owned());
                if value("Type").is_some_and(|kind| kind.ends_with("/relationships/officeDocument")) {
                    return value("Target").map(|target| target.trim_start_matches('/').to_owned());
                }
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}
