//! How far KPIs have come: against their targets, in a word; and how many have a figure, by section.

use chrono::NaiveDate;

use super::Material;
use super::scorecard::{KpiRow, ScorecardView};
use crate::definitions::ProgressWords;
use crate::scorecard::{Actual, Figure, Reason};
use crate::terms::KpiId;

/// How a progress stands against what is due by the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Course {
    /// The target is reached.
    Reached,
    /// At least what is due.
    OnTrack,
    /// Less than what is due.
    Behind,
    /// Much less.
    FarBehind,
}

impl Course {
    /// The word beside the colour, so that it can be read in grey print.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::OnTrack => "on track",
            Self::Behind => "behind",
            Self::FarBehind => "far behind",
        }
    }

    /// The course of a KPI; none without a target or a figure.
    pub(super) fn of(material: &Material<'_>, kpi: KpiId, figure: &Figure) -> Option<Self> {
        let targets = &material.definitions.targets;
        let (progress, target) = (figure.progress?, targets.target(kpi)?);
        let from = targets.baseline(kpi).map_or(material.ytd().from, |baseline| baseline.as_at);
        let due = due(from, material.ytd().counted_to, target.by);
        Some(Self::against(progress, due, material.definitions.settings.presentation.progress))
    }

    /// The course of a progress where `due` percent of it are due.
    #[must_use]
    pub fn against(progress: f64, due: f64, words: ProgressWords) -> Self {
        if progress >= 100.0 {
            Self::Reached
        } else if progress * 100.0 >= due * words.on_track {
            Self::OnTrack
        } else if progress * 100.0 >= due * words.behind {
            Self::Behind
        } else {
            Self::FarBehind
        }
    }
}

/// Percent of the time from a day to the target's day that has passed: the progress that is due.
fn due(from: NaiveDate, day: NaiveDate, by: NaiveDate) -> f64 {
    let (passed, all) = ((day - from).num_days() + 1, (by - from).num_days() + 1);
    if all <= 0 {
        return 100.0;
    }
    #[allow(clippy::cast_precision_loss, reason = "days of a plan year")]
    (100.0 * passed as f64 / all as f64).clamp(0.0, 100.0)
}

/// The KPIs of one section by what is known of them in the year to date.
#[derive(Debug, Clone)]
pub struct SectionStatus {
    /// "1. Harmonise and simplify …".
    pub section: String,
    /// Its KPIs.
    pub kpis: usize,
    /// With a figure above zero.
    pub above_zero: usize,
    /// With a measured zero, or below.
    pub zero: usize,
    /// Without a figure, by reason, as [`REASONS`].
    pub without: [usize; 4],
}

/// Why figures are missing, in the order of the columns.
pub const REASONS: [Reason; 4] = [Reason::NoSource, Reason::NoRecords, Reason::NoBaseline, Reason::NotYetDue];

/// How far KPIs have come.
#[derive(Debug)]
pub struct ProgressTable {
    /// One row a section.
    pub sections: Vec<SectionStatus>,
    /// KPIs with a target and a figure, in plan order.
    pub targets: Vec<KpiRow>,
    /// KPIs with a target.
    pub with_target: usize,
}

pub(super) fn compose(material: &Material<'_>, scorecard: &ScorecardView) -> ProgressTable {
    let own = material.measured.scorecard.results.iter().filter(|result| !result.companion);
    let ytd = material.measured.scorecard.line("YTD").expect("every report has a year to date");
    let status = |section: &crate::definitions::work_plan::Section| {
        let mut status = SectionStatus {
            section: format!("{}. {}", section.number, section.title),
            kpis: 0,
            above_zero: 0,
            zero: 0,
            without: [0; 4],
        };
        for result in own.clone().filter(|result| result.kpi.action.section == section.number) {
            status.kpis += 1;
            match &result.figures[ytd].actual {
                Actual::Measured(value) if *value > 0.0 => status.above_zero += 1,
                Actual::Measured(_) => status.zero += 1,
                Actual::Narrative(_) => status.above_zero += 1,
                Actual::NotMeasured(reason) => {
                    let at = REASONS.iter().position(|other| other == reason);
                    status.without[at.expect("all reasons are listed")] += 1;
                }
            }
        }
        status
    };
    let rows = || scorecard.sections.iter().flat_map(|section| &section.rows).filter(|row| row.target.is_some());
    ProgressTable {
        sections: material.definitions.plan.sections.iter().map(status).collect(),
        targets: rows().filter(|row| row.progress.is_some()).cloned().collect(),
        with_target: rows().count(),
    }
}
