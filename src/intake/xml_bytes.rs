//! XML as bytes, in the few forms in which spreadsheet programs write it. Whatever has another form is [`Stop::Odd`],
//! and the whole file is left to a reader that knows all of XML.

use std::borrow::Cow;

use super::trouble::Trouble;

/// Why reading goes no further.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The element goes on in the next piece.
    Short,
    /// A construct that is not read here.
    Odd,
    /// The sheet is beyond the limits.
    Trouble(Box<Trouble>),
}

/// The byte at a place.
pub(crate) fn byte(bytes: &[u8], at: usize) -> Result<u8, Stop> {
    bytes.get(at).copied().ok_or(Stop::Short)
}

/// The first place from here on that is no white space.
pub(crate) fn after_space(bytes: &[u8], mut at: usize) -> Result<usize, Stop> {
    while is_space(byte(bytes, at)?) {
        at += 1;
    }
    Ok(at)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// Whether these words stand at a place.
pub(crate) fn stands(bytes: &[u8], at: usize, words: &[u8]) -> Result<bool, Stop> {
    let rest = &bytes[at.min(bytes.len())..];
    if rest.len() < words.len() {
        if words.starts_with(rest) { Err(Stop::Short) } else { Ok(false) }
    } else {
        Ok(rest.starts_with(words))
    }
}

/// The place after these words, which must stand here.
pub(crate) fn after(bytes: &[u8], at: usize, words: &[u8]) -> Result<usize, Stop> {
    if stands(bytes, at, words)? { Ok(at + words.len()) } else { Err(Stop::Odd) }
}

/// Whether a tag of this name, given with its `<`, begins at a place.
pub(crate) fn opens(bytes: &[u8], at: usize, name: &[u8]) -> Result<bool, Stop> {
    Ok(stands(bytes, at, name)? && matches!(byte(bytes, at + name.len())?, b' ' | b'\n' | b'\r' | b'\t' | b'>' | b'/'))
}

/// Reads the attributes of a tag from the end of its name on. Gives the place after the tag and whether the tag is
/// an element of its own (`<v/>`).
pub(crate) fn tag<'a>(
    bytes: &'a [u8],
    mut at: usize,
    mut take: impl FnMut(&'a [u8], &'a [u8]) -> Result<(), Stop>,
) -> Result<(usize, bool), Stop> {
    loop {
        let begin = after_space(bytes, at)?;
        match byte(bytes, begin)? {
            b'>' => return Ok((begin + 1, false)),
            b'/' => return Ok((after(bytes, begin, b"/>")?, true)),
            _ if begin == at => return Err(Stop::Odd),
            _ => {}
        }
        let mut end = begin;
        while !matches!(byte(bytes, end)?, b'=' | b' ' | b'\n' | b'\r' | b'\t' | b'>' | b'/' | b'"' | b'\'' | b'<') {
            end += 1;
        }
        let equals = after(bytes, after_space(bytes, end)?, b"=")?;
        let open = after_space(bytes, equals)?;
        let quote = byte(bytes, open)?;
        if end == begin || !matches!(quote, b'"' | b'\'') {
            return Err(Stop::Odd);
        }
        let mut close = open + 1;
        loop {
            match byte(bytes, close)? {
                b'<' => return Err(Stop::Odd),
                found if found == quote => break,
                _ => close += 1,
            }
        }
        take(&bytes[begin..end], &bytes[open + 1..close])?;
        at = close + 1;
    }
}

/// Takes an attribute that must stand only once.
pub(crate) fn once<'a>(place: &mut Option<&'a [u8]>, value: &'a [u8]) -> Result<(), Stop> {
    if place.replace(value).is_some() { Err(Stop::Odd) } else { Ok(()) }
}

/// The text from a place to the next `<`, and the place of that.
pub(crate) fn text(bytes: &[u8], at: usize) -> Result<(&[u8], usize), Stop> {
    // Most texts are a few digits long, for which a call of a search costs more than it saves.
    let near = bytes[at.min(bytes.len())..].iter().take(16).position(|byte| *byte == b'<');
    let end = near.or_else(|| memchr::memchr(b'<', bytes.get(at..)?)).ok_or(Stop::Short)?;
    Ok((&bytes[at..at + end], at + end))
}

/// A small number in digits alone.
pub(crate) fn digits(text: &[u8]) -> Result<u32, Stop> {
    if text.is_empty() || text.len() > 9 {
        return Err(Stop::Odd);
    }
    text.iter().try_fold(0, |number, digit| match digit {
        b'0'..=b'9' => Ok(number * 10 + u32::from(digit - b'0')),
        _ => Err(Stop::Odd),
    })
}

