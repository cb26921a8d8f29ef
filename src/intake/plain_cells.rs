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

    /// With its number the row in whose tag, after `<row r="`, a text stands, and what follows. None where it is not
    /// written as [`RowNumber::of`] has it.
    pub(crate) fn read(bytes: &[u8]) -> Option<(u32, Self, &[u8])> {
        let (number, rest) = whole(bytes)?;
        let length = bytes.len() - rest.len();
        if length > 7 || bytes[0] == b'0' {
            return None;
        }
        let mask = u64::MAX >> (56 - 8 * length);
        let start = u64::from_le_bytes(*bytes.first_chunk()?) & mask;
        Some((number, Self { bytes: start, mask, length: length + 1 }, rest.strip_prefix(b"\"")?))
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

/// The first digits, nine at most, as a number, and what follows.
#[inline]
fn whole(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let Some(eight) = bytes.first_chunk() else { return one_by_one(bytes) };
    // Eight bytes at once. A byte above 9 sets its highest bit when 0x76 is added, or has it set.
    let digits = u64::from_le_bytes(*eight) ^ 0x3030_3030_3030_3030;
    let others = (digits.wrapping_add(0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080;
    let count = others.trailing_zeros() / 8;
    if !(1..8).contains(&count) {
        return one_by_one(bytes);
    }
    // Neighbours are joined in pairs, then in fours, then all; zeros stand before the digits.
    let pairs = (digits << (64 - 8 * count)).wrapping_mul(10 << 8 | 1) >> 8 & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100 << 16 | 1) >> 16 & 0x0000_ffff_0000_ffff;
    let number = fours.wrapping_mul(10_000 << 32 | 1) >> 32;
    Some((u32::try_from(number).ok()?, &bytes[count as usize..]))
}

fn one_by_one(bytes: &[u8]) -> Option<(u32, &[u8])> {
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
    fn numbers_of_any_length_are_read() {
        for text in ["0", "7", "42", "907", "1000", "65535", "123456", "9999999", "12345678", "123456789", "000000001"]
        {
            for rest in ["<", "<</v></c>", "\"////////", "::::::::"] {
                let read = whole(format!("{text}{rest}").as_bytes()).map(|(number, rest)| (number, rest.to_vec()));
                assert_eq!(read, Some((text.parse().expect("digits"), rest.as_bytes().to_vec())), "{text}{rest}");
            }
        }
        assert!(["", "a1234567", "\u{e9}12345678", "/"].iter().all(|text| whole(text.as_bytes()).is_none()));
    }

    #[test]
    fn a_row_number_is_told_from_every_other() {
        for number in [1, 9, 10, 1_048_576, 9_999_999] {
            let text = format!("{number}\" and more");
            assert_eq!(RowNumber::of(number).after(text.as_bytes()), Some(&b" and more"[..]), "{number}");
            assert_eq!(RowNumber::of(number + 1).after(text.as_bytes()), None, "{number}");
        }
        for number in [1, 12, 123, 1_234, 12_345, 123_456, 1_048_576] {
            let text = format!("{number}\" spans");
            let (read, row, rest) = RowNumber::read(text.as_bytes()).expect("a number");
            assert_eq!((read, rest), (number, &b" spans"[..]));
            assert_eq!(row.after(text.as_bytes()), Some(&b" spans"[..]), "{number}");
            assert_eq!(row.after(format!("{number}7\" spans").as_bytes()), None, "{number}");
        }
        assert!(
            ["0\" spans", "07\" spans", "12345678\" spans", "1 \" spans"]
                .iter()
                .all(|text| RowNumber::read(text.as_bytes()).is_none())
        );
        assert_eq!(RowNumber::of(0).after(b"0\" and more"), None);
        assert_eq!(RowNumber::of(10_000_000).after(b"10000000\" and more"), None);
    }
}
