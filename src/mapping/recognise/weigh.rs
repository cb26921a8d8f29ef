//! How well a row fits a planned activity: every piece of evidence adds or takes points, and says so.
//!
//! A full fit is 100: topic 50, Members 30, scope 10, form 10. What speaks against takes points away; what
//! excludes (another Member, another edition, regional for national) takes them all.

use std::collections::BTreeSet;

use super::case::{Case, Reading, Source};
use super::profile::Profile;
use crate::definitions::{FormClass, ItemKind, ItemScope};
use crate::terms::MemberCode;
use crate::terms::fold::capital;

const TOPIC: i32 = 50;
const MEMBER: i32 = 30;
const SCOPE: i32 = 10;
const FORM: i32 = 10;
/// How far a wider topic covers a narrower one, in hundredths.
const WIDER: i32 = 50;
/// How far a topic covers one that is near.
const NEAR: i32 = 40;
/// What makes a careful colleague ask.
const DOUBT: i32 = -25;
/// Points that a doubt takes; what takes more excludes.
const DOUBTS: std::ops::RangeInclusive<i32> = 3 * DOUBT..=DOUBT;
/// What makes them look twice.
const SLIGHT: i32 = -10;
/// What excludes.
const EXCLUDES: i32 = -200;

/// How a row fits one planned item.
#[derive(Debug, Clone, Default)]
pub(super) struct Weighed {
    pub(super) points: i32,
    pub(super) matched: Vec<String>,
    pub(super) against: Vec<String>,
    /// Topics of the row that the item has.
    pub(super) fitting_topics: BTreeSet<usize>,
    /// Topics of the row that the item has not.
    pub(super) extra_topics: BTreeSet<usize>,
    /// Members of the row that the item has not.
    pub(super) extra_members: BTreeSet<MemberCode>,
    /// How many doubts there are.
    pub(super) doubts: usize,
    /// Points taken for what is extra: given back where another item covers it.
    pub(super) extra_points: i32,
}

impl Weighed {
    /// Adds or takes points. A colleague who is in doubt already doubts little more for another reason.
    fn add(&mut self, points: i32, words: impl Into<String>) {
        self.points += self.felt(points);
        self.doubts += usize::from(DOUBTS.contains(&points));
        let words = words.into();
        if words.is_empty() {
            return;
        }
        if points > 0 { self.matched.push(words) } else { self.against.push(words) }
    }

    /// Whether the item covers everything that the row names.
    pub(super) fn is_whole(&self) -> bool {
        self.extra_topics.is_empty() && self.extra_members.is_empty()
    }

    /// Whether the item has all topics that another has of the row, and more.
    pub(super) fn says_more(&self, other: &Self) -> bool {
        self.fitting_topics.len() > other.fitting_topics.len() && other.fitting_topics.is_subset(&self.fitting_topics)
    }

    fn felt(&self, points: i32) -> i32 {
        if self.doubts > 0 && DOUBTS.contains(&points) { points - DOUBT + SLIGHT } else { points }
    }

    fn extra(&mut self, points: i32, words: String) {
        self.extra_points -= self.felt(points);
        self.add(points, words);
    }
}

/// Weighs a row against an item; none where they share no topic.
pub(super) fn weigh(reading: &Reading<'_>, case: &Case, profile: &Profile) -> Option<Weighed> {
    let mut weighed = Weighed::default();
    topics(reading, case, profile, &mut weighed)?;
    circumstances(reading, case, profile, &mut weighed);
    Some(weighed)
}

