//! KPIs against their targets: a bar from the baseline to where the KPI stands, on the way to its target.

use super::drawing::{Anchor, Area, Drawing};
use super::frame::{frame, sentence};
use super::palette::{AXIS, INK, Look, MUTED, NAME, NOTE, PAPER, SMALLEST, WAY};
use super::scale::real;
use super::text::{Font, Lines, smaller};
use crate::report::charts::{KpiTargets, MOST_DRAWN, TargetBar};

const NOTHING: &str = "Nothing to show: no KPI has a target. Targets are set in config/targets.";

const HEADS: [&str; 4] = ["Baseline", "Target", "Actual", "Progress"];
/// Share of the width that the KPIs' words take.
const WORDS: f64 = 0.36;
/// Between two columns of figures.
const BESIDE: f64 = 18.0;
/// Between two panels.
const GUTTER: f64 = 56.0;
/// The most height of a row, and the smallest letters in which the plan's own words are worth reading.
const HIGHEST_ROW: f64 = 110.0;
const GOOD_SIZE: f64 = 16.0;
/// Height of the way and of the bar on it, in a row's height.
const WAY_HEIGHT: f64 = 0.58;
const BAR_HEIGHT: f64 = 0.30;
/// Width of a target's mark, and of a break in a bar.
const MARK: f64 = 5.0;
const BREAK: f64 = 4.0;

pub(super) fn draw(view: &KpiTargets, look: Look) -> Drawing {
    let mut drawing = Drawing::new(look);
    let area = frame(&mut drawing, &view.text);
    if view.bars.is_empty() {
        sentence(&mut drawing, area, NOTHING);
        return drawing;
    }
    let whole: Vec<Row> = view.bars.iter().map(Row::whole).collect();
    let brief: Vec<Row> = view.bars.iter().map(Row::brief).collect();
    for panel in one_panel(&whole, area).map_or_else(|| two_panels(&brief, area), |panel| vec![panel]) {
        panel.draw(&mut drawing);
    }
    drawing
}

/// All rows with the plan's own words, where they fit in good letters.
fn one_panel<'a>(rows: &'a [Row<'a>], area: Area) -> Option<Panel<'a>> {
    let mut size = NAME;
    while size >= GOOD_SIZE {
        if let Some(panel) = Panel::of(rows, area, size) {
            return Some(panel);
        }
        size = smaller(size);
    }
    None
}

/// Two panels side by side, set alike.
fn two_panels<'a>(rows: &'a [Row<'a>], area: Area) -> Vec<Panel<'a>> {
    let (first, second) = rows.split_at(rows.len().div_ceil(2));
    let middle = f64::midpoint(area.left, area.right);
    let areas = [Area { right: middle - GUTTER / 2.0, ..area }, Area { left: middle + GUTTER / 2.0, ..area }];
    let mut size = NAME;
    loop {
        if let (Some(left), Some(right)) = (Panel::of(first, areas[0], size), Panel::of(second, areas[1], size)) {
            let row = left.row.min(right.row);
            let range = range(rows);
            return vec![Panel { row, range, ..left }, Panel { row, range, ..right }];
        }
        size = smaller(size);
    }
}

/// A KPI with the words that name it.
struct Row<'a> {
    bar: &'a TargetBar,
    words: String,
}

impl<'a> Row<'a> {
    fn whole(bar: &'a TargetBar) -> Self {
        Self { bar, words: format!("{} {}", bar.label, bar.text) }
    }

    fn brief(bar: &'a TargetBar) -> Self {
        Self { bar, words: format!("{} {}", bar.label, bar.brief) }
    }

    fn figures(&self) -> [String; 4] {
        let TargetBar { baseline, target, actual, .. } = self.bar;
        [baseline.clone(), target.clone(), actual.clone(), self.bar.progress_printed()]
    }
}

/// Rows one below the other in letters of one size.
struct Panel<'a> {
    rows: &'a [Row<'a>],
    area: Area,
    size: f64,
    words: Vec<Lines>,
    widths: [f64; 4],
    /// Height of a row.
    row: f64,
    /// The least and most progress drawn.
    range: (f64, f64),
}

