//! References to the Regional Strategic Plan.

use std::fmt;

/// One RSP objective with the milestones an action serves: `RSP 1.2.1 - 1st, 3rd to 4th milestones`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct RspRef {
    /// The objective, `1.2.1`.
    pub objective: String,
    /// Numbers of the milestones, ascending.
    pub milestones: Vec<u8>,
}

impl RspRef {
    /// Reads a reference as the plan prints it: ordinals, lists (`3rd, 6th`; `1st and 2nd`) and
    /// ranges (`1st - 3rd`; `3rd to 4th`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let body = text.trim().strip_prefix("RSP").unwrap_or(text).trim();
        let end = body.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(body.len());
        let objective = body[..end].trim_end_matches('.').to_owned();
        if objective.split('.').filter(|part| !part.is_empty()).count() != 3 {
            return None;
        }
        let milestones = milestones(&body[end..])?;
        Some(Self { objective, milestones })
    }
}

fn milestones(text: &str) -> Option<Vec<u8>> {
    let mut numbers: Vec<u8> = Vec::new();
    let mut range = false;
    for word in words(text) {
        match word.as_str() {
            "-" | "to" => range = !numbers.is_empty(),
            "and" | "milestone" | "milestones" | "st" | "nd" | "rd" | "th" => {}
            other => {
                let number: u8 = other.trim_end_matches(char::is_alphabetic).parse().ok()?;
                match numbers.last() {
                    Some(&last) if range => numbers.extend(last + 1..=number),
                    _ => numbers.push(number),
                }
                range = false;
            }
        }
    }
    (!numbers.is_empty()).then_some(numbers)
}

/// Words and dashes, each apart, commas dropped.
fn words(text: &str) -> Vec<String> {
    text.chars()
        .map(|c| if matches!(c, '\u{2013}' | '\u{2014}' | '\u{2010}' | '\u{2011}') { '-' } else { c })
        .flat_map(|c| if c == '-' { vec![' ', '-', ' '] } else { vec![c] })
        .collect::<String>()
        .split([' ', ',', '\u{a0}'])
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

impl fmt::Display for RspRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list: Vec<String> = self.milestones.iter().map(|m| ordinal(*m)).collect();
        let plural = if list.len() > 1 { "s" } else { "" };
        write!(f, "RSP {} - {} milestone{plural}", self.objective, list.join(", "))
    }
}

fn ordinal(number: u8) -> String {
    format!("{number}{}", ordinal_suffix(u64::from(number)))
}

/// The ending of a number as an ordinal: `st`, `nd`, `rd` or `th`.
#[must_use]
pub fn ordinal_suffix(number: u64) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}
