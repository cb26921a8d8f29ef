//! The region as tiles: where a Member lies about, its ISO code and how many events reached it.

use super::drawing::{Anchor, Area, Drawing};
use super::frame::{frame, sentence};
use super::legend::legend;
use super::palette::{Fill, Look, MUTED, NAME, NOTE};
use super::scale::real;
use super::shade::Steps;
use super::text::{Font, Lines};
use crate::report::charts::{MapTile, MemberMap};

const NOTHING: &str = "Nothing to show: no Member was host, beneficiary or participant of an event.";
const WITHOUT_PLACE: &str = "Members without a place on the map";

/// Between two tiles, in a tile's height; a tile is no wider than this many heights.
const BETWEEN: f64 = 0.08;
const WIDEST: f64 = 1.5;
/// Height of a code and of a figure, in a tile's height.
const CODE: f64 = 0.24;
const FIGURE: f64 = 0.38;
/// Where their middles are, in a tile's height.
const CODE_MIDDLE: f64 = 0.22;
const FIGURE_MIDDLE: f64 = 0.70;
/// The most height that the sentence of those not reached takes.
const SENTENCE_ROOM: f64 = 52.0;
/// Columns at least where a row stands beneath the map.
const LEAST_COLUMNS: usize = 12;
/// Height of the words above the row beneath, in a tile's height.
const WORDS: f64 = 0.5;

/// A grid of tiles.
struct Grid {
    left: f64,
    top: f64,
    /// From one tile's corner to the next.
    across: f64,
    down: f64,
}

pub(super) fn draw(view: &MemberMap, look: Look) -> Drawing {
    let mut drawing = Drawing::new(look);
    let mut area = frame(&mut drawing, &view.text);
    let most = view.tiles.iter().map(|tile| tile.count).max().unwrap_or(0);
    if most == 0 {
        sentence(&mut drawing, area, NOTHING);
        return drawing;
    }
    let steps = Steps::to(look.shades, most);
    let names = steps.legend();
    let names: Vec<(&str, Fill)> = names.iter().map(|(name, fill)| (name.as_str(), *fill)).collect();
    area.top = legend(&mut drawing, area, &names) + 14.0;
    if !view.not_reached.is_empty() {
        let lines = Lines::fitted(&view.not_reached, Font::regular(NOTE), area.width(), SENTENCE_ROOM);
        area.bottom -= lines.height();
        drawing.lines((area.left, area.bottom), Anchor::Start, MUTED, &lines);
        area.bottom -= 14.0;
    }
    tiles(&mut drawing, area, view, steps);
    drawing
}

/// The map, and in a row beneath it the Members without a place.
fn tiles(drawing: &mut Drawing, area: Area, view: &MemberMap, steps: Steps) {
    let (placed, beneath): (Vec<&MapTile>, Vec<&MapTile>) = view.tiles.iter().partition(|tile| tile.place.is_some());
    let columns = view.columns.max(if beneath.is_empty() { 1 } else { LEAST_COLUMNS });
    let further = beneath.len().div_ceil(columns);
    let words = if further > 0 { WORDS } else { 0.0 };
    let down = area.height() / (real(view.rows + further) + words).max(1.0);
    let across = (area.width() / real(columns)).min(WIDEST * down);
    let left = f64::midpoint(area.left, area.right) - across * real(columns) / 2.0;
    let grid = Grid { left, top: area.top, across, down };
    for tile in placed {
        if let Some((column, row)) = tile.place {
            grid.tile(drawing, (column, real(row)), tile, steps.fill(tile.count));
        }
    }
    if further > 0 {
        let font = Font::regular(NAME).within(0.25 * down);
        let middle = area.top + (real(view.rows) + WORDS / 2.0) * down;
        drawing.centred((left, middle), Anchor::Start, font, MUTED, WITHOUT_PLACE);
    }
    for (at, tile) in beneath.into_iter().enumerate() {
        let place = (at % columns, real(view.rows + at / columns) + WORDS);
        grid.tile(drawing, place, tile, steps.fill(tile.count));
    }
}

impl Grid {
    fn tile(&self, drawing: &mut Drawing, (column, row): (usize, f64), tile: &MapTile, fill: Fill) {
        let (left, top) = (self.left + real(column) * self.across, self.top + row * self.down);
        let gap = BETWEEN * self.down;
        let area = Area { left, top, right: left + self.across - gap, bottom: top + self.down - gap };
        drawing.bar(area, fill);
        let (middle, height) = (f64::midpoint(area.left, area.right), area.height());
        let fitted = |font: Font, share: f64, text: &str| {
            let font = font.within(share * height);
            font.sized(font.size.min(font.size * (area.width() - 4.0) / font.width(text)))
        };
        let count = tile.count.to_string();
        let code = fitted(Font::regular(NAME), CODE, &tile.code);
        let figure = fitted(Font::bold(1.5 * NAME), FIGURE, &count);
        drawing.centred((middle, top + CODE_MIDDLE * height), Anchor::Middle, code, fill.text, &tile.code);
        drawing.centred((middle, top + FIGURE_MIDDLE * height), Anchor::Middle, figure, fill.text, &count);
    }
}
