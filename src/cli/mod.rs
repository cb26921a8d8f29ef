//! The command line: arguments, commands, messages, exit codes. The only room that prints.

mod args;
mod check;
mod console;
mod exit;
mod explain;
mod inspect;
mod listing;
mod plan;
mod summary;

use std::path::Path;

use clap::Parser;

pub use exit::Exit;

use crate::pipeline::{self, Failure};
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
    let result = match cli.command.unwrap_or(Command::Report) {
        Command::Report => report(&cli.options),
        Command::Check => check(&cli.options),
        Command::Plan => plan(&cli.options),
        Command::Explain { name } => explain(&cli.options, &name),
        Command::Template { folder } => template(&cli.options, &folder),
        Command::Inspect { file } => inspect(&cli.options, &file),
    };
    result.unwrap_or_else(|failure| {
        console::error(&failure.to_string());
        Exit::of(&failure)
    })
}

fn report(options: &args::Options) -> Result<Exit, Failure> {
    let request = match options.request() {
        Ok(request) => request,
        Err(message) => return Ok(usage(&message)),
    };
    let bar = console::Bar::new();
    let outcome = pipeline::make_report(&request, &|done, all, name| bar.step(done, all, name))?;
    bar.clear();
    console::print(&summary::of(&outcome));
    Ok(if outcome.run.has_errors() { Exit::DoneWithErrors } else { Exit::Done })
}

fn check(options: &args::Options) -> Result<Exit, Failure> {
    match options.request() {
        Ok(request) => check::run(&request, options.format),
        Err(message) => Ok(usage(&message)),
    }
}

fn plan(options: &args::Options) -> Result<Exit, Failure> {
    let request = match options.request() {
        Ok(request) => request,
        Err(message) => return Ok(usage(&message)),
    };
    let definitions = crate::definitions::Definitions::load(&request.config, pipeline::asked_year(&request))?;
    console::print(&match options.format {
        Format::Json => plan::json(&definitions.plan),
        Format::Text => plan::text(&definitions.plan, &definitions.members),
    });
    Ok(Exit::Done)
}

fn explain(options: &args::Options, name: &str) -> Result<Exit, Failure> {
    let request = match options.request() {
        Ok(request) => request,
        Err(message) => return Ok(usage(&message)),
    };
    let run = pipeline::examine(&request, &|_, _, _| {})?;
    match explain::explain(&run, name)? {
        Some(text) => {
            console::print(&text);
            Ok(Exit::Done)
        }
        None => {
            Ok(usage(&format!("{name} is neither a KPI (such as 1-(a).1) nor the id of an activity that was read.")))
        }
    }
}

fn template(options: &args::Options, folder: &Path) -> Result<Exit, Failure> {
    let request = match options.request() {
        Ok(request) => request,
        Err(message) => return Ok(usage(&message)),
    };
    let definitions = crate::definitions::Definitions::load(&request.config, pipeline::asked_year(&request))?;
    let written = crate::output::write_new(folder, &crate::workbook::template::templates(&definitions))?;
    console::print(&format!("{} blank workbooks stand in {}.\n", written, folder.display()));
    Ok(Exit::Done)
}

fn inspect(options: &args::Options, file: &Path) -> Result<Exit, Failure> {
    let request = match options.request() {
        Ok(request) => request,
        Err(message) => return Ok(usage(&message)),
    };
    let definitions = crate::definitions::Definitions::load(&request.config, pipeline::asked_year(&request))?;
    let (source, findings) = crate::intake::read_file(file, &definitions.settings.limits);
    for finding in &findings {
        console::error(&format!("{}: {} {}", finding.origin.file, finding.message, finding.help));
    }
    let Some(source) = source else { return Ok(Exit::Nothing) };
    let inspection = crate::records::inspect::inspect(&source, &definitions.layouts);
    console::print(&match options.format {
        Format::Json => inspect::json(&inspection),
        Format::Text => inspect::text(&inspection),
    });
    Ok(Exit::Done)
}

fn usage(message: &str) -> Exit {
    console::error(message);
    Exit::Usage
}
