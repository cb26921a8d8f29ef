//! A slide of pixels, each the place of its colour in a list: a chart has some dozen colours, a hundred at most, and a
//! pixel one byte.

use std::borrow::Cow;
use std::collections::HashMap;

/// Steps of the edges of letters: so few that the colours of a chart go into a palette.
pub(super) const STEPS: u8 = 16;

/// Red, green, blue.
type Colour = [u8; 3];

/// A slide that is being painted.
pub(super) struct Canvas {
    /// The lower byte of each pixel's place, by rows: so small that they fit between what else is in memory.
    low: Vec<Vec<u8>>,
    /// The upper bytes, from the 257th colour on.
    high: Option<Vec<Vec<u8>>>,
    colours: Vec<Colour>,
    places: HashMap<Colour, u16>,
    /// What a colour over that of each place has given, by steps; for one colour at a time, as letters have one.
    mixed: (Colour, Vec<[Option<u16>; STEPS as usize + 1]>),
}

impl Canvas {
    /// A slide of a size in one colour.
    pub(super) fn new((width, height): (usize, usize), paper: Colour) -> Self {
        let places = HashMap::from([(paper, 0)]);
        let (low, colours, mixed) = (vec![vec![0; width]; height], vec![paper], (paper, Vec::new()));
        Self { low, high: None, colours, places, mixed }
    }

    /// A rectangle of one colour; its right and lower edges are outside it, and what is beyond the slide is cut off.
    pub(super) fn fill(&mut self, from: (i32, i32), to: (i32, i32), colour: Colour) {
        let within = |value: i32, end: usize| usize::try_from(value).unwrap_or(0).min(end);
        let (width, height) = (self.width(), self.low.len());
        let (left, right) = (within(from.0.min(to.0), width), within(from.0.max(to.0), width));
        let (top, bottom) = (within(from.1.min(to.1), height), within(from.1.max(to.1), height));
        let [low, high] = self.place(colour).to_le_bytes();
        for row in top..bottom {
            self.low[row][left..right].fill(low);
            if let Some(highs) = &mut self.high {
                highs[row][left..right].fill(high);
            }
        }
    }

    /// Covers a pixel by a number of steps with a colour; one beyond the slide is left out.
    pub(super) fn mix(&mut self, (x, y): (i32, i32), colour: Colour, steps: u8) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if steps == 0 || x >= self.width() || y >= self.low.len() {
            return;
        }
        let [low, high] = self.over(self.at(x, y), colour, steps).to_le_bytes();
        self.low[y][x] = low;
        if let Some(highs) = &mut self.high {
            highs[y][x] = high;
        }
    }

    fn width(&self) -> usize {
        self.low.first().map_or(0, Vec::len)
    }

    /// The place of a pixel's colour.
    fn at(&self, x: usize, y: usize) -> u16 {
        u16::from_le_bytes([self.low[y][x], self.high.as_ref().map_or(0, |highs| highs[y][x])])
    }

    /// The place of the colour that covers the colour of a place by a number of steps.
    fn over(&mut self, under: u16, colour: Colour, steps: u8) -> u16 {
        let (under, step) = (usize::from(under), usize::from(steps));
        if self.mixed.0 != colour {
            self.mixed = (colour, Vec::new());
        }
        if let Some(known) = self.mixed.1.get(under).and_then(|known| known[step]) {
            return known;
        }
        let mut mixed = self.colours[under];
        for (part, new) in mixed.iter_mut().zip(colour) {
            let change = (u16::from(part.abs_diff(new)) * u16::from(steps) / u16::from(STEPS)).try_into();
            let change: u8 = change.expect("a part of a difference of bytes");
            *part = if new > *part { *part + change } else { *part - change };
        }
        let place = self.place(mixed);
        if self.mixed.1.len() <= under {
            self.mixed.1.resize(self.colours.len(), [None; STEPS as usize + 1]);
        }
        self.mixed.1[under][step] = Some(place);
        place
    }

    fn place(&mut self, colour: Colour) -> u16 {
        let place = *self.places.entry(colour).or_insert_with(|| {
            self.colours.push(colour);
            u16::try_from(self.colours.len() - 1).expect("a chart has fewer colours than two bytes tell apart")
        });
        if place > 0xff && self.high.is_none() {
            self.high = Some(vec![vec![0; self.width()]; self.low.len()]);
        }
        place
    }

    /// The colours, where the places of all pixels' are single bytes; else none.
    pub(super) fn palette(&self) -> Option<Vec<u8>> {
        self.high.is_none().then(|| self.colours.concat())
    }

    /// The rows: the pixels' places in the palette, or where there is none their colours.
    pub(super) fn rows(&self) -> impl Iterator<Item = Cow<'_, [u8]>> {
        let colours = move |y: usize| (0..self.width()).flat_map(move |x| self.colours[usize::from(self.at(x, y))]);
        self.low.iter().enumerate().map(move |(y, places)| match &self.high {
            None => Cow::Borrowed(places.as_slice()),
            Some(_) => colours(y).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slide_of_many_colours_keeps_each_pixels_own() {
        let colour = |at: i32| [u8::try_from(at % 256).expect("a byte"), u8::try_from(at / 256).expect("a byte"), 7];
        for colours in [256, 600] {
            let mut canvas = Canvas::new((colours, 2), colour(0));
            for at in 1..i32::try_from(colours).expect("some colours") {
                canvas.fill((at, 0), (at + 1, 1), colour(at));
                canvas.mix((at, 1), colour(at), STEPS);
            }
            let row: Vec<u8> = (0..i32::try_from(colours).expect("some colours")).flat_map(colour).collect();
            let painted: Vec<Vec<u8>> = canvas.rows().map(Cow::into_owned).collect();
            let palette = canvas.palette();
            assert_eq!(palette.is_some(), colours == 256);
            let colour_of = |palette: &[u8], at: &u8| palette[3 * usize::from(*at)..][..3].to_vec();
            let shown = painted.into_iter().map(|row| match &palette {
                Some(palette) => row.iter().flat_map(|at| colour_of(palette, at)).collect(),
                None => row,
            });
            assert_eq!(shown.collect::<Vec<Vec<u8>>>(), [row.clone(), row]);
        }
    }
}
