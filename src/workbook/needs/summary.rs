//! Summary, needs by topic, Members x topics.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{ChartType, FormatAlign, Worksheet, XlsxError};

use super::super::cells::{WriteCells, height, lines};
use super::super::page::{Column, HEADER, Page, Sheet};
use super::super::plot::{Cells, Plot};
use super::super::style::Style;
use super::{day, state_format};
use crate::measure::needs::NeedState;
use crate::report::needs::members::clipped;
use crate::report::needs::{NeedRow, NeedsView};
use crate::terms::ActionRef;
use crate::terms::fold::capital;

const SUMMARY: [Column<'static>; 6] = [
    ("Priority", 34.0),
    ("Needs", 12.0),
    ("Served", 12.0),
    ("Served in part", 12.0),
    ("Planned", 12.0),
    ("Open", 12.0),
];

/// Figures, sentences and two charts.
pub(super) fn write(view: &NeedsView, style: &Style) -> Result<Worksheet, XlsxError> {
    let notice = view.notice.as_ref().map(|notice| format!(" {notice}")).unwrap_or_default();
    let explanation =
        format!("Needs in the Members' newest rounds, as on {}. 0 means that there is none.{notice}", day(view));
    let mut page = super::open(("Summary", &view.title), &explanation, &SUMMARY, style)?;
    let mut row = HEADER + 1;
    for (priority, states) in view.summary.by_priority {
        page.text(row, 0, &capital(priority.as_str()), &style.strong)?;
        let counts = [states.all(), states.met, states.part, states.planned, states.open];
        for (column, count) in (1..).zip(counts) {
            page.count(row, column, Some(count))?;
        }
        row += 1;
    }
    let last = row - 1;
    row += 1;
    let width = SUMMARY.iter().map(|(_, width)| width).sum();
    for sentence in &view.summary.sentences {
        page.sheet.merge_range(row, 0, row, 5, sentence, &style.text)?;
        page.sheet.set_row_height(row, height(lines(sentence, width)))?;
        row += 1;
    }
    row = funnel(view, style, &mut page, row + 1)?;
    let all: u64 = view.summary.by_priority.iter().map(|(_, states)| states.all()).sum();
    if all > 0 {
        let words = view.summary.by_priority.iter().map(|(priority, states)| {
            let (met, part, planned, open) = (states.met, states.part, states.planned, states.open);
            format!("{}: served {met}, in part {part}, planned {planned}, open {open}", capital(priority.as_str()))
        });
        let alt = words.collect::<Vec<_>>().join(". ");
        let mut plot = Plot::new(ChartType::BarStacked, "Needs by priority and state", &alt, "Summary", style);
        let cells = |column| Cells { column, first: HEADER + 1, last };
        let palette = &style.palette;
        for (column, colour) in (2..).zip([palette.accent, palette.warning, palette.quiet, palette.main]) {
            plot.add(HEADER, cells(0), cells(column), colour);
        }
        plot.insert(&mut page.sheet, row + 1, 260)?;
    }
    page.sheet.set_portrait();
    page.on_one_page();
    Ok(page.sheet)
}

/// Asked, answered, action taken, tangible result; the row after it.
fn funnel<'a>(view: &NeedsView, style: &'a Style, page: &mut Page<'a>, from: u32) -> Result<u32, XlsxError> {
    let funnel = view.summary.funnel;
    page.text(from, 0, "Follow-up", &style.header)?;
    page.text(from, 1, "Members, once an event", &style.header)?;
    page.sheet.set_row_height(from, 30)?;
    let steps = [
        ("Asked", funnel.asked),
        ("Answered", funnel.answered),
        ("Action taken (yes or partly)", funnel.acted),
        ("With a tangible result", funnel.tangible),
        ("Answer overdue", funnel.overdue),
    ];
    let mut row = from + 1;
    for (step, count) in steps {
        page.text(row, 0, step, &style.strong)?;
        page.count(row, 1, Some(count))?;
        row += 1;
    }
    if funnel.asked > 0 {
        let alt = steps.map(|(step, count)| format!("{step}: {count}")).join(", ");
        let title = format!("{} of {} asked have answered", funnel.answered, funnel.asked);
        let mut plot = Plot::new(ChartType::Bar, &title, &alt, "Summary", style);
        plot.add(
            from,
            Cells { column: 0, first: from + 1, last: from + 4 },
            Cells { column: 1, first: from + 1, last: from + 4 },
            style.palette.accent,
        );
        plot.insert(&mut page.sheet, row + 16, 240)?;
    }
    Ok(row)
}

const TOPICS: [Column<'static>; 12] = [
    ("Action", 10.0),
    ("Topic", 36.0),
    ("Needs", 9.0),
    ("High", 9.0),
    ("Medium", 9.0),
    ("Low", 9.0),
    ("Served", 9.0),
    ("Served in part", 9.0),
    ("Planned", 9.0),
    ("Open", 9.0),
    ("Reached without a stated need", 12.0),
    ("Members that ask", 48.0),
];

