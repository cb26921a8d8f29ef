//! A page for each Member: what it asked, what it got, what it reported.

use chrono::NaiveDate;

use super::{AskedRow, NeedRow};
use crate::report::Material;

/// One Member.
#[derive(Debug, Clone)]
pub struct MemberPage {
    /// Its name.
    pub name: String,
    /// Its groups on the day, by name.
    pub groups: String,
    /// Its needs, current ones first.
    pub needs: Vec<NeedRow>,
    /// The events that reached it, with its answers.
    pub events: Vec<AskedRow>,
}

pub(super) fn compose(
    material: &Material<'_>,
    rows: &[NeedRow],
    asked: &[AskedRow],
    day: NaiveDate,
) -> Vec<MemberPage> {
    let registry = &material.definitions.members;
    let page = |code| {
        let mut needs: Vec<NeedRow> = rows.iter().filter(|row| row.member == code).cloned().collect();
        needs.sort_by_key(|row| (!row.current, std::cmp::Reverse(row.priority), row.action));
        let groups = registry.groups().iter().filter(|group| group.holds(code, day)).map(|group| group.name.as_str());
        MemberPage {
            name: registry.name(code).to_owned(),
            groups: groups.collect::<Vec<_>>().join(", "),
            needs,
            events: asked.iter().filter(|row| row.member == code).cloned().collect(),
        }
    };
    let members = registry.all().iter().map(|member| member.code);
    members.filter(|code| registry.is_member(*code, day)).map(page).collect()
}
