//! Record -> planned activity -> actions: which actions each delivered activity serves, and why.
//!
//! Source: counting rules, "Links". The first basis that names an action of the plan decides; later ones
//! add nothing.

mod link;
mod recognise;

use std::collections::BTreeSet;

use crate::cores;
use crate::definitions::{Definitions, ItemId};
use crate::findings::Finding;
use crate::records::{ActivityStatus, Records};
use crate::terms::{ActionRef, KpiId, MemberCode};
use link::Mapping;
pub use recognise::{Candidate, Recogniser};

/// Why an activity is linked to an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// A person decided it.
    Decision,
    /// The row states the planned item.
    PlanItem,
    /// The row states the action.
    Stated,
    /// The title is the plan's.
    Title,
    /// A keyword rule of the configuration fits.
    Rule,
}

impl Basis {
    /// The word in data files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::PlanItem => "plan-item",
            Self::Stated => "stated",
            Self::Title => "title",
            Self::Rule => "rule",
        }
    }

    /// What it means.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Decision => "a person decided it; config/decisions.toml keeps it",
            Self::PlanItem => "the row states the planned item",
            Self::Stated => "the row states the actions",
            Self::Title => "the title is the plan's, or was recognised, and the Members do not contradict it",
            Self::Rule => "a keyword rule of config/mapping.toml fits the title",
        }
    }
}

/// One activity serves one action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The action.
    pub action: ActionRef,
    /// Only these KPIs of the action, where the row names single ones; none: all of them.
    pub kpis: Option<BTreeSet<u8>>,
    /// Only these Members count as reached, standing or satisfied; none: all.
    pub part: Option<BTreeSet<MemberCode>>,
}

impl Link {
    /// Whether the link leads to a KPI.
    #[must_use]
    pub fn leads_to(&self, kpi: KpiId) -> bool {
        self.action == kpi.action && self.kpis.as_ref().is_none_or(|kpis| kpis.contains(&kpi.number))
    }

    /// Whether a Member counts under the link.
    #[must_use]
    pub fn counts(&self, member: MemberCode) -> bool {
        self.part.as_ref().is_none_or(|part| part.contains(&member))
    }
}

/// How the planned item of an activity was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// A person decided it.
    Decided,
    /// The row states it.
    Stated,
    /// The title is the plan's.
    Titled,
    /// The title says the same in other words.
    Recognised,
}

impl Found {
    /// The words in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Decided => "decision",
            Self::Stated => "plan item",
            Self::Titled => "title",
            Self::Recognised => "title in other words",
        }
    }
}

/// How one activity stands to the plan.
#[derive(Debug, Clone, Default)]
pub struct Mapped {
    /// Index into [`Records::activities`].
    pub activity: usize,
    /// Why; none where no action is served.
    pub basis: Option<Basis>,
    /// The planned items that it delivers, or would in the plan's own year: one, or two of which one event
    /// delivers both.
    pub items: Vec<ItemId>,
    /// How the items were found; none where there are none.
    pub found: Option<Found>,
    /// The planned items as the matcher recognised them, with the evidence.
    pub recognised: Vec<Candidate>,
    /// What a person is asked about: planned items that the row may deliver, best first.
    pub asked: Vec<Candidate>,
    /// The planned item that comes nearest, where none was found and nothing is asked.
    pub nearest: Option<Candidate>,
    /// The actions it serves, in plan order.
    pub links: Vec<Link>,
    /// KPIs that the row names itself.
    pub named_kpis: BTreeSet<KpiId>,
    /// Beneficiary Members, with those taken from the planned item.
    pub members: BTreeSet<MemberCode>,
    /// Whether the Members were taken from the planned item.
    pub members_from_plan: bool,
}

impl Mapped {
    /// Whether it delivers an item, or would in the plan's own year.
    #[must_use]
    pub fn delivers(&self, item: ItemId) -> bool {
        self.items.contains(&item)
    }

    /// How sure the recognition of the title was: 1 for the plan's own title.
    #[must_use]
    pub fn score(&self) -> Option<String> {
        (self.basis == Some(Basis::Title)).then(|| match self.recognised.iter().min_by_key(|found| found.score) {
            Some(weakest) => weakest.shown(),
            None => "1".to_owned(),
        })
    }

    /// The link to a KPI, if there is one.
    #[must_use]
    pub fn link_to(&self, kpi: KpiId) -> Option<&Link> {
        self.links.iter().find(|link| link.leads_to(kpi))
    }
}

/// All activities with their links; same order as [`Records::activities`].
#[derive(Debug, Default)]
pub struct Links {
    /// One entry an activity, whatever its status.
    pub all: Vec<Mapped>,
}

impl Links {
    /// Activities about whose planned item a person is asked: delivered ones, also after the as-at date, so that
    /// one review is about the whole log.
    pub fn in_doubt<'a>(&'a self, records: &'a Records) -> impl Iterator<Item = &'a Mapped> {
        let delivered = |at: usize| records.activities[at].1.status == ActivityStatus::Delivered;
        self.all.iter().filter(move |mapped| delivered(mapped.activity) && !mapped.asked.is_empty())
    }

    /// Delivered activities that serve no action.
    pub fn unlinked<'a>(&'a self, records: &'a Records) -> impl Iterator<Item = &'a Mapped> {
        self.all.iter().filter(|mapped| records.delivered[mapped.activity] && mapped.links.is_empty())
    }
}

/// Links every activity to the plan; `recogniser` is one of the same definitions.
pub fn map(
    records: &Records,
    definitions: &Definitions,
    recogniser: &Recogniser<'_>,
    findings: &mut Vec<Finding>,
) -> Links {
    let count = records.activities.len();
    let share = count.div_ceil(cores::count()).max(1);
    let shares = cores::each(count.div_ceil(share), |at| {
        let mut mapping = Mapping::new(records, definitions, recogniser);
        let share = share * at..count.min(share * (at + 1));
        let mapped: Vec<Mapped> = share.map(|activity| mapping.activity(activity)).collect();
        (mapped, mapping)
    });
    let mut whole = Mapping::new(records, definitions, recogniser);
    let mut all = Vec::with_capacity(count);
    for (mapped, part) in shares {
        all.extend(mapped);
        whole.take(part);
    }
    whole.unused_decisions();
    findings.extend(whole.findings);
    Links { all }
}
