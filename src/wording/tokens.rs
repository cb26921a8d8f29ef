//! A text as words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::terms::words::stem;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// In lower case, without accents.
    pub(super) folded: String,
    /// Its stem.
    pub(super) stem: String,
    /// Whether it was typed in capitals.
    pub(super) capitals: bool,
    /// Whether a full stop follows at once: "coord." is cut short.
    pub(super) cut: bool,
}

impl Token {
    /// Puts another word in its place.
    pub(super) fn replace(&mut self, word: &str) {
        word.clone_into(&mut self.folded);
        self.stem = stem(word);
    }
}

/// Splits a text into its words: runs of letters and digits.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let letters: Vec<char> = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let end = at + letters[at..].iter().take_while(|c| c.is_alphanumeric()).count();
        if end == at {
            at += 1;
            continue;
        }
        let word = &letters[at..end];
        let folded: String = word.iter().flat_map(|c| c.to_lowercase()).collect();
        found.push(Token {
            stem: stem(&folded),
            folded,
            capitals: word.iter().any(|c| c.is_uppercase()) && !word.iter().any(|c| c.is_lowercase()),
            cut: letters.get(end) == Some(&'.') && word.iter().all(|c| c.is_alphabetic()),
        });
        at = end;
    }
    found
}
