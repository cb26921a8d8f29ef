//! Counts by name: wide bars where there are few, else in columns of smaller ones.

use super::columns::{Layout, Named};
use super::drawing::{Anchor, Area, Drawing};
use super::frame::{frame, sentence};
use super::palette::{AXIS, FIGURE, INK, Look, MUTED, NAME};
use super::scale::real;
use super::text::{Font, Lines};
use crate::report::charts::{Bar, Bars};

/// No more bars than this stand in one column of wide ones.
const FEW: usize = 12;
/// Share of the width that the names of wide bars take.
const NAMES: f64 = 0.3;
/// From a name to its bar.
const BESIDE: f64 = 20.0;
/// The most height of a row of wide bars, the share that its bar fills, and of a heading.
const HIGHEST_ROW: f64 = 150.0;
const WIDE_BAR: f64 = 0.62;
const HEADING: f64 = 0.8;
/// From a bar to its figure, in columns.
const FIGURE_GAP: f64 = 6.0;
/// Height of a bar in columns, in its font's size.
const BAR: f64 = 0.8;

impl Named for Bar {
    fn name(&self) -> &str {
        &self.name
    }
}

pub(super) fn draw(view: &Bars, look: Look) -> Drawing {
    let mut drawing = Drawing::new(look);
    let area = frame(&mut drawing, &view.text);
    let bars = || view.groups.iter().flat_map(|(_, bars)| bars);
    let most = bars().map(|bar| bar.count).max().unwrap_or(0);
    if most == 0 {
        sentence(&mut drawing, area, view.nothing);
    } else if bars().count() <= FEW {
        wide(&mut drawing, area, view, most);
    } else {
        in_columns(&mut drawing, area, view, most);
    }
    drawing
}

/// The count, and what stands beside it.
fn figure(bar: &Bar) -> String {
    if bar.beside.is_empty() { bar.count.to_string() } else { format!("{} ({})", bar.count, bar.beside) }
}

fn in_columns(drawing: &mut Drawing, area: Area, view: &Bars, most: usize) {
    let layout = Layout::of(&view.groups, area);
    let (regular, bold) = (Font::regular(layout.size), Font::bold(layout.size));
    let figures = view.groups.iter().flat_map(|(_, bars)| bars).map(|bar| bold.width(&figure(bar)));
    let figures = figures.fold(0.0, f64::max);
    layout.draw(drawing, area, |drawing, area, bar| {
        let longest = (area.width() - FIGURE_GAP - figures).max(0.0);
        let middle = f64::midpoint(area.top, area.bottom);
        let end = area.left + longest * real(bar.count) / real(most);
        let (font, colour) = if bar.count > 0 { (bold, INK) } else { (regular, MUTED) };
        if bar.count > 0 {
            let half = BAR * regular.size / 2.0;
            drawing.bar(Area { top: middle - half, right: end, bottom: middle + half, ..area }, drawing.look.plain);
        }
        drawing.centred((end + FIGURE_GAP, middle), Anchor::Start, font, colour, &figure(bar));
    });
}

/// Wide bars under their headings, one column.
fn wide(drawing: &mut Drawing, area: Area, view: &Bars, most: usize) {
    let headed = view.groups.iter().filter(|(heading, _)| !heading.is_empty()).count();
    let bars = || view.groups.iter().flat_map(|(_, bars)| bars);
    let row = (area.height() / (real(bars().count()) + HEADING * real(headed))).min(HIGHEST_ROW);
    let names = bars().map(|bar| bar.name.as_str());
    let names = Lines::alike(names, Font::regular(NAME), NAMES * area.width(), row - 6.0);
    let to_axis = names.iter().map(Lines::width).fold(0.0, f64::max) + BESIDE;
    let (regular, bold) = (Font::regular(FIGURE).within(row - 8.0), Font::bold(FIGURE).within(row - 8.0));
    let figures = bars().map(|bar| bold.width(&figure(bar))).fold(0.0, f64::max) + BESIDE;
    let left = area.left + to_axis;
    let longest = area.right - figures - left;
    let mut names = names.iter();
    let mut y = area.top;
    for (heading, bars) in &view.groups {
        if !heading.is_empty() {
            let lines = Lines::fitted(heading, Font::bold(NAME), area.width(), HEADING * row - 4.0);
            drawing.lines((area.left, y + HEADING * row - 4.0 - lines.height()), Anchor::Start, INK, &lines);
            y += HEADING * row;
        }
        for (bar, name) in bars.iter().zip(names.by_ref()) {
            let (middle, half) = (y + row / 2.0, WIDE_BAR * row / 2.0);
            drawing.centred_lines((left - BESIDE, middle), Anchor::End, INK, name);
            drawing.upright(left - 1.0, y, y + row, AXIS);
            let end = left + longest * real(bar.count) / real(most);
            let (font, colour) = if bar.count > 0 { (bold, INK) } else { (regular, MUTED) };
            if bar.count > 0 {
                drawing.bar(Area { left, top: middle - half, right: end, bottom: middle + half }, drawing.look.plain);
            }
            drawing.centred((end + BESIDE / 2.0, middle), Anchor::Start, font, colour, &figure(bar));
            y += row;
        }
    }
}
