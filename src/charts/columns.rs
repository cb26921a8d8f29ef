//! Rows with a name, in groups under headings, in as many columns as the slide needs and letters as large as fit.

use super::drawing::{Anchor, Area, Drawing};
use super::palette::{AXIS, INK, NAME};
use super::scale::real;
use super::text::{Font, Lines, smaller};

const MOST_COLUMNS: usize = 6;
/// Columns are added rather than letters set smaller than this.
const GOOD_SIZE: f64 = 18.0;
/// Between two columns.
const GUTTER: f64 = 56.0;
/// The most of a column that names take.
const NAMES: f64 = 0.56;
/// From a name to its bar.
const BESIDE: f64 = 10.0;
/// Height of a row of one line, and the space above a group, in their font's size.
const ROW: f64 = 1.36;
const ABOVE_GROUP: f64 = 0.8;
/// How much larger letters must become for a group to be broken over two columns.
const WORTH_BREAKING: f64 = 1.15;
/// Rows that a group has at least before it is broken.
const FIRST_ROWS: usize = 2;

/// A row of a group.
pub(super) trait Named {
    /// Its name.
    fn name(&self) -> &str;
}

/// A group's heading, the one it has in a further column, and its rows.
struct Group<'a, R> {
    heading: Lines,
    continued: Lines,
    rows: Vec<(Lines, &'a R)>,
}

/// What stands in a column, by the places of a group and of its row.
#[derive(Debug, Clone, Copy)]
enum Item {
    Heading(usize),
    Continued(usize),
    Row(usize, usize),
}

/// Everything in columns, in letters of one size.
pub(super) struct Layout<'a, R> {
    pub(super) size: f64,
    /// Of a column.
    width: f64,
    groups: Vec<Group<'a, R>>,
    columns: Vec<Vec<Item>>,
}

impl<'a, R: Named> Layout<'a, R> {
    /// As few columns as good letters allow; smaller letters where no number of columns does. A group stays whole
    /// unless breaking it gives much larger letters.
    pub(super) fn of(groups: &'a [(String, Vec<R>)], area: Area) -> Self {
        let mut least = GOOD_SIZE;
        loop {
            for count in 1..=MOST_COLUMNS {
                if let Some(layout) = Self::largest(groups, area, count, least) {
                    return layout;
                }
            }
            least = smaller(least);
        }
    }

    /// The largest letters, down to a least size, at which everything fits a number of columns.
    fn largest(of: &'a [(String, Vec<R>)], area: Area, count: usize, least: f64) -> Option<Self> {
        let width = (area.width() - real(count - 1) * GUTTER) / real(count);
        let mut size = NAME;
        let mut broken: Option<Self> = None;
        while size >= least {
            let mut layout = Self { size, width, groups: groups(of, width, size), columns: Vec::new() };
            if layout.fill(count, area.height(), false) {
                let worth = broken.filter(|broken| broken.size >= WORTH_BREAKING * size);
                return Some(worth.unwrap_or(layout));
            }
            if broken.is_none() && layout.fill(count, area.height(), true) {
                broken = Some(layout);
            }
            size = smaller(size);
        }
        broken
    }

    /// Fills a number of columns evenly; whether everything fits.
    fn fill(&mut self, count: usize, height: f64, breaking: bool) -> bool {
        const LIMITS: usize = 24;
        let Some(columns) = self.flow(count, height, breaking) else { return false };
        // The lowest columns that hold everything are the most even ones.
        let limits = (1..LIMITS).map(|limit| height * real(limit) / real(LIMITS));
        let mut even = limits.filter_map(|limit| self.flow(count, limit, breaking));
        self.columns = even.next().unwrap_or(columns);
        true
    }

