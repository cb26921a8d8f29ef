//! Workbooks in XML as Excel and most programs write them, read in one pass: while one thread unpacks a sheet, the
//! other reads its cells. A workbook with anything else in it is left to `workbook`, which has calamine read it after
//! a check of its own.

use std::collections::HashMap;

use super::archive::{self, Archive};
use super::cell_elements::{CellElements, Common};
use super::hidden_rows::HiddenRows;
use super::limits::Limits;
use super::rows::Rows;
use super::sheet::Sheet;
use super::skeleton::{Skeleton, only};
use super::streaming::read_part;
use super::string_items::SharedTexts;
use super::trouble::Trouble;
use super::workbook::{ReadSheet, each};
use super::xml_bytes::Stop;

/// Texts of a list that are held in memory.
const TEXTS: usize = 10_000_000;

/// The sheets of a workbook; none where it should be read in another way.
pub(crate) fn read(archive: &mut Archive<'_>, limits: &Limits) -> Option<Vec<ReadSheet>> {
    let skeleton = Skeleton::of(archive)?;
    let texts = archive::shared_texts(archive);
    let mut apart: Vec<usize> = skeleton.sheets.iter().map(|(.., index)| *index).collect();
    if !texts.is_empty() {
        apart.push(only(archive, &texts)?);
    }
    let mut allowance = archive::check(archive, limits, &apart).ok()?.1;
    let mut common = Common { texts: SharedTexts::default(), formats: skeleton.formats, is_1904: skeleton.is_1904 };
    if !texts.is_empty() {
        common.texts = shared(archive, apart.pop()?, limits, &mut allowance)?;
    }
    let mut hidden = HashMap::new();
    let parts: HashMap<&str, usize> = skeleton.sheets.iter().map(|(name, _, index)| (name.as_str(), *index)).collect();
    let names = skeleton.sheets.iter().map(|(name, is_hidden, _)| (name.clone(), *is_hidden)).collect();
    let mut is_odd = false;
    let mut sheets = each(names, limits, |rows, name| {
        let outcome = if is_odd { None } else { sheet(archive, parts[name], &common, limits, &mut allowance, rows) };
        is_odd = outcome.is_none();
        let (sheet, rows) = outcome.ok_or_else(|| Trouble::damaged(""))?;
        hidden.insert(name.to_owned(), rows);
        sheet
    });
    for sheet in &mut sheets {
        // A reader that gave up has left no rows here.
        sheet.hidden_rows = hidden.remove(&sheet.name)?;
    }
    (!is_odd).then_some(sheets)
}

fn shared(archive: &Archive<'_>, index: usize, limits: &Limits, allowance: &mut u64) -> Option<SharedTexts> {
    let mut texts = SharedTexts::default();
    let unpacked = read_part(archive, index, *allowance, &mut |piece| {
        let done = texts.scan(piece)?;
        if texts.len() > TEXTS { Err(Stop::Odd) } else { Ok(done) }
    })?;
    *allowance -= unpacked.size;
    (texts.is_whole(unpacked.size) && unpacked.is_modest(limits)).then_some(texts)
}

/// Reads a sheet, and its hidden rows.
fn sheet(
    archive: &Archive<'_>,
    index: usize,
    common: &Common,
    limits: &Limits,
    allowance: &mut u64,
    mut rows: Rows<'_>,
) -> Option<(Result<Sheet, Trouble>, HiddenRows)> {
    let mut elements = CellElements::new(common);
    let mut trouble = None;
    let unpacked = read_part(archive, index, *allowance, &mut |piece| {
        if trouble.is_some() {
            return Ok(piece.len());
        }
        elements.scan(piece, &mut rows).or_else(|stop| match stop {
            Stop::Trouble(found) => {
                trouble = Some(*found);
                Ok(piece.len())
            }
            other => Err(other),
        })
    })?;
    *allowance = allowance.checked_sub(unpacked.size)?;
    let is_read = trouble.is_some() || elements.is_done();
    let outcome = trouble.map_or_else(|| rows.finish(), Err);
    (is_read && unpacked.is_modest(limits)).then_some((outcome, unpacked.hidden))
}
