//! What a cell holds, before its text is stored with the sheet.

use calamine::{DataType, ExcelDateTime};
use chrono::NaiveDate;

use super::sheet::Cell;

/// The content of a cell as its file gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'a> {
    /// Text as it stands, not trimmed.
    Text(&'a str),
    /// The text of an error value.
    Error(&'a str),
    /// Anything that needs no text.
    Plain(Cell),
}

impl Value<'_> {
    pub(crate) const EMPTY: Self = Value::Plain(Cell::Empty);
}

/// The value of a cell that calamine has read.
pub(crate) fn value_of(data: &impl DataType) -> Value<'_> {
    if let Some(text) = data.get_string() {
        Value::Text(text)
    } else if let Some(number) = data.get_float() {
        Value::Plain(Cell::Number(number))
    } else if let Some(moment) = data.get_datetime() {
        Value::Plain(day_of(moment))
    } else if let Some(number) = data.get_int() {
        #[expect(clippy::cast_precision_loss, reason = "a file stores whole numbers in 30 bits")]
        Value::Plain(Cell::Number(number as f64))
    } else if let Some(truth) = data.get_bool() {
        Value::Plain(Cell::Bool(truth))
    } else if let Some(error) = data.get_error() {
        Value::Error(error_text(error))
    } else if let Some(text) = data.get_datetime_iso() {
        iso_day(text).map_or(Value::Text(text), |day| Value::Plain(Cell::Date(day)))
    } else {
        data.get_duration_iso().map_or(Value::EMPTY, Value::Text)
    }
}

fn error_text(error: &calamine::CellErrorType) -> &'static str {
    use calamine::CellErrorType as Type;
    match error {
        Type::Div0 => "#DIV/0!",
        Type::NA => "#N/A",
        Type::Name => "#NAME?",
        Type::Null => "#NULL!",
        Type::Num => "#NUM!",
        Type::Ref => "#REF!",
        Type::Value => "#VALUE!",
        Type::GettingData => "#GETTING_DATA",
    }
}

/// The day of a cell that is formatted as a date. What is no day of Excel's calendar (a time of day, a span of
/// time, a number before 1 or after the year 9999, the 29 February 1900) stays the number it is.
pub(crate) fn day_of(moment: ExcelDateTime) -> Cell {
    let serial = moment.as_f64();
    let in_calendar = (1.0..2_958_466.0).contains(&serial);
    if moment.is_duration() || !in_calendar {
        return Cell::Number(serial);
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).map_or(Cell::Number(serial), Cell::Date)
}

/// The day of `2025-05-14` or `2025-05-14T09:30:00`.
pub(crate) fn iso_day(text: &str) -> Option<NaiveDate> {
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    NaiveDate::parse_from_str(day.trim(), "%Y-%m-%d").ok()
}

/// `PT36H30M00S` as a part of a day: 1.520833...
pub(crate) fn iso_duration(text: &str) -> Option<f64> {
    let (sign, rest) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    let mut rest = rest.strip_prefix("PT")?;
    let mut seconds = 0.0;
    for (unit, weight) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((count, after)) = rest.split_once(unit) {
            seconds += count.parse::<f64>().ok()? * weight;
            rest = after;
        }
    }
    rest.is_empty().then_some(sign * seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_texts_are_read_as_days_and_parts_of_a_day() {
        assert_eq!(iso_day("2025-05-14T09:30:00"), NaiveDate::from_ymd_opt(2025, 5, 14));
        assert_eq!(iso_day("14 May 2025"), None);
        assert_eq!(iso_duration("PT36H00M00S"), Some(1.5));
        assert_eq!(iso_duration("P1D"), None);
    }
}
