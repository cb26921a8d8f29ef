//! How findings look on a terminal: by severity and code, each with its place.

use std::fmt::Write;

use super::console::{WIDTH, wrapped};
use crate::findings::{Code, Finding, Ledger, Origin, Severity, Text};

/// How many findings of a code are shown.
const SHOWN: usize = 10;
/// Characters of a value that are shown; a cell may hold thousands.
const VALUE: usize = 400;
/// Stands before what is said about one finding.
const DEEP: &str = "        ";

/// All findings of a ledger, errors first.
pub(super) fn of(ledger: &Ledger) -> String {
    let sorted = ledger.sorted();
    if sorted.is_empty() {
        return "  Nothing to look at.\n".to_owned();
    }
    let mut text = String::new();
    for same_severity in sorted.chunk_by(|a, b| a.severity() == b.severity()) {
        let _ = writeln!(text, "  {} ({})\n", heading(same_severity[0].severity()), same_severity.len());
        for same_code in same_severity.chunk_by(|a, b| a.code == b.code) {
            group(same_code[0].code, same_code, &mut text);
        }
    }
    text
}

fn heading(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERRORS",
        Severity::Warning => "WARNINGS",
        Severity::Note => "NOTES",
    }
}

/// The findings of one code. What all of them say alike stands once, at their head.
fn group(code: Code, findings: &[&Finding], text: &mut String) {
    let shared_message = shared(findings, |finding| finding.message.as_str());
    let shared_help = shared(findings, |finding| finding.help.as_str());
    let _ = writeln!(text, "  {} ({})", code.as_str(), findings.len());
    paragraph(text, "    ", shared_message.unwrap_or(code.meaning()));
    if let Some(help) = shared_help {
        paragraph(text, "    ", &to_do(help));
    }
    for finding in findings.iter().take(SHOWN) {
        seen(finding, text);
        if shared_message.is_none() {
            paragraph(text, DEEP, &finding.message);
        }
        if shared_help.is_none() {
            paragraph(text, DEEP, &to_do(&finding.help));
        }
    }
    if findings.len() > SHOWN {
        let _ = writeln!(text, "    ... and {} more; --format json prints all", findings.len() - SHOWN);
    }
    text.push('\n');
}

fn to_do(help: &str) -> String {
    if help.starts_with("Nothing to do") { help.to_owned() } else { format!("To do: {help}") }
}

/// The text that several findings have in common; a single finding shares nothing.
fn shared<'a>(findings: &[&'a Finding], part: impl Fn(&'a Finding) -> &'a str) -> Option<&'a str> {
    let first = part(findings[0]);
    (findings.len() > 1 && findings.iter().all(|finding| part(finding) == first)).then_some(first)
}

/// The place, and the value beside it where the line is wide enough, else below.
fn seen(finding: &Finding, text: &mut String) {
    const MARK: &str = "    - ";
    let place = place(&finding.origin);
    let value = format!("\"{}\"", shortened(&finding.value));
    if finding.value.is_empty() {
        paragraph(text, MARK, &place);
    } else if MARK.len() + place.chars().count() + 2 + value.chars().count() <= WIDTH {
        paragraph(text, MARK, &format!("{place}: {value}"));
    } else {
        paragraph(text, MARK, &place);
        paragraph(text, DEEP, &value);
    }
}

fn place(origin: &Origin) -> String {
    let parts = [&origin.file, &origin.sheet, &origin.cell];
    parts.into_iter().filter(|part| !part.is_empty()).map(Text::as_str).collect::<Vec<_>>().join(", ")
}

fn shortened(value: &str) -> String {
    match value.char_indices().nth(VALUE) {
        Some((end, _)) => format!("{}\u{2026}", &value[..end]),
        None => value.to_owned(),
    }
}

/// Adds a paragraph behind a mark. Control characters, which could steer the terminal, are dropped.
pub(super) fn paragraph(text: &mut String, mark: &str, words: &str) {
    let harmless: String = words.chars().filter(|c| c.is_whitespace() || !c.is_control()).collect();
    text.push_str(&wrapped(&harmless, mark));
}
