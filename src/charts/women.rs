//! Women's share of participants: a column for each quarter, with how many persons and activities stand behind it.

use super::drawing::{Anchor, Area, Drawing};
use super::frame::{frame, sentence};
use super::palette::{AXIS, FIGURE, GRID, INK, Look, MUTED, NAME, NOTE, fill};
use super::scale::real;
use super::text::{Font, Lines};
use crate::report::charts::{SharePoint, WomenShare};
use crate::terms::figure::{counted, report_number};

const NOTHING: &str = "Nothing to show: no activity of these quarters states both women and all participants.";
const NO_FIGURE: &str = "no figure";
const NOT_SHOWN: &str = "not shown";

const TICKS: [u8; 5] = [0, 25, 50, 75, 100];
/// The guide line: as many women as men.
const HALF: u8 = 50;
const COLUMN: f64 = 0.6;
const WIDEST_COLUMN: f64 = 170.0;
/// The most height that the words below a column take.
const WORDS_ROOM: f64 = 174.0;
/// Below this share the figure does not fit into the column.
const LOW: f64 = 14.0;

pub(super) fn draw(view: &WomenShare, look: Look) -> Drawing {
    let mut drawing = Drawing::new(look);
    let area = frame(&mut drawing, &view.text);
    let points: Vec<&SharePoint> = view.all().collect();
    if points.iter().all(|point| point.known == 0) {
        sentence(&mut drawing, area, NOTHING);
        return drawing;
    }
    let tick_font = Font::regular(NOTE);
    let left = area.left + tick_font.width("100 %") + 14.0;
    let slot = (area.right - left) / real(points.len());
    let words = words(&points, slot - 16.0);
    let height = |lines: &[Lines]| lines.iter().map(Lines::height).sum::<f64>();
    let bottom = area.bottom - 12.0 - words.iter().map(|lines| height(lines)).fold(0.0, f64::max);
    let plot = Area { left, top: area.top + tick_font.capital(), right: area.right, bottom };
    let height_of = |percent: f64| plot.bottom - plot.height() * percent / 100.0;
    for tick in TICKS {
        let y = height_of(f64::from(tick));
        let (colour, ink) = match tick {
            0 => (AXIS, MUTED),
            HALF => (INK, INK),
            _ => (GRID, MUTED),
        };
        drawing.level(plot.left, plot.right, y, colour);
        drawing.centred((plot.left - 14.0, y), Anchor::End, tick_font, ink, &format!("{tick} %"));
    }
    for (at, (point, words)) in points.iter().zip(&words).enumerate() {
        let middle = plot.left + (real(at) + 0.5) * slot;
        let mut y = plot.bottom + 12.0;
        for (lines, colour) in words.iter().zip([INK, MUTED, MUTED]) {
            y = drawing.lines((middle, y), Anchor::Middle, colour, lines);
        }
        let Some(percent) = point.percent() else {
            let words = if point.withheld.is_some() { NOT_SHOWN } else { NO_FIGURE };
            let lines = Lines::fitted(words, Font::regular(NAME), slot - 16.0, plot.height() / 4.0);
            drawing.lines((middle, plot.bottom - 8.0 - lines.height()), Anchor::Middle, MUTED, &lines);
            continue;
        };
        let half = (slot * COLUMN).min(WIDEST_COLUMN) / 2.0;
        let top = height_of(percent);
        // The quarters in one fill, the year to date and the one before in their own.
        let fill = fill(&drawing.look.steps, if at < view.points.len() { 1 } else { 2 * (at - view.points.len()) });
        drawing.bar(Area { left: middle - half, top, right: middle + half, bottom: plot.bottom }, fill);
        let text = format!("{} %", report_number(percent));
        let font = Font::bold(FIGURE);
        let font = font.sized(FIGURE.min(FIGURE * (2.0 * half - 8.0) / font.width(&text)));
        if percent < LOW {
            let font = Font::bold(NAME);
            drawing.clear((middle, top - 10.0 - font.capital() / 2.0), Anchor::Middle, font, INK, &text);
        } else {
            drawing.text((middle, top + 12.0 + font.capital()), Anchor::Middle, font, fill.text, &text);
        }
    }
    drawing
}

/// The words below each column: its quarter, and two notes: persons and coverage, or why there is no figure.
fn words(points: &[&SharePoint], width: f64) -> Vec<[Lines; 3]> {
    let room = WORDS_ROOM / 3.0;
    let quarters = points.iter().map(|point| point.label.as_str());
    let quarters = Lines::alike(quarters, Font::bold(NAME), width, room);
    let notes: Vec<String> = points.iter().copied().flat_map(notes).collect();
    let notes = Lines::alike(notes.iter().map(String::as_str), Font::regular(NOTE), width, room);
    let all = quarters.into_iter().zip(notes.as_chunks::<2>().0);
    all.map(|(quarter, [first, second])| [quarter, first.clone(), second.clone()]).collect()
}

fn notes(point: &SharePoint) -> [String; 2] {
    let coverage = match point.delivered {
        0 => "no activity delivered".to_owned(),
        delivered => format!(
            "figures for {} of {}",
            point.covered,
            counted(usize::try_from(delivered).unwrap_or(usize::MAX), "activity", "activities")
        ),
    };
    if let Some(why) = &point.withheld {
        return [why.clone(), coverage];
    }
    match (point.women, point.known) {
        (_, 0) => [coverage, String::new()],
        (1, known) => [format!("1 woman of {known}"), coverage],
        (women, known) => [format!("{women} women of {known}"), coverage],
    }
}
