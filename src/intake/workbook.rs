//! Excel workbooks, new and old, as calamine reads them.

use std::collections::{HashMap, HashSet};
use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx, XlsxError};

use super::archive::{self, Archive};
use super::error_texts::{self, ErrorTexts};
use super::hidden_rows::HiddenRows;
use super::isolation::isolated;
use super::limits::Limits;
use super::rows::Rows;
use super::sheet::{Cell, Sheet};
use super::trouble::Trouble;
use super::value::{Value, value_of};
use super::{biff, compound, sheet_parts};

/// Sheets of one file; each may name the same part and be read anew.
const SHEETS: usize = 1_000;

/// One sheet of a workbook, or why it was not read.
#[derive(Debug)]
pub(crate) struct ReadSheet {
    pub(crate) name: String,
    pub(crate) outcome: Result<Sheet, Trouble>,
    pub(crate) hidden_rows: HiddenRows,
}

/// Reads a workbook in XML: xlsx, xlsm and their templates.
pub(crate) fn read_xlsx(bytes: &[u8], mut archive: Archive<'_>, limits: &Limits) -> Result<Vec<ReadSheet>, Trouble> {
    let (hidden, _) = archive::check(&mut archive, limits, &[])?;
    let parts = sheet_parts::of(&mut archive);
    let (mut sheets, refused) = xlsx_sheets(bytes, &|_| None, limits)?;
    let refused: HashSet<&str> = refused.iter().filter_map(|name| parts.get(name)).map(String::as_str).collect();
    if !refused.is_empty()
        && let Some((copy, texts)) = error_texts::replaced(&mut archive, &refused)
    {
        drop(sheets);
        (sheets, _) = xlsx_sheets(&copy, &|name| texts.get(parts.get(name)?), limits)?;
    }
    for sheet in &mut sheets {
        let rows = parts.get(&sheet.name).and_then(|part| hidden.get(part));
        sheet.hidden_rows = rows.cloned().unwrap_or_default();
    }
    Ok(sheets)
}

/// The sheets, and the names of those refused for an error value that calamine does not know. `texts` gives those of
/// a sheet in which they were replaced.
fn xlsx_sheets<'t>(
    bytes: &[u8],
    texts: &dyn Fn(&str) -> Option<&'t ErrorTexts>,
    limits: &Limits,
) -> Result<(Vec<ReadSheet>, Vec<String>), Trouble> {
    let mut book = isolated(|| Xlsx::new(Cursor::new(bytes)).map_err(|error| of_xlsx(&error)))?;
    let sheets = worksheets(book.sheets_metadata())?;
    let mut refused = Vec::new();
    let sheets = each(sheets, limits, |mut rows, name| {
        let texts = texts(name);
        let mut cells = book.worksheet_cells_reader(name).map_err(|error| of_xlsx(&error))?;
        for number in 0.. {
            let read = cells.next_cell_with_formula_metadata().map_err(|error| {
                refused.extend(matches!(error, XlsxError::CellError(_)).then(|| name.to_owned()));
                of_xlsx(&error)
            });
            let Some(cell) = read? else { break };
            let value = match (&cell.value, &cell.formula) {
                (DataRef::Empty, Some(_)) => Value::Plain(Cell::NoValue),
                (DataRef::Empty, None) => continue,
                (data, _) => {
                    let replaced = texts.and_then(|texts| texts.get(&number));
                    replaced.map_or_else(|| value_of(data), |text| Value::Error(text))
                }
            };
            rows.add(cell.pos.0, cell.pos.1, value)?;
        }
        rows.finish()
    });
    Ok((sheets, refused))
}

/// Reads a binary workbook: xlsb.
pub(crate) fn read_xlsb(bytes: &[u8], limits: &Limits) -> Result<Vec<ReadSheet>, Trouble> {
    let mut book = isolated(|| Xlsb::new(Cursor::new(bytes)).map_err(|error| of_xlsb(&error)))?;
    let sheets = worksheets(book.sheets_metadata())?;
    Ok(each(sheets, limits, |mut rows, name| {
        let mut cells = book.worksheet_cells_reader(name).map_err(|error| of_xlsb(&error))?;
        while let Some(cell) = cells.next_cell().map_err(|error| of_xlsb(&error))? {
            let (row, column) = cell.get_position();
            rows.add(row, column, value_of(cell.get_value()))?;
        }
        rows.finish()
    }))
}

