//! Flow measures: what each record gives to each KPI, and its sum per period, by polars.
//!
//! A fact is one contribution of one record to one figure, dated. Every flow figure is an aggregate of
//! the facts of its KPI inside the period: a sum, or a number of distinct activities or Members.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use polars::prelude::*;

use super::grouped::{counts, distinct, sum_by};
use crate::records::RowId;
use crate::terms::{Line, MemberCode};

/// Which figure a fact belongs to: a KPI, or something shown beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Series {
    /// The KPI itself, by its index.
    Kpi(u32),
    /// Its companion satisfaction.
    Companion(u32),
    /// Members reached, beside a standing.
    Reached(u32),
}

impl Series {
    fn key(self) -> u64 {
        match self {
            Self::Kpi(at) => 3 * u64::from(at),
            Self::Companion(at) => 3 * u64::from(at) + 1,
            Self::Reached(at) => 3 * u64::from(at) + 2,
        }
    }
}

/// The source rows behind a fact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Behind {
    /// None: an activity without a figure.
    #[default]
    Nothing,
    /// The row of the activity.
    Activity,
    /// One row of another kind.
    Row(RowId),
    /// The row of the activity and those of its list that give women.
    Women,
    /// The row of the activity and those of its list that give experts.
    Experts,
    /// The rows of the list that say a Member took part; the activity's own too where `own`.
    Reached { own: bool },
    /// The rows of the list that say a Member gave experts; the activity's own too where `own`.
    Giving { own: bool },
}

impl Behind {
    /// Whether the activity's own row is among them.
    pub(super) fn own(self) -> bool {
        matches!(
            self,
            Self::Activity | Self::Women | Self::Experts | Self::Reached { own: true } | Self::Giving { own: true }
        )
    }
}

/// What one record gives.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fact {
    pub(super) activity: usize,
    pub(super) member: Option<MemberCode>,
    /// What is summed.
    pub(super) amount: f64,
    /// What it is weighed or covered by.
    pub(super) weight: f64,
    /// The rows behind it.
    pub(super) behind: Behind,
}

/// A fact as it is, for those who ask what stands behind a figure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trace {
    pub(super) series: Series,
    pub(super) day: NaiveDate,
    pub(super) fact: Fact,
}

/// Columns of facts.
#[derive(Default)]
pub(super) struct Facts {
    series: Vec<u64>,
    day: Vec<i32>,
    /// The activity, below its series.
    activity: Vec<u64>,
    /// The Member, below its series; 0 for none.
    member: Vec<u64>,
    amount: Vec<f64>,
    weight: Vec<f64>,
    rows: Vec<u64>,
    /// The facts as they are; those of one series and activity stand together.
    pub(super) trail: Vec<Trace>,
}

/// The facts of one series inside a period, summed up.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    pub(super) amount: f64,
    pub(super) weight: f64,
    pub(super) activities: u64,
    pub(super) facts: u64,
    pub(super) rows: u64,
    /// Distinct Members, sorted.
    pub(super) members: Vec<MemberCode>,
}

/// Days as numbers, so that columns of them are small and sort.
pub(super) fn day_number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}

impl Facts {
    /// Adds a fact with the number of source rows behind it.
    pub(super) fn push(&mut self, series: Series, day: NaiveDate, fact: Fact, rows: u64) {
        self.trail.push(Trace { series, day, fact });
        let activity = u32::try_from(fact.activity).expect("fewer activities than rows");
        self.series.push(series.key());
        self.day.push(day_number(day));
        self.activity.push(below(series, activity));
        self.member.push(below(series, fact.member.map_or(0, MemberCode::index)));
        self.amount.push(fact.amount);
        self.weight.push(fact.weight);
        self.rows.push(rows);
    }

    /// The frame of all facts, and the facts as they are.
    pub(super) fn frame(self) -> PolarsResult<(DataFrame, Vec<Trace>)> {
        let trail = self.trail;
        let facts = vec![1_u64; self.series.len()];
        let frame = DataFrame::new(
            facts.len(),
            vec![
                Column::new("series".into(), self.series),
                Column::new("day".into(), self.day),
                Column::new("activity".into(), self.activity),
                Column::new("member".into(), self.member),
                Column::new("amount".into(), self.amount),
                Column::new("weight".into(), self.weight),
                Column::new("facts".into(), facts),
                Column::new("rows".into(), self.rows),
            ],
        )?;
        Ok((frame, trail))
    }
}

/// One number of a series and a number, which polars groups far more lightly than two columns.
fn below(series: Series, number: u32) -> u64 {
    series.key() << 32 | u64::from(number)
}

/// The series and the number of which [`below`] made one.
#[expect(clippy::cast_possible_truncation, reason = "the lower half")]
fn apart(number: u64) -> (u64, u32) {
    (number >> 32, number as u32)
}

/// The sums of some facts, by the key of their series.
pub(super) type SumsBySeries = HashMap<u64, Sums>;

/// Sums the facts inside a period, per series.
pub(super) fn sums(facts: &DataFrame, line: &Line) -> PolarsResult<SumsBySeries> {
    let day = facts.column("day")?.i32()?;
    let within = day.gt_eq(day_number(line.from)) & day.lt_eq(day_number(line.counted_to));
    let inside = facts.filter(&within)?;
    let (series, [amount, weight, facts, rows]) = sum_by(&inside, "series", ["amount", "weight", "facts", "rows"])?;
    let (amount, weight) = (amount.f64()?, weight.f64()?);
    let mut sums = SumsBySeries::with_capacity(series.len());
    let numbers = amount.into_no_null_iter().zip(weight.into_no_null_iter());
    let whole = counts(&facts)?.into_iter().zip(counts(&rows)?);
    for ((series, (amount, weight)), (facts, rows)) in series.into_iter().zip(numbers).zip(whole) {
        sums.insert(series, Sums { amount, weight, facts, rows, ..Sums::default() });
    }
    for (series, _) in distinct(&inside, "activity")?.into_iter().map(apart) {
        sums.entry(series).or_default().activities += 1;
    }
    for (series, member) in distinct(&inside, "member")?.into_iter().map(apart) {
        sums.entry(series).or_default().members.extend(MemberCode::from_index(member));
    }
    Ok(sums)
}

/// The sums of a series; nothing in the period gives zeros.
pub(super) fn sum_of(sums: &SumsBySeries, series: Series) -> Sums {
    sums.get(&series.key()).cloned().unwrap_or_default()
}
