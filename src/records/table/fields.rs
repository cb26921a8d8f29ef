//! Which column holds which field of a table.

use std::collections::BTreeMap;

use crate::definitions::Field;

/// The columns of the fields found. Each cell asks for its column, so a field's column is found by its place.
#[derive(Debug)]
pub(in crate::records) struct Columns {
    /// The fields that have a column, in their order.
    all: Vec<(Field, usize)>,
    of: [Option<usize>; Field::COUNT],
}

impl Columns {
    pub(super) fn new(columns: &BTreeMap<Field, usize>) -> Self {
        let mut of = [None; Field::COUNT];
        for (field, column) in columns {
            of[*field as usize] = Some(*column);
        }
        Self { all: columns.iter().map(|(field, column)| (*field, *column)).collect(), of }
    }

    /// The column of a field.
    pub(in crate::records) fn of(&self, field: Field) -> Option<usize> {
        self.of[field as usize]
    }

    /// The field of a column.
    pub(in crate::records) fn field(&self, column: usize) -> Option<Field> {
        self.iter().find(|(_, of)| *of == column).map(|(field, _)| field)
    }

    /// The fields that have a column, in their order.
    pub(in crate::records) fn iter(&self) -> impl Iterator<Item = (Field, usize)> {
        self.all.iter().copied()
    }
}
