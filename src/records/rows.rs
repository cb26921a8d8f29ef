//! Typed rows of all kinds, before they are joined to their activities.

use super::activity::Activity;
use super::lists::{Lists, Pointers};
use super::register::{Fit, Statistic, StatusRow};
use super::source::RowId;
use super::survey::{Evaluation, FollowUp, Need};

/// Rows of all kinds, each in the order in which they stand in their tables.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) activities: Vec<(RowId, Activity)>,
    pub(super) participations: Lists,
    pub(super) pointers: Pointers,
    pub(super) follow_ups: Vec<(RowId, FollowUp)>,
    pub(super) evaluations: Vec<(RowId, Evaluation)>,
    pub(super) needs: Vec<(RowId, Need)>,
    pub(super) statuses: Vec<(RowId, Fit<StatusRow>)>,
    pub(super) statistics: Vec<(RowId, Fit<Statistic>)>,
}

impl Rows {
    /// Adds rows that stand after these.
    pub(super) fn append(&mut self, later: Self) {
        self.activities.extend(later.activities);
        self.participations.append(&mut self.pointers, later.participations, later.pointers);
        self.follow_ups.extend(later.follow_ups);
        self.evaluations.extend(later.evaluations);
        self.needs.extend(later.needs);
        self.statuses.extend(later.statuses);
        self.statistics.extend(later.statistics);
    }
}
