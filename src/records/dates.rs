//! Dates as people type them. What is not one of these forms is a finding, never a guess.
//!
//! Source: input contract, "Dates".

use chrono::NaiveDate;

/// A day, or a range of days, read from one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    /// The day, or the first day of a range.
    pub(super) first: NaiveDate,
    /// The last day, where the cell holds a range.
    pub(super) last: Option<NaiveDate>,
}

/// Reads a day or a range: ISO, `14/05/2025` by the declared order, `28 Apr 2025`, `April 28, 2025`,
/// `28 Apr - 2 May 2025`, `3-7 March 2025`; years of the Buddhist era too.
#[must_use]
pub(super) fn read_days(text: &str, day_first: bool) -> Option<Days> {
    let text = without_time(text);
    if let Some(first) = full_day(&words(text), day_first) {
        return Some(Days { first, last: None });
    }
    range_splits(text).find_map(|(left, right)| range(&words(left), &words(right), day_first))
}

/// Reads a bare year or a month: `2019`, `2562`, `March 2024`, `2024-03`, `03/2024`. Gives its first day.
#[must_use]
pub(super) fn read_year_or_month(text: &str) -> Option<NaiveDate> {
    match words(text).as_slice() {
        [Word::Number(year, 4)] => NaiveDate::from_ymd_opt(calendar_year(*year)?, 1, 1),
        _ => read_month(text),
    }
}

/// Reads a month: `March 2024`, `2024-03`, `03/2024`. Gives its first day.
#[must_use]
pub(super) fn read_month(text: &str) -> Option<NaiveDate> {
    match words(text).as_slice() {
        [Word::Month(month) | Word::Number(month, 1 | 2), Word::Number(year, 4)]
        | [Word::Number(year, 4), Word::Month(month) | Word::Number(month, 1 | 2)] => {
            NaiveDate::from_ymd_opt(calendar_year(*year)?, *month, 1)
        }
        _ => None,
    }
}

/// The calendar year of a plausible year number, Gregorian (1990-2100) or Buddhist (2533-2643).
#[must_use]
pub(super) fn calendar_year(year: u32) -> Option<i32> {
    match year {
        1990..=2100 => i32::try_from(year).ok(),
        2533..=2643 => i32::try_from(year - 543).ok(),
        _ => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// A number and how many digits it was written with.
    Number(u32, usize),
    Month(u32),
    Other,
}

/// How many days a range over New Year may take.
const OVER_NEW_YEAR: i64 = 60;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn words(text: &str) -> Vec<Word> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | ',' | '(' | ')') || is_dash(c))
        .filter(|word| !word.is_empty())
        .flat_map(split_digits)
        .filter_map(word_of)
        .collect()
}

/// Splits `28Apr` into `28` and `Apr`; leaves ordinals (`28th`) whole.
fn split_digits(word: &str) -> Vec<&str> {
    let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (number, letters) = word.split_at(digits);
    if number.is_empty() || letters.is_empty() {
        return vec![word];
    }
    if matches!(letters.to_lowercase().as_str(), "st" | "nd" | "rd" | "th") {
        vec![number]
    } else {
        vec![number, letters]
    }
}

/// The month that a word in small letters names, whole or by its first letters, three at least.
pub(super) fn month_number(word: &str) -> Option<u32> {
    if word == "sept" {
        return Some(9);
    }
    let month = MONTHS.iter().position(|full| word.len() >= 3 && full.starts_with(word))?;
    u32::try_from(month + 1).ok()
}

/// A word that says something about a date; weekdays and "of" say nothing.
fn word_of(word: &str) -> Option<Word> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(word.parse().map_or(Word::Other, |number| Word::Number(number, word.len())));
    }
    let lower = word.to_lowercase();
    let begins = |full: &str| lower.len() >= 3 && full.starts_with(lower.as_str());
    if let Some(month) = month_number(&lower) {
        return Some(Word::Month(month));
    }
    let nothing = lower == "of" || lower == "the" || WEEKDAYS.iter().any(|full| begins(full));
    (!nothing).then_some(Word::Other)
}

fn full_day(words: &[Word], day_first: bool) -> Option<NaiveDate> {
    use Word::{Month, Number};
    let (year, month, day) = match *words {
        [Number(a, 1 | 2), Number(b, 1 | 2), Number(year, 4)] => {
            if day_first {
                (year, b, a)
            } else {
                (year, a, b)
            }
        }
        [Number(day, 1 | 2), Month(month), Number(year, 4)]
        | [Month(month), Number(day, 1 | 2), Number(year, 4)]
        | [Number(year, 4), Month(month) | Number(month, 1 | 2), Number(day, 1 | 2)] => (year, month, day),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(calendar_year(year)?, month, day)
}

/// Reads the two sides of a range; what the left side leaves out it takes from the right.
fn range(left: &[Word], right: &[Word], day_first: bool) -> Option<Days> {
    use Word::{Month, Number};
    let (first, last) = match (left, right) {
        // March 3-7, 2025
        ([Month(month), Number(a, 1 | 2)], [Number(b, 1 | 2), Number(year, 4)]) => {
            let year = calendar_year(*year)?;
            (NaiveDate::from_ymd_opt(year, *month, *a)?, NaiveDate::from_ymd_opt(year, *month, *b)?)
        }
        (left, right) => {
            let last = full_day(right, day_first)?;
            (first_of_range(left, last, day_first)?, last)
        }
    };
    (first <= last).then_some(Days { first, last: Some(last) })
}

fn first_of_range(left: &[Word], last: NaiveDate, day_first: bool) -> Option<NaiveDate> {
    use Word::{Month, Number};
    use chrono::Datelike;
    match *left {
        [Number(day, 1 | 2)] => NaiveDate::from_ymd_opt(last.year(), last.month(), day),
        [Number(day, 1 | 2), Month(month)] | [Month(month), Number(day, 1 | 2)] => {
            let same_year = NaiveDate::from_ymd_opt(last.year(), month, day)?;
            if same_year <= last {
                return Some(same_year);
            }
            // Over New Year: 29 Dec - 2 Jan. What would take months is a slip, and not guessed.
            let before = NaiveDate::from_ymd_opt(last.year() - 1, month, day)?;
            ((last - before).num_days() <= OVER_NEW_YEAR).then_some(before)
        }
        _ => full_day(left, day_first),
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2014}' | '\u{2212}' | '~')
}

/// Every way to cut a text at a dash or the word "to".
fn range_splits(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let dashes = text.char_indices().filter(|(_, c)| *c == '-' || is_dash(*c));
    let dashes = dashes.map(|(at, c)| (&text[..at], &text[at + c.len_utf8()..]));
    let wordy = [" to ", " until ", " till "].into_iter();
    dashes.chain(wordy.filter_map(move |word| text.split_once(word)))
}

/// Drops a time of day: `2025-07-14T09:00:00`, `2025-07-14 00:00`.
fn without_time(text: &str) -> &str {
    let text = text.trim();
    let Some(colon) = text.find(':') else { return text };
    let before = &text[..colon];
    let hour = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let day = before[..before.len() - hour].trim_end_matches(['T', 't', ' ', ',']);
    let rest = &text[colon..];
    let clock = rest.chars().all(|c| {
        c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | 'z' | '+' | ' ' | 'A' | 'P' | 'M' | 'a' | 'p' | 'm')
    });
    if (1..=2).contains(&hour) && clock { day } else { text }
}
