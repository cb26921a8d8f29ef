//! Members: what each received in the year to date.

use rust_xlsxwriter::{ChartType, ConditionalFormat2ColorScale, Worksheet, XlsxError};

use super::cells::WriteCells;
use super::page::{HEADER, Page, columns, index};
use super::plot::{Cells, Plot};
use super::style::{Style, color};
use crate::definitions::SheetWords;
use crate::definitions::words::filled;
use crate::report::Report;
use crate::report::members::MemberTable;

/// Column of the events in the year to date; the sections follow.
const EVENTS: usize = 5;
/// Column of the first section, and its header among the words.
const SECTION: usize = EVENTS + 1;

pub(super) fn write(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    let view = &report.members;
    let section = |number| filled(&words.columns[SECTION], &[("section", number)]);
    let sections: Vec<String> = view.sections.iter().map(|number| section(number)).collect();
    let headers = columns(words, &[22.0, 7.0, 20.0, 26.0, 11.0, 12.0, 10.0, 13.0, 9.0, 9.0, 10.0, 11.0]);
    let mut columns = headers[..SECTION].to_vec();
    columns.extend(sections.iter().map(|header| (header.as_str(), headers[SECTION].1)));
    columns.extend(&headers[SECTION + 1..]);
    let explanation = words.explained(&[
        ("reached", &view.reached()),
        ("members", &view.rows.len()),
        ("names", &not_reached(view)),
        ("least", &report.presentation.least),
    ]);
    let mut page = Page::of(&explanation, &columns, style)?;
    page.sheet.set_freeze_panes(HEADER + 1, 1)?;
    page.table("Members", &columns, view.rows.len())?;
    for (row, member) in (HEADER + 1..).zip(&view.rows) {
        page.text(row, 0, &member.name, &style.strong)?;
        page.text(row, 1, member.code.as_str(), &style.quiet)?;
        page.text(row, 2, &member.region, &style.quiet)?;
        page.text(row, 3, &member.groups, &style.quiet)?;
        let mut counts = vec![member.in_period as u64, member.in_year as u64];
        counts.extend(member.by_section.values().map(|count| *count as u64));
        counts.push(member.persons.all());
        let after = 4 + counts.len();
        for (at, count) in counts.into_iter().enumerate() {
            page.count(row, 4 + at, Some(count))?;
        }
        let sexes = [member.persons.women, member.persons.men, member.persons.not_stated];
        for (at, count) in sexes.into_iter().enumerate() {
            page.count(row, after + at, Some(count).filter(|_| member.withheld.is_none()))?;
        }
        page.count(row, after + 3, Some(member.gave_experts as u64))?;
        page.fit(row, &[(0, &member.name), (3, &member.groups)])?;
    }
    heat(&mut page, view)?;
    chart(report, words, &mut page)?;
    Ok(page.sheet)
}

/// "Not reached: Tonga, Vanuatu."
fn not_reached(view: &MemberTable) -> String {
    let names = view.not_reached();
    if names.is_empty() { "None was left out.".to_owned() } else { format!("Not reached: {}.", names.join(", ")) }
}

/// Shades the events of the year to date and of each section, light to dark.
fn heat(page: &mut Page<'_>, view: &MemberTable) -> Result<(), XlsxError> {
    if view.rows.is_empty() {
        return Ok(());
    }
    let last = HEADER + u32::try_from(view.rows.len()).expect("a few Members");
    let scale = ConditionalFormat2ColorScale::new()
        .set_minimum_color("FFFFFF")
        .set_maximum_color(color(page.style.palette.shade));
    let (events, sections) = (index(EVENTS), index(EVENTS + view.sections.len()));
    page.sheet.add_conditional_format(HEADER + 1, events, last, events, &scale)?;
    if sections > events {
        page.sheet.add_conditional_format(HEADER + 1, events + 1, last, sections, &scale)?;
    }
    Ok(())
}

/// Events that reached each Member, on a page of its own.
fn chart(report: &Report, words: &SheetWords, page: &mut Page<'_>) -> Result<(), XlsxError> {
    let view = &report.members;
    let count = u32::try_from(view.rows.len()).expect("a few Members");
    if count == 0 {
        return Ok(());
    }
    let mut most: Vec<_> = view.rows.iter().filter(|row| row.in_year > 0).collect();
    most.sort_by(|a, b| b.in_year.cmp(&a.in_year).then_with(|| a.name.cmp(&b.name)));
    let most: Vec<String> = most.iter().map(|row| format!("{} {}", row.name, row.in_year)).collect();
    let alt = format!("{} Events: {}", not_reached(view), most.join(", "));
    let mut plot = Plot::new(ChartType::Bar, &report.charts.members.text.title, &alt, &words.name, page.style);
    let cells = |column| Cells { column, first: HEADER + 1, last: HEADER + count };
    plot.add(HEADER, cells(0), cells(EVENTS), page.style.palette.main);
    plot.insert(&mut page.sheet, HEADER + count + 2, 120 + 18 * count)?;
    page.sheet.set_page_breaks(&[HEADER + count + 2])?;
    Ok(())
}
