//! Record -> planned activity -> actions: which actions each delivered activity serves, and why.
//!
//! Source: counting rules, "Links". The first basis that names an action of the plan decides; later ones
//! add nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::{Field, ItemId, MappingRule, WorkPlan};
use crate::findings::{Code, Finding};
use crate::records::{Activity, Records, RowId, Source};
use crate::terms::fold::fold;
use crate::terms::{ActionRef, KpiId, MemberCode};

/// Why an activity is linked to an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
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
            Self::PlanItem => "the row states the planned item",
            Self::Stated => "the row states the actions",
            Self::Title => "the title is the plan's, and the Members do not contradict it",
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

/// How one activity stands to the plan.
#[derive(Debug, Clone, Default)]
pub struct Mapped {
    /// Index into [`Records::activities`].
    pub activity: usize,
    /// Why; none where no action is served.
    pub basis: Option<Basis>,
    /// The planned item that it delivers, or would in the plan's own year.
    pub item: Option<ItemId>,
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
    /// Delivered activities that serve no action.
    pub fn unlinked<'a>(&'a self, records: &'a Records) -> impl Iterator<Item = &'a Mapped> {
        self.all.iter().filter(|mapped| records.delivered[mapped.activity] && mapped.links.is_empty())
    }
}

/// Links every activity to the plan.
pub fn map(records: &Records, plan: &WorkPlan, rules: &[MappingRule], findings: &mut Vec<Finding>) -> Links {
    let mut mapping = Mapping { plan, rules, sources: &records.sources, findings };
    let all = records.activities.iter().enumerate();
    let all = all.map(|(at, (row, activity))| mapping.activity(at, *row, activity, records.delivered[at])).collect();
    Links { all }
}

struct Mapping<'a> {
    plan: &'a WorkPlan,
    rules: &'a [MappingRule],
    sources: &'a [Source],
    findings: &'a mut Vec<Finding>,
}

/// A planned item as a row names it, and whether by the item column.
#[derive(Clone, Copy)]
struct Recognised {
    item: ItemId,
    stated: bool,
}

