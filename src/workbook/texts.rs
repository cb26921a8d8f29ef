//! The texts of a workbook, each once: those that its sheets have when it is saved, and those of long tables.

use std::collections::HashMap;
use std::io::{self, Write};

use foldhash::quality::FixedState;
use indexmap::IndexSet;
use rust_xlsxwriter::XlsxError;

use super::graft::{SAVED, leading_number};

/// All texts of a workbook.
pub(super) struct Texts {
    /// The part as it was saved: its beginning until the counts, and the elements.
    head: String,
    body: String,
    /// The number of cells that have a text.
    cells: usize,
    /// The elements of the part as it was saved, by their text as an element.
    saved: HashMap<Box<str>, u32>,
    /// The texts of long tables, and the number of each; one that was saved too has the number that it had.
    own: IndexSet<Box<str>, FixedState>,
    numbers: Vec<u32>,
    unique: u32,
}

impl Texts {
    /// The texts of a saved workbook.
    pub(super) fn of(part: &str) -> Self {
        let begin = part.find("<si>").expect(SAVED);
        let (head, body) = (&part[..begin], part[begin..].strip_suffix("</sst>").expect(SAVED));
        let (head, counts) = head.split_once(" count=\"").expect(SAVED);
        let saved: HashMap<Box<str>, u32> = body.split_inclusive("</si>").map(Box::from).zip(0..).collect();
        Self {
            head: head.to_owned(),
            body: body.to_owned(),
            cells: leading_number(counts).expect(SAVED) as usize,
            unique: u32::try_from(saved.len()).expect("fewer texts than cells"),
            saved,
            own: IndexSet::default(),
            numbers: Vec::new(),
        }
    }

    /// The number of the text of one more cell. `known` is a place to look first, and becomes that of this text.
    pub(super) fn number(&mut self, text: &str, known: &mut Option<usize>) -> Result<u32, XlsxError> {
        self.cells += 1;
        let place = known.filter(|place| self.own[*place].as_ref() == text);
        let place = place.or_else(|| self.own.get_index_of(text)).map_or_else(|| self.add(text), Ok)?;
        *known = Some(place);
        Ok(self.numbers[place])
    }

    fn add(&mut self, text: &str) -> Result<usize, XlsxError> {
        let mut element = String::with_capacity(text.len() + 20);
        push_element(text, &mut element);
        let number = if let Some(number) = self.saved.get(element.as_str()) {
            *number
        } else {
            let number = self.unique;
            self.unique = number.checked_add(1).ok_or(XlsxError::RowColumnLimitError)?;
            number
        };
        self.numbers.push(number);
        Ok(self.own.insert_full(text.into()).0)
    }

    /// Writes the part with all texts.
    pub(super) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        write!(to, "{} count=\"{}\" uniqueCount=\"{}\">{}", self.head, self.cells, self.unique, self.body)?;
        let saved = self.saved.len();
        let mut piece = String::new();
        for (text, _) in self.own.iter().zip(&self.numbers).filter(|(_, number)| **number as usize >= saved) {
            push_element(text, &mut piece);
            if piece.len() > 1 << 15 {
                to.write_all(piece.as_bytes())?;
                piece.clear();
            }
        }
        piece.push_str("</sst>");
        to.write_all(piece.as_bytes())
    }
}

/// A text as an element of the texts.
fn push_element(text: &str, element: &mut String) {
    let space = text.starts_with(['\t', '\n', ' ']) || text.ends_with(['\t', '\n', ' ']);
    element.push_str(if space { "<si><t xml:space=\"preserve\">" } else { "<si><t>" });
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let instead = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '\t' | '\n' => continue,
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => "",
            // What reads like such a character is no such character.
            '_' if is_escape(&text.as_bytes()[at..]) => "_x005F_",
            _ => continue,
        };
        element.push_str(&text[plain..at]);
        plain = at + c.len_utf8();
        if instead.is_empty() {
            element.extend(format!("_x{:04X}_", c as u32).chars());
        } else {
            element.push_str(instead);
        }
    }
    element.push_str(&text[plain..]);
    element.push_str("</t></si>");
}

/// Whether bytes begin with `_xHHHH_`.
fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'_', b'x', digits @ .., _] if digits.len() >= 4 && digits[..4].iter().all(u8::is_ascii_hexdigit))
        && bytes.get(6) == Some(&b'_')
}
