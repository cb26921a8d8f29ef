//! Participation lists summed up per activity, in two passes over their rows.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;

use crate::cores;
use crate::records::{Attendance, ByActivity, Records, Sex};
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

/// Activities whose lists are summed by one core at a time.
const SHARE: usize = 256;

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

/// The rows of the lists, by activity, in file order.
pub(super) struct ListRows<'a> {
    records: &'a Records,
    places: ByActivity,
}

impl<'a> ListRows<'a> {
    pub(super) fn of(records: &'a Records) -> Self {
        let places = ByActivity::of(&records.attendance, records.activities.len(), |_| true);
        Self { records, places }
    }

    /// Those of an activity, by its index.
    pub(super) fn by(&self, activity: usize) -> impl ExactSizeIterator<Item = &'a Attendance> {
        self.places.rows(activity).iter().map(|at| &self.records.attendance[*at as usize])
    }

    /// Sums the lists per activity.
    pub(super) fn summed(&self) -> Lists {
        let activities = self.records.activities.len();
        let shares = cores::each(activities.div_ceil(SHARE), |share| {
            let share = SHARE * share..activities.min(SHARE * (share + 1));
            let mut groups = Groups::default();
            let listed = share.filter(|activity| self.by(*activity).len() > 0);
            listed.map(|activity| (activity, self.summary(activity, &mut groups))).collect::<Vec<_>>()
        });
        shares.into_iter().flatten().collect()
    }

    /// What the list of an activity says. The groups are empty before and after.
    fn summary(&self, activity: usize, groups: &mut Groups) -> ListSummary {
        for row in self.by(activity) {
            let (persons, rows) = groups.entry(Group::of(row)).or_default();
            *persons += u64::from(row.row.count);
            *rows += 1;
        }
        let mut list = ListSummary::default();
        for (group, (persons, rows)) in groups.drain() {
            Group::from(group, persons, rows).add_to(&mut list);
        }
        list
    }
}

/// Persons and rows by group.
type Groups = HashMap<u32, (u64, u64), FixedState>;

/// Rows of one Member, sex and role.
struct Group {
    member: Option<MemberCode>,
    sex: u32,
    expert: bool,
    persons: u64,
    rows: u64,
}

impl Group {
    /// The number of the group of a row: Member, sex, expert.
    fn of(row: &Attendance) -> u32 {
        let member = row.row.member.map_or(0, MemberCode::index);
        member << 8 | u32::from(row.row.sex as u8) << 1 | u32::from(row.expert())
    }

    /// The group of a number.
    fn from(number: u32, persons: u64, rows: u64) -> Self {
        let member = MemberCode::from_index(number >> 8);
        Self { member, sex: (number >> 1) & 0x7f, expert: number & 1 == 1, persons, rows }
    }

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
