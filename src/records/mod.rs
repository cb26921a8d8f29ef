//! What happened: the seven kinds of record as typed rows, each row ending in exactly one place.
//!
//! Two steps: [`read`] turns sheets into typed rows and keeps each activity once; [`settle`] joins the
//! rows to their activities and decides, for the as-at date, where each row ends.

pub mod activity;
mod content;
mod dates;
mod decided;
pub mod inspect;
mod joined;
mod joins;
mod numbers;
mod own;
pub mod participation;
pub mod register;
pub mod review;
mod row;
mod settle;
pub mod source;
pub mod survey;
mod table;
pub mod tally;
pub mod topics;
mod unpivot;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use activity::{Activity, ActivityIndex, ActivityStatus};
pub use decided::Decided;
pub use joined::{Answer, Attendance, Horizon, OpenTopic, Records, Review};
pub use participation::{Participation, Role, Sex};
pub use register::{Statistic, StatusRow};
pub use settle::settle;
pub use source::{RowId, Source, SourceId};
pub use survey::{Evaluation, FollowUp, Need, Priority};
pub use table::RETURNED;
pub use tally::{Place, SourceTally, Tally};

use crate::definitions::{Definitions, Field, Kind, LISTS_SHEET, Verdict};
use crate::findings::{Code, Finding};
use crate::intake::{Sheet, SourceFile};
use crate::terms::{KpiId, MemberCode, StatisticPeriod};
use crate::wording::Lexicon;
use content::Given;
use participation::{Lists, Pointers, Seen};
use register::Fit;
use row::Row;
use table::{Claim, Skip};

/// Typed rows of all sheets, in file order, before they are joined to their activities.
#[derive(Debug, Default)]
pub struct RecordsRead {
    /// The sheets that layouts read.
    pub sources: Vec<Source>,
    /// Kinds of which a sheet was read.
    pub kinds: BTreeSet<Kind>,
    /// The activities, each once.
    pub activities: ActivityIndex,
    /// Which decisions are about which of them.
    pub decided: Decided,
    /// What is to be said about the rows.
    pub findings: Vec<Finding>,
    participations: Lists,
    pointers: Pointers,
    follow_ups: Vec<(RowId, FollowUp)>,
    evaluations: Vec<(RowId, Evaluation)>,
    needs: Vec<(RowId, Need)>,
    statuses: Vec<(RowId, Fit<StatusRow>)>,
    statistics: Vec<(RowId, Fit<Statistic>)>,
    tally: Tally,
}

/// Whether a person decided that an activity, by its position, is not the office's.
fn not_ours(decided: &Decided, at: usize, definitions: &Definitions) -> bool {
    let decision = decided.of[at].map(|at| &definitions.decisions.all()[at].verdict);
    decision == Some(&Verdict::NotOurs)
}

/// Reads all sheets with the layouts that claim them.
#[must_use]
pub fn read(files: &[SourceFile], definitions: &Definitions, lexicon: &Lexicon) -> RecordsRead {
    let mut read = RecordsRead::default();
    let mut activities = Vec::new();
    for file in files {
        if file.is_report {
            read.findings.push(own::report(file));
            continue;
        }
        for sheet in &file.sheets {
            read.sheet(file, sheet, definitions, &mut activities);
        }
    }
    read.activities = ActivityIndex::build(activities, &read.sources, &mut read.tally, &mut read.findings);
    let kept = read.activities.kept();
    read.decided = decided::decided(kept, &read.sources, definitions, lexicon, &mut read.findings);
    read.statistics_once();
    read
}

impl RecordsRead {
    /// Whether an activity, by its position, is the office's: unless a person decided that it is not.
    #[must_use]
    pub fn is_ours(&self, at: usize, definitions: &Definitions) -> bool {
        !not_ours(&self.decided, at, definitions)
    }

    fn sheet(
        &mut self,
        file: &SourceFile,
        sheet: &Sheet,
        definitions: &Definitions,
        activities: &mut Vec<(RowId, Activity)>,
    ) {
        if sheet.rows.is_empty() || sheet.name == LISTS_SHEET || review::is_review(sheet) {
            return;
        }
        if let Some(finding) = own::of_report(file, sheet) {
            self.findings.push(finding);
            return;
        }
        for claim in table::claims(file, sheet, &definitions.layouts, &mut self.findings) {
            self.table(file, &claim, definitions, activities);
        }
    }

    fn table(
        &mut self,
        file: &SourceFile,
        claim: &Claim<'_>,
        definitions: &Definitions,
        activities: &mut Vec<(RowId, Activity)>,
    ) {
        let kind = claim.layout.kind;
        if claim.complete {
            self.kinds.insert(kind);
        }
        self.sources.push(claim.source(file));
        self.tally.open(claim.body.len(), claim.layout.unpivot.is_some());
        let mut seen = Seen::default();
        let mut skipped: BTreeMap<Skip, Vec<u32>> = BTreeMap::new();
        let mut gave = (0, 0);
        for index in claim.body.clone() {
            let records = match table::skipped(claim, index) {
                Some(skip) => Err(skip),
                None => self.row(claim, index, definitions, &mut seen, activities),
            };
            match records {
                Ok(records) => gave = (gave.0 + 1, gave.1 + records),
                Err(skip) => skipped.entry(skip).or_default().push(claim.sheet.rows[index]),
            }
        }
        self.skip(&skipped);
        if claim.complete && claim.layout.unpivot.is_some() {
            self.findings.push(claim.unpivoted(file, gave));
        }
    }

