//! The shapes of letters in pixels, outlined once for all charts.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use ab_glyph::{Font as _, GlyphId, PxScale, point};

use super::canvas::STEPS;
use super::drawing::{Anchor, Label};
use super::text::Font;

/// Parts of a pixel in which a letter may begin.
const PARTS: f32 = 4.0;

/// Pixels that a letter covers: from the left end of its base line to the right and downwards, by steps.
type Shape = Vec<(i32, i32, u8)>;

/// Letter, weight, size and the part of a pixel in which it begins.
type Key = (GlyphId, bool, u64, i32);

/// Shapes of the letters met so far.
#[derive(Default)]
pub(super) struct Letters(Mutex<HashMap<Key, Arc<Shape>>>);

impl Letters {
    /// The shapes of a label's letters, each with the pixel at which its base line begins.
    pub(super) fn of(&self, label: &Label) -> Vec<(i32, Arc<Shape>)> {
        let Font { bold, size } = label.font;
        let face = label.font.face();
        let advance = single(size) / face.units_per_em().expect("the embedded fonts state their unit");
        let width = single(label.font.width(&label.text));
        let mut x = single(f64::from(label.x))
            - match label.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => width / 2.0,
                Anchor::End => width,
            };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut shapes = Vec::new();
        for letter in label.text.chars() {
            let id = face.glyph_id(letter);
            let parts = whole((x * PARTS).round());
            let (pixel, part) = (parts.div_euclid(whole(PARTS)), parts.rem_euclid(whole(PARTS)));
            let shape = known.entry((id, bold, size.to_bits(), part));
            shapes.push((pixel, Arc::clone(shape.or_insert_with(|| Arc::new(shape_of(id, label.font, part))))));
            x += face.h_advance_unscaled(id) * advance;
        }
        shapes
    }
}

/// A letter as the embedded font outlines it.
fn shape_of(id: GlyphId, font: Font, part: i32) -> Shape {
    let face = font.face();
    let units = face.units_per_em().expect("the embedded fonts state their unit");
    let scale = PxScale::from(single(font.size) * face.height_unscaled() / units);
    let mut shape = Shape::new();
    if let Some(outline) =
        face.outline_glyph(id.with_scale_and_position(scale, point(single(f64::from(part)) / PARTS, 0.0)))
    {
        let corner = outline.px_bounds().min;
        outline.draw(|right, down, cover| {
            let steps = step(cover);
            if steps > 0 {
                shape.push((whole(corner.x) + signed(right), whole(corner.y) + signed(down), steps));
            }
        });
    }
    shape
}

/// How much of a pixel a letter covers, in the steps of the canvas.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 16")]
fn step(cover: f32) -> u8 {
    (f64::from(cover.min(1.0)) * f64::from(STEPS)).round() as u8
}

#[allow(clippy::cast_possible_truncation, reason = "places and sizes of a slide are exact enough in single precision")]
fn single(value: f64) -> f32 {
    value as f32
}

#[allow(clippy::cast_possible_truncation, reason = "a whole number of pixels or their parts, far below 2^24")]
fn whole(value: f32) -> i32 {
    value as i32
}

fn signed(value: u32) -> i32 {
    i32::try_from(value).expect("a letter is smaller than the slide")
}
