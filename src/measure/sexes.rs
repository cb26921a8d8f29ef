//! Women, men and sex not stated of a group of activities, by the rule of the women KPI.
//!
//! Source: counting rules, women.

use super::rules::women;
use super::{ListSummary, Lists, Reached};
use crate::definitions::MemberRegistry;
use crate::records::Records;
use crate::terms::MemberCode;

/// Women and others of a group of activities, with what the figures cover.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sexes {
    /// Women: the figure of the women KPI.
    pub women: u64,
    /// Men of the lists; of logs, participants who are not women.
    pub men: u64,
    /// Persons of lists whose sex is blank or other.
    pub not_stated: u64,
    /// Women of the activities that tell how many others there were.
    pub of_known: u64,
    /// Persons of those activities whose sex is known: the n of the share.
    pub known: u64,
    /// Activities with a figure for women.
    pub covered: u64,
    /// Activities.
    pub activities: u64,
}

impl Sexes {
    /// Women's share in percent of the persons whose sex is known; none where there are none.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        #[allow(clippy::cast_precision_loss, reason = "persons are far below 2^52")]
        (self.known > 0).then(|| 100.0 * self.of_known as f64 / self.known as f64)
    }

    /// Activities with a figure, in percent; none without an activity.
    #[must_use]
    pub fn coverage(&self) -> Option<f64> {
        #[allow(clippy::cast_precision_loss, reason = "activities are far below 2^52")]
        (self.activities > 0).then(|| 100.0 * self.covered as f64 / self.activities as f64)
    }
}

/// Sums up some delivered activities, by their indices.
#[must_use]
pub fn of_activities(records: &Records, lists: &Lists, activities: impl Iterator<Item = usize>) -> Sexes {
    let mut sum = Sexes::default();
    for at in activities {
        let (activity, list) = (&records.activities[at].1, lists.get(&at).unwrap_or(ListSummary::NONE));
        sum.activities += 1;
        let Some(women) = women(activity, list).figure else {
            sum.not_stated += list.persons.all();
            continue;
        };
        sum.women += women;
        sum.covered += 1;
        let all = if list.sex_stated {
            sum.not_stated += list.persons.not_stated;
            Some(women + list.persons.men)
        } else {
            activity.participants.map(u64::from)
        };
        match all.filter(|all| *all >= women) {
            Some(all) => {
                sum.men += all - women;
                sum.of_known += women;
                sum.known += all;
            }
            None => sum.not_stated += list.persons.all().saturating_sub(women),
        }
    }
    sum
}

/// Sums up the persons that Members sent to some delivered activities, by the lists, experts left out.
#[must_use]
pub fn of_members(
    (records, registry): (&Records, &MemberRegistry),
    (lists, reached): (&Lists, &Reached),
    activities: impl Iterator<Item = usize>,
    belongs: impl Fn(MemberCode, chrono::NaiveDate) -> bool,
) -> Sexes {
    let mut sum = Sexes::default();
    for at in activities {
        let (activity, list) = (&records.activities[at].1, lists.get(&at).unwrap_or(ListSummary::NONE));
        let wanted = |member: MemberCode| belongs(member, activity.end) && registry.is_member(member, activity.end);
        sum.activities += u64::from(reached.by(at).iter().any(|member| belongs(*member, activity.end)));
        let mut known = 0;
        for (persons, _) in list.reached.iter().filter(|(member, _)| wanted(**member)).map(|(_, persons)| persons) {
            sum.women += persons.women;
            sum.men += persons.men;
            sum.not_stated += persons.not_stated;
            known += persons.women + persons.men;
        }
        sum.known += known;
        sum.covered += u64::from(known > 0);
    }
    sum.of_known = sum.women;
    sum
}
