//! Members reached by each activity.

use std::collections::BTreeSet;

use super::attendance::{ListSummary, Lists};
use crate::definitions::MemberRegistry;
use crate::mapping::Links;
use crate::records::Records;
use crate::terms::MemberCode;

/// The Members reached by each activity that were Members on its last day: those of the log, the host, and those of
/// its list in a role other than expert.
///
/// Source: counting rules, members-reached.
#[derive(Debug)]
pub struct Reached(Vec<Vec<MemberCode>>);

impl Reached {
    /// The Members reached by all activities.
    #[must_use]
    pub fn of(records: &Records, links: &Links, registry: &MemberRegistry, lists: &Lists) -> Self {
        let of_activity = |(at, (_, activity)): (usize, &(_, crate::records::Activity))| {
            let list = lists.get(&at).unwrap_or(ListSummary::NONE);
            let stated = links.all[at].members.iter().copied().chain(activity.host_member);
            let all: BTreeSet<MemberCode> = stated.chain(list.reached.keys().copied()).collect();
            all.into_iter().filter(|member| registry.is_member(*member, activity.end)).collect()
        };
        Self(records.activities.iter().enumerate().map(of_activity).collect())
    }

    /// Those reached by an activity, by its index, ascending.
    #[must_use]
    pub fn by(&self, activity: usize) -> &[MemberCode] {
        &self.0[activity]
    }
}
