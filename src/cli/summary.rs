//! The few lines at the end of a run.

use crate::pipeline::Outcome;

pub(super) fn of(outcome: &Outcome) -> String {
    format!("{}\n", outcome.folder.display())
}
