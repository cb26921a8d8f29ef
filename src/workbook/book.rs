//! A workbook that is being made.

use rust_xlsxwriter::{DocProperties, Format, Workbook, XlsxError};

use super::graft::{LEVEL, graft};
use super::page::{HEADER, Sheet, index};
use super::rows::Rows;

/// A workbook and the rows of its long tables.
pub(super) struct Book<'a> {
    workbook: Workbook,
    /// The formats that cells of long tables may have.
    formats: Vec<&'a Format>,
    sheets: usize,
    /// The rows of long tables, each with the position of its sheet.
    long: Vec<(usize, Rows<'a>)>,
}

impl<'a> Book<'a> {
    /// A workbook without sheets.
    pub(super) fn new(properties: &DocProperties, formats: Vec<&'a Format>) -> Self {
        let mut workbook = Workbook::new();
        workbook.set_properties(properties);
        workbook.set_zip_compression_level(LEVEL);
        Self { workbook, formats, sheets: 0, long: Vec::new() }
    }

    /// Adds a sheet. In the place of its rows the first that has a long table has a row with all formats.
    pub(super) fn push(&mut self, sheet: impl Into<Sheet<'a>>) -> Result<(), XlsxError> {
        let Sheet { mut sheet, rows } = sheet.into();
        if let Some(rows) = rows {
            for (at, format) in self.formats.iter().enumerate().filter(|_| self.long.is_empty()) {
                sheet.write_blank(HEADER + 1, index(at), format)?;
            }
            self.long.push((self.sheets, rows));
        }
        self.workbook.push_worksheet(sheet);
        self.sheets += 1;
        Ok(())
    }

    /// The bytes of the file.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, XlsxError> {
        let saved = self.workbook.save_to_buffer()?;
        drop(self.workbook);
        graft(saved, self.long, &self.formats)
    }
}
