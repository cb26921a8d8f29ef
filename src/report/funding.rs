//! Partners and funding: who funded and who took part in how many activities of the year to date.

use super::Material;
use crate::measure::givers::{Given, by_name};
use crate::records::Activity;

/// One partner or donor.
#[derive(Debug, Clone)]
pub struct GiverRow {
    /// `Funding` or `Partner`.
    pub role: &'static str,
    /// Its name, in one spelling.
    pub name: String,
    /// The Member it stands for, or that it is an international organisation; empty for others.
    pub stands_for: String,
    /// Delivered activities.
    pub activities: u64,
    /// CB activities among them.
    pub cb: u64,
    /// Members reached by them.
    pub members: usize,
}

/// Partners and funding.
#[derive(Debug)]
pub struct FundingTable {
    /// Funding first, then partners; the most activities first.
    pub rows: Vec<GiverRow>,
    /// How many of the rows are funding.
    pub donors: usize,
    /// Activities that state their funding, and all.
    pub stated: (usize, usize),
}

pub(super) fn compose(material: &Material<'_>) -> FundingTable {
    let delivered = || material.delivered_in(material.ytd()).map(|(at, ..)| at);
    let parts = (material.definitions, material.records);
    let of = |role, names: fn(&Activity) -> &[String]| {
        let found = by_name(parts, &material.measured.reached, delivered(), names);
        let mut rows: Vec<GiverRow> =
            found.into_iter().map(|(name, given)| row(material, role, name, &given)).collect();
        rows.sort_by(|a, b| b.activities.cmp(&a.activities).then_with(|| a.name.cmp(&b.name)));
        rows
    };
    let mut rows = of("Funding", |activity| &activity.funding);
    let donors = rows.len();
    rows.extend(of("Partner", |activity| &activity.partners));
    let stated = delivered().filter(|at| !material.records.activities[*at].1.funding.is_empty()).count();
    FundingTable { rows, donors, stated: (stated, delivered().count()) }
}

fn row(material: &Material<'_>, role: &'static str, name: String, given: &Given) -> GiverRow {
    let (partners, members) = (&material.definitions.partners, &material.definitions.members);
    let stands_for = match partners.donor_member(&name).or_else(|| members.find(&name)) {
        Some(member) => members.name(member).to_owned(),
        None if partners.is_international(&name) => "international organisation".to_owned(),
        None => String::new(),
    };
    GiverRow { role, name, stands_for, activities: given.activities, cb: given.cb, members: given.members.len() }
}
