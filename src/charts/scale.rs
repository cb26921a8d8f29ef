//! Places on axes: whole ticks for counts, labels kept apart.

/// A count as a length.
#[allow(clippy::cast_precision_loss, reason = "counts of a report are far below 2^52")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}

/// Ticks of an axis of counts from zero to a count: whole numbers, about five.
pub(super) fn ticks(most: usize) -> Vec<usize> {
    const TICKS: usize = 5;
    let least = most.div_ceil(TICKS).max(1);
    let power = 10usize.pow(least.ilog10());
    let step = [1, 2, 5, 10].map(|of| of * power).into_iter().find(|step| *step >= least);
    let step = step.expect("ten times a number's power of ten is above the number");
    (0..=most / step).map(|tick| tick * step).collect()
}

/// Moves labels as little as needed so that none is nearer to the next than asked and all stay between two ends.
///
/// Wanted places are ascending. Where the room is too small for the distance, the distance shrinks. Places less their
/// rank times the distance must not fall: neighbours that break this share their mean (isotonic regression).
pub(super) fn apart(wanted: &[f64], distance: f64, (from, to): (f64, f64)) -> Vec<f64> {
    let gaps = real(wanted.len().saturating_sub(1));
    let distance = if gaps > 0.0 { distance.min((to - from) / gaps) } else { distance };
    let mut blocks: Vec<(f64, usize)> = Vec::with_capacity(wanted.len());
    for (rank, place) in wanted.iter().enumerate() {
        let mut block = (place - real(rank) * distance, 1);
        while let Some((mean, size)) = blocks.pop_if(|(mean, _)| *mean > block.0) {
            let both = size + block.1;
            block = ((mean * real(size) + block.0 * real(block.1)) / real(both), both);
        }
        blocks.push(block);
    }
    let bases = blocks.into_iter().flat_map(|(mean, size)| std::iter::repeat_n(mean, size));
    let highest = to - gaps * distance;
    bases.enumerate().map(|(rank, base)| base.min(highest).max(from) + real(rank) * distance).collect()
}
