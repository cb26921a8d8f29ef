//! Exit codes.
//!
//! Source: output contract, "Exit codes".

use std::process::ExitCode;

use crate::pipeline::Failure;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Done, with error findings.
    DoneWithErrors = 1,
    /// The command line cannot be understood, or the report cannot be written where it says.
    Usage = 2,
    /// The configuration is invalid.
    Config = 3,
    /// There is nothing to read.
    Nothing = 4,
    /// The rows of a sheet do not add up.
    Reconciliation = 5,
    /// A fault of the program.
    Bug = 70,
}

impl Exit {
    /// The exit of a failed run.
    #[must_use]
    pub fn of(failure: &Failure) -> Self {
        match failure {
            Failure::Config(_) => Self::Config,
            Failure::Intake(_) | Failure::Nothing { .. } => Self::Nothing,
            Failure::NoPeriod(_) | Failure::Output(_) => Self::Usage,
            Failure::Reconciliation(_) => Self::Reconciliation,
            Failure::Aggregation(_) => Self::Bug,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
