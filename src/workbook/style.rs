//! One palette and the cell formats of every sheet.
//!
//! The colours differ in lightness, so they also tell apart in grey print and to colour-blind readers.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Titles, header rows, section bands.
pub(super) const NAVY: Color = Color::RGB(0x1B_36_5D);
/// Delivered, links.
pub(super) const TEAL: Color = Color::RGB(0x1F_7A_8C);
/// In part.
pub(super) const AMBER: Color = Color::RGB(0xB4_5F_06);
/// Quiet text.
pub(super) const GREY: Color = Color::RGB(0x59_59_59);
/// Lines between rows.
const LINE: Color = Color::RGB(0xBF_C7_D1);
/// Section bands, tiles.
const PALE: Color = Color::RGB(0xE8_EE_F4);
/// Background of what is delivered.
const PALE_TEAL: Color = Color::RGB(0xDD_EF_F1);
/// Background of what is delivered in part.
const PALE_AMBER: Color = Color::RGB(0xFB_EC_D5);

/// The cell formats, made once.
pub(super) struct Style {
    pub(super) title: Format,
    pub(super) subtitle: Format,
    pub(super) header: Format,
    pub(super) band: Format,
    pub(super) text: Format,
    pub(super) strong: Format,
    pub(super) quiet: Format,
    pub(super) number: Format,
    pub(super) decimal: Format,
    pub(super) date: Format,
    pub(super) words: Format,
    pub(super) delivered: Format,
    pub(super) partly: Format,
    pub(super) link: Format,
    pub(super) tile_label: Format,
    pub(super) tile_value: Format,
    pub(super) tile_note: Format,
    pub(super) notice: Format,
    pub(super) answer: Format,
}

fn base() -> Format {
    Format::new().set_font_name("Calibri").set_font_size(10).set_align(FormatAlign::Top)
}

/// A cell of a table: a thin line below, wrapped.
fn cell() -> Format {
    base().set_text_wrap().set_border_bottom(FormatBorder::Thin).set_border_color(LINE)
}

impl Style {
    pub(super) fn new() -> Self {
        let number = || cell().set_align(FormatAlign::Right).set_indent(1);
        let tile = || base().set_background_color(PALE).set_align(FormatAlign::Center).set_text_wrap();
        Self {
            title: base().set_font_size(18).set_bold().set_font_color(NAVY),
            subtitle: base().set_font_color(GREY),
            header: base()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(NAVY)
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_border(FormatBorder::Thin)
                .set_border_color(LINE),
            band: base()
                .set_bold()
                .set_font_size(11)
                .set_font_color(NAVY)
                .set_background_color(PALE)
                .set_border_bottom(FormatBorder::Thin)
                .set_border_color(LINE),
            text: cell(),
            strong: cell().set_bold(),
            quiet: cell().set_font_color(GREY),
            number: number().set_num_format("#,##0"),
            decimal: number().set_num_format("#,##0.0"),
            date: number().set_num_format("d mmm yyyy"),
            words: number().set_italic().set_font_color(GREY),
            delivered: cell().set_font_color(TEAL).set_background_color(PALE_TEAL).set_bold(),
            partly: cell().set_font_color(AMBER).set_background_color(PALE_AMBER).set_bold(),
            link: base().set_font_color(TEAL).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            tile_label: tile().set_font_color(GREY).set_border_top(FormatBorder::Thick).set_border_top_color(NAVY),
            tile_value: tile().set_font_size(22).set_bold().set_font_color(NAVY).set_align(FormatAlign::VerticalCenter),
            tile_note: tile().set_font_color(GREY),
            answer: cell().set_background_color(PALE_AMBER).set_unlocked(),
            notice: base().set_bold().set_font_color(AMBER).set_text_wrap(),
        }
    }
}
