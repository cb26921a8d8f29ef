//! Which text the bytes of a file are.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes are looked at where nothing at the start of the file names its encoding.
const SAMPLE: usize = 4096;

/// The text of a file, or none where the bytes are no text. The encoding is that which the first bytes name; else
/// UTF-16 where every second byte is mostly zero; else UTF-8 where the bytes are valid; else Windows-1252.
pub(crate) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some(encoding.decode_without_bom_handling(&bytes[mark..]).0);
    }
    if let Some(encoding) = without_mark(&bytes[..bytes.len().min(SAMPLE)]) {
        return Some(encoding.decode_without_bom_handling(bytes).0);
    }
    if memchr::memchr(0, bytes).is_some() {
        return None;
    }
    let other = |_| WINDOWS_1252.decode_without_bom_handling(bytes).0;
    Some(std::str::from_utf8(bytes).map_or_else(other, Cow::Borrowed))
}

/// UTF-16 by its zeros: most characters of any table (delimiters, digits, line ends) have one.
fn without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    let pairs = sample.as_chunks::<2>().0;
    let [first, second] = [0, 1].map(|half| pairs.iter().filter(|pair| pair[half] == 0).count());
    let is_text = pairs.len() >= 2 && !pairs.contains(&[0, 0]);
    match (first * 4, second * 4) {
        (0, high) if is_text && high >= pairs.len() => Some(UTF_16LE),
        (high, 0) if is_text && high >= pairs.len() => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_seen_by_its_zeros_and_binary_data_is_no_text() {
        let little: Vec<u8> = "a;b\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "a;b\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&little).as_deref(), Some("a;b\n"));
        assert_eq!(decode(&big).as_deref(), Some("a;b\n"));
        assert_eq!(decode(b"a\0\0\0b"), None);
        assert_eq!(decode(b"caf\xe9").as_deref(), Some("café"));
    }
}
