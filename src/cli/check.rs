//! Checks the work plan, the rest of the configuration and the inputs. Nothing is written.

use std::fmt::Write;

use serde::Serialize;

use super::args::Format;
use super::console;
use super::exit::Exit;
use super::listing;
use crate::definitions::{Definitions, check};
use crate::findings::{Finding, Ledger, Severity};
use crate::pipeline::{self, Failure, Request};

/// What was found: in the configuration, and in the inputs unless they could not be checked.
struct Checked {
    configuration: Ledger,
    inputs: Result<Ledger, Failure>,
}

/// Checks and prints. The findings on the configuration are printed before the inputs are read.
///
/// # Errors
/// The configuration cannot be used. Trouble with the inputs is told, and is in the exit code.
pub(super) fn run(request: &Request, format: Format) -> Result<Exit, Failure> {
    let definitions = Definitions::load(&request.config, pipeline::asked_year(request))?;
    let mut configuration = Ledger::default();
    configuration.extend(check::lint(&definitions));
    if format == Format::Text {
        console::print(&about_configuration(request, &definitions, &configuration));
    }
    let bar = console::Bar::new();
    let inputs = pipeline::examine(request, &|done, all, name| bar.step(done, all, name)).map(|run| run.ledger);
    bar.clear();
    let checked = Checked { configuration, inputs };
    match format {
        Format::Text => console::print(&about_inputs(request, &checked)),
        Format::Json => print_json(&checked),
    }
    Ok(checked.exit())
}

impl Checked {
    /// Error findings are the answer also where there is nothing to read; other failures come first.
    fn exit(&self) -> Exit {
        let inputs = self.inputs.as_ref();
        let errors =
            self.configuration.count(Severity::Error) + inputs.map_or(0, |ledger| ledger.count(Severity::Error));
        match inputs.err().map(Exit::of) {
            None | Some(Exit::Nothing) if errors > 0 => Exit::DoneWithErrors,
            None => Exit::Done,
            Some(exit) => exit,
        }
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.configuration.sorted().into_iter().chain(self.inputs.iter().flat_map(Ledger::sorted))
    }
}

fn about_configuration(request: &Request, definitions: &Definitions, ledger: &Ledger) -> String {
    let (year, folder) = (definitions.plan.year, request.config.display());
    let mut text = String::new();
    listing::paragraph(&mut text, "", &format!("The work plan {year} and the rest of the configuration ({folder})"));
    text + "\n" + &listing::of(ledger) + "\n"
}

fn about_inputs(request: &Request, checked: &Checked) -> String {
    let mut text = String::new();
    listing::paragraph(&mut text, "", &format!("The inputs ({})", request.inputs.display()));
    text.push('\n');
    match &checked.inputs {
        Ok(ledger) => text.push_str(&listing::of(ledger)),
        Err(failure) => {
            let message = format!("The inputs were not checked. {failure}");
            message.lines().for_each(|line| listing::paragraph(&mut text, "  ", line));
        }
    }
    text + "\n" + &sums(checked)
}

/// The closing lines: how many findings of each severity, and where.
fn sums(checked: &Checked) -> String {
    let (plan, rest): (Vec<_>, Vec<_>) =
        checked.configuration.sorted().into_iter().partition(|finding| finding.origin.file.starts_with("work-plan/"));
    let mut text = format!("{:<28}{:>8}{:>10}{:>8}\n", "Findings", "errors", "warnings", "notes");
    let mut line = |place: &str, findings: &[&Finding]| {
        let count = |severity| findings.iter().filter(|finding| finding.severity() == severity).count();
        let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
        let _ = writeln!(text, "{place:<28}{errors:>8}{warnings:>10}{notes:>8}");
    };
    line("  in the work plan", &plan);
    line("  in other configuration", &rest);
    match &checked.inputs {
        Ok(ledger) => line("  in the inputs", &ledger.sorted()),
        Err(_) => text.push_str("  in the inputs             not checked\n"),
    }
    text
}

#[derive(Serialize)]
struct Findings<'a> {
    findings: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    severity: &'a str,
    code: &'a str,
    file: &'a str,
    sheet: &'a str,
    cell: &'a str,
    value: &'a str,
    message: &'a str,
    help: &'a str,
}

/// All findings, to standard output; that the inputs were not checked, to standard error.
fn print_json(checked: &Checked) {
    let findings = Findings { findings: checked.findings().map(entry).collect() };
    let json = serde_json::to_string_pretty(&findings).expect("texts only");
    console::print(&format!("{json}\n"));
    if let Err(failure) = &checked.inputs {
        console::error(&format!("The inputs were not checked. {failure}"));
    }
}

fn entry(finding: &Finding) -> Entry<'_> {
    Entry {
        severity: finding.severity().as_str(),
        code: finding.code.as_str(),
        file: &finding.origin.file,
        sheet: &finding.origin.sheet,
        cell: &finding.origin.cell,
        value: &finding.value,
        message: &finding.message,
        help: &finding.help,
    }
}
