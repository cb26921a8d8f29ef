//! Long tables in parts, side by side.

use std::ops::Range;

use crate::cores;

/// From how many rows on they are divided: fewer are done before another thread has begun.
const LONG: usize = 4_000;

/// The rows of a part where there are so many rows in all.
pub(super) fn part_of(rows: usize) -> usize {
    if rows < LONG { rows.max(1) } else { (rows / 16).clamp(LONG / 4, 1 << 16) }
}

/// The parts of a range.
pub(super) fn of(range: Range<usize>, part: usize) -> impl Iterator<Item = Range<usize>> {
    range.clone().step_by(part).map(move |start| start..range.end.min(start + part))
}

/// Does the same with all parts of a range; what was made of each, in their order.
pub(super) fn side_by_side<T: Send>(
    range: Range<usize>,
    part: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let parts: Vec<Range<usize>> = of(range, part).collect();
    cores::each(parts.len(), |at| work(parts[at].clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_back_in_their_order_and_leave_nothing_out() {
        for part in [1, 3, 1000] {
            let made = side_by_side(5..105, part, Iterator::collect::<Vec<_>>);
            assert_eq!(made.concat(), (5..105).collect::<Vec<_>>());
        }
        assert!(side_by_side(3..3, 1, |rows| rows).is_empty());
    }
}
