//! Activities: one delivered, planned, postponed or cancelled activity or output a row.

use std::collections::BTreeSet;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::row::Row;
use super::source::{RowId, Source};
use super::tally::{Place, Tally};
use crate::definitions::{ActivityTypes, Field, MemberRegistry, TypeId};
use crate::findings::{Code, Finding};
use crate::terms::fold::{fold, id_key};
use crate::terms::reference::{References, parse_references};
use crate::terms::{MemberCode, PlanYear};

/// What became of an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActivityStatus {
    /// It took place.
    Delivered,
    /// It is still to come.
    Planned,
    /// It was put off.
    Postponed,
    /// It will not take place.
    Cancelled,
}

impl ActivityStatus {
    /// The word in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Planned => "planned",
            Self::Postponed => "postponed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What a row of the log says. Two rows that say the same are equal.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// The id as stated; empty where the row has none.
    pub id: String,
    /// Title as typed.
    pub title: String,
    /// Type, where known.
    pub of_type: Option<TypeId>,
    /// Stated action references.
    pub references: References,
    /// The stated plan item, id or title, as typed; empty where none.
    pub plan_item: String,
    /// First day.
    pub start: NaiveDate,
    /// Last day: decides the period.
    pub end: NaiveDate,
    /// What became of it.
    pub status: ActivityStatus,
    /// Whether Status was blank.
    pub status_blank: bool,
    /// In person, online, hybrid; as standard word.
    pub mode: String,
    /// Where it was held.
    pub venue: String,
    /// The host as typed.
    pub host: String,
    /// The host, where it is a Member.
    pub host_member: Option<MemberCode>,
    /// Beneficiary Members as stated.
    pub members: BTreeSet<MemberCode>,
    /// Names in the column of Beneficiary Members that are no Members, as registered or as written.
    pub other_names: Vec<String>,
    /// Number of participants.
    pub participants: Option<u32>,
    /// Number of women.
    pub women: Option<u32>,
    /// Number of experts.
    pub experts: Option<u32>,
    /// Members that gave experts.
    pub expert_members: BTreeSet<MemberCode>,
    /// Partners as typed.
    pub partners: Vec<String>,
    /// Funding as typed.
    pub funding: Vec<String>,
    /// Members that stand in Funding themselves.
    pub funding_members: BTreeSet<MemberCode>,
    /// Outputs in this row.
    pub quantity: u32,
    /// Remarks as typed.
    pub remarks: String,
}

impl Activity {
    /// The plan year of the end date.
    #[must_use]
    pub fn plan_year(&self) -> PlanYear {
        PlanYear::of(self.end)
    }
}

/// Reads one row; none where it is rejected.
pub(super) fn read(row: &mut Row<'_>, registry: &MemberRegistry, types: &ActivityTypes) -> Option<Activity> {
    let title = row.text(Field::Title).map(std::borrow::Cow::into_owned);
    if title.is_none() {
        row.missing(Field::Title);
    }
    let start = row.days(Field::Start, true);
    if row.is_blank(Field::Start) {
        row.missing(Field::Start);
    }
    let end = row.days(Field::End, true);
    let status = status(row);
    let (title, start, status) = (title?, start?, status?);
    let end = end.map_or(start.last.unwrap_or(start.first), |end| end.last.unwrap_or(end.first));
    if end < start.first {
        let message = format!("The end date lies before the start date, {}; the row was rejected.", start.first);
        row.reject(Code::EndBeforeStart, Field::End, message, "Correct one of the two dates.");
    }
    if row.rejected() {
        return None;
    }
    let host = row.owned(Field::Host);
    let references = row.text(Field::Actions).map(|text| parse_references(&text, None)).unwrap_or_default();
    let (participants, women) = participants(row);
    let funding = row.list(Field::Funding);
    let (members, other_names) = row.members_and_others(Field::Members, registry, Some(end));
    Some(Activity {
        id: row.owned(Field::ActivityId),
        of_type: activity_type(row, &title, types),
        references,
        plan_item: row.owned(Field::PlanItem),
        start: start.first,
        end,
        status,
        status_blank: row.is_blank(Field::Status),
        mode: row.optional_word(Field::Mode).unwrap_or_default().to_owned(),
        venue: row.owned(Field::Venue),
        host_member: registry.find(&host),
        host,
        members,
        other_names,
        participants,
        women,
        experts: row.count(Field::Experts, 0),
        expert_members: row.members(Field::ExpertMembers, registry, Some(end)),
        partners: row.list(Field::Partners),
        funding_members: funding.iter().filter_map(|donor| registry.find(donor)).collect(),
        funding,
        quantity: row.count(Field::Quantity, 1).unwrap_or(1),
        remarks: row.owned(Field::Remarks),
        title,
    })
}

