//! Data: all figures in one tidy table, one a line, for the office's own pivot tables.

use chrono::NaiveDate;

use super::Material;
use super::funding::FundingTable;
use super::members::MemberTable;
use super::scorecard::label;
use super::surveys::SurveyTable;
use super::women::WomenTable;
use crate::scorecard::{Actual, Figure, KpiResult};
use crate::terms::{Line, PlanYear};

/// One figure.
#[derive(Debug, Clone, Default)]
pub struct FigureRow {
    /// `KPI`, `Women`, `Follow-up`, `Members`, `Funding` …
    pub topic: &'static str,
    /// The KPI, or what is counted.
    pub figure: String,
    /// Section of the plan, for KPIs.
    pub section: Option<u8>,
    /// Action of the plan, for KPIs.
    pub action: String,
    /// By what it is broken down: `All`, `Scope`, `Member` …
    pub by: &'static str,
    /// The scope, Member, group …
    pub of: String,
    /// The period's id.
    pub period: String,
    /// The period's plan year.
    pub year: String,
    /// First and last day counted.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// The value; none where it is not measured or not broken down.
    pub value: Option<f64>,
    /// Unit.
    pub unit: &'static str,
    /// Numerator of a share or mean.
    pub numerator: Option<f64>,
    /// Denominator: n.
    pub n: Option<f64>,
    /// Why there is no value.
    pub reason: &'static str,
}

/// All figures.
#[derive(Debug)]
pub struct FigureTable {
    /// KPIs first.
    pub rows: Vec<FigureRow>,
}

/// The views whose figures stand in the table too.
pub(super) struct Views<'a> {
    pub(super) members: &'a MemberTable,
    pub(super) women: &'a WomenTable,
    pub(super) surveys: &'a SurveyTable,
    pub(super) funding: &'a FundingTable,
}

pub(super) fn compose(material: &Material<'_>, views: &Views<'_>) -> FigureTable {
    let mut rows = kpis(material);
    rows.extend(members(material, views.members));
    rows.extend(women(material, views.women));
    rows.extend(surveys(material, views.surveys));
    rows.extend(funding(material, views.funding));
    FigureTable { rows }
}

/// A row with the days of a period.
fn row(material: &Material<'_>, topic: &'static str, figure: &str, period: &str, unit: &'static str) -> FigureRow {
    let line = material.measured.scorecard.lines.iter().find(|line| line.id == period);
    FigureRow { topic, figure: figure.to_owned(), unit, ..dated(line) }
}

