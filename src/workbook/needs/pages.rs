//! A page for each Member: what it asked, what it got, what it reported; upright, one page in print.

use rust_xlsxwriter::{Format, XlsxError};

use super::super::cells::{WriteCells, height, lines};
use super::super::page::{Column, HEADER, Sheet, index};
use super::super::rows::Lines;
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
/// The last column.
const LAST: usize = COLUMNS.len() - 1;
const EVENTS: [&str; 7] =
    ["Events that reached it", "Activity ID", "End", "Follow-up", "Actions served", "Action taken", "Tangible results"];
/// Letters of a topic, and of the Member's own words for it.
const TOPIC: usize = 72;
/// Ids in a cell, beyond which the others are counted.
const IDS: usize = 3;

/// Needs above, the events that reached it and what it reported below.
pub(super) fn write<'a>(member: &'a MemberPage, view: &'a NeedsView, style: &'a Style) -> Result<Sheet<'a>, XlsxError> {
    let groups = if member.groups.is_empty() { String::new() } else { format!(" {}.", member.groups) };
    let figures = member.figures.iter().map(|figure| format!("{figure}\n")).collect::<String>();
    let explanation = format!("{figures}As on {}.{groups} Blank: none, or not stated.", day(view));
    let mut page = super::open((&tab(&member.name), &member.name), &explanation, &COLUMNS, style)?;
    let rows = rows(member);
    page.long_rows(rows);
    page.sheet.set_portrait();
    page.sheet.set_print_area(0, 0, HEADER + rows + 1, index(LAST))?;
    page.on_one_page();
    Ok(page.rows(move |lines| write_rows(lines, member, view)))
}

/// How many rows [`write_rows`] writes or leaves between its parts.
fn rows(member: &MemberPage) -> u32 {
    let needs = member.needs.len().max(1) + member.more_needs.len();
    let events = 1 + member.events.len().max(1) + usize::from(!member.more_events.is_empty());
    let told = 1 + member.told.len() + usize::from(member.more_told > 0);
    let told = if member.told.is_empty() { 0 } else { 1 + told };
    u32::try_from(needs + 1 + events + told).expect("a page of some rows")
}

fn write_rows(lines: &mut Lines<'_, '_>, member: &MemberPage, view: &NeedsView) -> Result<(), XlsxError> {
    let style = lines.style;
    let mut row = HEADER + 1;
    if member.needs.is_empty() {
        row = line(lines, row, "It states no need.", &style.quiet)?;
    }
    for need in &member.needs {
        need_row(lines, row, &view.rows[*need])?;
        row += 1;
    }
    for more in &member.more_needs {
        row = line(lines, row, more, &style.quiet)?;
    }
    row = events(lines, row + 1, member, view)?;
    told(lines, row + 1, member)
}

/// Writes a line over all columns; the row after it.
fn line(to: &mut Lines<'_, '_>, row: u32, text: &str, format: &Format) -> Result<u32, XlsxError> {
    let width = COLUMNS.iter().map(|(_, width)| width).sum();
    to.merged(row, 0..=LAST, text, format)?;
    to.set_height(row, height(lines(text, width)))?;
    Ok(row + 1)
}

/// The Member's own words, where they say more than topic and action.
fn own_words(need: &NeedRow) -> &str {
    let words = need.words.as_str();
    if words.eq_ignore_ascii_case(&need.topic) || words == need.action.to_string() { "" } else { words }
}

fn need_row(to: &mut Lines<'_, '_>, row: u32, need: &NeedRow) -> Result<(), XlsxError> {
    let style = to.style;
    let name = format!("{} ({})", clipped(&need.topic, TOPIC), need.action);
    let topic = match own_words(need) {
        "" => name,
        words => format!("{name}\n\u{201c}{}\u{201d}", clipped(words, TOPIC)),
    };
    let [delivered, answers, planned] = [&need.delivered, &need.answers, &need.planned].map(|ids| few(ids, IDS));
    to.text(row, 0, &topic, &style.strong)?;
    to.text(row, 1, &capital(need.priority.map_or("", |priority| priority.as_str())), &style.text)?;
    match need.asked {
        Some((on, _)) => to.date(row, 2, on)?,
        None => to.text(row, 2, "", &style.text)?,
    }
    to.text(row, 3, state_words(need.state), state_format(need.state, style))?;
    to.text(row, 4, &delivered, &style.text)?;
    to.text(row, 5, &answers, &style.text)?;
    to.text(row, 6, &planned, &style.quiet)?;
    to.fit(row, &[(0, &topic), (4, &delivered), (5, &answers), (6, &planned)])
}

/// The events that reached it; the row after them.
fn events(to: &mut Lines<'_, '_>, from: u32, member: &MemberPage, view: &NeedsView) -> Result<u32, XlsxError> {
    let style = to.style;
    for (column, head) in EVENTS.iter().enumerate() {
        to.text(from, column, head, &style.header)?;
    }
    let mut row = from + 1;
    if member.events.is_empty() {
        row = line(to, row, "None in this and the previous plan year.", &style.quiet)?;
    }
    for at in &member.events {
        let asked = &view.asked.rows[*at];
        let event = view.asked.event(asked);
        let actions = few(&event.actions.split(", ").collect::<Vec<_>>(), IDS);
        let follow_up = follow_up_words(asked);
        to.text(row, 0, &event.title, &style.text)?;
        to.text(row, 1, &event.id, &style.quiet)?;
        to.date(row, 2, event.end)?;
        to.text(row, 3, &follow_up, if asked.overdue.is_some() { &style.strong } else { &style.text })?;
        to.text(row, 4, &actions, &style.quiet)?;
        to.text(row, 5, asked.said.map_or("", |said| said.taken_words()), &style.text)?;
        to.count(row, 6, asked.said.and_then(|said| said.tangible).map(u64::from))?;
        to.fit(row, &[(0, &event.title), (1, &event.id), (3, &follow_up), (4, &actions)])?;
        row += 1;
    }
    if member.more_events.is_empty() { Ok(row) } else { line(to, row, &member.more_events, &style.quiet) }
}

/// What it reported in words. Nothing where it reported nothing.
fn told(to: &mut Lines<'_, '_>, from: u32, member: &MemberPage) -> Result<(), XlsxError> {
    let style = to.style;
    if member.told.is_empty() {
        return Ok(());
    }
    to.text(from, 0, "What it reported", &style.header)?;
    to.merged(from, 1..=LAST, "In its own words", &style.header)?;
    let mut row = from + 1;
    let width = COLUMNS[1..].iter().map(|(_, width)| width).sum();
    for (source, words) in &member.told {
        to.text(row, 0, source, &style.quiet)?;
        to.merged(row, 1..=LAST, words, &style.text)?;
        let needed = lines(words, width).max(lines(source, COLUMNS[0].1));
        to.set_height(row, height(needed))?;
        row += 1;
    }
    if member.more_told > 0 {
        let more = format!("{}: sheet Answers.", counted(member.more_told, "more text", "more texts"));
        line(to, row, &more, &style.quiet)?;
    }
    Ok(())
}

/// A name that Excel takes for a sheet.
fn tab(name: &str) -> String {
    let kept: String = name.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\')).collect();
    kept.trim_matches('\'').chars().take(31).collect()
}
