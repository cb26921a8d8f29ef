//! Reading the cells of one row as the types of its fields, with a finding for each that cannot be.

mod days;
mod members;

use std::borrow::Cow;

use super::content::{Content, Given};
use super::numbers::{from_decimal_comma, read_count, read_number};
use super::source::{RowId, Source, SourceId};
use super::table::Claim;
use crate::definitions::{Field, Layout};
use crate::findings::{Code, Finding, Origin, Text};
use crate::intake::column_letters;

/// A row of a claimed sheet while it is read.
pub(super) struct Row<'a> {
    claim: &'a Claim<'a>,
    source: &'a Source,
    index: usize,
    given: &'a [Given<'a>],
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
        given: &'a [Given<'a>],
        findings: &'a mut Vec<Finding>,
    ) -> Self {
        let id = RowId { source: source_id, row: claim.sheet.rows[index] };
        Self { claim, source, index, given, id, findings, rejected: false }
    }

    pub(super) fn layout(&self) -> &'a Layout {
        self.claim.layout
    }

    /// Whether something makes the whole row unusable.
    pub(super) fn rejected(&self) -> bool {
        self.rejected
    }

    /// What a field holds: what was given to the row, its cell, or the layout's constant.
    fn content(&self, field: Field) -> Content<'a> {
        if let Some(given) = self.given.iter().find(|given| given.field == field) {
            return given.content;
        }
        let sheet = self.claim.sheet;
        match self.claim.columns.of(field) {
            Some(column) => Content::of_cell(sheet, sheet.cell(self.index, column)),
            None => self.layout().constants.get(&field).map_or(Content::Empty, Content::of_constant),
        }
    }

    /// Numbers for the cells of some fields: two rows of a table have the same ones only if they hold the same. None
    /// where something was given to the row.
    pub(super) fn tokens<const N: usize>(&self, fields: [Field; N]) -> Option<[u32; N]> {
        let sheet = self.claim.sheet;
        let token = |field| self.claim.columns.of(field).map_or(0, |column| sheet.token(self.index, column));
        self.given.is_empty().then(|| fields.map(token))
    }

    /// How many findings there are so far, of this row and those before it.
    pub(super) fn said(&self) -> usize {
        self.findings.len()
    }

    pub(super) fn is_blank(&self, field: Field) -> bool {
        self.content(field) == Content::Empty
    }

    /// Where a field stands.
    fn origin(&self, field: Field) -> Origin {
        let given = self.given.iter().find(|given| given.field == field);
        let mut origin = self.source.origin(self.id.row, field);
        if let Some(column) = given.and_then(|given| given.column) {
            origin.cell = format!("{}{}", column_letters(column), self.id.row).into();
        }
        origin
    }

    /// Adds a finding about a field.
    pub(super) fn find(&mut self, code: Code, field: Field, message: impl Into<Text>, help: impl Into<Text>) {
        let finding = Finding::new(code, self.origin(field), message, help);
        finding.seen(self.content(field).shown()).add_to(self.findings);
    }

    /// Adds a finding about a field with the value in question.
    pub(super) fn find_value(
        &mut self,
        code: Code,
        field: Field,
        value: &str,
        message: impl Into<Text>,
        help: impl Into<Text>,
    ) {
        let finding = Finding::new(code, self.origin(field), message, help);
        finding.seen(value).add_to(self.findings);
    }

    /// Adds a finding about a field and rejects the row.
    pub(super) fn reject(&mut self, code: Code, field: Field, message: impl Into<Text>, help: impl Into<Text>) {
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
        if self.content(field) == Content::NoValue {
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

    /// The text of a cell, or the standard word that the layout has for it; none where it is blank, an error
    /// or a formula without a value.
    pub(super) fn text(&mut self, field: Field) -> Option<Cow<'a, str>> {
        let text = match self.content(field) {
            Content::Empty => return None,
            Content::Error(_) | Content::NoValue => {
                self.unreadable(field, false, "text");
                return None;
            }
            content => content.shown(),
        };
        let standard = self.layout().value(field, &text).map(Cow::Borrowed);
        Some(standard.unwrap_or(text))
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

    /// A whole number of at least `least`. Optional: a cell that cannot be read is a finding.
    pub(super) fn count(&mut self, field: Field, least: u32) -> Option<u32> {
        let read = match self.content(field) {
            Content::Empty => return None,
            Content::Text(text) if self.layout().decimal_comma => read_count(&from_decimal_comma(text)),
            Content::Text(text) => read_count(text),
            Content::Number(number) => whole(number).map(|number| super::numbers::Count { number, approximate: false }),
            _ => None,
        };
        let Some(count) = read.filter(|count| count.number >= least) else {
            let expected = format!("a whole number of at least {least}");
            let makes_the_record = self.claim.slots.first().is_some_and(|slot| slot.value == field);
            self.unreadable(field, makes_the_record, &expected);
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
        match self.content(field) {
            Content::Empty => Ok(None),
            Content::Number(number) => Ok(Some(number)),
            Content::Text(text) if self.layout().decimal_comma => {
                read_number(&from_decimal_comma(text), false).map(Some).ok_or(())
            }
            Content::Text(text) => read_number(text, decimal_comma).map(Some).ok_or(()),
            _ => Err(()),
        }
    }

    /// The number before a percent sign, where the cell has one.
    pub(super) fn percent(&self, field: Field) -> Option<f64> {
        match self.content(field) {
            Content::Text(text) => read_number(text.strip_suffix('%')?.trim_end(), true),
            _ => None,
        }
    }

    /// A word of the layout's vocabulary; `Err` where the cell is not blank and no such word.
    pub(super) fn word(&self, field: Field) -> Result<Option<&'a str>, ()> {
        match self.content(field) {
            Content::Empty => Ok(None),
            Content::Text(text) => self.layout().value(field, text).map(Some).ok_or(()),
            Content::Bool(value) => self.layout().value(field, if value { "yes" } else { "no" }).map(Some).ok_or(()),
            Content::Number(number) => {
                let text = crate::terms::figure::data_number(number);
                self.layout().value(field, &text).map(Some).ok_or(())
            }
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
}

fn whole(number: f64) -> Option<u32> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be whole and in range")]
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}
