//! Numbers that tell one edition from another: "8th Masterclass", "WG3", "3rd working group".

use std::collections::BTreeSet;

use super::tokens::Token;

const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];
const ROMAN: [&str; 6] = ["i", "ii", "iii", "iv", "v", "vi"];

/// The numbers of a text, and which words they took.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub(super) edition: Option<u16>,
    pub(super) working_group: Option<u16>,
    pub(super) years: BTreeSet<i32>,
    pub(super) taken: Vec<bool>,
}

pub(super) fn numbers(tokens: &[Token]) -> Numbers {
    let mut numbers = Numbers { taken: vec![false; tokens.len()], ..Numbers::default() };
    let mut at = 0;
    while at < tokens.len() {
        let (length, own) = group_word(&tokens[at..]);
        if length > 0 {
            numbers.group(tokens, at, length, own);
        }
        at += length.max(1);
    }
    for (at, token) in tokens.iter().enumerate() {
        let number = ordinal(&token.folded).filter(|_| !numbers.taken[at]);
        if let Some(number) = number {
            numbers.taken[at] = true;
            numbers.edition.get_or_insert(number);
        }
    }
    numbers.years = years(tokens);
    numbers
}

/// Words before the year of an edition of something else: "HS 2028".
const OF_AN_EDITION: [&str; 5] = ["hs", "edition", "agenda", "incoterms", "version"];

/// The years of a text, of the Buddhist era too: 2025 and 2026 of "2025/26".
fn years(tokens: &[Token]) -> BTreeSet<i32> {
    let year = |token: &Token| match token.folded.parse().ok().filter(|_| token.folded.len() == 4) {
        Some(year @ 1990..=2100) => Some(year),
        Some(year @ 2533..=2643) => Some(year - 543),
        _ => None,
    };
    let mut years = BTreeSet::new();
    for (at, token) in tokens.iter().enumerate() {
        let named = at.checked_sub(1).is_some_and(|before| OF_AN_EDITION.contains(&tokens[before].folded.as_str()));
        let Some(year) = year(token).filter(|_| !named) else { continue };
        years.insert(year);
        let short = format!("{:02}", (year + 1) % 100);
        if tokens.get(at + 1).is_some_and(|next| next.folded == short) {
            years.insert(year + 1);
        }
    }
    years
}

impl Numbers {
    /// Reads the number of a working group: within its word, after it, or before it.
    fn group(&mut self, tokens: &[Token], at: usize, length: usize, own: Option<u16>) {
        let after = tokens.get(at + length).map(|token| token.folded.as_str());
        let after = own.is_none().then(|| after.and_then(|word| cardinal(word).or_else(|| roman(word)))).flatten();
        let before = at.checked_sub(1).and_then(|before| ordinal(&tokens[before].folded));
        let Some(number) = own.or(after).or(before) else { return };
        self.working_group = Some(number);
        let first = if own.or(after).is_none() { at - 1 } else { at };
        let end = at + length + usize::from(after.is_some());
        self.taken[first..end].fill(true);
    }
}

/// The length of a word for a working group at the beginning of the tokens, with the number in it: "wg", "wg3".
fn group_word(tokens: &[Token]) -> (usize, Option<u16>) {
    let word = tokens[0].folded.as_str();
    match word.strip_prefix("wg") {
        Some("") => (1, None),
        Some(number) if cardinal(number).is_some() => (1, cardinal(number)),
        _ if word == "workgroup" => (1, None),
        _ if word == "working" && tokens.get(1).is_some_and(|next| next.folded == "group") => (2, None),
        _ => (0, None),
    }
}

fn cardinal(word: &str) -> Option<u16> {
    word.parse().ok().filter(|number| (1..200).contains(number))
}

fn roman(word: &str) -> Option<u16> {
    ROMAN.iter().position(|roman| *roman == word).and_then(|at| u16::try_from(at + 1).ok())
}

fn ordinal(word: &str) -> Option<u16> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th") {
        return cardinal(digits);
    }
    ORDINALS.iter().position(|ordinal| *ordinal == word).and_then(|at| u16::try_from(at + 1).ok())
}
