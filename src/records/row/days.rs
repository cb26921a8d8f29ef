//! Reading cells that hold days.

use chrono::{Days as Count, Months, NaiveDate};

use super::Row;
use crate::definitions::Field;
use crate::findings::Code;
use crate::records::content::Content;
use crate::records::dates::{Days, calendar_year, read_days, read_month, read_year_or_month};

impl Row<'_> {
    /// A day or a range of days. A blank cell is none; one that cannot be read rejects the row where
    /// `required`, and is a finding.
    pub(in crate::records) fn days(&mut self, field: Field, required: bool) -> Option<Days> {
        let read = match self.content(field) {
            Content::Empty => return None,
            Content::Date(first) => Some(Days { first, last: None }),
            Content::Text(text) => read_days(text, self.layout().day_first)
                .or_else(|| self.serial_in(text))
                .or_else(|| self.month(field, text)),
            Content::Number(number) => self.serial(number),
            _ => None,
        };
        if read.is_none() {
            self.unreadable(field, required, "a date such as 2025-07-14 or 14 Jul 2025");
        }
        read
    }

    /// A day, a month or a year; of the latter two the first day, with a note.
    pub(in crate::records) fn since(&mut self, field: Field) -> Option<NaiveDate> {
        let partial = match self.content(field) {
            Content::Text(text) => read_year_or_month(text),
            Content::Number(number) if number.fract() == 0.0 && number > 0.0 && number < 1e5 =>
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

    /// The days of a month, where the layout says that a month may stand for them.
    fn month(&mut self, field: Field, text: &str) -> Option<Days> {
        let first = self.layout().months.then(|| read_month(text)).flatten()?;
        let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
        let message = format!("Only a month; it was read as {first} to {last}.");
        self.find(Code::PartialDate, field, message, "Give the days if they matter.");
        Some(Days { first, last: Some(last) })
    }

    /// A day of Excel's calendar, where the layout says that bare numbers are such days.
    fn serial(&self, number: f64) -> Option<Days> {
        // 1990 to 2100, the years that dates may have.
        let plausible = (32_874.0..73_416.0).contains(&number);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive, and below 73416")]
        let days = || Count::new(number as u64);
        let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day");
        let first = (self.layout().serial_dates && plausible).then(|| epoch.checked_add_days(days())).flatten()?;
        Some(Days { first, last: None })
    }

    fn serial_in(&self, text: &str) -> Option<Days> {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if plain { self.serial(text.parse().ok()?) } else { None }
    }
}
