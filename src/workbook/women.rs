//! Women: by period, scope and Member group, with share, n and coverage.

use rust_xlsxwriter::{ChartType, Worksheet, XlsxError};

use super::cells::WriteCells;
use super::page::{HEADER, Page, columns};
use super::plot::{Cells, Plot};
use super::style::Style;
use crate::definitions::SheetWords;
use crate::report::Report;
use crate::report::women::WomenRow;

const WIDTHS: [f64; 10] = [16.0, 34.0, 10.0, 10.0, 11.0, 11.0, 10.0, 12.0, 11.0, 11.0];

pub(super) fn write(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    let view = &report.women;
    let columns = columns(words, &WIDTHS);
    let mut page = Page::of(&words.explained(&[("least", &view.least)]), &columns, style)?;
    page.table("Women", &columns, view.rows.len())?;
    for (row, women) in (HEADER + 1..).zip(&view.rows) {
        women_row(&mut page, row, women, view.least)?;
    }
    let last = HEADER + u32::try_from(view.rows.len()).expect("some groups");
    chart(report, words, &mut page, last + 2)?;
    page.on_one_page();
    Ok(page.sheet)
}

fn women_row(page: &mut Page<'_>, row: u32, women: &WomenRow, least: u32) -> Result<(), XlsxError> {
    let style = page.style;
    page.word(row, 0, women.by, &style.quiet)?;
    page.word(row, 1, &women.of, &style.strong)?;
    let sexes = &women.sexes;
    if let Some(why) = women.withheld {
        page.count(row, 2, Some(sexes.women).filter(|_| women.is_kpi()))?;
        for column in 3..6 {
            page.text(row, column, "", &style.text)?;
        }
        page.text(row, 6, &why.in_words(least, |word| style.say(word)), &style.words)?;
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

fn chart(report: &Report, words: &SheetWords, page: &mut Page<'_>, row: u32) -> Result<(), XlsxError> {
    let (view, style) = (&report.women, page.style);
    let quarters = &view.rows[..view.quarters];
    if quarters.iter().all(|quarter| quarter.sexes.share().is_none()) {
        return page.text(row, 0, &words.nothing, &style.subtitle);
    }
    let text = &report.charts.women.text;
    let mut plot = Plot::new(ChartType::Column, &text.title, &text.description, &words.name, style).percent();
    let last = HEADER + u32::try_from(view.quarters).expect("four quarters");
    let cells = |column| Cells { column, first: HEADER + 1, last };
    plot.add(HEADER, cells(1), cells(5), style.palette.accent);
    plot.add(HEADER, cells(1), cells(9), style.palette.line);
    plot.insert(&mut page.sheet, row, 360)
}
