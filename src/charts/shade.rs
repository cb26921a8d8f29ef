//! Shades of counts: whole numbers in up to five steps of equal width, darker for more.

use super::palette::{Fill, ZERO};

/// The steps from one to the highest count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Steps {
    shades: [Fill; 5],
    most: usize,
    /// Counts in a step.
    width: usize,
    /// Steps in use.
    number: usize,
}

impl Steps {
    pub(super) fn to(shades: [Fill; 5], most: usize) -> Self {
        let width = most.div_ceil(shades.len()).max(1);
        Self { shades, most, width, number: most.div_ceil(width) }
    }

    /// The fill of a count.
    pub(super) fn fill(self, count: usize) -> Fill {
        match count {
            0 => ZERO,
            _ => self.shade((count - 1) / self.width),
        }
    }

    /// A step's shade: few steps are spread over all shades.
    fn shade(self, step: usize) -> Fill {
        let last = self.shades.len() - 1;
        if self.number <= 1 { self.shades[last / 2] } else { self.shades[(step * last / (self.number - 1)).min(last)] }
    }

    /// The steps with their fills: "0", "1–2", "3–4" ...
    pub(super) fn legend(self) -> Vec<(String, Fill)> {
        let step = |step: usize| {
            let (from, to) = (step * self.width + 1, ((step + 1) * self.width).min(self.most));
            let name = if from == to { from.to_string() } else { format!("{from}\u{2013}{to}") };
            (name, self.shade(step))
        };
        std::iter::once(("0".to_owned(), ZERO)).chain((0..self.number).map(step)).collect()
    }
}
