//! Which field of a layout each header names.

use std::collections::BTreeMap;

use super::header::{Header, Label};
use crate::definitions::{Field, Layout, Unpivot};
use crate::terms::fold::fold;

/// What a layout makes of a header.
#[derive(Debug, Default)]
pub(super) struct Matched {
    /// The field of each column, where it names one; two columns may name the same.
    pub(super) of_column: Vec<Option<Field>>,
    /// Fields named by the headers of several columns below different bands, of which none is read.
    pub(super) under_bands: BTreeMap<Field, Vec<usize>>,
}

impl Matched {
    /// The fields found, each once, sorted.
    pub(super) fn fields(&self) -> Vec<Field> {
        let mut fields: Vec<Field> = self.of_column.iter().flatten().copied().collect();
        fields.sort_unstable();
        fields.dedup();
        fields
    }
}

/// Matches each header: with its bands, else alone if no other column of the field is meant.
pub(super) fn matched(layout: &Layout, header: &Header) -> Matched {
    let mut matched = Matched { of_column: vec![None; header.labels.len()], ..Matched::default() };
    let mut alone: BTreeMap<Field, Vec<usize>> = BTreeMap::new();
    for (column, label) in header.labels.iter().enumerate() {
        match named(layout, label) {
            Some((field, true)) => matched.of_column[column] = Some(field),
            Some((field, false)) => alone.entry(field).or_default().push(column),
            None => {}
        }
    }
    let sure = matched.fields();
    for (field, columns) in alone {
        match columns.as_slice() {
            _ if sure.contains(&field) => {}
            [one] => matched.of_column[*one] = Some(field),
            _ => _ = matched.under_bands.insert(field, columns),
        }
    }
    matched
}

/// The field of a label, and whether the whole of it says so.
fn named(layout: &Layout, label: &Label) -> Option<(Field, bool)> {
    if label.own.is_empty() {
        return None;
    }
    let whole = layout.field(&label.banded).map(|field| (field, true));
    let alone = || layout.field(&label.own).map(|field| (field, false));
    whole.or_else(|| if label.own == label.banded { None } else { alone() })
}

/// Fields that a special layout gives without a column of their own.
pub(super) fn given(layout: &Layout, header: &Header, matched: &Matched) -> Vec<Field> {
    let mut given: Vec<Field> = layout.constants.keys().copied().collect();
    let summed = layout.sums.iter().filter(|(_, columns)| columns.iter().any(|name| !header.named(name).is_empty()));
    given.extend(summed.map(|(field, _)| *field));
    if let Some(unpivot) = &layout.unpivot
        && !unpivoted(unpivot, header, matched).is_empty()
    {
        given.extend(unpivot.gives());
    }
    given
}

/// The columns that are unpivoted.
pub(super) fn unpivoted(unpivot: &Unpivot, header: &Header, matched: &Matched) -> Vec<usize> {
    use crate::definitions::WideColumns as Wide;
    let free = |column: &usize| matched.of_column[*column].is_none() && !header.labels[*column].own.is_empty();
    let all = 0..header.labels.len();
    match unpivot {
        Unpivot::Split { columns, .. } => columns.iter().flat_map(|(name, _)| header.named(name)).collect(),
        Unpivot::Wide { columns: Wide::Named(names), .. } => {
            names.iter().flat_map(|name| header.named(name)).filter(free).collect()
        }
        Unpivot::Wide { columns: Wide::AllBut(names), .. } => all
            .filter(free)
            .filter(|column| {
                let label = &header.labels[*column];
                !names.contains(&fold(&label.own)) && !names.contains(&fold(&label.banded))
            })
            .collect(),
        Unpivot::Wide { columns: Wide::Span(from, to), .. } => {
            match (header.named(from).first(), header.named(to).last()) {
                (Some(from), Some(to)) => (*from..=*to).filter(free).collect(),
                _ => Vec::new(),
            }
        }
    }
}

/// Whether every group of required fields has one of these.
pub(super) fn complete(layout: &Layout, fields: &[Field]) -> bool {
    layout.kind.required().iter().all(|group| group.iter().any(|field| fields.contains(field)))
}
