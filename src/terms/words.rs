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

/// How near two texts are, where they are at least as near as that. Most texts are told apart by the letters that one
/// has and the other lacks, each of which is a letter wrong, missing or too many; that costs a fraction of the rest.
#[must_use]
pub fn nearness_of_least(a: &str, b: &str, least: f64) -> Option<f64> {
    let (of_a, of_b) = (a.chars().count(), b.chars().count());
    let longer = of_a.max(of_b);
    #[allow(clippy::cast_precision_loss, reason = "texts of cells are far below 2^52 letters")]
    let too_few = |common: usize| longer > 0 && (common as f64 / longer as f64) + 1e-9 < least;
    if too_few(of_a.min(of_b)) || too_few(letters_in_common(a, b)) {
        return None;
    }
    Some(nearness(a, b)).filter(|nearness| *nearness >= least)
}

/// How many letters two texts have in common at most, wherever they stand.
fn letters_in_common(a: &str, b: &str) -> usize {
    // Letters that share a place only make the number larger.
    const PLACES: usize = 64;
    let mut left = [0_u32; PLACES];
    for letter in a.chars() {
        left[letter as usize % PLACES] += 1;
    }
    let taken = b.chars().filter(|letter| {
        let left = &mut left[*letter as usize % PLACES];
        let is_left = *left > 0;
        *left -= u32::from(is_left);
        is_left
    });
    taken.count()
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
