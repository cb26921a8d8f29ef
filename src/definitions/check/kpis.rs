//! KPI definitions and targets beside the KPIs of the plan.

use std::collections::BTreeSet;

use super::place;
use crate::definitions::Definitions;
use crate::findings::{Code, Finding};
use crate::terms::KpiId;
use crate::terms::fold::tidy;

pub(super) fn lint(definitions: &Definitions, findings: &mut Vec<Finding>) {
    findings.extend(undefined(definitions));
    findings.extend(unused(definitions));
    findings.extend(text_differs(definitions));
    findings.extend(targets_unused(definitions));
}

fn undefined(definitions: &Definitions) -> impl Iterator<Item = Finding> {
    const HELP: &str = "Add a [[kpi]] with this id to a file in kpis/.";
    let defined: BTreeSet<KpiId> = definitions.kpis.iter().map(|kpi| kpi.id).collect();
    let plan = &definitions.plan;
    let kpis = plan.actions.iter().flat_map(|action| &action.kpis);
    kpis.filter(move |(id, _)| !defined.contains(id)).map(|(id, text)| {
        let message = format!("{id} has no definition in kpis/. Reports have no figure for it.");
        Finding::new(Code::KpiUndefined, place(plan.file_of(id.action), id.to_string()), message, HELP).seen(text)
    })
}

fn unused(definitions: &Definitions) -> impl Iterator<Item = Finding> {
    const HELP: &str = "Correct the id, or strike the definition.";
    let unused = definitions.kpis.iter().filter(|kpi| definitions.plan.kpi_text(kpi.id).is_none());
    unused.map(|kpi| {
        let message = format!(
            "The plan of {} has no KPI {}. Its figure is computed all the same.",
            definitions.plan.year, kpi.id
        );
        Finding::new(Code::KpiUnused, place(&kpi.file, kpi.id.to_string()), message, HELP).seen(&kpi.text)
    })
}

/// Spacing does not matter.
fn text_differs(definitions: &Definitions) -> impl Iterator<Item = Finding> {
    const HELP: &str = "Repeat the plan's words in the definition, after a look whether the rule still fits them.";
    definitions.kpis.iter().filter_map(|kpi| {
        let plan = definitions.plan.kpi_text(kpi.id).filter(|plan| tidy(plan) != tidy(&kpi.text))?;
        let message = format!("The plan says \"{plan}\". The figure is computed as defined.");
        Some(Finding::new(Code::KpiTextDiffers, place(&kpi.file, kpi.id.to_string()), message, HELP).seen(&kpi.text))
    })
}

fn targets_unused(definitions: &Definitions) -> impl Iterator<Item = Finding> {
    const HELP: &str = "Correct the id, or strike the entry.";
    let year = definitions.plan.year;
    let unused = definitions.targets.kpis().filter(|kpi| definitions.plan.kpi_text(*kpi).is_none());
    unused.map(move |kpi| {
        let message = format!("The plan of {year} has no KPI {kpi}. No KPI of the plan is measured against it.");
        let origin = place(&format!("targets/{year}.toml"), kpi.to_string());
        Finding::new(Code::TargetUnused, origin, message, HELP).seen(kpi.to_string())
    })
}
