//! `run.json`: what was read, where every row went, what was made. For auditors.

use serde::Serialize;

use super::Written;
use crate::artifact::Artifact;
use crate::definitions::ConfigFile;
use crate::findings::{Ledger, Severity};
use crate::intake::SourceFile;
use crate::records::{Place, Records, SourceTally};
use crate::terms::ReportPeriod;

#[derive(Serialize)]
struct Manifest<'a> {
    tool: Tool,
    plan_year: String,
    period: Period,
    inputs: Vec<File<'a>>,
    configuration: Vec<File<'a>>,
    rows: Vec<Rows<'a>>,
    total: Places,
    findings: serde_json::Map<String, serde_json::Value>,
    outputs: Vec<File<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Period {
    name: String,
    from: String,
    to: String,
    as_at: String,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    sha256: &'a str,
    bytes: u64,
}

#[derive(Serialize)]
struct Rows<'a> {
    file: &'a str,
    sheet: &'a str,
    kind: &'static str,
    layout: &'a str,
    #[serde(flatten)]
    places: Places,
}

#[derive(Serialize)]
struct Places {
    read: usize,
    counted: usize,
    out_of_period: usize,
    duplicate: usize,
    unmapped: usize,
    rejected: usize,
    skipped: usize,
}

impl Places {
    fn of(tally: &SourceTally) -> Self {
        Self {
            read: tally.read,
            counted: tally.placed(Place::Counted),
            out_of_period: tally.placed(Place::OutOfPeriod),
            duplicate: tally.placed(Place::Duplicate),
            unmapped: tally.placed(Place::Unmapped),
            rejected: tally.placed(Place::Rejected),
            skipped: tally.placed(Place::Skipped),
        }
    }
}

/// The record of a run over the files it read and made.
#[must_use]
pub fn manifest(
    period: &ReportPeriod,
    files: &[SourceFile],
    configuration: &[ConfigFile],
    records: &Records,
    ledger: &Ledger,
    outputs: &[Written],
) -> Artifact {
    let (from, to) = period.days();
    let sources = records.sources.iter().zip(records.tally.sources());
    let mut findings = serde_json::Map::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        for (code, count) in ledger.by_code().into_iter().filter(|(code, _)| code.severity() == severity) {
            findings.insert(code.as_str().to_owned(), count.into());
        }
    }
    let manifest = Manifest {
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        plan_year: period.plan_year().to_string(),
        period: Period {
            name: period.folder(),
            from: from.to_string(),
            to: to.to_string(),
            as_at: period.as_at.to_string(),
        },
        inputs: files.iter().map(|file| File { path: &file.path, sha256: &file.sha256, bytes: file.bytes }).collect(),
        configuration: configuration
            .iter()
            .map(|file| File { path: &file.path, sha256: &file.sha256, bytes: file.bytes })
            .collect(),
        rows: sources
            .map(|(source, tally)| Rows {
                file: &source.file,
                sheet: &source.sheet,
                kind: source.kind.as_str(),
                layout: &source.layout,
                places: Places::of(tally),
            })
            .collect(),
        total: Places::of(&records.tally.total()),
        findings,
        outputs: outputs
            .iter()
            .map(|file| File { path: &file.path, sha256: &file.sha256, bytes: file.bytes })
            .collect(),
    };
    let mut json = serde_json::to_vec_pretty(&manifest).expect("texts and numbers only");
    json.push(b'\n');
    Artifact::new("run.json", json)
}