    /// Puts skipped rows in their place, and says so once for each kind.
    fn skip(&mut self, skipped: &BTreeMap<Skip, Vec<u32>>) {
        let id = SourceId::new(self.sources.len() - 1);
        for (skip, rows) in skipped {
            for row in rows {
                self.tally.place(RowId { source: id, row: *row }, Place::Skipped);
            }
            self.findings.push(table::skipped_finding(&self.sources[id.index()], *skip, rows));
        }
    }

    /// Reads the records of a row; how many there are, or why there is none to read.
    fn row(
        &mut self,
        claim: &Claim<'_>,
        index: usize,
        definitions: &Definitions,
        seen: &mut Seen,
        activities: &mut Vec<(RowId, Activity)>,
    ) -> Result<usize, Skip> {
        let source = &self.sources[self.sources.len() - 1];
        let records =
            if claim.complete { unpivot::records(claim, source, index, &mut self.findings) } else { vec![Vec::new()] };
        let before = self.findings.len();
        for given in &records {
            self.record(claim, index, given, definitions, seen, activities);
        }
        if records.len() > 1 {
            told_once(&mut self.findings, before);
        }
        if records.is_empty() { Err(Skip::Blank) } else { Ok(records.len()) }
    }

    fn record(
        &mut self,
        claim: &Claim<'_>,
        index: usize,
        given: &[Given<'_>],
        definitions: &Definitions,
        seen: &mut Seen,
        activities: &mut Vec<(RowId, Activity)>,
    ) {
        let source_id = SourceId::new(self.sources.len() - 1);
        let source = &self.sources[source_id.index()];
        let mut row = Row::new(claim, source, source_id, index, given, &mut self.findings);
        let id = row.id;
        let members = &definitions.members;
        let kept = claim.complete
            && match claim.layout.kind {
                Kind::Activity => keep(activities, id, activity::read(&mut row, members, &definitions.types)),
                Kind::Participation => {
                    participation::read(&mut row, members, &mut self.pointers, seen, &mut self.participations)
                }
                Kind::Needs => keep(&mut self.needs, id, survey::need(&mut row, members)),
                Kind::FollowUp => keep(&mut self.follow_ups, id, survey::follow_up(&mut row, members)),
                Kind::Evaluation => keep(&mut self.evaluations, id, survey::evaluation(&mut row)),
                Kind::Status => keep(&mut self.statuses, id, register::status(&mut row, members, &definitions.kpis)),
                Kind::Statistic => {
                    keep(&mut self.statistics, id, register::statistic(&mut row, members, &definitions.kpis))
                }
            };
        if !kept {
            self.tally.place(id, Place::Rejected);
        }
    }

    /// The same figure twice counts once: equal rows are duplicates, of different ones the first counts.
    ///
    /// Source: input contract, section 7.
    fn statistics_once(&mut self) {
        let mut first: HashMap<(MemberCode, KpiId, StatisticPeriod), (RowId, f64)> = HashMap::new();
        for (row, fit) in std::mem::take(&mut self.statistics) {
            let Statistic { member, kpi, period, value } = fit.record;
            let Some((other, known)) = first.get(&(member, kpi, period)).copied().filter(|_| fit.fits) else {
                if fit.fits {
                    first.insert((member, kpi, period), (row, value));
                }
                self.statistics.push((row, fit));
                continue;
            };
            self.tally.place(row, Place::Duplicate);
            let place = self.sources[other.source.index()].place(other.row);
            let (code, message, help) = if value.to_bits() == known.to_bits() {
                (Code::DuplicateRow, format!("Equal to {place}; counted once."), "Delete one of the two rows.")
            } else {
                (
                    Code::RowsContradict,
                    format!("{place} reports another figure for the same period; the first row counts."),
                    "Keep the right figure.",
                )
            };
            let origin = self.sources[row.source.index()].origin(row.row, Field::Value);
            self.findings
                .push(Finding::new(code, origin, message, help).seen(crate::terms::figure::data_number(value)));
        }
    }
}

/// What several records of a row say alike, such as of its Member, is told once.
fn told_once(findings: &mut Vec<Finding>, from: usize) {
    let mut told: Vec<Finding> = Vec::new();
    for finding in findings.drain(from..) {
        if !told.contains(&finding) {
            told.push(finding);
        }
    }
    findings.extend(told);
}

fn keep<T>(rows: &mut Vec<(RowId, T)>, id: RowId, read: Option<T>) -> bool {
    let kept = read.is_some();
    rows.extend(read.map(|record| (id, record)));
    kept
}
