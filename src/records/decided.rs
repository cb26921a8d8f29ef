//! Which row of the log each kept decision is about, found once for the whole log.
//!
//! A decision is about one row, a row has one decision. What is written down exactly comes before every likeness, and
//! a likeness never goes against the Members, topics or numbers that the titles name. What fits more than one row is
//! applied to none and said.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::activity::Activity;
use super::source::{RowId, Source};
use crate::definitions::{DECISIONS, Decision, Definitions};
use crate::findings::{Code, Finding, Origin};
use crate::terms::PlanYear;
use crate::terms::fold::{fold, id_key, text_key};
use crate::terms::words::nearness_of_least;
use crate::wording::{Lexicon, Wording};

/// How near two titles of one start date must be to be one.
const SAME_DAY: f64 = 0.75;
/// How near they must be where only the Activity ID is the same.
const SAME_ID: f64 = 0.85;

/// Rows and the decisions about them.
#[derive(Debug, Default)]
pub struct Decided {
    /// For each activity, in their order, the position of the decision about it.
    pub of: Vec<Option<usize>>,
    /// Positions of decisions that fit more than one row.
    pub doubtful: BTreeSet<usize>,
}

/// Finds the row of each decision that speaks of the plan.
pub(super) fn decided(
    activities: &[(RowId, Activity)],
    sources: &[Source],
    definitions: &Definitions,
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Decided {
    let of_plan = |at: &usize| definitions.decisions.all()[*at].plan == definitions.plan.year;
    let open: BTreeSet<usize> = (0..definitions.decisions.all().len()).filter(of_plan).collect();
    let mut found = Decided { of: vec![None; activities.len()], doubtful: BTreeSet::new() };
    if open.is_empty() {
        return found;
    }
    let mut matching = Matching {
        decisions: definitions.decisions.all(),
        log: Log::of(activities),
        sources,
        lexicon,
        findings,
        open,
        found: &mut found,
    };
    matching.pass(|pass, decision| pass.exact(decision, |id, other| id == other));
    matching.pass(|pass, decision| pass.exact(decision, |id, other| id.is_empty() || other.is_empty()));
    matching.pass(|pass, decision| pass.exact(decision, |_, _| true));
    matching.pass(Matching::same_id_and_day);
    matching.pass(Matching::same_id);
    matching.pass(Matching::same_day);
    found
}

/// The rows of the log by what finds them.
struct Log<'a> {
    rows: &'a [(RowId, Activity)],
    by_id: HashMap<String, Vec<usize>>,
    by_title: HashMap<(String, NaiveDate), Vec<usize>>,
    by_day: HashMap<NaiveDate, Vec<usize>>,
    /// Titles, folded.
    titles: Vec<String>,
    /// The numbers in the titles: they tell most of them apart.
    numbers: Vec<Vec<&'a str>>,
}

impl<'a> Log<'a> {
    fn of(rows: &'a [(RowId, Activity)]) -> Self {
        let titles = rows.iter().map(|(_, activity)| fold(&activity.title)).collect();
        let numbers = rows.iter().map(|(_, activity)| numbers(&activity.title)).collect();
        let mut log =
            Self { rows, titles, numbers, by_id: HashMap::new(), by_title: HashMap::new(), by_day: HashMap::new() };
        for (at, (_, activity)) in rows.iter().enumerate() {
            if !activity.id.is_empty() {
                log.by_id.entry(id_key(&activity.id)).or_default().push(at);
            }
            log.by_title.entry((text_key(&activity.title), activity.start)).or_default().push(at);
            log.by_day.entry(activity.start).or_default().push(at);
        }
        log
    }
}

/// The search under way.
struct Matching<'a> {
    decisions: &'a [Decision],
    log: Log<'a>,
    sources: &'a [Source],
    lexicon: &'a Lexicon,
    findings: &'a mut Vec<Finding>,
    /// Decisions that have found nothing yet.
    open: BTreeSet<usize>,
    found: &'a mut Decided,
}

