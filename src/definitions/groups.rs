//! Groups of Members: who belongs to them when, and under which names they stand in lists.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::members::Member;
use super::raw::{Span, optional_date};
use crate::terms::MemberCode;
use crate::terms::fold::fold;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGroup {
    id: String,
    name: String,
    #[serde(default)]
    spellings: Vec<String>,
    members: Vec<RawGroupMember>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroupMember {
    iso2: MemberCode,
    #[serde(default, deserialize_with = "optional_date")]
    from: Option<NaiveDate>,
    #[serde(default, deserialize_with = "optional_date")]
    to: Option<NaiveDate>,
}

/// A group of Members, each with its days in the group.
#[derive(Debug, Clone)]
pub struct Group {
    /// Short name: SIE, ASEAN, …
    pub id: String,
    /// Name used in reports.
    pub name: String,
    members: Vec<(MemberCode, Span)>,
}

impl Group {
    /// Whether a Member belongs to the group on a day.
    #[must_use]
    pub fn holds(&self, member: MemberCode, day: NaiveDate) -> bool {
        self.members.iter().any(|(code, span)| *code == member && span.holds(day))
    }

    /// The Members of the group on a day.
    pub fn on(&self, day: NaiveDate) -> impl Iterator<Item = MemberCode> {
        self.members.iter().filter(move |(_, span)| span.holds(day)).map(|(code, _)| *code)
    }
}

/// All groups, and their names.
#[derive(Debug, Default)]
pub(super) struct Groups {
    all: Vec<Group>,
    /// By spelling, without "all" and "Members" around it.
    by_name: HashMap<String, usize>,
}

impl Groups {
    /// Adds a group under its id, its name and its spellings.
    pub(super) fn add(&mut self, raw: RawGroup, members: &[Member]) -> Result<(), String> {
        let known = |code: MemberCode| members.iter().any(|member| member.code == code);
        if let Some(stranger) = raw.members.iter().find(|member| !known(member.iso2)) {
            return Err(format!("group {}: {} is no Member", raw.id, stranger.iso2));
        }
        let next = self.all.len();
        for spelling in raw.spellings.iter().chain([&raw.id, &raw.name]) {
            if self.by_name.insert(bare(spelling), next).is_some_and(|other| other != next) {
                return Err(format!("the spelling \"{spelling}\" is given to two groups"));
            }
        }
        let members = raw.members.iter().map(|m| (m.iso2, Span { from: m.from, to: m.to })).collect();
        self.all.push(Group { id: raw.id, name: raw.name, members });
        Ok(())
    }

    /// The groups, in the order of the registry.
    pub(super) fn all(&self) -> &[Group] {
        &self.all
    }

    /// The group that a text names.
    pub(super) fn named(&self, text: &str) -> Option<&Group> {
        self.by_name.get(&bare(text)).map(|at| &self.all[*at])
    }
}

/// The name of a group without the words around it: "all ASEAN Members" is "asean".
fn bare(text: &str) -> String {
    const AROUND: [&str; 8] = ["all", "the", "of", "member", "members", "countries", "states", "economies"];
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !AROUND.contains(word)).collect();
    if words.is_empty() { folded } else { words.join(" ") }
}
