//! Text in which every quotation mark stands where it must: round a whole field, or doubled within one. Such text can
//! be cut at the ends of records, and its pieces be read side by side. Any other text is left to `delimited`, and so is
//! one that is beyond the limits, which says where.

use std::borrow::Cow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use memchr::{memchr, memchr_iter, memchr3, memrchr2};

use super::isolation::isolated;
use super::limits::Limits;
use super::rows::Rows;
use super::sheet::Sheet;
use super::value::Value;
use crate::cores;

/// Bytes of a piece, and how many finished ones each thread may be ahead.
const PIECE: usize = 256 << 10;
const WAITING: usize = 2;
/// Fewer pieces than these are read as one: threads would cost more than they save.
const FEW: usize = 4;

/// The sheet of a text; none where it should be read in another way.
pub(crate) fn read(text: &str, delimiter: u8, limits: &Limits) -> Option<Sheet> {
    read_in(text, delimiter, limits, PIECE)
}

/// Reads a text in pieces of about a size.
fn read_in<'l>(text: &str, delimiter: u8, limits: &'l Limits, size: usize) -> Option<Sheet> {
    if matches!(delimiter, b'"' | b'\n' | b'\r') || text.starts_with('\u{feff}') {
        return None;
    }
    let pieces = pieces(text, size);
    let mut whole = Rows::new("", false, limits, limits.cells);
    if pieces.len() < FEW {
        add_records(text, delimiter, &mut whole)?;
        return whole.finish().ok();
    }
    let threads = cores::count().min(pieces.len());
    thread::scope(|scope| {
        let empty: Vec<Rows<'_>> = (0..threads).map(|_| whole.piece()).collect();
        // Each thread reads every so-manieth piece, so that they can be taken in turn.
        let begin = |(at, empty): (usize, Rows<'l>)| {
            let (done, read) = sync_channel(WAITING);
            let own = pieces.iter().copied().skip(at).step_by(threads);
            scope.spawn(move || {
                isolated(|| {
                    each(own, delimiter, &empty, &done);
                    Ok(())
                })
            });
            read
        };
        let read: Vec<Receiver<Piece<'l>>> = empty.into_iter().enumerate().map(begin).collect();
        let mut lines = 0_u32;
        for at in 0..pieces.len() {
            let piece = read[at % threads].recv().ok()?;
            whole.append(piece.rows, lines).ok()?;
            lines = lines.checked_add(piece.lines)?;
        }
        whole.finish().ok()
    })
}

/// Reads pieces until one of them, or whoever takes them, wants no more.
fn each<'t, 'l>(pieces: impl Iterator<Item = &'t str>, delimiter: u8, empty: &Rows<'l>, done: &SyncSender<Piece<'l>>) {
    for text in pieces {
        let mut rows = empty.piece();
        let Some(lines) = add_records(text, delimiter, &mut rows) else { return };
        if done.send(Piece { rows, lines }).is_err() {
            return;
        }
    }
}

/// Cuts a text into pieces of about a size that end with a line, outside of quotation marks.
fn pieces(text: &str, size: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut begin, mut end, mut is_quoted) = (0, 0, false);
    while end < text.len() {
        let from = end;
        end = text.len().min(end + size);
        is_quoted ^= memchr_iter(b'"', &text.as_bytes()[from..end]).count() % 2 == 1;
        let cut = if end == text.len() { Some(end) } else { last_line_end(&text.as_bytes()[..end], from, is_quoted) };
        if let Some(cut) = cut {
            pieces.push(&text[begin..cut]);
            (begin, end, is_quoted) = (cut, cut, false);
        }
    }
    pieces
}

/// The place after the last line end outside of quotation marks, not before a place. `is_quoted` says whether the text
/// ends within them.
fn last_line_end(text: &[u8], from: usize, mut is_quoted: bool) -> Option<usize> {
    let mut end = text.len();
    loop {
        let found = from + memrchr2(b'\n', b'"', &text[from..end])?;
        match text[found] {
            b'\n' if !is_quoted => return Some(found + 1),
            b'\n' => {}
            _ => is_quoted = !is_quoted,
        }
        end = found;
    }
}

/// The records of a piece of text.
struct Piece<'l> {
    rows: Rows<'l>,
    /// How many rows of the sheet they are, empty ones included.
    lines: u32,
}

/// Adds the records of a text to the rows, of which the first is the top one; gives how many rows they are. None where
/// they cannot be read here or are beyond the limits.
fn add_records(text: &str, delimiter: u8, rows: &mut Rows<'_>) -> Option<u32> {
    let is_line_end = |at: usize| text.as_bytes().get(at + 1) == Some(&b'\n');
    if !memchr_iter(b'\r', text.as_bytes()).all(is_line_end) {
        return None;
    }
    let (mut row, mut column) = (0, 0);
    let mut at = 0;
    while at < text.len() {
        let (field, end) = field(text, at, delimiter)?;
        rows.add(row, column, Value::Text(&field)).ok()?;
        column += 1;
        at = end + 1;
        if text.as_bytes().get(end) != Some(&delimiter) {
            (row, column) = (row + 1, 0);
        }
    }
    Some(row)
}

