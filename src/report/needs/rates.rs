//! Reaction, response and result: of the events of this plan year and the one before, by year, section, Member and
//! activity. Response is counted as on the report's sheet Surveys.
//!
//! Reaction stands first, for it is what an evaluation shows at once; what a Member did afterwards it does not show.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::asked::AskedTable;
use crate::measure::surveys::Surveyed;
use crate::report::Material;
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
    /// Whether fewer answers give a satisfaction than the office breaks down: then it is not shown.
    pub small: bool,
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
        let (by, of, always) = match of {
            Of::All => ("All", String::new(), true),
            Of::Year(year) => ("Plan year", year.to_string(), true),
            Of::Section(number) => {
                ("Section", format!("{number}. {}", titles.get(&number).copied().unwrap_or_default()), false)
            }
            Of::Member(at) => ("Member", asked.members[at].1.clone(), false),
            Of::Event(at) => ("Activity", format!("{}: {}", asked.events[at].id, asked.events[at].title), false),
        };
        RateRow {
            by,
            of,
            scales: sum.scales.into_iter().collect::<Vec<_>>().join("; "),
            overdue: sum.overdue,
            small: !always && (1..u64::from(least)).contains(&sum.surveyed.satisfaction.1),
            surveyed: sum.surveyed,
        }
    };
    RateTable { rows: sums.into_iter().map(row).collect(), all, least }
}

/// The scale of a source's layout in words.
fn scale(material: &Material<'_>, source: usize) -> String {
    let name = &material.records.sources[source].layout;
    let layout = material.definitions.layouts.iter().find(|layout| layout.name == *name);
    let scale = layout.and_then(|layout| layout.scale);
    scale.map(|(low, high)| format!("{} to {}", data_number(low), data_number(high))).unwrap_or_default()
}