impl Matching<'_> {
    /// Looks for the rows of all open decisions in one way. A decision that finds one row, which no other finds, has
    /// found it; more rows, or more decisions for one row, are a finding.
    fn pass(&mut self, look: impl Fn(&Self, &Decision) -> Vec<usize>) {
        let mut claims: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in self.open.clone() {
            let free = |row: &usize| self.found.of[*row].is_none();
            let rows: Vec<usize> = look(self, &self.decisions[at]).into_iter().filter(free).collect();
            match rows.as_slice() {
                [] => {}
                [one] => claims.entry(*one).or_default().push(at),
                several => self.in_doubt(at, several),
            }
        }
        for (row, decisions) in claims {
            if let [one] = decisions.as_slice() {
                self.found.of[row] = Some(*one);
                self.open.remove(one);
            } else {
                for at in decisions {
                    self.in_doubt(at, &[row]);
                }
            }
        }
    }

    /// Rows of the title and start date whose Activity ID and the decision's stand so to each other.
    fn exact(&self, decision: &Decision, ids: impl Fn(&str, &str) -> bool) -> Vec<usize> {
        let key = (text_key(&decision.title), decision.start);
        let id = id_key(&decision.activity);
        let rows = self.log.by_title.get(&key).into_iter().flatten().copied();
        rows.filter(|row| ids(&id, &id_key(&self.row(*row).id))).collect()
    }

    /// The row of the Activity ID and start date, retyped as it may be; and rows without one that day that are nearer.
    fn same_id_and_day(&self, decision: &Decision) -> Vec<usize> {
        let of_day = |row: &usize| self.row(*row).start == decision.start;
        let other_members = |row: &usize| {
            let (a, b) = (self.lexicon.read(&decision.title), self.lexicon.read(&self.row(*row).title));
            !a.members.is_empty() && !b.members.is_empty() && !a.members.keys().any(|code| b.members.contains_key(code))
        };
        let mut rows: Vec<usize> = self.of_id(decision).filter(of_day).filter(|row| !other_members(row)).collect();
        if let Some(own) = rows.first().copied() {
            let near = |row: usize| nearness_of_least(&self.log.titles[row], &fold(&decision.title), SAME_DAY);
            let others = self.same_day(decision).into_iter();
            rows.extend(others.filter(|row| self.row(*row).id.is_empty() && near(*row) > near(own)));
        }
        rows
    }

    /// The row of the Activity ID, moved within its plan year, with the same title or one that says the same.
    fn same_id(&self, decision: &Decision) -> Vec<usize> {
        let year = PlanYear::of(decision.start);
        let title = fold(&decision.title);
        let same = |row: &usize| {
            let (other, titled) = (self.row(*row), &self.log.titles[*row]);
            PlanYear::of(other.start) == year
                && (*titled == title
                    || (nearness_of_least(titled, &title, SAME_ID).is_some() && self.alike(decision, *row, true)))
        };
        self.of_id(decision).filter(same).collect()
    }

    /// Rows of the start date with nearly the same title, where one of the two has no Activity ID.
    fn same_day(&self, decision: &Decision) -> Vec<usize> {
        let (title, numbers) = (fold(&decision.title), numbers(&decision.title));
        let near = |row: &usize| {
            self.log.numbers[*row] == numbers
                && (decision.activity.is_empty() || self.row(*row).id.is_empty())
                && self.found.of[*row].is_none()
                && nearness_of_least(&self.log.titles[*row], &title, SAME_DAY).is_some()
                && self.alike(decision, *row, false)
        };
        self.log.by_day.get(&decision.start).into_iter().flatten().copied().filter(near).collect()
    }

    fn row(&self, at: usize) -> &Activity {
        &self.log.rows[at].1
    }

    fn of_id(&self, decision: &Decision) -> impl Iterator<Item = usize> {
        let id = id_key(&decision.activity);
        self.log.by_id.get(&id).into_iter().flatten().copied()
    }

    /// Whether nothing that the titles name tells them apart; `wholly`: both name the same Members.
    fn alike(&self, decision: &Decision, row: usize, wholly: bool) -> bool {
        let (title, other) = (&decision.title, &self.row(row).title);
        let (a, b) = (self.lexicon.read(title), self.lexicon.read(other));
        let members = |wording: &Wording| wording.members.keys().copied().collect::<BTreeSet<_>>();
        fits(&members(&a), &members(&b), wholly)
            && fits(&a.strangers, &b.strangers, wholly)
            && a.topics.keys().eq(b.topics.keys())
            && fits(&a.areas, &b.areas, false)
            && (a.edition, a.working_group) == (b.edition, b.working_group)
            && numbers(title) == self.log.numbers[row]
    }

    fn in_doubt(&mut self, at: usize, rows: &[usize]) {
        let decision = &self.decisions[at];
        let places: Vec<String> = rows
            .iter()
            .map(|row| self.log.rows[*row].0)
            .map(|row| self.sources[row.source.index()].place(row.row))
            .collect();
        let message = if let [one] = places.as_slice() {
            format!("More than one decision of {} may be about {one}; none was applied.", decision.start)
        } else {
            format!(
                "The decision of {} fits more than one row: {}; it was applied to none.",
                decision.start,
                places.join("; ")
            )
        };
        let origin = Origin { file: DECISIONS.into(), ..Origin::default() };
        let help = "Give the rows an Activity ID and decide again, or correct the decision.";
        self.findings.push(Finding::new(Code::DecisionAmbiguous, origin, message, help).seen(&decision.title));
        self.open.remove(&at);
        self.found.doubtful.insert(at);
    }
}

/// Whether two sets are equal, or one of them says nothing.
fn fits<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>, wholly: bool) -> bool {
    a == b || (!wholly && (a.is_empty() || b.is_empty()))
}

/// The numbers in a text, in order.
fn numbers(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect()
}
