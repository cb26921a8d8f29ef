//! A slide of pixels, each the place of its colour in a list: a chart has some hundred colours, and a pixel two bytes.

use std::collections::HashMap;

/// Steps of the edges of letters: so few that the colours of a chart go into a palette.
pub(super) const STEPS: u8 = 16;

/// Red, green, blue.
type Colour = [u8; 3];

/// A slide that is being painted.
pub(super) struct Canvas {
    width: usize,
    pixels: Vec<u16>,
    colours: Vec<Colour>,
    places: HashMap<Colour, u16>,
    /// What a colour over that of each place has given, by steps; for one colour at a time, as letters have one.
    mixed: (Colour, Vec<[Option<u16>; STEPS as usize + 1]>),
}

impl Canvas {
    /// A slide of a size in one colour.
    pub(super) fn new((width, height): (usize, usize), paper: Colour) -> Self {
        let places = HashMap::from([(paper, 0)]);
        Self { width, pixels: vec![0; width * height], colours: vec![paper], places, mixed: (paper, Vec::new()) }
    }

    /// A rectangle of one colour; its right and lower edges are outside it, and what is beyond the slide is cut off.
    pub(super) fn fill(&mut self, from: (i32, i32), to: (i32, i32), colour: Colour) {
        let within = |value: i32, end: usize| usize::try_from(value).unwrap_or(0).min(end);
        let height = self.pixels.len() / self.width;
        let (left, right) = (within(from.0.min(to.0), self.width), within(from.0.max(to.0), self.width));
        let (top, bottom) = (within(from.1.min(to.1), height), within(from.1.max(to.1), height));
        let place = self.place(colour);
        for row in top..bottom {
            self.pixels[row * self.width + left..row * self.width + right].fill(place);
        }
    }

    /// Covers a pixel by a number of steps with a colour; one beyond the slide is left out.
    pub(super) fn mix(&mut self, (x, y): (i32, i32), colour: Colour, steps: u8) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        let at = y * self.width + x;
        if steps == 0 || x >= self.width || at >= self.pixels.len() {
            return;
        }
        self.pixels[at] = self.over(self.pixels[at], colour, steps);
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
        *self.places.entry(colour).or_insert_with(|| {
            self.colours.push(colour);
            u16::try_from(self.colours.len() - 1).expect("a chart has fewer colours than two bytes tell apart")
        })
    }

    /// The colours, and the place of each pixel's; none where there are too many for a palette.
    pub(super) fn indexed(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        const PALETTE: usize = 256;
        #[expect(clippy::cast_possible_truncation, reason = "a place in a palette")]
        let indices = || self.pixels.iter().map(|place| *place as u8).collect();
        (self.colours.len() <= PALETTE).then(|| (self.colours.concat(), indices()))
    }

    /// The pixels' colours, one after another.
    pub(super) fn pixels(&self) -> Vec<u8> {
        self.pixels.iter().flat_map(|pixel| self.colours[usize::from(*pixel)]).collect()
    }
}
