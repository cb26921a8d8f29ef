//! Capacity building activities: stacked columns by quarter.

use super::drawing::{Anchor, Area, Drawing};
use super::frame::{frame, sentence};
use super::legend::legend;
use super::palette::{AXIS, FIGURE, Fill, GRID, INK, Look, MUTED, NAME, NOTE, fill};
use super::scale::{apart, real, ticks};
use super::text::{Font, Lines};
use crate::report::charts::{Series, Stacked};

const NOTHING: &str = "Nothing to show: no activity that is counted here ended in these quarters.";

/// Share of its place that a column fills.
const COLUMN: f64 = 0.56;
const WIDEST_COLUMN: f64 = 190.0;
/// The most height that the names below the columns take.
const NAMES_ROOM: f64 = 64.0;
/// From the last column to the names of the series.
const LEADER: f64 = 30.0;
/// A segment's figure needs this much more than its own height.
const AROUND_FIGURE: f64 = 8.0;

/// Where the columns stand.
struct Columns<'a> {
    view: &'a Stacked,
    plot: Area,
    /// The highest total.
    most: usize,
}

pub(super) fn draw(view: &Stacked, look: Look) -> Drawing {
    let mut drawing = Drawing::new(look);
    let mut area = frame(&mut drawing, &view.text);
    let most = (0..view.categories.len()).map(|at| total(view, at)).max().unwrap_or(0);
    if most == 0 {
        sentence(&mut drawing, area, NOTHING);
        return drawing;
    }
    let beside = named_beside(view);
    let names = if beside {
        let widths = shown(view).map(|(_, series)| Font::regular(NAME).width(&beside_name(series)));
        LEADER + 8.0 + widths.fold(0.0, f64::max)
    } else {
        let names: Vec<(&str, Fill)> =
            shown(view).map(|(at, series)| (series.name.as_str(), fill(&drawing.look.kinds, at))).collect();
        area.top = legend(&mut drawing, area, &names) + 18.0;
        0.0
    };
    let axis = ticks(most);
    let tick_font = Font::regular(NOTE);
    let left = area.left + tick_font.width(&most.to_string()) + 14.0;
    let width = plot_width(area.right - names - left, view.categories.len(), beside);
    let mut plot = Area { left, top: area.top + FIGURE, right: area.right.min(left + width), bottom: area.bottom };
    let slot = plot.width() / real(view.categories.len());
    let categories = view.categories.iter().map(String::as_str);
    let below = Lines::alike(categories, Font::regular(NAME), slot - 12.0, NAMES_ROOM);
    plot.bottom -= below.iter().map(Lines::height).fold(0.0, f64::max) + 12.0;

    let columns = Columns { view, plot, most };
    for tick in axis {
        let y = columns.height_of(tick);
        drawing.level(plot.left, plot.right, y, if tick == 0 { AXIS } else { GRID });
        drawing.centred((plot.left - 14.0, y), Anchor::End, tick_font, MUTED, &tick.to_string());
    }
    for (at, name) in below.iter().enumerate() {
        drawing.lines((columns.middle(at), plot.bottom + 12.0), Anchor::Middle, INK, name);
        columns.draw(&mut drawing, at, beside && at + 1 == below.len());
    }
    drawing
}

/// Width of the plot: where names stand beside the last column, its free half place is theirs.
fn plot_width(to_names: f64, columns: usize, beside: bool) -> f64 {
    const ROUNDS: usize = 8;
    let mut width = to_names;
    if beside && columns > 1 {
        for _ in 0..ROUNDS {
            let slot = width / real(columns);
            width = to_names + slot / 2.0 - half_column(slot);
        }
    }
    width
}

fn half_column(slot: f64) -> f64 {
    (slot * COLUMN).min(WIDEST_COLUMN) / 2.0
}

/// The series that have a segment somewhere, with the place that gives them their fill.
fn shown(view: &Stacked) -> impl Iterator<Item = (usize, &Series)> {
    view.series.iter().enumerate().filter(|(_, series)| series.counts.iter().any(|count| *count > 0))
}

/// Whether every series has a segment in the last column, so that its name can stand beside it.
fn named_beside(view: &Stacked) -> bool {
    shown(view).all(|(_, series)| series.counts.last().is_some_and(|count| *count > 0))
}

fn beside_name(series: &Series) -> String {
    format!("{} {}", series.name, series.counts.last().unwrap_or(&0))
}

fn total(view: &Stacked, category: usize) -> usize {
    view.series.iter().map(|series| series.counts[category]).sum()
}

impl Columns<'_> {
    fn slot(&self) -> f64 {
        self.plot.width() / real(self.view.categories.len())
    }

    fn middle(&self, category: usize) -> f64 {
        self.plot.left + (real(category) + 0.5) * self.slot()
    }

    fn height_of(&self, count: usize) -> f64 {
        self.plot.bottom - self.plot.height() * real(count) / real(self.most)
    }

    /// One column: segments with their figures, thin ones with the figure beside, the total on top.
    fn draw(&self, drawing: &mut Drawing, category: usize, with_names: bool) {
        let figure = Font::regular(NAME);
        let middle = self.middle(category);
        let half = half_column(self.slot());
        let mut below = 0;
        let mut outside: Vec<(f64, String)> = Vec::new();
        for (at, series) in self.view.series.iter().enumerate() {
            let count = series.counts[category];
            if count == 0 {
                continue;
            }
            let (bottom, top) = (self.height_of(below), self.height_of(below + count));
            below += count;
            let fill = fill(&drawing.look.kinds, at);
            // A hair of paper keeps neighbours apart in grey print.
            let hair = if below > count && bottom - top > 6.0 { 2.0 } else { 0.0 };
            drawing.bar(Area { left: middle - half, top, right: middle + half, bottom: bottom - hair }, fill);
            let height = f64::midpoint(top, bottom - hair);
            let text = count.to_string();
            let inside = bottom - top >= figure.capital() + AROUND_FIGURE && figure.width(&text) + 6.0 <= 2.0 * half;
            if inside {
                drawing.centred((middle, height), Anchor::Middle, figure, fill.text, &text);
            }
            if with_names {
                outside.push((height, if inside { series.name.clone() } else { beside_name(series) }));
            } else if !inside {
                outside.push((height, text));
            }
        }
        let (font, gap) = if with_names { (figure, LEADER) } else { (Font::regular(NOTE), 14.0) };
        let widest = outside.iter().map(|(_, text)| font.width(text)).fold(0.0, f64::max);
        let free = self.slot() - 2.0 * half - gap - 10.0;
        let font = if with_names || widest <= free { font } else { font.sized(font.size * free / widest) };
        // Segments were taken from the axis upwards; places are wanted from the top down.
        outside.reverse();
        let wanted: Vec<f64> = outside.iter().map(|(height, _)| *height).collect();
        let ends = (self.plot.top, self.plot.bottom - font.capital());
        for (place, (height, text)) in apart(&wanted, font.leading(), ends).into_iter().zip(&outside) {
            let edge = middle + half;
            drawing.leader((edge + 3.0, *height), (edge + gap - 3.0, place));
            drawing.clear((edge + gap + 3.0, place), Anchor::Start, font, INK, text);
        }
        let (weight, colour) = if below == 0 { (Font::regular(FIGURE), MUTED) } else { (Font::bold(FIGURE), INK) };
        let on_top = self.height_of(below) - 10.0 - weight.capital() / 2.0;
        drawing.clear((middle, on_top), Anchor::Middle, weight, colour, &below.to_string());
    }
}
