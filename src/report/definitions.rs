//! How each KPI is counted, from the configuration, so that the words cannot drift from the figures.

use super::Material;
use crate::definitions::{KpiDefinition, Measure, Scope, Status, Timing};

/// One KPI.
#[derive(Debug, Clone)]
pub struct DefinitionRow {
    /// The KPI.
    pub kpi: String,
    /// The plan's own words.
    pub text: String,
    /// The measure's name.
    pub measure: &'static str,
    /// The rule in words.
    pub rule: String,
    /// Which records it looks at.
    pub scope: &'static str,
    /// When it counts.
    pub timing: &'static str,
    /// Unit.
    pub unit: &'static str,
}

/// All KPIs.
#[derive(Debug)]
pub struct DefinitionTable {
    /// In plan order.
    pub rows: Vec<DefinitionRow>,
}

pub(super) fn compose(material: &Material<'_>) -> DefinitionTable {
    let plan = &material.definitions.plan;
    let rows = material.definitions.kpis.iter().map(|kpi| DefinitionRow {
        kpi: kpi.id.to_string(),
        text: plan.kpi_text(kpi.id).unwrap_or(&kpi.text).to_owned(),
        measure: kpi.measure.name(),
        rule: rule(kpi),
        scope: match kpi.scope {
            Scope::Action => "records linked to the action",
            Scope::All => "all delivered activities",
        },
        timing: match kpi.timing {
            Timing::Flow => "inside the period",
            Timing::Stock => "on the period's last day",
        },
        unit: kpi.measure.unit(),
    });
    DefinitionTable { rows: rows.collect() }
}

/// The rule of a KPI in words.
#[must_use]
pub fn rule(kpi: &KpiDefinition) -> String {
    let mut rule = kpi.measure.rule().to_owned();
    let mut add = |sentence: String| {
        rule.push(' ');
        rule.push_str(&sentence);
    };
    if !kpi.type_names.is_empty() {
        add(format!("Counted types: {}.", types(&kpi.type_names)));
    }
    if !kpi.or_linked_names.is_empty() {
        add(format!("Also, where linked to {}: {}.", kpi.id.action, types(&kpi.or_linked_names)));
    }
    if kpi.international_partner {
        add("Only activities with an international organisation among the partners.".to_owned());
    }
    if !kpi.keywords.is_empty() {
        let words = kpi.keywords.join(", ");
        add(format!("Only records that name {} or have one of these words in Activity or Remarks: {words}.", kpi.id));
    }
    if let Measure::MembersStanding { statuses, .. } | Measure::PairsStanding { statuses } = &kpi.measure {
        add(format!("Statuses that count: {}.", statuses.iter().map(|of| status(*of)).collect::<Vec<_>>().join(", ")));
    }
    if kpi.companion {
        add("Beside it: mean satisfaction of the SIE Members' follow-up answers about the linked activities."
            .to_owned());
    }
    if !kpi.note.is_empty() {
        add(kpi.note.clone());
    }
    rule
}

fn types(names: &[String]) -> String {
    let words = names.iter().map(|name| match name.as_str() {
        "cb" => "capacity building",
        "event" => "every event",
        "any" => "every type",
        id => id,
    });
    words.collect::<Vec<_>>().join(", ")
}

fn status(of: Status) -> &'static str {
    match of {
        Status::Implementing => "implementing",
        Status::Contracting => "contracting",
        Status::Operating => "operating",
        Status::Arranged => "arranged",
        Status::InProgress => "in progress",
        Status::None => "none",
    }
}
