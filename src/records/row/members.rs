//! Reading cells that name Members.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Row;
use crate::definitions::{Field, MemberRegistry};
use crate::findings::Code;
use crate::terms::MemberCode;

impl Row<'_> {
    /// The Members that a cell lists, with findings for non-Members, unknown and ambiguous names. A group's
    /// name stands for its Members on `day`, where there is one.
    pub(in crate::records) fn members(
        &mut self,
        field: Field,
        registry: &MemberRegistry,
        day: Option<NaiveDate>,
    ) -> BTreeSet<MemberCode> {
        self.members_and_others(field, registry, day).0
    }

    /// The Members that a cell lists, as [`Row::members`] does, and the other names in it.
    pub(in crate::records) fn members_and_others(
        &mut self,
        field: Field,
        registry: &MemberRegistry,
        day: Option<NaiveDate>,
    ) -> (BTreeSet<MemberCode>, Vec<String>) {
        let Some(text) = self.text(field) else { return (BTreeSet::new(), Vec::new()) };
        let list = match day {
            Some(day) => registry.read_list_on(&text, day),
            None => registry.read_list(&text),
        };
        for (written, members) in &list.groups {
            let names: Vec<&str> = members.iter().map(|member| registry.name(*member)).collect();
            let on = day.map(|day| format!(" on {day}")).unwrap_or_default();
            let message = format!("A group; its {} Members{on} were read: {}.", members.len(), names.join(", "));
            self.find_value(
                Code::GroupExpanded,
                field,
                written,
                message,
                "Name the Members if not all of them are meant.",
            );
        }
        for name in &list.non_members {
            self.find_value(
                Code::NonMember,
                field,
                name,
                format!("{name} is not a Member of the region; it counts in participants only."),
                "Nothing to do.",
            );
        }
        for name in &list.unknown {
            let near =
                registry.nearest(name).map(|near| format!(" The nearest known name is {near}.")).unwrap_or_default();
            self.find_value(
                Code::UnknownMember,
                field,
                name,
                format!("This is no Member and no known non-Member; the row counts without it.{near}"),
                "Correct the spelling, or add it to config/members.toml.",
            );
        }
        for (name, other) in &list.ambiguous {
            self.find_value(
                Code::MemberAmbiguous,
                field,
                name,
                format!("Read as one Member; {other} may be meant besides."),
                "Separate Members by semicolons.",
            );
        }
        let others = list.non_members.into_iter().chain(list.unknown).collect();
        (list.members.into_iter().collect(), others)
    }

    /// The one Member that a required cell names.
    pub(in crate::records) fn member(&mut self, field: Field, registry: &MemberRegistry) -> Option<MemberCode> {
        let Some(text) = self.text(field) else {
            self.missing(field);
            return None;
        };
        let member = registry.find(&text);
        if member.is_none() {
            let near =
                registry.nearest(&text).map(|near| format!(" The nearest known name is {near}.")).unwrap_or_default();
            self.reject(
                Code::MemberUnreadable,
                field,
                format!("One Member was expected; the row was rejected.{near}"),
                "Correct the name, or add the spelling to config/members.toml.",
            );
        }
        member
    }
}
