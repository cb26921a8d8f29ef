//! The settings of the office: its name, the plan year, how the plan links, reading limits.

use serde::Deserialize;

use super::presentation::{Palette, Presentation, ProgressWords, RawSmallGroups, RawWorkbook};
use super::raw::{ConfigError, Reader};
use crate::intake::Limits;
use crate::terms::{ActionRef, PlanYear};

/// Which actions a planned item serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkBy {
    /// The actions that list it.
    Listing,
    /// The actions that list it, and those its See also names.
    ListingAndSeeAlso,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawSettings {
    office: String,
    short_name: String,
    region: String,
    plan: RawPlan,
    #[serde(default)]
    needs: RawNeeds,
    #[serde(default)]
    workbook: RawWorkbook,
    #[serde(default)]
    small_groups: RawSmallGroups,
    #[serde(default)]
    palette: Palette,
    #[serde(default)]
    progress: ProgressWords,
    #[serde(default)]
    limits: Limits,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawNeeds {
    #[serde(default = "cb")]
    types: Vec<String>,
    #[serde(default)]
    actions: Option<Vec<ActionRef>>,
    #[serde(default = "answer_days")]
    answer_days: u64,
}

impl Default for RawNeeds {
    fn default() -> Self {
        Self { types: cb(), actions: None, answer_days: answer_days() }
    }
}

/// The most days that a Member may have to answer: ten years.
const MOST_DAYS: u64 = 3660;

fn answer_days() -> u64 {
    90
}

fn cb() -> Vec<String> {
    vec!["cb".to_owned()]
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawPlan {
    year: PlanYear,
    link_by: LinkBy,
}

/// The office's settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Full name of the office, printed on the cover.
    pub office: String,
    /// Short name: "ROCB A/P".
    pub short_name: String,
    /// Name of the region.
    pub region: String,
    /// The plan year that reports are about when the command line names none.
    pub plan_year: PlanYear,
    /// Which actions a planned item serves.
    pub link_by: LinkBy,
    /// Activity types whose deliveries serve needs, as the configuration names them.
    pub need_types: Vec<String>,
    /// Actions that can be needs; none: all of them.
    pub need_actions: Option<Vec<ActionRef>>,
    /// After how many days a follow-up answer is overdue.
    pub answer_days: u64,
    /// How the report workbook looks.
    pub presentation: Presentation,
    /// What a file may cost to read.
    pub limits: Limits,
}

impl Settings {
    pub(super) fn load(reader: &mut Reader) -> Result<Self, ConfigError> {
        let raw: RawSettings = reader.read("report.toml")?;
        if raw.needs.answer_days > MOST_DAYS {
            let message = format!("needs: answer-days is at most {MOST_DAYS}");
            return Err(ConfigError::Content { path: "report.toml".into(), message });
        }
        let presentation = Presentation::load(reader, raw.workbook, &raw.small_groups, raw.palette, raw.progress)?;
        Ok(Self {
            presentation,
            office: raw.office,
            short_name: raw.short_name,
            region: raw.region,
            plan_year: raw.plan.year,
            link_by: raw.plan.link_by,
            need_types: raw.needs.types,
            need_actions: raw.needs.actions,
            answer_days: raw.needs.answer_days,
            limits: raw.limits,
        })
    }
}
