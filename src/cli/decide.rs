//! `decide`: takes the decisions of a filled-in review into the configuration.

use std::fmt::Write;
use std::path::Path;

use super::{Exit, console};
use crate::findings::Severity;
use crate::pipeline::{self, Failure, Request};
use crate::terms::figure::counted;

/// Runs the command.
pub(super) fn run(request: &Request, file: &Path) -> Result<Exit, Failure> {
    let Some((decided, ledger)) = pipeline::decide(request, file)? else {
        let message =
            format!("{} has no table as a report's review.xlsx brings it; nothing was decided.", file.display());
        console::error(&message);
        return Ok(Exit::Nothing);
    };
    for finding in ledger.sorted() {
        let place = format!("{}, {} {}", finding.origin.file, finding.origin.sheet, finding.origin.cell);
        console::error(&format!("{place}: {} {}", finding.message, finding.help));
    }
    let kept = counted(decided.new, "decision is", "decisions are");
    let mut text = format!("{kept} new or changed; {} kept already.\n", decided.known);
    if decided.undecided > 0 {
        let _ = writeln!(text, "{} still undecided.", counted(decided.undecided, "activity is", "activities are"));
    }
    if decided.new > 0 {
        let _ = writeln!(text, "They stand in {}.", request.config.join(crate::definitions::DECISIONS).display());
    }
    console::print(&text);
    let errors = ledger.count(Severity::Error) > 0;
    Ok(if errors { Exit::DoneWithErrors } else { Exit::Done })
}