impl Mapping<'_> {
    fn activity(&mut self, at: usize, row: RowId, activity: &Activity, delivered: bool) -> Mapped {
        let stated = self.stated(row, activity);
        let recognised = self.stated_item(row, activity).or_else(|| self.titled_item(row, activity));
        let own_year = activity.plan_year() == self.plan.year;
        let from_plan = recognised.filter(|_| own_year && activity.members.is_empty()).map(|found| found.item);
        let from_plan = from_plan.filter(|item| !self.plan.item(*item).members.is_empty());
        let members = from_plan.map_or_else(|| activity.members.clone(), |item| self.plan.item(item).members.clone());
        if let Some(item) = from_plan.filter(|_| delivered) {
            self.members_taken(row, activity, item);
        }
        let (basis, links) = self.links(activity, recognised, &stated, &members);
        if basis == Some(Basis::PlanItem) {
            self.beyond(row, &stated, &links);
        }
        if delivered && links.is_empty() {
            self.find(
                Code::ActivityUnlinked,
                row,
                Field::Title,
                &activity.title,
                "The activity serves no action of the plan; it counts only in KPIs over all activities.",
                "Fill in Plan item or AWP actions if it belongs to the plan.",
            );
        }
        let item = recognised.filter(|found| found.stated || own_year).map(|found| found.item);
        let named_kpis =
            activity.references.read.iter().filter_map(crate::terms::reference::Reference::kpi_id).collect();
        Mapped { activity: at, basis, item, links, named_kpis, members, members_from_plan: from_plan.is_some() }
    }

    fn find(&mut self, code: Code, row: RowId, field: Field, value: &str, message: impl Into<String>, help: &str) {
        let origin = self.sources[row.source.index()].origin(row.row, field);
        self.findings.push(Finding::new(code, origin, message, help).seen(value));
    }

    /// The actions that the row states, with the KPIs where it names single ones.
    fn stated(&mut self, row: RowId, activity: &Activity) -> BTreeMap<ActionRef, Option<BTreeSet<u8>>> {
        const HELP: &str = "Write references as the plan does: 1-(a), (b) and 3-(k).";
        let mut stated: BTreeMap<ActionRef, Option<BTreeSet<u8>>> = BTreeMap::new();
        for word in &activity.references.unread {
            self.find(Code::ReferenceUnknown, row, Field::Actions, word, "This is no reference to an action.", HELP);
        }
        for reference in &activity.references.read {
            if !self.plan.knows(reference) {
                self.find(
                    Code::ReferenceUnknown,
                    row,
                    Field::Actions,
                    &reference.text,
                    "The plan has no such action or KPI.",
                    HELP,
                );
                continue;
            }
            if reference.slip {
                let message = format!("Read as {}; the letters look alike.", reference.action);
                self.find(
                    Code::ReferenceSlip,
                    row,
                    Field::Actions,
                    &reference.text,
                    message,
                    "Type the letters in lower case.",
                );
            }
            let kpis = stated.entry(reference.action).or_insert_with(|| Some(BTreeSet::new()));
            match (reference.kpi, kpis.as_mut()) {
                (Some(number), Some(kpis)) => _ = kpis.insert(number),
                (None, _) => *kpis = None,
                (Some(_), None) => {}
            }
        }
        stated
    }

    fn stated_item(&mut self, row: RowId, activity: &Activity) -> Option<Recognised> {
        let text = activity.plan_item.trim();
        if text.is_empty() {
            return None;
        }
        let found = self.plan.item_by_id(text).or_else(|| self.plan.item_by_title(text).map(|(item, _)| item));
        if found.is_none() {
            self.find(
                Code::PlanItemUnknown,
                row,
                Field::PlanItem,
                text,
                "The plan has no item of this id or title.",
                "Use an id or title as `rspkpi plan` prints it.",
            );
        }
        found.map(|item| Recognised { item, stated: true })
    }

    fn titled_item(&mut self, row: RowId, activity: &Activity) -> Option<Recognised> {
        let (item, _) = self.plan.item_by_title(&activity.title)?;
        let whole = &self.plan.item(item).members;
        if !whole.is_empty() && !activity.members.is_empty() && whole.is_disjoint(&activity.members) {
            let id = self.plan.item(item).id.clone();
            let message = format!("The title is that of {id}, but row and planned activity share no Member.");
            self.find(
                Code::TitleOtherMember,
                row,
                Field::Members,
                &activity.title,
                message,
                "Correct the Members, or state the plan item.",
            );
            return None;
        }
        Some(Recognised { item, stated: false })
    }

    fn links(
        &self,
        activity: &Activity,
        recognised: Option<Recognised>,
        stated: &BTreeMap<ActionRef, Option<BTreeSet<u8>>>,
        members: &BTreeSet<MemberCode>,
    ) -> (Option<Basis>, Vec<Link>) {
        let by_item = |found: Recognised| self.item_links(found.item, members);
        if let Some(links) = recognised.filter(|found| found.stated).map(by_item).filter(|links| !links.is_empty()) {
            return (Some(Basis::PlanItem), links);
        }
        if !stated.is_empty() {
            let links = stated.iter().map(|(action, kpis)| Link { action: *action, kpis: kpis.clone(), part: None });
            return (Some(Basis::Stated), links.collect());
        }
        if let Some(links) = recognised.filter(|found| !found.stated).map(by_item).filter(|links| !links.is_empty()) {
            return (Some(Basis::Title), links);
        }
        let title = fold(&activity.title);
        match self.rules.iter().find(|rule| rule.fits(&title, activity.of_type)) {
            Some(rule) => {
                let actions: BTreeSet<ActionRef> = rule.actions.iter().copied().collect();
                let links = actions.into_iter().map(|action| Link { action, kpis: None, part: None });
                (Some(Basis::Rule), links.collect())
            }
            None => (None, Vec::new()),
        }
    }

    /// The actions that a planned item serves. An action that lists only some Members' part is served
    /// only by an activity for one of them.
    fn item_links(&self, item: ItemId, members: &BTreeSet<MemberCode>) -> Vec<Link> {
        let parts = &self.plan.item(item).parts;
        let links = self.plan.served_by(item).iter().map(|action| Link {
            action: *action,
            kpis: None,
            part: parts.get(action).cloned(),
        });
        links.filter(|link| link.part.as_ref().is_none_or(|part| !part.is_disjoint(members))).collect()
    }

    /// Says that the Members of the planned item were taken; louder where the title names only some.
    fn members_taken(&mut self, row: RowId, activity: &Activity, item: ItemId) {
        let item = self.plan.item(item);
        let taken: Vec<&str> = item.members.iter().map(MemberCode::as_str).collect();
        let (id, taken) = (item.id.clone(), taken.join(", "));
        let named = self.plan.item_by_title(&activity.title).map_or(item.members.len(), |(_, named)| named.len());
        let (code, help) = if named < item.members.len() {
            (Code::MembersBeyondTitle, "The title names only some of them: fill in Beneficiary Members.")
        } else {
            (Code::MembersFromPlan, "Fill in Beneficiary Members if not all took part.")
        };
        let message = format!("The row names no Members; those of its plan item were taken: {taken}.");
        self.find(code, row, Field::Members, &id, message, help);
    }

    /// What a row states beyond its plan item is a finding.
    fn beyond(&mut self, row: RowId, stated: &BTreeMap<ActionRef, Option<BTreeSet<u8>>>, links: &[Link]) {
        let beyond: Vec<String> = stated
            .keys()
            .filter(|action| links.iter().all(|link| link.action != **action))
            .map(ActionRef::to_string)
            .collect();
        if !beyond.is_empty() {
            self.find(
                Code::StatedBeyondBasis,
                row,
                Field::Actions,
                &beyond.join(", "),
                "The row states actions that its plan item does not serve; the plan item decides.",
                "Correct AWP actions, or leave Plan item blank.",
            );
        }
    }
}
