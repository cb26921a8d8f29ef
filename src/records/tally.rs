//! Where every row went. Per file and sheet the places add up to the rows read.

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
}

impl Place {
    /// All places, in the order of reports.
    pub const ALL: [Self; 5] = [Self::Counted, Self::OutOfPeriod, Self::Duplicate, Self::Unmapped, Self::Rejected];

    /// The words in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::OutOfPeriod => "out of period",
            Self::Duplicate => "duplicate",
            Self::Unmapped => "unmapped",
            Self::Rejected => "rejected",
        }
    }
}

/// Rows read and where they went, per source sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    sources: Vec<SourceTally>,
}

/// The tally of one sheet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SourceTally {
    /// Rows read below the header.
    pub read: usize,
    placed: [usize; 5],
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
    /// Opens the tally of the next source, with the rows that were read from it.
    pub fn open(&mut self, read: usize) {
        self.sources.push(SourceTally { read, ..SourceTally::default() });
    }

    /// Puts a row in its place. To be called once for each row.
    pub fn place(&mut self, row: RowId, place: Place) {
        self.sources[row.source.index()].placed[place as usize] += 1;
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
