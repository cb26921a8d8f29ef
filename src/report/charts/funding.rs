//! Delivered activities by donor.

use std::collections::BTreeMap;

use super::words::listed;
use super::{Bar, Bars, ChartText, foot, groups_in_words};
use crate::report::Material;
use crate::report::funding::{FundingTable, GiverRow};
use crate::terms::figure::counted;

/// The most donors that a title names.
const NAMED: usize = 2;

/// The most donors that are drawn; more bars could not be read on a slide.
const DRAWN: usize = 24;

/// A donor in one spelling, and whether it is a Member or stands for one.
type Donor = (bool, String);

pub(super) fn compose(material: &Material<'_>, table: &FundingTable) -> Bars {
    let (partners, members) = (&material.definitions.partners, &material.definitions.members);
    let of_member = |name: &str| members.find(name).or(partners.donor_member(name)).is_some();
    let donors = table.rows[..table.donors].iter();
    let count = |row: &GiverRow| usize::try_from(row.activities).unwrap_or(usize::MAX);
    let by_donor: BTreeMap<Donor, usize> =
        donors.map(|row| ((of_member(&row.name), row.name.clone()), count(row))).collect();
    let (stated, delivered) = table.stated;
    let mut largest: Vec<(&Donor, &usize)> = by_donor.iter().collect();
    largest.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.1.cmp(&b.0.1)));
    largest.truncate(DRAWN);
    let group = |of_members: bool| {
        let donors = largest.iter().filter(|((member, _), _)| *member == of_members);
        let mut bars: Vec<Bar> = donors
            .map(|((_, name), count)| Bar { name: name.clone(), count: **count, beside: String::new() })
            .collect();
        bars.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        bars
    };
    let groups = [("Members and their funds", group(true)), ("Other donors", group(false))];
    let groups: Vec<(String, Vec<Bar>)> =
        groups.into_iter().filter(|(_, bars)| !bars.is_empty()).map(|(name, bars)| (name.to_owned(), bars)).collect();
    let drawn = if by_donor.len() > DRAWN {
        format!(" Drawn are the {DRAWN} of {} donors with the most activities.", by_donor.len())
    } else {
        String::new()
    };
    let more = format!(
        " {stated} of {} with a donor stated. An activity of several donors stands under each.{drawn}",
        counted(delivered, "activity", "activities")
    );
    Bars {
        text: ChartText {
            slug: "funding",
            title: title(&by_donor, stated, delivered),
            subtitle: "Activities delivered in the year to date by donor, number".to_owned(),
            foot: foot(material, &more),
            description: if groups.is_empty() { "No figure".to_owned() } else { groups_in_words(&groups) },
        },
        nothing: "Nothing to show: no delivered activity states a donor.",
        groups,
    }
}

/// Who funded the most activities, where no more than two share that place.
fn title(by_donor: &BTreeMap<Donor, usize>, stated: usize, delivered: usize) -> String {
    if delivered == 0 {
        return "No activity was delivered in the year to date".to_owned();
    }
    let most = by_donor.values().copied().max().unwrap_or(0);
    if most == 0 {
        let those = if delivered == 1 { "The one delivered activity states" } else { "No delivered activity states" };
        return format!("{those} {}", if delivered == 1 { "no donor" } else { "a donor" });
    }
    let donors = counted(by_donor.len(), "donor", "donors");
    let first: Vec<&str> =
        by_donor.iter().filter(|(_, count)| **count == most).map(|((_, name), _)| name.as_str()).collect();
    let of = counted(stated, "activity with a donor stated", "activities with a donor stated");
    if by_donor.len() == 1 {
        format!("{} funded {}", first[0], if stated == 1 { format!("the {of}") } else { format!("all {of}") })
    } else if first.len() > NAMED {
        format!("{donors} funded {of}")
    } else {
        let each = if first.len() > 1 { " each" } else { "" };
        format!("{} funded {most}{each} of {of}, the most of {donors}", listed(&first))
    }
}
