//! Views -> `kpi-report.xlsx`, one sheet a file. The only room that knows `rust_xlsxwriter`.

mod actions;
mod activities;
mod cover;
mod definitions;
mod members;
mod page;
mod plan;
mod quality;
pub mod review;
mod scorecard;
mod style;
pub mod template;

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use crate::artifact::Artifact;
use crate::report::Report;
use style::Style;

/// A sheet of the workbook: its name and what it is for.
struct Content {
    name: &'static str,
    purpose: &'static str,
    write: fn(&Report, &Style) -> Result<Worksheet, XlsxError>,
}

/// The sheets behind the cover, in order. A new sheet is a line here and a file beside.
const CONTENTS: [Content; 9] = [
    Content {
        name: "Scorecard",
        purpose: "All KPIs by quarter and year to date, with what explains them",
        write: scorecard::write,
    },
    Content {
        name: "Action progress",
        purpose: "The plan's own table, with deliveries and KPI results",
        write: actions::write,
    },
    Content { name: "Plan delivery", purpose: "Every planned item: delivered, partly, not yet", write: plan::write },
    Content { name: "Outside the plan", purpose: "Deliveries that are no planned item", write: plan::write_outside },
    Content {
        name: "Activities",
        purpose: "Delivered activities, each once, with the actions they serve",
        write: activities::write,
    },
    Content { name: "Members", purpose: "What each Member received", write: members::write },
    Content { name: "Data quality", purpose: "Where every row went, per file and sheet", write: quality::write },
    Content {
        name: "Findings",
        purpose: "What to look at in the inputs, cell by cell",
        write: quality::write_findings,
    },
    Content { name: "Definitions", purpose: "How each KPI is counted", write: definitions::write },
];

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
    let style = Style::new();
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(&report.cover.title)
        .set_subject(&report.cover.period)
        .set_company(&report.cover.office)
        .set_creation_datetime(&page::excel_day(created)?);
    workbook.set_properties(&properties);
    let contents: Vec<(&str, &str)> = CONTENTS.iter().map(|content| (content.name, content.purpose)).collect();
    workbook.push_worksheet(cover::write(&report.cover, &contents, &style)?);
    for content in &CONTENTS {
        workbook.push_worksheet((content.write)(report, &style)?);
    }
    workbook.save_to_buffer()
}