fn status(row: &mut Row<'_>) -> Option<ActivityStatus> {
    match row.word(Field::Status) {
        Ok(None | Some("delivered")) => Some(ActivityStatus::Delivered),
        Ok(Some("planned")) => Some(ActivityStatus::Planned),
        Ok(Some("postponed")) => Some(ActivityStatus::Postponed),
        Ok(Some("cancelled")) => Some(ActivityStatus::Cancelled),
        _ => {
            row.unreadable(Field::Status, true, "delivered, planned, postponed or cancelled");
            None
        }
    }
}

fn activity_type(row: &mut Row<'_>, title: &str, types: &ActivityTypes) -> Option<TypeId> {
    let stated = row.text(Field::Type).unwrap_or_default();
    if let Some(found) = types.find(&stated) {
        return Some(found);
    }
    let inferred = types.infer(title);
    match inferred {
        Some(of) => {
            let message = format!("The type was taken from the title: {}.", types.get(of).name);
            row.find(Code::TypeInferred, Field::Type, message, "Fill in Type with one of the activity types.");
        }
        None => row.find(
            Code::TypeUnknown,
            Field::Type,
            "The type is blank or unknown and the title names none; the row counts as an event, in no KPI that names a type.",
            "Fill in Type with one of the types of config/activity-types.toml.",
        ),
    }
    inferred
}

/// Participants and Women; neither where women exceed participants.
fn participants(row: &mut Row<'_>) -> (Option<u32>, Option<u32>) {
    let participants = row.count(Field::Participants, 0);
    let women = row.count(Field::Women, 0);
    match (participants, women) {
        (Some(all), Some(some)) if some > all => {
            let message = format!("{some} women of {all} participants; neither figure is used.");
            row.find(Code::WomenAboveParticipants, Field::Women, message, "Correct one of the two figures.");
            (None, None)
        }
        both => both,
    }
}

/// Activities kept, each once, with where they stand and how rows point to them.
#[derive(Debug, Default)]
pub struct ActivityIndex {
    kept: Vec<(RowId, Activity)>,
    by_id: HashMap<String, Vec<usize>>,
    by_title: HashMap<(String, NaiveDate), Vec<usize>>,
}

/// How a row of another kind points to its activity.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer {
    /// Activity ID as typed; empty where not given.
    pub id: String,
    /// Title as typed; empty where not given.
    pub title: String,
    /// Start date, where given.
    pub start: Option<NaiveDate>,
}

/// Why a pointer leads to no activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// No activity fits.
    Unknown,
    /// More than one activity fits.
    Ambiguous,
}

impl ActivityIndex {
    /// Keeps each activity once: the first of equal or contradicting rows counts.
    ///
    /// Source: input contract, "The same activity twice".
    pub(super) fn build(
        rows: Vec<(RowId, Activity)>,
        sources: &[Source],
        tally: &mut Tally,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut index = Self::default();
        for (row, activity) in rows {
            let Some(first) = index.same(&activity) else {
                let other = index.other_id(&activity);
                findings.extend(other.map(|other| two_ids(&index.kept[other], row, &activity, sources)));
                index.keep(row, activity);
                continue;
            };
            tally.place(row, Place::Duplicate);
            findings.push(index.twice(first, row, &activity, sources));
            index.alias(first, &activity);
            let kept = &mut index.kept[first].1;
            if kept.id.is_empty() {
                kept.id = activity.id;
            }
        }
        index
    }

    /// The kept activity that a row says again.
    fn same(&self, activity: &Activity) -> Option<usize> {
        let by_id = self.by_id.get(&id_key(&activity.id)).into_iter().flatten();
        let by_id = by_id.copied().find(|at| self.kept[*at].1.plan_year() == activity.plan_year());
        by_id.or_else(|| self.twins(activity).find(|at| self.kept[*at].1.id.is_empty() || activity.id.is_empty()))
    }

    /// A kept activity with another id and the same title, start date and Members.
    fn other_id(&self, activity: &Activity) -> Option<usize> {
        self.twins(activity).next()
    }

