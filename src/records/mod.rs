//! What happened: the seven kinds of record as typed rows, each row ending in exactly one place.
//!
//! Two steps: [`read`] turns sheets into typed rows and keeps each activity once; [`settle`] joins the
//! rows to their activities and decides, for the as-at date, where each row ends.

pub mod activity;
mod attending;
mod by_activity;
mod content;
mod dates;
mod decided;
pub mod inspect;
mod joined;
mod joins;
mod lists;
mod numbers;
mod own;
pub mod participation;
mod parts;
mod persons;
mod reading;
pub mod register;
pub mod review;
mod row;
mod rows;
mod seen;
mod settle;
pub mod source;
pub mod survey;
mod table;
pub mod tally;
pub mod topics;
mod unpivot;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

pub use activity::{Activity, ActivityIndex, ActivityStatus};
pub use by_activity::ByActivity;
pub use decided::Decided;
pub use joined::{Answer, Attendance, Horizon, OpenTopic, Records, Review};
pub use participation::{Participation, Role, Sex};
pub use register::{Statistic, StatusRow};
pub use settle::{settle, settle_in_parts};
pub use source::{RowId, Source, SourceId};
pub use survey::{Evaluation, FollowUp, Need, Priority};
pub use table::RETURNED;
pub use tally::{Place, SourceTally, Tally};

use crate::cores;
use crate::definitions::{Definitions, Field, Kind, LISTS_SHEET, Verdict};
use crate::findings::{Code, Finding};
use crate::intake::{Sheet, SourceFile};
use crate::terms::{KpiId, MemberCode, StatisticPeriod};
use crate::wording::Lexicon;
use reading::{Part, Table};
use rows::Rows;
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
    rows: Rows,
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
    read_in_parts(files, definitions, lexicon, parts::part_of)
}

/// Reads as [`read`] does, each table in parts of as many rows as `part` says of its rows.
#[must_use]
pub fn read_in_parts(
    files: &[SourceFile],
    definitions: &Definitions,
    lexicon: &Lexicon,
    part: fn(usize) -> usize,
) -> RecordsRead {
    let mut read = RecordsRead::default();
    let sheets: Vec<(&SourceFile, Option<&Sheet>)> = files.iter().flat_map(sheets).collect();
    let claimed = cores::each(sheets.len(), |at| claims(sheets[at], definitions));
    let mut tables = Vec::new();
    for ((file, _), (claims, findings)) in sheets.into_iter().zip(claimed) {
        read.findings.extend(findings);
        for claim in claims {
            tables.push((read.open(file, &claim), file, claim));
        }
    }
    // Parts of all tables come from one queue, so that both a long list and many short ones fill the cores.
    let parts: Vec<(usize, Range<usize>)> = tables
        .iter()
        .enumerate()
        .flat_map(|(at, (_, _, claim))| {
            let body = claim.body.clone();
            parts::of(body.clone(), part(body.len())).map(move |rows| (at, rows))
        })
        .collect();
    let made = cores::each(parts.len(), |at| {
        let (table, rows) = &parts[at];
        let (id, _, claim) = &tables[*table];
        Table { claim, source: &read.sources[id.index()], id: *id, definitions }.read(rows.clone())
    });
    let mut made = parts.into_iter().map(|(table, _)| table).zip(made).peekable();
    for (at, (id, file, claim)) in tables.iter().enumerate() {
        let parts = std::iter::from_fn(|| made.next_if(|(table, _)| *table == at)).map(|(_, part)| part);
        read.table(*id, file, claim, parts);
    }
    let activities = std::mem::take(&mut read.rows.activities);
    read.activities = ActivityIndex::build(activities, &read.sources, &mut read.tally, &mut read.findings);
    let kept = read.activities.kept();
    read.decided = decided::decided(kept, &read.sources, definitions, lexicon, &mut read.findings);
    read.statistics_once();
    read
}

