//! Rows that a file hides: by hand or by a filter.

use crate::findings::{Code, Finding, Origin};

/// Highest row number of any spreadsheet program. Runs come ascending, so that a sheet has half as many at most.
const LAST_ROW: u32 = 1_048_576;
/// Runs that a finding lists.
const LISTED: usize = 10;

/// The hidden rows of a sheet as its file states them, wholly empty ones included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct HiddenRows {
    /// First and last row number of each run, from 1, ascending.
    runs: Vec<(u32, u32)>,
    /// Whether it was a filter that hid them.
    pub(crate) by_filter: bool,
}

impl HiddenRows {
    /// Takes the rows from `first` to `last`. Rows out of order are passed over: no sheet that has them can be read.
    pub(crate) fn add(&mut self, first: u32, last: u32) {
        let end = self.runs.last().map_or(0, |run| run.1);
        let last = last.min(LAST_ROW);
        if first <= end || first > last {
            return;
        }
        match self.runs.last_mut() {
            Some(run) if run.1 + 1 == first => run.1 = last,
            _ => self.runs.push((first, last)),
        }
    }

    /// How many runs of rows there are.
    pub(crate) fn runs(&self) -> usize {
        self.runs.len()
    }

    /// The note that some of a sheet's filled rows, whose ascending numbers are given, are hidden.
    pub(crate) fn finding(&self, rows: &[u32], file: &str, sheet: &str) -> Option<Finding> {
        let mut count = 0;
        let mut listed = Vec::new();
        for (first, last) in &self.runs {
            let from = rows.partition_point(|row| row < first);
            let run = &rows[from..rows.partition_point(|row| row <= last)];
            count += run.len();
            match run {
                [] => {}
                [only] => listed.push(only.to_string()),
                [first, .., last] => listed.push(format!("{first}-{last}")),
            }
        }
        let (subject, verb) = match count {
            0 => return None,
            1 => ("1 row is".to_owned(), "it was"),
            _ => (format!("{count} rows are"), "they were"),
        };
        let by = if self.by_filter { " by a filter" } else { "" };
        let message = format!("{subject} hidden{by}; {verb} read like the others.");
        let help = "If they should count, nothing to do. If they should not, delete them from the sheet: hiding or \
                    filtering does not take rows out of the report.";
        let cell = rows_named(&listed, count);
        let origin = Origin { file: file.into(), sheet: sheet.into(), cell: cell.into() };
        Some(Finding::new(Code::RowsHidden, origin, message, help).seen(count.to_string()))
    }
}

/// `rows 12-18, 25`, the first few runs.
fn rows_named(runs: &[String], count: usize) -> String {
    let more = if runs.len() > LISTED { ", ..." } else { "" };
    format!("{} {}{more}", if count == 1 { "row" } else { "rows" }, runs[..runs.len().min(LISTED)].join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_filled_rows_are_counted_and_runs_are_cut_to_them() {
        let mut hidden = HiddenRows::default();
        hidden.add(12, 14);
        hidden.add(15, 18);
        hidden.add(17, 30);
        hidden.add(25, 25);
        hidden.add(100, LAST_ROW + 5);
        assert_eq!(hidden.runs, [(12, 18), (25, 25), (100, LAST_ROW)]);
        let finding = hidden.finding(&[1, 13, 15, 16, 20, 25, 99], "log.xlsx", "Log").expect("hidden rows");
        assert_eq!((finding.origin.cell.as_str(), finding.value.as_str()), ("rows 13-16, 25", "4"));
        assert_eq!(finding.message, "4 rows are hidden; they were read like the others.");
        assert_eq!(hidden.finding(&[1, 20], "log.xlsx", "Log"), None);
    }

    #[test]
    fn a_long_list_is_cut() {
        let mut hidden = HiddenRows { by_filter: true, ..HiddenRows::default() };
        (1..=11).for_each(|row| hidden.add(row * 2, row * 2));
        let rows: Vec<u32> = (1..=30).collect();
        let finding = hidden.finding(&rows, "log.xlsx", "Log").expect("hidden rows");
        assert_eq!(finding.origin.cell, "rows 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, ...");
        assert_eq!(finding.message, "11 rows are hidden by a filter; they were read like the others.");
        let finding = hidden.finding(&[2], "log.xlsx", "Log").expect("a hidden row");
        assert_eq!(finding.origin.cell, "row 2");
        assert_eq!(finding.message, "1 row is hidden by a filter; it was read like the others.");
    }
}
