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

/// Splits a text into its words: runs of letters and digits. Initials with full stops are one word ("S.W." is SW),
/// so is a word cut short by an apostrophe ("nat'l"); initials lose the s of their plural ("ARs" is AR).
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let letters: Vec<char> = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let (word, end) = word(&letters, at);
        if let Some(last) = end.checked_sub(1).filter(|_| !word.is_empty()) {
            found.push(token(&word, letters.get(last + 1) == Some(&'.')));
        }
        at = end.max(at + 1);
    }
    found
}

/// The word at a place, and where it ends.
fn word(letters: &[char], at: usize) -> (Vec<char>, usize) {
    let run = |from: usize| letters[from.min(letters.len())..].iter().take_while(|c| c.is_alphanumeric()).count();
    let length = run(at);
    let mut word = letters[at..at + length].to_vec();
    let mut end = at + length;
    if length == 1 {
        while letters.get(end) == Some(&'.') && run(end + 1) == 1 {
            word.push(letters[end + 1]);
            end += 2;
        }
    }
    let apostrophe = matches!(letters.get(end), Some('\'' | '\u{2019}'));
    let genitive = run(end + 1) == 1 && letters.get(end + 1).is_some_and(|c| c.eq_ignore_ascii_case(&'s'));
    if apostrophe && length > 1 && !genitive && (1..=2).contains(&run(end + 1)) {
        let tail = run(end + 1);
        word.extend(&letters[end + 1..=end + tail]);
        end += 1 + tail;
    }
    (word, end)
}

fn token(word: &[char], stop: bool) -> Token {
    let plural = word.len() > 2 && word.ends_with(&['s']) && word[..word.len() - 1].iter().all(|c| c.is_uppercase());
    let word = if plural { &word[..word.len() - 1] } else { word };
    let folded: String = word.iter().flat_map(|c| c.to_lowercase()).collect();
    Token {
        stem: stem(&folded),
        folded,
        capitals: word.iter().any(|c| c.is_uppercase()) && !word.iter().any(|c| c.is_lowercase()),
        cut: stop && word.iter().all(|c| c.is_alphabetic()),
    }
}
