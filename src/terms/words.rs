//! When two words are held to be the same: by their stem, or but for a slip of the typist.

use rust_stemmers::{Algorithm, Stemmer};

/// The stem of a folded word: "rulings" and "ruling" have one. Words of one or two letters and words with a
/// digit are their own stem.
#[must_use]
pub fn stem(word: &str) -> String {
    if word.chars().count() <= 3 || word.chars().any(|c| !c.is_ascii_lowercase()) {
        return word.to_owned();
    }
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

/// How near two texts are, from 0 to 1.
#[must_use]
pub fn nearness(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(a, b)
}

/// Whether `typed` may be a slip for `meant`: one letter wrong, missing, too many or swapped in a word of five
/// letters or more, two in one of eleven or more; the first letter is always right.
#[must_use]
pub fn is_slip(typed: &str, meant: &str) -> bool {
    let letters = typed.chars().count();
    let allowed = match letters {
        0..5 => return false,
        5..11 => 1,
        _ => 2,
    };
    typed.chars().next() == meant.chars().next()
        && letters.abs_diff(meant.chars().count()) <= allowed
        && strsim::osa_distance(typed, meant) <= allowed
}
