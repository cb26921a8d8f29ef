//! The cover: what the report is about, the headline figures, what needs attention.

use super::Material;
use super::members::MemberTable;
use super::plan::{Delivery, PlanDelivery};
use super::progress::Course;
use super::quality::DataQuality;
use super::scorecard::ScorecardView;
use crate::definitions::{ItemKind, SheetId};
use crate::findings::Severity;
use crate::scorecard::{Actual, Figure};
use crate::terms::KpiId;
use crate::terms::figure::{counted, grouped, report_number};

/// A headline figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// What it is.
    pub label: String,
    /// The figure, as printed; a dash where there is none.
    pub value: String,
    /// What belongs beside it.
    pub note: String,
}

/// The cover.
#[derive(Debug, Clone)]
pub struct Cover {
    /// Name of the office.
    pub office: String,
    /// Title of the report.
    pub title: String,
    /// The period, in words.
    pub period: String,
    /// The as-at date, in words.
    pub as_at: String,
    /// A word about the inputs: that they are a sample.
    pub notice: Option<String>,
    /// Headline figures of the year to date.
    pub tiles: Vec<Tile>,
    /// Distinct activities and action credits, in one sentence.
    pub credits: String,
    /// What needs attention, in sentences.
    pub attention: Vec<String>,
    /// The reconciliation, in one sentence.
    pub reconciliation: String,
}

pub(super) fn compose(
    material: &Material<'_>,
    plan: &PlanDelivery,
    members: &MemberTable,
    quality: &DataQuality,
    scorecard: &ScorecardView,
) -> Cover {
    let settings = &material.definitions.settings;
    Cover {
        office: settings.office.clone(),
        title: format!("Progress on the Annual Work Plan {} and its RSP KPIs", material.definitions.plan.year),
        period: material.period.in_words(),
        as_at: as_at(material),
        notice: material.notice.map(str::to_owned),
        tiles: tiles(material, plan, members),
        credits: credits(material),
        attention: attention(material, plan, members, quality, scorecard),
        reconciliation: quality.reconciliation.clone(),
    }
}

fn as_at(material: &Material<'_>) -> String {
    let (period, end) = (material.period, material.period.days().1);
    let day = period.as_at.min(end).format("%-d %B %Y");
    if period.as_at < end {
        format!("As at {day}: the period is not yet over, and nothing dated later counts.")
    } else {
        format!("As at {day}. Year to date: from {}.", material.ytd().from.format("%-d %B %Y"))
    }
}

/// "42 activities were delivered in the year to date, serving actions of the plan 97 times."
#[must_use]
pub fn credits(material: &Material<'_>) -> String {
    let delivered: Vec<usize> = material.delivered_in(material.ytd()).map(|(at, ..)| at).collect();
    let credits: usize = delivered.iter().map(|at| material.links.all[*at].links.len()).sum();
    let in_period = material.delivered_in(material.main()).count();
    let unlinked = delivered.iter().filter(|at| material.links.all[**at].links.is_empty()).count();
    let were = |count: usize| if count == 1 { "was" } else { "were" };
    let linked = match unlinked {
        0 => String::new(),
        _ => format!(" {} linked to no action.", counted(unlinked, "activity is", "activities are")),
    };
    let in_period = if in_period == 0 { "none".to_owned() } else { in_period.to_string() };
    format!(
        "{} {} delivered in the year to date, {in_period} of them in {}, serving actions of the plan {}.{linked}",
        counted(delivered.len(), "activity", "activities"),
        were(delivered.len()),
        period_name(material),
        counted(credits, "time", "times"),
    )
}

fn period_name(material: &Material<'_>) -> String {
    let main = &material.main().id;
    if main == "FREE" { "the report's period".to_owned() } else { main.clone() }
}

fn figure<'a>(material: &'a Material<'_>, kpi: &str) -> Option<&'a Figure> {
    let kpi: KpiId = kpi.parse().ok()?;
    material.measured.scorecard.figure(kpi, "YTD")
}

fn shown(figure: Option<&Figure>) -> String {
    figure.and_then(|figure| figure.actual.value()).map_or_else(|| "\u{2013}".to_owned(), whole)
}

/// A count with its thousands apart; anything else as reports print it.
fn whole(value: f64) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count far below 2^52")]
    if value >= 0.0 && value.fract() == 0.0 { grouped(value as usize) } else { report_number(value) }
}

fn reason(figure: Option<&Figure>) -> Option<&'static str> {
    match figure.map(|figure| &figure.actual) {
        Some(Actual::NotMeasured(reason)) => Some(reason.in_words()),
        _ => None,
    }
}

