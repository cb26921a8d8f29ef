//! Which planned activity a row delivers, where neither the row nor its title says so outright.
//!
//! A row is compared with every planned activity by topic, Members, scope, form and number
//! ([`weigh`]). What scores high enough is linked, what scores less is asked about, the rest is left.

mod case;
mod profile;
mod weigh;

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;

use crate::definitions::{Definitions, FormClass, ItemId, ItemKind, Recognition, WorkPlan};
use crate::records::Activity;
use crate::terms::{ActionRef, MemberCode};
use crate::wording::Lexicon;
use case::{Case, Reading};
use profile::Profile;
use weigh::Weighed;

/// A planned activity that a row may deliver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The planned activity.
    pub item: ItemId,
    /// How well the row fits, in hundredths; 100 is a full fit.
    pub score: i32,
    /// What speaks for it.
    pub matched: Vec<String>,
    /// What speaks against it.
    pub against: Vec<String>,
}

impl Candidate {
    /// The score as data files print it: `0.85`.
    #[must_use]
    pub fn shown(&self) -> String {
        let hundredths = self.score.clamp(0, 100);
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    }

    /// The evidence in words: "matched: RM = risk management, Malaysia; against: …".
    #[must_use]
    pub fn reasons(&self) -> String {
        let part =
            |label: &str, words: &[String]| (!words.is_empty()).then(|| format!("{label}: {}", words.join(", ")));
        [part("matched", &self.matched), part("against", &self.against)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("; ")
    }
}

/// What became of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recognised {
    /// The planned activities that a careful colleague would link without asking; two where one event
    /// delivers two.
    pub linked: Vec<Candidate>,
    /// Those that the row may deliver, best first, where nothing is linked.
    pub asked: Vec<Candidate>,
    /// The one that comes nearest, where nothing is linked or asked.
    pub nearest: Option<Candidate>,
}

/// Compares rows with the plan.
pub struct Recogniser<'a> {
    reading: Reading<'a>,
    plan: &'a WorkPlan,
    settings: Recognition,
    profiles: Vec<Profile>,
    /// Profiles by topic, with those of its wider and narrower topics.
    by_topic: BTreeMap<usize, Vec<usize>>,
    /// Profiles without a topic.
    untopical: Vec<usize>,
}

/// How near two scores must be for a colleague to hesitate between them.
const CLOSE: i32 = 5;
/// How many candidates are shown.
const SHOWN: usize = 3;

impl<'a> Recogniser<'a> {
    /// Prepares the planned activities of a plan.
    #[must_use]
    pub fn new(definitions: &'a Definitions, lexicon: &'a Lexicon) -> Self {
        let Definitions { plan, vocabulary, types, members, .. } = definitions;
        let reading = Reading { lexicon, vocabulary, types, registry: members };
        let profiles: Vec<Profile> =
            plan.item_ids().map(|id| Profile::of(id, plan.item(id), lexicon, vocabulary)).collect();
        let mut by_topic: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for topic in 0..vocabulary.topics.len() {
            let near = |own: &usize| {
                vocabulary.is_kind_of(topic, *own)
                    || vocabulary.is_kind_of(*own, topic)
                    || vocabulary.are_near(topic, *own)
            };
            let fitting = (0..profiles.len()).filter(|at| profiles[*at].topics.keys().any(near));
            by_topic.insert(topic, fitting.collect());
        }
        let untopical = (0..profiles.len()).filter(|at| profiles[*at].topics.is_empty()).collect();
        Self { reading, plan, settings: definitions.recognition, profiles, by_topic, untopical }
    }

    /// Compares a row with every planned activity.
    #[must_use]
    pub fn recognise(&self, activity: &Activity, stated: BTreeSet<ActionRef>) -> Recognised {
        let case = self.reading.case(activity, stated);
        let mut found = self.weighed(&case, activity);
        if found.iter().all(|(_, weighed)| weighed.points < self.settings.ask) {
            self.alike(&case, activity, &mut found);
        }
        found.sort_by_key(|(at, weighed)| (-weighed.points, *at));
        if let Some(linked) = self.linked(&found) {
            return Recognised { linked, ..Recognised::default() };
        }
        let asked = found.iter().filter(|(_, weighed)| weighed.points >= self.settings.ask).take(SHOWN);
        let asked: Vec<Candidate> = asked.map(|(at, weighed)| self.candidate(*at, weighed)).collect();
        let nearest = found.first().filter(|_| asked.is_empty()).map(|(at, weighed)| self.candidate(*at, weighed));
        Recognised { asked, nearest, ..Recognised::default() }
    }

    /// The Members that a row names in its title, or by its host or venue, where its Members column names none.
    #[must_use]
    pub fn members_named(&self, activity: &Activity) -> BTreeSet<MemberCode> {
        self.reading.case(activity, BTreeSet::new()).members
    }

    /// The words of a title by which it says that the activity was not held.
    #[must_use]
    pub fn not_held(&self, title: &str) -> Option<String> {
        self.reading.lexicon.read(title).forms.remove(&FormClass::NotHeld)
    }

