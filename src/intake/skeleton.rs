//! What calamine knows of a workbook besides its cells and texts: the sheets, which part holds which, the formats of
//! numbers, the calendar. It is asked about a copy without cells and texts, for it reads all texts when it opens a
//! file and tells nobody what a format is but by cells that have it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use calamine::{DataRef, Reader, Xlsx};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::archive::{self, Archive};
use super::cell_elements::Format;
use super::isolation::isolated;
use super::sheet_parts;
use super::trouble::Trouble;
use super::workbook::worksheets;

/// Cells that the copy may have.
const CELLS: usize = 200_000;

/// A workbook without its cells.
#[derive(Debug)]
pub(crate) struct Skeleton {
    /// Name of each sheet that holds cells, whether it is hidden, and the number of its part in the archive.
    pub(crate) sheets: Vec<(String, bool, usize)>,
    /// What a number is in a cell of each style.
    pub(crate) formats: Vec<Format>,
    pub(crate) is_1904: bool,
}

impl Skeleton {
    /// None where calamine should open the workbook itself.
    pub(crate) fn of(archive: &mut Archive<'_>) -> Option<Self> {
        let found: BTreeSet<String> = sheet_parts::of(archive).into_values().collect();
        let indexes = found.iter().map(|part| only(archive, part)).collect::<Option<Vec<usize>>>()?;
        let copy = without_cells(archive, &indexes)?;
        isolated(|| Self::told(&copy, &indexes).ok_or_else(|| Trouble::damaged(""))).ok()
    }

    fn told(copy: &[u8], indexes: &[usize]) -> Option<Self> {
        let mut book = Xlsx::new(Cursor::new(copy)).ok()?;
        let mut skeleton = Self { sheets: Vec::new(), formats: Vec::new(), is_1904: book.has_1904_epoch() };
        for (name, is_hidden) in worksheets(book.sheets_metadata()).ok()? {
            let mut cells = book.worksheet_cells_reader(&name).ok()?;
            let DataRef::Float(number) = *cells.next_cell().ok()??.get_value() else { return None };
            let index = indexes.iter().copied().find(|index| index.to_string() == number.to_string())?;
            if skeleton.sheets.is_empty() {
                while let Some(cell) = cells.next_cell().ok()? {
                    skeleton.formats.push(match cell.get_value() {
                        DataRef::DateTime(moment) if moment.is_duration() => Format::Span,
                        DataRef::DateTime(_) => Format::Moment,
                        _ => Format::Number,
                    });
                }
            }
            skeleton.sheets.push((name, is_hidden, index));
        }
        Some(skeleton)
    }
}

/// The number of a part by its plain name; none where it is missing or several have it.
pub(crate) fn only(archive: &Archive<'_>, part: &str) -> Option<usize> {
    let mut all = (0..archive.len()).filter(|at| archive::plain_name(&archive::name_of(archive, *at)) == part);
    all.next().filter(|_| all.next().is_none())
}

/// A copy of a workbook's frame. Each of its sheets has its number in the archive in the first cell, and one cell of
/// every style after it.
fn without_cells(archive: &mut Archive<'_>, sheets: &[usize]) -> Option<Vec<u8>> {
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    for index in archive::support(archive) {
        copy.raw_copy_file(archive.by_index_raw(index).ok()?).ok()?;
    }
    let styles =
        archive::main_part(archive).rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
    let styles = archive::whole(archive, &format!("{styles}styles.xml")).matches("xf").count();
    if sheets.len().saturating_mul(styles) > CELLS {
        return None;
    }
    let cells: String = (0..styles).fold(String::new(), |mut cells, style| {
        // Writing to a string cannot fail.
        let _ = write!(cells, r#"<c s="{style}"><v>1</v></c>"#);
        cells
    });
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for index in sheets {
        copy.start_file(archive::name_of(archive, *index), options).ok()?;
        let text = format!("<worksheet><sheetData><row><c><v>{index}</v></c>{cells}</row></sheetData></worksheet>");
        copy.write_all(text.as_bytes()).ok()?;
    }
    Some(copy.finish().ok()?.into_inner())
}
