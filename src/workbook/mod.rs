//! Views -> `kpi-report.xlsx`, one sheet a file. The only room that knows `rust_xlsxwriter`.

mod actions;
mod activities;
mod counts;
mod cover;
mod definitions;
mod evidence;
mod figures;
mod funding;
mod members;
pub mod needs;
mod page;
mod participants;
mod plan;
mod plot;
mod quality;
pub mod review;
mod scorecard;
mod style;
mod surveys;
pub mod template;
mod women;

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use crate::artifact::Artifact;
use crate::definitions::{SheetId, SheetWords};
use crate::report::Report;
use style::Style;

/// What writes a sheet. A new sheet is a line here, a file beside, and its words in the configuration.
fn writer(id: SheetId) -> fn(&Report, &SheetWords, &Style) -> Result<Worksheet, XlsxError> {
    match id {
        SheetId::Scorecard => scorecard::write,
        SheetId::ActionProgress => actions::write,
        SheetId::PlanDelivery => plan::write,
        SheetId::OutsideThePlan => plan::write_outside,
        SheetId::Activities => activities::write,
        SheetId::Members => members::write,
        SheetId::DataQuality => quality::write,
        SheetId::Findings => quality::write_findings,
        SheetId::Evidence => evidence::write,
        SheetId::Definitions => definitions::write,
        SheetId::Progress => counts::write_progress,
        SheetId::Targets => counts::write_targets,
        SheetId::PlanBySection => counts::write_plan,
        SheetId::CbActivities => counts::write_activities,
        SheetId::Participants => participants::write,
        SheetId::Women => women::write,
        SheetId::Surveys => surveys::write,
        SheetId::Funding => funding::write,
        SheetId::Data => figures::write,
    }
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
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(&report.cover.title)
        .set_subject(&report.cover.period)
        .set_company(&report.cover.office)
        .set_creation_datetime(&page::excel_day(created)?);
    workbook.set_properties(&properties);
    workbook.push_worksheet(cover::write(report, &style)?);
    for (id, words) in &report.presentation.sheets {
        let mut sheet = writer(*id)(report, words, &style)?;
        page::entitle(&mut sheet, words, &style)?;
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer()
}
