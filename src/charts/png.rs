//! A drawing as a PNG file of slide size.

use std::io::Write;

use plotters::style::RGBColor;
use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter, PixelDimensions, Unit};

use super::canvas::Canvas;
use super::drawing::{Drawing, Label, Painter};
use super::letters::Letters;
use super::palette::{HEIGHT, PAPER, PIXELS_PER_METRE, WIDTH};
use super::text::clean;

/// How hard pixels are pressed, of 9.
const LEVEL: u8 = 2;

/// Bytes of pressed pixels that are written at once.
const PIECE: usize = 1 << 16;

/// A slide and what writes on it.
struct Slide<'a> {
    canvas: Canvas,
    letters: &'a Letters,
}

impl Painter for Slide<'_> {
    fn filled(&mut self, from: (i32, i32), to: (i32, i32), colour: RGBColor) {
        self.canvas.fill(from, to, rgb(colour));
    }

    fn text(&mut self, label: &Label) {
        for (x, shape) in self.letters.of(label) {
            for (right, down, steps) in shape.iter() {
                self.canvas.mix((x + right, label.y + down), rgb(label.colour), *steps);
            }
        }
    }
}

/// The file.
pub(super) fn file(drawing: &Drawing, letters: &Letters, title: &str, description: &str) -> Vec<u8> {
    let mut slide = Slide { canvas: Canvas::new((WIDTH as usize, HEIGHT as usize), rgb(PAPER)), letters };
    drawing.paint(&mut slide);
    let canvas = slide.canvas;

    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(LEVEL));
    if let Some(colours) = canvas.palette() {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(colours);
        encoder.set_filter(Filter::NoFilter);
    } else {
        encoder.set_color(ColorType::Rgb);
        encoder.set_filter(Filter::Adaptive);
    }
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: PIXELS_PER_METRE, yppu: PIXELS_PER_METRE, unit: Unit::Meter }));
    encoder.add_itxt_chunk("Title".to_owned(), clean(title)).expect(SOUND);
    encoder.add_itxt_chunk("Description".to_owned(), clean(description)).expect(SOUND);
    let mut writer = encoder.write_header().expect(SOUND);
    let mut pixels = writer.stream_writer_with_size(PIECE).expect(SOUND);
    for row in canvas.rows() {
        pixels.write_all(&row).expect(SOUND);
    }
    pixels.finish().expect(SOUND);
    writer.finish().expect(SOUND);
    bytes
}

fn rgb(RGBColor(red, green, blue): RGBColor) -> [u8; 3] {
    [red, green, blue]
}

/// Why encoding cannot fail.
const SOUND: &str = "size, colours and keywords are ours, and writing goes to memory";
