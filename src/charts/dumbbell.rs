//! Two counts a row, the one a part of the other, with the gap between them: demand against delivery.

use super::columns::{Layout, Named};
use super::drawing::{Anchor, Area, Drawing};
use super::frame::frame;
use super::legend::legend;
use super::palette::{AXIS, FIGURE, INK, Look, MUTED, NAME};
use super::scale::real;
use super::text::{Font, Lines};
use crate::report::charts::{Demand, TopicDemand};

/// No more rows than this stand in one column of high ones.
const FEW: usize = 14;
/// Share of the width that the names of high rows take, the most height of a row, and from a name to its axis.
const NAMES: f64 = 0.34;
const HIGHEST_ROW: f64 = 76.0;
const BESIDE: f64 = 20.0;
/// From the names of the marks to the rows.
const BELOW_LEGEND: f64 = 14.0;
/// Size of a mark and height of the bar between two, in their font's size.
const MARK: f64 = 0.72;
const BETWEEN: f64 = 0.2;
/// From a mark to its figure.
const GAP: f64 = 7.0;

/// The places of the fills of what was asked and served.
const ASKED: usize = 0;
const SERVED: usize = 2;

impl Named for TopicDemand {
    fn name(&self) -> &str {
        &self.name
    }
}

pub(super) fn draw(view: &Demand, look: Look) -> Drawing {
    let mut drawing = Drawing::new(look);
    let mut area = frame(&mut drawing, &view.text);
    let names = [("Asked for it", look.kinds[ASKED]), ("Of them served, in full or in part", look.kinds[SERVED])];
    area.top = legend(&mut drawing, area, &names) + BELOW_LEGEND;
    let rows = || view.groups.iter().flat_map(|(_, rows)| rows);
    let most = rows().map(|row| row.asked).max().unwrap_or(0).max(1);
    if rows().count() > FEW {
        let layout = Layout::of(&view.groups, area);
        let scale = Scale::of(most, layout.size);
        layout.draw(&mut drawing, area, |drawing, area, row| scale.row(drawing, area, row));
    } else {
        high(&mut drawing, area, &rows().collect::<Vec<_>>(), most);
    }
    drawing
}

/// High rows in one column.
fn high(drawing: &mut Drawing, area: Area, rows: &[&TopicDemand], most: usize) {
    let row = (area.height() / real(rows.len().max(1))).min(HIGHEST_ROW);
    let names = rows.iter().map(|row| row.name.as_str());
    let names = Lines::alike(names, Font::regular(NAME), NAMES * area.width(), row - 6.0);
    let left = area.left + names.iter().map(Lines::width).fold(0.0, f64::max) + BESIDE;
    let scale = Scale::of(most, FIGURE.min(row - 6.0));
    for (at, (of, name)) in rows.iter().zip(&names).enumerate() {
        let top = area.top + real(at) * row;
        let area = Area { left, top, right: area.right, bottom: top + row };
        drawing.centred_lines((left - BESIDE, top + row / 2.0), Anchor::End, INK, name);
        drawing.upright(left - 1.0, top, area.bottom, AXIS);
        scale.row(drawing, area, of);
    }
}

/// Counts as places, in figures of one size.
struct Scale {
    most: usize,
    bold: Font,
    regular: Font,
    /// Width of the widest figure.
    figure: f64,
    mark: f64,
}

impl Scale {
    fn of(most: usize, size: f64) -> Self {
        let bold = Font::bold(size);
        Self { most, bold, regular: Font::regular(size), figure: bold.width(&most.to_string()), mark: MARK * size }
    }

    /// The two marks of a row, what is between them, and their figures.
    fn row(&self, drawing: &mut Drawing, area: Area, row: &TopicDemand) {
        let room = self.figure + GAP + self.mark / 2.0;
        let (from, to) = (area.left + GAP + room, area.right - room);
        let place = |count: usize| from + (to - from).max(0.0) * real(count) / real(self.most);
        let middle = f64::midpoint(area.top, area.bottom);
        let (served, asked) = (place(row.served), place(row.asked));
        let half = self.mark / 2.0;
        let thin = BETWEEN * self.bold.size / 2.0;
        drawing.filled(Area { left: served, top: middle - thin, right: asked, bottom: middle + thin }, AXIS);
        let mark = |left: f64, right: f64| Area { left, top: middle - half, right, bottom: middle + half };
        drawing.bar(mark(asked - half, asked + half), drawing.look.kinds[ASKED]);
        // Where all are served, the two marks share a place.
        let right = if row.served == row.asked { served } else { served + half };
        drawing.bar(mark(served - half, right), drawing.look.kinds[SERVED]);
        drawing.centred((asked + half + GAP, middle), Anchor::Start, self.bold, INK, &row.asked.to_string());
        if row.served < row.asked {
            let figure = row.served.to_string();
            drawing.centred((served - half - GAP, middle), Anchor::End, self.regular, MUTED, &figure);
        }
    }
}
