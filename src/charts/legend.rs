//! Names of series on one line, or on more where one is too short.

use super::drawing::{Anchor, Area, Drawing};
use super::palette::{Fill, INK, NAME};
use super::text::Font;

const SWATCH: f64 = 20.0;
/// From a swatch to its name.
const BESIDE: f64 = 10.0;
/// From a name to the next swatch.
const BETWEEN: f64 = 36.0;

/// Draws swatches with names from the left top of an area; returns where they end.
pub(super) fn legend(drawing: &mut Drawing, area: Area, names: &[(&str, Fill)]) -> f64 {
    let longest = names.iter().map(|(name, _)| Font::regular(1.0).width(name)).fold(1.0, f64::max);
    let font = Font::regular(NAME.min((area.width() - SWATCH - BESIDE) / longest));
    let row = 1.5 * NAME;
    let (mut x, mut y) = (area.left, area.top);
    for (name, fill) in names {
        let width = SWATCH + BESIDE + font.width(name);
        if x > area.left && x + width > area.right {
            (x, y) = (area.left, y + row);
        }
        let middle = y + row / 2.0;
        let top = middle - SWATCH / 2.0;
        drawing.bar(Area { left: x, top, right: x + SWATCH, bottom: top + SWATCH }, *fill);
        drawing.centred((x + SWATCH + BESIDE, middle), Anchor::Start, font, INK, name);
        x += width + BETWEEN;
    }
    y + row
}
