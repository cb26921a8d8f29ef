//! Members asked about events: who has answered what, whose answer is overdue.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::records::survey::{ActionTaken, FollowUp};
use crate::report::Material;
use crate::report::plan::join;
use crate::terms::fold::tidy;
use crate::terms::{MemberCode, PlanYear};

/// An event about which Members were asked.
#[derive(Debug, Clone)]
pub struct Event {
    /// The activity, an index into the records.
    pub activity: usize,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its last day.
    pub end: NaiveDate,
    /// The actions it serves.
    pub actions: String,
    /// Sections of the plan that it serves.
    pub sections: BTreeSet<u8>,
}

impl Event {
    /// The plan year in which it ended.
    #[must_use]
    pub fn plan_year(&self) -> PlanYear {
        PlanYear::of(self.end)
    }
}

/// One Member asked about one event.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The event, an index into [`AskedTable::events`].
    pub event: usize,
    /// The Member, an index into [`AskedTable::members`].
    pub member: usize,
    /// Its newest answer by the day, an index into the records.
    pub answer: Option<usize>,
    /// What that answer says.
    pub said: Option<Said>,
    /// Days by which an answer is overdue; none where it has come or is not due yet.
    pub overdue: Option<u32>,
}

/// The figures of an answer. Its satisfaction is of one answer, and so is shown only in the mean of several.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// When the Member answered.
    pub on: NaiveDate,
    /// Whether it acted; none where the answer does not say.
    pub taken: Option<ActionTaken>,
    /// Tangible results.
    pub tangible: Option<u32>,
}

impl Said {
    /// The figures of an answer.
    #[must_use]
    pub fn of(answer: &FollowUp) -> Self {
        Self { on: answer.response_date, taken: answer.action_taken, tangible: answer.tangible_results }
    }

    /// Action taken in words; empty where the answer does not say.
    #[must_use]
    pub fn taken_words(&self) -> &'static str {
        self.taken.map_or("", ActionTaken::as_str)
    }
}

/// The events of this plan year and the one before, and the Members asked about them.
#[derive(Debug, Default)]
pub struct AskedTable {
    /// The events about which a Member was asked, by end.
    pub events: Vec<Event>,
    /// All Members of the registry with their names.
    pub members: Vec<(MemberCode, String)>,
    /// By event, then Member.
    pub rows: Vec<Asked>,
}

impl AskedTable {
    /// The event of a row.
    #[must_use]
    pub fn event(&self, row: &Asked) -> &Event {
        &self.events[row.event]
    }

    /// The name of a row's Member.
    #[must_use]
    pub fn member(&self, row: &Asked) -> &str {
        &self.members[row.member].1
    }

    /// Those whose answer is overdue, by Member, oldest first.
    #[must_use]
    pub fn overdue(&self) -> Vec<&Asked> {
        let mut rows: Vec<&Asked> = self.rows.iter().filter(|row| row.overdue.is_some()).collect();
        rows.sort_by_key(|row| (self.member(row), row.event));
        rows
    }
}

pub(super) fn compose(material: &Material<'_>, day: NaiveDate) -> AskedTable {
    let registry = &material.definitions.members;
    let members: Vec<(MemberCode, String)> =
        registry.all().iter().map(|member| (member.code, member.name.clone())).collect();
    let mut table = AskedTable { members, ..AskedTable::default() };
    let place = |code: MemberCode| registry.all().iter().position(|member| member.code == code);
    for line in &material.measured.follow_up {
        if table.events.last().is_none_or(|event| event.activity != line.activity) {
            table.events.push(event(material, line.activity));
        }
        let days = |since: NaiveDate| u32::try_from((day - since).num_days()).unwrap_or(0);
        table.rows.push(Asked {
            event: table.events.len() - 1,
            member: place(line.member).expect("Members are known to the registry"),
            answer: line.answer,
            said: line.answer.map(|at| Said::of(&material.records.answers[at].answer)),
            overdue: line.overdue_since.map(days),
        });
    }
    table
}

fn event(material: &Material<'_>, activity: usize) -> Event {
    let of = &material.records.activities[activity].1;
    let links = &material.links.all[activity].links;
    Event {
        activity,
        id: material.records.ids[activity].clone(),
        title: tidy(&of.title),
        end: of.end,
        actions: join(links.iter().map(|link| link.action)),
        sections: links.iter().map(|link| link.action.section).collect(),
    }
}
