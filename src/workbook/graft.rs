//! Puts the rows of long tables into the sheets of a saved workbook.
//!
//! The workbook is saved with all that stands around the rows. One sheet has, in the place of its rows, a row with a
//! blank cell of each format: it tells the numbers that the formats have. Texts are added to the workbook's own.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Format, XlsxError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::page::HEADER;
use super::rows::{Extent, Formats, Rows};
use super::texts::Texts;

/// How hard parts are pressed, of 9: a quarter of the time that the usual 6 takes, for a fifth more bytes.
pub(super) const LEVEL: u8 = 2;
const TEXTS: &str = "xl/sharedStrings.xml";
/// Why a part that the workbook crate wrote has the form that it has.
pub(super) const SAVED: &str = "a part of the workbook as it was just saved";

/// A saved workbook with the rows of sheets, each by the sheet's position; the first of these has the row of formats.
pub(super) fn graft(saved: Vec<u8>, long: Vec<(usize, Rows<'_>)>, formats: &[&Format]) -> Result<Vec<u8>, XlsxError> {
    let Some((first, _)) = long.first() else { return Ok(saved) };
    let part_of = |position: usize| format!("xl/worksheets/sheet{}.xml", position + 1);
    let mut archive = ZipArchive::new(Cursor::new(saved))?;
    let mut texts = Texts::of(&part(&mut archive, TEXTS)?);
    let first = part_of(*first);
    let frame = part(&mut archive, &first)?;
    let sample = sample(&frame);
    let formats = Formats::new(formats, &numbers(sample, formats.len()));
    let extents: Vec<Extent> = long.iter().map(|(_, rows)| rows.extent.clone()).collect();
    let mut long: HashMap<String, Rows<'_>> =
        long.into_iter().map(|(position, rows)| (part_of(position), rows)).collect();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(i64::from(LEVEL)))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600);
    let mut made = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let name = archive.by_index_raw(index)?.name()?.into_owned();
        if let Some(rows) = long.remove(&name) {
            let frame = if name == first { frame.replace(sample, "") } else { part(&mut archive, &name)? };
            made.start_file(&name, options)?;
            sheet(&frame, rows, (&formats, &mut texts), &mut made)?;
        } else if name == TEXTS {
            assert!(long.is_empty(), "sheets stand before texts");
            made.start_file(&name, options)?;
            texts.write(&mut made)?;
        } else if let Some(table) = table(&mut archive, &name, &extents)? {
            made.start_file(&name, options)?;
            made.write_all(table.as_bytes())?;
        } else {
            made.raw_copy_file(archive.by_index_raw(index)?)?;
        }
    }
    Ok(made.finish()?.into_inner())
}

fn part(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Result<String, XlsxError> {
    let mut text = String::new();
    archive.by_name(name)?.read_to_string(&mut text)?;
    Ok(text)
}

/// The row of a sheet that has a cell of each format.
fn sample(frame: &str) -> &str {
    let end = frame.find("</sheetData>").expect(SAVED);
    let begin = frame[..end].rfind("<row ").expect(SAVED);
    assert!(frame[begin..].starts_with(&format!("<row r=\"{}\" ", HEADER + 2)), "{SAVED}");
    &frame[begin..end]
}

/// The numbers of the formats in a row that has a cell of each.
fn numbers(sample: &str, formats: usize) -> Vec<u32> {
    let numbers: Vec<u32> = sample.split(" s=\"").skip(1).map(|rest| leading_number(rest).expect(SAVED)).collect();
    assert_eq!(numbers.len(), formats, "{SAVED}");
    numbers
}

/// Writes a sheet with its rows.
fn sheet(
    frame: &str,
    rows: Rows<'_>,
    (formats, texts): (&Formats<'_>, &mut Texts),
    to: &mut ZipWriter<Cursor<Vec<u8>>>,
) -> Result<(), XlsxError> {
    let (head, tail) = frame.split_at(frame.find("</sheetData>").expect(SAVED));
    let last = &head[head.rfind("<row ").expect(SAVED)..];
    assert!(last.starts_with(&format!("<row r=\"{}\" ", HEADER + 1)), "the rows of a long table are written last");
    to.write_all(with_dimension(head, &rows.extent).as_bytes())?;
    let merged = rows.write(formats, texts, to)?;
    Ok(to.write_all(with_merged(tail, &merged).as_bytes())?)
}

/// The part after the rows, with ranges that are merged among them. Above them the explanation is merged already.
fn with_merged<'t>(tail: &'t str, merged: &[String]) -> Cow<'t, str> {
    const BEGIN: &str = "<mergeCells count=\"";
    if merged.is_empty() {
        return tail.into();
    }
    let (head, rest) = tail.split_once(BEGIN).expect(SAVED);
    let (known, after) = rest.split_once("</mergeCells>").expect(SAVED);
    let (count, known) = known.split_once("\">").expect(SAVED);
    let count = count.parse::<usize>().expect(SAVED) + merged.len();
    let merged: String = merged.iter().map(|range| format!("<mergeCell ref=\"{range}\"/>")).collect();
    format!("{head}{BEGIN}{count}\">{known}{merged}</mergeCells>{after}").into()
}

/// The part of a long table with all its rows; none where it is that of no long table.
fn table(
    archive: &mut ZipArchive<Cursor<Vec<u8>>>,
    name: &str,
    extents: &[Extent],
) -> Result<Option<String>, XlsxError> {
    if !name.starts_with("xl/tables/") {
        return Ok(None);
    }
    let saved = part(archive, name)?;
    let named = |extent: &&Extent| {
        extent.table.as_ref().is_some_and(|table| saved.contains(&format!(" displayName=\"{table}\" ")))
    };
    Ok(extents.iter().find(named).map(|extent| {
        let told = format!("{}\"", HEADER + 2);
        let begin = saved.find(" ref=\"A").expect(SAVED);
        let range = &saved[begin..=begin + 6 + saved[begin + 6..].find('"').expect(SAVED)];
        let all = format!("{}{}\"", range.strip_suffix(&told).expect(SAVED), extent.last_row());
        saved.replace(range, &all)
    }))
}

/// The number that a text begins with.
pub(super) fn leading_number(text: &str) -> Option<u32> {
    text[..text.find(|c: char| !c.is_ascii_digit())?].parse().ok()
}

/// The part before the rows, which says how far the sheet reaches.
fn with_dimension(head: &str, extent: &Extent) -> String {
    const BEFORE: &str = "<dimension ref=\"";
    let begin = head.find(BEFORE).expect(SAVED) + BEFORE.len();
    let end = begin + head[begin..].find('"').expect(SAVED);
    format!("{}A1:{}{}{}", &head[..begin], extent.last_column(), extent.last_row(), &head[end..])
}
