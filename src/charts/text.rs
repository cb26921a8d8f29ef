//! Measured text: widths by the embedded font, lines broken to a width, sizes reduced to a room.

use std::sync::LazyLock;

use ab_glyph::{Font as _, FontRef};

use super::palette::SMALLEST;

static REGULAR: LazyLock<FontRef<'static>> = LazyLock::new(|| embedded(include_bytes!("fonts/Carlito-Regular.ttf")));
static BOLD: LazyLock<FontRef<'static>> = LazyLock::new(|| embedded(include_bytes!("fonts/Carlito-Bold.ttf")));

fn embedded(bytes: &'static [u8]) -> FontRef<'static> {
    FontRef::try_from_slice(bytes).expect("the embedded fonts are whole")
}

/// Height of capitals and figures in the font's size.
const CAPITAL: f64 = 0.64;

/// A weight and size of the one family.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Font {
    pub(super) bold: bool,
    /// Pixels an em.
    pub(super) size: f64,
}

impl Font {
    pub(super) const fn regular(size: f64) -> Self {
        Self { bold: false, size }
    }

    pub(super) const fn bold(size: f64) -> Self {
        Self { bold: true, size }
    }

    pub(super) const fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }

    /// The font file.
    pub(super) fn face(self) -> &'static FontRef<'static> {
        if self.bold { &BOLD } else { &REGULAR }
    }

    /// Width of a text on one line.
    pub(super) fn width(self, text: &str) -> f64 {
        let face = self.face();
        let units: f32 = text.chars().map(|letter| face.h_advance_unscaled(face.glyph_id(letter))).sum();
        f64::from(units) * self.size / f64::from(face.units_per_em().expect("the embedded fonts state their unit"))
    }

    /// From one line's base line to the next.
    pub(super) fn leading(self) -> f64 {
        (1.22 * self.size).ceil()
    }

    /// From the top of a line to its base line.
    pub(super) fn ascent(self) -> f64 {
        0.95 * self.size
    }

    /// The font, smaller if its capitals and figures would be higher than asked.
    pub(super) fn within(self, height: f64) -> Self {
        self.sized(self.size.min(height / CAPITAL).max(1.0))
    }

    /// Height of capitals and figures.
    pub(super) fn capital(self) -> f64 {
        CAPITAL * self.size
    }
}

/// Text on lines, all in one font.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lines {
    pub(super) font: Font,
    pub(super) lines: Vec<String>,
}

impl Lines {
    /// Text broken at spaces so that no line is wider than asked, lines of about the same length; a word that is
    /// wider by itself is broken inside.
    pub(super) fn wrapped(text: &str, font: Font, width: f64) -> Self {
        let words = words(text, font, width);
        let space = font.width(" ");
        let mut lines = broken(&words, space, width);
        let mut narrower = width;
        while lines.len() > 1 {
            narrower *= 0.96;
            let closer = broken(&words, space, narrower);
            if closer.len() > lines.len() || closer.iter().any(|line| font.width(line) > narrower) {
                break;
            }
            lines = closer;
        }
        Self { font, lines }
    }

    /// The largest size at which the text, broken to a width, is no higher than asked.
    pub(super) fn fitted(text: &str, font: Font, width: f64, height: f64) -> Self {
        let mut font = font;
        loop {
            let lines = Self::wrapped(text, font, width);
            if lines.height() <= height || font.size < 1.0 {
                return lines;
            }
            font = font.sized(smaller(font.size));
        }
    }

    /// Texts that stand side by side: each as [`Self::fitted`], all in the size of the smallest.
    pub(super) fn alike<'a, I>(texts: I, font: Font, width: f64, height: f64) -> Vec<Self>
    where
        I: Iterator<Item = &'a str> + Clone,
    {
        let sizes = texts.clone().map(|text| Self::fitted(text, font, width, height).font.size);
        let font = font.sized(sizes.fold(font.size, f64::min));
        texts.map(|text| Self::wrapped(text, font, width)).collect()
    }

    pub(super) fn height(&self) -> f64 {
        self.lines.iter().map(|_| self.font.leading()).sum()
    }

    pub(super) fn width(&self) -> f64 {
        self.lines.iter().map(|line| self.font.width(line)).fold(0.0, f64::max)
    }
}

/// The next smaller size to try: by steps to the smallest good one, then by shares.
pub(super) fn smaller(size: f64) -> f64 {
    if size > SMALLEST { (size - 2.0).max(SMALLEST) } else { size * 0.9 }
}

/// Text as it may stand in a chart or its description: one line, no control characters, none that XML forbids.
pub(super) fn clean(text: &str) -> String {
    let spaced = text.chars().map(|letter| if letter.is_control() || letter.is_whitespace() { ' ' } else { letter });
    let allowed: String = spaced.filter(|letter| !matches!(letter, '\u{fffe}' | '\u{ffff}')).collect();
    allowed.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The words of a text, none wider than asked; a percent sign stays with its number, brackets with what they hold.
fn words(text: &str, font: Font, width: f64) -> Vec<(String, f64)> {
    let text = clean(text);
    let all: Vec<&str> = text.split(' ').collect();
    let mut words: Vec<(String, f64)> = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let unit = all[at..=last_of_unit(&all, at)].join(" ");
        let whole = font.width(&unit);
        if whole <= width {
            at += unit.split(' ').count();
            words.push((unit, whole));
        } else {
            words.extend(parts(all[at], font, width));
            at += 1;
        }
    }
    words
}

/// Where the words end that are best kept together from a place on.
fn last_of_unit(words: &[&str], from: usize) -> usize {
    let closing = words[from..].iter().position(|word| word.contains(')'));
    match closing {
        Some(after) if words[from].starts_with('(') => from + after,
        _ if words.get(from + 1) == Some(&"%") => from + 1,
        _ => from,
    }
}

/// A word, in parts if it is wider than asked.
fn parts(word: &str, font: Font, width: f64) -> Vec<(String, f64)> {
    let mut parts = Vec::new();
    let (mut part, mut sum) = (String::new(), 0.0);
    for letter in word.chars() {
        let next = font.width(letter.encode_utf8(&mut [0; 4]));
        if sum + next > width && !part.is_empty() {
            parts.push((std::mem::take(&mut part), sum));
            sum = 0.0;
        }
        part.push(letter);
        sum += next;
    }
    parts.push((part, sum));
    parts
}

fn broken(words: &[(String, f64)], space: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut filled = 0.0;
    for (word, own) in words {
        match lines.last_mut() {
            Some(line) if filled + space + own <= width => {
                line.push(' ');
                line.push_str(word);
                filled += space + own;
            }
            _ => {
                lines.push(word.clone());
                filled = *own;
            }
        }
    }
    lines
}
