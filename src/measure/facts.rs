//! Flow measures: what each record gives to each KPI, and its sum per period, by polars.
//!
//! A fact is one contribution of one record to one figure, dated. Every flow figure is an aggregate of
//! the facts of its KPI inside the period: a sum, or a number of distinct activities or Members.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use polars::prelude::*;

use super::attendance::numbers;
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
    fn key(self) -> u32 {
        match self {
            Self::Kpi(at) => 3 * at,
            Self::Companion(at) => 3 * at + 1,
            Self::Reached(at) => 3 * at + 2,
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
    series: Vec<u32>,
    day: Vec<i32>,
    activity: Vec<u32>,
    member: Vec<u32>,
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
        self.series.push(series.key());
        self.day.push(day_number(day));
        self.activity.push(u32::try_from(fact.activity).expect("fewer activities than rows"));
        self.member.push(fact.member.map_or(0, MemberCode::index));
        self.amount.push(fact.amount);
        self.weight.push(fact.weight);
        self.rows.push(rows);
    }

    /// The frame of all facts, and the facts as they are.
    pub(super) fn frame(self) -> PolarsResult<(DataFrame, Vec<Trace>)> {
        let trail = self.trail;
        let frame = DataFrame::new(
            self.series.len(),
            vec![
                Column::new("series".into(), self.series),
                Column::new("day".into(), self.day),
                Column::new("activity".into(), self.activity),
                Column::new("member".into(), self.member),
                Column::new("amount".into(), self.amount),
                Column::new("weight".into(), self.weight),
                Column::new("rows".into(), self.rows),
            ],
        )?;
        Ok((frame, trail))
    }
}

/// Sums the facts inside a period, per series.
pub(super) fn sums(facts: &DataFrame, line: &Line) -> PolarsResult<HashMap<u32, Sums>> {
    let within = col("day").gt_eq(lit(day_number(line.from))).and(col("day").lt_eq(lit(day_number(line.counted_to))));
    let inside = facts.clone().lazy().filter(within).collect()?;
    let summed = inside
        .clone()
        .lazy()
        .group_by([col("series")])
        .agg([
            col("amount").sum(),
            col("weight").sum(),
            col("activity").n_unique().cast(DataType::UInt64).alias("activities"),
            len().cast(DataType::UInt64).alias("facts"),
            col("rows").sum(),
        ])
        .collect()?;
    let series = numbers(&summed, "series")?;
    let floats =
        |name: &str| -> PolarsResult<Vec<f64>> { Ok(summed.column(name)?.f64()?.into_no_null_iter().collect()) };
    let counts =
        |name: &str| -> PolarsResult<Vec<u64>> { Ok(summed.column(name)?.u64()?.into_no_null_iter().collect()) };
    let (amount, weight) = (floats("amount")?, floats("weight")?);
    let (activities, facts, rows) = (counts("activities")?, counts("facts")?, counts("rows")?);
    let mut sums: HashMap<u32, Sums> = HashMap::new();
    for (at, key) in series.into_iter().enumerate() {
        let sum = Sums {
            amount: amount[at],
            weight: weight[at],
            activities: activities[at],
            facts: facts[at],
            rows: rows[at],
            members: Vec::new(),
        };
        sums.insert(key, sum);
    }
    members(&inside, &mut sums)?;
    Ok(sums)
}

/// Adds the distinct Members of each series.
fn members(inside: &DataFrame, sums: &mut HashMap<u32, Sums>) -> PolarsResult<()> {
    let named = inside
        .clone()
        .lazy()
        .filter(col("member").gt(lit(0u32)))
        .group_by([col("series"), col("member")])
        .agg([len()])
        .sort(["series", "member"], SortMultipleOptions::default())
        .collect()?;
    for (series, member) in numbers(&named, "series")?.into_iter().zip(numbers(&named, "member")?) {
        if let (Some(sum), Some(member)) = (sums.get_mut(&series), MemberCode::from_index(member)) {
            sum.members.push(member);
        }
    }
    Ok(())
}

/// The sums of a series; nothing in the period gives zeros.
pub(super) fn sum_of(sums: &HashMap<u32, Sums>, series: Series) -> Sums {
    sums.get(&series.key()).cloned().unwrap_or_default()
}