/// What text means in XML 1.0: line ends are `\n`, the five entities and numbered characters are resolved.
pub(crate) fn meant(raw: &[u8]) -> Result<Cow<'_, str>, Stop> {
    let text = str::from_utf8(raw).map_err(|_| Stop::Odd)?;
    if !raw.iter().any(|byte| matches!(byte, b'&' | b'\r')) {
        return Ok(Cow::Borrowed(text));
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut meant = String::with_capacity(text.len());
    let mut parts = text.split('&');
    meant.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once(';').ok_or(Stop::Odd)?;
        meant.push(character(name)?);
        meant.push_str(rest);
    }
    Ok(Cow::Owned(meant))
}

fn character(name: &str) -> Result<char, Stop> {
    let number = match name {
        "amp" => return Ok('&'),
        "lt" => return Ok('<'),
        "gt" => return Ok('>'),
        "quot" => return Ok('"'),
        "apos" => return Ok('\''),
        _ => match name.strip_prefix("#x") {
            Some(hex) if hex.bytes().all(|byte| byte.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16),
            None => name
                .strip_prefix('#')
                .filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()))
                .unwrap_or("")
                .parse(),
            Some(_) => return Err(Stop::Odd),
        },
    };
    number.ok().filter(|number| *number > 0).and_then(char::from_u32).ok_or(Stop::Odd)
}

/// What text means in Excel, which writes `_x000D_` for a character that XML cannot hold, in UTF-16.
pub(crate) fn unescaped(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text;
    }
    let mut units: Vec<u16> = Vec::new();
    let mut plain = String::new();
    let mut rest = &*text;
    while let Some(next) = rest.chars().next() {
        if let Some(unit) = escape(rest) {
            // A half of a pair stands alone unless the other half follows at once.
            units.push(unit);
            rest = &rest[7..];
            if !(0xd800..0xdc00).contains(&unit) || escape(rest).is_none_or(|low| !(0xdc00..0xe000).contains(&low)) {
                plain.push_str(&String::from_utf16_lossy(&units));
                units.clear();
            }
        } else {
            plain.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    Cow::Owned(plain)
}

fn escape(text: &str) -> Option<u16> {
    let hex = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    let all = hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    u16::from_str_radix(hex, 16).ok().filter(|_| all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_what_xml_and_excel_mean_by_it() {
        let read = |text: &str| meant(text.as_bytes()).ok().map(|text| unescaped(text).into_owned());
        assert_eq!(read("a &amp; b&#13;\r\nc\rd &#x20AC;").as_deref(), Some("a & b\r\nc\nd €"));
        assert_eq!(
            read("one_x000D_two _x005F_x000D_ _xD83D__xDCF7_ _xD83D_ _x00g0_").as_deref(),
            Some("one\rtwo _x000D_ 📷 \u{fffd} _x00g0_")
        );
        assert_eq!(read("_xDCF7__xD83D__x0041_").as_deref(), Some("\u{fffd}\u{fffd}A"));
        for odd in ["&nbsp;", "&amp", "&#xZZ;", "&#;", "&#0;", "&#x110000;", "&#+9;"] {
            assert_eq!(read(odd), None, "{odd}");
        }
        assert!(meant(b"caf\xe9").is_err());
    }

    #[test]
    fn tags_are_read_whole_or_not_at_all() {
        let whole = br#"  r = "A1" s='2' x:y="<" >"#;
        assert!(matches!(tag(whole, 0, |_, _| Ok(())), Err(Stop::Odd)));
        let whole = br#" r = "A>1" s='2'  x:y="" /> "#;
        let mut found = Vec::new();
        let end = tag(whole, 0, |name, value| {
            found.push((name, value));
            Ok(())
        });
        assert_eq!(end.ok(), Some((27, true)));
        assert_eq!(found, [(&b"r"[..], &b"A>1"[..]), (b"s", b"2"), (b"x:y", b"")]);
        for length in 0..27 {
            assert!(matches!(tag(&whole[..length], 0, |_, _| Ok(())), Err(Stop::Short)), "{length}");
        }
        for odd in [&b"r=\"1\">"[..], b" r>", b" r=1>", b" r=\"1\"s=\"2\">", b" =\"1\">"] {
            assert!(matches!(tag(odd, 0, |_, _| Ok(())), Err(Stop::Odd)), "{odd:?}");
        }
    }
}
