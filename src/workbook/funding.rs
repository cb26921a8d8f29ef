//! Partners and funding, the most activities first.

use rust_xlsxwriter::{ChartType, Worksheet, XlsxError};

use super::page::{HEADER, Page};
use super::plot::{Cells, Plot};
use super::style::Style;
use crate::definitions::SheetId;
use crate::report::Report;
use crate::terms::figure::counted;

const COLUMNS: [(&str, f64); 6] = [
    ("Role", 12.0),
    ("Name", 46.0),
    ("Stands for", 26.0),
    ("Activities", 12.0),
    ("CB activities", 12.0),
    ("Members reached", 12.0),
];

/// Donors that the chart shows: with more, bars are too thin to read.
const SHOWN: usize = 12;

pub(super) fn write(report: &Report, style: &Style) -> Result<Worksheet, XlsxError> {
    let view = &report.funding;
    let (stated, all) = view.stated;
    let explanation = format!(
        "The year to date. {} of {} their funding. An activity with several donors or partners counts for each of them, so do not sum over the rows; the various spellings of a name are one.",
        stated,
        counted(all, "delivered activity states", "delivered activities state")
    );
    let mut page = Page::of(&explanation, &COLUMNS, style)?;
    page.table("PartnersAndFunding", &COLUMNS, view.rows.len())?;
    for (row, giver) in (HEADER + 1..).zip(&view.rows) {
        page.text(row, 0, giver.role, &style.quiet)?;
        page.text(row, 1, &giver.name, &style.strong)?;
        page.text(row, 2, &giver.stands_for, &style.text)?;
        page.count(row, 3, Some(giver.activities))?;
        page.count(row, 4, Some(giver.cb))?;
        page.count(row, 5, Some(giver.members as u64))?;
        page.fit(row, &[(1, &giver.name), (2, &giver.stands_for)])?;
    }
    let row = HEADER + 2 + u32::try_from(view.rows.len().max(1)).expect("some names");
    if view.donors == 0 {
        page.text(row, 0, "No activity states its funding, so there is no chart.", &style.subtitle)?;
        return Ok(page.sheet);
    }
    let donors = &view.rows[..view.donors.min(SHOWN)];
    let more =
        if view.donors > SHOWN { format!(" (the {SHOWN} with the most activities are shown)") } else { String::new() };
    let title = format!("{} funded activities of the year to date{more}", counted(view.donors, "donor", "donors"));
    let words: Vec<String> = donors.iter().map(|giver| format!("{} {}", giver.name, giver.activities)).collect();
    let tab = report.presentation.tab(SheetId::Funding).unwrap_or_default();
    let mut plot = Plot::new(ChartType::Bar, &title, &format!("Activities: {}", words.join(", ")), tab, style);
    let last = HEADER + u32::try_from(donors.len()).expect("a few donors");
    let cells = |column| Cells { column, first: HEADER + 1, last };
    plot.add(HEADER, cells(1), cells(3), style.palette.main);
    plot.insert(&mut page.sheet, row, 120 + 26 * u32::try_from(donors.len()).expect("a few donors"))?;
    if view.rows.len() <= 20 {
        page.on_one_page();
    } else {
        page.sheet.set_page_breaks(&[row])?;
    }
    Ok(page.sheet)
}