/// Weighs a row against an item with which it shares words, where topics do not tell; none where it shares too few,
/// or is about something else.
pub(super) fn alike(reading: &Reading<'_>, case: &Case, profile: &Profile) -> Option<Weighed> {
    const FEWEST: usize = 2;
    if case.topics.iter().any(|topic| !reading.vocabulary.topics[*topic].umbrella) {
        return None;
    }
    let shared: Vec<&String> = case.wording.stems.keys().filter(|stem| profile.stems.contains(*stem)).collect();
    let shorter = case.wording.stems.len().min(profile.stems.len());
    if shared.len() < FEWEST || shared.len() * 5 < shorter * 2 {
        return None;
    }
    let matched = shared.iter().map(|stem| case.wording.stems[*stem].clone()).collect();
    let points = TOPIC * i32::try_from(shared.len()).ok()? / i32::try_from(2 * shorter).ok()?;
    let mut weighed = Weighed { points, matched, ..Weighed::default() };
    circumstances(reading, case, profile, &mut weighed);
    Some(weighed)
}

/// Everything but the topic.
fn circumstances(reading: &Reading<'_>, case: &Case, profile: &Profile, weighed: &mut Weighed) {
    members(reading, case, profile, weighed);
    scope(case, profile, weighed);
    area(reading, case, profile, weighed);
    form(case, profile, weighed);
    numbers(case, profile, weighed);
    kinds(reading, case, profile, weighed);
    bodies(reading, case, profile, weighed);
}

/// How far the row's topics cover one of the item's, in hundredths: named itself or by a kind of it, wholly;
/// by a wider topic or one that is near, in part.
fn covered(reading: &Reading<'_>, case: &Case, topic: usize) -> (i32, Option<usize>) {
    let kind = |row: &&usize| reading.vocabulary.is_kind_of(**row, topic);
    if let Some(row) = case.topics.iter().find(kind) {
        return (100, Some(*row));
    }
    let wider = |row: &&usize| reading.vocabulary.is_kind_of(topic, **row);
    if let Some(row) = case.topics.iter().find(wider) {
        return (WIDER, Some(*row));
    }
    let near = |row: &&usize| reading.vocabulary.are_near(**row, topic);
    case.topics.iter().find(near).map_or((0, None), |row| (NEAR, Some(*row)))
}

fn topics(reading: &Reading<'_>, case: &Case, profile: &Profile, weighed: &mut Weighed) -> Option<()> {
    let vocabulary = reading.vocabulary;
    let (mut sum, mut missing) = (0, Vec::new());
    for (topic, weight) in &profile.topics {
        let (share, row) = covered(reading, case, *topic);
        sum += weight * share;
        match row {
            Some(row) => {
                weighed.fitting_topics.insert(row);
                let (written, name) = (&case.wording.topics[&row], &vocabulary.topics[*topic].name);
                let same = crate::terms::fold::fold(written) == crate::terms::fold::fold(name);
                weighed.matched.push(if same { name.clone() } else { format!("{written} = {name}") });
            }
            None => missing.push(vocabulary.topics[*topic].name.clone()),
        }
    }
    for (stem, weight) in &profile.words {
        if let Some(word) = case.wording.words.get(stem) {
            sum += weight * 100;
            weighed.matched.push(word.clone());
        }
    }
    let all = profile.weight();
    if sum == 0 || (weighed.fitting_topics.is_empty() && !profile.topics.is_empty()) {
        return None;
    }
    weighed.points += (TOPIC * sum + all * 50) / (all * 100);
    if !missing.is_empty() {
        weighed.against.push(format!("{} not mentioned", missing.join(", ")));
    }
    let fits = |row: &usize| weighed.fitting_topics.contains(row);
    let container = profile.topics.keys().any(|topic| vocabulary.topics[*topic].container);
    let container = container && profile.topics.len() == 1;
    let known = |row: &usize| container || vocabulary.topics[*row].umbrella || profile.topics.contains_key(row);
    let extra: Vec<usize> = case.topics.iter().copied().filter(|row| !fits(row) && !known(row)).collect();
    for (count, topic) in extra.iter().enumerate() {
        let words = format!("also about {}", vocabulary.topics[*topic].name);
        weighed.extra(if count == 0 { DOUBT } else { SLIGHT }, words);
    }
    weighed.extra_topics = extra.into_iter().collect();
    let unknown = case.wording.words.keys().filter(|stem| !profile.words.contains_key(*stem)).count();
    weighed.points -= 2 * i32::try_from(unknown.min(3)).unwrap_or(3);
    Some(())
}