    /// Groups in order from column to column, none higher than a limit; none if they do not fit.
    fn flow(&self, count: usize, limit: f64, breaking: bool) -> Option<Vec<Vec<Item>>> {
        let mut columns: Vec<Vec<Item>> = vec![Vec::new()];
        let mut filled = 0.0;
        for (at, group) in self.groups.iter().enumerate() {
            let first = if breaking { FIRST_ROWS.min(group.rows.len()) } else { group.rows.len() };
            let rows: f64 = group.rows[..first].iter().map(|(name, _)| height(name)).sum();
            let needed = height(&group.heading) + rows;
            let place = columns.last()?.len();
            if place > 0 && filled + self.above(place) + needed > limit {
                columns.push(Vec::new());
                filled = 0.0;
            }
            if filled + needed > limit || columns.len() > count {
                return None;
            }
            filled += self.above(columns.last()?.len()) + height(&group.heading);
            columns.last_mut()?.push(Item::Heading(at));
            for (row, (name, _)) in group.rows.iter().enumerate() {
                if filled + height(name) > limit {
                    columns.push(vec![Item::Continued(at)]);
                    filled = height(&group.continued);
                }
                filled += height(name);
                columns.last_mut()?.push(Item::Row(at, row));
            }
        }
        (columns.len() <= count && filled <= limit).then_some(columns)
    }

    /// Space above a heading, which the first of a column does not need.
    fn above(&self, place: usize) -> f64 {
        if place == 0 { 0.0 } else { ABOVE_GROUP * self.size }
    }

    /// Draws headings, names and axes; what stands right of a row's axis is drawn by a function of its own.
    pub(super) fn draw(&self, drawing: &mut Drawing, area: Area, mut right_of: impl FnMut(&mut Drawing, Area, &R)) {
        let to_axis = self.to_axis();
        for (at, items) in self.columns.iter().enumerate() {
            let left = area.left + real(at) * (self.width + GUTTER);
            let mut y = area.top;
            for (place, item) in items.iter().enumerate() {
                match *item {
                    Item::Heading(group) => {
                        y += self.above(place);
                        drawing.lines((left, y), Anchor::Start, INK, &self.groups[group].heading);
                        y += height(&self.groups[group].heading);
                    }
                    Item::Continued(group) => {
                        drawing.lines((left, y), Anchor::Start, INK, &self.groups[group].continued);
                        y += height(&self.groups[group].continued);
                    }
                    Item::Row(group, row) => {
                        let (name, row) = &self.groups[group].rows[row];
                        let area =
                            Area { left: left + to_axis, top: y, right: left + self.width, bottom: y + height(name) };
                        let middle = f64::midpoint(area.top, area.bottom);
                        drawing.centred_lines((area.left - BESIDE, middle), Anchor::End, INK, name);
                        drawing.upright(area.left - 1.0, area.top, area.bottom, AXIS);
                        right_of(drawing, area, row);
                        y = area.bottom;
                    }
                }
            }
        }
    }

    /// Where the rows of each column begin and end, right of their names.
    pub(super) fn beside_names(&self, area: Area) -> impl Iterator<Item = (f64, f64)> {
        let to_axis = self.to_axis();
        (0..self.columns.len()).map(move |at| {
            let left = area.left + real(at) * (self.width + GUTTER);
            (left + to_axis, left + self.width)
        })
    }

    /// Width of the longest name, with its distance to the axis.
    fn to_axis(&self) -> f64 {
        let names = self.groups.iter().flat_map(|group| &group.rows).map(|(name, _)| name.width());
        names.fold(0.0, f64::max) + BESIDE
    }
}

/// The groups, their names wrapped to columns of a width.
fn groups<R: Named>(of: &[(String, Vec<R>)], width: f64, size: f64) -> Vec<Group<'_, R>> {
    let (bold, regular) = (Font::bold(size), Font::regular(size));
    let groups = of.iter().map(|(name, rows)| Group {
        heading: Lines::wrapped(name, bold, width),
        continued: Lines::wrapped(&format!("{name} (continued)"), bold, width),
        rows: rows.iter().map(|row| (Lines::wrapped(row.name(), regular, NAMES * width), row)).collect(),
    });
    groups.collect()
}

/// Height of a heading or row.
fn height(lines: &Lines) -> f64 {
    lines.height() + (ROW * lines.font.size - lines.font.leading()).max(0.0)
}
