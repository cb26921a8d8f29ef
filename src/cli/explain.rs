//! `explain`: the rows behind a figure, or how an activity came to its actions.

use std::fmt::Write;

use super::console::wrapped;
use crate::definitions::{Decision, ItemId, KpiDefinition, Verdict};
use crate::mapping::Mapped;
use crate::measure::evidence;
use crate::pipeline::Run;
use crate::records::RowId;
use crate::report::definitions::rule;
use crate::report::scorecard::{Shown, cell};
use crate::scorecard::Figure;
use crate::terms::figure::{counted, report_number};
use crate::terms::fold::tidy;
use crate::terms::{KpiId, Line};

/// Explains a KPI or an activity; none where nothing of the run has that name.
pub(super) fn explain(run: &Run, name: &str) -> Option<String> {
    if let Ok(id) = name.parse::<KpiId>() {
        return run.definitions.kpis.iter().find(|kpi| kpi.id == id).map(|kpi| figure(run, kpi));
    }
    let wanted = tidy(name).to_lowercase();
    let named =
        |mapped: &&Mapped| run.records.ids[mapped.activity].to_lowercase() == wanted || at_place(run, mapped, &wanted);
    let mut found = run.links.all.iter().filter(named);
    let first = found.next().map(|mapped| activity(run, mapped));
    first.map(|first| found.fold(first, |text, mapped| format!("{text}\n{}", activity(run, mapped))))
}

/// Whether an activity stands at a place as a person writes it: `activities.xlsx:12`, or `activities.xlsx:Q1:12` where
/// several sheets have that row.
fn at_place(run: &Run, mapped: &Mapped, wanted: &str) -> bool {
    let row = run.records.activities[mapped.activity].0;
    let source = &run.records.sources[row.source.index()];
    let (file, sheet) = (source.file.to_lowercase(), source.sheet.to_lowercase());
    wanted == format!("{file}:{}", row.row) || wanted == format!("{file}:{sheet}:{}", row.row)
}

/// A KPI: its rule, its figures, and the rows behind the report's period and the year to date.
fn figure(run: &Run, kpi: &KpiDefinition) -> String {
    let words = run.definitions.plan.kpi_text(kpi.id).unwrap_or(&kpi.text);
    let mut text = wrapped(&format!("{}  {words}", kpi.id), "");
    text.push_str(&wrapped(&rule(kpi), "  "));
    text.push('\n');
    let scorecard = &run.measured.scorecard;
    for line in &scorecard.lines {
        if let Some(figure) = scorecard.figure(kpi.id, &line.id) {
            let _ = writeln!(text, "  {:<9} {} to {}  {}", line.id, line.from, line.counted_to, value(figure, kpi));
        }
    }
    let main = run.period.main_line();
    for id in [main.as_str(), "YTD"] {
        if let Some(line) = scorecard.lines.iter().find(|line| line.id == id) {
            text.push_str(&rows(run, kpi, line));
        }
    }
    text
}

fn value(figure: &Figure, kpi: &KpiDefinition) -> String {
    let mut text = match cell(figure) {
        Shown::Number(value, _) => format!("{} {}", report_number(value), kpi.measure.unit()),
        Shown::Words(words) => words,
    };
    if let (Some(numerator), Some(denominator)) = (figure.numerator, figure.denominator) {
        let _ = write!(text, " = {} / {}", report_number(numerator), report_number(denominator));
    }
    if let (Some(covered), Some(coverable)) = (figure.covered, figure.coverable) {
        let _ = write!(text, ", from {covered} of {coverable} activities");
    }
    let codes = figure.listed.codes();
    if !codes.is_empty() {
        let _ = write!(text, ": {}", codes.replace(';', ", "));
    }
    text
}

fn rows(run: &Run, kpi: &KpiDefinition, line: &Line) -> String {
    let rows = evidence::rows(&run.definitions, &run.records, &run.links, kpi, line);
    let mut text = format!("\nRows behind {}: {}\n", line.id, rows.len());
    for row in rows {
        let _ = writeln!(text, "  {}{}", run.records.sources[row.source.index()].place(row.row), what(run, row));
    }
    text
}

/// What a row is, where it is the row of an activity. Rows of lists are never named: they are persons.
fn what(run: &Run, row: RowId) -> String {
    let activity = run.records.activities.iter().find(|(other, _)| *other == row).map(|(_, activity)| activity);
    activity.map_or_else(String::new, |activity| format!("  {} (ended {})", tidy(&activity.title), activity.end))
}

