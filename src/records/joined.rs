//! Border types: what counts by the as-at date, joined to the activities.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::activity::Activity;
use super::decided::Decided;
use super::participation::{Participation, Role};
use super::register::{Statistic, StatusRow};
use super::source::{RowId, Source};
use super::survey::{Evaluation, FollowUp, Need};
use super::tally::{Place, Tally};
use crate::definitions::Kind;
use crate::terms::{ActionRef, MemberCode, PlanYear};

/// The days that a report can see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// Nothing that ended before this day is in any period of the report.
    pub earliest: NaiveDate,
    /// The report's last day: what is dated after it is in none of its periods.
    pub latest: NaiveDate,
    /// Nothing dated after this day counts.
    pub as_at: NaiveDate,
    /// Whether the as-at date was asked for, and not taken from the report's end.
    pub as_at_given: bool,
}

impl Horizon {
    /// Where a row of a day that counts ends: nothing earlier than the first day is in any period either, for what
    /// happened.
    pub(super) fn place_of_event(&self, day: NaiveDate) -> Place {
        if self.earliest <= day { self.place_of(day) } else { Place::OutOfPeriod }
    }

    /// Where a row of a day that counts ends.
    pub(super) fn place_of(&self, day: NaiveDate) -> Place {
        if day <= self.latest { Place::Counted } else { Place::OutOfPeriod }
    }
}

/// A topic of needs that names no action of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenTopic {
    /// As first typed.
    pub words: String,
    /// Configured topics that may be meant, best first.
    pub may_mean: Vec<String>,
    /// Members that named it.
    pub members: BTreeSet<MemberCode>,
    /// Rows that name it.
    pub rows: usize,
}

/// A row of a participation list, joined: activity is an index into [`Records::activities`].
#[derive(Debug, Clone, Copy)]
pub struct Attendance {
    /// The activity.
    pub activity: u32,
    /// What the row says; the person's roles are settled.
    pub row: Participation,
}

/// A follow-up answer, joined.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Where it stands.
    pub row: RowId,
    /// The activity.
    pub activity: usize,
    /// What it says.
    pub answer: FollowUp,
    /// Whether it is the newest of its Member about its activity.
    pub newest: bool,
}

/// An evaluation, joined.
#[derive(Debug, Clone)]
pub struct Review {
    /// Where it stands.
    pub row: RowId,
    /// The activity.
    pub activity: usize,
    /// What it says.
    pub evaluation: Evaluation,
}

/// Everything that counts by the as-at date, joined to the activities.
#[derive(Debug)]
pub struct Records {
    /// The sheets read.
    pub sources: Vec<Source>,
    /// Kinds of which a sheet was read.
    pub kinds: BTreeSet<Kind>,
    /// Activities of every status, each once, in file order.
    pub activities: Vec<(RowId, Activity)>,
    /// The id of each activity: the Activity ID, or one assigned.
    pub ids: Vec<String>,
    /// Whether each activity was delivered by the as-at date.
    pub delivered: Vec<bool>,
    /// Which decisions are about which activities.
    pub decided: Decided,
    /// Rows of participation lists of delivered activities, each person once.
    pub attendance: Vec<Attendance>,
    /// Follow-up answers about delivered activities, superseded ones too.
    pub answers: Vec<Answer>,
    /// Evaluations of delivered activities.
    pub reviews: Vec<Review>,
    /// Register rows in file order.
    pub statuses: Vec<(RowId, StatusRow)>,
    /// Statistics in file order.
    pub statistics: Vec<(RowId, Statistic)>,
    /// Needs with the actions their topics name; unmapped ones with none.
    pub needs: Vec<(RowId, Need, Vec<ActionRef>)>,
    /// Topics of needs that name no action and about which nobody decided, by their folded words.
    pub open_topics: BTreeMap<String, OpenTopic>,
    /// Plan years of which an activity, answer or statistic was read.
    pub years: BTreeSet<PlanYear>,
    /// Where every row went.
    pub tally: Tally,
}

impl Attendance {
    /// Whether the row gives an expert.
    #[must_use]
    pub fn expert(&self) -> bool {
        self.row.role == Role::Expert
    }
}
