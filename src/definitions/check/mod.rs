//! What the configuration says about itself: contradictions that cannot be used, and slips of the plan,
//! which are reported to its owner and never repaired.

mod consistent;
mod forms;
mod kpis;
mod see_also;
mod titles;

use super::work_plan::{Action, Bullet, PlanItem, WorkPlan};
use super::{ConfigError, Definitions};
use crate::findings::{Finding, Origin, Text};

/// What a person should look at in the work plan and in the rest of the configuration.
#[must_use]
pub fn lint(definitions: &Definitions) -> Vec<Finding> {
    let mut findings = Vec::new();
    see_also::lint(definitions, &mut findings);
    forms::lint(definitions, &mut findings);
    titles::lint(definitions, &mut findings);
    kpis::lint(definitions, &mut findings);
    findings
}

/// Refuses what cannot be: two actions of one name, rules for actions that do not exist.
pub(super) fn consistent(definitions: &Definitions) -> Result<(), ConfigError> {
    consistent::check(definitions)
}

/// One bullet where it stands: an action that lists a planned item.
#[derive(Clone, Copy)]
struct Listing<'a> {
    file: &'a str,
    action: &'a Action,
    /// Position in the action's cell, from 1.
    number: usize,
    bullet: &'a Bullet,
    item: &'a PlanItem,
}

impl Listing<'_> {
    fn origin(&self) -> Origin {
        place(self.file, format!("{}, bullet {} ({})", self.action.id, self.number, self.item.id))
    }

    /// The See also as the plan prints it.
    fn see_also(&self) -> String {
        format!("See also {}", self.bullet.see_also_text)
    }
}

/// All bullets of the plan, in its order.
fn listings(plan: &WorkPlan) -> impl Iterator<Item = Listing<'_>> {
    plan.actions.iter().flat_map(move |action| {
        let file = plan.file_of(action.id);
        let bullets = action.bullets.iter().zip(1..);
        bullets.map(move |(bullet, number)| Listing { file, action, number, bullet, item: plan.item(bullet.item) })
    })
}

fn place(file: &str, cell: impl Into<Text>) -> Origin {
    Origin { file: file.into(), sheet: "".into(), cell: cell.into() }
}

/// `a`, `a and b`, `a, b and c`.
fn series<T: std::fmt::Display>(words: impl IntoIterator<Item = T>) -> String {
    let mut words: Vec<String> = words.into_iter().map(|word| word.to_string()).collect();
    match words.pop() {
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} and {last}", words.join(", ")),
        None => String::new(),
    }
}
