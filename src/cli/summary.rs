//! The few lines at the end of a run: where the report is, headline figures, what needs attention.

use std::fmt::Write;

use crate::findings::Severity;
use crate::pipeline::Outcome;
use crate::terms::figure::counted;

use super::console::wrapped;

/// The summary of a finished report.
pub(super) fn of(outcome: &Outcome) -> String {
    let cover = &outcome.cover;
    let mut text = String::new();
    let _ = writeln!(text, "{}", cover.title);
    let _ = writeln!(text, "{}", cover.period);
    let _ = writeln!(text, "{}", cover.as_at);
    if let Some(notice) = &cover.notice {
        text.push_str(&wrapped(notice, ""));
    }
    text.push('\n');
    for tile in &cover.tiles {
        let _ = writeln!(text, "  {:<30}{:>10}   {}", tile.label, tile.value, tile.note);
    }
    text.push('\n');
    text.push_str(&wrapped(&cover.credits, ""));
    text.push_str(&wrapped(&format!("{}.", cover.reconciliation), ""));
    if !cover.attention.is_empty() {
        text.push_str("\nWhat needs attention\n");
        for sentence in &cover.attention {
            text.push_str(&wrapped(sentence, "  - "));
        }
    }
    let _ = writeln!(text, "\nFindings: {}", findings(outcome));
    let _ = writeln!(text, "Report:   {}", outcome.folder.join("kpi-report.xlsx").display());
    text
}

fn findings(outcome: &Outcome) -> String {
    let count = |severity| outcome.run.ledger.count(severity);
    format!(
        "{}, {}, {} (sheet Findings; data/findings.csv)",
        counted(count(Severity::Error), "error", "errors"),
        counted(count(Severity::Warning), "warning", "warnings"),
        counted(count(Severity::Note), "note", "notes")
    )
}
