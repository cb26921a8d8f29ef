//! Open needs, proposals, evidence, definitions.

use std::cmp::Reverse;

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, XlsxError};

use super::super::cells::WriteCells;
use super::super::page::{Column, HEADER, Sheet};
use super::super::rows::Lines;
use super::super::style::Style;
use super::day;
use super::long::{Holds, Looks, sheet};
use crate::measure::needs::NeedState;
use crate::report::needs::proposals::Proposal;
use crate::report::needs::{NeedRow, NeedsView};
use crate::terms::fold::capital;

const OPEN: [Column<'static>; 10] = [
    ("Priority", 10.0),
    ("Member", 22.0),
    ("SIE", 6.0),
    ("Action", 10.0),
    ("Topic", 36.0),
    ("Asked", 13.0),
    ("Days ago", 10.0),
    ("Regional activities planned", 24.0),
    ("Open for other Members too", 40.0),
    ("Support wanted", 30.0),
];

/// Open needs, the most urgent and oldest first; of equal ones those of small island economies.
pub(super) fn write_open<'a>(view: &'a NeedsView, looks: &'a Looks) -> Result<Sheet<'a>, XlsxError> {
    let style = looks.style();
    let explanation = format!(
        "Needs of the newest rounds that are neither served nor planned for the Member on {}, most urgent first; a need that other Members share hints at a sub-regional activity. Blank: none, or not stated.",
        day(view)
    );
    let page = super::open(("Open needs", "Open needs"), &explanation, &OPEN, style)?;
    let mut open: Vec<&NeedRow> = view.current().filter(|row| row.state == NeedState::Open).collect();
    open.sort_by_key(|row| {
        (Reverse(row.priority), row.asked.map(|(_, first)| first), !row.sie, row.member, row.action)
    });
    let day = view.day;
    page.list("OpenNeeds", &OPEN, open, move |lines, row, need| open_row(lines, row, need, day, &looks.apart))
}

fn open_row(
    lines: &mut Lines<'_, '_>,
    row: u32,
    need: &NeedRow,
    day: NaiveDate,
    apart: &Format,
) -> Result<(), XlsxError> {
    let style = lines.style;
    lines.text(row, 0, &capital(need.priority.map_or("", |priority| priority.as_str())), &style.strong)?;
    lines.text(row, 1, &need.member_name, &style.strong)?;
    lines.text(row, 2, if need.sie { "yes" } else { "" }, &style.quiet)?;
    lines.text(row, 3, &need.action.to_string(), &style.text)?;
    lines.text(row, 4, &need.topic, &style.text)?;
    if let Some((_, first)) = need.asked {
        lines.date(row, 5, first)?;
        lines.count(row, 6, u64::try_from((day - first).num_days()).ok())?;
    }
    let planned = need.planned.join(", ");
    lines.text(row, 7, &planned, apart)?;
    lines.text(row, 8, &need.shared_with, &style.text)?;
    lines.text(row, 9, &need.support, &style.text)?;
    lines.fit(row, &[(4, &need.topic), (7, &planned), (8, &need.shared_with), (9, &need.support)])
}

const PROPOSALS: [Column<'static>; 9] = [
    ("Action", 10.0),
    ("Title to begin with", 60.0),
    ("Scope", 14.0),
    ("Members", 40.0),
    ("Members asking", 10.0),
    ("With high priority", 10.0),
    ("Asked since", 13.0),
    ("Regional activities planned", 22.0),
    ("Support wanted", 34.0),
];

/// Candidate activities.
pub(super) fn write_proposals<'a>(view: &'a NeedsView, style: &'a Style) -> Result<Sheet<'a>, XlsxError> {
    let explanation = "Open needs of high or medium priority, grouped into candidate activities for the next plan year. A proposal to edit: nothing enters the plan by itself. Blank: none, or not stated.";
    let page =
        super::open(("Proposals", "Candidate activities for the next plan year"), explanation, &PROPOSALS, style)?;
    page.list("Proposals", &PROPOSALS, &view.proposals, proposal_row)
}

fn proposal_row(lines: &mut Lines<'_, '_>, row: u32, proposal: &Proposal) -> Result<(), XlsxError> {
    let style = lines.style;
    lines.text(row, 0, &proposal.action.to_string(), &style.strong)?;
    lines.text(row, 1, &proposal.title, &style.text)?;
    lines.text(row, 2, proposal.scope, &style.text)?;
    lines.text(row, 3, &proposal.members, &style.text)?;
    lines.count(row, 4, Some(proposal.count as u64))?;
    lines.count(row, 5, Some(proposal.high as u64))?;
    if let Some(since) = proposal.since {
        lines.date(row, 6, since)?;
    }
    lines.text(row, 7, &proposal.planned, &style.quiet)?;
    lines.text(row, 8, &proposal.support, &style.text)?;
    lines.fit(row, &[(1, &proposal.title), (3, &proposal.members), (7, &proposal.planned), (8, &proposal.support)])
}

const EVIDENCE: [(Column<'static>, Holds); 6] = [
    (("Member", 22.0), Holds::Name),
    (("Topic as typed", 60.0), Holds::Words),
    (("Actions", 18.0), Holds::Words),
    (("Priority", 10.0), Holds::Words),
    (("Answered", 13.0), Holds::Day),
    (("Where it stands", 48.0), Holds::Quiet),
];

/// Every row of the surveys.
pub(super) fn write_evidence<'a>(view: &'a NeedsView, looks: &'a Looks) -> Result<Sheet<'a>, XlsxError> {
    let (shown, cut) = view.shown(view.evidence.len(), "data/need-rows.csv");
    let explanation = format!(
        "Every row of the needs surveys that was read, older rounds too. Blank actions: the topic names no action of the plan (review.xlsx); blank date: not stated.{cut}"
    );
    let heads = ("Evidence", "Rows of the needs surveys", explanation.as_str(), "NeedRows");
    sheet(heads, &EVIDENCE, shown, looks, move |list| {
        for need in &view.evidence[..shown] {
            list.text(0, &need.member)?;
            list.text(1, &need.topic)?;
            list.text(2, &need.actions)?;
            list.text(3, need.priority)?;
            if let Some(day) = need.date {
                list.day(4, day)?;
            }
            list.text(5, &need.place)?;
            list.end(&[(1, &need.topic), (2, &need.actions), (5, &need.place)])?;
        }
        Ok(())
    })
}

/// The rules in words.
pub(super) fn write_rules<'a>(view: &'a NeedsView, style: &'a Style) -> Result<Sheet<'a>, XlsxError> {
    const COLUMNS: [Column<'static>; 2] = [("Word", 30.0), ("Meaning", 110.0)];
    let mut page = super::open(("Definitions", "What the words mean"), "No cell is blank.", &COLUMNS, style)?;
    page.long_rows(u32::try_from(view.rules.len()).expect("some words"));
    Ok(page.rows(move |lines| {
        (HEADER + 1..).zip(&view.rules).try_for_each(|(row, (word, meaning))| {
            lines.text(row, 0, word, &style.strong)?;
            lines.text(row, 1, meaning, &style.text)?;
            lines.fit(row, &[(1, meaning)])
        })
    }))
}
