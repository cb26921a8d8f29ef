//! Small groups: sex and satisfaction of a few persons are not broken down further.
//!
//! The one rule of every sheet, chart and table: a group of fewer than the configured number is not shown; nor is
//! the next smallest part of the same whole where the small ones could be worked out from the whole and the rest.
//! Women of a period stand all the same: they are a KPI of their own.

/// Why the figures of a group are not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// Fewer than the configured number stand behind them.
    Few,
    /// With them, the figures of a small group could be worked out.
    KeptBack,
}

impl Withheld {
    /// What stands in the place of the number: `under 5`, `kept back`; each word as the office says it.
    pub fn in_words<'a>(self, least: u32, say: impl Fn(&'static str) -> &'a str) -> String {
        match self {
            Self::Few => format!("{} {least}", say("under")),
            Self::KeptBack => say("kept back").to_owned(),
        }
    }
}

/// Of a group on its own.
#[must_use]
pub fn alone(size: u64, least: u32) -> Option<Withheld> {
    (1..u64::from(least)).contains(&size).then_some(Withheld::Few)
}

/// Of the parts of a whole, whose sum stands elsewhere.
#[must_use]
pub fn of_parts(sizes: &[u64], least: u32) -> Vec<Option<Withheld>> {
    let mut withheld: Vec<Option<Withheld>> = sizes.iter().map(|size| alone(*size, least)).collect();
    let hidden = |withheld: &[Option<Withheld>]| -> u64 {
        withheld.iter().zip(sizes).filter(|(why, _)| why.is_some()).map(|(_, size)| size).sum()
    };
    while (1..u64::from(least)).contains(&hidden(&withheld)) {
        let open = (0..sizes.len()).filter(|at| withheld[*at].is_none() && sizes[*at] > 0);
        let Some(smallest) = open.min_by_key(|at| sizes[*at]) else { break };
        withheld[smallest] = Some(Withheld::KeptBack);
    }
    withheld
}
