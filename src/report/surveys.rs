//! Follow-up and evaluation: by period, section and Member group, each share with its n.

use super::Material;
use super::small::{self, Withheld};
use super::women::{name, periods};
use crate::measure::surveys::{Surveyed, answered, surveyed};
use crate::terms::{Line, MemberCode};

/// One row: a period, a section, or a group of Members.
#[derive(Debug, Clone)]
pub struct SurveyRow {
    /// By what it is broken down: `Period`, `Section`, `Member group`.
    pub by: &'static str,
    /// The period, section or group.
    pub of: String,
    /// The period it is counted in.
    pub period: String,
    /// The figures.
    pub surveyed: Surveyed,
    /// Why its satisfaction is not shown, where it is not.
    pub withheld: Option<Withheld>,
}

/// What the surveys say.
#[derive(Debug)]
pub struct SurveyTable {
    /// Quarters first, then the year to date and the year before, sections, groups.
    pub rows: Vec<SurveyRow>,
    /// How many of the rows are quarters of the plan year.
    pub quarters: usize,
    /// Fewer answers than this are not broken down.
    pub least: u32,
}

pub(super) fn compose(material: &Material<'_>) -> SurveyTable {
    let ytd = material.ytd();
    let answered = answered(material.records);
    let of = |line: &Line, keeps: &dyn Fn(usize, Option<MemberCode>) -> bool| {
        let types = material.definitions.types.events();
        let events = material.delivered_in(line).filter(|(_, _, activity)| types.holds(activity.of_type));
        surveyed((material.records, &material.measured.reached), line, (events.map(|(at, ..)| at), &answered), keeps)
    };
    let row =
        |by, of: String, period: &str, surveyed| SurveyRow { by, of, period: period.into(), surveyed, withheld: None };
    let mut rows: Vec<SurveyRow> = periods(material)
        .into_iter()
        .map(|line| row("Period", name(material, line), &line.id, of(line, &|_, _| true)))
        .collect();
    let quarters = rows.iter().filter(|row| row.period.starts_with('Q')).count();
    for section in &material.definitions.plan.sections {
        let serves = |activity: usize, _| {
            material.links.all[activity].links.iter().any(|link| link.action.section == section.number)
        };
        rows.push(row("Section", format!("{}. {}", section.number, section.title), "YTD", of(ytd, &serves)));
    }
    let day = ytd.counted_to;
    for group in material.definitions.members.groups().iter().filter(|group| group.on(day).next().is_some()) {
        let belongs = |_, member: Option<MemberCode>| member.is_some_and(|member| group.holds(member, day));
        rows.push(row("Member group", group.name.clone(), "YTD", of(ytd, &belongs)));
    }
    let least = material.definitions.settings.presentation.least;
    let answers: Vec<u64> = rows.iter().map(|row| row.surveyed.satisfaction.1).collect();
    let mut withheld = small::of_parts(&answers[..quarters], least);
    withheld.extend(answers[quarters..].iter().map(|answers| small::alone(*answers, least)));
    for (row, why) in rows.iter_mut().zip(withheld) {
        row.withheld = why;
    }
    SurveyTable { rows, quarters, least }
}
