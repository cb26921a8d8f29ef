//! One palette and the cell formats of every sheet.
//!
//! The colours differ in lightness, so they also tell apart in grey print and to colour-blind readers.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::definitions::{Colour, Palette, Presentation, Terms};

/// The cell formats, made once.
pub(super) struct Style {
    pub(super) palette: Palette,
    terms: Terms,
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
    /// A figure that leads to its rows.
    pub(super) figure: Format,
    pub(super) figure_decimal: Format,
    pub(super) figure_words: Format,
    pub(super) on_track: Format,
    pub(super) behind: Format,
    pub(super) far_behind: Format,
    /// Cells of long tables, without lines of their own.
    pub(super) plain: Format,
    pub(super) plain_date: Format,
    pub(super) plain_number: Format,
    /// A count in a narrow column.
    pub(super) tight: Format,
    pub(super) note: Format,
    pub(super) answer: Format,
}

fn base() -> Format {
    Format::new().set_font_name("Calibri").set_font_size(10).set_align(FormatAlign::Top)
}

/// A colour as the crate wants it.
pub(super) fn color(colour: Colour) -> Color {
    Color::RGB(colour.0)
}

impl Style {
    /// The formats in the shipped colours.
    pub(super) fn new() -> Self {
        Self::of(&Palette::default())
    }

    /// The formats in the office's colours, and its words.
    pub(super) fn worded(presentation: &Presentation) -> Self {
        Self { terms: presentation.terms.clone(), ..Self::of(&presentation.palette) }
    }

    /// The office's word for one of the program's.
    pub(super) fn say<'a>(&'a self, word: &'a str) -> &'a str {
        self.terms.say(word)
    }

    /// All formats.
    pub(super) fn all(&self) -> Vec<&Format> {
        /// Names each once; one that is left out does not compile.
        macro_rules! all {
            ($($format:ident),+ $(,)?) => {{
                let Self { palette: _, terms: _, $($format),+ } = self;
                vec![$($format),+]
            }};
        }
        all![
            title,
            subtitle,
            header,
            band,
            text,
            strong,
            quiet,
            number,
            decimal,
            date,
            words,
            delivered,
            partly,
            link,
            tile_label,
            tile_value,
            tile_note,
            notice,
            figure,
            figure_decimal,
            figure_words,
            on_track,
            behind,
            far_behind,
            plain,
            plain_date,
            plain_number,
            tight,
            note,
            answer,
        ]
    }

    /// The formats in the colours of a palette.
    pub(super) fn of(palette: &Palette) -> Self {
        let (main, accent, warning, grey, line, band) = (
            color(palette.main),
            color(palette.accent),
            color(palette.warning),
            color(palette.quiet),
            color(palette.line),
            color(palette.band),
        );
        // A cell of a table: a thin line below, wrapped.
        let cell = || base().set_text_wrap().set_border_bottom(FormatBorder::Thin).set_border_color(line);
        let pale_accent = color(palette.pale_accent);
        let number = || cell().set_align(FormatAlign::Right).set_indent(1);
        let tile = || base().set_background_color(band).set_align(FormatAlign::Center).set_text_wrap();
        Self {
            palette: palette.clone(),
            terms: Terms::default(),
            figure: number().set_num_format("#,##0").set_font_color(accent),
            figure_decimal: number().set_num_format("#,##0.0").set_font_color(accent),
            figure_words: number().set_italic().set_font_color(grey),
            on_track: cell().set_indent(1).set_font_color(accent).set_background_color(pale_accent).set_bold(),
            behind: cell()
                .set_indent(1)
                .set_font_color(warning)
                .set_background_color(color(palette.pale_warning))
                .set_bold(),
            far_behind: cell()
                .set_indent(1)
                .set_font_color(Color::White)
                .set_background_color(color(palette.alarm))
                .set_bold(),
            plain: base().set_text_wrap(),
            plain_date: base().set_num_format("d mmm yyyy").set_align(FormatAlign::Right).set_indent(1),
            plain_number: base().set_align(FormatAlign::Right).set_indent(1),
            tight: cell().set_align(FormatAlign::Center).set_num_format("0").set_font_size(9),
            note: base().set_font_color(grey).set_text_wrap(),
            title: base().set_font_size(18).set_bold().set_font_color(main),
            subtitle: base().set_font_color(grey),
            header: base()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(main)
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_border(FormatBorder::Thin)
                .set_border_color(line),
            band: base()
                .set_bold()
                .set_font_size(11)
                .set_font_color(main)
                .set_background_color(band)
                .set_border_bottom(FormatBorder::Thin)
                .set_border_color(line),
            text: cell(),
            strong: cell().set_bold(),
            quiet: cell().set_font_color(grey),
            number: number().set_num_format("#,##0"),
            decimal: number().set_num_format("#,##0.0"),
            date: number().set_num_format("d mmm yyyy"),
            words: number().set_italic().set_font_color(grey),
            delivered: cell().set_font_color(accent).set_background_color(pale_accent).set_bold(),
            partly: cell().set_font_color(warning).set_background_color(color(palette.pale_warning)).set_bold(),
            link: base().set_font_color(accent).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            tile_label: tile()
                .set_font_color(grey)
                .set_align(FormatAlign::VerticalCenter)
                .set_border_top(FormatBorder::Thick)
                .set_border_top_color(main),
            tile_value: tile().set_font_size(22).set_bold().set_font_color(main).set_align(FormatAlign::VerticalCenter),
            tile_note: tile().set_font_color(grey),
            answer: cell().set_background_color(color(palette.pale_warning)).set_unlocked(),
            notice: base().set_bold().set_font_color(warning).set_text_wrap(),
        }
    }
}
