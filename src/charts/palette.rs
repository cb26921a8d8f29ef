//! Colours, sizes and fonts of all charts: change the look here.

use plotters::style::RGBColor;

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

const BLUE: Fill = Fill { colour: RGBColor(0x1F, 0x3F, 0x68), edge: None, text: PAPER };
const TEAL: Fill = Fill { colour: RGBColor(0x2B, 0x82, 0x86), edge: None, text: PAPER };
const AMBER: Fill = Fill { colour: RGBColor(0xE9, 0xB0, 0x3C), edge: None, text: INK };
const PALE: Fill = Fill { colour: RGBColor(0xEC, 0xEE, 0xF1), edge: Some(AXIS), text: INK };

/// One fill for all bars of a chart without series.
pub(super) const PLAIN: Fill = BLUE;

/// Fills of kinds: told apart by lightness as well as by hue, so in grey print and by colour-blind readers.
pub(super) const KINDS: [Fill; 4] = [BLUE, TEAL, AMBER, PALE];

/// Fills of steps from done to not done.
pub(super) const STEPS: [Fill; 3] = [BLUE, TEAL, PALE];

/// Fills of counts from few to many: each darker than the one before, its figures at 4.5:1 or more.
pub(super) const SHADES: [Fill; 5] = [
    Fill { colour: RGBColor(0xDC, 0xE8, 0xF2), edge: None, text: INK },
    Fill { colour: RGBColor(0xA9, 0xC8, 0xDF), edge: None, text: INK },
    Fill { colour: RGBColor(0x6F, 0xA0, 0xC6), edge: None, text: INK },
    Fill { colour: RGBColor(0x37, 0x68, 0x96), edge: None, text: PAPER },
    BLUE,
];

/// The fill of no count at all.
pub(super) const ZERO: Fill = Fill { colour: PAPER, edge: Some(AXIS), text: MUTED };

/// The way to a target that is not gone yet.
pub(super) const WAY: RGBColor = GRID;

/// The fill of a series; a series more than there are fills starts again, told apart by its place and name.
pub(super) fn fill(fills: &[Fill], series: usize) -> Fill {
    fills[series % fills.len()]
}
