//! Activities about which a person is asked, with the planned items that they may deliver.

use chrono::NaiveDate;

use super::Material;
use super::plan::names;
use crate::mapping::{Candidate, Mapped};
use crate::records::OpenTopic;
use crate::terms::fold::tidy;

/// A planned item that an activity may deliver.
#[derive(Debug, Clone)]
pub struct ReviewCandidate {
    /// `A055`.
    pub item: String,
    /// The plan's title.
    pub title: String,
    /// How well it fits: `0.75`.
    pub score: String,
    /// What speaks for it and against it.
    pub reasons: String,
}

/// An activity in doubt.
#[derive(Debug, Clone)]
pub struct ReviewRow {
    /// The Activity ID; empty where the row has none.
    pub id: String,
    /// Title as typed.
    pub title: String,
    /// Type, in words.
    pub of_type: String,
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
    /// Beneficiary Members.
    pub members: String,
    /// At most three, best first.
    pub candidates: Vec<ReviewCandidate>,
    /// File, sheet and row.
    pub place: String,
}

/// A topic of needs in doubt.
#[derive(Debug, Clone)]
pub struct TopicRow {
    /// As typed.
    pub topic: String,
    /// Members that named it.
    pub members: String,
    /// Rows that name it.
    pub rows: usize,
    /// Configured topics that may be meant, best first.
    pub may_mean: Vec<String>,
}

/// All activities and topics in doubt.
#[derive(Debug)]
pub struct ReviewList {
    /// In file order.
    pub rows: Vec<ReviewRow>,
    /// The plan year whose items are meant.
    pub plan: String,
    /// Every planned item, id and title.
    pub items: Vec<(String, String)>,
    /// Topics of needs that name no action.
    pub topics: Vec<TopicRow>,
    /// Every configured topic.
    pub known_topics: Vec<String>,
}

pub(super) fn compose(material: &Material<'_>) -> ReviewList {
    let plan = &material.definitions.plan;
    ReviewList {
        rows: material.links.in_doubt(material.records).map(|mapped| row(material, mapped)).collect(),
        plan: plan.year.to_string(),
        items: plan.items().iter().map(|item| (item.id.clone(), item.title.clone())).collect(),
        topics: material.records.open_topics.values().map(|topic| topic_row(material, topic)).collect(),
        known_topics: material.definitions.need_topics.iter().map(|topic| topic.name.clone()).collect(),
    }
}

fn row(material: &Material<'_>, mapped: &Mapped) -> ReviewRow {
    let (row, activity) = &material.records.activities[mapped.activity];
    let types = &material.definitions.types;
    ReviewRow {
        id: activity.id.clone(),
        title: tidy(&activity.title),
        of_type: activity.of_type.map(|of| types.get(of).name.clone()).unwrap_or_default(),
        start: activity.start,
        end: activity.end,
        members: names(material, &mapped.members),
        candidates: mapped.asked.iter().map(|found| candidate(material, found)).collect(),
        place: material.records.sources[row.source.index()].place(row.row),
    }
}

fn topic_row(material: &Material<'_>, topic: &OpenTopic) -> TopicRow {
    TopicRow {
        topic: tidy(&topic.words),
        members: names(material, &topic.members),
        rows: topic.rows,
        may_mean: topic.may_mean.clone(),
    }
}

pub(super) fn candidate(material: &Material<'_>, found: &Candidate) -> ReviewCandidate {
    let item = material.definitions.plan.item(found.item);
    ReviewCandidate { item: item.id.clone(), title: item.title.clone(), score: found.shown(), reasons: found.reasons() }
}
