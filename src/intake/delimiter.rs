//! Which character parts the fields of a text file.

/// Records that are looked at.
const RECORDS: usize = 50;
/// Bytes that are looked at; a quotation mark that is never closed must not lead through the whole file.
const BYTES: usize = 256 * 1024;
const CANDIDATES: [u8; 3] = *b"\t;,";

/// The delimiter of a text, and how the text begins without the line that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Delimiter {
    /// The character; a comma where the text has only one column.
    pub(crate) byte: u8,
    /// Bytes of a first line `sep=;`, which Excel takes as an instruction and does not show.
    pub(crate) skip: usize,
    /// Whether at least two records, and nine in ten, have the same number of fields, more than one.
    pub(crate) is_table: bool,
}

/// Finds the delimiter of a text.
pub(crate) fn find(text: &str) -> Delimiter {
    if let Some((byte, skip)) = stated(text) {
        return Delimiter { byte, skip, is_table: true };
    }
    let start = &text.as_bytes()[..text.len().min(BYTES)];
    let regular = CANDIDATES.map(|byte| (Regularity::of(&counts(start, byte)), byte));
    // The later of equals wins in max_by_key; a comma is the likeliest to stand within a text.
    let best = regular.into_iter().rev().max_by_key(|(regularity, _)| (regularity.alike, regularity.count));
    match best {
        Some((regularity, byte)) if regularity.count > 0 => {
            Delimiter { byte, skip: 0, is_table: regularity.is_table() }
        }
        _ => Delimiter { byte: b',', skip: 0, is_table: false },
    }
}

/// `sep=;` on the first line, the whole of it.
fn stated(text: &str) -> Option<(u8, usize)> {
    let line = text.split_inclusive('\n').next()?;
    let words = line.trim_end().trim_matches('"');
    let (key, byte) = words.split_at_checked(4)?;
    // A tab is white space and so trimmed.
    let byte = if byte.is_empty() && line.contains('\t') { "\t" } else { byte };
    let is_instruction = key.eq_ignore_ascii_case("sep=") && byte.len() == 1;
    is_instruction.then(|| (byte.as_bytes()[0], line.len()))
}

/// How evenly a delimiter falls.
struct Regularity {
    records: usize,
    /// Records with the commonest count.
    alike: usize,
    /// That count.
    count: usize,
}

impl Regularity {
    fn of(counts: &[usize]) -> Self {
        let share = |count: usize| counts.iter().filter(|other| **other == count).count();
        let commonest = counts.iter().copied().filter(|count| *count > 0).max_by_key(|count| (share(*count), *count));
        Self { records: counts.len(), alike: commonest.map_or(0, share), count: commonest.unwrap_or(0) }
    }

    fn is_table(&self) -> bool {
        self.alike >= 2 && self.alike * 10 >= self.records * 9
    }
}

/// How often a delimiter stands in each of the first records, outside quotation marks. Blank lines are no records.
fn counts(text: &[u8], delimiter: u8) -> Vec<usize> {
    let mut counts = Vec::new();
    let mut record = Record::default();
    for byte in text.iter().copied() {
        if !record.is_inside_quotes && matches!(byte, b'\n' | b'\r') {
            counts.extend(record.count());
            record = Record::default();
        } else {
            record.take(byte, delimiter);
        }
        if counts.len() == RECORDS {
            return counts;
        }
    }
    counts.extend(record.count());
    counts
}

/// A record being counted.
#[derive(Default)]
struct Record {
    delimiters: usize,
    bytes: usize,
    field_bytes: usize,
    is_quoted: bool,
    is_inside_quotes: bool,
}

impl Record {
    fn take(&mut self, byte: u8, delimiter: u8) {
        self.bytes += 1;
        self.field_bytes += 1;
        if byte == b'"' && (self.field_bytes == 1 || self.is_quoted) {
            // Two of them in a quoted field stand for one: the field is left and entered again.
            self.is_quoted = true;
            self.is_inside_quotes = !self.is_inside_quotes;
        } else if byte == delimiter && !self.is_inside_quotes {
            self.delimiters += 1;
            self.field_bytes = 0;
            self.is_quoted = false;
        }
    }

    fn count(&self) -> Option<usize> {
        (self.bytes > 0).then_some(self.delimiters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_falls_evenly() {
        assert_eq!(find("a;b\n\"x;y\n,\";1,5\n\n2;3,5\n").byte, b';');
        assert_eq!(find("Title, of sorts\na\tb\tc\n1\t2, 3\t4\n").byte, b'\t');
        assert_eq!(find("one\ntwo\n"), Delimiter { byte: b',', skip: 0, is_table: false });
        assert_eq!(find("SEP=|\r\na|b\n"), Delimiter { byte: b'|', skip: 7, is_table: true });
    }
}
