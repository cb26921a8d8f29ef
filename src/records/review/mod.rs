//! A review that people filled in: their decisions about activities and topics in doubt.
//!
//! The sheets are those that `review.xlsx` brings, whatever became of their file and their name: also as csv. They are
//! recognised by their headers, and their rows are no records.

mod table;
mod verdict;

use std::collections::BTreeMap;

use crate::definitions::{Decision, Decisions, Definitions, TopicDecision};
use crate::findings::{Code, Finding, Origin, Text};
use crate::intake::{Sheet, SourceFile};
use crate::terms::fold::text_key;
use table::{Column, Table};

/// Decision: another planned item than the candidates.
pub const ANOTHER: &str = "Another planned item";
/// Decision: no planned item, but the actions beside.
pub const OUTSIDE: &str = "Outside the plan";
/// Decision: not the office's.
pub const NOT_OURS: &str = "Not ours";

/// Decision about a topic: it asks for no action of the plan.
pub const NO_ACTION: &str = "No action of the plan";

/// What filled-in reviews say. Of decisions about one row, or one topic, there is one.
#[derive(Debug, Default)]
pub struct ReviewRead {
    /// The decisions, in file order, with their places.
    pub decisions: Vec<(Decision, Origin)>,
    /// The decisions about topics of needs, in file order.
    pub topics: Vec<TopicDecision>,
    /// Rows that nobody has decided yet.
    pub undecided: usize,
    /// Review sheets found.
    pub sheets: usize,
    /// What cannot be read, or is decided twice.
    pub findings: Vec<Finding>,
}

/// Whether a sheet is a review, of activities or of topics.
#[must_use]
pub(super) fn is_review(sheet: &Sheet) -> bool {
    Table::of(sheet).is_some() || Table::of_topics(sheet).is_some()
}

/// Reads the reviews among files.
#[must_use]
pub fn read(files: &[SourceFile], definitions: &Definitions) -> ReviewRead {
    let mut reading = Reading::default();
    for file in files {
        for sheet in &file.sheets {
            if let Some(table) = Table::of(sheet) {
                reading.activities(file, &table, definitions);
            } else if let Some(table) = Table::of_topics(sheet) {
                reading.topics(file, &table, definitions);
            }
        }
    }
    let Reading { kept, places, topics, mut read } = reading;
    read.decisions = kept.all().iter().cloned().zip(places).collect();
    read.topics = topics.into_values().map(|(decision, _)| decision).collect();
    read
}

/// The reading under way.
#[derive(Default)]
struct Reading {
    /// Each row's decision once.
    kept: Decisions,
    /// Where they stand.
    places: Vec<Origin>,
    /// Each topic's decision once, with its place.
    topics: BTreeMap<String, (TopicDecision, Origin)>,
    read: ReviewRead,
}

impl Reading {
    fn activities(&mut self, file: &SourceFile, table: &Table<'_>, definitions: &Definitions) {
        self.read.sheets += 1;
        for row in table.rows() {
            match table.decision(row, definitions) {
                Ok(Some(decision)) => {
                    self.read.findings.extend(table.undated(file, row));
                    self.add(decision, table.origin(file, row, Column::Decision));
                }
                Ok(None) => self.read.undecided += usize::from(!table.text(row, Column::Title).is_empty()),
                Err((column, message)) => self.read.findings.push(table.finding(file, row, column, message)),
            }
        }
    }

    fn topics(&mut self, file: &SourceFile, table: &Table<'_>, definitions: &Definitions) {
        self.read.sheets += 1;
        for row in table.rows() {
            match table.topic(row, definitions) {
                Ok(Some(decision)) => self.add_topic(decision, table.origin(file, row, Column::Decision)),
                Ok(None) => self.read.undecided += usize::from(!table.text(row, Column::Topic).is_empty()),
                Err((column, message)) => self.read.findings.push(table.finding(file, row, column, message)),
            }
        }
    }

    /// Keeps a decision. Of two about one row the one with the newer date holds, else the first; that they differ is
    /// said.
    fn add(&mut self, decision: Decision, place: Origin) {
        let Some(at) = self.kept.same(&decision) else {
            self.kept.add(decision);
            self.places.push(place);
            return;
        };
        let known = &self.kept.all()[at];
        let newer = decision.on > known.on;
        if known.verdict != decision.verdict {
            let (holds, other) = if newer { (&place, &self.places[at]) } else { (&self.places[at], &place) };
            self.read.findings.push(differ(other, holds, &decision.title));
        }
        if newer {
            self.kept.add(decision);
            self.places[at] = place;
        }
    }

    fn add_topic(&mut self, decision: TopicDecision, place: Origin) {
        let key = text_key(&decision.words);
        match self.topics.get(&key) {
            Some((known, first)) if known.actions != decision.actions => {
                self.read.findings.push(differ(&place, first, &decision.words));
            }
            Some(_) => {}
            None => _ = self.topics.insert(key, (decision, place)),
        }
    }
}

/// Says that two decisions about one thing differ, and which of them holds.
#[must_use]
pub fn differ(other: &Origin, holds: &Origin, about: &str) -> Finding {
    let places = [&holds.file, &holds.sheet, &holds.cell].map(Text::as_str);
    let place = places.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let message = format!("{place} decides otherwise, and that holds.");
    let help = "Correct one of the two; the newer date in Decided on holds, else the first.";
    Finding::new(Code::DecisionsDiffer, other.clone(), message, help).seen(about)
}
