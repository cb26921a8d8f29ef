//! What a field holds, wherever it comes from: a cell, a header, a constant of the layout, a sum.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::definitions::{Constant, Field};
use crate::intake::{Cell, Sheet};

/// The content of a field in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Content<'a> {
    Empty,
    Text(&'a str),
    Number(f64),
    Date(NaiveDate),
    Bool(bool),
    Error(&'a str),
    /// A formula without a stored value.
    NoValue,
}

impl<'a> Content<'a> {
    pub(super) fn of_cell(sheet: &'a Sheet, cell: Cell) -> Self {
        match cell {
            Cell::Empty => Self::Empty,
            Cell::Text(id) => Self::Text(sheet.text(id)),
            Cell::Number(number) => Self::Number(number),
            Cell::Date(day) => Self::Date(day),
            Cell::Bool(truth) => Self::Bool(truth),
            Cell::Error(id) => Self::Error(sheet.text(id)),
            Cell::NoValue => Self::NoValue,
        }
    }

    pub(super) fn of_constant(constant: &'a Constant) -> Self {
        match constant {
            Constant::Text(text) if text.is_empty() => Self::Empty,
            Constant::Text(text) => Self::Text(text),
            Constant::Number(number) => Self::Number(*number),
            Constant::Date(day) => Self::Date(*day),
            Constant::Bool(truth) => Self::Bool(*truth),
        }
    }

    /// As a person sees it; dates as ISO text.
    pub(super) fn shown(self) -> Cow<'a, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Error(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(crate::terms::figure::data_number(number)),
            Self::Date(day) => Cow::Owned(day.to_string()),
            Self::Bool(truth) => Cow::Borrowed(if truth { "TRUE" } else { "FALSE" }),
            Self::NoValue => Cow::Borrowed("(formula without a stored value)"),
        }
    }
}

/// A field that a row has from elsewhere than a column of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) field: Field,
    pub(super) content: Content<'a>,
    /// The column to name in findings, where there is one.
    pub(super) column: Option<usize>,
}
