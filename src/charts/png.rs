//! A drawing as a PNG file of slide size.

use std::collections::HashMap;

use ab_glyph::{Font as _, PxScale, point};
use plotters::backend::BitMapBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::style::Color;
use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};

use super::drawing::{Anchor, Drawing, IN_MEMORY, Label, Typesetter};
use super::palette::{HEIGHT, PIXELS_PER_METRE, WIDTH};
use super::text::clean;

/// Steps of the edges of letters: so few that the colours of a chart go into a palette.
const SHADES: f64 = 16.0;

struct PngText;

impl Typesetter<BitMapBackend<'_>> for PngText {
    fn set(area: &DrawingArea<BitMapBackend<'_>, Shift>, label: &Label) {
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
                    let shade = (f64::from(cover.min(1.0)) * SHADES).round() / SHADES;
                    area.draw_pixel(place, &label.colour.mix(shade)).expect(IN_MEMORY);
                });
            }
            x += face.h_advance_unscaled(id) * size / units;
        }
    }
}

/// The file.
pub(super) fn file(drawing: &Drawing, title: &str, description: &str) -> Vec<u8> {
    let mut pixels = vec![0; 3 * WIDTH as usize * HEIGHT as usize];
    let area = BitMapBackend::with_buffer(&mut pixels, (WIDTH, HEIGHT)).into_drawing_area();
    drawing.paint::<_, PngText>(&area);
    drop(area);

    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    let pixels = if let Some((colours, indices)) = indexed(&pixels) {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(colours);
        encoder.set_filter(Filter::NoFilter);
        indices
    } else {
        encoder.set_color(ColorType::Rgb);
        pixels
    };
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: PIXELS_PER_METRE, yppu: PIXELS_PER_METRE, unit: Unit::Meter }));
    encoder.add_itxt_chunk("Title".to_owned(), clean(title)).expect(SOUND);
    encoder.add_itxt_chunk("Description".to_owned(), clean(description)).expect(SOUND);
    let mut writer = encoder.write_header().expect(SOUND);
    writer.write_image_data(&pixels).expect(SOUND);
    writer.finish().expect(SOUND);
    bytes
}

/// The colours in the order they come, and the place of each pixel's; none where there are too many for a palette.
fn indexed(pixels: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut places: HashMap<[u8; 3], u8> = HashMap::new();
    let mut colours = Vec::new();
    let mut indices = Vec::with_capacity(pixels.len() / 3);
    for run in pixels.as_chunks::<3>().0.chunk_by(|one, next| one == next) {
        let place = if let Some(place) = places.get(&run[0]) {
            *place
        } else {
            let place = u8::try_from(places.len()).ok()?;
            places.insert(run[0], place);
            colours.extend_from_slice(&run[0]);
            place
        };
        indices.resize(indices.len() + run.len(), place);
    }
    Some((colours, indices))
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