fn dated(line: Option<&Line>) -> FigureRow {
    FigureRow {
        by: "All",
        period: line.map_or_else(String::new, |line| line.id.clone()),
        year: line.map_or_else(String::new, |line| PlanYear::of(line.to).to_string()),
        days: line.map(|line| (line.from, line.counted_to.max(line.from))),
        ..FigureRow::default()
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn number(count: u64) -> f64 {
    count as f64
}

fn kpis(material: &Material<'_>) -> Vec<FigureRow> {
    let scorecard = &material.measured.scorecard;
    let unit = |result: &KpiResult| {
        let definition = material.definitions.kpis.iter().find(|kpi| kpi.id == result.kpi);
        definition.filter(|_| !result.companion).map_or("percent", |kpi| kpi.measure.unit())
    };
    let of_result = |result: &KpiResult| {
        let kpi = |(line, figure): (&Line, &Figure)| FigureRow {
            topic: "KPI",
            figure: label(result),
            section: Some(result.kpi.action.section),
            action: result.kpi.action.to_string(),
            value: figure.actual.value(),
            unit: unit(result),
            numerator: figure.numerator,
            n: figure.denominator,
            reason: match &figure.actual {
                Actual::NotMeasured(reason) => reason.in_words(),
                _ => "",
            },
            ..dated(Some(line))
        };
        scorecard.lines.iter().zip(&result.figures).map(kpi).collect::<Vec<_>>()
    };
    scorecard.results.iter().flat_map(of_result).collect()
}

fn members(material: &Material<'_>, table: &MemberTable) -> Vec<FigureRow> {
    let main = material.main().id.as_str();
    let counts = |member: &super::members::MemberRow| {
        let line = |figure, period, count: usize, unit| FigureRow {
            by: "Member",
            of: member.name.clone(),
            value: Some(number(count as u64)),
            ..row(material, "Members", figure, period, unit)
        };
        let persons = usize::try_from(member.persons.all()).unwrap_or(usize::MAX);
        let mut rows = vec![
            line("Events that reached it", "YTD", member.in_year, "activities"),
            line("Participations in lists", "YTD", persons, "participations"),
            line("Events to which it gave experts", "YTD", member.gave_experts, "activities"),
        ];
        if main != "YTD" {
            rows.push(line("Events that reached it", main, member.in_period, "activities"));
        }
        for (section, count) in &member.by_section {
            let one = line("Events that reached it, by section", "YTD", *count, "activities");
            rows.push(FigureRow { section: Some(*section), ..one });
        }
        rows
    };
    table.rows.iter().flat_map(counts).collect()
}

fn women(material: &Material<'_>, table: &WomenTable) -> Vec<FigureRow> {
    let figures = |of: &super::women::WomenRow| {
        let shown = of.withheld.is_none();
        let line = |figure, value: Option<f64>, unit, n: Option<f64>| FigureRow {
            by: of.by,
            of: of.of.clone(),
            value: value.filter(|_| shown),
            n: n.filter(|_| shown),
            reason: if shown { "" } else { "small group" },
            ..row(material, "Women", figure, &of.period, unit)
        };
        let sexes = &of.sexes;
        let share = line("Women's share", sexes.share(), "percent", Some(number(sexes.known)));
        let women = line("Women", Some(number(sexes.women)), "participations", None);
        let kpi = FigureRow { value: Some(number(sexes.women)), reason: "", ..women.clone() };
        vec![
            if of.is_kpi() { kpi } else { women },
            line("Men", Some(number(sexes.men)), "participations", None),
            line("Sex not stated", Some(number(sexes.not_stated)), "participations", None),
            FigureRow { numerator: Some(number(sexes.of_known)).filter(|_| shown), ..share },
            FigureRow {
                value: sexes.coverage(),
                n: Some(number(sexes.activities)),
                reason: "",
                ..line("Coverage", None, "percent", None)
            },
        ]
    };
    table.rows.iter().flat_map(figures).collect()
}

fn surveys(material: &Material<'_>, table: &SurveyTable) -> Vec<FigureRow> {
    let figures = |of: &super::surveys::SurveyRow| {
        let line = |topic, figure, value: Option<f64>, unit, n: Option<u64>| FigureRow {
            by: of.by,
            of: of.of.clone(),
            value,
            n: n.map(number),
            ..row(material, topic, figure, &of.period, unit)
        };
        let said = &of.surveyed;
        let satisfied = line("Follow-up", "Satisfaction", said.satisfied(), "percent", Some(said.satisfaction.1));
        let mut rows = vec![
            line("Follow-up", "Answers", Some(number(said.answers)), "responses", None),
            line("Follow-up", "Action taken", said.acted(), "percent", Some(said.taken())),
            line("Follow-up", "Tangible results", Some(number(said.tangible)), "results", None),
            line("Follow-up", "Response rate", said.response(), "percent", Some(said.asked)),
        ];
        rows.push(if of.withheld.is_some() {
            FigureRow { value: None, n: None, reason: "small group", ..satisfied }
        } else {
            satisfied
        });
        if of.by != "Member group" {
            rows.push(line("Evaluation", "Evaluation", said.evaluated(), "percent", Some(said.evaluation.1)));
        }
        rows
    };
    table.rows.iter().flat_map(figures).collect()
}

fn funding(material: &Material<'_>, table: &FundingTable) -> Vec<FigureRow> {
    let figures = |giver: &super::funding::GiverRow| {
        let line = |figure, count: u64, unit| FigureRow {
            by: "Name",
            of: giver.name.clone(),
            value: Some(number(count)),
            ..row(material, giver.role, figure, "YTD", unit)
        };
        [
            line("Activities", giver.activities, "activities"),
            line("CB activities", giver.cb, "activities"),
            line("Members reached", giver.members as u64, "Members"),
        ]
    };
    table.rows.iter().flat_map(figures).collect()
}
