//! A page for each Member: what it asked, what it got, what it reported. It prints on one page, so it shows what
//! matters now and says how much more there is, and where.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::NeedRow;
use super::answers::AnswerTable;
use super::asked::{Asked, AskedTable};
use crate::measure::needs::NeedState;
use crate::measure::surveys::Surveyed;
use crate::report::Material;
use crate::terms::MemberCode;
use crate::terms::figure::{counted, report_number};

/// Needs on a page.
pub const NEEDS: usize = 14;
/// Events on a page: the newest, and those whose answers are longest overdue.
pub const NEWEST: usize = 8;
/// See [`NEWEST`].
pub const OVERDUE: usize = 4;
/// Texts of answers on a page, and the characters of one.
pub const TEXTS: usize = 5;
/// See [`TEXTS`].
pub const LETTERS: usize = 180;
/// Names of topics in a line about those that are not shown, and the letters of one.
const NAMED: usize = 6;
const NAME: usize = 60;

/// One Member.
#[derive(Debug, Clone)]
pub struct MemberPage {
    /// Its name.
    pub name: String,
    /// Its groups on the day, by name.
    pub groups: String,
    /// The page in figures.
    pub figures: Vec<String>,
    /// Its current needs, as positions in the view's rows, the most urgent first; those that the page shows.
    pub needs: Vec<usize>,
    /// What is said about needs that are not shown.
    pub more_needs: Vec<String>,
    /// The events that the page shows, as positions in the table of those asked, newest first.
    pub events: Vec<usize>,
    /// What is said about events that are not shown; empty where all are.
    pub more_events: String,
    /// What it reported in words: activity and day, and the text.
    pub told: Vec<(String, String)>,
    /// How many texts more it reported.
    pub more_told: usize,
}

pub(super) fn compose(
    material: &Material<'_>,
    rows: &[NeedRow],
    asked: &AskedTable,
    answers: &AnswerTable,
    day: NaiveDate,
) -> Vec<MemberPage> {
    let registry = &material.definitions.members;
    let mut needs: BTreeMap<MemberCode, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        needs.entry(row.member).or_default().push(at);
    }
    let mut events: BTreeMap<MemberCode, Vec<usize>> = BTreeMap::new();
    for (at, row) in asked.rows.iter().enumerate() {
        events.entry(asked.members[row.member].0).or_default().push(at);
    }
    let page = |code: MemberCode| {
        let groups = registry.groups().iter().filter(|group| group.holds(code, day)).map(|group| group.name.as_str());
        let mut page = MemberPage {
            name: registry.name(code).to_owned(),
            groups: groups.collect::<Vec<_>>().join(", "),
            figures: Vec::new(),
            needs: Vec::new(),
            more_needs: Vec::new(),
            events: Vec::new(),
            more_events: String::new(),
            told: Vec::new(),
            more_told: 0,
        };
        page.take_needs(rows, needs.get(&code).map_or(&[], Vec::as_slice));
        page.take_events(material, asked, events.get(&code).map_or(&[], Vec::as_slice));
        page.take_words(answers, code);
        page
    };
    let members = registry.all().iter().map(|member| member.code);
    members.filter(|code| registry.is_member(*code, day)).map(page).collect()
}

impl MemberPage {
    fn take_needs(&mut self, rows: &[NeedRow], own: &[usize]) {
        let mut current: Vec<usize> = own.iter().copied().filter(|at| rows[*at].current).collect();
        current.sort_by_key(|at| (Reverse(rows[*at].priority), Reverse(rows[*at].state), rows[*at].action));
        if !current.is_empty() {
            self.figures.push(in_states(rows, &current));
        }
        let shown = fitting(current.len(), NEEDS);
        let rest = current.split_off(shown);
        self.needs = current;
        let words = |start: &str, places: &[usize]| {
            let names: Vec<String> = places.iter().map(|at| clipped(&rows[*at].topic, NAME)).collect();
            format!("{start}: {}.", few(&names, NAMED))
        };
        if !rest.is_empty() {
            let start = format!("{} (sheet Members x topics)", counted(rest.len(), "more need", "more needs"));
            self.more_needs.push(words(&start, &rest));
        }
        let of = |keeps: &dyn Fn(&NeedRow) -> bool| own.iter().copied().filter(|at| keeps(&rows[*at])).collect();
        let earlier: Vec<usize> = of(&|row| row.asked.is_some() && !row.current);
        if !earlier.is_empty() {
            self.more_needs.push(words("Asked in an earlier round and not repeated", &earlier));
        }
        let unasked: Vec<usize> = of(&|row| row.state == NeedState::DeliveredWithoutNeed);
        if !unasked.is_empty() {
            self.more_needs.push(words("Delivered without a stated need, which is no fault", &unasked));
        }
    }

