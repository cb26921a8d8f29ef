//! Capacity building activities by quarter and scope.

use super::words::against_count;
use super::{ChartText, Series, Stacked, foot, quarter_label, quarters, same_period, year_before};
use crate::records::Activity;
use crate::report::Material;
use crate::terms::Line;
use crate::terms::figure::counted;
use crate::terms::fold::capital;

pub(super) fn compose(material: &Material<'_>) -> Stacked {
    const SCOPES: [(&str, &str); 4] =
        [("national", "National"), ("sub-regional", "Sub-regional"), ("regional", "Regional"), ("", "Other CB types")];
    let types = &material.definitions.types;
    let lines = quarters(material);
    let scope = |activity: &Activity| {
        let of = types.get(activity.of_type?);
        of.cb.then(|| of.scope.clone().unwrap_or_default())
    };
    let count = |line: &Line, wanted: &str| {
        material.delivered_in(line).filter(|(_, _, activity)| scope(activity).as_deref() == Some(wanted)).count()
    };
    let series: Vec<Series> = SCOPES
        .iter()
        .map(|(wanted, name)| Series {
            name: (*name).to_owned(),
            counts: lines.iter().map(|line| count(line, wanted)).collect(),
        })
        .collect();
    let total: usize = series.iter().flat_map(|series| &series.counts).sum();
    // Without an activity of the previous year its log was not among the inputs: zero would be made up.
    let before = year_before(material).map(|line| SCOPES.iter().map(|(wanted, _)| count(line, wanted)).sum());
    let before = before.filter(|before: &usize| *before > 0);
    let by_quarter = lines.iter().enumerate().map(|(at, line)| {
        let here: usize = series.iter().map(|series| series.counts[at]).sum();
        format!("{} {here}", line.id)
    });
    let by_quarter = by_quarter.collect::<Vec<_>>().join(", ");
    Stacked {
        text: ChartText {
            slug: "cb-activities",
            title: match total {
                0 => "No capacity building activity delivered in the year to date".to_owned(),
                _ => format!(
                    "{} delivered in the year to date{}",
                    counted(total, "capacity building activity", "capacity building activities"),
                    before.map_or_else(String::new, |before| against_count(total, before, &same_period(material)))
                ),
            },
            subtitle: format!("CB activities by quarter of {} and scope, number", material.definitions.plan.year),
            foot: foot(
                material,
                &format!(
                    " An activity belongs to the quarter of its end date.{}",
                    before.map_or_else(String::new, |before| format!(
                        " {}: {before} in the same logs.",
                        capital(&same_period(material))
                    ))
                ),
            ),
            description: format!("By quarter: {by_quarter}. {}", series_in_words(&series)),
        },
        categories: lines.iter().map(|line| quarter_label(line)).collect(),
        series,
    }
}

fn series_in_words(series: &[Series]) -> String {
    let words = series.iter().map(|series| format!("{}: {}", series.name, series.counts.iter().sum::<usize>()));
    words.collect::<Vec<_>>().join("; ")
}
