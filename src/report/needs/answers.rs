//! The answers of Members, with what they say in words.

use chrono::NaiveDate;

use super::asked::Said;
use crate::definitions::Field;
use crate::measure::follow_up::newest;
use crate::report::Material;
use crate::terms::MemberCode;
use crate::terms::fold::tidy;

/// One answer.
#[derive(Debug, Clone)]
pub struct AnswerRow {
    /// The Member.
    pub member: MemberCode,
    /// Its name.
    pub member_name: String,
    /// The activity's id.
    pub activity: String,
    /// Its title.
    pub title: String,
    /// The figures.
    pub said: Said,
    /// How many persons answered for the Member.
    pub responses: Option<u32>,
    /// What it says in words.
    pub told: Vec<(Field, String)>,
    /// File, sheet and row.
    pub place: String,
}

impl AnswerRow {
    /// What it says in a field; empty where nothing.
    #[must_use]
    pub fn words(&self, field: Field) -> &str {
        self.told.iter().find(|(of, _)| *of == field).map_or("", |(_, words)| words)
    }
}

/// The newest answer of each Member about each activity.
#[derive(Debug, Default)]
pub struct AnswerTable {
    /// By Member, newest first.
    pub rows: Vec<AnswerRow>,
}

pub(super) fn compose(material: &Material<'_>, day: NaiveDate) -> AnswerTable {
    let (records, registry) = (material.records, &material.definitions.members);
    let row = |at: usize| {
        let answer = &records.answers[at];
        AnswerRow {
            member: answer.answer.member,
            member_name: registry.name(answer.answer.member).to_owned(),
            activity: records.ids[answer.activity].clone(),
            title: tidy(&records.activities[answer.activity].1.title),
            said: Said::of(&answer.answer),
            responses: answer.answer.responses,
            told: answer.answer.told.clone(),
            place: records.sources[answer.row.source.index()].place(answer.row.row),
        }
    };
    let mut places: Vec<usize> = newest(records, day).into_values().collect();
    places.sort_unstable();
    let mut rows: Vec<AnswerRow> = places.into_iter().map(row).collect();
    rows.sort_by(|a, b| {
        let order = |row: &AnswerRow| std::cmp::Reverse(row.said.on);
        (&a.member_name, order(a), &a.activity).cmp(&(&b.member_name, order(b), &b.activity))
    });
    AnswerTable { rows }
}
