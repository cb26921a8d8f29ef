//! How one activity comes to its planned item and its actions.

use std::collections::{BTreeMap, BTreeSet};

use super::{Basis, Found, Link, Mapped, Recogniser};
use crate::definitions::{Decision, Definitions, Field, ItemId, Verdict, WorkPlan};
use crate::findings::{Code, Finding, Origin, Text};
use crate::records::{Activity, Records, RowId};
use crate::terms::fold::fold;
use crate::terms::reference::Reference;
use crate::terms::{ActionRef, MemberCode};

/// The actions that a row states, with the KPIs where it names single ones.
type Stated = BTreeMap<ActionRef, Option<BTreeSet<u8>>>;

pub(super) struct Mapping<'a> {
    records: &'a Records,
    definitions: &'a Definitions,
    plan: &'a WorkPlan,
    recogniser: &'a Recogniser<'a>,
    pub(super) findings: Vec<Finding>,
}

/// Adds an action, or a KPI of it: a whole action takes all of its KPIs.
fn serve(stated: &mut Stated, action: ActionRef, kpi: Option<u8>) {
    let kpis = stated.entry(action).or_insert_with(|| Some(BTreeSet::new()));
    match (kpi, kpis.as_mut()) {
        (Some(number), Some(kpis)) => _ = kpis.insert(number),
        (None, _) => *kpis = None,
        (Some(_), None) => {}
    }
}

fn stated_links(stated: &Stated) -> Vec<Link> {
    stated.iter().map(|(action, kpis)| Link { action: *action, kpis: kpis.clone(), part: None }).collect()
}

/// The planned items of a row, and how they were found.
#[derive(Clone)]
struct Items {
    items: Vec<ItemId>,
    found: Found,
}

impl<'a> Mapping<'a> {
    pub(super) fn new(records: &'a Records, definitions: &'a Definitions, recogniser: &'a Recogniser<'a>) -> Self {
        Self { records, definitions, plan: &definitions.plan, recogniser, findings: Vec::new() }
    }

    /// Takes over what the mapping of other activities found.
    pub(super) fn take(&mut self, other: Self) {
        self.findings.extend(other.findings);
    }

    /// Links one activity.
    pub(super) fn activity(&mut self, at: usize) -> Mapped {
        let records = self.records;
        let (row, activity) = &records.activities[at];
        let (row, delivered) = (*row, records.delivered[at]);
        let stated = self.stated(row, activity);
        let decision = self.decision(at);
        let mut mapped = Mapped { activity: at, ..Mapped::default() };
        let found = match decision {
            Some(decision) => self.decided_items(decision),
            None => self.found(row, activity, &stated, &mut mapped),
        };
        let own_year = activity.plan_year() == self.plan.year;
        let (members, from_plan) = self.members(row, activity, found.as_ref().filter(|_| own_year), delivered);
        let (basis, links) = self.links(activity, decision, found.as_ref(), &stated, &members);
        if basis == Some(Basis::PlanItem) {
            self.beyond(row, &stated, &links);
        }
        if delivered && decision.is_none() {
            self.not_held(row, activity);
            self.say(row, activity, &mapped, &links);
        }
        let kept = found.filter(|found| own_year || matches!(found.found, Found::Stated | Found::Decided));
        mapped.found = kept.as_ref().map(|kept| kept.found);
        mapped.items = kept.map(|kept| kept.items).unwrap_or_default();
        mapped.named_kpis = activity.references.read.iter().filter_map(Reference::kpi_id).collect();
        Mapped { basis, links, members, members_from_plan: from_plan, ..mapped }
    }

