//! A page for each Member.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::page::{Column, HEADER, Page};
use super::super::style::Style;
use super::{day, state_format};
use crate::report::needs::members::MemberPage;
use crate::report::needs::{NeedRow, NeedsView, state_words};
use crate::terms::fold::capital;

const COLUMNS: [Column<'static>; 7] = [
    ("What it asked for", 40.0),
    ("Priority", 11.0),
    ("Asked", 13.0),
    ("State", 18.0),
    ("What it got since", 30.0),
    ("Its own answer", 26.0),
    ("Planned", 26.0),
];

/// Needs above, the events that reached it with its answers below; one page in print.
pub(super) fn write(member: &MemberPage, view: &NeedsView, style: &Style) -> Result<Worksheet, XlsxError> {
    let groups = if member.groups.is_empty() { String::new() } else { format!(" {}.", member.groups) };
    let explanation = format!("As on {}.{groups} Blank: none, or not stated.", day(view));
    let mut page = Page::open(&tab(&member.name), &member.name, &explanation, &COLUMNS, style)?;
    let mut row = HEADER + 1;
    if member.needs.is_empty() {
        page.text(row, 0, "No need was stated and nothing was delivered without one.", &style.quiet)?;
        row += 1;
    }
    for need in &member.needs {
        need_row(&mut page, row, need)?;
        row += 1;
    }
    row += 1;
    let heads = [
        "Events that reached it",
        "Activity ID",
        "End",
        "Action taken",
        "Actions served",
        "Tangible results",
        "Follow-up",
    ];
    for (column, head) in heads.iter().enumerate() {
        page.text(row, column, head, &style.header)?;
    }
    row += 1;
    if member.events.is_empty() {
        page.text(row, 0, "None in this and the previous plan year.", &style.quiet)?;
    }
    for event in &member.events {
        page.text(row, 0, &event.title, &style.text)?;
        page.text(row, 1, &event.activity, &style.quiet)?;
        page.date(row, 2, event.end)?;
        page.text(row, 3, event.taken, &style.text)?;
        page.text(row, 4, &event.actions, &style.quiet)?;
        page.count(row, 5, event.tangible.map(u64::from))?;
        let follow_up = match (event.answered, event.overdue) {
            (Some(day), _) => format!("answered {}", day.format("%-d %b %Y")),
            (None, Some(days)) => format!("overdue by {days} days"),
            (None, None) => "not due yet".to_owned(),
        };
        page.text(row, 6, &follow_up, &style.text)?;
        page.fit(row, &[(0, &event.title), (4, &event.actions)])?;
        row += 1;
    }
    page.on_one_page();
    Ok(page.sheet)
}

fn need_row(page: &mut Page<'_>, row: u32, need: &NeedRow) -> Result<(), XlsxError> {
    let style = page.style;
    let topic = if need.words.is_empty() || need.words == need.topic {
        format!("{} ({})", need.topic, need.action)
    } else {
        format!("{} ({})\n\u{201c}{}\u{201d}", need.topic, need.action, need.words)
    };
    let state = if need.asked.is_some() && !need.current {
        format!("{}; not repeated", state_words(need.state))
    } else {
        state_words(need.state).to_owned()
    };
    page.text(row, 0, &topic, &style.strong)?;
    page.text(row, 1, &capital(need.priority.map_or("", |priority| priority.as_str())), &style.text)?;
    match need.asked {
        Some((on, _)) => page.date(row, 2, on)?,
        None => page.text(row, 2, "", &style.text)?,
    }
    page.text(row, 3, &state, state_format(need.state, style))?;
    page.text(row, 4, &need.delivered, &style.text)?;
    page.text(row, 5, &need.answers, &style.text)?;
    page.text(row, 6, &need.planned, &style.quiet)?;
    page.fit(row, &[(0, &topic), (3, &state), (4, &need.delivered), (5, &need.answers), (6, &need.planned)])
}

/// A name that Excel takes for a sheet.
fn tab(name: &str) -> String {
    let kept: String = name.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\')).collect();
    kept.trim_matches('\'').chars().take(31).collect()
}
