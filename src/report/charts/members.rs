//! Members reached, in the region's groups.

use super::{Bar, Bars, ChartText, foot, groups_in_words};
use crate::report::Material;
use crate::report::members::MemberTable;

pub(super) fn compose(material: &Material<'_>, members: &MemberTable) -> Bars {
    let mut groups: Vec<(String, Vec<Bar>)> = Vec::new();
    for row in &members.rows {
        let bar = Bar { name: row.name.clone(), count: row.in_year, beside: String::new() };
        match groups.iter_mut().find(|(region, _)| *region == row.region) {
            Some((_, bars)) => bars.push(bar),
            None => groups.push((row.region.clone(), vec![bar])),
        }
    }
    for (_, bars) in &mut groups {
        bars.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    }
    Bars {
        text: ChartText {
            slug: "members-reached",
            title: title(members.reached(), members.rows.len()),
            subtitle: "Events in which a Member was host, beneficiary or participant, number".to_owned(),
            foot: foot(material, ""),
            description: groups_in_words(&groups),
        },
        nothing: "Nothing to show: no Member was host, beneficiary or participant of an event.",
        groups,
    }
}

fn title(reached: usize, all: usize) -> String {
    let (who, were) = match reached {
        0 => (format!("None of {all} Members"), "was"),
        1 => (format!("1 of {all} Members"), "was"),
        _ if reached == all => (format!("All {all} Members"), "were"),
        _ => (format!("{reached} of {all} Members"), "were"),
    };
    format!("{who} {were} reached by an event in the year to date")
}