fn names(reading: &Reading<'_>, members: &BTreeSet<MemberCode>) -> String {
    members.iter().map(|member| reading.name(*member)).collect::<Vec<_>>().join(", ")
}

fn members(reading: &Reading<'_>, case: &Case, profile: &Profile, weighed: &mut Weighed) {
    let planned = &profile.members;
    if planned.is_empty() {
        weighed.add(MEMBER, "");
        return;
    }
    if let Some(stranger) = case.strangers.first() {
        weighed.add(EXCLUDES, format!("for {stranger}, planned for {}", names(reading, planned)));
        return;
    }
    if case.members.is_empty() {
        weighed.add(0, "no Member named");
        return;
    }
    let disjoint = |members: &BTreeSet<MemberCode>| !members.is_empty() && members.is_disjoint(planned);
    let contradiction =
        case.source == Source::Column && !case.titled.is_empty() && case.titled.is_disjoint(&case.members);
    if contradiction && case.members.union(&case.titled).all(|member| planned.contains(member)) {
        weighed.add(SLIGHT, format!("the title names {}", names(reading, &case.titled)));
    } else if contradiction && !(disjoint(&case.members) && disjoint(&case.titled)) {
        let (title, cell) = (names(reading, &case.titled), names(reading, &case.members));
        weighed.add(MEMBER + DOUBT + SLIGHT, "");
        weighed.against.push(format!("the title names {title}, the Members column {cell}"));
        return;
    }
    if disjoint(&case.members) {
        let (found, planned) = (names(reading, &case.members), names(reading, planned));
        weighed.add(EXCLUDES, format!("for {found}, planned for {planned}"));
        return;
    }
    let shared: BTreeSet<MemberCode> = case.members.intersection(planned).copied().collect();
    weighed.add(MEMBER, format!("{}{}", names(reading, &shared), found_by(case, &shared)));
    let extra: BTreeSet<MemberCode> = case.members.difference(planned).copied().collect();
    if !extra.is_empty() {
        let told = !case.titled.is_empty() && case.titled.is_subset(planned);
        let most = profile.scope == Some(ItemScope::SubRegional) && shared.len() * 2 >= planned.len();
        let words = format!("also for {}", names(reading, &extra));
        let together = profile.scope == Some(ItemScope::SubRegional);
        // A training for many held in one Member is not that Member's own, though its title names no other.
        let for_many = profile.scope == Some(ItemScope::National) && (extra.len() > 1 || extra.len() >= shared.len());
        let points = match (told || most, together && extra.len() > 2 * shared.len()) {
            (true, _) if !for_many => SLIGHT,
            (false, true) => 2 * DOUBT,
            _ => DOUBT,
        };
        weighed.extra(points, words);
    }
    weighed.extra_members = extra;
}

/// How the Members were found, where not in their column.
fn found_by(case: &Case, members: &BTreeSet<MemberCode>) -> String {
    let words = members.iter().filter_map(|member| case.wording.members.get(member)).map(|(_, words)| capital(words));
    match case.source {
        Source::Column | Source::Nowhere => String::new(),
        Source::Title | Source::City => format!(" (by {})", words.collect::<Vec<_>>().join(", ")),
        Source::Host => " (by host or venue)".to_owned(),
    }
}