    /// The decision about a row. One that names nothing of the plan leaves the next basis to decide.
    fn decision(&self, at: usize) -> Option<&'a Decision> {
        let decision = &self.definitions.decisions.all()[self.records.decided.of[at]?];
        decision.verdict.holds(self.plan).then_some(decision)
    }

    /// The items that a decision names; none where it names none that the plan has.
    fn decided_items(&self, decision: &Decision) -> Option<Items> {
        let Verdict::Deliver(ids) = &decision.verdict else { return None };
        let items: Vec<ItemId> = ids.iter().filter_map(|id| self.plan.item_by_id(id)).collect();
        (!items.is_empty()).then_some(Items { items, found: Found::Decided })
    }

    /// The planned items of a row: stated, by the plan's own title, or recognised. What was weighed is noted.
    fn found(&mut self, row: RowId, activity: &Activity, stated: &Stated, mapped: &mut Mapped) -> Option<Items> {
        let stated_items = self.stated_items(row, activity);
        if !stated_items.is_empty() {
            return Some(Items { items: stated_items, found: Found::Stated });
        }
        if self.plan.item_by_title(&activity.title).is_some() {
            let item = self.titled_item(row, activity)?;
            return Some(Items { items: vec![item], found: Found::Titled });
        }
        let recognised = self.recogniser.recognise(activity, stated.keys().copied().collect());
        if self.recogniser.in_reach(activity) {
            mapped.asked = recognised.asked;
            mapped.nearest = recognised.nearest;
        }
        let items: Vec<ItemId> = recognised.linked.iter().map(|found| found.item).collect();
        mapped.recognised = recognised.linked;
        (!items.is_empty()).then_some(Items { items, found: Found::Recognised })
    }

    /// The Beneficiary Members: as stated; else of its planned items those that the title, the host or the venue
    /// names; else all that its planned items name. Whether they were taken from the plan.
    ///
    /// Source: counting rules, "A log row with no Members takes those that its plan item names"; a row that names
    /// others, or what cannot be read, is none.
    fn members(
        &mut self,
        row: RowId,
        activity: &Activity,
        found: Option<&Items>,
        delivered: bool,
    ) -> (BTreeSet<MemberCode>, bool) {
        let planned = |items: &Items| -> BTreeSet<MemberCode> {
            items.items.iter().flat_map(|item| self.plan.item(*item).members.iter().copied()).collect()
        };
        let planned = found.filter(|_| activity.members.is_empty()).map(planned).filter(|members| !members.is_empty());
        let (Some(items), Some(planned)) = (found, planned) else { return (activity.members.clone(), false) };
        if !activity.other_names.is_empty() {
            if delivered {
                let message = "The row names no Member but others; the Members of its plan item were not taken.";
                let names = activity.other_names.join("; ");
                self.find(
                    Code::MembersNotTaken,
                    row,
                    Field::Members,
                    &names,
                    message,
                    "Correct Beneficiary Members, or leave them blank.",
                );
            }
            return (BTreeSet::new(), false);
        }
        let in_words = matches!(items.found, Found::Recognised | Found::Decided);
        let named = if in_words { self.recogniser.members_named(activity) } else { BTreeSet::new() };
        let named: BTreeSet<MemberCode> = named.intersection(&planned).copied().collect();
        let taken = if named.is_empty() { planned } else { named };
        if delivered {
            self.members_taken(row, activity, items.items[0], &taken);
        }
        (taken, true)
    }

    fn find(&mut self, code: Code, row: RowId, field: Field, value: &str, message: impl Into<Text>, help: &str) {
        let origin = self.records.sources[row.source.index()].origin(row.row, field);
        self.findings.push(Finding::new(code, origin, message, help).seen(value));
    }

    /// The actions that the row states, with the KPIs where it names single ones.
    fn stated(&mut self, row: RowId, activity: &Activity) -> Stated {
        const HELP: &str = "Write references as the plan does: 1-(a), (b) and 3-(k).";
        let mut stated = Stated::new();
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
            serve(&mut stated, reference.action, reference.kpi);
        }
        stated
    }

    /// The planned items that the row states. It may be for other Members than they are; then it says so.
    fn stated_items(&mut self, row: RowId, activity: &Activity) -> Vec<ItemId> {
        let named = self.plan.items_named(&activity.plan_item);
        for words in &named.unknown {
            self.find(
                Code::PlanItemUnknown,
                row,
                Field::PlanItem,
                words,
                "The plan has no item of this id or title.",
                "Use an id or title as `rspkpi plan` prints it.",
            );
        }
        for item in &named.items {
            let planned = &self.plan.item(*item).members;
            if !planned.is_empty() && !activity.members.is_empty() && planned.is_disjoint(&activity.members) {
                let message = "The row states this plan item but shares no Member with it; the stated item decides.";
                let id = self.plan.item(*item).id.clone();
                self.find(
                    Code::StatedOtherMember,
                    row,
                    Field::PlanItem,
                    &id,
                    message,
                    "Correct Plan item or the Members.",
                );
            }
        }
        named.items
    }

    fn titled_item(&mut self, row: RowId, activity: &Activity) -> Option<ItemId> {
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
        Some(item)
    }

    fn links(
        &self,
        activity: &Activity,
        decision: Option<&Decision>,
        found: Option<&Items>,
        stated: &Stated,
        members: &BTreeSet<MemberCode>,
    ) -> (Option<Basis>, Vec<Link>) {
        let whole = |action: ActionRef| Link { action, kpis: None, part: None };
        match decision.map(|decision| &decision.verdict) {
            Some(Verdict::NotOurs) => return (None, Vec::new()),
            Some(verdict @ Verdict::Serve(_)) => {
                let mut served = Stated::new();
                for named in verdict.served(self.plan) {
                    serve(&mut served, named.action, named.kpi);
                }
                return ((!served.is_empty()).then_some(Basis::Decision), stated_links(&served));
            }
            _ => {}
        }
        let by_items = |wanted: &[Found]| {
            let found = found.filter(|found| wanted.contains(&found.found));
            found.map(|found| self.items_links(&found.items, members)).filter(|links| !links.is_empty())
        };
        if let Some(links) = by_items(&[Found::Decided]) {
            return (Some(Basis::Decision), links);
        }
        if let Some(links) = by_items(&[Found::Stated]) {
            return (Some(Basis::PlanItem), links);
        }
        if !stated.is_empty() {
            return (Some(Basis::Stated), stated_links(stated));
        }
        if let Some(links) = by_items(&[Found::Titled, Found::Recognised]) {
            return (Some(Basis::Title), links);
        }
        let title = fold(&activity.title);
        match self.definitions.rules.iter().find(|rule| rule.fits(&title, activity.of_type)) {
            Some(rule) => {
                let actions: BTreeSet<ActionRef> = rule.actions.iter().copied().collect();
                (Some(Basis::Rule), actions.into_iter().map(whole).collect())
            }
            None => (None, Vec::new()),
        }
    }

    /// The actions that planned items serve between them, in plan order.
    fn items_links(&self, items: &[ItemId], members: &BTreeSet<MemberCode>) -> Vec<Link> {
        let mut links: BTreeMap<ActionRef, Link> = BTreeMap::new();
        for link in items.iter().flat_map(|item| self.item_links(*item, members)) {
            match links.get_mut(&link.action) {
                None => _ = links.insert(link.action, link),
                Some(known) => {
                    known.part = known.part.take().zip(link.part).map(|(a, b)| a.union(&b).copied().collect());
                }
            }
        }
        links.into_values().collect()
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

    /// Says that Members were taken from the plan; louder where the title names only some.
    fn members_taken(&mut self, row: RowId, activity: &Activity, item: ItemId, taken: &BTreeSet<MemberCode>) {
        let item = self.plan.item(item);
        let words: Vec<&str> = taken.iter().map(MemberCode::as_str).collect();
        let (id, words) = (item.id.clone(), words.join(", "));
        let named = self.plan.item_by_title(&activity.title).map_or(taken.len(), |(_, named)| named.len());
        let (code, help) = if named < taken.len() {
            (Code::MembersBeyondTitle, "The title names only some of them: fill in Beneficiary Members.")
        } else {
            (Code::MembersFromPlan, "Fill in Beneficiary Members if not all took part, or others did.")
        };
        let message = format!("The row names no Members; those of its plan item were taken: {words}.");
        self.find(code, row, Field::Members, &id, message, help);
    }

    /// Says that a title goes against the status.
    fn not_held(&mut self, row: RowId, activity: &Activity) {
        let Some(words) = self.recogniser.not_held(&activity.title) else { return };
        let message = format!("The title says \u{201c}{words}\u{201d}, but the row counts as delivered.");
        let help = "Correct Status: cancelled or postponed; or the title.";
        self.find(Code::NotHeld, row, Field::Status, &activity.title, message, help);
    }

    /// Says what was recognised, asked or left of a delivered activity.
    fn say(&mut self, row: RowId, activity: &Activity, mapped: &Mapped, links: &[Link]) {
        let title = &activity.title;
        for found in &mapped.recognised {
            let message = format!("Recognised as {} ({}).", self.named(found.item), found.reasons());
            let help = "Nothing to do if that is right; else fill in Plan item.";
            self.find(Code::TitleRecognised, row, Field::Title, title, message, help);
        }
        if let Some(best) = mapped.asked.first() {
            let message =
                format!("It may deliver {} ({}); it was not linked to it.", self.named(best.item), best.reasons());
            let help = "Decide in review.xlsx and put it among the inputs, or fill in Plan item.";
            self.find(Code::ActivityInDoubt, row, Field::Title, title, message, help);
        } else if links.is_empty() {
            let message = "The activity serves no action of the plan; it counts only in KPIs over all activities.";
            let help = "Fill in Plan item or AWP actions if it belongs to the plan.";
            self.find(Code::ActivityUnlinked, row, Field::Title, title, message, help);
        }
    }

    /// An item by id and title.
    fn named(&self, item: ItemId) -> String {
        let item = self.plan.item(item);
        format!("{} \u{201c}{}\u{201d}", item.id, item.title)
    }

    /// Decisions that found no row, or that name what the plan has not.
    pub(super) fn unused_decisions(&mut self) {
        let decided = &self.records.decided;
        let applied: BTreeSet<usize> = decided.of.iter().flatten().copied().collect();
        for (at, decision) in self.definitions.decisions.all().iter().enumerate() {
            let origin = Origin { file: crate::definitions::DECISIONS.into(), ..Origin::default() };
            let unknown = match decision.plan == self.plan.year {
                true => decision.verdict.unknown_to(self.plan),
                false if self.definitions.plan_years.contains(&decision.plan) => continue,
                false => vec![format!("the plan of {}", decision.plan)],
            };
            if !unknown.is_empty() {
                let message = format!("A decision names what the plan does not have: {}.", unknown.join(", "));
                let finding =
                    Finding::new(Code::DecisionUnfit, origin.clone(), message, "Correct or delete the decision.");
                self.findings.push(finding.seen(&decision.title));
            }
            if decision.plan == self.plan.year && !applied.contains(&at) && !decided.doubtful.contains(&at) {
                let message = format!("No row fits the decision about an activity of {} any more.", decision.start);
                let help = "Delete the decision if the row is gone; if it was changed, decide again.";
                self.findings.push(Finding::new(Code::DecisionUnused, origin, message, help).seen(&decision.title));
            }
        }
    }

    /// What a row states beyond its plan item is a finding.
    fn beyond(&mut self, row: RowId, stated: &Stated, links: &[Link]) {
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
