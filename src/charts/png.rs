//! A drawing as a PNG file of slide size.

use ab_glyph::{Font as _, PxScale, point};
use plotters::style::RGBColor;
use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter, PixelDimensions, Unit};

use super::canvas::{Canvas, STEPS};
use super::drawing::{Anchor, Drawing, Label, Painter};
use super::palette::{HEIGHT, PAPER, PIXELS_PER_METRE, WIDTH};
use super::text::clean;

/// How hard pixels are pressed, of 9.
const LEVEL: u8 = 3;

impl Painter for Canvas {
    fn filled(&mut self, from: (i32, i32), to: (i32, i32), colour: RGBColor) {
        self.fill(from, to, rgb(colour));
    }

    /// Letters as the embedded fonts outline them.
    fn text(&mut self, label: &Label) {
        let face = label.font.face();
        let units = face.units_per_em().expect("the embedded fonts state their unit");
        let (size, width) = (single(label.font.size), single(label.font.width(&label.text)));
        let scale = PxScale::from(size * face.height_unscaled() / units);
        let (mut x, y) = (single(f64::from(label.x)), single(f64::from(label.y)));
        x -= match label.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => width / 2.0,
            Anchor::End => width,
        };
        for letter in label.text.chars() {
            let id = face.glyph_id(letter);
            if let Some(outline) = face.outline_glyph(id.with_scale_and_position(scale, point(x, y))) {
                let corner = outline.px_bounds().min;
                outline.draw(|right, down, cover| {
                    let place = (whole(corner.x) + signed(right), whole(corner.y) + signed(down));
                    self.mix(place, rgb(label.colour), step(cover));
                });
            }
            x += face.h_advance_unscaled(id) * size / units;
        }
    }
}

/// The file.
pub(super) fn file(drawing: &Drawing, title: &str, description: &str) -> Vec<u8> {
    let mut canvas = Canvas::new((WIDTH as usize, HEIGHT as usize), rgb(PAPER));
    drawing.paint(&mut canvas);

    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(LEVEL));
    let pixels = if let Some((colours, indices)) = canvas.indexed() {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(colours);
        encoder.set_filter(Filter::NoFilter);
        indices
    } else {
        encoder.set_color(ColorType::Rgb);
        encoder.set_filter(Filter::Adaptive);
        canvas.pixels()
    };
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: PIXELS_PER_METRE, yppu: PIXELS_PER_METRE, unit: Unit::Meter }));
    encoder.add_itxt_chunk("Title".to_owned(), clean(title)).expect(SOUND);
    encoder.add_itxt_chunk("Description".to_owned(), clean(description)).expect(SOUND);
    let mut writer = encoder.write_header().expect(SOUND);
    writer.write_image_data(&pixels).expect(SOUND);
    writer.finish().expect(SOUND);
    bytes
}

fn rgb(RGBColor(red, green, blue): RGBColor) -> [u8; 3] {
    [red, green, blue]
}

/// How much of a pixel a letter covers, in the steps of the canvas.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 16")]
fn step(cover: f32) -> u8 {
    (f64::from(cover.min(1.0)) * f64::from(STEPS)).round() as u8
}

/// Why encoding cannot fail.
const SOUND: &str = "size, colours and keywords are ours, and writing goes to memory";

#[allow(clippy::cast_possible_truncation, reason = "places and sizes of a slide are exact enough in single precision")]
fn single(value: f64) -> f32 {
    value as f32
}

#[allow(clippy::cast_possible_truncation, reason = "a whole number of pixels, far below 2^24")]
fn whole(value: f32) -> i32 {
    value as i32
}

fn signed(value: u32) -> i32 {
    i32::try_from(value).expect("a letter is smaller than the slide")
}
