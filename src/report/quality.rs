//! Data quality: where every row went, and what a person should look at.

use std::collections::{BTreeSet, HashMap};

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

/// The same mistake in one column of one sheet, told once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingGroup {
    /// The code.
    pub code: Code,
    /// How often.
    pub count: usize,
    /// Where: "log.xlsx, sheet Q1, B12" and, of several, "to B480".
    pub place: String,
    /// The value seen; of several, the first and how many there are.
    pub value: String,
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
    /// The same mistake in a column told once, errors first.
    pub groups: Vec<FindingGroup>,
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
    let findings = material.ledger.sorted();
    DataQuality {
        sources: sources.collect(),
        reconciliation: reconciliation(&total),
        total,
        codes,
        groups: groups(&findings),
        findings: findings.into_iter().cloned().collect(),
    }
}

/// Groups findings by code, sheet and column, errors first, the most frequent first.
fn groups(findings: &[&Finding]) -> Vec<FindingGroup> {
    let mut order = Vec::new();
    let mut members: HashMap<_, Vec<&Finding>> = HashMap::new();
    for finding in findings {
        let column = finding.origin.cell.trim_end_matches(|c: char| c.is_ascii_digit());
        let key = (finding.code, &finding.origin.file, &finding.origin.sheet, column);
        members.entry(key).or_insert_with(|| {
            order.push(key);
            Vec::new()
        });
        members.entry(key).and_modify(|group| group.push(finding));
    }
    let mut groups: Vec<FindingGroup> = order.iter().map(|key| group(key.0, &members[key])).collect();
    groups.sort_by_key(|group| (group.code.severity(), std::cmp::Reverse(group.count)));
    groups
}

fn group(code: Code, findings: &[&Finding]) -> FindingGroup {
    let (first, last) = (&findings[0].origin, &findings[findings.len() - 1].origin);
    let parts =
        [first.file.to_string(), if first.sheet.is_empty() { String::new() } else { format!("sheet {}", first.sheet) }];
    let cells = if findings.len() > 1 { format!("{} to {}", first.cell, last.cell) } else { first.cell.to_string() };
    let place: Vec<String> = parts.into_iter().chain([cells]).filter(|part| !part.is_empty()).collect();
    let values: BTreeSet<&str> = findings.iter().map(|finding| finding.value.as_str()).collect();
    let value = match values.len() {
        1 => findings[0].value.to_string(),
        several => format!("{} (and {} other values)", findings[0].value, several - 1),
    };
    FindingGroup { code, count: findings.len(), place: place.join(", "), value }
}

fn reconciliation(total: &SourceTally) -> String {
    let places = Place::ALL.iter().map(|place| format!("{} {}", total.placed(*place), place.as_str()));
    let places: Vec<String> = places.collect();
    format!("{} read = {}", counted(total.read, "row", "rows"), places.join(" + "))
}
