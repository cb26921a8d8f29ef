//! Follow-up by activity and Member: asked, answered, overdue.
//!
//! Asked are the Members that an event reached (members-reached). An answer is overdue where none has come a set
//! number of days after the end.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::rules::members_of;
use super::{ListSummary, Lists};
use crate::definitions::Definitions;
use crate::mapping::Links;
use crate::records::survey::FollowUp;
use crate::records::{Records, RowId};
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
    /// Its newest answer by the day, with the row it stands in.
    pub answer: Option<(RowId, FollowUp)>,
    /// Since when an answer is overdue; none where it has come or is not due yet.
    pub overdue_since: Option<NaiveDate>,
}

/// The Members asked about the events of the plan year and of the one before, up to the day; by end, activity, Member.
#[must_use]
pub fn lines(
    definitions: &Definitions,
    records: &Records,
    links: &Links,
    lists: &Lists,
    (year, day): (PlanYear, NaiveDate),
) -> Vec<FollowUpLine> {
    let events = definitions.types.events();
    let mut newest: HashMap<(usize, MemberCode), (RowId, &FollowUp)> = HashMap::new();
    for answer in records.answers.iter().filter(|answer| answer.answer.response_date <= day) {
        let key = (answer.activity, answer.answer.member);
        let known = newest.get(&key).is_some_and(|(_, known)| known.response_date > answer.answer.response_date);
        if !known {
            newest.insert(key, (answer.row, &answer.answer));
        }
    }
    let mut found = Vec::new();
    for (at, (_, activity)) in records.activities.iter().enumerate() {
        let seen = activity.plan_year() == year || activity.plan_year() == year.previous();
        if !records.delivered[at] || !seen || activity.end > day || !events.holds(activity.of_type) {
            continue;
        }
        let list = lists.get(&at).unwrap_or(ListSummary::NONE);
        let reached = members_of(&links.all[at], activity, list).into_iter();
        for member in reached.filter(|member| definitions.members.is_member(*member, activity.end)) {
            let answer = newest.get(&(at, member)).map(|(row, said)| (*row, (*said).clone()));
            let due = activity.end + Days::new(definitions.settings.answer_days);
            let overdue_since = (answer.is_none() && due < day).then_some(due);
            found.push(FollowUpLine { activity: at, end: activity.end, member, answer, overdue_since });
        }
    }
    found.sort_by_key(|line| (line.end, line.activity, line.member));
    found
}
