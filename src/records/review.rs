//! A review that people filled in: their decisions about activities in doubt.
//!
//! The sheet is the one that `review.xlsx` brings; it is recognised by its name and its headers, and its rows
//! are no records.

use chrono::NaiveDate;

use crate::definitions::{Decision, Definitions, REVIEW_SHEET, TOPICS_SHEET, TopicDecision, Verdict, WorkPlan};
use crate::findings::{Code, Finding, Origin};
use crate::intake::{Cell, Sheet, SourceFile};
use crate::terms::PlanYear;
use crate::terms::fold::fold;
use crate::terms::reference::parse_references;

/// Decision: another planned item than the candidates.
pub const ANOTHER: &str = "Another planned item";
/// Decision: no planned item, but the actions beside.
pub const OUTSIDE: &str = "Outside the plan";
/// Decision: not the office's.
pub const NOT_OURS: &str = "Not ours";

/// Decision about a topic: it asks for no action of the plan.
pub const NO_ACTION: &str = "No action of the plan";

/// The columns that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
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
}

/// The columns that are read, with their headers.
const HEADERS: [(Column, &str); 10] = [
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
];
/// How far down the header row may stand.
const TOP: usize = 12;

/// What filled-in reviews say.
#[derive(Debug, Default)]
pub struct ReviewRead {
    /// The decisions, in file order.
    pub decisions: Vec<Decision>,
    /// The decisions about topics of needs, in file order.
    pub topics: Vec<TopicDecision>,
    /// Rows that nobody has decided yet.
    pub undecided: usize,
    /// Review sheets found.
    pub sheets: usize,
    /// What cannot be read.
    pub findings: Vec<Finding>,
}

/// Whether a sheet is a review.
#[must_use]
pub(super) fn is_review(sheet: &Sheet) -> bool {
    sheet.name == REVIEW_SHEET && Table::of(sheet).is_some()
}

/// Whether a sheet is a review of topics.
#[must_use]
pub(super) fn is_topics(sheet: &Sheet) -> bool {
    sheet.name == TOPICS_SHEET && Table::of_topics(sheet).is_some()
}

/// Reads the reviews among files.
#[must_use]
pub fn read(files: &[SourceFile], definitions: &Definitions) -> ReviewRead {
    let plan = &definitions.plan;
    let mut read = ReviewRead::default();
    for file in files {
        for sheet in file.sheets.iter().filter(|sheet| sheet.name == TOPICS_SHEET) {
            let Some(table) = Table::of_topics(sheet) else { continue };
            read.sheets += 1;
            for row in table.first..sheet.rows.len() {
                match table.topic(row, definitions) {
                    Ok(Some(decision)) => read.topics.push(decision),
                    Ok(None) => read.undecided += usize::from(!table.text(row, Column::Topic).is_empty()),
                    Err((column, message)) => read.findings.push(table.finding(file, row, column, message)),
                }
            }
        }
        for sheet in file.sheets.iter().filter(|sheet| sheet.name == REVIEW_SHEET) {
            let Some(table) = Table::of(sheet) else { continue };
            read.sheets += 1;
            for row in table.first..sheet.rows.len() {
                match table.decision(row, plan) {
                    Ok(Some(decision)) => read.decisions.push(decision),
                    Ok(None) => read.undecided += usize::from(!table.text(row, Column::Title).is_empty()),
                    Err((column, message)) => read.findings.push(table.finding(file, row, column, message)),
                }
            }
        }
    }
    read
}

/// A review sheet with the places of its columns.
struct Table<'a> {
    sheet: &'a Sheet,
    /// Index of the first row below the header.
    first: usize,
    columns: Vec<(Column, usize)>,
}

impl<'a> Table<'a> {
    fn of(sheet: &'a Sheet) -> Option<Self> {
        Self::with(sheet, &[Column::Title, Column::Start])
    }

    fn of_topics(sheet: &'a Sheet) -> Option<Self> {
        Self::with(sheet, &[Column::Topic])
    }

    /// The table whose header names a decision and these columns.
    fn with(sheet: &'a Sheet, needed: &[Column]) -> Option<Self> {
        let header = |row: &usize| columns(sheet, *row).iter().any(|(column, _)| *column == Column::Decision);
        let row = (0..sheet.rows.len().min(TOP)).find(header)?;
        let columns = columns(sheet, row);
        let has = |wanted: &Column| columns.iter().any(|(column, _)| column == wanted);
        needed.iter().all(has).then_some(Self { sheet, first: row + 1, columns })
    }

