//! Follow-up, chase list, answers, reaction and response.

use rust_xlsxwriter::XlsxError;

use super::super::page::{Column, Sheet};
use super::day;
use super::long::{Holds, Long, Looks, sheet};
use crate::report::needs::NeedsView;
use crate::report::needs::answers::AnswerRow;
use crate::report::needs::asked::Asked;
use crate::report::needs::rates::RateRow;

const ASKED: [(Column<'static>, Holds); 8] = [
    (("Activity ID", 13.0), Holds::Quiet),
    (("Activity", 58.0), Holds::Words),
    (("End", 13.0), Holds::Day),
    (("Member", 22.0), Holds::Name),
    (("Answered", 13.0), Holds::Day),
    (("Action taken", 12.0), Holds::Words),
    (("Tangible results", 10.0), Holds::Count),
    (("Days overdue", 10.0), Holds::Count),
];

/// Every Member asked about every event.
pub(super) fn write_follow_up<'a>(view: &'a NeedsView, looks: &'a Looks) -> Result<Sheet<'a>, XlsxError> {
    let (shown, cut) = view.shown(view.asked.rows.len(), "data/follow-up.csv");
    let explanation = format!(
        "Members that events of this and the previous plan year reached, once an event, with their newest answer. Overdue: no answer {} days after the end. Blank: no answer yet, or the answer does not say.{cut}",
        view.answer_days
    );
    let heads = ("Follow-up", "Follow-up by activity and Member", explanation.as_str(), "FollowUp");
    sheet(heads, &ASKED, shown, looks, move |list| {
        // The rows of an event stand together and have its title.
        let mut measured = (usize::MAX, false);
        for row in &view.asked.rows[..shown] {
            let event = view.asked.event(row);
            if measured.0 != row.event {
                measured = (row.event, list.is_tall(1, &event.title));
            }
            let title = [(1, event.title.as_str())];
            list.text(0, &event.id)?;
            list.text(1, &event.title)?;
            list.day(2, event.end)?;
            list.text(3, view.asked.member(row))?;
            if let Some(said) = row.said {
                list.day(4, said.on)?;
                list.text(5, said.taken_words())?;
                list.count(6, said.tangible.map(u64::from))?;
            }
            list.count(7, row.overdue.map(u64::from))?;
            list.end(if measured.1 { &title } else { &[] })?;
        }
        Ok(())
    })
}

const CHASE: [(Column<'static>, Holds); 5] = [
    (("Member", 22.0), Holds::Name),
    (("Activity ID", 13.0), Holds::Quiet),
    (("Activity", 80.0), Holds::Words),
    (("End", 13.0), Holds::Day),
    (("Days overdue", 11.0), Holds::Count),
];

/// Those whose answer is overdue, by Member.
pub(super) fn write_chase<'a>(view: &'a NeedsView, looks: &'a Looks) -> Result<Sheet<'a>, XlsxError> {
    let overdue: Vec<&Asked> = view.asked.overdue();
    let (shown, cut) = view.shown(overdue.len(), "data/follow-up.csv");
    let explanation = format!(
        "Members whose answer is overdue on {}, oldest events first: filter by Member and mail. No personal data. No cell is blank.{cut}",
        day(view)
    );
    let heads = ("Chase list", "Whom to ask again", explanation.as_str(), "ChaseList");
    sheet(heads, &CHASE, shown, looks, move |list| {
        let tall: Vec<bool> = view.asked.events.iter().map(|event| list.is_tall(2, &event.title)).collect();
        for row in &overdue[..shown] {
            let event = view.asked.event(row);
            let title = [(2, event.title.as_str())];
            list.text(0, view.asked.member(row))?;
            list.text(1, &event.id)?;
            list.text(2, &event.title)?;
            list.day(3, event.end)?;
            list.count(4, row.overdue.map(u64::from))?;
            list.end(if tall[row.event] { &title } else { &[] })?;
        }
        Ok(())
    })
}

const ANSWERS: [(Column<'static>, Holds); 10] = [
    (("Member", 20.0), Holds::Name),
    (("Activity ID", 11.0), Holds::Quiet),
    (("Activity", 34.0), Holds::Words),
    (("Answered", 12.5), Holds::Day),
    (("Action taken", 9.0), Holds::Words),
    (("Tangible results", 9.5), Holds::Count),
    (("Responses", 11.0), Holds::Count),
    (("Part of the survey", 20.0), Holds::Name),
    (("In the Member's own words", 66.0), Holds::Words),
    (("Where it stands", 26.0), Holds::Quiet),
];

/// The newest answer of each Member about each activity: its figures, and a line for each part that it fills in words.
pub(super) fn write_answers<'a>(view: &'a NeedsView, looks: &'a Looks) -> Result<Sheet<'a>, XlsxError> {
    let answers = &view.answers.rows;
    let lines: Vec<(&AnswerRow, usize)> =
        answers.iter().flat_map(|row| (0..row.told.len().max(1)).map(move |part| (row, part))).collect();
    let (shown, cut) = view.shown(lines.len(), "data/answers.csv");
    let explanation = format!(
        "The newest answer of each Member about each activity, a line for each part of the survey that it fills in words; its figures stand on the first line. Responses: how many persons answered for the Member. Blank: the answer does not say.{cut}"
    );
    let heads = ("Answers", "What Members report", explanation.as_str(), "Answers");
    sheet(heads, &ANSWERS, shown, looks, move |list| {
        lines[..shown].iter().try_for_each(|(row, part)| answer(list, row, *part))
    })
}

fn answer(list: &mut Long<'_, '_, '_>, row: &AnswerRow, part: usize) -> Result<(), XlsxError> {
    list.text(0, &row.member_name)?;
    list.text(1, &row.activity)?;
    list.text(2, &row.title)?;
    list.day(3, row.said.on)?;
    if part == 0 {
        list.text(4, row.said.taken_words())?;
        list.count(5, row.said.tangible.map(u64::from))?;
        list.count(6, row.responses.map(u64::from))?;
    }
    let (of, words) = row.told.get(part).map_or(("", ""), |(field, words)| (field.name(), words));
    list.text(7, of)?;
    list.text(8, words)?;
    list.text(9, &row.place)?;
    list.end(&[(2, &row.title), (7, of), (8, words), (9, &row.place)])
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
pub(super) fn write_rates<'a>(view: &'a NeedsView, looks: &'a Looks) -> Result<Sheet<'a>, XlsxError> {
    let rates = &view.rates;
    let (shown, cut) = view.shown(rates.rows.len(), "data/follow-up.csv");
    let explanation = format!(
        "Events of this and the previous plan year up to {}. Read from left to right: how participants rated the events (mean in percent of each survey's own scale, weighted by responses; it says nothing about what was done afterwards), which of the Members reached have answered, and what they report: action taken (yes and partly) of the answers to it. Response is counted as on the report's sheet Surveys. An event that serves several sections stands under each. Blank: no evaluation or no answer, participants' evaluations name no Member, or a word in place of the number: satisfaction of fewer than {} answers is not broken down (on no sheet that of one answer).{cut}",
        day(view),
        rates.least
    );
    let heads = ("Response rates", "Reaction, response and result", explanation.as_str(), "ResponseRates");
    sheet(heads, &RATES, shown, looks, move |list| {
        rates.rows[..shown].iter().try_for_each(|row| rate(list, row, rates.least))
    })
}

fn rate(list: &mut Long<'_, '_, '_>, row: &RateRow, least: u32) -> Result<(), XlsxError> {
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
    if let Some(why) = row.withheld {
        list.text(13, &list.in_words(why, least))?;
    } else {
        list.number(13, said.satisfied())?;
        list.count(14, some(said.satisfaction.1))?;
    }
    list.end(&[(1, &row.of)])
}
