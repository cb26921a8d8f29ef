//! Participants by workshop: the Members' persons in each event that has a participation list.

use chrono::NaiveDate;

use super::Material;
use crate::terms::MemberCode;
use crate::terms::fold::tidy;

/// One event with a list.
#[derive(Debug, Clone)]
pub struct WorkshopRow {
    /// Activity id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Last day.
    pub end: NaiveDate,
    /// Persons in every role.
    pub all: u64,
    /// Persons a Member, experts left out, as [`Workshops::members`]; none: nobody.
    pub members: Vec<Option<u64>>,
    /// Experts, of whatever Member.
    pub experts: u64,
    /// Persons of no Member on the report's last day, experts left out.
    pub others: u64,
}

/// Members x events.
#[derive(Debug)]
pub struct Workshops {
    /// The Members on the report's last day: code and name, by name.
    pub members: Vec<(MemberCode, String)>,
    /// By end date, then id.
    pub rows: Vec<WorkshopRow>,
    /// Delivered activities, with a list or not.
    pub delivered: usize,
}

pub(super) fn compose(material: &Material<'_>) -> Workshops {
    let day = material.ytd().counted_to;
    let all = material.definitions.members.all().iter().filter(|member| member.span.holds(day));
    let mut members: Vec<(MemberCode, String)> = all.map(|member| (member.code, member.name.clone())).collect();
    members.sort_by(|a, b| a.1.cmp(&b.1));
    let mut rows = Vec::new();
    let mut delivered = 0;
    for (at, _, activity) in material.delivered_in(material.ytd()) {
        delivered += 1;
        let Some(list) = material.list(at) else { continue };
        let of = |code| list.reached.get(&code).map(|(persons, _)| persons.all());
        let of_members: Vec<Option<u64>> = members.iter().map(|(code, _)| of(*code)).collect();
        let reached: u64 = of_members.iter().flatten().sum();
        rows.push(WorkshopRow {
            id: material.records.ids[at].clone(),
            title: tidy(&activity.title),
            end: activity.end,
            all: list.persons.all(),
            members: of_members,
            experts: list.experts,
            others: list.persons.all().saturating_sub(reached + list.experts),
        });
    }
    rows.sort_by(|a, b| (a.end, &a.id).cmp(&(b.end, &b.id)));
    Workshops { members, rows, delivered }
}
