//! Action progress: the plan's own three columns with a result column.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::cells::{WriteCells, height, lines};
use super::page::{Column, HEADER, Page, index};
use super::style::Style;
use crate::definitions::SheetWords;
use crate::definitions::words::filled;
use crate::report::Report;
use crate::report::actions::ActionBlock;
use crate::report::plan::Delivery;

const ACTION: f64 = 40.0;
const BULLET: f64 = 58.0;
const STATE: f64 = 30.0;
const KPI: f64 = 36.0;

pub(super) fn write(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    let period = match report.actions.period.as_str() {
        "FREE" => style.say("Report period"),
        "YTD" => style.say("Year to date"),
        quarter => quarter,
    };
    let headers: Vec<String> = words.columns.iter().map(|header| filled(header, &[("period", &period)])).collect();
    let columns: Vec<Column<'_>> =
        headers.iter().map(String::as_str).zip([ACTION, BULLET, STATE, KPI, 12.0, 12.0]).collect();
    let mut page = Page::of(&words.explained(&[]), &columns, style)?;
    let mut row = HEADER + 1;
    for section in &report.actions.sections {
        page.band(row, &section.title)?;
        row += 1;
        for action in &section.actions {
            row = block(&mut page, row, action)?;
        }
    }
    Ok(page.sheet)
}

/// One action over as many rows as it has bullets or KPIs; its words stand beside all of them.
fn block(page: &mut Page<'_>, first: u32, action: &ActionBlock) -> Result<u32, XlsxError> {
    let style = page.style;
    let count = action.bullets.len().max(action.results.len()).max(1);
    let last = first + u32::try_from(count - 1).expect("an action has some bullets");
    let mut used = 0;
    for at in 0..count {
        let row = first + u32::try_from(at).expect("an action has some bullets");
        let bullet = action.bullets.get(at);
        let (text, words) = bullet.map_or(("", ""), |bullet| (bullet.text.as_str(), bullet.words.as_str()));
        page.text(row, 1, text, &style.text)?;
        page.text(row, 2, words, bullet.map_or(&style.text, |bullet| state(style, bullet.delivery)))?;
        let result = action.results.get(at);
        page.text(row, 3, result.map_or("", |result| &result.text), &style.text)?;
        for (column, figure) in [(4, result.map(|result| &result.period)), (5, result.map(|result| &result.year))] {
            match figure {
                Some(figure) => page.figure(row, column, figure)?,
                None => page.text(row, column, "", &style.text)?,
            }
        }
        let kpi = result.map_or(1, |result| lines(&result.text, KPI));
        let needed = lines(text, BULLET).max(lines(words, STATE)).max(kpi);
        // The last row takes what the action's own words need beyond the rows before.
        let own = lines(&action.text, ACTION);
        let needed = if at + 1 == count { needed.max(own.saturating_sub(used)) } else { needed };
        used += needed;
        page.sheet.set_row_height(row, height(needed))?;
    }
    if first == last {
        page.text(first, 0, &action.text, &style.strong)?;
    } else {
        page.sheet.merge_range(first, index(0), last, index(0), &action.text, &style.strong)?;
    }
    Ok(last + 1)
}

fn state(style: &Style, delivery: Delivery) -> &Format {
    match delivery {
        Delivery::Delivered => &style.delivered,
        Delivery::Partly => &style.partly,
        Delivery::NotYet | Delivery::Standing => &style.quiet,
    }
}
