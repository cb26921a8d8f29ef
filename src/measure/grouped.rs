//! Tables of numbers, grouped and summed by polars.
//!
//! The tables are in memory and each question is a single step, so polars' frames are asked at once: a plan of lazy
//! steps takes longer to make than the steps to do, and its planner is most of polars' code.

use polars::prelude::*;

/// The sums of some columns by a key: the keys in no order, and each column's sums beside them.
pub(super) fn sum_by<const N: usize>(
    table: &DataFrame,
    key: &str,
    columns: [&str; N],
) -> PolarsResult<(Vec<u64>, [Column; N])> {
    #[expect(deprecated, reason = "it points to lazy plans; the sums are the same")]
    let summed = table.group_by([key])?.select(columns).sum()?;
    let keys = counts(summed.column(key)?)?;
    let sums = summed.into_columns().into_iter().skip(1).collect::<Vec<_>>();
    Ok((keys, sums.try_into().expect("a column of sums for each column")))
}

/// The different numbers of a column, ascending.
pub(super) fn distinct(table: &DataFrame, column: &str) -> PolarsResult<Vec<u64>> {
    let mut numbers = counts(table.column(column)?)?;
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// A column of whole numbers without gaps.
pub(super) fn counts(column: &Column) -> PolarsResult<Vec<u64>> {
    Ok(column.u64()?.into_no_null_iter().collect())
}
