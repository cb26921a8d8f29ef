//! Texts as a workbook stores them: `<si>` in the shared list, `<is>` in a cell.

use std::borrow::Cow;

use memchr::memmem;

use super::limits::Limits;
use super::text_list::Listed;
use super::xml_bytes::{Stop, after, after_space, byte, meant, opens, stands, tag, text, unescaped};

/// Reads an item from the end of its name on. Gives the text and the place after the item. Of rich text the runs are
/// joined; reading aids (`<rPh>`) are left out.
pub(crate) fn item<'a>(bytes: &'a [u8], at: usize, end: &[u8]) -> Result<(Cow<'a, str>, usize), Stop> {
    let mut joined: Cow<'_, str> = Cow::Borrowed("");
    let (mut at, is_closed) = tag(bytes, at, |_, _| Ok(()))?;
    if is_closed {
        return Ok((joined, at));
    }
    loop {
        at = after_space(bytes, at)?;
        if stands(bytes, at, end)? {
            return Ok((joined, at + end.len()));
        }
        if opens(bytes, at, b"<t")? {
            let (more, next) = run(bytes, at + 2)?;
            joined = if joined.is_empty() { more } else { Cow::Owned(joined.into_owned() + &more) };
            at = next;
        } else if opens(bytes, at, b"<rPh")? {
            at = passed(bytes, at + 4, b"</rPh>")?;
        } else if opens(bytes, at, b"<rPr")? {
            at = passed(bytes, at + 4, b"</rPr>")?;
        } else if opens(bytes, at, b"<phoneticPr")? {
            at = passed(bytes, at + 11, b"</phoneticPr>")?;
        } else if opens(bytes, at, b"<r")? {
            at = tag(bytes, at + 2, |_, _| Ok(()))?.0;
        } else {
            at = after(bytes, at, b"</r>")?;
        }
    }
}

/// Reads `<t>` from the end of its name on.
fn run(bytes: &[u8], at: usize) -> Result<(Cow<'_, str>, usize), Stop> {
    let mut is_kept = false;
    let (at, is_closed) = tag(bytes, at, |name, value| {
        is_kept |= name == b"xml:space" && value == b"preserve";
        Ok(())
    })?;
    if is_closed {
        return Ok((Cow::Borrowed(""), at));
    }
    let (raw, end) = text(bytes, at)?;
    let end = after(bytes, end, b"</t>")?;
    let space = [' ', '\t', '\r', '\n'];
    let meant = match meant(raw)? {
        text if is_kept => text,
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(space)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(space).to_owned()),
    };
    Ok((unescaped(meant), end))
}

/// The place after an element that says nothing about the text; from the end of its name on.
fn passed(bytes: &[u8], at: usize, end: &[u8]) -> Result<usize, Stop> {
    let (at, is_closed) = tag(bytes, at, |_, _| Ok(()))?;
    if is_closed {
        return Ok(at);
    }
    let inside = memmem::find(&bytes[at..], end).ok_or(Stop::Short)?;
    let is_plain = memmem::find(&bytes[at..at + inside], b"<!").is_none();
    if is_plain { Ok(at + inside + end.len()) } else { Err(Stop::Odd) }
}

/// The shared texts of a workbook in their order.
pub(crate) struct SharedTexts<'l> {
    limits: &'l Limits,
    pub(crate) listed: Listed,
    begun: bool,
    done: bool,
    stated: u64,
}

impl<'l> SharedTexts<'l> {
    pub(crate) fn new(limits: &'l Limits) -> Self {
        Self { limits, listed: Listed::default(), begun: false, done: false, stated: 0 }
    }

    /// Whether the list has been read to its end, and does not claim to be far longer than its `size` in bytes lets
    /// it be.
    pub(crate) fn is_whole(&self, size: u64) -> bool {
        self.done && self.stated <= (size / 5).max(1_000_000)
    }

