//! How each KPI is counted.
//!
//! Source: counting rules, "Measures" and "The 65 KPIs: shipped definitions".

use serde::Deserialize;

use super::activity_types::{ActivityTypes, TypeSet};
use super::raw::{ConfigError, Reader};
use crate::terms::{KpiId, PlanYear};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKpis {
    kpi: Vec<RawKpi>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawKpi {
    id: KpiId,
    text: String,
    measure: MeasureName,
    scope: Scope,
    timing: Timing,
    #[serde(default)]
    types: Option<Vec<String>>,
    #[serde(default)]
    or_linked: Vec<String>,
    #[serde(default)]
    partner: Option<Partner>,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    evidence: Vec<Evidence>,
    #[serde(default)]
    statuses: Vec<Status>,
    #[serde(default)]
    companion: Option<Companion>,
    #[serde(default)]
    baseline_plan_year: Option<PlanYear>,
    #[serde(default)]
    lists: Option<Lists>,
    #[serde(default)]
    note: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum MeasureName {
    Activities,
    Quantity,
    MembersReached,
    MembersGiving,
    MembersStanding,
    PairsStanding,
    Women,
    Experts,
    Contributions,
    Rating,
    Share,
    Change,
    MembersInputting,
    Responses,
    Tangible,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Partner {
    InternationalOrganisation,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Evidence {
    Status,
    FollowUp,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Companion {
    Satisfaction,
}

/// What a KPI lists beside its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lists {
    /// The Members counted, by name.
    Members,
    /// The titles of the records counted.
    Titles,
}

/// Which records a KPI looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Records linked to the KPI's action.
    Action,
    /// All delivered activities.
    All,
}

/// When a KPI counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timing {
    /// What happened inside the period.
    Flow,
    /// What stands at the period's last day.
    Stock,
}

impl Timing {
    /// `flow` or `stock`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Flow => "flow",
            Self::Stock => "stock",
        }
    }
}

/// A Member's standing with an instrument, as the status register states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// The Member implements the instrument.
    Implementing,
    /// The Member is a contracting party.
    Contracting,
    /// The Member operates the system.
    Operating,
    /// The Member has made an arrangement.
    Arranged,
    /// Work is in progress.
    InProgress,
    /// The Member does not stand.
    None,
}

/// How a KPI is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// Distinct delivered activities.
    Activities,
    /// Sum of Quantity.
    Quantity,
    /// Distinct Members reached.
    MembersReached,
    /// Distinct Members that gave experts.
    MembersGiving,
    /// Distinct Members standing by the register, or by follow-up where `follow_up` is evidence.
    MembersStanding {
        /// Whether answers *yes* or *partly* are evidence.
        follow_up: bool,
        /// Statuses that count.
        statuses: Vec<Status>,
    },
    /// Distinct unordered pairs of Members standing by the register.
    PairsStanding {
        /// Statuses that count.
        statuses: Vec<Status>,
    },
    /// Women participations.
    Women,
    /// Experts.
    Experts,
    /// Distinct (activity, developed Member) pairs.
    Contributions,
    /// Mean of the participants' ratings in percent.
    Rating,
    /// Share of follow-up answers yes or partly.
    Share,
    /// Sum of value minus baseline value.
    Change {
        /// Another baseline than the previous plan year.
        baseline: Option<PlanYear>,
    },
    /// Distinct Members with a statistic above zero.
    MembersInputting,
    /// Follow-up rows.
    Responses,
    /// Sum of tangible results.
    Tangible,
}

impl Measure {
    /// The name used in configuration and data files.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Activities => "activities",
            Self::Quantity => "quantity",
            Self::MembersReached => "members-reached",
            Self::MembersGiving => "members-giving",
            Self::MembersStanding { .. } => "members-standing",
            Self::PairsStanding { .. } => "pairs-standing",
            Self::Women => "women",
            Self::Experts => "experts",
            Self::Contributions => "contributions",
            Self::Rating => "rating",
            Self::Share => "share",
            Self::Change { .. } => "change",
            Self::MembersInputting => "members-inputting",
            Self::Responses => "responses",
            Self::Tangible => "tangible",
        }
    }

    /// The unit of its values, as in `data/scorecard.csv`.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        match self {
            Self::Activities => "activities",
            Self::Quantity => "items",
            Self::MembersReached | Self::MembersGiving | Self::MembersStanding { .. } | Self::MembersInputting => {
                "Members"
            }
            Self::PairsStanding { .. } => "pairs",
            Self::Women => "participations",
            Self::Experts => "experts",
            Self::Contributions => "contributions",
            Self::Rating | Self::Share => "percent",
            Self::Change { .. } => "entries",
            Self::Responses => "responses",
            Self::Tangible => "results",
        }
    }

    /// The rule in words, for the Definitions sheet.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Activities => "Distinct delivered activities; Quantity never multiplies them.",
            Self::Quantity => "Sum of Quantity over the delivered rows.",
            Self::MembersReached => {
                "Distinct Members that were Host or Beneficiary Member of the activities, or took part in them in any \
                 role except expert."
            }
            Self::MembersGiving => "Distinct Members that gave experts (Expert Members, or role expert in the list).",
            Self::MembersStanding { follow_up: true, .. } => {
                "Distinct Members whose newest register row counts; where the register has none, Members that answered \
                 yes or partly about a linked activity."
            }
            Self::MembersStanding { follow_up: false, .. } => "Distinct Members whose newest register row counts.",
            Self::PairsStanding { .. } => "Distinct pairs of two Members whose newest register row counts.",
            Self::Women => {
                "Women in the participation lists; for an activity whose list states no sex, Women of the log. Shown \
                 with the number of activities that have a figure."
            }
            Self::Experts => {
                "Experts in the participation lists; for an activity whose list has none, Experts of the log. Shown \
                 with the number of activities that have a figure."
            }
            Self::Contributions => {
                "Distinct (activity, developed Member) pairs where the Member gave experts, was the host or funded."
            }
            Self::Rating => "Mean of 100 x (rating - low) / (high - low), weighted by Responses.",
            Self::Share => "Follow-up answers yes or partly, of all answers with an action taken.",
            Self::Change { .. } => "Sum of value minus baseline value over the Members and periods that have both.",
            Self::MembersInputting => "Distinct Members with a figure above zero.",
            Self::Responses => "Follow-up answers.",
            Self::Tangible => "Sum of tangible results in the follow-up answers.",
        }
    }
}

