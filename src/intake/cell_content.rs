//! What stands in a sheet's XML within a cell, and the references of cells.

use std::borrow::Cow;

use super::string_items::item;
use super::xml_bytes::{Stop, after, after_space, digits, meant, once, opens, stands, tag, text};

/// What stands between `<c>` and `</c>`.
#[derive(Default)]
pub(crate) struct Content<'a> {
    pub(crate) value: Option<&'a [u8]>,
    pub(crate) inline: Option<Cow<'a, str>>,
    pub(crate) formula: bool,
}

pub(crate) fn content(bytes: &[u8], mut at: usize) -> Result<(Content<'_>, usize), Stop> {
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
pub(crate) fn address(reference: &[u8]) -> Result<(u32, u32), Stop> {
    let letters = reference.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let (letters, row) = reference.split_at(letters);
    if letters.is_empty() || letters.len() > 3 || row.first() == Some(&b'0') {
        return Err(Stop::Odd);
    }
    let column = letters.iter().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    Ok((digits(row)? - 1, column - 1))
}

/// A reference such as `A1` or `A1:H20` that a sheet may have.
pub(crate) fn area(reference: &[u8]) -> Result<(), Stop> {
    let mut corners = reference.split(|byte| *byte == b':');
    let first = address(corners.next().unwrap_or_default())?;
    let last = corners.next().map_or(Ok(first), address)?;
    let is_area = first.0 <= last.0 && first.1 <= last.1 && last.0 < 1_048_576 && last.1 < 16_384;
    if is_area && corners.next().is_none() { Ok(()) } else { Err(Stop::Odd) }
}

/// A number as Excel writes it.
pub(crate) fn number(raw: &[u8]) -> Result<f64, Stop> {
    if let Ok(whole) = digits(raw) {
        return Ok(f64::from(whole));
    }
    let is_plain = raw.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
    let text = str::from_utf8(raw).map_err(|_| Stop::Odd)?;
    let read = if is_plain && raw.first() != Some(&b'+') { text.parse().ok() } else { None };
    read.ok_or(Stop::Odd)
}
