//! Reads the rows of a table, or of a part of one, as records of its kind.

use std::collections::BTreeMap;
use std::ops::Range;

use super::content::Given;
use super::lists::Lists;
use super::row::Row;
use super::rows::Rows;
use super::seen::Seen;
use super::source::{RowId, Source, SourceId};
use super::table::{self, Claim, Skip};
use super::{activity, participation, register, survey, unpivot};
use crate::definitions::{Definitions, Kind};
use crate::findings::Finding;

/// A table to be read.
pub(super) struct Table<'a> {
    pub(super) claim: &'a Claim<'a>,
    pub(super) source: &'a Source,
    pub(super) id: SourceId,
    pub(super) definitions: &'a Definitions,
}

/// What rows of a table were read as.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) rows: Rows,
    pub(super) findings: Vec<Finding>,
    /// Rows of which a record cannot be read, once for each such record.
    pub(super) rejected: Vec<RowId>,
    /// Rows that are no records, by their numbers.
    pub(super) skipped: BTreeMap<Skip, Vec<u32>>,
    /// How many rows gave records, and how many records they gave.
    pub(super) gave: (usize, usize),
}

impl Table<'_> {
    /// Reads some rows, by their positions in the sheet. Rows know nothing of each other, so that parts of a table
    /// give together what the whole gives.
    pub(super) fn read(&self, body: Range<usize>) -> Part {
        let mut part = Part::default();
        if self.claim.layout.kind == Kind::Participation {
            part.rows.participations = Lists::of(body.len());
        }
        let mut seen = Seen::default();
        for index in body {
            let records = match table::skipped(self.claim, index) {
                Some(skip) => Err(skip),
                None => self.row(index, &mut seen, &mut part),
            };
            match records {
                Ok(records) => part.gave = (part.gave.0 + 1, part.gave.1 + records),
                Err(skip) => part.skipped.entry(skip).or_default().push(self.claim.sheet.rows[index]),
            }
        }
        part
    }

    /// Reads the records of a row; how many there are, or why there is none to read.
    fn row(&self, index: usize, seen: &mut Seen, part: &mut Part) -> Result<usize, Skip> {
        if self.claim.is_plain() {
            self.record(index, &[], seen, part);
            return Ok(1);
        }
        let records = unpivot::records(self.claim, self.source, index, &mut part.findings);
        let before = part.findings.len();
        for given in &records {
            self.record(index, given, seen, part);
        }
        if records.len() > 1 {
            told_once(&mut part.findings, before);
        }
        if records.is_empty() { Err(Skip::Blank) } else { Ok(records.len()) }
    }

    fn record(&self, index: usize, given: &[Given<'_>], seen: &mut Seen, part: &mut Part) {
        let Part { rows, findings, rejected, .. } = part;
        let mut row = Row::new(self.claim, self.source, self.id, index, given, findings);
        let id = row.id;
        let Definitions { members, types, kpis, .. } = self.definitions;
        let kept = self.claim.complete
            && match self.claim.layout.kind {
                Kind::Activity => keep(&mut rows.activities, id, activity::read(&mut row, members, types)),
                Kind::Participation => {
                    participation::read(&mut row, members, &mut rows.pointers, seen, &mut rows.participations)
                }
                Kind::Needs => keep(&mut rows.needs, id, survey::need(&mut row, members)),
                Kind::FollowUp => keep(&mut rows.follow_ups, id, survey::follow_up(&mut row, members)),
                Kind::Evaluation => keep(&mut rows.evaluations, id, survey::evaluation(&mut row)),
                Kind::Status => keep(&mut rows.statuses, id, register::status(&mut row, members, kpis)),
                Kind::Statistic => keep(&mut rows.statistics, id, register::statistic(&mut row, members, kpis)),
            };
        if !kept {
            rejected.push(id);
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
