//! A page for each Member: what it asked, what it got, what it reported; upright, one page in print.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::super::cells::{WriteCells, height, lines};
use super::super::page::{Column, HEADER, Page, index};
use super::super::style::Style;
use super::{day, state_format};
use crate::report::needs::members::{MemberPage, clipped, few, follow_up_words};
use crate::report::needs::{NeedRow, NeedsView, state_words};
use crate::terms::figure::counted;
use crate::terms::fold::capital;

const COLUMNS: [Column<'static>; 7] = [
    ("What it asked for", 38.0),
    ("Priority", 10.0),
    ("Asked", 12.5),
    ("State", 15.0),
    ("What it got since", 19.0),
    ("Its own answer", 17.0),
    ("Planned", 17.0),
];
const EVENTS: [&str; 7] =
    ["Events that reached it", "Activity ID", "End", "Follow-up", "Actions served", "Action taken", "Tangible results"];
/// Letters of a topic, and of the Member's own words for it.
const TOPIC: usize = 72;
/// Ids in a cell, beyond which the others are counted.
const IDS: usize = 3;

/// Needs above, the events that reached it and what it reported below.
pub(super) fn write(member: &MemberPage, view: &NeedsView, style: &Style) -> Result<Worksheet, XlsxError> {
    let groups = if member.groups.is_empty() { String::new() } else { format!(" {}.", member.groups) };
    let figures = member.figures.iter().map(|figure| format!("{figure}\n")).collect::<String>();
    let explanation = format!("{figures}As on {}.{groups} Blank: none, or not stated.", day(view));
    let mut page = super::open((&tab(&member.name), &member.name), &explanation, &COLUMNS, style)?;
    let mut row = HEADER + 1;
    if member.needs.is_empty() {
        row = line(&mut page, row, "It states no need.", &style.quiet)?;
    }
    for need in &member.needs {
        need_row(&mut page, row, &view.rows[*need])?;
        row += 1;
    }
    for more in &member.more_needs {
        row = line(&mut page, row, more, &style.quiet)?;
    }
    row = events(&mut page, row + 1, member, view)?;
    row = told(&mut page, row + 1, member)?;
    page.sheet.set_portrait();
    page.sheet.set_print_area(0, 0, row, index(COLUMNS.len() - 1))?;
    page.on_one_page();
    Ok(page.sheet)
}

/// Writes a line over all columns; the row after it.
fn line(page: &mut Page<'_>, row: u32, text: &str, format: &Format) -> Result<u32, XlsxError> {
    let width = COLUMNS.iter().map(|(_, width)| width).sum();
    page.sheet.merge_range(row, 0, row, index(COLUMNS.len() - 1), text, format)?;
    page.sheet.set_row_height(row, height(lines(text, width)))?;
    Ok(row + 1)
}

/// The Member's own words, where they say more than topic and action.
fn own_words(need: &NeedRow) -> &str {
    let words = need.words.as_str();
    if words.eq_ignore_ascii_case(&need.topic) || words == need.action.to_string() { "" } else { words }
}

fn need_row(page: &mut Page<'_>, row: u32, need: &NeedRow) -> Result<(), XlsxError> {
    let style = page.style;
    let name = format!("{} ({})", clipped(&need.topic, TOPIC), need.action);
    let topic = match own_words(need) {
        "" => name,
        words => format!("{name}\n\u{201c}{}\u{201d}", clipped(words, TOPIC)),
    };
    let [delivered, answers, planned] = [&need.delivered, &need.answers, &need.planned].map(|ids| few(ids, IDS));
    page.text(row, 0, &topic, &style.strong)?;
    page.text(row, 1, &capital(need.priority.map_or("", |priority| priority.as_str())), &style.text)?;
    match need.asked {
        Some((on, _)) => page.date(row, 2, on)?,
        None => page.text(row, 2, "", &style.text)?,
    }
    page.text(row, 3, state_words(need.state), state_format(need.state, style))?;
    page.text(row, 4, &delivered, &style.text)?;
    page.text(row, 5, &answers, &style.text)?;
    page.text(row, 6, &planned, &style.quiet)?;
    page.fit(row, &[(0, &topic), (4, &delivered), (5, &answers), (6, &planned)])
}

/// The events that reached it; the row after them.
fn events(page: &mut Page<'_>, from: u32, member: &MemberPage, view: &NeedsView) -> Result<u32, XlsxError> {
    let style = page.style;
    for (column, head) in EVENTS.iter().enumerate() {
        page.text(from, column, head, &style.header)?;
    }
    let mut row = from + 1;
    if member.events.is_empty() {
        row = line(page, row, "None in this and the previous plan year.", &style.quiet)?;
    }
    for at in &member.events {
        let asked = &view.asked.rows[*at];
        let event = view.asked.event(asked);
        let actions = few(&event.actions.split(", ").collect::<Vec<_>>(), IDS);
        let follow_up = follow_up_words(asked);
        page.text(row, 0, &event.title, &style.text)?;
        page.text(row, 1, &event.id, &style.quiet)?;
        page.date(row, 2, event.end)?;
        page.text(row, 3, &follow_up, if asked.overdue.is_some() { &style.strong } else { &style.text })?;
        page.text(row, 4, &actions, &style.quiet)?;
        page.text(row, 5, asked.said.map_or("", |said| said.taken_words()), &style.text)?;
        page.count(row, 6, asked.said.and_then(|said| said.tangible).map(u64::from))?;
        page.fit(row, &[(0, &event.title), (1, &event.id), (3, &follow_up), (4, &actions)])?;
        row += 1;
    }
    if member.more_events.is_empty() { Ok(row) } else { line(page, row, &member.more_events, &style.quiet) }
}

/// What it reported in words; the row after it. Nothing where it reported nothing.
fn told(page: &mut Page<'_>, from: u32, member: &MemberPage) -> Result<u32, XlsxError> {
    let style = page.style;
    if member.told.is_empty() {
        return Ok(from - 1);
    }
    let last = index(COLUMNS.len() - 1);
    page.text(from, 0, "What it reported", &style.header)?;
    page.sheet.merge_range(from, 1, from, last, "In its own words", &style.header)?;
    let mut row = from + 1;
    let width = COLUMNS[1..].iter().map(|(_, width)| width).sum();
    for (source, words) in &member.told {
        page.text(row, 0, source, &style.quiet)?;
        page.sheet.merge_range(row, 1, row, last, words, &style.text)?;
        let needed = lines(words, width).max(lines(source, COLUMNS[0].1));
        page.sheet.set_row_height(row, height(needed))?;
        row += 1;
    }
    if member.more_told == 0 {
        return Ok(row);
    }
    let more = format!("{}: sheet Answers.", counted(member.more_told, "more text", "more texts"));
    line(page, row, &more, &style.quiet)
}

/// A name that Excel takes for a sheet.
fn tab(name: &str) -> String {
    let kept: String = name.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\')).collect();
    kept.trim_matches('\'').chars().take(31).collect()
}