/// How a row's scope stands to the planned one.
fn scope(case: &Case, profile: &Profile, weighed: &mut Weighed) {
    let Some(planned) = profile.scope else {
        weighed.add(SCOPE, "");
        return;
    };
    let found = case.title_scope.or(case.type_scope);
    let one = case.members.len() == 1 && matches!(case.source, Source::Column | Source::Title);
    let by_city = case.source == Source::City && planned == ItemScope::SubRegional && case.members.len() == 1;
    let within = !case.members.is_empty() && case.members.is_subset(&profile.members);
    let other = found.map_or("", ItemScope::as_str);
    let differs = format!("{other}, planned as {}", planned.as_str());
    match (planned, found) {
        (_, Some(found)) if found == planned => weighed.add(SCOPE, planned.as_str()),
        (ItemScope::National, None) if case.members.len() == 1 || within => weighed.add(SCOPE, "national"),
        (ItemScope::National, Some(ItemScope::SubRegional)) if within => weighed.add(SLIGHT, differs),
        (ItemScope::National, Some(ItemScope::SubRegional)) if !case.members.is_disjoint(&profile.members) => {
            weighed.add(2 * SLIGHT, differs);
        }
        (ItemScope::National, Some(_)) if within && case.title_scope.is_none() => weighed.add(DOUBT, differs),
        (ItemScope::SubRegional, Some(ItemScope::National)) if within => weighed.add(DOUBT, differs),
        (ItemScope::National, Some(_)) | (_, Some(ItemScope::National)) => weighed.add(EXCLUDES, differs),
        (ItemScope::SubRegional, Some(ItemScope::Regional)) => weighed.add(0, ""),
        (ItemScope::Regional, Some(ItemScope::SubRegional)) => weighed.add(DOUBT, differs),
        (ItemScope::SubRegional | ItemScope::Regional, None) if (one || by_city) && !within => {
            weighed.add(DOUBT + SLIGHT, format!("for one Member, planned as {}", planned.as_str()));
        }
        (ItemScope::National, None) if case.members.len() > 1 && !profile.members.is_empty() => {
            weighed.extra(DOUBT, "for several Members, planned as national".to_owned());
        }
        (ItemScope::SubRegional, None) if one => weighed.add(DOUBT, "for one Member, planned for several"),
        (_, _) => weighed.add(SCOPE / 2, ""),
    }
}

/// A planned activity for a part of the region is for its Members.
fn area(reading: &Reading<'_>, case: &Case, profile: &Profile, weighed: &mut Weighed) {
    if !profile.members.is_empty() {
        return;
    }
    let areas = &reading.vocabulary.areas;
    let Some(area) = profile.areas.iter().next().map(|area| &areas[*area]) else {
        if let Some(named) = case.wording.areas.iter().next().filter(|_| profile.scope == Some(ItemScope::Regional)) {
            weighed.add(SLIGHT, format!("for {} only", areas[*named].name));
        }
        return;
    };
    let inside = case.members.intersection(&area.members).count();
    if !case.wording.areas.is_disjoint(&profile.areas) {
        weighed.add(0, "");
        weighed.matched.push(area.name.clone());
    } else if !case.wording.areas.is_empty() || (!case.members.is_empty() && inside * 2 < case.members.len()) {
        weighed.add(2 * DOUBT, format!("planned for {}", area.name));
    } else if case.members.len() > 1 && case.source == Source::Column {
        weighed.matched.push(format!("Members of {}", area.name));
    } else {
        weighed.add(SLIGHT, format!("{} not mentioned", area.name));
    }
}

fn form(case: &Case, profile: &Profile, weighed: &mut Weighed) {
    if let Some(words) = case.wording.forms.get(&FormClass::NotHeld) {
        weighed.add(DOUBT, format!("the title says \u{201c}{words}\u{201d}"));
        return;
    }
    if let Some(aside) = case.wording.forms.get(&FormClass::Aside) {
        weighed.add(DOUBT, format!("called a {aside}"));
        return;
    }
    let partner = case.type_form == Some(FormClass::PartnerEvent);
    if profile.kind == ItemKind::Standing && case.forms.contains(&FormClass::Event) {
        weighed.add(DOUBT, "planned as a standing task");
    } else if profile.forms.is_empty() || case.forms.is_empty() {
        weighed.add(FORM / 2, "");
    } else if partner && profile.kind == ItemKind::Concrete {
        weighed.add(DOUBT, "a partner event");
    } else if profile.forms.is_disjoint(&case.forms) {
        let found = case.forms.iter().next_back().map_or("", |form| form.as_str());
        weighed.add(DOUBT, format!("a {found}"));
    } else {
        weighed.add(FORM, "");
    }
    let paper = |form: Option<FormClass>| matches!(form, Some(FormClass::Survey | FormClass::Publication));
    if !profile.forms.iter().any(|form| paper(Some(*form)))
        && profile.forms.contains(&FormClass::Event)
        && paper(case.type_form)
    {
        weighed.add(DOUBT, "its type is no event");
    }
}