/// One KPI as defined.
#[derive(Debug, Clone)]
pub struct KpiDefinition {
    /// The KPI.
    pub id: KpiId,
    /// The plan's own words, as the definition repeats them.
    pub text: String,
    /// How it is computed.
    pub measure: Measure,
    /// Which records it looks at.
    pub scope: Scope,
    /// When it counts.
    pub timing: Timing,
    /// Activity types that count.
    pub types: TypeSet,
    /// The types as the configuration names them; empty for the measure's own default.
    pub type_names: Vec<String>,
    /// Further types that count where the activity is linked to the KPI's action.
    pub or_linked: TypeSet,
    /// Those types as the configuration names them.
    pub or_linked_names: Vec<String>,
    /// Whether only activities with an international organisation as partner count.
    pub international_partner: bool,
    /// Only records that name this KPI or have one of these words (folded) count; empty: all.
    pub keywords: Vec<String>,
    /// Whether the mean satisfaction of SIE Members is shown beside it.
    pub companion: bool,
    /// What it lists beside its number.
    pub lists: Option<Lists>,
    /// A word for the reader.
    pub note: String,
    /// The file it stands in, below the configuration folder.
    pub file: String,
}

/// Loads the definitions, sorted in plan order.
pub(super) fn load(reader: &mut Reader, types: &ActivityTypes) -> Result<Vec<KpiDefinition>, ConfigError> {
    let mut kpis = Vec::new();
    for path in reader.list("kpis")? {
        let raw: RawKpis = reader.read(&path)?;
        for kpi in raw.kpi {
            let id = kpi.id;
            let content =
                |message: String| ConfigError::Content { path: path.clone(), message: format!("{id}: {message}") };
            kpis.push(checked(kpi, types, &path).map_err(content)?);
        }
    }
    kpis.sort_by_key(|kpi: &KpiDefinition| kpi.id);
    if let Some(twice) = kpis.windows(2).find(|pair| pair[0].id == pair[1].id) {
        let message = format!("{} is defined twice", twice[0].id);
        return Err(ConfigError::Content { path: "kpis".into(), message });
    }
    Ok(kpis)
}

fn checked(raw: RawKpi, types: &ActivityTypes, file: &str) -> Result<KpiDefinition, String> {
    let follow_up = raw.evidence.contains(&Evidence::FollowUp);
    let standing = matches!(raw.measure, MeasureName::MembersStanding | MeasureName::PairsStanding);
    if standing != (raw.timing == Timing::Stock) {
        return Err("standings are stocks, and every other measure is a flow".into());
    }
    if standing && (raw.statuses.is_empty() || !raw.evidence.contains(&Evidence::Status)) {
        return Err("a standing needs evidence \"status\" and the statuses that count".into());
    }
    let stated = !raw.statuses.is_empty() || !raw.evidence.is_empty();
    if stated && !standing {
        return Err("evidence and statuses belong to standings only".into());
    }
    let default: &[String] = match raw.measure {
        MeasureName::Activities | MeasureName::MembersReached => &["event".to_owned()],
        _ => &["any".to_owned()],
    };
    Ok(KpiDefinition {
        id: raw.id,
        text: raw.text,
        scope: raw.scope,
        timing: raw.timing,
        types: types.set(raw.types.as_deref().unwrap_or(default))?,
        type_names: raw.types.unwrap_or_default(),
        or_linked: types.set(&raw.or_linked)?,
        or_linked_names: raw.or_linked,
        international_partner: raw.partner.is_some(),
        keywords: raw.keywords.iter().map(|word| crate::terms::fold::fold(word)).collect(),
        companion: raw.companion.is_some(),
        lists: raw.lists,
        note: raw.note,
        file: file.to_owned(),
        measure: measure(raw.measure, follow_up, raw.statuses, raw.baseline_plan_year),
    })
}

fn measure(name: MeasureName, follow_up: bool, statuses: Vec<Status>, baseline: Option<PlanYear>) -> Measure {
    match name {
        MeasureName::Activities => Measure::Activities,
        MeasureName::Quantity => Measure::Quantity,
        MeasureName::MembersReached => Measure::MembersReached,
        MeasureName::MembersGiving => Measure::MembersGiving,
        MeasureName::MembersStanding => Measure::MembersStanding { follow_up, statuses },
        MeasureName::PairsStanding => Measure::PairsStanding { statuses },
        MeasureName::Women => Measure::Women,
        MeasureName::Experts => Measure::Experts,
        MeasureName::Contributions => Measure::Contributions,
        MeasureName::Rating => Measure::Rating,
        MeasureName::Share => Measure::Share,
        MeasureName::Change => Measure::Change { baseline },
        MeasureName::MembersInputting => Measure::MembersInputting,
        MeasureName::Responses => Measure::Responses,
        MeasureName::Tangible => Measure::Tangible,
    }
}
