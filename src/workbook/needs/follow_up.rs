//! Follow-up, chase list, answers, reaction and response.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::page::Column;
use super::super::style::Style;
use super::day;
use super::long::{Holds, Long};
use crate::definitions::Field;
use crate::report::needs::NeedsView;
use crate::report::needs::asked::Asked;
use crate::report::needs::rates::RateRow;

const ASKED: [(Column<'static>, Holds); 9] = [
    (("Activity ID", 13.0), Holds::Quiet),
    (("Activity", 58.0), Holds::Words),
    (("End", 13.0), Holds::Day),
    (("Member", 22.0), Holds::Name),
    (("Answered", 13.0), Holds::Day),
    (("Action taken", 12.0), Holds::Words),
    (("Tangible results", 10.0), Holds::Count),
    (("Satisfaction %", 11.5), Holds::Decimal),
    (("Days overdue", 10.0), Holds::Count),
];

/// Every Member asked about every event.
pub(super) fn write_follow_up(view: &NeedsView, style: &Style) -> Result<Worksheet, XlsxError> {
    let (shown, cut) = view.shown(view.asked.rows.len(), "data/follow-up.csv");
    let explanation = format!(
        "Members that events of this and the previous plan year reached, once an event, with their newest answer. Overdue: no answer {} days after the end. Blank: no answer yet, or the answer does not say.{cut}",
        view.answer_days
    );
    let heads = ("Follow-up", "Follow-up by activity and Member", explanation.as_str(), "FollowUp");
    let mut list = Long::open(heads, &ASKED, shown, style)?;
    let mut measured = (usize::MAX, 1);
    for row in &view.asked.rows[..shown] {
        let event = view.asked.event(row);
        if measured.0 != row.event {
            measured = (row.event, list.lines(1, &event.title));
        }
        list.text(0, &event.id)?;
        list.text(1, &event.title)?;
        list.day(2, Some(event.end))?;
        list.text(3, view.asked.member(row))?;
        if let Some(said) = row.said {
            list.day(4, Some(said.on))?;
            list.text(5, said.taken_words())?;
            list.count(6, said.tangible.map(u64::from))?;
            list.number(7, said.satisfaction)?;
        }
        list.count(8, row.overdue.map(u64::from))?;
        list.next(measured.1)?;
    }
    Ok(list.sheet())
}

const CHASE: [(Column<'static>, Holds); 5] = [
    (("Member", 22.0), Holds::Name),
    (("Activity ID", 13.0), Holds::Quiet),
    (("Activity", 80.0), Holds::Words),
    (("End", 13.0), Holds::Day),
    (("Days overdue", 11.0), Holds::Count),
];

/// Those whose answer is overdue, by Member.
pub(super) fn write_chase(view: &NeedsView, style: &Style) -> Result<Worksheet, XlsxError> {
    let overdue: Vec<&Asked> = view.asked.overdue();
    let (shown, cut) = view.shown(overdue.len(), "data/follow-up.csv");
    let explanation = format!(
        "Members whose answer is overdue on {}, oldest events first: filter by Member and mail. No personal data. No cell is blank.{cut}",
        day(view)
    );
    let heads = ("Chase list", "Whom to ask again", explanation.as_str(), "ChaseList");
    let mut list = Long::open(heads, &CHASE, shown, style)?;
    let heights: Vec<usize> = view.asked.events.iter().map(|event| list.lines(2, &event.title)).collect();
    for row in &overdue[..shown] {
        let event = view.asked.event(row);
        list.text(0, view.asked.member(row))?;
        list.text(1, &event.id)?;
        list.text(2, &event.title)?;
        list.day(3, Some(event.end))?;
        list.count(4, row.overdue.map(u64::from))?;
        list.next(heights[row.event])?;
    }
    Ok(list.sheet())
}

const ANSWERS: [(Column<'static>, Holds); 7] = [
    (("Member", 20.0), Holds::Name),
    (("Activity ID", 12.0), Holds::Quiet),
    (("Activity", 40.0), Holds::Words),
    (("Answered", 13.0), Holds::Day),
    (("Action taken", 11.0), Holds::Words),
    (("Tangible results", 10.0), Holds::Count),
    (("Satisfaction %", 11.5), Holds::Decimal),
];

/// The newest answer of each Member about each activity, with what it says in words.
pub(super) fn write_answers(view: &NeedsView, style: &Style) -> Result<Worksheet, XlsxError> {
    let answers = &view.answers;
    let (shown, cut) = view.shown(answers.rows.len(), "data/answers.csv");
    let explanation = format!(
        "The newest answer of each Member about each activity, in the Member's own words, by the parts of the survey that an answer fills. Blank: the answer does not say.{cut}"
    );
    let mut columns = ANSWERS.to_vec();
    if answers.responses {
        columns.push((("Responses", 11.0), Holds::Count));
    }
    let words = columns.len();
    columns.extend(answers.fields.iter().map(|field| ((part(*field), 34.0), Holds::Words)));
    let place = columns.len();
    columns.push((("Where it stands", 34.0), Holds::Quiet));
    let heads = ("Answers", "What Members report", explanation.as_str(), "Answers");
    let mut list = Long::open(heads, &columns, shown, style)?;
    for row in &answers.rows[..shown] {
        let mut lines = list.lines(2, &row.title).max(list.lines(place, &row.place));
        list.text(0, &row.member_name)?;
        list.text(1, &row.activity)?;
        list.text(2, &row.title)?;
        list.day(3, Some(row.said.on))?;
        list.text(4, row.said.taken_words())?;
        list.count(5, row.said.tangible.map(u64::from))?;
        list.number(6, row.said.satisfaction)?;
        if answers.responses {
            list.count(7, row.responses.map(u64::from))?;
        }
        for (column, field) in (words..).zip(&answers.fields) {
            let text = row.words(*field);
            list.text(column, text)?;
            lines = lines.max(list.lines(column, text));
        }
        list.text(place, &row.place)?;
        list.next(lines)?;
    }
    Ok(list.sheet())
}

/// The name of a part of the survey.
fn part(field: Field) -> &'static str {
    field.name()
}

const RATES: [(Column<'static>, Holds); 15] = [
    (("Broken down by", 12.0), Holds::Quiet),
    (("Of", 52.0), Holds::Name),
    (("Evaluation %", 11.5), Holds::Decimal),
    (("n of evaluation", 11.0), Holds::Count),
    (("Scale of the ratings", 12.0), Holds::Quiet),
    (("Members reached, once an event", 11.0), Holds::Count),
    (("Of them answered", 10.0), Holds::Count),
    (("Response rate %", 10.5), Holds::Decimal),
    (("Answers overdue", 10.0), Holds::Count),
    (("Action taken", 9.0), Holds::Count),
    (("n of action taken", 9.0), Holds::Count),
    (("Action taken %", 9.5), Holds::Decimal),
    (("Tangible results", 10.0), Holds::Count),
    (("Satisfaction %", 11.5), Holds::Decimal),
    (("n of satisfaction", 11.5), Holds::Count),
];

/// Reaction, response and result, by plan year, section, Member and activity.
pub(super) fn write_rates(view: &NeedsView, style: &Style) -> Result<Worksheet, XlsxError> {
    let rates = &view.rates;
    let (shown, cut) = view.shown(rates.rows.len(), "data/follow-up.csv");
    let explanation = format!(
        "Events of this and the previous plan year up to {}. Read from left to right: how participants rated the events (mean in percent of each survey's own scale, weighted by responses; it says nothing about what was done afterwards), which of the Members reached have answered, and what they report: action taken (yes and partly) of the answers to it. Response is counted as on the report's sheet Surveys. An event that serves several sections stands under each. Blank: no evaluation or no answer, participants' evaluations name no Member, and satisfaction of fewer than {} answers is not broken down.{cut}",
        day(view),
        rates.least
    );
    let heads = ("Response rates", "Reaction, response and result", explanation.as_str(), "ResponseRates");
    let mut list = Long::open(heads, &RATES, shown, style)?;
    for row in &rates.rows[..shown] {
        rate(&mut list, row)?;
    }
    Ok(list.sheet())
}

fn rate(list: &mut Long<'_>, row: &RateRow) -> Result<(), XlsxError> {
    let said = &row.surveyed;
    let some = |of: u64| Some(of).filter(|of| *of > 0);
    list.text(0, row.by)?;
    list.text(1, &row.of)?;
    list.number(2, said.evaluated())?;
    list.count(3, some(said.evaluation.1))?;
    list.text(4, &row.scales)?;
    list.count(5, Some(said.asked))?;
    list.count(6, Some(said.answered))?;
    list.number(7, said.response())?;
    list.count(8, Some(row.overdue))?;
    let taken = some(said.taken());
    list.count(9, taken.map(|_| said.yes + said.partly))?;
    list.count(10, taken)?;
    list.number(11, said.acted())?;
    list.count(12, some(said.answers).map(|_| said.tangible))?;
    if !row.small {
        list.number(13, said.satisfied())?;
        list.count(14, some(said.satisfaction.1))?;
    }
    list.next(list.lines(1, &row.of))
}
