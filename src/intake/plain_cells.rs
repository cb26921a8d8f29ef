//! Cells in the very bytes in which nearly all programs write them, read without a look at anything else. Whatever
//! differs by a byte is left to `cell_elements`.

/// A cell that holds nothing, a whole number or a text of the workbook's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlainCell {
    /// From 0.
    pub(crate) column: u32,
    pub(crate) style: Option<u32>,
    pub(crate) content: Content,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Nothing,
    Number(u32),
    Listed(u32),
}

/// How the references of a row's cells end: its number, and the quotation mark after it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RowNumber {
    /// The bytes, the first one lowest, and as many ones as they are long; no number at all where there are none.
    bytes: u64,
    mask: u64,
    length: usize,
}

impl RowNumber {
    /// Of a row counted from 1.
    pub(crate) fn of(number: u32) -> Self {
        let mut text = [0; 8];
        let mut rest = number;
        let length = number.checked_ilog10().map_or(0, |power| power as usize + 1);
        if length == 0 || length > 7 {
            return Self::default();
        }
        for digit in text[..length].iter_mut().rev() {
            *digit = b"0123456789"[rest as usize % 10];
            rest /= 10;
        }
        text[length] = b'"';
        Self { bytes: u64::from_le_bytes(text), mask: u64::MAX >> (56 - 8 * length), length: length + 1 }
    }

    /// What follows where a text begins with the number and the quotation mark.
    fn after<'a>(&self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        let start = u64::from_le_bytes(*bytes.first_chunk()?);
        (self.length > 0 && start & self.mask == self.bytes).then(|| &bytes[self.length..])
    }
}

/// The cell with which a text begins, and what follows.
#[inline]
pub(crate) fn plain_cell(bytes: &[u8], row: RowNumber) -> Option<(PlainCell, &[u8])> {
    let (column, rest) = letters(bytes.strip_prefix(b"<c r=\"")?)?;
    let rest = row.after(rest)?;
    let (style, rest) = match rest.strip_prefix(b" s=\"") {
        Some(rest) => {
            let (style, rest) = whole(rest)?;
            (Some(style), rest.strip_prefix(b"\"")?)
        }
        None => (None, rest),
    };
    let cell = |content| PlainCell { column, style, content };
    if let Some(rest) = rest.strip_prefix(b" t=\"s\"><v>") {
        let (id, rest) = whole(rest)?;
        return Some((cell(Content::Listed(id)), rest.strip_prefix(b"</v></c>")?));
    }
    if let Some(rest) = rest.strip_prefix(b"/>") {
        return Some((cell(Content::Nothing), rest));
    }
    let rest = rest.strip_prefix(b" t=\"n\"").unwrap_or(rest);
    let (number, rest) = whole(rest.strip_prefix(b"><v>")?)?;
    Some((cell(Content::Number(number)), rest.strip_prefix(b"</v></c>")?))
}

/// One to three letters as the number of a column, from 0.
fn letters(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let mut column = 0;
    for (at, letter) in bytes.iter().take(4).enumerate() {
        match letter {
            b'A'..=b'Z' if at < 3 => column = column * 26 + u32::from(letter - b'A') + 1,
            _ if at > 0 => return Some((column - 1, &bytes[at..])),
            _ => return None,
        }
    }
    None
}

/// One to nine digits as a number.
pub(crate) fn whole(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let mut number = 0;
    for (at, digit) in bytes.iter().take(10).enumerate() {
        match digit {
            b'0'..=b'9' if at < 9 => number = number * 10 + u32::from(digit - b'0'),
            _ if at > 0 => return Some((number, &bytes[at..])),
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_plainest_cells_are_taken() {
        let read = |text: &str| plain_cell(text.as_bytes(), RowNumber::of(12)).map(|(cell, rest)| (cell, rest.len()));
        let cell = |column, style, content| Some((PlainCell { column, style, content }, 6));
        assert_eq!(read(r#"<c r="A12"><v>123</v></c></row>"#), cell(0, None, Content::Number(123)));
        assert_eq!(read(r#"<c r="AB12" s="3" t="n"><v>0</v></c></row>"#), cell(27, Some(3), Content::Number(0)));
        assert_eq!(
            read(r#"<c r="XFD12" t="s"><v>999999999</v></c></row>"#),
            cell(16_383, None, Content::Listed(999_999_999))
        );
        assert_eq!(read(r#"<c r="C12" s="1"/></row>"#), cell(2, Some(1), Content::Nothing));
        for other in [
            r#"<c r="A13"><v>1</v></c></row>"#,
            r#"<c r="A012"><v>1</v></c></row>"#,
            r#"<c r="A123"><v>1</v></c></row>"#,
            r#"<c r="a12"><v>1</v></c></row>"#,
            r#"<c r="12"><v>1</v></c></row>"#,
            r#"<c r="AAAA12"><v>1</v></c></row>"#,
            r#"<c r="A12"><v></v></c></row>"#,
            r#"<c r="A12"><v>1.5</v></c></row>"#,
            r#"<c r="A12"><v>-1</v></c></row>"#,
            r#"<c r="A12"><v>1234567890</v></c></row>"#,
            r#"<c r="A12"><f>1</f><v>1</v></c></row>"#,
            r#"<c r="A12" t="b"><v>1</v></c></row>"#,
            r#"<c r="A12" t="s" s="1"><v>1</v></c></row>"#,
            r#"<c r="A12"><v>1</v></c"#,
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn a_row_number_is_told_from_every_other() {
        for number in [1, 9, 10, 1_048_576, 9_999_999] {
            let text = format!("{number}\" and more");
            assert_eq!(RowNumber::of(number).after(text.as_bytes()), Some(&b" and more"[..]), "{number}");
            assert_eq!(RowNumber::of(number + 1).after(text.as_bytes()), None, "{number}");
        }
        assert_eq!(RowNumber::of(0).after(b"0\" and more"), None);
        assert_eq!(RowNumber::of(10_000_000).after(b"10000000\" and more"), None);
    }
}
