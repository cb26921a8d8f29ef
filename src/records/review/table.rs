//! A filled-in review as a table: its columns, and what the cells of a row decide.

use std::ops::Range;

use chrono::NaiveDate;

use super::NO_ACTION;
use super::verdict::{actions, verdict};
use crate::definitions::{Decision, Definitions, REVIEW_SHEET, TOPICS_SHEET, TopicDecision};
use crate::findings::{Code, Finding, Origin};
use crate::intake::{Cell, Sheet, SourceFile};
use crate::records::dates::{calendar_year, read_days};
use crate::terms::PlanYear;
use crate::terms::fold::fold;

/// The columns that are read, or by which a review is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    ActivityId,
    Title,
    Start,
    Decision,
    Item,
    Actions,
    Reason,
    On,
    Plan,
    Topic,
    Candidate,
    MayMean,
    Place,
}

/// The columns with their headers.
const HEADERS: [(Column, &str); 13] = [
    (Column::ActivityId, "Activity ID"),
    (Column::Title, "Activity"),
    (Column::Start, "Start date"),
    (Column::Decision, "Decision"),
    (Column::Item, "Planned item"),
    (Column::Actions, "AWP actions"),
    (Column::Reason, "Reason"),
    (Column::On, "Decided on"),
    (Column::Plan, "Plan"),
    (Column::Topic, "Topic"),
    (Column::Candidate, "Candidate 1"),
    (Column::MayMean, "May mean"),
    (Column::Place, "Where it stands"),
];
/// How far down the header row may stand.
const TOP: usize = 12;

/// What cannot be read of a row: the column, and why.
pub(super) type Unread = (Column, String);

/// A review sheet with the places of its columns.
pub(super) struct Table<'a> {
    sheet: &'a Sheet,
    /// Index of the first row below the header.
    first: usize,
    columns: Vec<(Column, usize)>,
}

impl<'a> Table<'a> {
    /// A review of activities: by its headers, or by fewer of them in a sheet of its name.
    pub(super) fn of(sheet: &'a Sheet) -> Option<Self> {
        let table = Self::with(sheet, &[Column::Title, Column::Start])?;
        let told = sheet.name == REVIEW_SHEET || table.has(Column::Candidate) || table.has(Column::Place);
        told.then_some(table)
    }

    /// A review of topics.
    pub(super) fn of_topics(sheet: &'a Sheet) -> Option<Self> {
        let table = Self::with(sheet, &[Column::Topic])?;
        (sheet.name == TOPICS_SHEET || table.has(Column::MayMean)).then_some(table)
    }

    /// The table whose header names a decision and these columns.
    fn with(sheet: &'a Sheet, needed: &[Column]) -> Option<Self> {
        let tables =
            (0..sheet.rows.len().min(TOP)).map(|row| Self { sheet, first: row + 1, columns: columns(sheet, row) });
        let table = tables.into_iter().find(|table| table.has(Column::Decision))?;
        needed.iter().all(|column| table.has(*column)).then_some(table)
    }

    fn has(&self, column: Column) -> bool {
        self.columns.iter().any(|(found, _)| *found == column)
    }

    /// Indexes of the rows below the header.
    pub(super) fn rows(&self) -> Range<usize> {
        self.first..self.sheet.rows.len()
    }

    /// The decision about a topic; none where there is none yet.
    pub(super) fn topic(&self, row: usize, definitions: &Definitions) -> Result<Option<TopicDecision>, Unread> {
        let (chosen, typed) = (self.text(row, Column::Decision), self.text(row, Column::Actions));
        let words = self.text(row, Column::Topic);
        if words.is_empty() || (chosen.is_empty() && typed.is_empty()) {
            return Ok(None);
        }
        let named = actions(&typed, &definitions.plan)?;
        let mut named: Vec<_> = named.into_iter().map(|named| named.action).collect();
        named.dedup();
        if chosen.is_empty() {
            return Ok(Some(TopicDecision { words, actions: named }));
        }
        let chosen = if fold(&chosen) == fold(NO_ACTION) { Vec::new() } else { topic_actions(&chosen, definitions)? };
        if !typed.is_empty() && named != chosen {
            return Err((Column::Actions, "Decision and AWP actions say different things.".to_owned()));
        }
        Ok(Some(TopicDecision { words, actions: chosen }))
    }

    fn cell(&self, row: usize, column: Column) -> Cell {
        let at = self.columns.iter().find(|(found, _)| *found == column);
        at.map_or(Cell::Empty, |(_, at)| self.sheet.cell(row, *at))
    }

