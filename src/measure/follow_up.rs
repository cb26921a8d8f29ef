//! Follow-up by activity and Member: asked, answered, overdue.
//!
//! Asked are the Members that an event reached (members-reached). An answer is overdue where none has come a set
//! number of days after the end.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::Reached;
use crate::definitions::Definitions;
use crate::records::Records;
use crate::terms::{MemberCode, PlanYear};

/// One Member asked about one event.
#[derive(Debug, Clone)]
pub struct FollowUpLine {
    /// The activity, an index into [`Records::activities`].
    pub activity: usize,
    /// Its last day.
    pub end: NaiveDate,
    /// The Member.
    pub member: MemberCode,
    /// Its newest answer by the day, an index into [`Records::answers`].
    pub answer: Option<usize>,
    /// Since when an answer is overdue; none where it has come or is not due yet.
    pub overdue_since: Option<NaiveDate>,
}

/// The Members asked about the events of the plan year and of the one before, up to the day; by end, activity, Member.
#[must_use]
pub fn lines(
    definitions: &Definitions,
    records: &Records,
    reached: &Reached,
    (year, day): (PlanYear, NaiveDate),
) -> Vec<FollowUpLine> {
    let events = definitions.types.events();
    let newest = newest(records, day);
    let mut found = Vec::new();
    for (at, (_, activity)) in records.activities.iter().enumerate() {
        let seen = activity.plan_year() == year || activity.plan_year() == year.previous();
        if !records.delivered[at] || !seen || activity.end > day || !events.holds(activity.of_type) {
            continue;
        }
        for member in reached.by(at).iter().copied() {
            let answer = newest.get(&(at, member)).copied();
            let due = activity.end + Days::new(definitions.settings.answer_days);
            let overdue_since = (answer.is_none() && due < day).then_some(due);
            found.push(FollowUpLine { activity: at, end: activity.end, member, answer, overdue_since });
        }
    }
    found.sort_by_key(|line| (line.end, line.activity, line.member));
    found
}

/// The newest answer of each Member about each activity by a day, as indices into [`Records::answers`]; of two of one
/// day the later row.
#[must_use]
pub fn newest(records: &Records, day: NaiveDate) -> HashMap<(usize, MemberCode), usize> {
    let mut newest: HashMap<(usize, MemberCode), usize> = HashMap::new();
    for (at, answer) in records.answers.iter().enumerate().filter(|(_, answer)| answer.answer.response_date <= day) {
        let dated = |at: usize| records.answers[at].answer.response_date;
        let key = (answer.activity, answer.answer.member);
        if newest.get(&key).is_none_or(|known| dated(*known) <= dated(at)) {
            newest.insert(key, at);
        }
    }
    newest
}