    fn twins(&self, activity: &Activity) -> impl Iterator<Item = usize> {
        let key = (fold(&activity.title), activity.start);
        let candidates = self.by_title.get(&key).into_iter().flatten().copied();
        candidates.filter(|at| self.kept[*at].1.members == activity.members)
    }

    fn keep(&mut self, row: RowId, activity: Activity) {
        let at = self.kept.len();
        self.by_title.entry((fold(&activity.title), activity.start)).or_default().push(at);
        self.alias(at, &activity);
        self.kept.push((row, activity));
    }

    /// Lets an id point to a kept activity.
    fn alias(&mut self, at: usize, activity: &Activity) {
        if !activity.id.is_empty() {
            let ids = self.by_id.entry(id_key(&activity.id)).or_default();
            if !ids.contains(&at) {
                ids.push(at);
            }
        }
    }

    fn twice(&self, first: usize, row: RowId, activity: &Activity, sources: &[Source]) -> Finding {
        let (first_row, kept) = &self.kept[first];
        let place = sources[row.source.index()].origin(row.row, Field::ActivityId);
        let other = sources[first_row.source.index()].place(first_row.row);
        let equal = {
            let mut same = activity.clone();
            same.id.clone_from(&kept.id);
            same == *kept
        };
        let finding = if equal {
            Finding::new(
                Code::DuplicateRow,
                place,
                format!("Equal to {other}; counted once."),
                "Delete one of the two rows.",
            )
        } else {
            let message = format!(
                "The same activity as {other}, with other content ({}); the first row counts.",
                differences(kept, activity)
            );
            Finding::new(
                Code::RowsContradict,
                place,
                message,
                "Correct the rows, or give the second activity another id.",
            )
        };
        finding.seen(if activity.id.is_empty() { &activity.title } else { &activity.id })
    }

    /// The kept activities with their rows, in file order.
    #[must_use]
    pub fn kept(&self) -> &[(RowId, Activity)] {
        &self.kept
    }

    /// Follows a pointer.
    ///
    /// # Errors
    /// No activity, or more than one, fits.
    pub fn follow(&self, pointer: &Pointer) -> Result<usize, Lost> {
        let title = fold(&pointer.title);
        let candidates: &[usize] = if pointer.id.is_empty() {
            pointer.start.and_then(|start| self.by_title.get(&(title.clone(), start))).map_or(&[], Vec::as_slice)
        } else {
            self.by_id.get(&id_key(&pointer.id)).map_or(&[], Vec::as_slice)
        };
        match candidates {
            [] => Err(Lost::Unknown),
            [one] => Ok(*one),
            several => {
                let fits = |at: &&usize| {
                    let activity = &self.kept[**at].1;
                    (title.is_empty() || fold(&activity.title) == title)
                        && pointer.start.is_none_or(|start| activity.start == start)
                };
                let fitting: Vec<&usize> = several.iter().filter(fits).collect();
                if let [one] = fitting.as_slice() { Ok(**one) } else { Err(Lost::Ambiguous) }
            }
        }
    }
}

fn two_ids(first: &(RowId, Activity), row: RowId, activity: &Activity, sources: &[Source]) -> Finding {
    let message = format!(
        "Title, start date and Members are those of {} ({}); both count.",
        first.1.id,
        sources[first.0.source.index()].place(first.0.row)
    );
    let place = sources[row.source.index()].origin(row.row, Field::ActivityId);
    Finding::new(Code::SameActivityTwoIds, place, message, "If it is one activity, delete one of the two rows.")
        .seen(&activity.id)
}

/// The fields in which two rows differ, by their names.
fn differences(a: &Activity, b: &Activity) -> String {
    let fields = [
        ("title", a.title != b.title),
        ("type", a.of_type != b.of_type),
        ("actions", a.references != b.references),
        ("plan item", a.plan_item != b.plan_item),
        ("start date", a.start != b.start),
        ("end date", a.end != b.end),
        ("status", a.status != b.status),
        ("host", a.host != b.host),
        ("Members", a.members != b.members || a.other_names != b.other_names),
        ("participants", a.participants != b.participants),
        ("women", a.women != b.women),
        ("experts", a.experts != b.experts),
        ("Expert Members", a.expert_members != b.expert_members),
        ("partners", a.partners != b.partners),
        ("funding", a.funding != b.funding),
        ("quantity", a.quantity != b.quantity),
    ];
    let named: Vec<&str> = fields.iter().filter(|(_, differs)| *differs).map(|(name, _)| *name).collect();
    if named.is_empty() { "mode, venue or remarks".to_owned() } else { named.join(", ") }
}
