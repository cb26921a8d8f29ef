//! The region as a map of tiles: one a Member, with the events that reached it.

use super::words::listed;
use super::{ChartText, foot};
use crate::report::Material;
use crate::report::members::MemberTable;
use crate::terms::figure::counted;

/// A Member's tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapTile {
    /// ISO code.
    pub code: String,
    /// Events that reached the Member in the year to date.
    pub count: usize,
    /// Column from the west and row from the north; none for a Member without a place on the map.
    pub place: Option<(usize, usize)>,
}

/// The map.
#[derive(Debug, Clone)]
pub struct MemberMap {
    /// The words.
    pub text: ChartText,
    /// Columns of the map.
    pub columns: usize,
    /// Rows of the map.
    pub rows: usize,
    /// One tile a Member, in the order of the table of Members.
    pub tiles: Vec<MapTile>,
    /// The Members not reached, in a sentence; empty where all were.
    pub not_reached: String,
}

/// The most Members that a title names.
const NAMED: usize = 2;

pub(super) fn compose(material: &Material<'_>, members: &MemberTable) -> MemberMap {
    let map = &material.definitions.charts.map;
    let tile =
        |code: crate::terms::MemberCode, count| MapTile { code: code.to_string(), count, place: map.place(code) };
    let (missing, reached) = (members.not_reached(), members.reached());
    let words: Vec<String> =
        members.rows.iter().map(|row| format!("{} ({}) {}", row.name, row.code, row.in_year)).collect();
    MemberMap {
        text: ChartText {
            slug: "member-map",
            title: title(members),
            subtitle: "Events in which a Member was host, beneficiary or participant, number, by ISO code".to_owned(),
            foot: foot(material, " Tiles stand about where the Members lie; their size says nothing."),
            description: words.join(", "),
        },
        columns: map.columns(),
        rows: map.rows(),
        tiles: members.rows.iter().map(|row| tile(row.code, row.in_year)).collect(),
        not_reached: match missing.as_slice() {
            [] => String::new(),
            _ if reached == 0 => String::new(),
            missing => format!("Not reached: {}.", listed(missing)),
        },
    }
}

/// Who was reached most often, where no more than two share that place.
fn title(members: &MemberTable) -> String {
    let most = members.rows.iter().map(|row| row.in_year).max().unwrap_or(0);
    let all = members.rows.len();
    if most == 0 {
        return format!("None of {all} Members was reached by an event in the year to date");
    }
    let first: Vec<&str> = members.rows.iter().filter(|row| row.in_year == most).map(|row| row.name.as_str()).collect();
    let often = if first.len() > NAMED || members.reached() <= NAMED {
        String::new()
    } else {
        let each = if first.len() > 1 { " each" } else { "" };
        format!(", {} most often ({}{each})", listed(&first), counted(most, "event", "events"))
    };
    if members.reached() == all {
        format!("All {all} Members were reached{often}")
    } else {
        let were = if members.reached() == 1 { "was" } else { "were" };
        format!("{} of {all} Members {were} reached{often}", members.reached())
    }
}
