//! The arguments.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::pipeline::{PeriodAsked, Request};
use crate::terms::PlanYear;

/// Turns activity logs and survey spreadsheets into KPI reports.
#[derive(Debug, Parser)]
#[command(name = "rspkpi", version, about, max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) options: Options,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read the inputs and write the report (the default command)
    Report,
    /// Check the work plan, the rest of the configuration and the inputs; nothing is written
    Check,
    /// Print the work plan as loaded
    Plan,
    /// Show what is seen in a spreadsheet: sheets, headers, columns, and a layout to start from
    Inspect {
        /// The spreadsheet, wherever it lies
        file: PathBuf,
    },
    /// Show the rows behind a KPI's figure, or how an activity came to its actions
    Explain {
        /// A KPI (1-(a).1), an Activity ID, or the place of a row (activities.xlsx:12)
        name: String,
    },
    /// Print what Members asked for and what of it is open (needs-follow-up.xlsx holds the rest)
    Needs {
        /// Print candidate activities for the next plan year instead
        #[arg(long)]
        suggest: bool,
    },
    /// Keep the decisions of a filled-in review.xlsx in the configuration
    Decide {
        /// The review, wherever it lies
        file: PathBuf,
    },
    /// Write blank workbooks for every kind of record into a folder
    Template {
        /// The folder; it is made if it is not there, and files in it are never overwritten
        #[arg(default_value = "templates")]
        folder: PathBuf,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Quarter to report: 2025-2026/Q2, or Q2 of the configured plan year. Without it, the newest
    /// quarter with a delivered activity
    #[arg(long, global = true, value_parser = quarter, value_name = "YEAR/Qn", conflicts_with_all = ["from", "to"])]
    period: Option<(Option<PlanYear>, u8)>,
    /// First day of a free period: 2025-07-01
    #[arg(long, global = true, value_parser = day, value_name = "DAY")]
    from: Option<NaiveDate>,
    /// Last day of a free period: 2026-03-31
    #[arg(long, global = true, value_parser = day, value_name = "DAY")]
    to: Option<NaiveDate>,
    /// Count nothing dated after this day. Without it, the report's last day
    #[arg(long, global = true, value_parser = day, value_name = "DAY")]
    as_at: Option<NaiveDate>,
    /// Configuration folder
    #[arg(long, global = true, default_value = "config", value_name = "DIR")]
    config: PathBuf,
    /// Folder with the spreadsheets
    #[arg(long, global = true, default_value = "inputs", value_name = "DIR")]
    inputs: PathBuf,
    /// Folder in which reports are written
    #[arg(long, global = true, default_value = "reports", value_name = "DIR")]
    out: PathBuf,
    /// How `plan`, `check` and `inspect` print
    #[arg(long, global = true, value_enum, default_value = "text")]
    pub(super) format: Format,
}

impl Options {
    /// What is asked for.
    pub(super) fn request(&self) -> Result<Request, String> {
        let period = match (self.period, self.from, self.to) {
            (Some((year, quarter)), ..) => Some(PeriodAsked::Quarter(year, quarter)),
            (None, Some(from), Some(to)) if from <= to => Some(PeriodAsked::Free(from, to)),
            (None, Some(from), Some(to)) => return Err(format!("--from {from} lies after --to {to}.")),
            (None, None, None) => None,
            _ => return Err("A free period needs both --from and --to.".to_owned()),
        };
        Ok(Request {
            config: self.config.clone(),
            inputs: self.inputs.clone(),
            out: self.out.clone(),
            period,
            as_at: self.as_at,
        })
    }
}

fn quarter(text: &str) -> Result<(Option<PlanYear>, u8), String> {
    const EXPECTED: &str = "expected a quarter such as 2025-2026/Q2 or Q2";
    let (year, quarter) = match text.rsplit_once('/') {
        Some((year, quarter)) => (Some(year.parse::<PlanYear>()?), quarter),
        None => (None, text),
    };
    match quarter.strip_prefix(['Q', 'q']).and_then(|number| number.parse().ok()) {
        Some(quarter @ 1..=4) => Ok((year, quarter)),
        _ => Err(EXPECTED.to_owned()),
    }
}

fn day(text: &str) -> Result<NaiveDate, String> {
    let day: NaiveDate = text.parse().map_err(|_| "expected a day such as 2025-12-31".to_owned())?;
    let first = NaiveDate::from_ymd_opt(1990, 1, 1).expect("a day");
    let last = NaiveDate::from_ymd_opt(2100, 12, 31).expect("a day");
    if (first..=last).contains(&day) { Ok(day) } else { Err("expected a day between 1990 and 2100".to_owned()) }
}
