//! Reading the cells of one row as the types of its fields, with a finding for each that cannot be.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::dates::{Days, calendar_year, read_days, read_year_or_month};
use super::numbers::{read_count, read_number};
use super::source::{Claim, RowId, Source, SourceId};
use crate::definitions::{Field, Layout, MemberRegistry};
use crate::findings::{Code, Finding};
use crate::intake::Cell;
use crate::terms::MemberCode;

/// A row of a claimed sheet while it is read.
pub(super) struct Row<'a> {
    claim: &'a Claim<'a>,
    source: &'a Source,
    index: usize,
    /// Where the row stands.
    pub(super) id: RowId,
    findings: &'a mut Vec<Finding>,
    rejected: bool,
}

impl<'a> Row<'a> {
    pub(super) fn new(
        claim: &'a Claim<'a>,
        source: &'a Source,
        source_id: SourceId,
        index: usize,
        findings: &'a mut Vec<Finding>,
    ) -> Self {
        let id = RowId { source: source_id, row: claim.sheet.rows[index] };
        Self { claim, source, index, id, findings, rejected: false }
    }

    pub(super) fn layout(&self) -> &'a Layout {
        self.claim.layout
    }

    /// Whether something makes the whole row unusable.
    pub(super) fn rejected(&self) -> bool {
        self.rejected
    }

    fn cell(&self, field: Field) -> Cell {
        self.claim.columns.get(&field).map_or(Cell::Empty, |column| self.claim.sheet.cell(self.index, *column))
    }

    fn shown(&self, field: Field) -> String {
        self.claim.sheet.shown(self.cell(field))
    }

    pub(super) fn is_blank(&self, field: Field) -> bool {
        self.cell(field) == Cell::Empty
    }

    /// Adds a finding about a field.
    pub(super) fn find(&mut self, code: Code, field: Field, message: impl Into<String>, help: impl Into<String>) {
        let finding = Finding::new(code, self.source.origin(self.id.row, field), message, help);
        self.findings.push(finding.seen(self.shown(field)));
    }

    /// Adds a finding about a field with the value in question.
    pub(super) fn find_value(
        &mut self,
        code: Code,
        field: Field,
        value: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let finding = Finding::new(code, self.source.origin(self.id.row, field), message, help);
        self.findings.push(finding.seen(value));
    }

    /// Adds a finding about a field and rejects the row.
    pub(super) fn reject(&mut self, code: Code, field: Field, message: impl Into<String>, help: impl Into<String>) {
        self.rejected = true;
        self.find(code, field, message, help);
    }

    /// Rejects the row because a required field is blank.
    pub(super) fn missing(&mut self, field: Field) {
        let header = self.layout().header(field).to_owned();
        self.reject(
            Code::RequiredMissing,
            field,
            format!("{header} is blank; the row was rejected."),
            format!("Fill in {header}."),
        );
    }

    /// Says that a cell cannot be read; where `required` the row is rejected, else it counts without it.
    pub(super) fn unreadable(&mut self, field: Field, required: bool, expected: &str) {
        let header = self.layout().header(field).to_owned();
        if self.cell(field) == Cell::NoValue {
            let message = format!("{header} is a formula without a stored value; {expected} was expected.");
            self.find(
                Code::FormulaWithoutValue,
                field,
                message,
                "Open the file in Excel, let it calculate, and save it.",
            );
            self.rejected |= required;
            return;
        }
        let fate = if required { "the row was rejected" } else { "the row counts without it" };
        let message = format!("{header} cannot be read; {expected} was expected; {fate}.");
        let help = format!("Correct the cell: {expected}.");
        if required {
            self.reject(Code::CellUnreadable, field, message, help);
        } else {
            self.find(Code::FieldUnreadable, field, message, help);
        }
    }

    /// The text of a cell; none where it is blank, an error or a formula without a value.
    pub(super) fn text(&mut self, field: Field) -> Option<Cow<'a, str>> {
        match self.cell(field) {
            Cell::Empty => None,
            Cell::Text(id) => Some(Cow::Borrowed(self.claim.sheet.text(id))),
            Cell::Error(_) | Cell::NoValue => {
                self.unreadable(field, false, "text");
                None
            }
            _ => Some(Cow::Owned(self.shown(field))),
        }
    }

    /// An optional text, stored.
    pub(super) fn owned(&mut self, field: Field) -> String {
        self.text(field).map(Cow::into_owned).unwrap_or_default()
    }

    /// A list of texts separated by `;`, `,` or line breaks.
    pub(super) fn list(&mut self, field: Field) -> Vec<String> {
        let text = self.text(field).unwrap_or_default();
        let parts = text.split([';', ',', '\n', '\r']).map(crate::terms::fold::tidy);
        parts.filter(|part| !part.is_empty()).collect()
    }

    /// A day or a range of days. A blank cell is none; one that cannot be read rejects the row where
    /// `required`, and is a finding.
    pub(super) fn days(&mut self, field: Field, required: bool) -> Option<Days> {
        let read = match self.cell(field) {
            Cell::Empty => return None,
            Cell::Date(first) => Some(Days { first, last: None }),
            Cell::Text(id) => read_days(self.claim.sheet.text(id), self.layout().day_first),
            _ => None,
        };
        if read.is_none() {
            self.unreadable(field, required, "a date such as 2025-07-14 or 14 Jul 2025");
        }
        read
    }

    /// A day, a month or a year; of the latter two the first day, with a note.
    pub(super) fn since(&mut self, field: Field) -> Option<NaiveDate> {
        let partial = match self.cell(field) {
            Cell::Text(id) => read_year_or_month(self.claim.sheet.text(id)),
            Cell::Number(number) if number.fract() == 0.0 && number > 0.0 && number < 1e5 =>
            {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number in range")]
                calendar_year(number as u32).and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1))
            }
            _ => None,
        };
        let Some(first) = partial else { return self.days(field, false).map(|days| days.first) };
        self.find(
            Code::PartialDate,
            field,
            format!("Only a year or month; its first day, {first}, was used."),
            "Give the day if it matters.",
        );
        Some(first)
    }

    /// A whole number of at least `least`. Optional: a cell that cannot be read is a finding.
    pub(super) fn count(&mut self, field: Field, least: u32) -> Option<u32> {
        let read = match self.cell(field) {
            Cell::Empty => return None,
            Cell::Text(id) => read_count(self.claim.sheet.text(id)),
            Cell::Number(number) => whole(number).map(|number| super::numbers::Count { number, approximate: false }),
            _ => None,
        };
        let Some(count) = read.filter(|count| count.number >= least) else {
            let expected = format!("a whole number of at least {least}");
            self.unreadable(field, false, &expected);
            return None;
        };
        if count.approximate {
            let message = format!("The count is approximate; it was read as {}.", count.number);
            self.find(Code::ApproximateCount, field, message, "Replace it with the exact number when it is known.");
        }
        Some(count.number)
    }

    /// A number that may have decimals; `Err` where the cell is not one.
    pub(super) fn number(&self, field: Field, decimal_comma: bool) -> Result<Option<f64>, ()> {
        match self.cell(field) {
            Cell::Empty => Ok(None),
            Cell::Number(number) => Ok(Some(number)),
            Cell::Text(id) => read_number(self.claim.sheet.text(id), decimal_comma).map(Some).ok_or(()),
            _ => Err(()),
        }
    }

    /// A word of the layout's vocabulary; `Err` where the cell is not blank and no such word.
    pub(super) fn word(&self, field: Field) -> Result<Option<&'a str>, ()> {
        match self.cell(field) {
            Cell::Empty => Ok(None),
            Cell::Text(id) => self.layout().value(field, self.claim.sheet.text(id)).map(Some).ok_or(()),
            Cell::Bool(value) => self.layout().value(field, if value { "yes" } else { "no" }).map(Some).ok_or(()),
            _ => Err(()),
        }
    }

    /// A word of the vocabulary, optional.
    pub(super) fn optional_word(&mut self, field: Field) -> Option<&'a str> {
        self.word(field).unwrap_or_else(|()| {
            let expected = format!("one of: {}", self.layout().words(field));
            self.unreadable(field, false, &expected);
            None
        })
    }

    /// The Members that a cell lists, with findings for non-Members, unknown and ambiguous names.
    pub(super) fn members(&mut self, field: Field, registry: &MemberRegistry) -> BTreeSet<MemberCode> {
        let Some(text) = self.text(field) else { return BTreeSet::new() };
        let list = registry.read_list(&text);
        for name in &list.non_members {
            self.find_value(
                Code::NonMember,
                field,
                name,
                format!("{name} is not a Member of the region; it counts in participants only."),
                "Nothing to do.",
            );
        }
        for name in &list.unknown {
            let near =
                registry.nearest(name).map(|near| format!(" The nearest known name is {near}.")).unwrap_or_default();
            self.find_value(
                Code::UnknownMember,
                field,
                name,
                format!("This is no Member and no known non-Member; the row counts without it.{near}"),
                "Correct the spelling, or add it to config/members.toml.",
            );
        }
        for (name, other) in &list.ambiguous {
            self.find_value(
                Code::MemberAmbiguous,
                field,
                name,
                format!("Read as one Member; {other} may be meant besides."),
                "Separate Members by semicolons.",
            );
        }
        list.members.into_iter().collect()
    }

    /// The one Member that a required cell names.
    pub(super) fn member(&mut self, field: Field, registry: &MemberRegistry) -> Option<MemberCode> {
        let Some(text) = self.text(field) else {
            self.missing(field);
            return None;
        };
        let member = registry.find(&text);
        if member.is_none() {
            let near =
                registry.nearest(&text).map(|near| format!(" The nearest known name is {near}.")).unwrap_or_default();
            self.reject(
                Code::MemberUnreadable,
                field,
                format!("One Member was expected; the row was rejected.{near}"),
                "Correct the name, or add the spelling to config/members.toml.",
            );
        }
        member
    }
}

fn whole(number: f64) -> Option<u32> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be whole and in range")]
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}
