//! Participants by workshop: one row an event, one column a Member.

use rust_xlsxwriter::XlsxError;

use super::cells::WriteCells;
use super::page::{HEADER, Page, Sheet, columns, index};
use super::rows::Lines;
use super::style::{Style, color};
use crate::definitions::SheetWords;
use crate::report::Report;
use crate::report::participants::WorkshopRow;

/// Columns before the Members.
const MEMBERS: usize = 4;

pub(super) fn write<'a>(report: &'a Report, words: &SheetWords, style: &'a Style) -> Result<Sheet<'a>, XlsxError> {
    let view = &report.participants;
    let headers = columns(words, &[12.0, 44.0, 12.0, 8.5, 7.0, 7.0]);
    let mut columns = headers[..MEMBERS].to_vec();
    columns.extend(view.members.iter().map(|(_, name)| (name.as_str(), 4.4)));
    columns.extend(&headers[MEMBERS..]);
    let explanation = words.explained(&[("lists", &view.rows.len()), ("activities", &view.delivered)]);
    let mut page = Page::of(&explanation, &columns, style)?;
    page.sheet.set_freeze_panes(HEADER + 1, 2)?;
    let Sheet { mut sheet, rows } = page.list("Participants", &columns, &view.rows, event_row)?;
    let upright = style.header.clone().set_rotation(90).set_text_wrap();
    for (at, (name, _)) in columns.iter().enumerate().skip(MEMBERS) {
        sheet.write_with_format(HEADER, index(at), *name, &upright)?;
    }
    sheet.set_row_height(HEADER, 150)?;
    if !view.rows.is_empty() {
        let (first, last) = (index(MEMBERS), index(MEMBERS + view.members.len() - 1));
        let scale = rust_xlsxwriter::ConditionalFormat2ColorScale::new()
            .set_minimum_color(color(style.palette.band))
            .set_maximum_color(color(style.palette.shade));
        let below = HEADER + u32::try_from(view.rows.len()).expect("fewer events than Excel has rows");
        sheet.add_conditional_format(HEADER + 1, first, below, last, &scale)?;
    }
    Ok(Sheet { sheet, rows })
}

fn event_row(lines: &mut Lines<'_, '_>, row: u32, event: &WorkshopRow) -> Result<(), XlsxError> {
    let style = lines.style;
    lines.text(row, 0, &event.id, &style.quiet)?;
    lines.text(row, 1, &event.title, &style.strong)?;
    lines.date(row, 2, event.end)?;
    lines.count(row, 3, Some(event.all))?;
    for (at, persons) in event.members.iter().enumerate() {
        lines.tight(row, MEMBERS + at, *persons)?;
    }
    let after = MEMBERS + event.members.len();
    lines.tight(row, after, Some(event.others).filter(|count| *count > 0))?;
    lines.tight(row, after + 1, Some(event.experts).filter(|count| *count > 0))?;
    lines.fit(row, &[(0, &event.id), (1, &event.title)])
}
