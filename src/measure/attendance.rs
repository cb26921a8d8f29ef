//! Participation lists summed up per activity, in one pass of polars over the columns.

use std::collections::{BTreeMap, HashMap};

use polars::prelude::*;

use crate::records::{Attendance, Sex};
use crate::terms::MemberCode;

/// Persons by sex.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BySex {
    /// Women.
    pub women: u64,
    /// Men.
    pub men: u64,
    /// Sex blank or other: not stated.
    pub not_stated: u64,
}

impl BySex {
    /// All persons.
    #[must_use]
    pub fn all(self) -> u64 {
        self.women + self.men + self.not_stated
    }
}

/// What the participation list of one activity says.
#[derive(Debug, Clone, Default)]
pub struct ListSummary {
    /// Persons in every role, non-Members too.
    pub persons: BySex,
    /// Whether at least one row states a sex.
    pub sex_stated: bool,
    /// Rows that give women.
    pub women_rows: u64,
    /// Experts, and the rows that give them.
    pub experts: u64,
    /// Rows with role expert.
    pub expert_rows: u64,
    /// Members that took part in a role other than expert: their persons and rows.
    pub reached: BTreeMap<MemberCode, (BySex, u64)>,
    /// Members that gave experts: rows.
    pub giving: BTreeMap<MemberCode, u64>,
}

/// What the lists say, by activity.
pub type Lists = HashMap<usize, ListSummary>;

impl ListSummary {
    /// The list of an activity that has none.
    pub const NONE: &'static Self = &Self {
        persons: BySex { women: 0, men: 0, not_stated: 0 },
        sex_stated: false,
        women_rows: 0,
        experts: 0,
        expert_rows: 0,
        reached: BTreeMap::new(),
        giving: BTreeMap::new(),
    };
}

/// Sums the lists per activity.
pub(super) fn summarise(attendance: &[Attendance]) -> PolarsResult<Lists> {
    let column = |name: &str, of: fn(&Attendance) -> u32| {
        Column::new(name.into(), attendance.iter().map(of).collect::<Vec<u32>>())
    };
    let frame = DataFrame::new(
        attendance.len(),
        vec![
            column("activity", |row| row.activity),
            column("member", |row| row.row.member.map_or(0, MemberCode::index)),
            column("sex", |row| row.row.sex as u32),
            column("expert", |row| u32::from(row.expert())),
            column("count", |row| row.row.count),
        ],
    )?;
    let grouped = frame
        .lazy()
        .group_by([col("activity"), col("member"), col("sex"), col("expert")])
        .agg([col("count").cast(DataType::UInt64).sum().alias("persons"), len().cast(DataType::UInt64).alias("rows")])
        .collect()?;
    let [activity, member, sex, expert] = ["activity", "member", "sex", "expert"].map(|name| numbers(&grouped, name));
    let (activity, member, sex, expert) = (activity?, member?, sex?, expert?);
    let persons = grouped.column("persons")?.u64()?.clone();
    let rows = grouped.column("rows")?.u64()?.clone();
    let mut lists: Lists = HashMap::new();
    for (at, activity) in activity.into_iter().enumerate() {
        let group = Group {
            member: MemberCode::from_index(member[at]),
            sex: sex[at],
            expert: expert[at] == 1,
            persons: persons.get(at).unwrap_or(0),
            rows: rows.get(at).unwrap_or(0),
        };
        group.add_to(lists.entry(activity as usize).or_default());
    }
    Ok(lists)
}

struct Group {
    member: Option<MemberCode>,
    sex: u32,
    expert: bool,
    persons: u64,
    rows: u64,
}

impl Group {
    fn add_to(&self, list: &mut ListSummary) {
        add(&mut list.persons, self.sex, self.persons);
        list.sex_stated |= self.sex != Sex::Blank as u32;
        if self.sex == Sex::Woman as u32 {
            list.women_rows += self.rows;
        }
        if self.expert {
            list.experts += self.persons;
            list.expert_rows += self.rows;
        }
        let Some(member) = self.member.filter(|_| self.persons > 0) else { return };
        if self.expert {
            *list.giving.entry(member).or_default() += self.rows;
        } else {
            let (persons, rows) = list.reached.entry(member).or_default();
            add(persons, self.sex, self.persons);
            *rows += self.rows;
        }
    }
}

fn add(to: &mut BySex, sex: u32, persons: u64) {
    if sex == Sex::Woman as u32 {
        to.women += persons;
    } else if sex == Sex::Man as u32 {
        to.men += persons;
    } else {
        to.not_stated += persons;
    }
}

/// A column of numbers without gaps.
pub(super) fn numbers(frame: &DataFrame, name: &str) -> PolarsResult<Vec<u32>> {
    Ok(frame.column(name)?.u32()?.into_no_null_iter().collect())
}
