//! Data files for other programs: UTF-8, comma, header line, LF.
//!
//! Source: output contract.

use std::borrow::Cow;

use crate::artifact::Artifact;
use crate::definitions::{Definitions, KpiDefinition};
use crate::findings::Finding;
use crate::mapping::Links;
use crate::measure::needs::{Asked, NeedLine};
use crate::records::Records;
use crate::report::evidence::EvidenceRow;
use crate::scorecard::{Actual, Figure, KpiResult, Scorecard, result_id};
use crate::terms::Line;
use crate::terms::figure::data_number;

const SCORECARD: [&str; 21] = [
    "kpi",
    "action",
    "text",
    "measure",
    "timing",
    "period",
    "from",
    "to",
    "value",
    "unit",
    "state",
    "reason",
    "numerator",
    "denominator",
    "baseline",
    "target",
    "progress",
    "members",
    "records",
    "covered",
    "coverable",
];

/// `data/scorecard.csv`: one line per KPI and period.
#[must_use]
pub fn scorecard(scorecard: &Scorecard, definitions: &Definitions) -> Artifact {
    let mut table = Table::new(&SCORECARD);
    for result in &scorecard.results {
        let Some(definition) = definitions.kpis.iter().find(|kpi| kpi.id == result.kpi) else { continue };
        let text = definitions.plan.kpi_text(result.kpi).unwrap_or(&definition.text);
        for (line, figure) in scorecard.lines.iter().zip(&result.figures) {
            table.texts(kpi_line(result, definition, text, line, figure));
        }
    }
    table.artifact("data/scorecard.csv")
}

fn kpi_line(result: &KpiResult, definition: &KpiDefinition, text: &str, line: &Line, figure: &Figure) -> Vec<String> {
    let number = |value: Option<f64>| value.map(data_number).unwrap_or_default();
    let count = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    let (state, reason) = match &figure.actual {
        Actual::Measured(_) => ("measured", ""),
        Actual::Narrative(_) => ("narrative", ""),
        Actual::NotMeasured(reason) => ("not-measured", reason.as_str()),
    };
    let companion = result.companion;
    vec![
        result_id(result.kpi, companion),
        result.kpi.action.to_string(),
        text.to_owned(),
        if companion { "rating" } else { definition.measure.name() }.to_owned(),
        if companion { "flow" } else { definition.timing.as_str() }.to_owned(),
        line.id.clone(),
        line.from.to_string(),
        line.to.to_string(),
        number(figure.actual.value()),
        if companion { "percent" } else { definition.measure.unit() }.to_owned(),
        state.to_owned(),
        reason.to_owned(),
        number(figure.numerator),
        number(figure.denominator),
        number(figure.baseline),
        number(figure.target),
        number(figure.progress),
        figure.listed.codes(),
        figure.records.to_string(),
        count(figure.covered),
        count(figure.coverable),
    ]
}

/// `data/links.csv`: one line per delivered activity and action it serves; unlinked ones once.
#[must_use]
pub fn links(links: &Links, records: &Records, definitions: &Definitions) -> Artifact {
    let mut table =
        Table::new(&["activity", "title", "end", "action", "basis", "score", "plan_item", "file", "sheet", "row"]);
    for mapped in links.all.iter().filter(|mapped| records.delivered[mapped.activity]) {
        let (row, activity) = &records.activities[mapped.activity];
        let source = &records.sources[row.source.index()];
        let basis = mapped.basis.map_or("none", crate::mapping::Basis::as_str);
        let score = mapped.score().unwrap_or_default();
        let item = definitions.plan.item_ids_of(&mapped.items);
        let mut actions: Vec<String> = mapped.links.iter().map(|link| link.action.to_string()).collect();
        if actions.is_empty() {
            actions.push(String::new());
        }
        for action in actions {
            table.row(&[
                &harmless(&records.ids[mapped.activity]),
                &harmless(&activity.title),
                &activity.end.to_string(),
                &action,
                &basis,
                &score,
                &item,
                &harmless(&source.file),
                &harmless(&source.sheet),
                &row.row.to_string(),
            ]);
        }
    }
    table.artifact("data/links.csv")
}

/// `data/review.csv`: the planned items that each activity in doubt may deliver, best first.
#[must_use]
pub fn review(links: &Links, records: &Records, definitions: &Definitions) -> Artifact {
    let mut table = Table::new(&[
        "activity",
        "title",
        "end",
        "candidate",
        "plan_item",
        "plan_title",
        "score",
        "reasons",
        "file",
        "sheet",
        "row",
    ]);
    for mapped in links.in_doubt(records) {
        let (row, activity) = &records.activities[mapped.activity];
        let source = &records.sources[row.source.index()];
        for (at, candidate) in mapped.asked.iter().enumerate() {
            let item = definitions.plan.item(candidate.item);
            table.row(&[
                &harmless(&records.ids[mapped.activity]),
                &harmless(&activity.title),
                &activity.end.to_string(),
                &(at + 1).to_string(),
                &item.id,
                &item.title,
                &candidate.shown(),
                &harmless(&candidate.reasons()),
                &harmless(&source.file),
                &harmless(&source.sheet),
                &row.row.to_string(),
            ]);
        }
    }
    table.artifact("data/review.csv")
}

