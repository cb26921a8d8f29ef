//! Data quality: where every row went, and what a person should look at.

use super::Material;
use crate::findings::{Code, Finding, Severity};
use crate::records::{Place, SourceTally};
use crate::terms::figure::counted;

/// The tally of one sheet.
#[derive(Debug, Clone)]
pub struct SourceRow {
    /// File.
    pub file: String,
    /// Sheet; empty for csv.
    pub sheet: String,
    /// Kind of record.
    pub kind: &'static str,
    /// The tally.
    pub tally: SourceTally,
}

/// How often a code was found.
#[derive(Debug, Clone)]
pub struct CodeRow {
    /// The code.
    pub code: Code,
    /// How often.
    pub count: usize,
}

/// Data quality.
#[derive(Debug)]
pub struct DataQuality {
    /// One row a sheet, in file order.
    pub sources: Vec<SourceRow>,
    /// All sheets together.
    pub total: SourceTally,
    /// Codes found, errors first.
    pub codes: Vec<CodeRow>,
    /// The findings, errors first.
    pub findings: Vec<Finding>,
    /// The reconciliation in one sentence.
    pub reconciliation: String,
}

impl DataQuality {
    /// How many findings are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity() == severity).count()
    }
}

pub(super) fn compose(material: &Material<'_>) -> DataQuality {
    let records = material.records;
    let sources = records.sources.iter().zip(records.tally.sources()).map(|(source, tally)| SourceRow {
        file: source.file.clone(),
        sheet: source.sheet.clone(),
        kind: source.kind.as_str(),
        tally: *tally,
    });
    let mut codes: Vec<CodeRow> =
        material.ledger.by_code().into_iter().map(|(code, count)| CodeRow { code, count }).collect();
    codes.sort_by_key(|row| (row.code.severity(), row.code));
    let total = records.tally.total();
    DataQuality {
        sources: sources.collect(),
        reconciliation: reconciliation(&total),
        total,
        codes,
        findings: material.ledger.sorted().into_iter().cloned().collect(),
    }
}

fn reconciliation(total: &SourceTally) -> String {
    let places = Place::ALL.iter().map(|place| format!("{} {}", total.placed(*place), place.as_str()));
    let places: Vec<String> = places.collect();
    format!("{} read = {}", counted(total.read, "row", "rows"), places.join(" + "))
}
