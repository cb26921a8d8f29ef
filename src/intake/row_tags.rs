//! Finds the hidden rows in a sheet's XML while it is unpacked for the check, piece by piece, without reading the
//! XML proper: that would take as long as reading the cells does.

use memchr::memchr;
use memchr::memmem::{Finder, FinderRev};

use super::hidden_rows::HiddenRows;

/// Longest tag of a row; a longer one is passed over.
pub(crate) const TAG: usize = 4096;
/// How far before its local name a tag may begin (`<x:row`), and more than the length of any word looked for.
const MARGIN: usize = 40;

/// What was seen of a part so far.
pub(crate) struct RowTags {
    row: Finder<'static>,
    last_row: FinderRev<'static>,
    mark: Finder<'static>,
    filter: Finder<'static>,
    number: u32,
    hidden: HiddenRows,
}

impl RowTags {
    pub(crate) fn new() -> Self {
        Self {
            row: Finder::new("row"),
            last_row: FinderRev::new("row"),
            mark: Finder::new("hidden"),
            filter: Finder::new("filterColumn"),
            number: 0,
            hidden: HiddenRows::default(),
        }
    }

    /// Looks through a piece of the part. Gives the number of bytes, [`TAG`] at most, at the end of the piece that
    /// the next one must begin with.
    pub(crate) fn scan(&mut self, piece: &[u8]) -> usize {
        let mut done = if self.mark.find(piece).is_none() { self.last_numbered(piece) } else { 0 };
        let mut from = done;
        let mut keep = MARGIN;
        while let Some(found) = self.row.find(&piece[from..]) {
            let name = from + found;
            from = name + 3;
            let Some(begin) = tag_begin(&piece[done..name]).map(|begin| done + begin) else { continue };
            let Some(length) = memchr(b'>', &piece[from..]) else {
                keep = if piece.len() - begin <= TAG { piece.len() - begin } else { MARGIN };
                break;
            };
            let rest = &piece[from..from + length];
            if rest.first().is_none_or(|next| next.is_ascii_whitespace() || *next == b'/') {
                self.note(rest);
            }
            from += length;
            done = from;
        }
        // What a filter lets through stands after the rows.
        if self.hidden.runs() > 0 && !self.hidden.by_filter {
            self.hidden.by_filter =
                self.filter.find_iter(piece).any(|name| tag_begin(&piece[done.min(name)..name]).is_some());
        }
        keep.min(piece.len() - done)
    }

    /// Where the last row begins whose number is its first attribute: what stands before it counts for nothing
    /// where nothing is hidden. The beginning where there is none.
    fn last_numbered(&self, piece: &[u8]) -> usize {
        let mut names = self.last_row.rfind_iter(piece);
        names
            .find_map(|name| tag_begin(&piece[..name]).filter(|_| piece[name + 3..].starts_with(b" r=\"")))
            .unwrap_or(0)
    }

    /// The hidden rows of the part.
    pub(crate) fn finish(self) -> HiddenRows {
        self.hidden
    }

    /// Takes a row's attributes. A row without a number is the next one.
    fn note(&mut self, attributes: &[u8]) {
        let mut number = self.number.saturating_add(1);
        let mut is_hidden = false;
        for (name, value) in Attributes(attributes) {
            match name {
                b"r" => number = str::from_utf8(value).ok().and_then(|text| text.parse().ok()).unwrap_or(number),
                b"hidden" => is_hidden = matches!(value, b"1" | b"true"),
                _ => {}
            }
        }
        self.number = number;
        if is_hidden {
            self.hidden.add(number, number);
        }
    }
}

/// Where the tag begins whose local name follows these bytes; none where they end in neither `<` nor `<prefix:`.
fn tag_begin(before: &[u8]) -> Option<usize> {
    match before.last()? {
        b'<' => Some(before.len() - 1),
        b':' => {
            let near = before.len().saturating_sub(MARGIN - 16);
            let begin = near + before[near..].iter().rposition(|byte| *byte == b'<')?;
            let prefix = &before[begin + 1..before.len() - 1];
            let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
            (!prefix.is_empty() && prefix.iter().all(is_name)).then_some(begin)
        }
        _ => None,
    }
}

/// The attributes of a tag, names and values as they stand.
struct Attributes<'a>(&'a [u8]);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let equals = memchr(b'=', self.0)?;
        let name = self.0[..equals].trim_ascii();
        let (quote, rest) = self.0[equals + 1..].trim_ascii_start().split_first()?;
        let end = matches!(quote, b'"' | b'\'').then(|| memchr(*quote, rest))??;
        self.0 = &rest[end + 1..];
        Some((name, &rest[..end]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scans a text in pieces of a size, each led by what was to be kept.
    fn scanned(text: &str, size: usize) -> HiddenRows {
        let mut tags = RowTags::new();
        let mut kept = Vec::new();
        for piece in text.as_bytes().chunks(size) {
            kept.extend_from_slice(piece);
            let keep = tags.scan(&kept);
            kept.drain(..kept.len() - keep);
        }
        tags.finish()
    }

    #[test]
    fn rows_are_found_wherever_the_pieces_part() {
        let text = r#"<worksheet><cols><col min="1" hidden="1"/></cols><sheetData><row r="2" hidden="1"/><row><c/></row>
            <row spans="1:2" hidden = 'true' ><c t="str"><v>row row hidden="1" filterColumn</v></c></row><x:row r="9" hidden="1" ></x:row>
            <rows r="10" hidden="1"/><row r="11" hidden="0"/><row hidden="1"/></sheetData><autoFilter ref="A1:B9">"#;
        let mut expected = HiddenRows::default();
        for row in [2, 4, 9, 12] {
            expected.add(row, row);
        }
        for size in 1..text.len() {
            assert_eq!(scanned(text, size), expected, "pieces of {size}");
        }
        expected.by_filter = true;
        let filtered = format!("{text}<filterColumn colId=\"0\"/></autoFilter></worksheet>");
        for size in 1..filtered.len() {
            assert_eq!(scanned(&filtered, size), expected, "pieces of {size}");
        }
    }

    #[test]
    fn a_tag_without_end_keeps_no_more_than_its_share() {
        let text = format!("<row r=\"1\" {}", "x".repeat(10_000));
        assert_eq!(RowTags::new().scan(text.as_bytes()), MARGIN);
        assert_eq!(RowTags::new().scan(b"<row r=\"1"), 9);
        assert_eq!(RowTags::new().scan(b""), 0);
    }
}
