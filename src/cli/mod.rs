//! The command line: arguments, commands, messages, exit codes. The only room that prints.

mod args;
mod check;
mod console;
mod decide;
mod exit;
mod explain;
mod inspect;
mod listing;
mod needs;
mod plan;
mod summary;

use std::path::Path;

use clap::Parser;

pub use exit::Exit;

use crate::pipeline::{self, Failure, Request};
use args::{Cli, Command, Format};

/// Runs the command that the process's arguments name.
#[must_use]
pub fn main() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(message) => {
            let help = !message.use_stderr();
            // Help and version go to standard output, usage errors to standard error.
            let _ = message.print();
            return if help { Exit::Done } else { Exit::Usage };
        }
    };
    let request = match cli.options.request() {
        Ok(request) => request,
        Err(message) => return usage(&message),
    };
    let format = cli.options.format;
    let result = match cli.command.unwrap_or(Command::Report) {
        Command::Report => report(&request),
        Command::Check => check::run(&request, format),
        Command::Plan => plan(&request, format),
        Command::Explain { name } => explain(&request, &name),
        Command::Needs { suggest } => needs::run(&request, suggest),
        Command::Decide { file } => decide::run(&request, &file),
        Command::Template { folder } => template(&request, &folder),
        Command::Inspect { file } => inspect(&request, format, &file),
    };
    result.unwrap_or_else(|failure| {
        console::error(&failure.to_string());
        Exit::of(&failure)
    })
}

fn report(request: &Request) -> Result<Exit, Failure> {
    let bar = console::Bar::new();
    let outcome = pipeline::make_report(request, &|done, all, name| bar.step(done, all, name))?;
    bar.clear();
    console::print(&summary::of(&outcome));
    let exit = if outcome.run.has_errors() { Exit::DoneWithErrors } else { Exit::Done };
    // The program ends here: giving back millions of rows one by one would only keep its user waiting.
    std::mem::forget(outcome);
    Ok(exit)
}

fn plan(request: &Request, format: Format) -> Result<Exit, Failure> {
    let definitions = crate::definitions::Definitions::load(&request.config, pipeline::asked_year(request))?;
    console::print(&match format {
        Format::Json => plan::json(&definitions.plan),
        Format::Text => plan::text(&definitions.plan, &definitions.members),
    });
    Ok(Exit::Done)
}

fn explain(request: &Request, name: &str) -> Result<Exit, Failure> {
    let run = pipeline::examine(request, &|_, _, _| {})?;
    match explain::explain(&run, name) {
        Some(text) => {
            console::print(&text);
            Ok(Exit::Done)
        }
        None => Ok(usage(&format!(
            "{name} is neither a KPI (such as 1-(a).1) nor the id or the place (such as activities.xlsx:12) of an activity that was read."
        ))),
    }
}

fn template(request: &Request, folder: &Path) -> Result<Exit, Failure> {
    let definitions = crate::definitions::Definitions::load(&request.config, pipeline::asked_year(request))?;
    let written = crate::output::write_new(folder, &crate::workbook::template::templates(&definitions))?;
    console::print(&format!("{} blank workbooks stand in {}.\n", written, folder.display()));
    Ok(Exit::Done)
}

fn inspect(request: &Request, format: Format, file: &Path) -> Result<Exit, Failure> {
    let definitions = crate::definitions::Definitions::load(&request.config, pipeline::asked_year(request))?;
    let (source, findings) = crate::intake::read_file(file, &definitions.settings.limits);
    for finding in &findings {
        console::error(&format!("{}: {} {}", finding.origin.file, finding.message, finding.help));
    }
    let Some(source) = source else { return Ok(Exit::Nothing) };
    let inspection = crate::records::inspect::inspect(&source, &definitions.layouts);
    console::print(&match format {
        Format::Json => inspect::json(&inspection),
        Format::Text => inspect::text(&inspection),
    });
    Ok(Exit::Done)
}

fn usage(message: &str) -> Exit {
    console::error(message);
    Exit::Usage
}
