//! Women: by period, scope and Member group, with share, n and coverage.

use rust_xlsxwriter::{ChartType, Worksheet, XlsxError};

use super::page::{HEADER, Page};
use super::plot::{Cells, Plot};
use super::style::Style;
use crate::definitions::SheetId;
use crate::report::Report;
use crate::report::women::WomenRow;

const COLUMNS: [(&str, f64); 10] = [
    ("Broken down by", 16.0),
    ("Group", 34.0),
    ("Women", 10.0),
    ("Men", 10.0),
    ("Sex not stated", 11.0),
    ("Women's share %", 11.0),
    ("n of the share", 10.0),
    ("Activities with a figure", 12.0),
    ("Activities", 11.0),
    ("Coverage %", 11.0),
];

pub(super) fn write(report: &Report, style: &Style) -> Result<Worksheet, XlsxError> {
    let view = &report.women;
    let explanation = format!(
        "Women: of the participation list where it states a sex, else of the log (KPI 3-(e).1). Men: of the list; of a log, participants who are not women. The share is of the n persons whose sex is known, and never stands without it. Member groups and regions: persons in participation lists, experts left out; groups overlap. Fewer than {} persons are not broken down further.",
        view.least
    );
    let mut page = Page::of(&explanation, &COLUMNS, style)?;
    page.table("Women", &COLUMNS, view.rows.len())?;
    for (row, women) in (HEADER + 1..).zip(&view.rows) {
        women_row(&mut page, row, women, view.least)?;
    }
    let last = HEADER + u32::try_from(view.rows.len()).expect("some groups");
    chart(report, &mut page, last + 2)?;
    page.on_one_page();
    Ok(page.sheet)
}

fn women_row(page: &mut Page<'_>, row: u32, women: &WomenRow, least: u32) -> Result<(), XlsxError> {
    let style = page.style;
    page.text(row, 0, women.by, &style.quiet)?;
    page.text(row, 1, &women.of, &style.strong)?;
    let sexes = &women.sexes;
    if women.small {
        for column in 2..6 {
            page.text(row, column, "", &style.text)?;
        }
        page.text(row, 6, &format!("under {least}"), &style.words)?;
    } else {
        let any = sexes.covered > 0 || sexes.not_stated > 0;
        for (column, count) in [(2, sexes.women), (3, sexes.men), (4, sexes.not_stated)] {
            page.count(row, column, Some(count).filter(|_| any))?;
        }
        page.decimal(row, 5, sexes.share())?;
        page.count(row, 6, Some(sexes.known).filter(|_| any))?;
    }
    page.count(row, 7, Some(sexes.covered))?;
    page.count(row, 8, Some(sexes.activities))?;
    page.decimal(row, 9, sexes.coverage())?;
    page.fit(row, &[(0, women.by), (1, &women.of)])
}

fn chart(report: &Report, page: &mut Page<'_>, row: u32) -> Result<(), XlsxError> {
    let (view, style) = (&report.women, page.style);
    let quarters = &view.rows[..view.quarters];
    let tab = report.presentation.tab(SheetId::Women).unwrap_or_default();
    if quarters.iter().all(|quarter| quarter.sexes.share().is_none()) {
        return page.text(row, 0, "No quarter has a share, so there is no chart.", &style.subtitle);
    }
    let words = &report.charts.women.text;
    let mut plot = Plot::new(ChartType::Column, &words.title, &words.description, tab, style).percent();
    let last = HEADER + u32::try_from(view.quarters).expect("four quarters");
    let cells = |column| Cells { column, first: HEADER + 1, last };
    plot.add(HEADER, cells(1), cells(5), style.palette.accent);
    plot.add(HEADER, cells(1), cells(9), style.palette.line);
    plot.insert(&mut page.sheet, row, 360)
}
