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

/// The last row of each group of rows of the same key, ascending by key.
pub(super) fn last_by(table: &DataFrame, key: &str) -> PolarsResult<Vec<(u64, usize)>> {
    let keys = counts(table.column(key)?)?;
    let grouped = table.group_by([key])?;
    let last = grouped.get_groups().iter().filter_map(|group| match group {
        GroupsIndicator::Idx((_, rows)) => rows.last().copied(),
        GroupsIndicator::Slice([first, length]) => length.checked_sub(1).map(|before| first + before),
    });
    let mut last: Vec<(u64, usize)> = last.map(|row| (keys[row as usize], row as usize)).collect();
    last.sort_unstable();
    Ok(last)
}

/// A column of whole numbers without gaps.
pub(super) fn counts(column: &Column) -> PolarsResult<Vec<u64>> {
    Ok(column.u64()?.into_no_null_iter().collect())
}
