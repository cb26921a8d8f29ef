//! Joins rows to their activities and decides, for the as-at date, where each row ends.
//!
//! Source: input contract, "For every kind"; counting rules, "Time".

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::activity::{Activity, ActivityStatus, Lost, Pointer};
use super::joined::{Horizon, OpenTopic, Records};
use super::register::{Fit, Statistic, StatusRow};
use super::rows::Rows;
use super::source::RowId;
use super::survey::Need;
use super::tally::Place;
use super::topics::{TopicRead, read_topic, references};
use super::{RecordsRead, not_ours, parts};
use crate::definitions::{Definitions, Field, Measure};
use crate::findings::{Code, Finding};
use crate::terms::ActionRef;
use crate::terms::fold::text_key;
use crate::wording::Lexicon;

/// The settling under way.
pub(super) struct Settling<'a> {
    pub(super) horizon: Horizon,
    pub(super) definitions: &'a Definitions,
    lexicon: &'a Lexicon,
    pub(super) records: Records,
    pub(super) findings: &'a mut Vec<Finding>,
    /// What was said about which activity (or unknown pointer) in which file.
    pub(super) said: BTreeSet<(String, Option<usize>, Pointer)>,
}

/// Settles what was read for a horizon.
pub fn settle(
    read: RecordsRead,
    definitions: &Definitions,
    lexicon: &Lexicon,
    horizon: Horizon,
    findings: &mut Vec<Finding>,
) -> Records {
    settle_in_parts(read, definitions, lexicon, horizon, findings, parts::part_of)
}

/// Settles as [`settle`] does, the rows of lists in parts of as many rows as `part` says of all.
#[must_use]
pub fn settle_in_parts(
    read: RecordsRead,
    definitions: &Definitions,
    lexicon: &Lexicon,
    horizon: Horizon,
    findings: &mut Vec<Finding>,
    part: fn(usize) -> usize,
) -> Records {
    let RecordsRead {
        sources,
        kinds,
        activities,
        decided,
        findings: found,
        rows: Rows { participations, pointers, follow_ups, evaluations, needs, statuses, statistics, .. },
        tally,
    } = read;
    findings.extend(found);
    let follow = |pointer: &Pointer| activities.follow(pointer);
    let targets: Vec<Result<usize, Lost>> = pointers.all.iter().map(follow).collect();
    let answered: Vec<Result<usize, Lost>> = follow_ups.iter().map(|(_, row)| follow(&row.pointer)).collect();
    let reviewed: Vec<Result<usize, Lost>> = evaluations.iter().map(|(_, row)| follow(&row.pointer)).collect();
    let delivered = |(at, (_, activity)): (usize, &(RowId, Activity))| {
        activity.status == ActivityStatus::Delivered
            && activity.end <= horizon.as_at
            && !not_ours(&decided, at, definitions)
    };
    let years = activities.kept().iter().map(|(_, activity)| activity.plan_year());
    let mut settling = Settling {
        horizon,
        definitions,
        lexicon,
        findings,
        said: BTreeSet::new(),
        records: Records {
            years: years.collect(),
            delivered: activities.kept().iter().enumerate().map(delivered).collect(),
            ids: ids(activities.kept()),
            activities: activities.kept().to_vec(),
            decided,
            attendance: Vec::new(),
            answers: Vec::new(),
            reviews: Vec::new(),
            statuses: Vec::new(),
            statistics: Vec::new(),
            needs: Vec::new(),
            open_topics: BTreeMap::new(),
            sources,
            kinds,
            tally,
        },
    };
    settling.attendance(participations, &pointers.all, &targets, part);
    settling.answers(follow_ups, &answered);
    settling.reviews(evaluations, &reviewed);
    settling.activities();
    settling.statuses(statuses);
    settling.statistics(statistics);
    settling.needs(needs);
    settling.records
}

