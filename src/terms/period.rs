//! Plan years and reporting periods.
//!
//! Source: counting rules, section Time. A plan year runs from 1 July to 30 June; Q1 is July to
//! September, Q4 April to June.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};

/// A plan year, named by both its calendar years: `2025-2026`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanYear(i32);

impl PlanYear {
    /// The plan year that begins on 1 July of `year`.
    #[must_use]
    pub fn starting(year: i32) -> Self {
        Self(year)
    }

    /// The plan year that holds `day`.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self(if day.month() >= 7 { day.year() } else { day.year() - 1 })
    }

    /// The plan year before this one.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    /// 1 July.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        first_of_month(self.0, 7)
    }

    /// 30 June.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        last_before(first_of_month(self.0 + 1, 7))
    }

    /// First and last day of quarter 1 to 4.
    #[must_use]
    pub fn quarter(self, quarter: u8) -> (NaiveDate, NaiveDate) {
        let months = Months::new(3 * (u32::from(quarter) - 1));
        let from = self.first_day() + months;
        (from, last_before(from + Months::new(3)))
    }

    /// The quarter, 1 to 4, that holds `day` of this plan year.
    #[must_use]
    pub fn quarter_of(day: NaiveDate) -> u8 {
        u8::try_from((day.month() + 5) % 12 / 3 + 1).expect("1 to 4")
    }
}

impl fmt::Display for PlanYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0, self.0 + 1)
    }
}

impl fmt::Debug for PlanYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for PlanYear {
    type Err = String;

    /// Reads `2025-2026` (also with a slash, and with a short second year).
    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = || format!("\"{text}\" is not a plan year such as 2025-2026");
        let (first, second) = text.trim().split_once(['-', '/', '\u{2013}']).ok_or_else(refuse)?;
        let first: i32 = first.trim().parse().map_err(|_| refuse())?;
        let second: i32 = second.trim().parse().map_err(|_| refuse())?;
        let follows = second == first + 1 || second == (first + 1) % 100;
        ((1990..2100).contains(&first) && follows).then_some(Self(first)).ok_or_else(refuse)
    }
}

impl<'de> serde::Deserialize<'de> for PlanYear {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The period a figure a Member reports stands for: a plan year, a quarter or a month of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatisticPeriod {
    /// A whole plan year.
    Year(PlanYear),
    /// A quarter, 1 to 4, of a plan year.
    Quarter(PlanYear, u8),
    /// A calendar month; the date is its first day.
    Month(NaiveDate),
}

impl StatisticPeriod {
    /// First and last day.
    #[must_use]
    pub fn days(self) -> (NaiveDate, NaiveDate) {
        match self {
            Self::Year(year) => (year.first_day(), year.last_day()),
            Self::Quarter(year, quarter) => year.quarter(quarter),
            Self::Month(first) => (first, last_before(first + Months::new(1))),
        }
    }

    /// The plan year it belongs to.
    #[must_use]
    pub fn plan_year(self) -> PlanYear {
        match self {
            Self::Year(year) | Self::Quarter(year, _) => year,
            Self::Month(first) => PlanYear::of(first),
        }
    }

    /// The same period of another plan year.
    #[must_use]
    pub fn in_year(self, year: PlanYear) -> Self {
        match self {
            Self::Year(_) => Self::Year(year),
            Self::Quarter(_, quarter) => Self::Quarter(year, quarter),
            Self::Month(first) => {
                let calendar = if first.month() >= 7 { year.0 } else { year.0 + 1 };
                Self::Month(first_of_month(calendar, first.month()))
            }
        }
    }

    /// The periods one step finer that fill this one; none for a month.
    #[must_use]
    pub fn finer(self) -> Vec<Self> {
        match self {
            Self::Year(year) => (1..=4).map(|quarter| Self::Quarter(year, quarter)).collect(),
            Self::Quarter(year, quarter) => {
                let from = year.quarter(quarter).0;
                (0..3).map(|month| Self::Month(from + Months::new(month))).collect()
            }
            Self::Month(_) => Vec::new(),
        }
    }
}

impl fmt::Display for StatisticPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year}"),
            Self::Quarter(year, quarter) => write!(f, "{year}/Q{quarter}"),
            Self::Month(first) => write!(f, "{}", first.format("%Y-%m")),
        }
    }
}

impl FromStr for StatisticPeriod {
    type Err = String;

    /// Reads `2025-2026`, `2025-2026/Q1` or `2025-07`.
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Some((year, quarter)) = text.rsplit_once(['/', ' ', '-'])
            && let Some(number) = quarter.trim().strip_prefix(['Q', 'q'])
            && let Ok(quarter @ 1..=4) = number.parse()
            && let Ok(year) = year.trim().trim_end_matches(['/', '-']).trim().parse()
        {
            return Ok(Self::Quarter(year, quarter));
        }
        if let Some((year, month)) = text.split_once('-')
            && let (4, 2, Ok(year), Ok(month @ 1..=12)) = (year.len(), month.len(), year.parse(), month.parse())
        {
            return Ok(Self::Month(first_of_month(year, month)));
        }
        text.parse().map(Self::Year)
    }
}

/// The same day a year earlier; 28 February for 29 February.
#[must_use]
pub fn year_earlier(day: NaiveDate) -> NaiveDate {
    day.checked_sub_months(Months::new(12)).expect("dates of reports are far from the calendar's end")
}

fn first_of_month(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).expect("a month of a year of this age")
}

fn last_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(1)).expect("dates of reports are far from the calendar's end")
}
