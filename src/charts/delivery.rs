//! The plan's delivery: a stacked bar for each section.

use super::drawing::{Anchor, Area, Drawing};
use super::frame::{frame, sentence};
use super::legend::legend;
use super::palette::{AXIS, FIGURE, Fill, GRID, INK, Look, MUTED, NAME, NOTE, fill};
use super::scale::{apart, real, ticks};
use super::text::{Font, Lines};
use crate::report::charts::Stacked;

const NOTHING: &str = "Nothing to show: the plan has no concrete item.";

/// Share of the width that the sections' titles take.
const TITLES: f64 = 0.30;
/// Share of its row that a bar fills, and the most it does.
const BAR: f64 = 0.54;
const HIGHEST_BAR: f64 = 84.0;
/// From a title to its bar, and from a bar to its total.
const BESIDE: f64 = 20.0;
/// From a bar to a figure below it.
const BELOW: f64 = 4.0;
/// A figure needs this much more than its own width.
const AROUND_FIGURE: f64 = 10.0;

pub(super) fn draw(view: &Stacked, look: Look) -> Drawing {
    let mut drawing = Drawing::new(look);
    let area = frame(&mut drawing, &view.text);
    let total = |at: usize| view.series.iter().map(|series| series.counts[at]).sum::<usize>();
    let most = (0..view.categories.len()).map(total).max().unwrap_or(0);
    if most == 0 {
        sentence(&mut drawing, area, NOTHING);
        return drawing;
    }
    let axis = ticks(most);
    let left = area.left + TITLES * area.width() + BESIDE;
    let names: Vec<(&str, Fill)> = view
        .series
        .iter()
        .enumerate()
        .map(|(at, series)| (series.name.as_str(), fill(&drawing.look.steps, at)))
        .collect();
    let top = legend(&mut drawing, Area { left, ..area }, &names) + 10.0;
    let tick_font = Font::regular(NOTE);
    let total_width = BESIDE + Font::bold(FIGURE).width(&most.to_string());
    let plot = Area { left, top, right: area.right - total_width, bottom: area.bottom - tick_font.leading() - 6.0 };
    let length = |count: usize| plot.width() * real(count) / real(most);
    for tick in axis {
        let x = plot.left + length(tick);
        drawing.upright(x, plot.top, plot.bottom, if tick == 0 { AXIS } else { GRID });
        let place = (x, plot.bottom + 6.0 + tick_font.ascent());
        drawing.text(place, Anchor::Middle, tick_font, MUTED, &tick.to_string());
    }
    let row = plot.height() / real(view.categories.len());
    let titles = view.categories.iter().map(String::as_str);
    let titles = Lines::alike(titles, Font::regular(NAME), TITLES * area.width(), row - 6.0);
    for (at, title) in titles.iter().enumerate() {
        let middle = plot.top + (real(at) + 0.5) * row;
        let half = (row * BAR).min(HIGHEST_BAR) / 2.0;
        drawing.centred_lines((plot.left - BESIDE, middle), Anchor::End, INK, title);
        let counts: Vec<usize> = view.series.iter().map(|series| series.counts[at]).collect();
        bar(&mut drawing, &counts, (plot.left, plot.right), (middle - half, middle + half), (row, most));
        let place = (plot.left + length(total(at)) + BESIDE - 6.0, middle);
        let font = Font::bold(FIGURE).within(row - 6.0);
        drawing.clear(place, Anchor::Start, font, INK, &total(at).to_string());
    }
    drawing
}

/// Segments from the left, their figures inside, those of thin ones below.
fn bar(
    drawing: &mut Drawing,
    counts: &[usize],
    (left, right): (f64, f64),
    (top, bottom): (f64, f64),
    (row, most): (f64, usize),
) {
    let figure = Font::regular(NAME).within(bottom - top - 6.0);
    let length = |count: usize| (right - left) * real(count) / real(most);
    let mut before = 0;
    let mut below: Vec<(f64, String)> = Vec::new();
    for (series, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let (from, to) = (left + length(before), left + length(before + count));
        before += count;
        let fill = fill(&drawing.look.steps, series);
        let hair = if before > *count && to - from > 6.0 { 2.0 } else { 0.0 };
        drawing.bar(Area { left: from + hair, top, right: to, bottom }, fill);
        let (middle, text) = (f64::midpoint(from + hair, to), count.to_string());
        if figure.width(&text) + AROUND_FIGURE <= to - from {
            drawing.centred((middle, f64::midpoint(top, bottom)), Anchor::Middle, figure, fill.text, &text);
        } else {
            below.push((middle, text));
        }
    }
    let free = row - (bottom - top) - 2.0 * BELOW;
    let font = Font::regular(NOTE).within(free);
    let widest = below.iter().map(|(_, text)| font.width(text)).fold(0.0, f64::max);
    let wanted: Vec<f64> = below.iter().map(|(middle, _)| *middle).collect();
    let places = apart(&wanted, widest + 8.0, (left + widest / 2.0 + BELOW, right));
    for (place, (_, text)) in places.into_iter().zip(&below) {
        drawing.clear((place, bottom + BELOW + font.capital() / 2.0), Anchor::Middle, font, INK, text);
    }
}
