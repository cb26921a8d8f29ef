//! Delivered activities of the plan year to date (and of the free period), each once.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Material;
use super::plan::{join, names};
use crate::measure::rules::{experts, women};
use crate::measure::{BySex, ListSummary};
use crate::records::Activity;
use crate::terms::PlanYear;
use crate::terms::fold::tidy;

/// One delivered activity.
#[derive(Debug, Clone)]
pub struct ActivityRow {
    /// Activity id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Type, in words; empty where unknown.
    pub of_type: String,
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
    /// `Q1` … of the end date.
    pub quarter: String,
    /// Venue as typed.
    pub venue: String,
    /// Host as typed.
    pub host: String,
    /// Beneficiary Members, by name.
    pub members: String,
    /// Participants: of the list where there is one, else of the log.
    pub participants: Option<u64>,
    /// Women, by the rule of 3-(e).1.
    pub women: Option<u64>,
    /// Experts, by the rule of 3-(b).1.
    pub experts: Option<u64>,
    /// Funding, one spelling for each donor.
    pub funding: String,
    /// Partners, one spelling for each.
    pub partners: String,
    /// Actions served.
    pub actions: String,
    /// How many actions it serves.
    pub action_count: usize,
    /// Why it serves them.
    pub basis: &'static str,
    /// The planned item it delivers.
    pub item: String,
    /// File, sheet and row.
    pub place: String,
}

/// The delivered activities.
#[derive(Debug)]
pub struct ActivityList {
    /// By end date, then id.
    pub rows: Vec<ActivityRow>,
    /// First day shown.
    pub from: NaiveDate,
    /// Last day shown.
    pub to: NaiveDate,
}

pub(super) fn compose(material: &Material<'_>) -> ActivityList {
    let lines = material.measured.scorecard.lines.iter().filter(|line| !line.previous);
    let from = lines.clone().map(|line| line.from).min().expect("a report has a year to date");
    let to = lines.map(|line| line.counted_to).max().expect("a report has a year to date");
    let span = crate::terms::Line { id: String::new(), from, to, counted_to: to, due: true, previous: false };
    let mut rows: Vec<ActivityRow> = material.delivered_in(&span).map(|(at, ..)| row(material, at)).collect();
    rows.sort_by(|a, b| (a.end, &a.id).cmp(&(b.end, &b.id)));
    ActivityList { rows, from, to }
}

fn row(material: &Material<'_>, at: usize) -> ActivityRow {
    let (row, activity) = &material.records.activities[at];
    let mapped = &material.links.all[at];
    let list = material.list(at).unwrap_or(ListSummary::NONE);
    let definitions = material.definitions;
    let spelled = |texts: &[String]| {
        let names: BTreeSet<String> = texts.iter().map(|text| definitions.partners.report_name(text)).collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    };
    ActivityRow {
        id: material.records.ids[at].clone(),
        title: tidy(&activity.title),
        of_type: activity.of_type.map(|of| definitions.types.get(of).name.clone()).unwrap_or_default(),
        start: activity.start,
        end: activity.end,
        quarter: format!("Q{}", PlanYear::quarter_of(activity.end)),
        venue: tidy(&activity.venue),
        host: tidy(&activity.host),
        members: names(material, &mapped.members),
        participants: participants(activity, list),
        women: women(activity, list).figure,
        experts: experts(activity, list).figure,
        funding: spelled(&activity.funding),
        partners: spelled(&activity.partners),
        actions: join(mapped.links.iter().map(|link| link.action)),
        action_count: mapped.links.len(),
        basis: mapped.basis.map_or("none", crate::mapping::Basis::as_str),
        item: definitions.plan.item_ids_of(&mapped.items),
        place: material.records.sources[row.source.index()].place(row.row),
    }
}

/// Participants of an activity: persons of its list, else of the log.
pub(super) fn participants(activity: &Activity, list: &ListSummary) -> Option<u64> {
    if list.persons == BySex::default() { activity.participants.map(u64::from) } else { Some(list.persons.all()) }
}
