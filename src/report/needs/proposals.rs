//! Candidate activities for the next plan year: open needs grouped by action. A proposal to edit.

use std::collections::BTreeMap;

use super::NeedRow;
use crate::measure::needs::NeedState;
use crate::records::Priority;
use crate::report::Material;
use crate::terms::ActionRef;

/// A candidate activity.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The action that it would serve.
    pub action: ActionRef,
    /// A title to begin with.
    pub title: String,
    /// `national` or `sub-regional`.
    pub scope: &'static str,
    /// The Members, those of high priority first.
    pub members: String,
    /// How many of them ask with high priority.
    pub high: usize,
    /// How many Members.
    pub count: usize,
    /// Since when the oldest of the needs is asked.
    pub since: Option<chrono::NaiveDate>,
    /// Regional items of the plan that may serve it.
    pub planned: String,
    /// Support wanted.
    pub support: String,
}

pub(super) fn compose(material: &Material<'_>, rows: &[NeedRow]) -> Vec<Proposal> {
    let mut by_action: BTreeMap<ActionRef, Vec<&NeedRow>> = BTreeMap::new();
    let wanted = |row: &&NeedRow| {
        row.current && row.state == NeedState::Open && matches!(row.priority, Some(Priority::High | Priority::Medium))
    };
    for row in rows.iter().filter(wanted) {
        by_action.entry(row.action).or_default().push(row);
    }
    let mut proposals: Vec<Proposal> =
        by_action.into_iter().map(|(action, rows)| proposal(material, action, rows)).collect();
    proposals.sort_by_key(|proposal| (std::cmp::Reverse((proposal.high, proposal.count)), proposal.action));
    proposals
}

fn proposal(material: &Material<'_>, action: ActionRef, mut rows: Vec<&NeedRow>) -> Proposal {
    rows.sort_by_key(|row| (std::cmp::Reverse(row.priority), row.member));
    let names: Vec<&str> = rows.iter().map(|row| row.member_name.as_str()).collect();
    let scope = if names.len() == 1 { "national" } else { "sub-regional" };
    let kind = if names.len() == 1 { "National workshop" } else { "Sub-regional workshop" };
    let mut support: Vec<&str> = rows.iter().map(|row| row.support.as_str()).filter(|text| !text.is_empty()).collect();
    support.sort_unstable();
    support.dedup();
    Proposal {
        action,
        title: format!("{kind} on {} for {}", super::topic_of(material, action), names.join(", ")),
        scope,
        members: names.join(", "),
        high: rows.iter().filter(|row| row.priority == Some(Priority::High)).count(),
        count: names.len(),
        since: rows.iter().filter_map(|row| row.asked.map(|(_, first)| first)).min(),
        planned: rows[0].planned.join(", "),
        support: support.join("; "),
    }
}
