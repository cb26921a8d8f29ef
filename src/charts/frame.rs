//! The words around a chart: title, subtitle and foot; a sentence where there is nothing to draw.

use super::drawing::{Anchor, Area, Drawing};
use super::palette::{BOTTOM, FOOT, GAP, HEIGHT, INK, MUTED, SENTENCE, SIDE, SUBTITLE, TITLE, TOP, WIDTH};
use super::text::{Font, Lines};
use crate::report::charts::ChartText;

/// The most of the height that a title takes; a longer one is set smaller.
const TITLE_ROOM: f64 = 112.0;
const SUBTITLE_ROOM: f64 = 64.0;
const FOOT_ROOM: f64 = 52.0;

/// Draws the words around a chart; returns the room left for it.
pub(super) fn frame(drawing: &mut Drawing, text: &ChartText) -> Area {
    let (left, right) = (SIDE, f64::from(WIDTH) - SIDE);
    let width = right - left;
    let title = Lines::fitted(&text.title, Font::bold(TITLE), width, TITLE_ROOM);
    let subtitle = Lines::fitted(&text.subtitle, Font::regular(SUBTITLE), width, SUBTITLE_ROOM);
    let foot = Lines::fitted(&text.foot, Font::regular(FOOT), width, FOOT_ROOM);
    let below_title = drawing.lines((left, TOP), Anchor::Start, INK, &title);
    let top = drawing.lines((left, below_title + 4.0), Anchor::Start, MUTED, &subtitle) + GAP;
    let foot_top = f64::from(HEIGHT) - BOTTOM - foot.height();
    drawing.lines((left, foot_top), Anchor::Start, MUTED, &foot);
    Area { left, top, right, bottom: foot_top - GAP }
}

/// Draws a sentence in an otherwise empty room.
pub(super) fn sentence(drawing: &mut Drawing, area: Area, words: &str) {
    let lines = Lines::fitted(words, Font::regular(SENTENCE), 0.75 * area.width(), area.height());
    let place = (f64::midpoint(area.left, area.right), area.top + 0.42 * area.height());
    drawing.centred_lines(place, Anchor::Middle, MUTED, &lines);
}
