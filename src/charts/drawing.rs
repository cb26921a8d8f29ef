//! A drawing: rectangles and lines of text, laid out once, then painted as SVG and as pixels.

use plotters::style::RGBColor;

use super::palette::{AXIS, Fill, Look, PAPER};
use super::text::{Font, Lines, clean};

/// A rectangle of the slide, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    pub(super) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f64 {
        self.bottom - self.top
    }
}

/// Which end of a line of text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub(super) x: i32,
    /// Of the base line.
    pub(super) y: i32,
    pub(super) anchor: Anchor,
    pub(super) font: Font,
    pub(super) colour: RGBColor,
    pub(super) text: String,
}

#[derive(Debug, Clone, PartialEq)]
enum Mark {
    Filled { from: (i32, i32), to: (i32, i32), colour: RGBColor },
    Text(Label),
}

/// The marks of one chart, in the order they are painted.
#[derive(Debug)]
pub(super) struct Drawing {
    /// Its fills.
    pub(super) look: Look,
    marks: Vec<Mark>,
}

/// What paints the marks of a drawing on a slide of paper.
pub(super) trait Painter {
    /// A rectangle of one colour; its right and lower edges are outside it.
    fn filled(&mut self, from: (i32, i32), to: (i32, i32), colour: RGBColor);

    /// A line of text.
    fn text(&mut self, label: &Label);
}

impl Drawing {
    /// An empty one.
    pub(super) fn new(look: Look) -> Self {
        Self { look, marks: Vec::new() }
    }

    /// A filled rectangle; one that is not empty is at least a pixel.
    pub(super) fn filled(&mut self, area: Area, colour: RGBColor) {
        let from = (pixel(area.left), pixel(area.top));
        let to = (pixel(area.right).max(from.0 + 1), pixel(area.bottom).max(from.1 + 1));
        self.marks.push(Mark::Filled { from, to, colour });
    }

    /// A bar, with the edge its fill needs.
    pub(super) fn bar(&mut self, area: Area, fill: Fill) {
        self.filled(area, fill.edge.unwrap_or(fill.colour));
        if fill.edge.is_some() && area.width() >= 4.0 && area.height() >= 4.0 {
            let Area { left, top, right, bottom } = area;
            let inner =
                Area { left: left.round() + 1.0, top: top.round() + 1.0, right: right - 1.0, bottom: bottom - 1.0 };
            self.filled(inner, fill.colour);
        }
    }

    /// A level line of one pixel.
    pub(super) fn level(&mut self, from: f64, to: f64, y: f64, colour: RGBColor) {
        let (left, right) = if from <= to { (from, to) } else { (to, from) };
        self.filled(Area { left, top: y.round(), right, bottom: y.round() + 1.0 }, colour);
    }

    /// An upright line of one pixel.
    pub(super) fn upright(&mut self, x: f64, from: f64, to: f64, colour: RGBColor) {
        let (top, bottom) = if from <= to { (from, to) } else { (to, from) };
        self.filled(Area { left: x.round(), top, right: x.round() + 1.0, bottom }, colour);
    }

    /// A line from a mark to its label, with a bend where they are not level.
    pub(super) fn leader(&mut self, from: (f64, f64), to: (f64, f64)) {
        let bend = f64::midpoint(from.0, to.0);
        self.level(from.0, bend, from.1, AXIS);
        if (from.1 - to.1).abs() >= 1.0 {
            self.upright(bend, from.1, to.1, AXIS);
        }
        self.level(bend, to.0, to.1, AXIS);
    }

    /// A line of text on a base line.
    pub(super) fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, font: Font, colour: RGBColor, text: &str) {
        let text = clean(text);
        if !text.is_empty() {
            self.marks.push(Mark::Text(Label { x: pixel(x), y: pixel(y), anchor, font, colour, text }));
        }
    }

    /// A line of text whose capitals and figures stand in the middle of a height.
    pub(super) fn centred(&mut self, (x, y): (f64, f64), anchor: Anchor, font: Font, colour: RGBColor, text: &str) {
        self.text((x, y + font.capital() / 2.0), anchor, font, colour, text);
    }

    /// As [`Self::centred`], with paper behind it so that no grid line crosses the text.
    pub(super) fn clear(&mut self, (x, y): (f64, f64), anchor: Anchor, font: Font, colour: RGBColor, text: &str) {
        const AROUND: f64 = 3.0;
        let (width, half) = (font.width(&clean(text)), font.capital() / 2.0 + AROUND);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        let paper = Area { left: left - AROUND, top: y - half, right: left + width + AROUND, bottom: y + half };
        self.filled(paper, PAPER);
        self.centred((x, y), anchor, font, colour, text);
    }

    /// Lines of text from a top downwards; returns where they end.
    pub(super) fn lines(&mut self, (x, top): (f64, f64), anchor: Anchor, colour: RGBColor, lines: &Lines) -> f64 {
        let font = lines.font;
        let mut y = top;
        for line in &lines.lines {
            self.text((x, y + font.ascent()), anchor, font, colour, line);
            y += font.leading();
        }
        y
    }

    /// Lines of text around the middle of a height.
    pub(super) fn centred_lines(&mut self, (x, y): (f64, f64), anchor: Anchor, colour: RGBColor, lines: &Lines) {
        let font = lines.font;
        let between = lines.height() - font.leading();
        let mut y = y - between / 2.0;
        for line in &lines.lines {
            self.centred((x, y), anchor, font, colour, line);
            y += font.leading();
        }
    }

    /// Paints all marks.
    pub(super) fn paint(&self, painter: &mut impl Painter) {
        for mark in &self.marks {
            match mark {
                Mark::Filled { from, to, colour } => painter.filled(*from, *to, *colour),
                Mark::Text(label) => painter.text(label),
            }
        }
    }
}

fn pixel(value: f64) -> i32 {
    #[allow(clippy::cast_possible_truncation, reason = "the cast saturates, and places are within the slide")]
    let pixel = value.round() as i32;
    pixel
}
