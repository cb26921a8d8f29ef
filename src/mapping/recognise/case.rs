//! What the row of an activity says, read as a colleague would.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::profile::narrowest;
use crate::definitions::{ActivityTypes, FormClass, ItemScope, MemberRegistry, Vocabulary};
use crate::records::Activity;
use crate::terms::{ActionRef, MemberCode, PlanYear};
use crate::wording::{Lexicon, NamedBy, Wording};

/// Where the Members of a row were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// In the Members column.
    Column,
    /// In the title, by name or administration.
    Title,
    /// By a city in the title.
    City,
    /// By the host or the venue.
    Host,
    /// Nowhere.
    Nowhere,
}

/// The evidence of one row.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) wording: Wording,
    /// Topics, of a topic and a narrower one the narrower.
    pub(super) topics: BTreeSet<usize>,
    pub(super) members: BTreeSet<MemberCode>,
    pub(super) source: Source,
    /// Members that the title names by name or administration.
    pub(super) titled: BTreeSet<MemberCode>,
    /// Names in the Members column that are no Members, where it names no Member besides.
    pub(super) strangers: Vec<String>,
    /// The scope that the title names.
    pub(super) title_scope: Option<ItemScope>,
    /// The scope of the type.
    pub(super) type_scope: Option<ItemScope>,
    pub(super) forms: BTreeSet<FormClass>,
    pub(super) type_form: Option<FormClass>,
    /// Whether the WCO or the office is named anywhere.
    pub(super) own: bool,
    /// Whether another body than the WCO or the office hosts or edits it.
    pub(super) other_host: bool,
    /// Agencies of one country among partners and donors.
    pub(super) paid_by: BTreeSet<String>,
    /// The Member that hosts it.
    pub(super) host: Option<MemberCode>,
    /// Years that the title names, where none of them is of the row's plan year.
    pub(super) other_years: Vec<i32>,
    /// Actions that the row states.
    pub(super) stated: BTreeSet<ActionRef>,
}

/// What rows are read with.
pub(super) struct Reading<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) types: &'a ActivityTypes,
    pub(super) registry: &'a MemberRegistry,
}

impl Reading<'_> {
    pub(super) fn case(&self, activity: &Activity, stated: BTreeSet<ActionRef>) -> Case {
        let mut wording = self.lexicon.read(&activity.title);
        let others = self.lexicon.read(&activity.other_names.join("; "));
        let host = self.lexicon.read(&activity.host);
        let titled = wording.members_by(&[NamedBy::Name, NamedBy::Administration]);
        let (members, source) = self.members(activity, &others, &wording, &host);
        let type_form = activity
            .of_type
            .and_then(|of| self.vocabulary.forms.iter().find(|form| form.types.holds(Some(of))).map(|form| form.class));
        let forms: BTreeSet<FormClass> = if wording.forms.is_empty() {
            type_form.into_iter().collect()
        } else {
            wording.forms.keys().copied().collect()
        };
        let partners = activity.partners.iter().chain(&activity.funding);
        let partners: Vec<Wording> = partners.map(|partner| self.lexicon.read(partner)).collect();
        let own = wording.own || host.own || partners.iter().any(|partner| partner.own);
        if wording.areas.is_empty() {
            wording.areas.clone_from(&others.areas);
        }
        let type_scope = activity.of_type.and_then(|of| scope_of(self.types.get(of).scope.as_deref()));
        Case {
            topics: narrowest(&wording, self.vocabulary),
            strangers: if members.is_empty() { activity.other_names.clone() } else { Vec::new() },
            title_scope: title_scope(&wording),
            own,
            other_years: other_years(&wording, activity.plan_year()),
            paid_by: partners.into_iter().flat_map(|partner| partner.bilateral).collect(),
            host: activity
                .host_member
                .or_else(|| host.members_by(&[NamedBy::Name, NamedBy::Administration]).into_iter().next()),
            other_host: !host.others.is_empty() && !host.own,
            members,
            source,
            titled,
            type_scope,
            forms,
            type_form,
            stated,
            wording,
        }
    }

    /// The Members of a row, by the strongest source that names any.
    fn members(
        &self,
        activity: &Activity,
        others: &Wording,
        title: &Wording,
        host: &Wording,
    ) -> (BTreeSet<MemberCode>, Source) {
        let mut column = activity.members.clone();
        column.extend(others.members_by(&[NamedBy::Name, NamedBy::Administration]));
        if !column.is_empty() {
            return (column, Source::Column);
        }
        if !activity.other_names.is_empty() {
            return (BTreeSet::new(), Source::Nowhere);
        }
        let named = title.members_by(&[NamedBy::Name, NamedBy::Administration]);
        if !named.is_empty() {
            return (named, Source::Title);
        }
        let city = title.members_by(&[NamedBy::City]);
        if !city.is_empty() {
            return (city, Source::City);
        }
        let mut near = host.members_by(&[NamedBy::Name, NamedBy::Administration]);
        near.extend(activity.host_member);
        near.extend(self.lexicon.read(&activity.venue).members_by(&[NamedBy::City, NamedBy::Name]));
        if near.len() == 1 { (near, Source::Host) } else { (BTreeSet::new(), Source::Nowhere) }
    }

    /// The name of a Member in explanations.
    pub(super) fn name(&self, member: MemberCode) -> &str {
        self.registry.name(member)
    }
}

/// The years that a title names, where none of them is one of a plan year's two.
fn other_years(wording: &Wording, plan: PlanYear) -> Vec<i32> {
    let own = [plan.first_day().year(), plan.last_day().year()];
    if wording.years.iter().any(|year| own.contains(year)) {
        Vec::new()
    } else {
        wording.years.iter().copied().collect()
    }
}

/// The scope that a title names; a part of the region is sub-regional.
fn title_scope(wording: &Wording) -> Option<ItemScope> {
    let named = wording.scopes.iter().next().copied();
    let area = (!wording.areas.is_empty()).then_some(ItemScope::SubRegional);
    match (named, area) {
        (Some(ItemScope::Regional), Some(_)) => area,
        (named, area) => named.or(area),
    }
}

/// The scope that the configuration gives a type.
fn scope_of(word: Option<&str>) -> Option<ItemScope> {
    [ItemScope::National, ItemScope::SubRegional, ItemScope::Regional]
        .into_iter()
        .find(|scope| Some(scope.as_str()) == word)
}