    fn take_events(&mut self, material: &Material<'_>, asked: &AskedTable, own: &[usize]) {
        let mut sum = Surveyed::default();
        let mut overdue: Vec<usize> = Vec::new();
        for at in own {
            let row = &asked.rows[*at];
            sum.ask(row.said.is_some());
            if let Some(answer) = row.answer {
                sum.answer(&material.records.answers[answer].answer);
            }
            if row.overdue.is_some() {
                overdue.push(*at);
            }
        }
        if sum.asked > 0 {
            let least = u64::from(material.definitions.settings.presentation.least);
            self.figures.push(in_figures(&sum, overdue.len(), least));
        }
        let newest = own.len() - fitting(own.len(), NEWEST + OVERDUE).min(own.len());
        let mut shown: Vec<usize> = if newest == 0 {
            own.to_vec()
        } else {
            let newest = &own[own.len() - NEWEST..];
            let oldest = overdue.iter().copied().filter(|at| *at < newest[0]).take(OVERDUE);
            newest.iter().copied().chain(oldest).collect()
        };
        shown.sort_unstable_by_key(|at| Reverse(*at));
        let left = own.len() - shown.len();
        if left > 0 {
            let late = |at: &&usize| asked.rows[**at].overdue.is_some();
            let late = overdue.len() - shown.iter().filter(late).count();
            let late = match late {
                0 => String::new(),
                1 => ", one of them with an answer overdue (sheet Chase list)".to_owned(),
                late => format!(", {late} of them with an answer overdue (sheet Chase list)"),
            };
            self.more_events = format!("{}: sheet Follow-up{late}.", counted(left, "more event", "more events"));
        }
        self.events = shown;
    }

    fn take_words(&mut self, answers: &AnswerTable, code: MemberCode) {
        let own = answers.rows.iter().filter(|row| row.member == code);
        let texts = own.flat_map(|row| row.told.iter().map(move |(field, words)| (row, field, words)));
        for (at, (row, field, words)) in texts.enumerate() {
            if at < TEXTS {
                let from = format!("{}, {}: {}", row.activity, row.said.on.format("%-d %b %Y"), field.name());
                self.told.push((from, clipped(words, LETTERS)));
            } else {
                self.more_told += 1;
            }
        }
    }
}

/// How many of some things are shown: all of them, or so many that a line about the others is worth its place.
fn fitting(all: usize, most: usize) -> usize {
    if all <= most + 1 { all } else { most }
}

/// "5 needs: 1 served, 1 served in part, 2 planned, 1 open."
fn in_states(rows: &[NeedRow], places: &[usize]) -> String {
    const STATES: [NeedState; 4] = [NeedState::Met, NeedState::MetInPart, NeedState::Planned, NeedState::Open];
    let count = |state: NeedState| places.iter().filter(|at| rows[**at].state == state).count();
    let words = STATES.map(|state| (count(state), super::state_words(state)));
    let words = words.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}"));
    format!("{}: {}.", counted(places.len(), "need", "needs"), words.collect::<Vec<_>>().join(", "))
}

/// "12 events reached it; 5 answered, 4 with action taken, 6 tangible results, satisfaction 80 % (n = 5); 3 overdue."
/// Satisfaction of fewer than `least` answers is left out.
fn in_figures(sum: &Surveyed, overdue: usize, least: u64) -> String {
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let reached = counted(number(sum.asked), "event", "events");
    let acted = sum.yes + sum.partly;
    let results = counted(number(sum.tangible), "tangible result", "tangible results");
    let satisfied = sum.satisfied().filter(|_| sum.satisfaction.1 >= least).map_or_else(String::new, |percent| {
        format!(", satisfaction {} % (n = {})", report_number(percent), sum.satisfaction.1)
    });
    let told = match sum.answered {
        0 => "none answered yet".to_owned(),
        answered => format!("{answered} answered, {acted} with action taken, {results}{satisfied}"),
    };
    let late = if overdue == 0 { String::new() } else { format!("; {overdue} overdue") };
    format!("{reached} of this and the previous plan year reached it: {told}{late}.")
}

/// "A, B and 3 more"
#[must_use]
pub fn few<T: AsRef<str>>(texts: &[T], most: usize) -> String {
    let shown = fitting(texts.len(), most);
    let named: Vec<&str> = texts[..shown].iter().map(AsRef::as_ref).collect();
    match texts.len() - shown {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// A text of at most so many characters; a longer one ends with a whole word and an ellipsis.
#[must_use]
pub fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most).collect();
    let end = kept.rfind(' ').filter(|end| 2 * end > kept.len()).unwrap_or(kept.len());
    format!("{} \u{2026}", kept[..end].trim_end())
}

/// What the page says about an answer: when it came, or since when it is overdue.
#[must_use]
pub fn follow_up_words(row: &Asked) -> String {
    match (row.said, row.overdue) {
        (Some(said), _) => format!("answered {}", said.on.format("%-d %b %Y")),
        (None, Some(days)) => format!("overdue by {}", counted(days as usize, "day", "days")),
        (None, None) => "not due yet".to_owned(),
    }
}
