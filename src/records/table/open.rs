//! Which columns may leave the input. What tells who a person is stays in it.

use super::Claim;
use crate::definitions::Field;
use crate::terms::fold::{find_words, fold};

/// Words of headers under which persons are named or can be reached.
const PERSONAL: [&str; 36] = [
    "name",
    "names",
    "surname",
    "participant",
    "participant name",
    "person",
    "contact",
    "contacts",
    "focal point",
    "email",
    "e mail",
    "mail",
    "phone",
    "telephone",
    "tel",
    "mobile",
    "whatsapp",
    "passport",
    "birth",
    "dob",
    "address",
    "signature",
    "respondent",
    "attendee",
    "nom",
    "prenom",
    "delegate",
    "officer",
    "trainee",
    "staff",
    "nominee",
    "candidate",
    "nombre",
    "apellido",
    "correo",
    "telefono",
];
/// Words that make such a header one about something else.
const IMPERSONAL: [&str; 13] = [
    "activity",
    "event",
    "workshop",
    "title",
    "country",
    "member",
    "organisation",
    "organization",
    "number",
    "no",
    "project",
    "office",
    "partner",
];

/// Whether a header looks like one under which persons are named or can be reached.
pub(in crate::records) fn is_personal(header: &str) -> bool {
    let folded = fold(header);
    let has = |word: &&str| find_words(&folded, word, false).is_some();
    PERSONAL.iter().any(has) && !IMPERSONAL.iter().any(has)
}

/// The columns that may leave the input, with the header by which each is read again: those that are fields or
/// parts of one, without the participant. What other columns hold is not known, and it may be persons. Of a
/// sheet that cannot be read for want of a column, none.
pub(super) fn columns(claim: &Claim<'_>) -> Vec<(usize, String)> {
    if !claim.complete {
        return Vec::new();
    }
    let used = |column: usize| {
        let summed = claim.sums.iter().any(|(_, columns)| columns.contains(&column));
        summed || claim.slots.iter().any(|slot| slot.column == column)
    };
    let may = |column: usize| match claim.columns.field(column) {
        Some(field) => field != Field::Person,
        None => used(column),
    };
    let header = |column: usize| {
        let label = &claim.header.labels[column];
        let topic = claim.slots.iter().find(|slot| slot.column == column && !slot.counts);
        if let Some((_, text)) = topic.and_then(|slot| slot.words.first()) {
            return text.clone();
        }
        let alone = claim.columns.field(column).is_some() && claim.layout.field(&label.banded).is_none();
        if alone { label.own.clone() } else { label.banded.clone() }
    };
    let columns = (0..claim.sheet.width()).filter(|column| may(*column));
    columns.map(|column| (column, header(column))).collect()
}