    fn weighed(&self, case: &Case, activity: &Activity) -> Vec<(usize, Weighed)> {
        let by_topic = case.topics.iter().flat_map(|topic| &self.by_topic[topic]);
        let profiles: BTreeSet<usize> = by_topic.chain(&self.untopical).copied().collect();
        let late = self.is_late(activity);
        let weigh = |at: usize| {
            let mut weighed = weigh::weigh(&self.reading, case, &self.profiles[at])?;
            if late {
                weighed.points -= 30;
                weighed.against.push("ended after the plan year".to_owned());
            }
            self.stated(case, at, &mut weighed);
            Some((at, weighed))
        };
        profiles.into_iter().filter_map(weigh).collect()
    }

    /// Where no topic tells, planned activities whose titles share words with the row's: only to be asked about.
    fn alike(&self, case: &Case, activity: &Activity, found: &mut Vec<(usize, Weighed)>) {
        let late = self.is_late(activity);
        for (at, profile) in self.profiles.iter().enumerate() {
            if found.iter().any(|(other, _)| *other == at) {
                continue;
            }
            let Some(mut weighed) = weigh::alike(&self.reading, case, profile) else { continue };
            weighed.points = (weighed.points - if late { 30 } else { 0 }).min(self.settings.link - 1);
            self.stated(case, at, &mut weighed);
            found.push((at, weighed));
        }
    }

    /// Whether the row ended so shortly after the plan's year that it may be a late delivery.
    fn is_late(&self, activity: &Activity) -> bool {
        let end = self.plan.year.last_day();
        activity.end > end && activity.end <= end + Days::new(self.settings.days_after)
    }

    /// Whether a row belongs to a plan year whose rows may deliver, or nearly.
    #[must_use]
    pub fn in_reach(&self, activity: &Activity) -> bool {
        activity.plan_year() == self.plan.year || self.is_late(activity)
    }

    /// Actions that the row states speak for or against an item.
    fn stated(&self, case: &Case, at: usize, weighed: &mut Weighed) {
        if case.stated.is_empty() {
            return;
        }
        let served: BTreeSet<ActionRef> = self.plan.served_by(self.profiles[at].item).iter().copied().collect();
        if served.is_disjoint(&case.stated) {
            weighed.points -= 30;
            weighed.against.push("the row states other actions".to_owned());
        } else {
            weighed.points += 5;
            weighed.matched.push("the actions stated".to_owned());
        }
    }

    /// What is linked without asking: one item that nothing comes near, or two that share the row.
    fn linked(&self, found: &[(usize, Weighed)]) -> Option<Vec<Candidate>> {
        let (at, best) = found.first()?;
        let sure = best.points >= self.settings.link;
        let near = |second: &&(usize, Weighed)| best.points - second.1.points < CLOSE && !best.says_more(&second.1);
        let alone = !found[1..].iter().any(|second| near(&second));
        let one = || (sure && alone).then(|| vec![self.candidate(*at, best)]);
        if best.is_whole() { one().or_else(|| self.pair(found)) } else { self.pair(found).or_else(one) }
    }

    /// Two items that cover between them what each of them lacks.
    fn pair(&self, found: &[(usize, Weighed)]) -> Option<Vec<Candidate>> {
        let able = |at: usize, weighed: &Weighed| {
            self.profiles[at].kind == ItemKind::Concrete
                && weighed.points + weighed.extra_points >= self.settings.link
                && !weighed.is_whole()
        };
        let able: Vec<&(usize, Weighed)> = found.iter().filter(|(at, weighed)| able(*at, weighed)).take(6).collect();
        let share = |a: &(usize, Weighed), b: &(usize, Weighed)| {
            let members = |at: usize| &self.profiles[at].members;
            let topics =
                a.1.extra_topics.is_subset(&b.1.fitting_topics) && b.1.extra_topics.is_subset(&a.1.fitting_topics);
            let both = a.1.extra_members.is_subset(members(b.0)) && b.1.extra_members.is_subset(members(a.0));
            topics && both
        };
        let pairs = able.iter().enumerate().flat_map(|(n, a)| able[n + 1..].iter().map(move |b| (*a, *b)));
        let (a, b) = pairs.into_iter().find(|(a, b)| share(a, b))?;
        let given_back = |(at, weighed): &(usize, Weighed)| {
            let points = weighed.points + weighed.extra_points;
            let against = weighed.against.iter().filter(|words| !words.starts_with("also "));
            let whole = Weighed { points, against: against.cloned().collect(), ..weighed.clone() };
            self.candidate(*at, &whole)
        };
        Some(vec![given_back(a), given_back(b)])
    }

    fn candidate(&self, at: usize, weighed: &Weighed) -> Candidate {
        Candidate {
            item: self.profiles[at].item,
            score: weighed.points.clamp(0, 100),
            matched: weighed.matched.clone(),
            against: weighed.against.clone(),
        }
    }
}
