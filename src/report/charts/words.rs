//! Words that are chosen by figures, with their thresholds.

use crate::terms::figure::{report_number, rounded};

/// Stands in the foot of a chart whose title says "most".
pub(super) const MOST: &str = " \u{201c}Most\u{201d} means more than half.";

/// Whether a part may be called most of a whole: more than half of it.
pub(super) fn is_most(part: usize, whole: usize) -> bool {
    2 * part > whole
}

/// A percentage as charts print it: one decimal at the most.
pub(super) fn percent(value: f64) -> f64 {
    rounded(value, 1)
}

/// ", up 3 points on the same period of 2024-2025": the difference of the two figures as they are printed.
pub(super) fn against_points(now: f64, before: f64, when: &str) -> String {
    let change = rounded(percent(now) - percent(before), 1);
    if change == 0.0 {
        return format!(", as in {when}");
    }
    let (way, size) = (if change > 0.0 { "up" } else { "down" }, change.abs());
    let size = report_number(size);
    let points = if size == "1" { "point" } else { "points" };
    format!(", {way} {size} {points} on {when}")
}

/// ", 4 more than in the same period of 2024-2025"
pub(super) fn against_count(now: usize, before: usize, when: &str) -> String {
    match now.cmp(&before) {
        std::cmp::Ordering::Equal => format!(", as many as in {when}"),
        std::cmp::Ordering::Greater => format!(", {} more than in {when}", now - before),
        std::cmp::Ordering::Less => format!(", {} fewer than in {when}", before - now),
    }
}

/// "A", "A and B", "A, B and C"
pub(super) fn listed<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_not_most() {
        assert!(!is_most(5, 10) && is_most(6, 10) && !is_most(0, 0));
    }

    #[test]
    fn change_is_the_difference_of_what_is_printed() {
        let when = "the same period of 2024-2025";
        assert_eq!(against_points(45.66, 42.54, when), ", up 3.2 points on the same period of 2024-2025");
        assert_eq!(against_points(41.0, 42.0, when), ", down 1 point on the same period of 2024-2025");
        assert_eq!(against_points(41.04, 41.0, when), ", as in the same period of 2024-2025");
    }

    #[test]
    fn counts_are_compared_in_singular_and_plural() {
        assert_eq!(against_count(3, 3, "Q1"), ", as many as in Q1");
        assert_eq!(against_count(3, 4, "Q1"), ", 1 fewer than in Q1");
        assert_eq!(against_count(9, 4, "Q1"), ", 5 more than in Q1");
    }

    #[test]
    fn lists_end_with_and() {
        assert_eq!(listed(&["A", "B", "C"]), "A, B and C");
        assert_eq!(listed(&["A"]), "A");
    }
}
