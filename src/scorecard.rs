//! What was measured: per KPI and period the actual, and what stands beside it.

use crate::terms::{KpiId, Line, MemberCode};

/// Why a figure is not measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The period begins after the as-at date.
    NotYetDue,
    /// No file of a needed kind was read.
    NoSource,
    /// No record speaks of it.
    NoRecords,
    /// No figure stands in both periods.
    NoBaseline,
}

impl Reason {
    /// The word in data files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotYetDue => "not-yet-due",
            Self::NoSource => "no-source",
            Self::NoRecords => "no-records",
            Self::NoBaseline => "no-baseline",
        }
    }

    /// The words in reports.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::NotYetDue => "not yet due",
            Self::NoSource => "no source",
            Self::NoRecords => "no records",
            Self::NoBaseline => "no baseline",
        }
    }
}

/// The actual of a KPI in a period. No number is not zero: zero is only ever measured.
#[derive(Debug, Clone, PartialEq)]
pub enum Actual {
    /// A number, in the measure's unit.
    Measured(f64),
    /// A list or text instead of a number. None of the shipped KPIs is one.
    Narrative(Vec<String>),
    /// No number, and why.
    NotMeasured(Reason),
}

impl Actual {
    /// The number, where there is one.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Measured(value) => Some(*value),
            _ => None,
        }
    }
}

/// The Members behind a figure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Listed {
    /// The measure counts no Members.
    #[default]
    Nothing,
    /// Members, sorted by code.
    Members(Vec<MemberCode>),
    /// Pairs of Members, sorted.
    Pairs(Vec<(MemberCode, MemberCode)>),
}

impl Listed {
    /// ISO codes joined by `;`, pairs as `CN-JP`.
    #[must_use]
    pub fn codes(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Members(members) => members.iter().map(MemberCode::to_string).collect::<Vec<_>>().join(";"),
            Self::Pairs(pairs) => pairs.iter().map(|(a, b)| format!("{a}-{b}")).collect::<Vec<_>>().join(";"),
        }
    }
}

/// One KPI in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The actual.
    pub actual: Actual,
    /// Numerator of a share or rating.
    pub numerator: Option<f64>,
    /// Denominator of a share or rating: n.
    pub denominator: Option<f64>,
    /// Activities that have a figure (women, experts).
    pub covered: Option<u64>,
    /// Activities that could have one.
    pub coverable: Option<u64>,
    /// Baseline value.
    pub baseline: Option<f64>,
    /// Target value.
    pub target: Option<f64>,
    /// Progress in percent from baseline to target.
    pub progress: Option<f64>,
    /// The Members behind the figure.
    pub listed: Listed,
    /// Source rows whose removal could change the value.
    pub records: u64,
    /// Of a standing: Members by the register, and by follow-up only.
    pub standing: Option<(usize, usize)>,
    /// Members reached by the linked deliveries, beside a standing.
    pub reached: Option<Vec<MemberCode>>,
}

impl Figure {
    /// A figure that is not measured.
    #[must_use]
    pub fn not_measured(reason: Reason) -> Self {
        Self::of(Actual::NotMeasured(reason))
    }

    /// A figure that is measured.
    #[must_use]
    pub fn measured(value: f64) -> Self {
        Self::of(Actual::Measured(value))
    }

    fn of(actual: Actual) -> Self {
        Self {
            actual,
            numerator: None,
            denominator: None,
            covered: None,
            coverable: None,
            baseline: None,
            target: None,
            progress: None,
            listed: Listed::Nothing,
            records: 0,
            standing: None,
            reached: None,
        }
    }
}

impl Figure {
    /// Whether there is a number.
    #[must_use]
    pub fn is_measured(&self) -> bool {
        matches!(self.actual, Actual::Measured(_))
    }
}

/// One KPI over all periods.
#[derive(Debug, Clone, PartialEq)]
pub struct KpiResult {
    /// The KPI.
    pub kpi: KpiId,
    /// Whether this is the companion satisfaction of the KPI.
    pub companion: bool,
    /// One figure a period, in the order of [`Scorecard::lines`].
    pub figures: Vec<Figure>,
}

/// The id of a KPI, or of its companion satisfaction, in data files: `3-(k).1/satisfaction`.
#[must_use]
pub fn result_id(kpi: KpiId, companion: bool) -> String {
    if companion { format!("{kpi}/satisfaction") } else { kpi.to_string() }
}

/// All KPIs over all periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Scorecard {
    /// The periods.
    pub lines: Vec<Line>,
    /// KPIs in plan order, each followed by its companion where it has one.
    pub results: Vec<KpiResult>,
}

impl Scorecard {
    /// The position of a period by its id.
    #[must_use]
    pub fn line(&self, id: &str) -> Option<usize> {
        self.lines.iter().position(|line| line.id == id)
    }

    /// A figure by KPI and period id; companions apart.
    #[must_use]
    pub fn figure(&self, kpi: KpiId, line: &str) -> Option<&Figure> {
        let at = self.line(line)?;
        self.results.iter().find(|result| result.kpi == kpi && !result.companion).map(|result| &result.figures[at])
    }
}