/// An activity: what the row says, its planned item, its basis and its actions.
fn activity(run: &Run, mapped: &Mapped) -> String {
    let (row, activity) = &run.records.activities[mapped.activity];
    let (plan, registry) = (&run.definitions.plan, &run.definitions.members);
    let mut text = wrapped(&format!("{}  {}", run.records.ids[mapped.activity], tidy(&activity.title)), "");
    let mut say = |label: &str, words: &str| text.push_str(&wrapped(words, &format!("  {label:<14}")));
    say("where", &run.records.sources[row.source.index()].place(row.row));
    let by = if run.records.delivered[mapped.activity] { "" } else { " (does not count)" };
    say(
        "status",
        &format!(
            "{}{by}, {} to {}, plan year {}",
            activity.status.as_str(),
            activity.start,
            activity.end,
            activity.plan_year()
        ),
    );
    let of = activity.of_type.map_or("unknown", |of| &run.definitions.types.get(of).name);
    say("type", of);
    let members: Vec<&str> = mapped.members.iter().map(|member| registry.name(*member)).collect();
    let taken = if mapped.members_from_plan { " (taken from the planned item)" } else { "" };
    say("Members", &format!("{}{taken}", if members.is_empty() { "none".to_owned() } else { members.join(", ") }));
    planned(run, mapped, &mut say);
    for link in &mapped.links {
        let action = plan.action_of(link.action).map_or("", |action| action.text.as_str());
        let kpis = link
            .kpis
            .as_ref()
            .map(|kpis| format!(" (only KPI {})", kpis.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")));
        let part = link.part.as_ref().map(|part| {
            let names: Vec<&str> = part.iter().map(|member| registry.name(*member)).collect();
            format!(" (only the part of {})", names.join(", "))
        });
        say("serves", &format!("{}{}{}  {action}", link.action, kpis.unwrap_or_default(), part.unwrap_or_default()));
    }
    let _ = writeln!(text, "  {}", counted(mapped.links.len(), "action served", "actions served"));
    text
}

/// The planned items of an activity, how they were found, and what was weighed.
fn planned(run: &Run, mapped: &Mapped, say: &mut dyn FnMut(&str, &str)) {
    let plan = &run.definitions.plan;
    let named = |item: ItemId| format!("{}  {}", plan.item(item).id, plan.item(item).title);
    for item in &mapped.items {
        say("planned item", &named(*item));
    }
    if mapped.items.is_empty() {
        say("planned item", "none");
    }
    if let Some(found) = mapped.found {
        say("found by", found.as_str());
    }
    for (label, candidates) in [("evidence", &mapped.recognised), ("may deliver", &mapped.asked)] {
        for found in candidates {
            say(label, &format!("{}  {}\n{}", found.shown(), named(found.item), found.reasons()));
        }
    }
    if let Some(nearest) = &mapped.nearest {
        say("comes nearest", &format!("{}  {}\n{}", nearest.shown(), named(nearest.item), nearest.reasons()));
    }
    let decided = run.records.decided.of[mapped.activity];
    match mapped.basis {
        Some(basis) => say("basis", &format!("{}: {}", basis.as_str(), basis.in_words())),
        None if decided.is_some() => say("basis", "none"),
        None => say("basis", "none: nothing links it to an action of the plan"),
    }
    if let Some(at) = decided {
        say("decided", &decision(&run.definitions.decisions.all()[at]));
    }
}

/// What a person decided, when and why.
fn decision(decision: &Decision) -> String {
    let what = match &decision.verdict {
        Verdict::Deliver(items) => format!("delivers {}", items.join("; ")),
        Verdict::Serve(named) if named.is_empty() => "outside the plan, serves no action".to_owned(),
        Verdict::Serve(named) => {
            let named: Vec<String> = named.iter().map(ToString::to_string).collect();
            format!("outside the plan, serves {}", named.join(", "))
        }
        Verdict::NotOurs => "not the office's; it counts in nothing".to_owned(),
    };
    let on = decision.on.map(|on| format!(" ({on})")).unwrap_or_default();
    let reason = if decision.reason.is_empty() { String::new() } else { format!(": {}", tidy(&decision.reason)) };
    format!("{what}{on}{reason}")
}
