//! Views: every figure, word and order of a sheet or chart decided once, no file format known.

pub mod actions;
pub mod activities;
pub mod charts;
pub mod cover;
pub mod definitions;
pub mod evidence;
pub mod figures;
pub mod funding;
pub mod members;
pub mod needs;
pub mod participants;
pub mod plan;
pub mod progress;
pub mod quality;
pub mod review;
pub mod scorecard;
pub mod small;
pub mod surveys;
pub mod women;

use crate::cores;
use crate::definitions::{Definitions, Presentation};
use crate::findings::Ledger;
use crate::mapping::Links;
use crate::measure::needs::NeedLine;
use crate::measure::{ListSummary, Measured};
use crate::records::{Activity, Records, RowId};
use crate::terms::{Line, ReportPeriod};

/// What the views are made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The configuration.
    pub definitions: &'a Definitions,
    /// The period.
    pub period: &'a ReportPeriod,
    /// The records.
    pub records: &'a Records,
    /// Links to the plan.
    pub links: &'a Links,
    /// The figures.
    pub measured: &'a Measured,
    /// What Members asked for, and what became of it.
    pub needs: &'a [NeedLine],
    /// The findings.
    pub ledger: &'a Ledger,
    /// A word about the inputs that the report repeats: that they are a sample.
    pub notice: Option<&'a str>,
}

/// All views of a report.
#[derive(Debug)]
pub struct Report {
    /// Title page.
    pub cover: cover::Cover,
    /// The KPIs by section and period.
    pub scorecard: scorecard::ScorecardView,
    /// The plan's own table with results.
    pub actions: actions::ActionProgress,
    /// Every planned item: delivered, partly, not yet.
    pub plan: plan::PlanDelivery,
    /// Delivered activities, each once.
    pub activities: activities::ActivityList,
    /// What each Member received.
    pub members: members::MemberTable,
    /// Where every row went, and the findings.
    pub quality: quality::DataQuality,
    /// Activities about which a person is asked.
    pub review: review::ReviewList,
    /// How each KPI is counted.
    pub definitions: definitions::DefinitionTable,
    /// The rows behind every figure.
    pub evidence: evidence::Evidence,
    /// How many KPIs have a figure, and how far those with a target have come.
    pub progress: progress::ProgressTable,
    /// Members x events.
    pub participants: participants::Workshops,
    /// Women among participants.
    pub women: women::WomenTable,
    /// Follow-up and evaluation.
    pub surveys: surveys::SurveyTable,
    /// Partners and funding.
    pub funding: funding::FundingTable,
    /// All figures in one table.
    pub figures: figures::FigureTable,
    /// Needs and follow-up; none where neither was read.
    pub needs: Option<needs::NeedsView>,
    /// The charts.
    pub charts: charts::Charts,
    /// How the workbook looks.
    pub presentation: Presentation,
}

/// Composes needs and follow-up alone; none where neither was read.
#[must_use]
pub fn compose_needs(material: &Material<'_>) -> Option<needs::NeedsView> {
    needs::compose(material)
}

/// Composes all views.
#[must_use]
pub fn compose(material: &Material<'_>) -> Report {
    let ((women, surveys, funding, needs), (plan, activities, members, quality, evidence, scorecard)) = cores::both(
        || {
            let (women, surveys) = (women::compose(material), surveys::compose(material));
            (women, surveys, funding::compose(material), needs::compose(material))
        },
        || {
            let (plan, activities, members) =
                (plan::compose(material), activities::compose(material), members::compose(material));
            let evidence = evidence::compose(material);
            let scorecard = scorecard::compose(material, &evidence);
            (plan, activities, members, quality::compose(material), evidence, scorecard)
        },
    );
    let views = figures::Views { members: &members, women: &women, surveys: &surveys, funding: &funding };
    Report {
        figures: figures::compose(material, &views),
        progress: progress::compose(material, &scorecard),
        participants: participants::compose(material),
        presentation: material.definitions.settings.presentation.clone(),
        cover: cover::compose(material, &plan, &members, &quality, &scorecard),
        actions: actions::compose(material, &plan),
        definitions: definitions::compose(material),
        review: review::compose(material),
        charts: charts::compose(material, (&plan, &members, &scorecard), (&women, &surveys, &funding), needs.as_ref()),
        needs,
        scorecard,
        women,
        surveys,
        funding,
        plan,
        activities,
        members,
        quality,
        evidence,
    }
}

impl<'a> Material<'a> {
    /// The year to date.
    #[must_use]
    pub fn ytd(&self) -> &'a Line {
        self.line("YTD")
    }

    /// The period the report is about.
    #[must_use]
    pub fn main(&self) -> &'a Line {
        self.line(&self.period.main_line())
    }

    fn line(&self, id: &str) -> &'a Line {
        let lines = &self.measured.scorecard.lines;
        lines.iter().find(|line| line.id == id).expect("every report has its period and the year to date")
    }

    /// The list of an activity, where one was read.
    #[must_use]
    pub fn list(&self, activity: usize) -> Option<&'a ListSummary> {
        self.measured.lists.get(&activity)
    }

    /// Delivered activities that end in a period: index, row, activity.
    pub fn delivered_in(&self, line: &Line) -> impl Iterator<Item = (usize, RowId, &'a Activity)> + use<'a> {
        let (records, line) = (self.records, line.clone());
        let all = records.activities.iter().enumerate();
        all.filter(move |(at, (_, activity))| records.delivered[*at] && line.holds(activity.end))
            .map(|(at, (row, activity))| (at, *row, activity))
    }
}
