//! Joins rows to their activities and decides, for the as-at date, where each row ends.
//!
//! Source: input contract, "For every kind"; counting rules, "Time".

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::RecordsRead;
use super::activity::{Activity, ActivityStatus, Lost, Pointer};
use super::participation::{Participation, Role, Sex};
use super::register::{Statistic, StatusRow};
use super::source::{RowId, Source};
use super::survey::{Evaluation, FollowUp, Need};
use super::tally::{Place, Tally};
use crate::definitions::{Definitions, Field, Kind, Measure};
use crate::findings::{Code, Finding};
use crate::terms::ActionRef;
use crate::terms::fold::fold;
use crate::terms::reference::parse_references;

/// The days that a report can see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// Nothing that ended before this day is in any period of the report.
    pub earliest: NaiveDate,
    /// Nothing dated after this day counts.
    pub as_at: NaiveDate,
    /// Whether the as-at date was asked for, and not taken from the report's end.
    pub as_at_given: bool,
}

/// A row of a participation list, joined: activity is an index into [`Records::activities`].
#[derive(Debug, Clone, Copy)]
pub struct Attendance {
    /// The activity.
    pub activity: u32,
    /// What the row says; the person's roles are settled.
    pub row: Participation,
}

/// A follow-up answer, joined.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Where it stands.
    pub row: RowId,
    /// The activity.
    pub activity: usize,
    /// What it says.
    pub answer: FollowUp,
    /// Whether it is the newest of its Member about its activity.
    pub newest: bool,
}

/// An evaluation, joined.
#[derive(Debug, Clone)]
pub struct Review {
    /// Where it stands.
    pub row: RowId,
    /// The activity.
    pub activity: usize,
    /// What it says.
    pub evaluation: Evaluation,
}

/// Everything that counts by the as-at date, joined to the activities.
#[derive(Debug)]
pub struct Records {
    /// The sheets read.
    pub sources: Vec<Source>,
    /// Kinds of which a sheet was read.
    pub kinds: BTreeSet<Kind>,
    /// Activities of every status, each once, in file order.
    pub activities: Vec<(RowId, Activity)>,
    /// The id of each activity: the Activity ID, or one assigned.
    pub ids: Vec<String>,
    /// Whether each activity was delivered by the as-at date.
    pub delivered: Vec<bool>,
    /// Rows of participation lists of delivered activities, each person once.
    pub attendance: Vec<Attendance>,
    /// Follow-up answers about delivered activities, superseded ones too.
    pub answers: Vec<Answer>,
    /// Evaluations of delivered activities.
    pub reviews: Vec<Review>,
    /// Register rows in file order.
    pub statuses: Vec<(RowId, StatusRow)>,
    /// Statistics in file order.
    pub statistics: Vec<(RowId, Statistic)>,
    /// Needs with the actions their topics name.
    pub needs: Vec<(RowId, Need, Vec<ActionRef>)>,
    /// Plan years of which an activity, answer or statistic was read.
    pub years: BTreeSet<crate::terms::PlanYear>,
    /// Where every row went.
    pub tally: Tally,
}

struct Settling<'a> {
    horizon: Horizon,
    definitions: &'a Definitions,
    records: Records,
    findings: &'a mut Vec<Finding>,
}

