//! Targets and baselines. The plan publishes none; the file is there for the office to fill.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::raw::{ConfigError, Reader, date};
use crate::terms::{KpiId, PlanYear};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawTarget {
    #[serde(default)]
    baseline: Option<Baseline>,
    #[serde(default)]
    target: Option<Target>,
}

/// Where a KPI stood before the plan.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Baseline {
    /// The value, in the KPI's unit.
    pub value: f64,
    /// The day it stood.
    #[serde(deserialize_with = "date")]
    pub as_at: NaiveDate,
}

/// Where a KPI is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Target {
    /// The value, in the KPI's unit.
    pub value: f64,
    /// The day it is due.
    #[serde(deserialize_with = "date")]
    pub by: NaiveDate,
}

/// Baselines and targets by KPI.
#[derive(Debug, Default)]
pub struct Targets {
    by_kpi: BTreeMap<KpiId, (Option<Baseline>, Option<Target>)>,
}

impl Targets {
    pub(super) fn load(reader: &mut Reader, year: PlanYear) -> Result<Self, ConfigError> {
        let raw: BTreeMap<KpiId, RawTarget> = reader.read(&format!("targets/{year}.toml"))?;
        Ok(Self { by_kpi: raw.into_iter().map(|(kpi, raw)| (kpi, (raw.baseline, raw.target))).collect() })
    }

    /// The baseline of a KPI.
    #[must_use]
    pub fn baseline(&self, kpi: KpiId) -> Option<Baseline> {
        self.by_kpi.get(&kpi).and_then(|(baseline, _)| *baseline)
    }

    /// The target of a KPI.
    #[must_use]
    pub fn target(&self, kpi: KpiId) -> Option<Target> {
        self.by_kpi.get(&kpi).and_then(|(_, target)| *target)
    }

    /// KPIs that have a baseline or a target.
    pub fn kpis(&self) -> impl Iterator<Item = KpiId> {
        self.by_kpi.keys().copied()
    }
}
