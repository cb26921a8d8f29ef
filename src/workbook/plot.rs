//! Native charts: fed by visible cells, in the palette, with the figures as text for screen readers.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartSolidFill, ChartType, Color, Worksheet, XlsxError,
};

use super::page::index;
use super::style::{Style, color};
use crate::definitions::Colour;

/// Excel's limit for the text that screen readers speak.
const ALT: usize = 255;
/// Width of a chart in pixels: what fits a landscape page at the size of the cells.
const WIDTH: u32 = 860;

/// Cells of one column, from the first row to the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells {
    pub(super) column: usize,
    pub(super) first: u32,
    pub(super) last: u32,
}

/// A chart that is being made.
pub(super) struct Plot<'a> {
    chart: Chart,
    /// The sheet whose cells feed it.
    tab: &'a str,
    series: usize,
    /// Where the labels of the bars stand.
    stacked: bool,
    horizontal: bool,
    format: &'a str,
    /// Text on light bars, and their edges.
    ink: Colour,
    line: Colour,
}

impl<'a> Plot<'a> {
    /// Opens a chart with its message as title.
    pub(super) fn new(kind: ChartType, title: &str, alt: &str, tab: &'a str, style: &'a Style) -> Self {
        let mut chart = Chart::new(kind);
        let font = |size: f64| {
            let mut font = ChartFont::new();
            font.set_name("Calibri").set_size(size).set_color(color(style.palette.quiet));
            font
        };
        let mut bold = font(13.0);
        bold.set_bold().set_color(color(style.palette.main));
        chart.title().set_name(title).set_font(&bold).set_overlay(false);
        chart.set_alt_text(spoken(title, alt));
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(10.0));
        let horizontal = matches!(kind, ChartType::Bar | ChartType::BarStacked);
        let mut line = ChartLine::new();
        line.set_color(color(style.palette.line)).set_width(0.75);
        // In a chart of lying bars the crate names the axes as they lie, not by what they hold.
        let groups = if horizontal { chart.y_axis() } else { chart.x_axis() };
        groups.set_font(&font(10.0)).set_format(ChartFormat::new().set_line(&line)).set_major_gridlines(false);
        if horizontal {
            groups.set_reverse();
        }
        // Bars carry their figures; an axis of numbers beside them would say the same again.
        let numbers = if horizontal { chart.x_axis() } else { chart.y_axis() };
        numbers.set_major_gridlines(false).set_hidden(true).set_min(0);
        chart.chart_area().set_format(ChartFormat::new().set_border(&line));
        let stacked = matches!(kind, ChartType::BarStacked | ChartType::ColumnStacked);
        let (ink, edge) = (style.palette.main, style.palette.line);
        // A zero has no bar, so it has no label.
        Self { chart, tab, series: 0, stacked, horizontal, format: "#,##0;-#,##0;;", ink, line: edge }
    }

    /// Labels are percentages, with one decimal.
    pub(super) fn percent(mut self) -> Self {
        self.format = "0.0";
        if !self.horizontal {
            self.chart.y_axis().set_max(100);
        }
        self
    }

    /// Ends the axis of a chart of lying bars: a bar beyond is cut there, and its label says how long it is.
    pub(super) fn ending(mut self, end: u32) -> Self {
        self.chart.x_axis().set_max(end);
        self
    }

    /// Adds a series: a header cell, categories and values.
    pub(super) fn add(&mut self, header: u32, categories: Cells, values: Cells, colour: Colour) {
        let range = |cells: Cells| (self.tab, cells.first, index(cells.column), cells.last, index(cells.column));
        let light = is_light(colour);
        let mut font = ChartFont::new();
        font.set_name("Calibri").set_size(10);
        let mut label = ChartDataLabel::new();
        label.show_value().set_num_format(self.format);
        if self.stacked {
            label.set_position(ChartDataLabelPosition::Center);
            font.set_color(if light { color(self.ink) } else { Color::White }).set_bold();
        } else {
            label.set_position(ChartDataLabelPosition::OutsideEnd);
        }
        label.set_font(&font);
        let mut border = ChartLine::new();
        border.set_color(if light { color(self.line) } else { Color::White }).set_width(0.75);
        let series = self.chart.add_series();
        if self.stacked {
            series.set_overlap(100);
        }
        series
            .set_name((self.tab, header, index(values.column)))
            .set_categories(range(categories))
            .set_values(range(values))
            .set_data_label(&label)
            .set_gap(if self.horizontal { 40 } else { 60 })
            .set_format(
                ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color(colour))).set_border(&border),
            );
        self.series += 1;
    }

    /// Puts the chart into a sheet, at a row.
    pub(super) fn insert(mut self, sheet: &mut Worksheet, row: u32, height: u32) -> Result<(), XlsxError> {
        if self.series < 2 {
            self.chart.legend().set_hidden();
        }
        self.chart.set_width(WIDTH).set_height(height);
        sheet.insert_chart(row, 0, &self.chart)?;
        Ok(())
    }
}

/// Whether dark text is read better on a colour than white.
fn is_light(Colour(colour): Colour) -> bool {
    let [_, red, green, blue] = colour.to_be_bytes().map(u32::from);
    299 * red + 587 * green + 114 * blue > 150_000
}

/// Title and figures within Excel's limit, cut between two figures where they are too many.
fn spoken(title: &str, figures: &str) -> String {
    const MORE: &str = " \u{2026}; all figures stand in the cells beside";
    let all = format!("{title}. {figures}");
    if all.chars().count() <= ALT {
        return all;
    }
    let kept: String = all.chars().take(ALT - MORE.chars().count()).collect();
    let end = kept.rfind([',', ';', '.']).unwrap_or(kept.len());
    format!("{}{MORE}", &kept[..end])
}
