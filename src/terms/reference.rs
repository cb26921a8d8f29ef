//! The plan's own grammar for naming actions: `1-(a), (b), (dd) and 3-(k)`.

use super::action_ref::{ActionRef, KpiId};

/// One reference as read, with the words it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The action named.
    pub action: ActionRef,
    /// The number of the one KPI named (`1-(dd).2`), if the reference names one.
    pub kpi: Option<u8>,
    /// The reference as written.
    pub text: String,
    /// Whether a known glyph slip was read: `(II)` printed for `(ll)`.
    pub slip: bool,
}

impl Reference {
    /// The KPI named, if the reference names one.
    #[must_use]
    pub fn kpi_id(&self) -> Option<KpiId> {
        self.kpi.map(|number| KpiId { action: self.action, number })
    }
}

/// What a text of references says: what could be read, and the words that could not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct References {
    /// References in the order written.
    pub read: Vec<Reference>,
    /// Words that are no reference, as written.
    pub unread: Vec<String>,
}

/// Letters that a font makes look like others; read by this table, never by lower-casing.
const GLYPH_SLIPS: [(&str, &str); 2] = [("II", "ll"), ("Il", "ll")];

/// Reads references in the plan's grammar. A bare `(b)` belongs to the section of the reference
/// before it, or to `section` where none stands before it.
///
/// Accepts what the plan itself prints: `1-(a)`, `1- (hh)`, `3(k)`, `1-(a) (b)`, `(hh)`.
#[must_use]
pub fn parse_references(text: &str, section: Option<u8>) -> References {
    let mut found = References::default();
    let mut section = section;
    let mut rest = text;
    let mut stray = String::new();
    while let Some(open) = rest.find('(') {
        let Some(close) = rest[open..].find(')').map(|at| open + at) else { break };
        let (lead, number) = split_section(&rest[..open]);
        stray.push_str(lead);
        let letters = rest[open + 1..close].trim();
        let (kpi, after) = split_kpi(&rest[close + 1..]);
        let written = rest[lead.len()..rest.len() - after.len()].trim();
        let here = number.or(section);
        match here.and_then(|section| named(section, letters)) {
            Some((action, slip)) => {
                found.read.push(Reference { action, kpi, text: written.to_owned(), slip });
                section = here;
            }
            None => found.unread.push(written.to_owned()),
        }
        rest = after;
    }
    stray.push_str(rest);
    found.unread.extend(stray_words(&stray));
    found
}

fn named(section: u8, letters: &str) -> Option<(ActionRef, bool)> {
    if let Some((_, meant)) = GLYPH_SLIPS.iter().find(|(seen, _)| *seen == letters) {
        return ActionRef::new(section, meant).map(|action| (action, true));
    }
    ActionRef::new(section, letters)
        .or_else(|| ActionRef::new(section, &letters.to_lowercase()))
        .map(|action| (action, false))
}

/// Splits `"and 3-"` into `("and ", Some(3))`.
fn split_section(lead: &str) -> (&str, Option<u8>) {
    let body = lead.trim_end().trim_end_matches(['-', '\u{2010}', '\u{2011}', '\u{2013}', '\u{2014}']).trim_end();
    let digits = body.len() - body.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    match body[body.len() - digits..].parse() {
        Ok(number) => (&lead[..body.len() - digits], Some(number)),
        Err(_) => (lead, None),
    }
}

/// Splits `".2, (b)"` into `(Some(2), ", (b)")`.
fn split_kpi(after: &str) -> (Option<u8>, &str) {
    let Some(body) = after.strip_prefix('.') else { return (None, after) };
    let end = body.find(|c: char| !c.is_ascii_digit()).unwrap_or(body.len());
    match body[..end].parse() {
        Ok(number) => (Some(number), &body[end..]),
        Err(_) => (None, after),
    }
}

/// Words between references that are more than separators.
fn stray_words(text: &str) -> Vec<String> {
    text.split([',', ';', '&', '/', '\n'])
        .flat_map(str::split_whitespace)
        .map(|word| word.trim_matches(['.', ':', '-']))
        .filter(|word| !word.is_empty())
        .filter(|word| !matches!(word.to_lowercase().as_str(), "and" | "see" | "also"))
        .map(str::to_owned)
        .collect()
}