/// Settles what was read for a horizon.
pub fn settle(read: RecordsRead, definitions: &Definitions, horizon: Horizon, findings: &mut Vec<Finding>) -> Records {
    let RecordsRead {
        sources,
        kinds,
        activities,
        findings: found,
        participations,
        pointers,
        follow_ups,
        evaluations,
        needs,
        statuses,
        statistics,
        tally,
    } = read;
    findings.extend(found);
    let follow = |pointer: &Pointer| activities.follow(pointer);
    let targets: Vec<Result<usize, Lost>> = pointers.all.iter().map(follow).collect();
    let answered: Vec<Result<usize, Lost>> = follow_ups.iter().map(|(_, row)| follow(&row.pointer)).collect();
    let reviewed: Vec<Result<usize, Lost>> = evaluations.iter().map(|(_, row)| follow(&row.pointer)).collect();
    let delivered = |activity: &Activity| activity.status == ActivityStatus::Delivered && activity.end <= horizon.as_at;
    let years = activities.kept().iter().map(|(_, activity)| activity.plan_year());
    let mut settling = Settling {
        horizon,
        definitions,
        findings,
        records: Records {
            years: years.collect(),
            delivered: activities.kept().iter().map(|(_, activity)| delivered(activity)).collect(),
            ids: ids(activities.kept()),
            activities: activities.kept().to_vec(),
            attendance: Vec::new(),
            answers: Vec::new(),
            reviews: Vec::new(),
            statuses: Vec::new(),
            statistics: Vec::new(),
            needs: Vec::new(),
            sources,
            kinds,
            tally,
        },
    };
    settling.attendance(participations, &pointers.all, &targets);
    settling.answers(follow_ups, &answered);
    settling.reviews(evaluations, &reviewed);
    settling.activities();
    settling.statuses(statuses);
    settling.statistics(statistics);
    settling.needs(needs);
    settling.records
}