/// One row an action, and demand against delivery as a chart.
pub(super) fn write_topics(view: &NeedsView, style: &Style) -> Result<Worksheet, XlsxError> {
    let explanation = "Current needs by topic: how urgent, and how far served. Blank Members: nobody asks for it now.";
    let mut page = super::open(("Needs by topic", "Needs by topic"), explanation, &TOPICS, style)?;
    let apart = style.text.clone().set_indent(1);
    page.table("NeedsByTopic", &TOPICS, view.summary.topics.len())?;
    for (row, topic) in (HEADER + 1..).zip(&view.summary.topics) {
        page.text(row, 0, &topic.action.to_string(), &style.strong)?;
        page.text(row, 1, &topic.topic, &style.text)?;
        let states = topic.states;
        let [high, medium, low] = topic.priorities;
        let counts = [states.all(), high, medium, low, states.met, states.part, states.planned, states.open];
        for (column, count) in (2..).zip(counts) {
            page.count(row, column, Some(count))?;
        }
        page.count(row, 10, Some(topic.without_need))?;
        page.text(row, 11, &topic.members, &apart)?;
        page.fit(row, &[(1, &topic.topic), (11, &topic.members)])?;
    }
    topics_chart(view, style, &mut page)?;
    Ok(page.sheet)
}

/// The topics for which somebody asks, by state, on a printed page of its own.
fn topics_chart(view: &NeedsView, style: &Style, page: &mut Page<'_>) -> Result<(), XlsxError> {
    const HIGHEST: u32 = 900;
    /// At which the columns fit a landscape page: a break before the chart holds only without fitting to pages.
    const PERCENT: u16 = 66;
    let topics = &view.summary.topics;
    let asked = topics.iter().filter(|topic| topic.states.all() > 0);
    let words =
        asked.clone().map(|topic| format!("{}: asked {}, open {}", topic.topic, topic.states.all(), topic.states.open));
    let alt = words.collect::<Vec<_>>().join("; ");
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let (rows, last) = (number(topics.len()), number(asked.count()));
    page.sheet.set_print_scale(PERCENT);
    if last == 0 {
        return Ok(());
    }
    let mut plot =
        Plot::new(ChartType::BarStacked, "What Members ask for, by topic and state", &alt, "Needs by topic", style);
    let cells = |column| Cells { column, first: HEADER + 1, last: HEADER + last };
    let palette = &style.palette;
    for (column, colour) in (6..).zip([palette.accent, palette.warning, palette.quiet, palette.main]) {
        plot.add(HEADER, cells(1), cells(column), colour);
    }
    let from = HEADER + rows + 2;
    page.sheet.set_page_breaks(&[from])?;
    plot.insert(&mut page.sheet, from + 1, (120 + 26 * last).min(HIGHEST))
}

/// No more topics than this have heads that lie; those of more stand upright, so many on a printed page.
const LYING: usize = 14;
const A_PAGE: usize = 27;
/// Height of upright heads in points, and letters of a topic in them.
const UPRIGHT: f64 = 190.0;
const HEAD: usize = 60;

/// Members x topics, a letter and a colour a cell.
pub(super) fn write_matrix<'a>(view: &'a NeedsView, style: &'a Style) -> Result<Sheet<'a>, XlsxError> {
    let mut cells: BTreeMap<(&str, ActionRef), &NeedRow> = BTreeMap::new();
    for row in view.current() {
        cells.insert((&row.member_name, row.action), row);
    }
    let actions: BTreeSet<ActionRef> = cells.keys().map(|(_, action)| *action).collect();
    let heads: Vec<String> = actions
        .iter()
        .map(|action| {
            let topic = view.rows.iter().find(|row| row.action == *action).map_or("", |row| &row.topic);
            format!("{action} {}", clipped(topic, HEAD))
        })
        .collect();
    let upright = heads.len() > LYING;
    let width = if upright { 6.5 } else { 13.0 };
    let mut columns: Vec<Column<'_>> = vec![("Member", 24.0)];
    columns.extend(heads.iter().map(|head| (head.as_str(), width)));
    let explanation = "Current needs: S served, P served in part, L planned, O open; the priority in brackets (H, M, L). Blank: not asked.";
    let mut page = super::open(("Members x topics", "Members x topics"), explanation, &columns, style)?;
    page.sheet.set_freeze_panes(HEADER + 1, 1)?;
    if upright {
        let turned = style.header.clone().set_rotation(90).set_align(FormatAlign::Bottom);
        for (column, head) in (1..).zip(&heads) {
            page.sheet.write_string_with_format(HEADER, column, head, &turned)?;
        }
        page.sheet.set_row_height(HEADER, UPRIGHT)?;
        page.sheet.set_repeat_columns(0, 0)?;
        page.sheet.set_print_fit_to_pages(u16::try_from(heads.len().div_ceil(A_PAGE)).unwrap_or(1), 1);
    }
    page.long_rows(u32::try_from(view.pages.len()).expect("some Members"));
    Ok(page.rows(move |lines| {
        for (row, member) in (HEADER + 1..).zip(&view.pages) {
            lines.text(row, 0, &member.name, &style.strong)?;
            for (column, action) in (1..).zip(&actions) {
                let Some(need) = cells.get(&(member.name.as_str(), *action)) else {
                    lines.text(row, column, "", &style.text)?;
                    continue;
                };
                let priority = need.priority.map_or("", |priority| priority.as_str());
                let text = format!("{} ({})", letter(need.state), capital(&priority[..priority.len().min(1)]));
                lines.text(row, column, &text, state_format(need.state, style))?;
            }
        }
        Ok(())
    }))
}

fn letter(state: NeedState) -> &'static str {
    match state {
        NeedState::Met => "S",
        NeedState::MetInPart => "P",
        NeedState::Planned => "L",
        NeedState::Open => "O",
        NeedState::DeliveredWithoutNeed => "",
    }
}