    /// Takes the texts that end in a piece of the list; gives how much of the piece is done with.
    pub(crate) fn scan(&mut self, bytes: &[u8]) -> Result<usize, Stop> {
        let mut at = 0;
        let text = checked(bytes);
        loop {
            while let Some((plain, next)) = plain_item(text, at).filter(|_| self.begun && !self.done) {
                self.add(plain)?;
                at = next;
            }
            match self.next(bytes, at) {
                _ if self.done => return Ok(bytes.len()),
                Ok(next) => at = next,
                Err(Stop::Short) => return Ok(at),
                Err(other) => return Err(other),
            }
        }
    }

    fn next(&mut self, bytes: &[u8], at: usize) -> Result<usize, Stop> {
        if !self.begun {
            return self.begin(bytes);
        }
        let at = after_space(bytes, at)?;
        if stands(bytes, at, b"</sst>")? {
            self.done = true;
            return Ok(at);
        }
        if !opens(bytes, at, b"<si")? {
            // Extensions may follow the texts.
            return if opens(bytes, at, b"<extLst")? { passed(bytes, at + 7, b"</extLst>") } else { Err(Stop::Odd) };
        }
        let (text, next) = item(bytes, at + 3, b"</si>")?;
        self.add(&text)?;
        Ok(next)
    }

    fn add(&mut self, text: &str) -> Result<(), Stop> {
        if self.limits.is_too_long(text) {
            self.listed.too_long.push(self.listed.texts.len());
        }
        if self.listed.texts.push(text.trim()) { Ok(()) } else { Err(Stop::Odd) }
    }

    fn begin(&mut self, bytes: &[u8]) -> Result<usize, Stop> {
        let at = head(bytes, b"<sst")?;
        let mut stated = None;
        let (at, is_closed) = tag(bytes, at + 4, |name, value| {
            if name == b"uniqueCount" { super::xml_bytes::once(&mut stated, value) } else { Ok(()) }
        })?;
        self.stated = stated.map_or(Ok(0), super::xml_bytes::digits)?.into();
        self.begun = true;
        self.done = is_closed;
        Ok(at)
    }
}

/// What of these bytes is text up to the first that is not.
fn checked(bytes: &[u8]) -> &str {
    let end = str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    str::from_utf8(&bytes[..end]).unwrap_or_default()
}

/// An item that holds nothing but a text that means what stands there, and the place after it.
fn plain_item(text: &str, at: usize) -> Option<(&str, usize)> {
    let inside = text.as_bytes().get(at..)?.strip_prefix(b"<si><t>")?;
    let length = inside.iter().position(|byte| matches!(byte, b'<' | b'&' | b'\r' | b'_'))?;
    let is_trimmed = inside[0].is_ascii_graphic() && inside[length.max(1) - 1].is_ascii_graphic();
    let begin = at + 7;
    let is_plain = is_trimmed && length > 0 && inside[length..].starts_with(b"</t></si>");
    is_plain.then(|| (&text[begin..begin + length], begin + length + 9))
}

/// Where the tag of a name, given with its `<`, begins after a head of plain tags in UTF-8.
pub(crate) fn head(bytes: &[u8], name: &[u8]) -> Result<usize, Stop> {
    let end = memmem::find(bytes, name).ok_or(Stop::Short)?;
    let head = str::from_utf8(&bytes[..end]).map_err(|_| Stop::Odd)?;
    let declaration = head.trim_start_matches('\u{feff}').strip_prefix("<?xml");
    let is_utf_8 = declaration.and_then(|rest| rest.split_once("?>")).is_none_or(|(words, _)| {
        let words = words.to_lowercase();
        !words.contains("encoding") || words.contains("\"utf-8\"") || words.contains("'utf-8'")
    });
    if !is_utf_8 || head.contains("<!") || !opens(bytes, end, name)? || byte(bytes, 0)? == b' ' {
        return Err(Stop::Odd);
    }
    Ok(end)
}
