//! Sheets and files that this program wrote: they come back among the inputs, and their rows are no records.

use crate::findings::{Code, Finding, Origin};
use crate::intake::{Sheet, SourceFile};
use crate::terms::fold::fold;

/// The column by which a row of a report says where it came from.
const PLACE: &str = "where it stands";
/// How far down the header row of a report may stand.
const TOP: usize = 12;
/// Columns of the data files that no other table has together.
const DATA: [[&str; 2]; 9] = [
    ["numerator", "coverable"],
    ["basis", "plan_item"],
    ["plan_title", "candidate"],
    ["severity", "help"],
    ["first_row", "last_row"],
    ["asked_on", "first_asked"],
    ["answered_on", "days_overdue"],
    ["answered_on", "responses"],
    ["answered_on", "place"],
];

/// Says that a file is a report of this program.
pub(super) fn report(file: &SourceFile) -> Finding {
    refused(file, "")
}

/// Says that a sheet is of a report of this program, where it is.
pub(super) fn of_report(file: &SourceFile, sheet: &Sheet) -> Option<Finding> {
    let header = |row: usize| (0..sheet.width()).map(move |column| sheet.shown(sheet.cell(row, column)));
    let placed = || (0..sheet.rows.len().min(TOP)).any(|row| header(row).any(|word| fold(&word) == PLACE));
    let first: Vec<String> = header(0).collect();
    let data = DATA.iter().any(|pair| pair.iter().all(|name| first.iter().any(|word| word.trim() == *name)));
    (data || placed()).then(|| refused(file, &sheet.name))
}

fn refused(file: &SourceFile, sheet: &str) -> Finding {
    let origin = Origin { file: file.path.as_str().into(), sheet: sheet.into(), ..Origin::default() };
    let message = "This is a report of this program, not a log or a survey; it was not read.";
    Finding::new(Code::SheetOfReport, origin, message, "Take it out of the inputs.")
}
