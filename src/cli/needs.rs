//! `needs`: what Members asked for and what of it is open; with `--suggest`, candidates for the next plan year.

use std::fmt::Write;

use super::console::{self, wrapped};
use super::{Exit, Failure, Request};
use crate::pipeline;
use crate::report::needs::NeedsView;
use crate::terms::figure::counted;

/// Runs the command.
pub(super) fn run(request: &Request, suggest: bool) -> Result<Exit, Failure> {
    let run = pipeline::examine(request, &|_, _, _| {})?;
    let Some(view) = crate::report::compose_needs(&run.material()) else {
        console::error("No needs survey and no follow-up answer was read.");
        return Ok(Exit::Nothing);
    };
    console::print(&if suggest { proposals(&view) } else { summary(&view) });
    Ok(Exit::Done)
}

fn summary(view: &NeedsView) -> String {
    let mut text = format!("{}, as on {}\n\n", view.title, view.day);
    for sentence in &view.summary.sentences {
        text.push_str(&wrapped(sentence, "  - "));
    }
    text.push('\n');
    for topic in view.summary.topics.iter().filter(|topic| topic.states.open > 0) {
        let open = counted(usize::try_from(topic.states.open).unwrap_or(usize::MAX), "need open", "needs open");
        text.push_str(&wrapped(&format!("{} {}: {open}; asked by {}", topic.action, topic.topic, topic.members), "  "));
    }
    text
}

fn proposals(view: &NeedsView) -> String {
    if view.proposals.is_empty() {
        return "No current need of high or medium priority is open.\n".to_owned();
    }
    let mut text = String::from("Candidate activities for the next plan year: a proposal to edit.\n\n");
    for proposal in &view.proposals {
        text.push_str(&wrapped(&proposal.title, &format!("  {:<8}", proposal.action.to_string())));
        let members = counted(proposal.count, "Member", "Members");
        let since = proposal.since.map(|since| format!(", asked since {since}")).unwrap_or_default();
        let _ = writeln!(text, "          {}; {members}, {} with high priority{since}", proposal.scope, proposal.high);
        if !proposal.planned.is_empty() {
            text.push_str(&wrapped(&format!("planned in the region: {}", proposal.planned), "          "));
        }
    }
    text
}