/// `data/needs.csv`: one line per need and per delivery without a stated need.
#[must_use]
pub fn needs(lines: &[NeedLine]) -> Artifact {
    let mut table = Table::new(&[
        "member",
        "action",
        "topic",
        "priority",
        "asked_on",
        "first_asked",
        "round",
        "current",
        "state",
        "delivered_activities",
        "last_delivery",
        "delivered_before",
        "answers",
        "planned_items",
        "support_wanted",
    ]);
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    for line in lines {
        let asked = line.asked.as_ref();
        let said = |of: &dyn Fn(&Asked) -> String| asked.map(of).unwrap_or_default();
        let answers = line.answers.iter().map(|(id, taken)| format!("{id}={}", taken.as_str()));
        let regional = line.regional.iter().map(|id| format!("{id}=regional"));
        let planned: Vec<String> = line.planned.iter().cloned().chain(regional).collect();
        table.row(&[
            &line.member.to_string(),
            &line.action.to_string(),
            &harmless(&said(&|asked| asked.topic.clone())),
            &said(&|asked| asked.priority.as_str().to_owned()),
            &said(&|asked| asked.on.to_string()),
            &said(&|asked| asked.first.to_string()),
            &said(&|asked| asked.round.to_string()),
            &said(&|asked| if asked.current { "yes" } else { "no" }.to_owned()),
            &line.state.as_str(),
            &harmless(&line.delivered.join(";")),
            &day(line.last_delivery),
            &day(line.delivered_before),
            &harmless(&answers.collect::<Vec<_>>().join(";")),
            &planned.join(";"),
            &harmless(&said(&|asked| asked.support.clone())),
        ]);
    }
    table.artifact("data/needs.csv")
}

/// `data/evidence.csv`: one line per KPI and row behind it; of a participation list, per activity.
#[must_use]
pub fn evidence(rows: &[EvidenceRow]) -> Artifact {
    let mut table = Table::new(&[
        "kpi",
        "periods",
        "kind",
        "activity",
        "member",
        "file",
        "sheet",
        "cell",
        "first_row",
        "last_row",
        "rows",
        "basis",
    ]);
    for row in rows {
        table.row(&[
            &result_id(row.kpi, row.companion),
            &row.periods.replace(", ", ";"),
            &row.kind,
            &harmless(&row.activity),
            &row.member,
            &harmless(&row.file),
            &harmless(&row.sheet),
            &row.cell,
            &row.first.to_string(),
            &row.last.to_string(),
            &row.rows.to_string(),
            &row.basis,
        ]);
    }
    table.artifact("data/evidence.csv")
}

/// `data/findings.csv`: one line per finding.
#[must_use]
pub fn findings(findings: &[&Finding]) -> Artifact {
    let mut table = Table::new(&["severity", "code", "file", "sheet", "cell", "value", "message", "help"]);
    for finding in findings {
        table.row(&[
            &finding.severity().as_str(),
            &finding.code.as_str(),
            &harmless(&finding.origin.file),
            &harmless(&finding.origin.sheet),
            &&*finding.origin.cell,
            &harmless(&finding.value),
            &harmless(&finding.message),
            &&*finding.help,
        ]);
    }
    table.artifact("data/findings.csv")
}

/// Text from a spreadsheet must not act as a formula when Excel opens the csv: a leading `=`, `+`, `-`,
/// `@` or tab gets an apostrophe before it.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}").into() } else { text.into() }
}

/// Why writing a row cannot fail.
const TO_MEMORY: &str = "rows of one length, written to memory";

pub(super) struct Table(csv::Writer<Vec<u8>>);

impl Table {
    pub(super) fn new(header: &[&str]) -> Self {
        let mut table = Self(csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new()));
        table.texts(header);
        table
    }

    pub(super) fn row(&mut self, fields: &[&dyn AsRef<str>]) {
        self.texts(fields);
    }

    /// A row of texts.
    pub(super) fn texts(&mut self, fields: impl IntoIterator<Item: AsRef<str>>) {
        for field in fields {
            self.0.write_field(field.as_ref()).expect(TO_MEMORY);
        }
        self.0.write_record(None::<&[u8]>).expect(TO_MEMORY);
    }

    pub(super) fn artifact(self, path: &str) -> Artifact {
        Artifact::new(path, self.0.into_inner().expect("flushing memory cannot fail"))
    }
}
