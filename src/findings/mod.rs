//! Anything a person should look at: where, what was seen, what was expected, what to do next.

mod code;
mod text;

use std::collections::BTreeMap;

pub use code::{Code, code_table};
pub use text::Text;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A row or a definition was set aside.
    Error,
    /// Counted, but look at it.
    Warning,
    /// For information.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Where something stands: a file, and in it a sheet and a cell where there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// File, relative to the inputs or configuration folder, with forward slashes.
    pub file: Text,
    /// Sheet; empty for csv and configuration files.
    pub sheet: Text,
    /// Cell address (`B12`), row (`row 12`), or the place in a configuration file; may be empty.
    pub cell: Text,
}

/// One thing a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub code: Code,
    /// Where it stands.
    pub origin: Origin,
    /// The value seen; empty where none.
    pub value: Text,
    /// What is the matter, and what was expected, as a sentence.
    pub message: Text,
    /// The next step.
    pub help: Text,
}

impl Finding {
    /// A finding without a value.
    #[must_use]
    pub fn new(code: Code, origin: Origin, message: impl Into<Text>, help: impl Into<Text>) -> Self {
        Self { code, origin, value: Text::default(), message: message.into(), help: help.into() }
    }

    /// Adds the value seen.
    #[must_use]
    pub fn seen(mut self, value: impl Into<Text>) -> Self {
        self.value = value.into();
        self
    }

    /// Adds the finding to others. What it says like one of the last of them is kept once: lists repeat their mistakes.
    pub fn add_to(mut self, findings: &mut Vec<Finding>) {
        const LAST: usize = 8;
        let (mut place, mut words) = (false, false);
        for earlier in findings.iter().rev().take(LAST) {
            let Origin { file, sheet, .. } = &mut self.origin;
            place = place || (file.share(&earlier.origin.file) && sheet.share(&earlier.origin.sheet));
            if !words && self.code == earlier.code {
                words = self.help.share(&earlier.help);
                self.message.share(&earlier.message);
                self.value.share(&earlier.value);
            }
        }
        findings.push(self);
    }

    /// How serious it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// All findings of a run, in the order they were made.
#[derive(Debug, Default)]
pub struct Ledger {
    findings: Vec<Finding>,
}

impl Ledger {
    /// Adds a finding.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Adds many findings.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
    }

    /// The findings, errors first, then by code and place.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Finding> {
        let mut sorted: Vec<&Finding> = self.findings.iter().collect();
        sorted.sort_by_key(|finding| (finding.severity(), finding.code));
        sorted
    }

    /// How many findings carry each code.
    #[must_use]
    pub fn by_code(&self) -> BTreeMap<Code, usize> {
        let mut counts = BTreeMap::new();
        for finding in &self.findings {
            *counts.entry(finding.code).or_insert(0) += 1;
        }
        counts
    }

    /// How many findings are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity() == severity).count()
    }
}
