//! Action progress: the plan's own three columns, with what became of each planned activity and the
//! result of each KPI.

use super::Material;
use super::plan::{Delivery, PlanDelivery};
use super::scorecard::{Shown, cell};
use crate::definitions::Action;

/// A planned activity as the action's cell prints it.
#[derive(Debug, Clone)]
pub struct BulletRow {
    /// The words of the plan, See also included.
    pub text: String,
    /// How far its planned item is.
    pub delivery: Delivery,
    /// That in words.
    pub words: String,
}

/// A KPI of an action with its results.
#[derive(Debug, Clone)]
pub struct ResultRow {
    /// Id and text of the KPI.
    pub text: String,
    /// In the report's period.
    pub period: Shown,
    /// In the year to date.
    pub year: Shown,
}

/// One action.
#[derive(Debug, Clone)]
pub struct ActionBlock {
    /// Letter, words and RSP reference, as in the plan's first column.
    pub text: String,
    /// The plan column.
    pub bullets: Vec<BulletRow>,
    /// The KPI column, with results.
    pub results: Vec<ResultRow>,
}

/// One section of the plan.
#[derive(Debug, Clone)]
pub struct SectionBlock {
    /// "1. Support the implementation …".
    pub title: String,
    /// Its actions.
    pub actions: Vec<ActionBlock>,
}

/// Action progress.
#[derive(Debug)]
pub struct ActionProgress {
    /// The plan's sections.
    pub sections: Vec<SectionBlock>,
    /// Id of the report's period, for the column's head.
    pub period: String,
}

pub(super) fn compose(material: &Material<'_>, plan: &PlanDelivery) -> ActionProgress {
    let work_plan = &material.definitions.plan;
    let sections = work_plan.sections.iter().map(|section| SectionBlock {
        title: format!("{}. {}", section.number, section.title),
        actions: work_plan
            .actions
            .iter()
            .filter(|action| action.id.section == section.number)
            .map(|action| block(material, action, plan))
            .collect(),
    });
    ActionProgress { sections: sections.collect(), period: material.main().id.clone() }
}

fn block(material: &Material<'_>, action: &Action, plan: &PlanDelivery) -> ActionBlock {
    let bullets = action.bullets.iter().map(|bullet| {
        let row = plan.row(bullet.item);
        BulletRow { text: bullet.text.clone(), delivery: row.delivery, words: format!("{} {}", row.id, row.words) }
    });
    let (main, ytd) = (&material.main().id, &material.ytd().id);
    let scorecard = &material.measured.scorecard;
    let results = action.kpis.iter().map(|(kpi, text)| {
        let shown = |line| scorecard.figure(*kpi, line).map_or(Shown::Words("not defined".into()), cell);
        ResultRow { text: format!("{kpi}  {text}"), period: shown(main), year: shown(ytd) }
    });
    ActionBlock {
        text: format!("{}) {} ({})", action.id.letters(), action.text, action.rsp_text),
        bullets: bullets.collect(),
        results: results.collect(),
    }
}