/// The sheets of a file; none, once, of a report of the program.
fn sheets(file: &SourceFile) -> impl Iterator<Item = (&SourceFile, Option<&Sheet>)> {
    let sheets = file.sheets.iter().filter(|_| !file.is_report).map(Some);
    let report = file.is_report.then_some(None);
    sheets.chain(report).map(move |sheet| (file, sheet))
}

/// The tables of a sheet that layouts claim, and what is to be said about it; without a sheet, that the file is a
/// report.
fn claims<'a>(
    (file, sheet): (&SourceFile, Option<&'a Sheet>),
    definitions: &'a Definitions,
) -> (Vec<Claim<'a>>, Vec<Finding>) {
    let Some(sheet) = sheet else { return (Vec::new(), vec![own::report(file)]) };
    if sheet.rows.is_empty() || sheet.name == LISTS_SHEET || review::is_review(sheet) {
        return Default::default();
    }
    if let Some(finding) = own::of_report(file, sheet) {
        return (Vec::new(), vec![finding]);
    }
    let mut findings = Vec::new();
    (table::claims(file, sheet, &definitions.layouts, &mut findings), findings)
}

impl RecordsRead {
    /// Whether an activity, by its position, is the office's: unless a person decided that it is not.
    #[must_use]
    pub fn is_ours(&self, at: usize, definitions: &Definitions) -> bool {
        !not_ours(&self.decided, at, definitions)
    }

    /// Opens a source for the table that a layout claims.
    fn open(&mut self, file: &SourceFile, claim: &Claim<'_>) -> SourceId {
        if claim.complete {
            self.kinds.insert(claim.layout.kind);
        }
        self.sources.push(claim.source(file));
        self.tally.open(claim.body.len(), claim.layout.unpivot.is_some());
        SourceId::new(self.sources.len() - 1)
    }

    /// Adds what the parts of a table were read as.
    fn table(&mut self, id: SourceId, file: &SourceFile, claim: &Claim<'_>, parts: impl Iterator<Item = Part>) {
        let mut skipped: BTreeMap<Skip, Vec<u32>> = BTreeMap::new();
        let mut gave = (0, 0);
        for mut part in parts {
            for (skip, mut rows) in std::mem::take(&mut part.skipped) {
                skipped.entry(skip).or_default().append(&mut rows);
            }
            gave = (gave.0 + part.gave.0, gave.1 + part.gave.1);
            self.take(part);
        }
        self.skip(id, &skipped);
        if claim.complete && claim.layout.unpivot.is_some() {
            self.findings.push(claim.unpivoted(file, gave));
        }
    }

    /// Adds what rows were read as.
    fn take(&mut self, part: Part) {
        for row in part.rejected {
            self.tally.place(row, Place::Rejected);
        }
        self.findings.extend(part.findings);
        self.rows.append(part.rows);
    }

    /// Puts skipped rows in their place, and says so once for each kind.
    fn skip(&mut self, id: SourceId, skipped: &BTreeMap<Skip, Vec<u32>>) {
        for (skip, rows) in skipped {
            for row in rows {
                self.tally.place(RowId { source: id, row: *row }, Place::Skipped);
            }
            self.findings.push(table::skipped_finding(&self.sources[id.index()], *skip, rows));
        }
    }

    /// The same figure twice counts once: equal rows are duplicates, of different ones the first counts.
    ///
    /// Source: input contract, section 7.
    fn statistics_once(&mut self) {
        let mut first: HashMap<(MemberCode, KpiId, StatisticPeriod), (RowId, f64)> = HashMap::new();
        for (row, fit) in std::mem::take(&mut self.rows.statistics) {
            let Statistic { member, kpi, period, value } = fit.record;
            let Some((other, known)) = first.get(&(member, kpi, period)).copied().filter(|_| fit.fits) else {
                if fit.fits {
                    first.insert((member, kpi, period), (row, value));
                }
                self.rows.statistics.push((row, fit));
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