/// The field at a place, and where its end is: a delimiter, a line feed or the end of the text.
fn field(text: &str, at: usize, delimiter: u8) -> Option<(Cow<'_, str>, usize)> {
    let bytes = text.as_bytes();
    if bytes[at] == b'"' {
        return quoted(text, at + 1, delimiter);
    }
    let end = memchr3(delimiter, b'\n', b'"', &bytes[at..]).map_or(bytes.len(), |length| at + length);
    match bytes.get(end) {
        Some(b'"') => None,
        Some(b'\n') if end > at && bytes[end - 1] == b'\r' => Some((Cow::Borrowed(&text[at..end - 1]), end)),
        _ => Some((Cow::Borrowed(&text[at..end]), end)),
    }
}

/// The same of a field in quotation marks, the first of which stands before the place.
fn quoted(text: &str, at: usize, delimiter: u8) -> Option<(Cow<'_, str>, usize)> {
    let bytes = text.as_bytes();
    let mut close = at;
    let mut has_marks = false;
    loop {
        close += memchr(b'"', &bytes[close..])?;
        if bytes.get(close + 1) != Some(&b'"') {
            break;
        }
        has_marks = true;
        close += 2;
    }
    let field = &text[at..close];
    let field = if has_marks { Cow::Owned(field.replace("\"\"", "\"")) } else { Cow::Borrowed(field) };
    let end = if bytes.get(close + 1) == Some(&b'\r') { close + 2 } else { close + 1 };
    let is_end = bytes.get(end).is_none_or(|byte| *byte == b'\n' || (*byte == delimiter && end == close + 1));
    is_end.then_some((field, end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::intake::delimited::read_any;
    use crate::intake::trouble::Trouble;

    /// A sheet as people see it.
    fn shown(sheet: &Sheet) -> (Vec<u32>, Vec<String>) {
        let cells = (0..sheet.rows.len()).flat_map(|row| (0..sheet.width()).map(move |column| (row, column)));
        let cells = cells.map(|(row, column)| sheet.shown(sheet.cell(row, column)));
        (sheet.rows.clone(), cells.collect())
    }

    fn both(text: &str, limits: &Limits, size: usize) -> (Option<Sheet>, Result<Sheet, Trouble>) {
        (read_in(text, b',', limits, size), read_any(text, b',', limits))
    }

    #[test]
    fn marks_in_other_places_and_texts_beyond_the_limits_are_left_to_the_other_reader() {
        let limits = Limits { rows: 9, columns: 3, cells: 12, text_length: 5, ..Limits::default() };
        assert!(read_in("a,\"b\"\"\"\r\n\n\"c\nd\",\n", b',', &limits, 1).is_some());
        let others = [
            "a,b\"c\n",
            "\"a\"b,c\n",
            "\"a\" ,c\n",
            "a, \"b\"\n",
            "a,\"b\n",
            "a\rb\n",
            "\"a\"\r",
            "\u{feff}a\n",
            "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n",
            "a,b,c,d\n",
            "a,b,c\nd,e,f\ng,h,i\nj,k,l\nm\n",
            "abcdef\n",
        ];
        for text in others {
            for size in [1, 4, 100] {
                assert!(read_in(text, b',', &limits, size).is_none(), "{text:?} in pieces of {size}");
            }
        }
        assert!(read_in("a\n", b'"', &limits, 1).is_none());
    }

    #[test]
    fn what_stands_in_quotation_marks_is_not_parted() {
        assert_eq!(pieces("a\n\"b\nc\"\nd", 1), ["a\n", "\"b\nc\"\n", "d"]);
        assert_eq!(pieces("a\n\"b\nc\"\nd", 3), ["a\n", "\"b\nc\"\n", "d"]);
        assert_eq!(pieces("a\nb\n", 100), ["a\nb\n"]);
        assert_eq!(pieces("", 1), Vec::<&str>::new());
    }

    /// A field with all that may stand in one, in marks where it must be.
    fn field() -> impl Strategy<Value = String> {
        ("[ ab\u{e9}\u{3000},\"\n\r]{0,6}", any::<bool>()).prop_map(|(text, marked)| {
            let text = text.replace('\r', "\r\n");
            let marked = marked || text.contains([',', '"', '\n']);
            if marked { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_table_is_read_as_by_the_other_reader(
            rows in prop::collection::vec((prop::collection::vec(field(), 1..5), any::<bool>()), 0..20),
            is_ended: bool,
            size in 1..80_usize,
        ) {
            let line = |(fields, is_long): &(Vec<String>, bool)| fields.join(",") + if *is_long { "\r\n" } else { "\n" };
            let mut text: String = rows.iter().map(line).collect();
            text += if is_ended { "" } else { "x" };
            let (plain, other) = both(&text, &Limits::default(), size);
            prop_assert_eq!(plain.as_ref().map(shown), other.ok().as_ref().map(shown), "{:?}", text);
        }

        #[test]
        fn any_text_is_read_as_by_the_other_reader_or_left_to_it(text in "[ab,\"\n\r]{0,40}", size in 1..40_usize, cells in 1..20_usize) {
            let limits = Limits { cells, ..Limits::default() };
            if let (Some(plain), other) = both(&text, &limits, size) {
                prop_assert_eq!(Some(shown(&plain)), other.ok().as_ref().map(shown), "{:?}", text);
            }
        }
    }
}
