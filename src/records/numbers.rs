//! Counts and figures as people type them.
//!
//! Source: input contract, "Approximate counts".

/// A whole number read from text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    /// The number.
    pub(super) number: u32,
    /// Whether the words say that it is approximate.
    pub(super) approximate: bool,
}

const ABOUT: [&str; 23] = [
    "more than",
    "less than",
    "fewer than",
    "at least",
    "at most",
    "up to",
    "over",
    "about",
    "around",
    "approximately",
    "approx.",
    "approx",
    "circa",
    "ca.",
    "ca",
    "c.",
    "nearly",
    "almost",
    "some",
    "roughly",
    "above",
    "below",
    "under",
];
const SIGNS: [char; 6] = ['~', '\u{2248}', '>', '<', '\u{2265}', '\u{2264}'];
const NOUNS: [&str; 9] =
    ["participants", "participant", "people", "persons", "pax", "officers", "officials", "women", "experts"];

/// Reads a whole number: `25`, `25.0`, `1,200`, `over 50`, `up to seventy`, `30+`.
#[must_use]
pub(super) fn read_count(text: &str) -> Option<Count> {
    let lower = text.trim().to_lowercase();
    let mut body = lower.as_str();
    let mut approximate = false;
    if let Some(rest) = body.strip_suffix('+') {
        (body, approximate) = (rest.trim_end(), true);
    }
    while let Some(rest) = without_about(body) {
        (body, approximate) = (rest, true);
    }
    let body = NOUNS.iter().find_map(|noun| body.strip_suffix(noun)).unwrap_or(body).trim();
    // Words alone are no count cell ("two", "many"); after "up to" they are how reports write numbers.
    let number = whole(body).or_else(|| number_words(body).filter(|_| approximate))?;
    Some(Count { number, approximate })
}

fn without_about(text: &str) -> Option<&str> {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix(SIGNS) {
        return Some(rest.trim_start_matches('=').trim_start());
    }
    ABOUT.iter().find_map(|word| {
        let rest = text.strip_prefix(word)?;
        (rest.starts_with(' ') || word.ends_with('.')).then(|| rest.trim_start())
    })
}

/// `25`, `25.0`, `1,200`, `1 200`.
fn whole(text: &str) -> Option<u32> {
    let plain = ungrouped(text)?;
    let digits = match plain.split_once('.') {
        Some((digits, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => digits,
        Some(_) => return None,
        None => plain.as_str(),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// A number without its thousands separators, if groups of three stand between them.
fn ungrouped(text: &str) -> Option<String> {
    let text = text.trim();
    let (body, decimals) = text.split_once('.').map_or((text, None), |(body, decimals)| (body, Some(decimals)));
    let groups: Vec<&str> = body.split([',', ' ', '\u{a0}', '\u{202f}', '\'']).collect();
    let grouped =
        groups.len() == 1 || (groups[1..].iter().all(|group| group.len() == 3) && (1..=3).contains(&groups[0].len()));
    if !grouped {
        return None;
    }
    let body = groups.concat();
    Some(decimals.map_or(body.clone(), |decimals| format!("{body}.{decimals}")))
}

/// Reads a number that may have decimals: `4.3`, `1,200.5`; with `decimal_comma` also `4,3`.
#[must_use]
pub(super) fn read_number(text: &str, decimal_comma: bool) -> Option<f64> {
    let text = text.trim();
    let comma = decimal_comma && text.matches(',').count() == 1 && !text.contains('.');
    let plain = if comma { text.replace(',', ".") } else { ungrouped(text.strip_prefix('-').unwrap_or(text))? };
    let plain = if !comma && text.starts_with('-') { format!("-{plain}") } else { plain };
    let shaped = plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    plain.parse::<f64>().ok().filter(|number| shaped && number.is_finite())
}

/// A number written with a decimal comma, `1.234,5`, as one with a decimal point, `1,234.5`.
#[must_use]
pub(super) fn from_decimal_comma(text: &str) -> String {
    let swapped = |c| match c {
        ',' => '.',
        '.' => ',',
        other => other,
    };
    text.chars().map(swapped).collect()
}

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Reads English number words below a thousand: `seventy`, `twenty-five`, `one hundred and ten`.
fn number_words(text: &str) -> Option<u32> {
    let mut total = 0;
    let mut any = false;
    let at =
        |list: &[&str], word: &str| list.iter().position(|known| *known == word).and_then(|at| u32::try_from(at).ok());
    for word in text.split([' ', '-']).filter(|word| !word.is_empty() && *word != "and") {
        if let Some(unit) = at(&UNITS, word) {
            total += unit;
        } else if let Some(ten) = at(&TENS, word) {
            total += 20 + 10 * ten;
        } else if word == "hundred" && any {
            total *= 100;
        } else {
            return None;
        }
        any = true;
    }
    any.then_some(total)
}
