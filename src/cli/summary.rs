//! The few lines at the end of a run: where the report is, headline figures, what needs attention.

use std::fmt::Write;

use crate::findings::Severity;
use crate::pipeline::Outcome;
use crate::report::quality::FindingGroup;
use crate::terms::figure::counted;

use super::console::wrapped;

/// How many kinds of mistakes are listed.
const SHOWN: usize = 8;

/// The summary of a finished report.
pub(super) fn of(outcome: &Outcome) -> String {
    let cover = &outcome.report.cover;
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
    text.push_str(&look(outcome));
    let (asked, decided) = (outcome.report.review.rows.len(), outcome.run.decided);
    if decided > 0 {
        let what = counted(decided, "decision was", "decisions were");
        let _ = writeln!(text, "\n{what} taken from the review and kept in config/decisions.toml.");
    }
    if asked > 0 {
        let what = counted(asked, "activity", "activities");
        let line = format!("{what} in doubt: decide in review.xlsx, put it among the inputs and run again.");
        text.push('\n');
        text.push_str(&wrapped(&line, ""));
    }
    let _ = writeln!(text, "\nFindings: {}", findings(outcome));
    let _ = writeln!(text, "Report:   {}", outcome.folder.join("kpi-report.xlsx").display());
    text
}

/// The most frequent mistakes, errors and warnings, each told once.
fn look(outcome: &Outcome) -> String {
    let groups = outcome.report.quality.groups.iter();
    let groups: Vec<&FindingGroup> = groups.filter(|group| group.code.severity() != Severity::Note).collect();
    let mut text = String::new();
    for group in groups.iter().take(SHOWN) {
        let seen = if group.value.is_empty() { String::new() } else { format!(" \"{}\"", short(&group.value)) };
        let line = format!("{} x {}{seen} in {}", group.count, group.code.as_str(), group.place);
        text.push_str(&wrapped(&line, "  - "));
    }
    if groups.len() > SHOWN {
        let _ = writeln!(text, "  - ... and {} more kinds in other places", groups.len() - SHOWN);
    }
    if text.is_empty() { text } else { format!("\nWhat to look at in the inputs\n{text}") }
}

/// A value of a cell, not longer than a line can bear.
fn short(value: &str) -> String {
    if value.chars().count() <= 40 { value.to_owned() } else { value.chars().take(39).chain(['\u{2026}']).collect() }
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
