//! Partners and funding, the most activities first.

use rust_xlsxwriter::{ChartType, Worksheet, XlsxError};

use super::cells::WriteCells;
use super::page::{HEADER, Page, columns};
use super::plot::{Cells, Plot};
use super::style::Style;
use crate::definitions::SheetWords;
use crate::report::Report;
use crate::terms::figure::counted;

const WIDTHS: [f64; 6] = [12.0, 46.0, 26.0, 12.0, 12.0, 12.0];

/// Donors that the chart shows: with more, bars are too thin to read.
const SHOWN: usize = 12;

pub(super) fn write(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    let view = &report.funding;
    let (stated, all) = view.stated;
    let columns = columns(words, &WIDTHS);
    let explanation = words.explained(&[("stated", &stated), ("activities", &all)]);
    let mut page = Page::of(&explanation, &columns, style)?;
    page.table("PartnersAndFunding", &columns, view.rows.len())?;
    for (row, giver) in (HEADER + 1..).zip(&view.rows) {
        page.word(row, 0, giver.role, &style.quiet)?;
        page.text(row, 1, &giver.name, &style.strong)?;
        page.word(row, 2, &giver.stands_for, &style.text)?;
        page.count(row, 3, Some(giver.activities))?;
        page.count(row, 4, Some(giver.cb))?;
        page.count(row, 5, Some(giver.members as u64))?;
        page.fit(row, &[(1, &giver.name), (2, &giver.stands_for)])?;
    }
    let row = HEADER + 2 + u32::try_from(view.rows.len().max(1)).expect("some names");
    if view.donors == 0 {
        page.text(row, 0, &words.nothing, &style.subtitle)?;
        return Ok(page.sheet);
    }
    let donors = &view.rows[..view.donors.min(SHOWN)];
    let more =
        if view.donors > SHOWN { format!(" (the {SHOWN} with the most activities are shown)") } else { String::new() };
    let title = format!("{} funded activities of the year to date{more}", counted(view.donors, "donor", "donors"));
    let figures: Vec<String> = donors.iter().map(|giver| format!("{} {}", giver.name, giver.activities)).collect();
    let mut plot =
        Plot::new(ChartType::Bar, &title, &format!("Activities: {}", figures.join(", ")), &words.name, style);
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
