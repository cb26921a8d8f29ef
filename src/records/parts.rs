//! Long tables in parts, which are read side by side.

use std::ops::Range;

/// From how many rows on they are divided: a part of fewer costs more than it brings.
const LONG: usize = 4_000;

/// The rows of a part where there are so many rows in all.
pub(super) fn part_of(rows: usize) -> usize {
    if rows < LONG { rows.max(1) } else { (rows / 16).clamp(LONG / 4, 1 << 16) }
}

/// The parts of a range, of so many rows each.
pub(super) fn of(range: Range<usize>, part: usize) -> impl Iterator<Item = Range<usize>> {
    range.clone().step_by(part).map(move |start| start..range.end.min(start + part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_in_order_and_leave_nothing_out() {
        for part in [1, 3, 1000] {
            assert_eq!(of(5..105, part).flatten().collect::<Vec<_>>(), (5..105).collect::<Vec<_>>());
        }
        assert!(of(3..3, 1).next().is_none());
    }
}