fn tiles(material: &Material<'_>, plan: &PlanDelivery, members: &MemberTable) -> Vec<Tile> {
    let delivered = material.delivered_in(material.ytd()).count();
    let tile = |label: &str, value: String, note: String| Tile { label: label.to_owned(), value, note };
    let (cb, women, post) = (figure(material, "3-(g).1"), figure(material, "3-(e).1"), figure(material, "3-(i).1"));
    let coverage = women.and_then(|figure| Some((figure.covered?, figure.coverable?)));
    let answers = post.and_then(|figure| Some((figure.numerator?, figure.denominator?)));
    let partly = plan.concrete(Delivery::Partly);
    vec![
        tile("Activities delivered", grouped(delivered), format!("{} of them CB activities", shown(cb))),
        tile(
            "Planned activities delivered",
            format!("{} of {}", plan.concrete(Delivery::Delivered), plan.concrete_items()),
            if partly == 0 { "concrete items of the plan".into() } else { format!("and {partly} in part") },
        ),
        tile(
            "Members reached",
            format!("{} of {}", members.reached(), members.rows.len()),
            "by at least one event".into(),
        ),
        tile(
            "Women participations",
            shown(women),
            reason(women).map_or_else(
                || coverage.map_or_else(String::new, |(with, all)| format!("from {with} of {all} activities")),
                str::to_owned,
            ),
        ),
        tile(
            "Follow-up action taken",
            post.and_then(|figure| figure.actual.value())
                .map_or_else(|| "\u{2013}".into(), |v| format!("{} %", report_number(v))),
            reason(post).map_or_else(
                || {
                    answers.map_or_else(String::new, |(yes, all)| {
                        format!("{} of {} answers", report_number(yes), report_number(all))
                    })
                },
                str::to_owned,
            ),
        ),
    ]
}

/// What a reader should know before believing or passing on the figures.
fn attention(
    material: &Material<'_>,
    plan: &PlanDelivery,
    members: &MemberTable,
    quality: &DataQuality,
    scorecard: &ScorecardView,
) -> Vec<String> {
    let mut sentences = Vec::new();
    let errors = quality.count(Severity::Error);
    if errors > 0 {
        let codes = quality.codes.iter().filter(|row| row.code.severity() == Severity::Error);
        let kinds: Vec<String> =
            codes.map(|row| format!("{} {}", row.count, row.code.as_str().replace('-', " "))).collect();
        sentences.push(format!(
            "{} set rows aside: {}.{}",
            counted(errors, "error", "errors"),
            kinds.join(", "),
            see(material, SheetId::DataQuality)
        ));
    }
    let unlinked = plan.outside.iter().filter(|row| row.actions.is_empty()).count();
    if unlinked > 0 {
        sentences.push(format!(
            "{} linked to no action of the plan.{}",
            counted(unlinked, "delivered activity is", "delivered activities are"),
            see(material, SheetId::OutsideThePlan)
        ));
    }
    sentences.extend(not_measured(material));
    let none: Vec<&str> = members.not_reached();
    if !none.is_empty() && none.len() < members.rows.len() {
        let be = if none.len() == 1 { "was" } else { "were" };
        sentences.push(format!(
            "{} {be} not reached by an event: {}.",
            counted(none.len(), "Member", "Members"),
            none.join(", ")
        ));
    }
    let waiting =
        plan.items.iter().filter(|row| row.kind == ItemKind::Concrete && row.delivery == Delivery::NotYet).count();
    if waiting > 0 {
        sentences.push(format!(
            "{} not delivered yet.{}",
            counted(waiting, "concrete item of the plan is", "concrete items of the plan are"),
            see(material, SheetId::PlanDelivery)
        ));
    }
    sentences.extend(behind(material, scorecard));
    if material.definitions.targets.kpis().next().is_none() {
        sentences.push("No target is set for any KPI, so no progress is shown (config/targets).".to_owned());
    }
    sentences
}

/// " See Plan delivery.", where the workbook has that sheet.
fn see(material: &Material<'_>, sheet: SheetId) -> String {
    let tab = material.definitions.settings.presentation.tab(sheet);
    tab.map_or_else(String::new, |name| format!(" See {name}."))
}

/// KPIs that are behind what is due by the day.
fn behind(material: &Material<'_>, scorecard: &ScorecardView) -> Option<String> {
    let rows = scorecard.sections.iter().flat_map(|section| &section.rows);
    let courses: Vec<(&str, Course)> = rows.filter_map(|row| Some((row.label.as_str(), row.course?))).collect();
    let late = courses.iter().filter(|(_, course)| matches!(course, Course::Behind | Course::FarBehind));
    let names: Vec<&str> = late.map(|(label, _)| *label).collect();
    let be = if names.len() == 1 { "is" } else { "are" };
    (!names.is_empty()).then(|| {
        format!(
            "{} of {} with a target and a figure {be} behind what is due: {}.{}",
            names.len(),
            counted(courses.len(), "KPI", "KPIs"),
            names.join(", "),
            see(material, SheetId::Targets)
        )
    })
}

/// KPIs without a figure in the year to date, by reason.
fn not_measured(material: &Material<'_>) -> Option<String> {
    let ytd = material.measured.scorecard.line("YTD")?;
    let mut by_reason = std::collections::BTreeMap::new();
    for result in material.measured.scorecard.results.iter().filter(|result| !result.companion) {
        if let Actual::NotMeasured(reason) = result.figures[ytd].actual {
            *by_reason.entry(reason).or_insert(0usize) += 1;
        }
    }
    let total: usize = by_reason.values().sum();
    let reasons: Vec<String> =
        by_reason.iter().map(|(reason, count)| format!("{count} {}", reason.in_words())).collect();
    let kpis = material.definitions.kpis.len();
    let have = if total == 1 { "has" } else { "have" };
    (total > 0).then(|| format!("{total} of {kpis} KPIs {have} no figure in the year to date: {}.", reasons.join(", ")))
}