/// Years, working groups and editions.
fn numbers(case: &Case, profile: &Profile, weighed: &mut Weighed) {
    if let Some(year) = case.other_years.first() {
        weighed.add(DOUBT, format!("the title names {year}"));
    }
    match (profile.working_group, case.wording.working_group) {
        (Some(planned), Some(found)) if planned == found => weighed.add(5, format!("WG {planned}")),
        (Some(planned), Some(found)) => weighed.add(EXCLUDES, format!("WG {found}, planned is WG {planned}")),
        (Some(planned), None) => weighed.add(DOUBT, format!("WG {planned} not mentioned")),
        (None, _) => {}
    }
    match (profile.edition, case.wording.edition) {
        (Some(planned), Some(found)) if planned == found => weighed.add(5, format!("edition {planned}")),
        (Some(planned), Some(found)) => weighed.add(EXCLUDES, format!("edition {found}, planned is {planned}")),
        (Some(planned), None) => weighed.add(-5, format!("edition {planned} not mentioned")),
        (None, _) => {}
    }
}

/// Brands and levels.
fn kinds(reading: &Reading<'_>, case: &Case, profile: &Profile, weighed: &mut Weighed) {
    let brands = &reading.vocabulary.brands;
    let word = |brand: Option<&usize>| brand.and_then(|brand| brands[*brand].first());
    if let Some(brand) = word(case.wording.brands.difference(&profile.brands).next()) {
        weighed.add(DOUBT, format!("a {brand}"));
    }
    if let Some(brand) = word(profile.brands.difference(&case.wording.brands).next()) {
        weighed.add(SLIGHT, format!("planned as a {brand}"));
    }
    let other = case.wording.levels.iter().find(|(level, _)| !profile.levels.contains(level));
    if let Some((_, words)) = other.filter(|_| !profile.levels.is_empty()) {
        weighed.add(DOUBT, format!("another level: {words}"));
    }
}

/// Whose activity it is.
fn bodies(reading: &Reading<'_>, case: &Case, profile: &Profile, weighed: &mut Weighed) {
    if let Some(agency) = case.wording.bilateral.iter().next().filter(|_| !case.own) {
        weighed.add(EXCLUDES, format!("a course of {agency}"));
    }
    if let Some(agency) = case.paid_by.iter().next().filter(|_| !case.own && case.wording.bilateral.is_empty()) {
        weighed.add(DOUBT, format!("with {agency} and without the WCO"));
    }
    let host = case.host.filter(|host| !case.own && !case.members.is_empty() && !case.members.contains(host));
    if let Some(host) = host.filter(|_| profile.scope == Some(ItemScope::National)) {
        weighed.add(DOUBT, format!("hosted by {} without the WCO", reading.name(host)));
    }
    let other = case.wording.others.iter().next();
    let issued = [FormClass::Survey, FormClass::Publication].iter().any(|form| profile.forms.contains(form));
    let paper = profile.kind != ItemKind::Concrete && issued;
    if paper && !case.wording.own && !case.titled.is_empty() {
        weighed.add(DOUBT, format!("of {}", names(reading, &case.titled)));
    }
    match other {
        Some(body) if paper && !case.wording.own => weighed.add(EXCLUDES, format!("of {body}")),
        Some(body) if !case.own && case.type_form == Some(FormClass::PartnerEvent) => {
            weighed.add(0, format!("led by {body}"));
        }
        Some(body) if !case.own => weighed.add(DOUBT, format!("led by {body}")),
        None if paper && case.other_host && !case.wording.own => weighed.add(DOUBT, "hosted by another body"),
        _ => {}
    }
}
