//! A drawing as an SVG file that screen readers can read and text programs can search.

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, TextStyle};

use super::drawing::{Anchor, Drawing, Label, Painter};
use super::palette::{FAMILY, HEIGHT, PAPER, SVG_FAMILY, WIDTH};
use super::text::clean;

/// What plotters divides a font's size by before it writes it.
const PLOTTERS_EM: f64 = 1.24;

/// How plotters lowers a text below its top; our places are of the base line.
const PLOTTERS_TOP: &str = " dy=\"0.76em\"";

/// Why painting cannot fail.
const IN_MEMORY: &str = "drawing goes to memory, and its text needs no font of the machine";

struct Svg<'a>(DrawingArea<SVGBackend<'a>, Shift>);

impl Painter for Svg<'_> {
    fn filled(&mut self, from: (i32, i32), to: (i32, i32), colour: RGBColor) {
        self.0.draw(&Rectangle::new([from, to], colour.filled())).expect(IN_MEMORY);
    }

    fn text(&mut self, label: &Label) {
        let style = if label.font.bold { FontStyle::Bold } else { FontStyle::Normal };
        let h_pos = match label.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let text_style = TextStyle {
            font: FontDesc::new(FontFamily::Name(FAMILY), label.font.size * PLOTTERS_EM, style),
            color: label.colour.to_backend_color(),
            pos: Pos::new(h_pos, VPos::Top),
        };
        self.0.draw(&Text::new(label.text.as_str(), (label.x, label.y), text_style)).expect(IN_MEMORY);
    }
}

/// The file.
pub(super) fn file(drawing: &Drawing, slug: &str, title: &str, description: &str) -> Vec<u8> {
    let mut raw = String::new();
    let mut svg = Svg(SVGBackend::with_string(&mut raw, (WIDTH, HEIGHT)).into_drawing_area());
    svg.0.fill(&PAPER).expect(IN_MEMORY);
    drawing.paint(&mut svg);
    svg.0.present().expect(IN_MEMORY);
    drop(svg);
    finished(&raw, slug, title, description).into_bytes()
}

/// What plotters wrote, with a title and a description, each text on one line and at its base line.
fn finished(raw: &str, slug: &str, title: &str, description: &str) -> String {
    let mut out = String::with_capacity(raw.len() + 2 * description.len());
    let mut lines = raw.lines();
    while let Some(line) = lines.next() {
        if let Some(root) = line.strip_prefix("<svg ") {
            let root = root.trim_end_matches('>');
            let ids = format!("role=\"img\" lang=\"en\" aria-labelledby=\"{slug}-title {slug}-desc\"");
            let (title, description) = (escaped(title), escaped(description));
            out.extend([
                format!("<svg {root} {ids}>\n"),
                format!("<title id=\"{slug}-title\">{title}</title>\n"),
                format!("<desc id=\"{slug}-desc\">{description}</desc>\n"),
            ]);
        } else if line.starts_with("<text ") {
            let content = lines.next().expect("plotters writes a text's content on its own line");
            let end = lines.next().expect("plotters closes a text on its own line");
            out.extend([&text_tag(line), content, end, "\n"]);
        } else {
            out.push_str(&line.replace(" opacity=\"1\"", ""));
            out.push('\n');
        }
    }
    out
}

/// The opening tag of a text: our families, a rounded size, no shift from the base line.
fn text_tag(tag: &str) -> String {
    const SIZE: &str = "font-size=\"";
    let tag = tag.replace(PLOTTERS_TOP, "").replace(" opacity=\"1\"", "");
    let tag = tag.replace(&format!("font-family=\"{FAMILY}\""), &format!("font-family=\"{SVG_FAMILY}\""));
    let (before, rest) = tag.split_once(SIZE).expect("plotters writes a font size");
    let (size, after) = rest.split_once('"').expect("plotters closes its attributes");
    let size: f64 = size.parse().expect("plotters writes the size as a number");
    format!("{before}{SIZE}{}\"{after}", (size * 100.0).round() / 100.0)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in clean(text).chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            other => out.push(other),
        }
    }
    out
}