    pub(super) fn text(&self, row: usize, column: Column) -> String {
        self.sheet.shown(self.cell(row, column))
    }

    /// A day, as dates are read everywhere; none where the cell is blank or holds none.
    fn day(&self, row: usize, column: Column) -> Option<NaiveDate> {
        let day = match self.cell(row, column) {
            Cell::Date(day) => Some(day),
            cell => read_days(&self.sheet.shown(cell), true).filter(|days| days.last.is_none()).map(|days| days.first),
        };
        day.filter(|day| plausible(*day))
    }

    /// The decision of a row; none where there is none yet.
    pub(super) fn decision(&self, row: usize, definitions: &Definitions) -> Result<Option<Decision>, Unread> {
        let cells = [Column::Decision, Column::Item, Column::Actions].map(|column| self.text(row, column));
        if cells.iter().all(String::is_empty) {
            return Ok(None);
        }
        let plan = self.plan(row, definitions)?;
        let [chosen, item, actions] = cells;
        let verdict = verdict(&chosen, &item, &actions, &definitions.plan, plan)?;
        let start = self.day(row, Column::Start);
        let start =
            start.ok_or_else(|| (Column::Start, "The start date was changed and finds no activity.".to_owned()))?;
        Ok(Some(Decision {
            plan,
            activity: self.text(row, Column::ActivityId),
            title: self.text(row, Column::Title),
            start,
            verdict,
            reason: if self.cell(row, Column::Reason) == Cell::NoValue {
                String::new()
            } else {
                self.text(row, Column::Reason)
            },
            on: self.day(row, Column::On),
        }))
    }

    /// The year of the plan whose items are meant: one of which there is a plan.
    fn plan(&self, row: usize, definitions: &Definitions) -> Result<PlanYear, Unread> {
        let text = self.text(row, Column::Plan);
        if text.is_empty() {
            return Ok(definitions.plan.year);
        }
        let expected = |_| (Column::Plan, "A plan year such as 2025-2026 was expected.".to_owned());
        let year: PlanYear = text.parse().map_err(expected)?;
        let known = definitions.plan_years.contains(&year);
        known.then_some(year).ok_or_else(|| (Column::Plan, format!("The configuration has no plan of {year}.")))
    }

    /// Says that a day of decision cannot be read.
    pub(super) fn undated(&self, file: &SourceFile, row: usize) -> Option<Finding> {
        let text = self.text(row, Column::On);
        (!text.is_empty() && self.day(row, Column::On).is_none()).then(|| {
            let message = "The day of the decision cannot be read; the decision holds without it.";
            let origin = self.origin(file, row, Column::On);
            Finding::new(Code::FieldUnreadable, origin, message, "Correct it: 2025-11-03 or 3 Nov 2025.").seen(text)
        })
    }

    /// Where a cell stands.
    pub(super) fn origin(&self, file: &SourceFile, row: usize, column: Column) -> Origin {
        let at = self.columns.iter().find(|(found, _)| *found == column).map_or(0, |(_, at)| *at);
        let cell = self.sheet.address(row, at).into();
        Origin { file: file.path.as_str().into(), sheet: self.sheet.name.as_str().into(), cell }
    }

    pub(super) fn finding(&self, file: &SourceFile, row: usize, column: Column, message: String) -> Finding {
        let help = "Choose from the list in Decision; give the planned item or the actions beside it where they are asked for.";
        let origin = self.origin(file, row, column);
        Finding::new(Code::DecisionUnreadable, origin, message, help).seen(self.text(row, column))
    }
}

/// Whether a day lies in the years that dates may have.
fn plausible(day: NaiveDate) -> bool {
    use chrono::Datelike;
    u32::try_from(day.year()).ok().and_then(calendar_year) == Some(day.year())
}

/// The actions of a configured topic.
fn topic_actions(chosen: &str, definitions: &Definitions) -> Result<Vec<crate::terms::ActionRef>, Unread> {
    let folded = fold(chosen);
    let topic = definitions.need_topics.iter().find(|topic| topic.is_called(&folded));
    let unknown = || (Column::Decision, "No topic of config/needs.toml is called so.".to_owned());
    topic.map(|topic| topic.actions.clone()).ok_or_else(unknown)
}

/// The columns that a row of headers names.
fn columns(sheet: &Sheet, row: usize) -> Vec<(Column, usize)> {
    let cells = (0..sheet.width()).map(|at| (fold(&sheet.shown(sheet.cell(row, at))), at));
    let named = |(text, at): (String, usize)| {
        HEADERS.iter().find(|(_, header)| fold(header) == text).map(|(column, _)| (*column, at))
    };
    cells.filter_map(named).collect()
}
