//! Women among participants: by quarter, by scope, by Member group, each with its n and coverage.

use std::collections::HashSet;

use super::Material;
use super::small::{self, Withheld};
use crate::measure::sexes::{Sexes, of_activities, of_members};
use crate::terms::{Line, MemberCode};

/// One row: a group of activities or Members.
#[derive(Debug, Clone)]
pub struct WomenRow {
    /// By what it is broken down: `Period`, `Scope`, `Member group`, `Region`.
    pub by: &'static str,
    /// The period, scope or group.
    pub of: String,
    /// The period it is counted in.
    pub period: String,
    /// The figures.
    pub sexes: Sexes,
    /// Why its sexes are not shown, where they are not.
    pub withheld: Option<Withheld>,
}

impl WomenRow {
    /// Whether its women are the figure of the women KPI, which the scorecard shows as well.
    #[must_use]
    pub fn is_kpi(&self) -> bool {
        self.by == "Period"
    }
}

/// Women among participants.
#[derive(Debug)]
pub struct WomenTable {
    /// Quarters first, then the year to date and the year before, scopes, groups, regions.
    pub rows: Vec<WomenRow>,
    /// How many of the rows are quarters of the plan year.
    pub quarters: usize,
    /// Fewer persons than this are not broken down.
    pub least: u32,
}

pub(super) fn compose(material: &Material<'_>) -> WomenTable {
    let mut rows: Vec<WomenRow> = periods(material).into_iter().map(|line| of_period(material, line)).collect();
    let quarters = rows.iter().filter(|row| row.period.starts_with('Q')).count();
    rows.extend(scopes(material));
    rows.extend(groups(material));
    let least = material.definitions.settings.presentation.least;
    withhold(&mut rows, least);
    WomenTable { rows, quarters, least }
}

/// Quarters are parts of the year to date, scopes and regions of all events; Member groups overlap.
fn withhold(rows: &mut [WomenRow], least: u32) {
    let part = |row: &WomenRow| (row.by, row.by == "Period" && !row.period.starts_with('Q'));
    for rows in rows.chunk_by_mut(|a, b| part(a) == part(b)) {
        let sizes: Vec<u64> = rows.iter().map(|row| row.sexes.known).collect();
        let whole = !part(&rows[0]).1 && rows[0].by != "Member group";
        let alone = || sizes.iter().map(|size| small::alone(*size, least)).collect();
        let withheld = if whole { small::of_parts(&sizes, least) } else { alone() };
        for (row, why) in rows.iter_mut().zip(withheld) {
            row.withheld = why;
        }
    }
}

/// The periods shown: the quarters that have begun, the year to date, a free period, and what stands beside it.
pub(super) fn periods<'a>(material: &Material<'a>) -> Vec<&'a Line> {
    let lines = &material.measured.scorecard.lines;
    let shown = |line: &&Line| line.due && (!line.previous || line.id == "PREV-YTD" || line.id == "PREV-FREE");
    lines.iter().filter(shown).collect()
}

/// A period in words: `Q2 (to 15 Nov 2025, not yet over)`, `Year to date`.
pub(super) fn name(material: &Material<'_>, line: &Line) -> String {
    let terms = &material.definitions.settings.presentation.terms;
    let name = match line.id.as_str() {
        "YTD" => "Year to date",
        "FREE" => "Report period",
        "PREV-YTD" => "Year before, to date",
        "PREV-FREE" => "Year before, same period",
        quarter => quarter,
    };
    let name = terms.say(name);
    if line.is_quarter() && line.is_open() {
        let (to, open) = (terms.say("to"), terms.say("not yet over"));
        format!("{name} ({to} {}, {open})", line.counted_to.format("%-d %b %Y"))
    } else {
        name.to_owned()
    }
}

fn of_period(material: &Material<'_>, line: &Line) -> WomenRow {
    let activities = material.delivered_in(line).map(|(at, ..)| at);
    let sexes = of_activities(material.records, &material.measured.lists, activities);
    WomenRow { by: "Period", of: name(material, line), period: line.id.clone(), sexes, withheld: None }
}

/// By scope of the activity's type, in the year to date; other types together.
fn scopes(material: &Material<'_>) -> Vec<WomenRow> {
    const SCOPES: [(&str, &str); 4] =
        [("national", "National"), ("sub-regional", "Sub-regional"), ("regional", "Regional"), ("", "Other types")];
    let types = &material.definitions.types;
    let row = |(scope, name): &(&str, &str)| {
        let of_scope = |(_, _, activity): &(usize, _, &crate::records::Activity)| {
            let own = activity.of_type.and_then(|of| types.get(of).scope.as_deref());
            own.unwrap_or("") == *scope
        };
        let activities = material.delivered_in(material.ytd()).filter(of_scope).map(|(at, ..)| at);
        let sexes = of_activities(material.records, &material.measured.lists, activities);
        WomenRow { by: "Scope", of: (*name).to_owned(), period: "YTD".into(), sexes, withheld: None }
    };
    SCOPES.iter().map(row).collect()
}

/// By group and by region of the Members, in the year to date, from the lists.
fn groups(material: &Material<'_>) -> Vec<WomenRow> {
    let registry = &material.definitions.members;
    let (measured, day) = (material.measured, material.ytd().counted_to);
    let lists = (&measured.lists, &measured.reached);
    let activities = || material.delivered_in(material.ytd()).map(|(at, ..)| at);
    let parts = (material.records, registry);
    let row = |by, of: &str, sexes| WomenRow { by, of: of.to_owned(), period: "YTD".into(), sexes, withheld: None };
    let mut rows = Vec::new();
    for group in registry.groups().iter().filter(|group| group.on(day).next().is_some()) {
        let sexes = of_members(parts, lists, activities(), |member, end| group.holds(member, end));
        rows.push(row("Member group", &group.name, sexes));
    }
    let mut regions: Vec<&str> = Vec::new();
    for member in registry.all() {
        if !regions.contains(&member.region.as_str()) {
            regions.push(&member.region);
        }
    }
    for region in regions {
        let of_region = registry.all().iter().filter(|member| member.region == region);
        let of_region: HashSet<MemberCode> = of_region.map(|member| member.code).collect();
        let sexes = of_members(parts, lists, activities(), |member, _| of_region.contains(&member));
        rows.push(row("Region", region, sexes));
    }
    rows
}
