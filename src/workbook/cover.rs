//! Cover: period, headline figures, what needs attention, contents.

use rust_xlsxwriter::{Image, Url, Worksheet, XlsxError};

use super::cells::{height, lines};
use super::page::{index, print_setup};
use super::style::{Style, color};
use crate::report::Report;
use crate::report::cover::Cover;

/// Columns of the cover: five tiles of two columns each.
const COLUMNS: u16 = 10;
const WIDTH: f64 = 16.0;
/// Room for the logo, in pixels.
const LOGO_HEIGHT: f64 = 54.0;
const LOGO_WIDTH: f64 = 220.0;

pub(super) fn write(report: &Report, style: &Style) -> Result<Worksheet, XlsxError> {
    let cover = &report.cover;
    let mut sheet = Worksheet::new();
    sheet.set_name(style.say("Cover"))?;
    sheet.set_tab_color(color(style.palette.main));
    for column in 0..COLUMNS {
        sheet.set_column_width(column, WIDTH)?;
    }
    print_setup(&mut sheet, &cover.title);
    sheet.set_print_fit_to_pages(1, 1);
    logo(&mut sheet, report)?;
    let mut row = head(&mut sheet, cover, style)?;
    row = tiles(&mut sheet, cover, style, row + 1)?;
    row = paragraph(&mut sheet, row + 1, &cover.credits, style)?;
    row = block(&mut sheet, row + 1, style.say("What needs attention"), style)?;
    for sentence in &cover.attention {
        row = paragraph(&mut sheet, row, &format!("\u{2022} {sentence}"), style)?;
    }
    if cover.attention.is_empty() {
        row = paragraph(&mut sheet, row, style.say("Nothing."), style)?;
    }
    row = block(&mut sheet, row + 1, style.say("Every row accounted for"), style)?;
    row = paragraph(&mut sheet, row, &cover.reconciliation, style)?;
    row = block(&mut sheet, row + 1, style.say("Contents"), style)?;
    for (_, words) in &report.presentation.sheets {
        let url = Url::new(format!("internal:'{}'!A1", words.name.replace('\'', "''"))).set_text(&words.name);
        sheet.write_url_with_format(row, 0, url, &style.link)?;
        sheet.write_with_format(row, 2, &words.purpose, &style.subtitle)?;
        row += 1;
    }
    sheet.set_print_area(0, 0, row, COLUMNS - 1)?;
    Ok(sheet)
}

fn head(sheet: &mut Worksheet, cover: &Cover, style: &Style) -> Result<u32, XlsxError> {
    sheet.write_with_format(0, 0, &cover.office, &style.subtitle)?;
    sheet.write_with_format(1, 0, &cover.title, &style.title)?;
    sheet.set_row_height(1, 28)?;
    sheet.write_with_format(2, 0, &cover.period, &style.band)?;
    for column in 1..COLUMNS {
        sheet.write_blank(2, column, &style.band)?;
    }
    sheet.write_with_format(3, 0, &cover.as_at, &style.subtitle)?;
    let Some(notice) = &cover.notice else { return Ok(4) };
    merged(sheet, 4, notice, &style.notice)?;
    Ok(5)
}

/// The office's image at the right of the title; one that Excel cannot show is left out.
fn logo(sheet: &mut Worksheet, report: &Report) -> Result<(), XlsxError> {
    let Some(image) = report.presentation.logo.as_ref().and_then(|bytes| Image::new_from_buffer(bytes).ok()) else {
        return Ok(());
    };
    let scale = (LOGO_HEIGHT / image.height().max(1.0)).min(LOGO_WIDTH / image.width().max(1.0));
    let image =
        image.set_scale_width(scale).set_scale_height(scale).set_alt_text(format!("Logo of {}", report.cover.office));
    sheet.insert_image(0, COLUMNS - 2, &image)?;
    Ok(())
}

/// The headline figures, two columns a tile.
fn tiles(sheet: &mut Worksheet, cover: &Cover, style: &Style, row: u32) -> Result<u32, XlsxError> {
    sheet.set_row_height(row, 22)?;
    sheet.set_row_height(row + 1, 36)?;
    let most = cover.tiles.iter().map(|tile| lines(&tile.note, 2.0 * WIDTH)).max().unwrap_or(1);
    sheet.set_row_height(row + 2, height(most + 1))?;
    for (at, tile) in cover.tiles.iter().enumerate() {
        let column = index(2 * at);
        sheet.merge_range(row, column, row, column + 1, style.say(&tile.label), &style.tile_label)?;
        sheet.merge_range(row + 1, column, row + 1, column + 1, &tile.value, &style.tile_value)?;
        sheet.merge_range(row + 2, column, row + 2, column + 1, &tile.note, &style.tile_note)?;
    }
    Ok(row + 3)
}

fn block(sheet: &mut Worksheet, row: u32, title: &str, style: &Style) -> Result<u32, XlsxError> {
    for column in 0..COLUMNS {
        sheet.write_blank(row, column, &style.band)?;
    }
    sheet.write_with_format(row, 0, title, &style.band)?;
    Ok(row + 1)
}

fn paragraph(sheet: &mut Worksheet, row: u32, text: &str, style: &Style) -> Result<u32, XlsxError> {
    merged(sheet, row, text, &style.text)?;
    Ok(row + 1)
}

fn merged(sheet: &mut Worksheet, row: u32, text: &str, format: &rust_xlsxwriter::Format) -> Result<(), XlsxError> {
    sheet.merge_range(row, 0, row, COLUMNS - 1, text, format)?;
    sheet.set_row_height(row, height(lines(text, WIDTH * f64::from(COLUMNS))))?;
    Ok(())
}
