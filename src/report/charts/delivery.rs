//! The plan's concrete items by section: delivered, partly, not yet.

use super::{ChartText, Series, Stacked, foot};
use crate::definitions::{ItemId, ItemKind};
use crate::report::Material;
use crate::report::plan::{Delivery, PlanDelivery};
use crate::terms::figure::counted;
use crate::terms::fold::capital;

pub(super) fn compose(material: &Material<'_>, plan: &PlanDelivery) -> Stacked {
    const STATES: [Delivery; 3] = [Delivery::Delivered, Delivery::Partly, Delivery::NotYet];
    let sections: Vec<u8> = material.definitions.plan.sections.iter().map(|section| section.number).collect();
    let counts = |state: Delivery| {
        let here = |section: &u8| {
            let concrete = plan.items.iter().filter(|row| row.kind == ItemKind::Concrete && row.delivery == state);
            concrete.filter(|row| home(material, row.item) == *section).count()
        };
        sections.iter().map(here).collect::<Vec<_>>()
    };
    let series: Vec<Series> =
        STATES.iter().map(|state| Series { name: capital(state.as_str()), counts: counts(*state) }).collect();
    let with_items = |at: &usize| series.iter().any(|series| series.counts[*at] > 0);
    let kept: Vec<usize> = (0..sections.len()).filter(with_items).collect();
    let series: Vec<Series> = series
        .into_iter()
        .map(|series| Series { counts: kept.iter().map(|at| series.counts[*at]).collect(), ..series })
        .collect();
    let (done, all, partly) =
        (plan.concrete(Delivery::Delivered), plan.concrete_items(), plan.concrete(Delivery::Partly));
    let part = if partly > 0 { format!(", {partly} in part") } else { String::new() };
    let titles = &material.definitions.plan.sections;
    let categories: Vec<String> =
        kept.iter().map(|at| format!("{}. {}", titles[*at].number, titles[*at].title)).collect();
    let empty: Vec<u8> = (0..titles.len()).filter(|at| !kept.contains(at)).map(|at| titles[at].number).collect();
    Stacked {
        text: ChartText {
            slug: "plan-delivery",
            title: title(done, all, &part),
            subtitle: format!("Concrete items of the plan {} by section, number", material.definitions.plan.year),
            foot: foot(
                material,
                &format!(" An item stands once, in the first section that lists it.{}", without_items(&empty)),
            ),
            description: by_category(&categories, &series),
        },
        categories,
        series,
    }
}

/// "17 of 75 planned activities delivered, 3 in part"
fn title(done: usize, all: usize, part: &str) -> String {
    let done = if done == 0 { "None".to_owned() } else { done.to_string() };
    format!("{done} of {} delivered{part}", counted(all, "planned activity", "planned activities"))
}

/// "Sections 2 and 4 list no concrete item."
fn without_items(sections: &[u8]) -> String {
    let numbers: Vec<String> = sections.iter().map(u8::to_string).collect();
    match numbers.as_slice() {
        [] => String::new(),
        [one] => format!(" Section {one} lists no concrete item."),
        [first @ .., last] => format!(" Sections {} and {last} list no concrete item.", first.join(", ")),
    }
}

/// The figures of each category in words.
fn by_category(categories: &[String], series: &[Series]) -> String {
    let words = categories.iter().enumerate().map(|(at, category)| {
        let counts: Vec<String> =
            series.iter().map(|series| format!("{} {}", series.name.to_lowercase(), series.counts[at])).collect();
        format!("{category}: {}", counts.join(", "))
    });
    words.collect::<Vec<_>>().join(". ")
}

/// The section that lists an item first.
fn home(material: &Material<'_>, item: ItemId) -> u8 {
    material.definitions.plan.item(item).listed_by.first().map_or(0, |action| action.section)
}