impl Settling<'_> {
    /// Whether a person decided that an activity is not the office's.
    pub(super) fn not_ours(&self, at: usize) -> bool {
        not_ours(&self.records.decided, at, self.definitions)
    }

    pub(super) fn place(&mut self, row: RowId, place: Place) {
        self.records.tally.place(row, place);
    }

    pub(super) fn find(&mut self, code: Code, row: RowId, field: Field, value: &str, message: String, help: &str) {
        let origin = self.records.sources[row.source.index()].origin(row.row, field);
        Finding::new(code, origin, message, help).seen(value).add_to(self.findings);
    }

    fn activities(&mut self) {
        for (at, is_backed) in self.backed().into_iter().enumerate() {
            let (row, activity) = self.records.activities[at].clone();
            let place = if self.not_ours(at) {
                let message =
                    "By a person's decision the activity is not the office's; it counts in nothing.".to_owned();
                let help = "Change config/decisions.toml if that is wrong.";
                self.find(Code::ActivityNotOurs, row, Field::Title, &activity.title, message, help);
                Place::Unmapped
            } else if self.records.delivered[at] {
                self.horizon.place_of_event(activity.end)
            } else {
                Place::OutOfPeriod
            };
            self.place(row, place);
            if self.not_ours(at) {
                continue;
            }
            let late = activity.status == ActivityStatus::Delivered && activity.end > self.horizon.as_at;
            if late && self.horizon.as_at_given {
                let message = format!(
                    "Delivered, but it ends after the as-at date, {}; it is out of period.",
                    self.horizon.as_at
                );
                self.find(
                    Code::ActivityAfterAsAt,
                    row,
                    Field::End,
                    &activity.end.to_string(),
                    message,
                    "Check the end date, or report with a later as-at date.",
                );
            }
            let bare = activity.participants.is_none() && activity.experts.is_none() && !is_backed;
            if activity.status_blank && bare {
                let message = "Status is blank, and neither figures nor a list nor an evaluation stand behind the row; it counts as delivered.".to_owned();
                self.find(
                    Code::StatusAssumed,
                    row,
                    Field::Status,
                    &activity.title,
                    message,
                    "Fill in Status: delivered, planned, postponed or cancelled.",
                );
            }
        }
    }

    /// Activities behind which a participation list or an evaluation stands.
    fn backed(&self) -> Vec<bool> {
        let mut backed = vec![false; self.records.activities.len()];
        let listed = self.records.attendance.iter().map(|row| row.activity as usize);
        for activity in listed.chain(self.records.reviews.iter().map(|review| review.activity)) {
            backed[activity] = true;
        }
        backed
    }

    fn statuses(&mut self, rows: Vec<(RowId, Fit<StatusRow>)>) {
        for (row, fit) in rows {
            if !fit.fits {
                self.place(row, Place::Unmapped);
            } else if fit.record.since.is_some_and(|since| since > self.horizon.as_at) {
                self.place(row, Place::OutOfPeriod);
            } else {
                let place = fit.record.since.map_or(Place::Counted, |since| self.horizon.place_of(since));
                self.place(row, place);
                self.records.statuses.push((row, fit.record));
            }
        }
        self.standing_ties();
    }

    /// Rows of one standing and one date with different statuses: the later row holds.
    fn standing_ties(&mut self) {
        let mut first = BTreeMap::new();
        let mut ties = Vec::new();
        for (row, status) in &self.records.statuses {
            let pairs = self
                .definitions
                .kpis
                .iter()
                .any(|kpi| kpi.id == status.kpi && matches!(kpi.measure, Measure::PairsStanding { .. }));
            let mut sides = [Some(status.member), status.counterpart_member];
            if pairs {
                sides.sort_unstable();
            }
            let text = if pairs { String::new() } else { status.counterpart.clone() };
            let other = first.insert((status.kpi, sides, text, status.since), (*row, status.status));
            if let Some((earlier, _)) = other.filter(|(_, known)| *known != status.status) {
                ties.push((*row, earlier));
            }
        }
        for (row, earlier) in ties {
            let place = self.records.sources[earlier.source.index()].place(earlier.row);
            let message = format!("{place} states another status from the same date; this later row holds.");
            self.find(Code::StandingTie, row, Field::Status, "", message, "Keep one row, or correct the dates.");
        }
    }

    fn statistics(&mut self, rows: Vec<(RowId, Fit<Statistic>)>) {
        for (row, fit) in rows {
            self.records.years.insert(fit.record.period.plan_year());
            if !fit.fits {
                self.place(row, Place::Unmapped);
            } else if fit.record.period.days().1 > self.horizon.as_at {
                self.place(row, Place::OutOfPeriod);
            } else {
                self.place(row, self.horizon.place_of(fit.record.period.days().1));
                self.records.statistics.push((row, fit.record));
            }
        }
    }

    fn needs(&mut self, rows: Vec<(RowId, Need)>) {
        // Many Members name one topic in the same words.
        let mut known: HashMap<String, TopicRead> = HashMap::new();
        for (row, need) in rows {
            let read = || read_topic(&need.topic, self.definitions, self.lexicon);
            let read = known.entry(need.topic.clone()).or_insert_with(read);
            let actions = read.actions().to_vec();
            self.topic_words(row, &need.topic, &actions);
            self.topic_told(row, &need.topic, read);
            if actions.is_empty() {
                self.place(row, Place::Unmapped);
                self.open_topic(&need, read);
                self.records.needs.push((row, need, actions));
                continue;
            }
            if need.response_date.is_none() {
                let message = "The need has no date; it is dated the first day of the report's plan year.".to_owned();
                self.find(Code::NeedUndated, row, Field::ResponseDate, "", message, "Fill in the response date.");
            }
            let late = need.response_date.is_some_and(|day| day > self.horizon.as_at);
            let place = need.response_date.map_or(Place::Counted, |day| self.horizon.place_of(day));
            self.place(row, if late { Place::OutOfPeriod } else { place });
            if !late {
                self.records.needs.push((row, need, actions));
            }
        }
    }

    /// Notes a topic about which a person is to decide.
    fn open_topic(&mut self, need: &Need, read: &TopicRead) {
        let TopicRead::InDoubt(names) = read else { return };
        let fresh = || OpenTopic { words: need.topic.clone(), may_mean: names.clone(), ..OpenTopic::default() };
        let topic = self.records.open_topics.entry(text_key(&need.topic)).or_insert_with(fresh);
        topic.members.insert(need.member);
        topic.rows += 1;
    }

    /// Says how a topic was read, where it does not say so itself.
    fn topic_told(&mut self, row: RowId, topic: &str, read: &TopicRead) {
        const HELP: &str =
            "Decide in review.xlsx, or write an action reference such as 1-(q) or a topic of config/needs.toml.";
        let (code, message) = match read {
            TopicRead::Decided(actions) if actions.is_empty() => (
                Code::TopicUnmapped,
                "A person decided that the topic asks for no action of the plan; the row is unmapped.".to_owned(),
            ),
            TopicRead::Named(_) | TopicRead::Decided(_) => return,
            TopicRead::Recognised(_, name) => (Code::TopicRecognised, format!("Read as the topic {name}.")),
            TopicRead::InDoubt(names) if names.is_empty() => {
                (Code::TopicUnmapped, "The topic names no action of the plan; the row is unmapped.".to_owned())
            }
            TopicRead::InDoubt(names) => {
                let names = names.join("; ");
                (Code::TopicUnmapped, format!("The topic may mean {names}, but not surely; the row is unmapped."))
            }
        };
        self.find(code, row, Field::Topic, topic, message, HELP);
    }

    /// Says what of a topic's references names nothing, where others do.
    fn topic_words(&mut self, row: RowId, topic: &str, actions: &[ActionRef]) {
        let references = references(topic);
        let named = references.read.iter().any(|reference| actions.contains(&reference.action));
        let unknown = references.read.iter().filter(|reference| !self.definitions.plan.knows(reference));
        let strays = unknown.map(|reference| reference.text.clone()).chain(references.unread.iter().cloned());
        for stray in strays.filter(|_| named).collect::<Vec<String>>() {
            let message =
                "This part of the topic names no action of the plan; the need counts for the others.".to_owned();
            self.find(
                Code::ReferenceUnknown,
                row,
                Field::Topic,
                &stray,
                message,
                "Write references as the plan does: 1-(a), (b).",
            );
        }
    }
}

/// The ids of the activities: as stated, else assigned by their order among those without.
fn ids(activities: &[(RowId, Activity)]) -> Vec<String> {
    let mut without = 0;
    let id = |(_, activity): &(RowId, Activity)| {
        if activity.id.is_empty() {
            without += 1;
            format!("no-id-{without:03}")
        } else {
            activity.id.clone()
        }
    };
    activities.iter().map(id).collect()
}
