//! What each Member received in the plan year to date.

use std::collections::{BTreeMap, BTreeSet};

use super::Material;
use super::small::{self, Withheld};
use crate::definitions::Member;
use crate::measure::{BySex, ListSummary};
use crate::terms::{Line, MemberCode};

/// One Member.
#[derive(Debug, Clone)]
pub struct MemberRow {
    /// ISO code.
    pub code: MemberCode,
    /// Name.
    pub name: String,
    /// The region's own group.
    pub region: String,
    /// Groups it belongs to on the report's last day.
    pub groups: String,
    /// Activities that reached it in the report's period.
    pub in_period: usize,
    /// Activities that reached it in the year to date.
    pub in_year: usize,
    /// Participations in the lists, experts left out, by sex.
    pub persons: BySex,
    /// Why these are not broken down by sex, where they are not.
    pub withheld: Option<Withheld>,
    /// Activities to which it gave experts.
    pub gave_experts: usize,
    /// Activities that reached it, by section of the plan (an activity can serve several).
    pub by_section: BTreeMap<u8, usize>,
}

/// All Members.
#[derive(Debug)]
pub struct MemberTable {
    /// By region, then name.
    pub rows: Vec<MemberRow>,
    /// Sections of the plan, as columns.
    pub sections: Vec<u8>,
}

impl MemberTable {
    /// How many Members were reached in the year to date.
    #[must_use]
    pub fn reached(&self) -> usize {
        self.rows.iter().filter(|row| row.in_year > 0).count()
    }

    /// Names of Members not reached in the year to date.
    #[must_use]
    pub fn not_reached(&self) -> Vec<&str> {
        self.rows.iter().filter(|row| row.in_year == 0).map(|row| row.name.as_str()).collect()
    }
}

/// An event with the Members it reached and those that gave experts to it.
struct Event {
    activity: usize,
    reached: BTreeSet<MemberCode>,
    giving: BTreeSet<MemberCode>,
    in_period: bool,
}

pub(super) fn compose(material: &Material<'_>) -> MemberTable {
    let events = events(material, material.ytd());
    let day = material.ytd().counted_to;
    let sections: Vec<u8> = material.definitions.plan.sections.iter().map(|section| section.number).collect();
    let members = material.definitions.members.all().iter().filter(|member| member.span.holds(day));
    let mut rows: Vec<MemberRow> = members.map(|member| row(material, member, &events, &sections)).collect();
    withhold(&mut rows, material.definitions.settings.presentation.least);
    MemberTable { rows, sections }
}

/// Members are parts of their region.
fn withhold(rows: &mut [MemberRow], least: u32) {
    let regions: BTreeSet<String> = rows.iter().map(|row| row.region.clone()).collect();
    for region in regions {
        let mut of_region: Vec<&mut MemberRow> = rows.iter_mut().filter(|row| row.region == region).collect();
        let sizes: Vec<u64> = of_region.iter().map(|row| row.persons.women + row.persons.men).collect();
        for (row, why) in of_region.iter_mut().zip(small::of_parts(&sizes, least)) {
            row.withheld = why;
        }
    }
}

fn events(material: &Material<'_>, line: &Line) -> Vec<Event> {
    let types = material.definitions.types.events();
    let registry = &material.definitions.members;
    let delivered = material.delivered_in(line).filter(|(_, _, activity)| types.holds(activity.of_type));
    delivered
        .map(|(at, _, activity)| {
            let list = material.list(at).unwrap_or(ListSummary::NONE);
            let member = |code: &MemberCode| registry.is_member(*code, activity.end);
            let giving = activity.expert_members.iter().copied().chain(list.giving.keys().copied());
            Event {
                activity: at,
                reached: material.measured.reached.by(at).iter().copied().collect(),
                giving: giving.filter(member).collect(),
                in_period: material.main().holds(activity.end),
            }
        })
        .collect()
}

fn row(material: &Material<'_>, member: &Member, events: &[Event], sections: &[u8]) -> MemberRow {
    let day = material.ytd().counted_to;
    let groups = material.definitions.members.groups().iter().filter(|group| group.holds(member.code, day));
    let reaching: Vec<&Event> = events.iter().filter(|event| event.reached.contains(&member.code)).collect();
    let mut persons = BySex::default();
    for event in &reaching {
        if let Some((here, _)) = material.list(event.activity).and_then(|list| list.reached.get(&member.code)) {
            persons.women += here.women;
            persons.men += here.men;
            persons.not_stated += here.not_stated;
        }
    }
    let serves = |event: &Event, section: u8| {
        material.links.all[event.activity].links.iter().any(|link| link.action.section == section)
    };
    MemberRow {
        code: member.code,
        name: member.name.clone(),
        region: member.region.clone(),
        groups: groups.map(|group| group.id.as_str()).collect::<Vec<_>>().join(", "),
        in_period: reaching.iter().filter(|event| event.in_period).count(),
        in_year: reaching.len(),
        persons,
        withheld: None,
        gave_experts: events.iter().filter(|event| event.giving.contains(&member.code)).count(),
        by_section: sections
            .iter()
            .map(|section| (*section, reaching.iter().filter(|event| serves(event, *section)).count()))
            .collect(),
    }
}
