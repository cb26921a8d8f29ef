//! Reaction, response and result: of the events of this plan year and the one before, by year, section, Member and
//! activity. Response is counted as on the report's sheet Surveys.
//!
//! Reaction stands first, for it is what an evaluation shows at once; what a Member did afterwards it does not show.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::asked::AskedTable;
use crate::measure::surveys::Surveyed;
use crate::report::Material;
use crate::report::small::{self, Withheld};
use crate::terms::PlanYear;
use crate::terms::figure::data_number;

/// What the evaluations and answers about some events and of some Members say.
#[derive(Debug, Clone)]
pub struct RateRow {
    /// By what it is broken down: `Plan year`, `Section`, `Member`, `Activity`.
    pub by: &'static str,
    /// Which.
    pub of: String,
    /// The figures.
    pub surveyed: Surveyed,
    /// The scales on which participants rated: "1 to 5".
    pub scales: String,
    /// Answers that are overdue.
    pub overdue: u64,
    /// Why its satisfaction is not shown, where it is not.
    pub withheld: Option<Withheld>,
}

/// All rows.
#[derive(Debug, Default)]
pub struct RateTable {
    /// Plan years, sections, Members, activities.
    pub rows: Vec<RateRow>,
    /// All events together.
    pub all: Surveyed,
    /// Fewer answers than this are not broken down.
    pub least: u32,
}

/// What is summed up under one name.
#[derive(Default)]
struct Sum {
    surveyed: Surveyed,
    scales: BTreeSet<String>,
    overdue: u64,
}

/// The kinds of rows, in their order, each with the order of its own rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    All,
    Year(PlanYear),
    Section(u8),
    Member(usize),
    Event(usize),
}

pub(super) fn compose(material: &Material<'_>, asked: &AskedTable) -> RateTable {
    let mut sums: BTreeMap<Of, Sum> = BTreeMap::new();
    let year = |event: usize| Of::Year(asked.events[event].plan_year());
    let of_event = |event: usize| {
        let sections = asked.events[event].sections.iter().map(|section| Of::Section(*section));
        [Of::All, year(event), Of::Event(event)].into_iter().chain(sections).collect::<Vec<Of>>()
    };
    let groups: Vec<Vec<Of>> = (0..asked.events.len()).map(of_event).collect();
    for row in &asked.rows {
        let said = row.answer.map(|at| &material.records.answers[at].answer);
        for of in groups[row.event].iter().copied().chain([Of::Member(row.member)]) {
            let sum = sums.entry(of).or_default();
            sum.surveyed.ask(said.is_some());
            if let Some(said) = said {
                sum.surveyed.answer(said);
            }
            sum.overdue += u64::from(row.overdue.is_some());
        }
    }
    let events: HashMap<usize, usize> =
        asked.events.iter().enumerate().map(|(at, event)| (event.activity, at)).collect();
    for review in &material.records.reviews {
        let Some(event) = events.get(&review.activity) else { continue };
        let scale = scale(material, review.row.source.index());
        for of in &groups[*event] {
            let sum = sums.entry(*of).or_default();
            sum.surveyed.evaluate(&review.evaluation);
            sum.scales.insert(scale.clone());
        }
    }
    table(material, asked, sums)
}

fn table(material: &Material<'_>, asked: &AskedTable, mut sums: BTreeMap<Of, Sum>) -> RateTable {
    let least = material.definitions.settings.presentation.least;
    let all = sums.remove(&Of::All).unwrap_or_default().surveyed;
    let titles: HashMap<u8, &str> =
        material.definitions.plan.sections.iter().map(|section| (section.number, section.title.as_str())).collect();
    let row = |(of, sum): (Of, Sum)| {
        let (by, of) = match of {
            Of::All => ("All", String::new()),
            Of::Year(year) => ("Plan year", year.to_string()),
            Of::Section(number) => {
                ("Section", format!("{number}. {}", titles.get(&number).copied().unwrap_or_default()))
            }
            Of::Member(at) => ("Member", asked.members[at].1.clone()),
            Of::Event(at) => ("Activity", format!("{}: {}", asked.events[at].id, asked.events[at].title)),
        };
        RateRow {
            by,
            of,
            scales: sum.scales.into_iter().collect::<Vec<_>>().join("; "),
            overdue: sum.overdue,
            withheld: None,
            surveyed: sum.surveyed,
        }
    };
    let mut rows: Vec<RateRow> = sums.into_iter().map(row).collect();
    withhold(&mut rows, least);
    RateTable { rows, all, least }
}

/// Withholds satisfaction by the rule of small groups. Sections overlap, so that they are no parts of a whole.
fn withhold(rows: &mut [RateRow], least: u32) {
    for part in rows.chunk_by_mut(|one, next| one.by == next.by) {
        let answers: Vec<u64> = part.iter().map(|row| row.surveyed.satisfaction.1).collect();
        let withheld: Vec<Option<Withheld>> = if part.first().is_some_and(|row| row.by == "Section") {
            answers.iter().map(|answers| small::alone(*answers, least)).collect()
        } else {
            small::of_parts(&answers, least)
        };
        for (row, why) in part.iter_mut().zip(withheld) {
            row.withheld = why;
        }
    }
}

/// The scale of a source's layout in words.
fn scale(material: &Material<'_>, source: usize) -> String {
    let name = &material.records.sources[source].layout;
    let layout = material.definitions.layouts.iter().find(|layout| layout.name == *name);
    let scale = layout.and_then(|layout| layout.scale);
    scale.map(|(low, high)| format!("{} to {}", data_number(low), data_number(high))).unwrap_or_default()
}
