//! What the charts show: figures, titles that say the message, sources and coverage for the foot. One chart a file.

mod activities;
mod delivery;
mod follow_up;
mod funding;
mod map;
mod members;
mod needs;
mod sections;
mod targets;
mod women;
mod words;

pub use map::{MapTile, MemberMap};
pub use needs::{Demand, NeedsCharts, TopicDemand};
pub use sections::{MemberSections, SectionCounts};
pub use targets::{KpiTargets, MOST_DRAWN, TargetBar};
pub use women::{SharePoint, WomenShare};

use super::Material;
use super::funding::FundingTable;
use super::members::MemberTable;
use super::needs::NeedsView;
use super::plan::PlanDelivery;
use super::scorecard::ScorecardView;
use super::surveys::SurveyTable;
use super::women::WomenTable;
use crate::terms::Line;

/// The words around a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartText {
    /// File name without extension.
    pub slug: &'static str,
    /// The message, no more than the data say.
    pub title: String,
    /// What is drawn, with its unit.
    pub subtitle: String,
    /// Source, coverage, as-at date.
    pub foot: String,
    /// The figures in words, for screen readers.
    pub description: String,
}

/// A series of a stacked chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// One count a category.
    pub counts: Vec<usize>,
}

/// Counts in categories, stacked by series.
#[derive(Debug, Clone)]
pub struct Stacked {
    /// The words.
    pub text: ChartText,
    /// The categories, in order.
    pub categories: Vec<String>,
    /// The series, from the axis outwards.
    pub series: Vec<Series>,
}

/// A name with its count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Of whom or what.
    pub name: String,
    /// How many.
    pub count: usize,
    /// What stands beside the count: its share; often nothing.
    pub beside: String,
}

/// Counts by name, in groups.
#[derive(Debug, Clone)]
pub struct Bars {
    /// The words.
    pub text: ChartText,
    /// What is said instead of a chart where every count is zero.
    pub nothing: &'static str,
    /// Heading, empty for none, and the bars of each group.
    pub groups: Vec<(String, Vec<Bar>)>,
}

/// All charts.
#[derive(Debug)]
pub struct Charts {
    /// CB activities by quarter and scope.
    pub activities: Stacked,
    /// Concrete plan items by section: delivered, partly, not yet.
    pub delivery: Stacked,
    /// Women's share by quarter.
    pub women: WomenShare,
    /// Members reached, by group.
    pub members: Bars,
    /// The region as tiles, one a Member.
    pub map: MemberMap,
    /// Members by the plan's sections.
    pub sections: MemberSections,
    /// KPIs against their targets.
    pub targets: KpiTargets,
    /// Follow-up answers by action taken.
    pub follow_up: Bars,
    /// Activities by donor.
    pub funding: Bars,
    /// Needs and follow-up.
    pub needs: NeedsCharts,
}

pub(super) fn compose(
    material: &Material<'_>,
    (plan, members, scorecard): (&PlanDelivery, &MemberTable, &ScorecardView),
    (of_women, surveys, donors): (&WomenTable, &SurveyTable, &FundingTable),
    needs: Option<&NeedsView>,
) -> Charts {
    Charts {
        activities: activities::compose(material),
        delivery: delivery::compose(material, plan),
        women: women::compose(material, of_women),
        members: members::compose(material, members),
        map: map::compose(material, members),
        sections: sections::compose(material, members),
        targets: targets::compose(material, scorecard),
        follow_up: follow_up::compose(material, surveys),
        funding: funding::compose(material, donors),
        needs: needs::compose(material, needs),
    }
}

fn foot(material: &Material<'_>, more: &str) -> String {
    foot_of(material, "activity logs", more)
}

fn foot_of(material: &Material<'_>, sources: &str, more: &str) -> String {
    let settings = &material.definitions.settings;
    let day = material.ytd().counted_to.format("%-d %B %Y");
    let sample = if material.notice.is_some() { " Sample data." } else { "" };
    format!("Source: {sources} of {}, as at {day}.{more}{sample}", settings.short_name)
}

fn quarters<'a>(material: &Material<'a>) -> Vec<&'a Line> {
    let lines = material.measured.scorecard.lines.iter();
    lines.filter(|line| !line.previous && line.id.starts_with('Q')).collect()
}

/// The year to date of the previous plan year, where records of it were read.
fn year_before<'a>(material: &Material<'a>) -> Option<&'a Line> {
    material.measured.scorecard.lines.iter().find(|line| line.id == "PREV-YTD")
}

/// "the same period of 2024-2025"
fn same_period(material: &Material<'_>) -> String {
    format!("the same period of {}", material.period.plan_year().previous())
}

/// `Q2`, or `Q2 (to 15 Nov)` where it is not yet over.
fn quarter_label(line: &Line) -> String {
    if line.counted_to < line.to {
        format!("{} (to {})", line.id, line.counted_to.format("%-d %b"))
    } else {
        line.id.clone()
    }
}

/// "A 3, B 1"
fn bars_in_words(bars: &[Bar]) -> String {
    bars.iter().map(|bar| format!("{} {}", bar.name, bar.count)).collect::<Vec<_>>().join(", ")
}

/// The groups of bars, each named, in words.
fn groups_in_words(groups: &[(String, Vec<Bar>)]) -> String {
    let words = groups.iter().map(|(name, bars)| {
        let bars = bars_in_words(bars);
        if name.is_empty() { bars } else { format!("{name}: {bars}") }
    });
    words.collect::<Vec<_>>().join(". ")
}