    /// The decision about a topic; none where there is none yet.
    fn topic(&self, row: usize, definitions: &Definitions) -> Result<Option<TopicDecision>, (Column, String)> {
        let (chosen, typed) = (self.text(row, Column::Decision), self.text(row, Column::Actions));
        let words = self.text(row, Column::Topic);
        if words.is_empty() || (chosen.is_empty() && typed.is_empty()) {
            return Ok(None);
        }
        if fold(&chosen) == fold(NO_ACTION) {
            return Ok(Some(TopicDecision { words, actions: Vec::new() }));
        }
        if !typed.is_empty() {
            let Verdict::Serve(actions) = verdict("", "", &typed, &definitions.plan, definitions.plan.year)? else {
                return Ok(None);
            };
            return Ok(Some(TopicDecision { words, actions }));
        }
        let folded = fold(&chosen);
        let topic = definitions.need_topics.iter().find(|topic| topic.is_called(&folded));
        let topic =
            topic.ok_or_else(|| (Column::Decision, "No topic of config/needs.toml is called so.".to_owned()))?;
        Ok(Some(TopicDecision { words, actions: topic.actions.clone() }))
    }

    fn cell(&self, row: usize, column: Column) -> Cell {
        let at = self.columns.iter().find(|(found, _)| *found == column);
        at.map_or(Cell::Empty, |(_, at)| self.sheet.cell(row, *at))
    }

    fn text(&self, row: usize, column: Column) -> String {
        self.sheet.shown(self.cell(row, column))
    }

    fn day(&self, row: usize, column: Column) -> Option<NaiveDate> {
        match self.cell(row, column) {
            Cell::Date(day) => Some(day),
            cell => self.sheet.shown(cell).parse().ok(),
        }
    }

    /// The decision of a row; none where there is none yet.
    fn decision(&self, row: usize, plan: &WorkPlan) -> Result<Option<Decision>, (Column, String)> {
        let (chosen, item) = (self.text(row, Column::Decision), self.text(row, Column::Item));
        let actions = self.text(row, Column::Actions);
        if chosen.is_empty() && item.is_empty() && actions.is_empty() {
            return Ok(None);
        }
        let year = self.text(row, Column::Plan);
        let year = if year.is_empty() { plan.year } else { plan_year(&year)? };
        let verdict = verdict(&chosen, &item, &actions, plan, year)?;
        let start = self.day(row, Column::Start);
        let start =
            start.ok_or_else(|| (Column::Start, "The start date was changed and finds no activity.".to_owned()))?;
        Ok(Some(Decision {
            plan: year,
            activity: self.text(row, Column::ActivityId),
            title: self.text(row, Column::Title),
            start,
            verdict,
            reason: self.text(row, Column::Reason),
            on: self.day(row, Column::On),
        }))
    }

    fn finding(&self, file: &SourceFile, row: usize, column: Column, message: String) -> Finding {
        let at = self.columns.iter().find(|(found, _)| *found == column).map_or(0, |(_, at)| *at);
        let cell = self.sheet.address(row, at);
        let origin =
            Origin { file: file.path.as_str().into(), sheet: self.sheet.name.as_str().into(), cell: cell.into() };
        let help = "Choose from the list in Decision; give the planned item or the actions beside it where they are asked for.";
        Finding::new(Code::DecisionUnreadable, origin, message, help).seen(self.text(row, column))
    }
}

fn plan_year(text: &str) -> Result<PlanYear, (Column, String)> {
    text.parse().map_err(|_| (Column::Plan, "A plan year such as 2025-2026 was expected.".to_owned()))
}

/// The columns that a row of headers names.
fn columns(sheet: &Sheet, row: usize) -> Vec<(Column, usize)> {
    let cells = (0..sheet.width()).map(|at| (fold(&sheet.shown(sheet.cell(row, at))), at));
    let named = |(text, at): (String, usize)| {
        HEADERS.iter().find(|(_, header)| fold(header) == text).map(|(column, _)| (*column, at))
    };
    cells.filter_map(named).collect()
}

/// What the cells of a row decide.
fn verdict(
    chosen: &str,
    item: &str,
    actions: &str,
    plan: &WorkPlan,
    year: PlanYear,
) -> Result<Verdict, (Column, String)> {
    let decided = fold(chosen);
    if decided == fold(NOT_OURS) {
        return Ok(Verdict::NotOurs);
    }
    if decided == fold(OUTSIDE) || (decided.is_empty() && item.is_empty()) {
        let references = parse_references(actions, None);
        let strange = references.read.iter().find(|reference| !plan.knows(reference)).map(|r| r.text.clone());
        return match references.unread.first().cloned().or(strange) {
            Some(word) => Err((Column::Actions, format!("\"{word}\" is no action of the plan."))),
            None => Ok(Verdict::Serve(references.read.iter().map(|reference| reference.action).collect())),
        };
    }
    let (column, text) =
        if decided.is_empty() || decided == fold(ANOTHER) { (Column::Item, item) } else { (Column::Decision, chosen) };
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let ids: Vec<String> = if year == plan.year {
        words.filter_map(|word| plan.item_by_id(word)).map(|id| plan.item(id).id.clone()).collect()
    } else {
        words.filter(|word| word.starts_with('A') && word[1..].parse::<u16>().is_ok()).map(str::to_owned).collect()
    };
    if ids.is_empty() {
        return Err((column, "No planned item is named.".to_owned()));
    }
    Ok(Verdict::Deliver(ids))
}
