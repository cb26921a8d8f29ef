//! What a report is about: a quarter, or a free period, with the year to date and the as-at date.

use chrono::NaiveDate;

use super::period::{PlanYear, year_earlier};

/// The period that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A quarter, 1 to 4, of a plan year.
    Quarter(PlanYear, u8),
    /// From a day to a day.
    Free(NaiveDate, NaiveDate),
}

/// A report's period and as-at date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportPeriod {
    /// What was asked for.
    pub asked: Asked,
    /// Nothing dated after this day counts.
    pub as_at: NaiveDate,
    /// Whether the as-at date was asked for, and is not just the report's end.
    pub as_at_given: bool,
}

/// One period of the report, and the day to which it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `Q1` … `Q4`, `YTD`, `FREE`, and `PREV-` before each for the previous plan year.
    pub id: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The day to which it is counted: the last day, or the as-at date if earlier.
    pub counted_to: NaiveDate,
    /// Whether it has begun by the as-at date.
    pub due: bool,
    /// Whether it is a period of the previous plan year.
    pub previous: bool,
}

impl Line {
    /// Whether a day lies in what is counted.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.counted_to
    }

    /// Whether it is a quarter of the report's own plan year.
    #[must_use]
    pub fn is_quarter(&self) -> bool {
        !self.previous && self.id.starts_with('Q')
    }

    /// Whether it is counted to a day before its last: it is not yet over.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.counted_to < self.to
    }

    fn current(id: String, (from, to): (NaiveDate, NaiveDate), as_at: NaiveDate) -> Self {
        Self { id, from, to, counted_to: to.min(as_at), due: from <= as_at, previous: false }
    }

    /// The same period of the previous plan year, counted to the same day a year earlier.
    fn year_before(&self) -> Self {
        Self {
            id: format!("PREV-{}", self.id),
            from: year_earlier(self.from),
            to: year_earlier(self.to),
            counted_to: year_earlier(self.counted_to),
            due: self.due,
            previous: true,
        }
    }
}

impl ReportPeriod {
    /// The plan year of the report: of a free period, that of its last day.
    #[must_use]
    pub fn plan_year(&self) -> PlanYear {
        match self.asked {
            Asked::Quarter(year, _) => year,
            Asked::Free(_, to) => PlanYear::of(to),
        }
    }

    /// First and last day of the period asked for.
    #[must_use]
    pub fn days(&self) -> (NaiveDate, NaiveDate) {
        match self.asked {
            Asked::Quarter(year, quarter) => year.quarter(quarter),
            Asked::Free(from, to) => (from, to),
        }
    }

    /// The name of the report's folder: `Q2`, or `2025-07-01_2026-03-31`.
    #[must_use]
    pub fn folder(&self) -> String {
        match self.asked {
            Asked::Quarter(_, quarter) => format!("Q{quarter}"),
            Asked::Free(from, to) => format!("{from}_{to}"),
        }
    }

    /// The period in words: "Q2 of 2025-2026 (1 October to 31 December 2025)".
    #[must_use]
    pub fn in_words(&self) -> String {
        let (from, to) = self.days();
        match self.asked {
            Asked::Quarter(year, quarter) => {
                format!("Q{quarter} of {year} ({} to {})", from.format("%-d %B %Y"), to.format("%-d %B %Y"))
            }
            Asked::Free(..) => format!("{} to {}", from.format("%-d %B %Y"), to.format("%-d %B %Y")),
        }
    }

    /// The periods of the report: each quarter up to its end, the year to date, the free period, and
    /// with `previous` the same of the previous plan year.
    ///
    /// Source: output contract, `period`; counting rules, Time.
    #[must_use]
    pub fn lines(&self, previous: bool) -> Vec<Line> {
        let (year, (from, to)) = (self.plan_year(), self.days());
        let last = PlanYear::quarter_of(to);
        let line = |id: String, days| Line::current(id, days, self.as_at);
        let mut lines: Vec<Line> =
            (1..=last).map(|quarter| line(format!("Q{quarter}"), year.quarter(quarter))).collect();
        lines.push(line("YTD".into(), (year.first_day(), to)));
        if let Asked::Free(..) = self.asked {
            lines.push(line("FREE".into(), (from, to)));
        }
        if previous {
            let before: Vec<Line> = lines.iter().map(Line::year_before).collect();
            lines.extend(before);
        }
        lines
    }

    /// The id of the line that the report is about: the quarter, or `FREE`.
    #[must_use]
    pub fn main_line(&self) -> String {
        match self.asked {
            Asked::Quarter(_, quarter) => format!("Q{quarter}"),
            Asked::Free(..) => "FREE".into(),
        }
    }

    /// The first day that any line, previous year included, can see.
    #[must_use]
    pub fn earliest(&self) -> NaiveDate {
        year_earlier(self.days().0.min(self.plan_year().first_day()))
    }
}
