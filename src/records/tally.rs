//! Where every row went. Per file and sheet the places add up to the rows read.

use std::collections::{BTreeMap, BTreeSet};

use super::source::RowId;

/// The one place in which a row ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// It is in the figures, or would be if a period asked for it.
    Counted,
    /// It is dated outside the periods of the report, or belongs to an activity that was not delivered.
    OutOfPeriod,
    /// It says again what another row says.
    Duplicate,
    /// It points to nothing that is known.
    Unmapped,
    /// It cannot be read.
    Rejected,
    /// It is no record: a total, a heading between rows, a note, or a row that the layout skips.
    Skipped,
}

impl Place {
    /// All places, in the order of reports.
    pub const ALL: [Self; 6] =
        [Self::Counted, Self::OutOfPeriod, Self::Duplicate, Self::Unmapped, Self::Rejected, Self::Skipped];

    /// The words in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::OutOfPeriod => "out of period",
            Self::Duplicate => "duplicate",
            Self::Unmapped => "unmapped",
            Self::Rejected => "rejected",
            Self::Skipped => "skipped",
        }
    }
}

/// Rows read and where they went, per source sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    sources: Vec<SourceTally>,
    /// Of sources whose rows give several records each: the best place of each row so far.
    several: Vec<Option<BTreeMap<u32, Place>>>,
    rejected: BTreeSet<RowId>,
}

/// The tally of one sheet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SourceTally {
    /// Rows read below the header.
    pub read: usize,
    placed: [usize; 6],
}

impl SourceTally {
    /// How many rows ended in a place.
    #[must_use]
    pub fn placed(&self, place: Place) -> usize {
        self.placed[place as usize]
    }

    /// Whether the places add up to the rows read.
    #[must_use]
    pub fn closes(&self) -> bool {
        self.placed.iter().sum::<usize>() == self.read
    }

    fn add(self, other: Self) -> Self {
        let mut placed = self.placed;
        for (sum, more) in placed.iter_mut().zip(other.placed) {
            *sum += more;
        }
        Self { read: self.read + other.read, placed }
    }
}

impl Tally {
    /// Opens the tally of the next source, with the rows that were read from it, and whether a row may give
    /// several records.
    pub fn open(&mut self, read: usize, several: bool) {
        self.sources.push(SourceTally { read, ..SourceTally::default() });
        self.several.push(several.then(BTreeMap::new));
    }

    /// Puts a row in its place. To be called once for each record: a row that gives several records is in
    /// the best place of them, and counted once.
    pub fn place(&mut self, row: RowId, place: Place) {
        let placed = &mut self.sources[row.source.index()].placed;
        if let Some(best) = &mut self.several[row.source.index()] {
            match best.get(&row.row) {
                Some(known) if *known <= place => return,
                Some(known) => placed[*known as usize] -= 1,
                None => {}
            }
            best.insert(row.row, place);
            self.rejected.remove(&row);
        }
        placed[place as usize] += 1;
        if place == Place::Rejected {
            self.rejected.insert(row);
        }
    }

    /// The rows that are rejected.
    #[must_use]
    pub fn rejected(&self) -> &BTreeSet<RowId> {
        &self.rejected
    }

    /// The tally of each source, in order.
    #[must_use]
    pub fn sources(&self) -> &[SourceTally] {
        &self.sources
    }

    /// Whether every source closes.
    #[must_use]
    pub fn closes(&self) -> bool {
        self.sources.iter().all(SourceTally::closes)
    }

    /// All sources together.
    #[must_use]
    pub fn total(&self) -> SourceTally {
        self.sources.iter().fold(SourceTally::default(), |sum, source| sum.add(*source))
    }
}
