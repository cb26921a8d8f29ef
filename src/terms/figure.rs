//! Numbers as they are printed.

/// A number for data files: up to six decimals, half away from zero, trailing zeros dropped.
///
/// Source: counting rules, Measures ("Percentages and means").
#[must_use]
pub fn data_number(value: f64) -> String {
    trimmed(rounded(value, 6), 6)
}

/// A number for reports: whole numbers as such, others with one decimal.
#[must_use]
pub fn report_number(value: f64) -> String {
    let value = rounded(value, 6);
    if value.fract() == 0.0 { trimmed(value, 0) } else { format!("{:.1}", rounded(value, 1)) }
}

/// A number as a whole one without a sign, where it is such a number and not minus zero.
#[must_use]
pub fn whole(number: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "compared with what it was")]
    let whole = number as u32;
    (f64::from(whole).to_bits() == number.to_bits()).then_some(whole)
}

/// Rounds half away from zero to a number of decimals.
///
/// A value a hair under the half because of its binary form (`2.675`) is read as its decimal self.
#[must_use]
pub fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    let scaled = value * scale;
    let nearest = scaled.round();
    let half = (scaled.abs() - scaled.abs().floor() - 0.5).abs() <= (4.0 * f64::EPSILON * scaled.abs()).min(1e-3);
    let result = if half { (scaled.abs().floor() + 1.0).copysign(scaled) } else { nearest };
    if result == 0.0 { 0.0 } else { result / scale }
}

fn trimmed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if decimals == 0 {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `"1 activity"`, `"2 activities"`: a count with its noun.
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A count with commas between thousands: `"12,345"`.
#[must_use]
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
