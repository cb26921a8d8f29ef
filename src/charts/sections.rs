//! Members by the plan's sections: a heat map in as many columns as the slide needs.

use super::columns::{Layout, Named};
use super::drawing::{Anchor, Area, Drawing};
use super::frame::{frame, sentence};
use super::palette::{INK, Look, MUTED, NAME, NOTE};
use super::scale::real;
use super::shade::Steps;
use super::text::{Font, Lines};
use crate::report::charts::{MemberSections, SectionCounts};

const NOTHING: &str = "Nothing to show: no Member was host, beneficiary or participant of an event.";
const ALL: &str = "All";

/// Between two cells.
const BETWEEN: f64 = 2.0;
/// The most height that the sections' titles take, between their columns, and around them.
const TITLES_ROOM: f64 = 56.0;
const BETWEEN_TITLES: f64 = 40.0;
const ABOVE_TITLES: f64 = 8.0;
/// Height of the heads of columns.
const HEAD: f64 = 30.0;

impl Named for SectionCounts {
    fn name(&self) -> &str {
        &self.name
    }
}

pub(super) fn draw(view: &MemberSections, look: Look) -> Drawing {
    let mut drawing = Drawing::new(look);
    let mut area = frame(&mut drawing, &view.text);
    let rows = || view.groups.iter().flat_map(|(_, rows)| rows);
    let widest = rows().map(|row| row.all).max().unwrap_or(0);
    if widest == 0 {
        sentence(&mut drawing, area, NOTHING);
        return drawing;
    }
    area.top = titles(&mut drawing, area, &view.sections) + HEAD;
    let layout = Layout::of(&view.groups, area);
    let cells = Cells {
        number: view.sections.len() + 1,
        size: layout.size,
        widest: widest.to_string(),
        steps: Steps::to(look.shades, rows().flat_map(|row| &row.counts).copied().max().unwrap_or(0)),
    };
    for ends in layout.beside_names(area) {
        cells.heads(&mut drawing, ends, area.top - HEAD / 2.0, &view.sections);
    }
    layout.draw(&mut drawing, area, |drawing, area, row| cells.row(drawing, area, row));
    drawing
}

/// The sections' titles in two columns; returns where they end.
fn titles(drawing: &mut Drawing, area: Area, sections: &[(u8, String)]) -> f64 {
    let half = sections.len().div_ceil(2);
    let width = (area.width() - BETWEEN_TITLES) / 2.0;
    let named: Vec<String> = sections.iter().map(|(number, title)| format!("{number}. {title}")).collect();
    let room = TITLES_ROOM / real(half.max(1));
    let lines = Lines::alike(named.iter().map(String::as_str), Font::regular(NOTE), width, room);
    let mut end = area.top;
    for (column, lines) in lines.chunks(half.max(1)).enumerate() {
        let left = area.left + real(column) * (width + BETWEEN_TITLES);
        let mut y = area.top - ABOVE_TITLES;
        for lines in lines {
            y = drawing.lines((left, y), Anchor::Start, MUTED, lines);
        }
        end = end.max(y);
    }
    end + ABOVE_TITLES
}

/// The cells of a row: one a section, and one for all events.
struct Cells {
    number: usize,
    size: f64,
    /// The largest figure.
    widest: String,
    steps: Steps,
}

impl Cells {
    fn heads(&self, drawing: &mut Drawing, (left, right): (f64, f64), middle: f64, sections: &[(u8, String)]) {
        let width = (right - left) / real(self.number);
        let font = narrow(Font::bold(self.size.min(NAME)), ALL, width - BETWEEN);
        let heads: Vec<String> = sections.iter().map(|(number, _)| number.to_string()).collect();
        for (at, head) in heads.iter().map(String::as_str).chain([ALL]).enumerate() {
            drawing.centred((left + (real(at) + 0.5) * width, middle), Anchor::Middle, font, MUTED, head);
        }
    }

    fn row(&self, drawing: &mut Drawing, area: Area, row: &SectionCounts) {
        let width = area.width() / real(self.number);
        let font = narrow(Font::regular(self.size), &self.widest, width - 2.0 * BETWEEN);
        let bold = narrow(Font::bold(self.size), &self.widest, width - 2.0 * BETWEEN);
        let middle = f64::midpoint(area.top, area.bottom - BETWEEN);
        for (at, count) in row.counts.iter().enumerate() {
            let left = area.left + real(at) * width;
            let cell = Area { left: left + BETWEEN, top: area.top, right: left + width, bottom: area.bottom - BETWEEN };
            let fill = self.steps.fill(*count);
            if *count > 0 {
                drawing.bar(cell, fill);
            }
            let place = (f64::midpoint(cell.left, cell.right), middle);
            drawing.centred(place, Anchor::Middle, font, fill.text, &count.to_string());
        }
        let (font, colour) = if row.all > 0 { (bold, INK) } else { (font, MUTED) };
        let place = (area.left + (real(row.counts.len()) + 0.5) * width, middle);
        drawing.centred(place, Anchor::Middle, font, colour, &row.all.to_string());
    }
}

/// A font in which a text is no wider than asked.
fn narrow(font: Font, text: &str, width: f64) -> Font {
    font.sized((font.size * width / font.width(text)).min(font.size))
}