/// Reads an old workbook: xls of Excel 5 to 2003.
pub(crate) fn read_xls(bytes: &[u8], limits: &Limits) -> Result<Vec<ReadSheet>, Trouble> {
    let file = compound::Compound::open(bytes).map_err(Trouble::damaged)?;
    if file.has("EncryptedPackage") || file.has("EncryptionInfo") {
        return Err(Trouble::password());
    }
    let stream = file.stream("Workbook").or_else(|| file.stream("Book"));
    let stream = stream.ok_or_else(|| Trouble::not_a_spreadsheet("another kind of old Office document"))?;
    let hidden = biff::check(&stream.map_err(Trouble::damaged)?)?;
    drop(file);
    let mut book = isolated(|| Xls::new(Cursor::new(bytes)).map_err(|error| of_xls(&error)))?;
    let sheets = worksheets(book.sheets_metadata())?;
    let mut hidden_of = HashMap::new();
    for (sheet, hidden) in book.sheets_metadata().iter().zip(hidden) {
        hidden_of.entry(sheet.name.clone()).or_insert(hidden);
    }
    let mut sheets = each(sheets, limits, |mut rows, name| {
        let range = book.worksheet_range(name).map_err(|error| of_xls(&error))?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            rows.add(top + number(row)?, left + number(column)?, value_of(data))?;
        }
        rows.finish()
    });
    for sheet in &mut sheets {
        sheet.hidden_rows = hidden_of.remove(&sheet.name).unwrap_or_default();
    }
    Ok(sheets)
}

/// The names of the sheets that hold cells, and whether each is hidden. Of two sheets with one name only the first
/// can be asked for.
pub(crate) fn worksheets(all: &[calamine::Sheet]) -> Result<Vec<(String, bool)>, Trouble> {
    if all.len() > SHEETS {
        return Err(Trouble::too_large(format!("The file has more than {SHEETS} sheets."), "Split the file."));
    }
    let mut seen = HashSet::new();
    let sheets = all.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet && seen.insert(&sheet.name));
    Ok(sheets.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect())
}

/// Reads sheet after sheet; what one of them takes of the allowance of cells, the next ones lack.
pub(crate) fn each(
    sheets: Vec<(String, bool)>,
    limits: &Limits,
    mut read: impl FnMut(Rows<'_>, &str) -> Result<Sheet, Trouble>,
) -> Vec<ReadSheet> {
    let mut allowance = limits.cells;
    let read_one = |(name, hidden): (String, bool)| {
        let rows = Rows::new(&name, hidden, limits, allowance);
        let outcome = isolated(|| read(rows, &name));
        allowance -= outcome.as_ref().map_or(0, Sheet::held);
        ReadSheet { name, outcome, hidden_rows: HiddenRows::default() }
    };
    sheets.into_iter().map(read_one).collect()
}

fn number(position: usize) -> Result<u32, Trouble> {
    u32::try_from(position).map_err(|error| Trouble::damaged(error.to_string()))
}

fn of_xlsx(error: &XlsxError) -> Trouble {
    match error {
        XlsxError::Password => Trouble::password(),
        XlsxError::Unrecognized { typ: "sheet:type", .. } => Trouble::damaged(error.to_string())
            .with_help("The file has a macro sheet. Open it in Excel, save it as .xlsx without macros and run again."),
        XlsxError::CellError(text) => Trouble::damaged(error.to_string())
            .with_help(&format!("Correct the cells that show {text}, save and run again.")),
        _ => Trouble::damaged(error.to_string()),
    }
}

fn of_xlsb(error: &XlsbError) -> Trouble {
    match error {
        XlsbError::Password => Trouble::password(),
        _ => Trouble::damaged(error.to_string()),
    }
}

fn of_xls(error: &XlsError) -> Trouble {
    match error {
        XlsError::Password => Trouble::password(),
        _ => Trouble::damaged(error.to_string()),
    }
}