/// The least and most progress of rows, start and target in any case; nothing beyond what is drawn.
fn range(rows: &[Row<'_>]) -> (f64, f64) {
    let all = || rows.iter().filter_map(|row| row.bar.progress);
    (all().fold(0.0, f64::min).max(-MOST_DRAWN), all().fold(100.0, f64::max).min(MOST_DRAWN))
}

impl<'a> Panel<'a> {
    /// The rows in letters of a size; none where they do not fit, but for letters so small that nothing else is left.
    fn of(rows: &'a [Row<'a>], area: Area, size: f64) -> Option<Self> {
        let font = Font::regular(size);
        let words: Vec<Lines> =
            rows.iter().map(|row| Lines::wrapped(&row.words, font, WORDS * area.width() - BESIDE)).collect();
        let mut widths = HEADS.map(|head| Self::head(size).width(head));
        for figures in rows.iter().map(Row::figures) {
            for (width, figure) in widths.iter_mut().zip(&figures) {
                *width = width.max(Font::bold(size).width(figure));
            }
        }
        let row = ((area.height() - Self::head(size).leading()) / real(rows.len().max(1))).min(HIGHEST_ROW);
        let highest = words.iter().map(Lines::height).fold(0.0, f64::max);
        let way = area.width() * (1.0 - WORDS) - widths.iter().sum::<f64>() - 5.0 * BESIDE;
        let fits = (highest <= row - 2.0 && way >= 0.15 * area.width()) || size < 1.0;
        fits.then_some(Self { rows, area, size, words, widths, row, range: range(rows) })
    }

    fn head(size: f64) -> Font {
        Font::regular(size.min(NOTE).max(size.min(SMALLEST)))
    }

    fn draw(&self, drawing: &mut Drawing) {
        let [baseline, target, actual, progress] = self.widths;
        let right = self.area.right;
        let from = self.area.left + WORDS * self.area.width() + baseline;
        let of_target = right - progress - actual - 2.0 * BESIDE;
        let ends = [from, of_target, right - progress - BESIDE, right];
        let head = Self::head(self.size);
        for (x, words) in ends.into_iter().zip(HEADS) {
            let unused = words == HEADS[0] && self.rows.iter().all(|row| row.bar.baseline.is_empty());
            if !unused {
                drawing.centred((x, self.area.top + head.leading() / 2.0), Anchor::End, head, MUTED, words);
            }
        }
        let scale = Scale { range: self.range, from: from + BESIDE, to: of_target - target - BESIDE };
        scale.ends(drawing, self.area.top + head.leading() / 2.0, head);
        let (regular, bold) = (Font::regular(self.size), Font::bold(self.size));
        for (at, (row, words)) in self.rows.iter().zip(&self.words).enumerate() {
            let middle = self.area.top + head.leading() + (real(at) + 0.5) * self.row;
            drawing.centred_lines((self.area.left, middle), Anchor::Start, INK, words);
            scale.bar(drawing, row.bar, middle, self.row);
            let result = if row.bar.progress.is_some() { (bold, INK) } else { (regular, MUTED) };
            let styles = [(regular, MUTED), (regular, INK), result, result];
            for ((x, figure), (font, colour)) in ends.into_iter().zip(row.figures()).zip(styles) {
                drawing.centred((x, middle), Anchor::End, font, colour, &figure);
            }
        }
    }
}

/// Percent of the way as places.
struct Scale {
    range: (f64, f64),
    from: f64,
    to: f64,
}

impl Scale {
    fn place(&self, percent: f64) -> f64 {
        let (least, most) = self.range;
        self.from + (self.to - self.from) * (percent.clamp(least, most) - least) / (most - least)
    }

    /// What the start and the mark stand for: 0 and 100 percent.
    fn ends(&self, drawing: &mut Drawing, middle: f64, font: Font) {
        const NAMES: [&str; 2] = ["0 %", "100 %"];
        let (start, target) = (self.place(0.0), self.place(100.0) + MARK / 2.0);
        drawing.centred((target, middle), Anchor::End, font, MUTED, NAMES[1]);
        // On a short way the heads of baseline and target must do.
        if NAMES.map(|name| font.width(name) + MARK).iter().sum::<f64>() <= target - start {
            drawing.centred((start, middle), Anchor::Start, font, MUTED, NAMES[0]);
        }
    }

    /// The way, the bar on it, broken where it goes on, and the target's mark.
    fn bar(&self, drawing: &mut Drawing, bar: &TargetBar, middle: f64, row: f64) {
        let (way, half) = (WAY_HEIGHT * row / 2.0, BAR_HEIGHT * row / 2.0);
        let (start, target) = (self.place(0.0), self.place(100.0));
        drawing.filled(Area { left: start, top: middle - way, right: target, bottom: middle + way }, WAY);
        if let Some(progress) = bar.progress.filter(|progress| *progress != 0.0) {
            let end = self.place(progress);
            let (left, right) = (start.min(end), start.max(end));
            drawing.bar(Area { left, top: middle - half, right, bottom: middle + half }, drawing.look.plain);
            if progress.abs() > MOST_DRAWN {
                for part in [3.0, 6.0] {
                    let left = if progress > 0.0 { end - part * BREAK } else { end + (part - 1.0) * BREAK };
                    let slit = Area { left, top: middle - half, right: left + BREAK, bottom: middle + half };
                    drawing.filled(slit, PAPER);
                }
            }
        }
        drawing.upright(start, middle - way, middle + way, AXIS);
        let left = target - MARK / 2.0;
        drawing.filled(Area { left, top: middle - way, right: left + MARK, bottom: middle + way }, INK);
    }
}
