//! How two spellings are held to be the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds case, accents, punctuation and white space: lower-case words separated by one space.
///
/// `"Lao, People's Dem. Rep."` and `"LAO PEOPLE S DEM REP"` fold to the same text. Letters of every
/// script are kept; full-width forms fold to their ordinary ones.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    if text.is_ascii() {
        // What most texts are decomposes to itself.
        for c in text.chars() {
            if c.is_ascii_alphanumeric() {
                if gap && !folded.is_empty() {
                    folded.push(' ');
                }
                gap = false;
                folded.push(c.to_ascii_lowercase());
            } else {
                gap = true;
            }
        }
        return folded;
    }
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_alphanumeric() {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.extend(c.to_lowercase());
        } else {
            gap = true;
        }
    }
    folded
}

/// What tells one text from another: folded, or as typed where nothing but punctuation is left.
#[must_use]
pub fn text_key(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() { tidy(text) } else { folded }
}

/// What tells one Activity ID from another: without case and outer or doubled white space.
#[must_use]
pub fn id_key(id: &str) -> String {
    tidy(id).to_lowercase()
}

/// A word with its first letter in capitals.
#[must_use]
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Collapses every run of white space (also no-break spaces and line breaks) to one space and trims.
#[must_use]
pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `phrase` stands in `text` as whole words, both already folded; the byte position if so.
/// With `plural`, the last word of the phrase may carry a plural s.
#[must_use]
pub fn find_words(text: &str, phrase: &str, plural: bool) -> Option<usize> {
    if phrase.is_empty() {
        return None;
    }
    text.match_indices(phrase)
        .find(|(at, _)| {
            let before = *at == 0 || text.as_bytes()[at - 1] == b' ';
            let rest = &text[at + phrase.len()..];
            let after = rest.is_empty() || rest.starts_with(' ') || (plural && (rest == "s" || rest.starts_with("s ")));
            before && after
        })
        .map(|(at, _)| at)
}