impl Settling<'_> {
    fn place(&mut self, row: RowId, place: Place) {
        self.records.tally.place(row, place);
    }

    fn find(&mut self, code: Code, row: RowId, field: Field, value: &str, message: String, help: &str) {
        let origin = self.records.sources[row.source.index()].origin(row.row, field);
        self.findings.push(Finding::new(code, origin, message, help).seen(value));
    }

    fn activities(&mut self) {
        let backed = self.backed();
        for at in 0..self.records.activities.len() {
            let (row, activity) = self.records.activities[at].clone();
            let place = if self.records.delivered[at] && activity.end >= self.horizon.earliest {
                Place::Counted
            } else {
                Place::OutOfPeriod
            };
            self.place(row, place);
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
            let bare = activity.participants.is_none() && activity.experts.is_none() && !backed.contains(&at);
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
    fn backed(&self) -> BTreeSet<usize> {
        let listed = self.records.attendance.iter().map(|row| row.activity as usize);
        listed.chain(self.records.reviews.iter().map(|review| review.activity)).collect()
    }

    /// The delivered activity of a row; else the row is placed, and said once per activity and file.
    fn joined(
        &mut self,
        row: RowId,
        pointer: &Pointer,
        target: Result<usize, Lost>,
        said: &mut BTreeMap<(u16, Pointer), usize>,
    ) -> Option<usize> {
        match target {
            Ok(at) if self.records.delivered[at] => Some(at),
            Ok(at) => {
                self.place(row, Place::OutOfPeriod);
                let activity = &self.records.activities[at].1;
                let late = activity.status == ActivityStatus::Delivered;
                if !late || self.horizon.as_at_given {
                    let what = if late {
                        format!("ends after the as-at date ({})", activity.end)
                    } else {
                        format!("is {}", activity.status.as_str())
                    };
                    let message =
                        format!("The activity \"{}\" {what}; rows about it are out of period.", activity.title);
                    self.once(
                        Code::ActivityNotDelivered,
                        row,
                        pointer,
                        message,
                        "Check the status of the activity in the log.",
                        said,
                    );
                }
                None
            }
            Err(lost) => {
                self.place(row, Place::Unmapped);
                let (code, message, help) = match lost {
                    Lost::Unknown => (
                        Code::ActivityUnknown,
                        "No activity of the logs has this id, or this title and start date; rows about it are unmapped.",
                        "Correct the Activity ID, or add the activity to the log.",
                    ),
                    Lost::Ambiguous => (
                        Code::ActivityAmbiguous,
                        "More than one activity fits; rows about it are unmapped.",
                        "Give the Activity ID and, where two plan years share it, Activity or Start date.",
                    ),
                };
                self.once(code, row, pointer, message.to_owned(), help, said);
                None
            }
        }
    }

    /// Adds a finding once per pointer and file; the rows that follow are counted in `said`.
    fn once(
        &mut self,
        code: Code,
        row: RowId,
        pointer: &Pointer,
        message: String,
        help: &str,
        said: &mut BTreeMap<(u16, Pointer), usize>,
    ) {
        let file = u16::try_from(row.source.index()).unwrap_or(u16::MAX);
        let rows = said.entry((file, pointer.clone())).or_insert(0);
        *rows += 1;
        if *rows == 1 {
            let (field, value) =
                if pointer.id.is_empty() { (Field::Title, &pointer.title) } else { (Field::ActivityId, &pointer.id) };
            self.find(code, row, field, value, message, help);
        }
    }

    fn attendance(&mut self, rows: Vec<Participation>, pointers: &[Pointer], targets: &[Result<usize, Lost>]) {
        let mut said = BTreeMap::new();
        let mut persons: HashMap<(usize, u32, u64, u64), usize> = HashMap::new();
        for row in rows {
            let pointer = row.pointer as usize;
            let Some(activity) = self.joined(row.row, &pointers[pointer], targets[pointer], &mut said) else {
                continue;
            };
            if let Some(person) = row.person {
                let key = (activity, row.member.map_or(0, crate::terms::MemberCode::index), row.stranger, person);
                if let Some(first) = persons.get(&key) {
                    self.person_again(*first, row);
                    continue;
                }
                persons.insert(key, self.records.attendance.len());
            }
            let within = self.records.activities[activity].1.end >= self.horizon.earliest;
            self.place(row.row, if within { Place::Counted } else { Place::OutOfPeriod });
            let activity = u32::try_from(activity).expect("fewer activities than rows");
            self.records.attendance.push(Attendance { activity, row });
        }
    }

    /// One person with two roles in one activity is one person: expert wins, then speaker.
    fn person_again(&mut self, first: usize, row: Participation) {
        self.place(row.row, Place::Duplicate);
        let kept = &mut self.records.attendance[first].row;
        let equal = (kept.sex, kept.role, kept.count) == (row.sex, row.role, row.count);
        let conflict = kept.sex != row.sex && kept.sex != Sex::Blank && row.sex != Sex::Blank;
        kept.role = kept.role.max(row.role);
        if kept.sex == Sex::Blank {
            kept.sex = row.sex;
        }
        let other = self.records.sources[kept.row.source.index()].place(kept.row.row);
        let (code, message) = if equal {
            (Code::DuplicateRow, format!("Equal to {other}; counted once."))
        } else if conflict {
            (Code::RowsContradict, format!("The same person as {other}, with another sex; the first row counts."))
        } else {
            (Code::PersonTwice, format!("The same person as {other}; counted once, in the role that weighs most."))
        };
        // No value: a person's name never leaves the input.
        self.find(code, row.row, Field::Person, "", message, "Keep one row for each person.");
    }

    fn answers(&mut self, rows: Vec<(RowId, FollowUp)>, targets: &[Result<usize, Lost>]) {
        let mut said = BTreeMap::new();
        let mut newest: BTreeMap<(usize, crate::terms::MemberCode), usize> = BTreeMap::new();
        for ((row, answer), target) in rows.into_iter().zip(targets) {
            self.records.years.insert(crate::terms::PlanYear::of(answer.response_date));
            let Some(activity) = self.joined(row, &answer.pointer.clone(), *target, &mut said) else { continue };
            if answer.response_date > self.horizon.as_at {
                self.place(row, Place::OutOfPeriod);
                continue;
            }
            if answer.response_date < self.records.activities[activity].1.end {
                let message = format!(
                    "The answer is dated before the activity's end, {}; it counts.",
                    self.records.activities[activity].1.end
                );
                self.find(
                    Code::AnswerBeforeEnd,
                    row,
                    Field::ResponseDate,
                    &answer.response_date.to_string(),
                    message,
                    "Check the two dates.",
                );
            }
            let at = self.records.answers.len();
            let key = (activity, answer.member);
            let holds = newest
                .get(&key)
                .is_none_or(|other| self.records.answers[*other].answer.response_date <= answer.response_date);
            let older = if holds { newest.insert(key, at) } else { Some(at) };
            self.records.answers.push(Answer { row, activity, answer, newest: true });
            if let Some(older) = older {
                self.superseded(older, newest[&key]);
            }
        }
        for at in 0..self.records.answers.len() {
            if self.records.answers[at].newest {
                self.place(self.records.answers[at].row, Place::Counted);
            }
        }
    }

    fn superseded(&mut self, older: usize, newer: usize) {
        let (old, new) = (self.records.answers[older].row, self.records.answers[newer].row);
        self.records.answers[older].newest = false;
        self.place(old, Place::Duplicate);
        let message = format!(
            "A newer answer stands in {}; this one holds only for earlier days.",
            self.records.sources[new.source.index()].place(new.row)
        );
        let member = self.records.answers[older].answer.member;
        let name = self.definitions.members.name(member).to_owned();
        self.find(
            Code::AnswerSuperseded,
            old,
            Field::Member,
            &name,
            message,
            "Nothing to do, unless one of the two is wrong.",
        );
    }

    fn reviews(&mut self, rows: Vec<(RowId, Evaluation)>, targets: &[Result<usize, Lost>]) {
        let mut said = BTreeMap::new();
        for ((row, evaluation), target) in rows.into_iter().zip(targets) {
            let Some(activity) = self.joined(row, &evaluation.pointer.clone(), *target, &mut said) else { continue };
            let within = self.records.activities[activity].1.end >= self.horizon.earliest;
            self.place(row, if within { Place::Counted } else { Place::OutOfPeriod });
            self.records.reviews.push(Review { row, activity, evaluation });
        }
    }

    fn statuses(&mut self, rows: Vec<(RowId, super::register::Fit<StatusRow>)>) {
        for (row, fit) in rows {
            if !fit.fits {
                self.place(row, Place::Unmapped);
            } else if fit.record.since.is_some_and(|since| since > self.horizon.as_at) {
                self.place(row, Place::OutOfPeriod);
            } else {
                self.place(row, Place::Counted);
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

    fn statistics(&mut self, rows: Vec<(RowId, super::register::Fit<Statistic>)>) {
        for (row, fit) in rows {
            self.records.years.insert(fit.record.period.plan_year());
            if !fit.fits {
                self.place(row, Place::Unmapped);
            } else if fit.record.period.days().1 > self.horizon.as_at {
                self.place(row, Place::OutOfPeriod);
            } else {
                self.place(row, Place::Counted);
                self.records.statistics.push((row, fit.record));
            }
        }
    }

    fn needs(&mut self, rows: Vec<(RowId, Need)>) {
        for (row, need) in rows {
            let actions = self.topic_actions(&need.topic);
            if actions.is_empty() {
                self.place(row, Place::Unmapped);
                let message = "The topic names no action of the plan; the row is unmapped.".to_owned();
                self.find(
                    Code::TopicUnmapped,
                    row,
                    Field::Topic,
                    &need.topic.clone(),
                    message,
                    "Write an action reference such as 1-(q), or the action's own words.",
                );
                continue;
            }
            if need.response_date.is_none() {
                let message = "The need has no date; it is dated the first day of the report's plan year.".to_owned();
                self.find(Code::NeedUndated, row, Field::ResponseDate, "", message, "Fill in the response date.");
            }
            let late = need.response_date.is_some_and(|day| day > self.horizon.as_at);
            self.place(row, if late { Place::OutOfPeriod } else { Place::Counted });
            if !late {
                self.records.needs.push((row, need, actions));
            }
        }
    }

    /// The actions that a topic names: by reference, or in the action's own words.
    fn topic_actions(&self, topic: &str) -> Vec<ActionRef> {
        let plan = &self.definitions.plan;
        let references = parse_references(topic, None);
        let known: Vec<ActionRef> = references.read.iter().filter(|r| plan.knows(r)).map(|r| r.action).collect();
        if !known.is_empty() {
            return known;
        }
        let folded = fold(topic);
        plan.actions.iter().filter(|action| fold(&action.text) == folded).map(|action| action.id).collect()
    }
}

impl Attendance {
    /// Whether the row gives an expert.
    #[must_use]
    pub fn expert(&self) -> bool {
        self.row.role == Role::Expert
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
