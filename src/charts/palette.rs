//! Colours, sizes and fonts of all charts: change the look here.

use plotters::style::RGBColor;

use crate::definitions::{Colour, Palette};

/// The slide: 16:9.
pub(super) const WIDTH: u32 = 1600;
/// Height of the slide.
pub(super) const HEIGHT: u32 = 900;
/// Pixels a metre in PNG files: 120 an inch, at which the picture is exactly a slide of 13.33 x 7.5 inches.
pub(super) const PIXELS_PER_METRE: u32 = 4724;

/// Free space left and right.
pub(super) const SIDE: f64 = 80.0;
/// Free space above the title.
pub(super) const TOP: f64 = 56.0;
/// Free space below the foot.
pub(super) const BOTTOM: f64 = 40.0;
/// Free space between title block, plot and foot.
pub(super) const GAP: f64 = 28.0;

/// Font sizes, in pixels an em.
pub(super) const TITLE: f64 = 44.0;
pub(super) const SUBTITLE: f64 = 26.0;
pub(super) const FOOT: f64 = 20.0;
pub(super) const SENTENCE: f64 = 32.0;
/// Totals and other figures that matter most.
pub(super) const FIGURE: f64 = 30.0;
/// Names of categories and series, figures in segments.
pub(super) const NAME: f64 = 24.0;
/// Ticks, notes below a category, figures beside a segment too thin for them.
pub(super) const NOTE: f64 = 20.0;
/// No text is set smaller, unless there is no other way to show all of it.
pub(super) const SMALLEST: f64 = 14.0;

/// The family as plotters is told.
pub(super) const FAMILY: &str = "Carlito";
/// The family as written in SVG files: on Windows Calibri, which has the same widths.
pub(super) const SVG_FAMILY: &str = "Calibri, Carlito, sans-serif";

/// Title, figures, names.
pub(super) const INK: RGBColor = RGBColor(0x1B, 0x26, 0x31);
/// Subtitle, foot, ticks: 7:1 on white.
pub(super) const MUTED: RGBColor = RGBColor(0x4F, 0x5B, 0x67);
/// The axis that bars stand on, and leaders.
pub(super) const AXIS: RGBColor = RGBColor(0x8A, 0x94, 0x9E);
/// Grid lines.
pub(super) const GRID: RGBColor = RGBColor(0xE6, 0xE9, 0xEC);
/// The ground.
pub(super) const PAPER: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);

/// How a series is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fill {
    /// The colour.
    pub(super) colour: RGBColor,
    /// The edge, of a fill too light to stand on white without one.
    pub(super) edge: Option<RGBColor>,
    /// Text on it.
    pub(super) text: RGBColor,
}

impl Fill {
    /// A colour, with the text that is read best on it, and an edge where it is too light to stand on paper.
    fn of(colour: RGBColor) -> Self {
        let light = luminance(colour);
        let against = |other: RGBColor| contrast(light, luminance(other));
        let text = if against(INK) >= against(PAPER) { INK } else { PAPER };
        let edge = (contrast(light, luminance(PAPER)) < LIGHT).then_some(AXIS);
        Self { colour, edge, text }
    }
}

/// Below this contrast with paper a fill has an edge.
const LIGHT: f64 = 1.35;

/// How light a colour is, from 0 to 1, by WCAG 2.2.
fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// The contrast of two, by WCAG 2.2.
fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The fills of a chart, from the office's palette.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    /// One fill for all bars of a chart without series.
    pub(super) plain: Fill,
    /// Fills of kinds: the shipped ones tell apart by lightness as well as by hue, so in grey print and by
    /// colour-blind readers.
    pub(super) kinds: [Fill; 4],
    /// Fills of steps from done to not done.
    pub(super) steps: [Fill; 3],
    /// Fills of counts from few to many: each darker than the one before.
    pub(super) shades: [Fill; 5],
}

impl Look {
    pub(super) fn of(palette: &Palette) -> Self {
        let [main, accent, highlight, band, shade] =
            [palette.main, palette.accent, palette.highlight, palette.band, palette.shade].map(rgb);
        let fills = [main, accent, highlight, band].map(Fill::of);
        let shades = [mix(PAPER, shade, 0.3), mix(PAPER, shade, 0.65), shade, mix(shade, main, 0.65), main];
        Self { plain: fills[0], kinds: fills, steps: [fills[0], fills[1], fills[3]], shades: shades.map(Fill::of) }
    }
}

fn rgb(Colour(colour): Colour) -> RGBColor {
    let [_, red, green, blue] = colour.to_be_bytes();
    RGBColor(red, green, blue)
}

/// The colour on the way from one to another.
fn mix(from: RGBColor, to: RGBColor, part: f64) -> RGBColor {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
    let between = |from: u8, to: u8| (f64::from(from) + part * (f64::from(to) - f64::from(from))).round() as u8;
    RGBColor(between(from.0, to.0), between(from.1, to.1), between(from.2, to.2))
}

/// The fill of no count at all.
pub(super) const ZERO: Fill = Fill { colour: PAPER, edge: Some(AXIS), text: MUTED };

/// The way to a target that is not gone yet.
pub(super) const WAY: RGBColor = GRID;

/// The fill of a series; a series more than there are fills starts again, told apart by its place and name.
pub(super) fn fill(fills: &[Fill], series: usize) -> Fill {
    fills[series % fills.len()]
}
