//! Data files of needs and follow-up: what the workbook's long lists hold, in full.

use super::data::{Table, harmless};
use crate::artifact::Artifact;
use crate::records::FollowUp;
use crate::report::needs::NeedEvidence;
use crate::report::needs::answers::AnswerTable;
use crate::report::needs::asked::{AskedTable, Said};

/// `data/follow-up.csv`: one line per Member asked about an event, with its newest answer.
#[must_use]
pub fn follow_up(asked: &AskedTable) -> Artifact {
    let mut table = Table::new(&[
        "activity",
        "title",
        "end",
        "actions",
        "member",
        "answered_on",
        "action_taken",
        "tangible_results",
        "days_overdue",
    ]);
    // An event has many rows.
    let events: Vec<(String, String)> =
        asked.events.iter().map(|event| (event.end.to_string(), event.actions.replace(", ", ";"))).collect();
    for row in &asked.rows {
        let (event, said) = (asked.event(row), row.said.as_ref());
        let (end, actions) = &events[row.event];
        table.row(&[
            &harmless(&event.id),
            &harmless(&event.title),
            &end,
            &actions,
            &asked.members[row.member].0.as_str(),
            &said.map(|said| said.on.to_string()).unwrap_or_default(),
            &said.map_or("", Said::taken_words),
            &said.and_then(|said| said.tangible).map(|count| count.to_string()).unwrap_or_default(),
            &row.overdue.map(|days| days.to_string()).unwrap_or_default(),
        ]);
    }
    table.artifact("data/follow-up.csv")
}

/// `data/answers.csv`: the newest answer of each Member about each activity, in figures and words.
#[must_use]
pub fn answers(answers: &AnswerTable) -> Artifact {
    let figures = ["member", "activity", "answered_on", "action_taken", "tangible_results", "responses"];
    let words = FollowUp::IN_WORDS.map(|field| field.key().replace('-', "_"));
    let header: Vec<&str> = figures.into_iter().chain(words.iter().map(String::as_str)).chain(["place"]).collect();
    let mut table = Table::new(&header);
    for row in &answers.rows {
        let number = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
        let mut cells = vec![
            row.member.to_string(),
            harmless(&row.activity).into_owned(),
            row.said.on.to_string(),
            row.said.taken_words().to_owned(),
            number(row.said.tangible),
            number(row.responses),
        ];
        cells.extend(FollowUp::IN_WORDS.map(|field| harmless(row.words(field)).into_owned()));
        cells.push(harmless(&row.place).into_owned());
        table.texts(cells);
    }
    table.artifact("data/answers.csv")
}

/// `data/need-rows.csv`: every row of the needs surveys that was read, with the actions that it names.
#[must_use]
pub fn need_rows(rows: &[NeedEvidence]) -> Artifact {
    let mut table = Table::new(&["member", "topic", "actions", "priority", "answered_on", "place"]);
    for row in rows {
        table.row(&[
            &harmless(&row.member),
            &harmless(&row.topic),
            &row.actions.replace(", ", ";"),
            &row.priority,
            &row.date.map(|day| day.to_string()).unwrap_or_default(),
            &harmless(&row.place),
        ]);
    }
    table.artifact("data/need-rows.csv")
}
