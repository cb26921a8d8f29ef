//! Who funded activities and who took part in them as partner, each name once in its one spelling.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::Definitions;
use crate::measure::Reached;
use crate::records::{Activity, Records};
use crate::terms::MemberCode;

/// What one partner or donor took part in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Delivered activities.
    pub activities: u64,
    /// CB activities among them.
    pub cb: u64,
    /// Members reached by them.
    pub members: BTreeSet<MemberCode>,
}

/// Sums up some delivered activities by the names that `names` gives of each.
#[must_use]
pub fn by_name(
    (definitions, records): (&Definitions, &Records),
    reached: &Reached,
    activities: impl Iterator<Item = usize>,
    names: impl Fn(&Activity) -> &[String],
) -> BTreeMap<String, Given> {
    let (cb, events) = (definitions.types.cb(), definitions.types.events());
    let mut found: BTreeMap<String, Given> = BTreeMap::new();
    for at in activities {
        let activity = &records.activities[at].1;
        let once: BTreeSet<String> =
            names(activity).iter().map(|name| definitions.partners.report_name(name)).collect();
        for name in once {
            let given = found.entry(name).or_default();
            given.activities += 1;
            given.cb += u64::from(cb.holds(activity.of_type));
            if events.holds(activity.of_type) {
                given.members.extend(reached.by(at));
            }
        }
    }
    found
}
