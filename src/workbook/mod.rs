//! Views -> `kpi-report.xlsx`, one sheet a file. The only room that knows `rust_xlsxwriter`.

mod actions;
mod activities;
mod book;
mod cells;
mod counts;
mod cover;
mod definitions;
mod evidence;
mod figures;
mod funding;
mod graft;
mod members;
pub mod needs;
mod page;
mod participants;
mod plan;
mod plot;
mod quality;
pub mod review;
mod rows;
mod scorecard;
mod style;
mod surveys;
pub mod template;
mod texts;
mod women;

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, Worksheet, XlsxError};

use crate::artifact::Artifact;
use crate::definitions::{SheetId, SheetWords};
use crate::report::Report;
use book::Book;
use page::Sheet;
use style::Style;

/// Writes a sheet. A new sheet is a line here, a file beside, and its words in the configuration.
fn sheet<'a>(id: SheetId, report: &'a Report, words: &SheetWords, style: &'a Style) -> Result<Sheet<'a>, XlsxError> {
    let write: fn(&Report, &SheetWords, &Style) -> Result<Worksheet, XlsxError> = match id {
        SheetId::Findings => return quality::write_findings(report, words, style),
        SheetId::Evidence => return evidence::write(report, words, style),
        SheetId::Participants => return participants::write(report, words, style),
        SheetId::Data => return figures::write(report, words, style),
        SheetId::PlanDelivery => return plan::write(report, words, style),
        SheetId::OutsideThePlan => return plan::write_outside(report, words, style),
        SheetId::Activities => return activities::write(report, words, style),
        SheetId::Definitions => return definitions::write(report, words, style),
        SheetId::Scorecard => scorecard::write,
        SheetId::ActionProgress => actions::write,
        SheetId::Members => members::write,
        SheetId::DataQuality => quality::write,
        SheetId::Progress => counts::write_progress,
        SheetId::Targets => counts::write_targets,
        SheetId::PlanBySection => counts::write_plan,
        SheetId::CbActivities => counts::write_activities,
        SheetId::Women => women::write,
        SheetId::Surveys => surveys::write,
        SheetId::Funding => funding::write,
    };
    write(report, words, style).map(Sheet::from)
}

/// Writes the report workbook. `created` is printed as its creation date, so that the same report has
/// the same bytes.
///
/// # Panics
/// Only by a fault of the program: sheets, names and sizes are within Excel's limits.
#[must_use]
pub fn render(report: &Report, created: NaiveDate) -> Artifact {
    let bytes = workbook(report, created).expect("sheets, names and sizes are within Excel's limits");
    Artifact::new("kpi-report.xlsx", bytes)
}

fn workbook(report: &Report, created: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let style = Style::worded(&report.presentation);
    let properties = DocProperties::new()
        .set_title(&report.cover.title)
        .set_category(crate::intake::REPORT)
        .set_subject(&report.cover.period)
        .set_company(&report.cover.office)
        .set_creation_datetime(&cells::excel_day(created)?);
    let mut book = Book::new(&properties, style.all());
    book.push(cover::write(report, &style)?)?;
    for (id, words) in &report.presentation.sheets {
        let mut made = sheet(*id, report, words, &style)?;
        page::entitle(&mut made.sheet, words, &style)?;
        book.push(made)?;
    }
    book.finish()
}
