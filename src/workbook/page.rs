//! What every sheet has: title, a line of explanation, header row, widths, frozen panes, print set-up.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, Table, TableColumn, TableStyle, Url, Worksheet, XlsxError};

use super::rows::Rows;
use super::style::Style;
use crate::definitions::SheetWords;
use crate::report::scorecard::Shown;

/// Excel's own limit for the text of one cell.
const CELL_TEXT: usize = 32_767;
/// Height of one line of text at 10 points.
const LINE_HEIGHT: f64 = 13.5;
/// Excel's limit for the height of a row.
const ROW_HEIGHT: f64 = 409.0;
/// Characters of a line that the eye follows, and that fit a screen.
const READABLE: f64 = 120.0;
/// Row of the title, and of the line below it.
const TITLE: u32 = 0;
/// Row of the header.
pub(super) const HEADER: u32 = 3;

/// A column: its header and width in characters.
pub(super) type Column<'a> = (&'a str, f64);

/// Where a cell leads, and what is said about it.
pub(super) struct Link {
    to: String,
    tip: &'static str,
}

impl Link {
    /// A link to a row of a sheet of the workbook.
    pub(super) fn to_row(tab: &str, row: u32, tip: &'static str) -> Self {
        Self { to: format!("internal:'{}'!A{}", tab.replace('\'', "''"), row + 1), tip }
    }
}

/// A sheet as the workbook takes it.
pub(super) struct Sheet<'a> {
    pub(super) sheet: Worksheet,
    /// The rows of a long table, which the sheet itself does not hold.
    pub(super) rows: Rows<'a>,
}

impl From<Worksheet> for Sheet<'_> {
    fn from(sheet: Worksheet) -> Self {
        Self { sheet, rows: Rows::default() }
    }
}

/// A sheet that is being written.
pub(super) struct Page<'a> {
    pub(super) sheet: Worksheet,
    /// The rows below the header, where the table is a long one: they are written from top to bottom, and only with
    /// the functions of the page.
    rows: Option<Rows<'a>>,
    pub(super) style: &'a Style,
    widths: Vec<f64>,
    /// Whether the table's own lines and bands take the place of lines in the cells: for long tables.
    pub(super) banded: bool,
}

impl<'a> Page<'a> {
    /// Opens a sheet with its name and title, explanation, header row and print set-up.
    pub(super) fn open(
        name: &str,
        title: &str,
        explanation: &str,
        columns: &[Column<'_>],
        style: &'a Style,
    ) -> Result<Self, XlsxError> {
        let mut page = Self::of(explanation, columns, style)?;
        page.sheet.set_name(name)?;
        page.sheet.write_with_format(TITLE, 0, title, &style.title)?;
        print_setup(&mut page.sheet, title);
        Ok(page)
    }

    /// Opens a sheet of the report; name and title are the office's words, and come in [`entitle`].
    pub(super) fn of(explanation: &str, columns: &[Column<'_>], style: &'a Style) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        let widths: Vec<f64> = columns.iter().map(|(_, width)| *width).collect();
        paragraph(&mut sheet, TITLE + 1, explanation, &widths, &style.note)?;
        for (at, (header, width)) in columns.iter().enumerate() {
            let column = index(at);
            sheet.set_column_width(column, *width)?;
            sheet.write_with_format(HEADER, column, *header, &style.header)?;
        }
        let lines = columns.iter().map(|(header, width)| lines(header, *width)).max().unwrap_or(1);
        sheet.set_row_height(HEADER, height(lines.max(2)))?;
        sheet.set_freeze_panes(HEADER + 1, 0)?;
        sheet.set_repeat_rows(HEADER, HEADER)?;
        print_setup(&mut sheet, "");
        Ok(Self { sheet, rows: None, style, widths, banded: false })
    }

    /// Keeps the rows of a table that grows with the office apart, until the workbook is saved.
    pub(super) fn long(&mut self) {
        self.rows = Some(Rows::default());
    }

    /// The sheet as the workbook takes it.
    pub(super) fn finish(self) -> Sheet<'a> {
        Sheet { sheet: self.sheet, rows: self.rows.unwrap_or_default() }
    }

    /// Writes a text; a cell can hold 32,767 characters, longer text ends in an ellipsis.
    pub(super) fn text(&mut self, row: u32, column: usize, text: &str, format: &'a Format) -> Result<(), XlsxError> {
        let text = clipped(text);
        match &mut self.rows {
            Some(rows) => rows.text(row, index(column), &text, format),
            None => self.sheet.write_string_with_format(row, index(column), text, format).map(drop),
        }
    }

    /// Writes a number, or leaves the cell blank.
    pub(super) fn number(
        &mut self,
        row: u32,
        column: usize,
        number: Option<f64>,
        format: &'a Format,
    ) -> Result<(), XlsxError> {
        let column = index(column);
        match (&mut self.rows, number) {
            (Some(rows), Some(number)) => rows.number(row, column, number, format),
            (Some(rows), None) => rows.blank(row, column, format),
            (None, Some(number)) => self.sheet.write_number_with_format(row, column, number, format).map(drop),
            (None, None) => self.sheet.write_blank(row, column, format).map(drop),
        }
    }

    /// Writes one of the program's own words, in the office's.
    pub(super) fn word(&mut self, row: u32, column: usize, word: &str, format: &'a Format) -> Result<(), XlsxError> {
        let style = self.style;
        self.text(row, column, style.say(word), format)
    }

    /// Writes a count, or leaves the cell blank.
    pub(super) fn count(&mut self, row: u32, column: usize, count: Option<u64>) -> Result<(), XlsxError> {
        let style = self.style;
        self.number(row, column, count.map(double), if count.is_some() { &style.number } else { &style.text })
    }

    /// Writes a count into a narrow column, or leaves the cell blank.
    pub(super) fn tight(&mut self, row: u32, column: usize, count: Option<u64>) -> Result<(), XlsxError> {
        self.number(row, column, count.map(double), &self.style.tight)
    }

    /// Writes a number, with one decimal where it is not whole, or leaves the cell blank.
    pub(super) fn decimal(&mut self, row: u32, column: usize, value: Option<f64>) -> Result<(), XlsxError> {
        let style = self.style;
        let format = match value {
            Some(value) if value.fract() == 0.0 => &style.number,
            Some(_) => &style.decimal,
            None => &style.text,
        };
        self.number(row, column, value, format)
    }

    /// Writes a figure: a number as a number, the reason for none in words.
    pub(super) fn figure(&mut self, row: u32, column: usize, shown: &Shown) -> Result<(), XlsxError> {
        match shown {
            Shown::Number(value, decimals) => {
                let format = if *decimals == 0 { &self.style.number } else { &self.style.decimal };
                self.sheet.write_number_with_format(row, index(column), *value, format)?;
            }
            Shown::Words(words) => {
                self.sheet.write_string_with_format(
                    row,
                    index(column),
                    clipped(self.style.say(words)),
                    &self.style.words,
                )?;
            }
        }
        Ok(())
    }

    /// Writes a figure that leads to a cell of another sheet; the number stays a number.
    pub(super) fn linked(&mut self, row: u32, column: usize, shown: &Shown, link: &Link) -> Result<(), XlsxError> {
        let (at, style) = (index(column), self.style);
        let url = Url::new(&link.to).set_tip(link.tip);
        let sheet = self.sheet.write_url_with_format(row, at, url, &style.figure)?;
        match shown {
            Shown::Number(value, 0) => sheet.write_number_with_format(row, at, *value, &style.figure)?,
            Shown::Number(value, _) => sheet.write_number_with_format(row, at, *value, &style.figure_decimal)?,
            Shown::Words(words) => {
                sheet.write_string_with_format(row, at, clipped(style.say(words)), &style.figure_words)?
            }
        };
        Ok(())
    }

    /// Writes a day as a real date.
    pub(super) fn date(&mut self, row: u32, column: usize, day: NaiveDate) -> Result<(), XlsxError> {
        self.day(row, column, day, &self.style.date)
    }

    /// Writes a day as a real date, in a format of its own.
    pub(super) fn day(&mut self, row: u32, column: usize, day: NaiveDate, format: &'a Format) -> Result<(), XlsxError> {
        self.number(row, column, Some(excel_day(day)?.to_excel()), format)
    }

    /// Writes a band over all columns.
    pub(super) fn band(&mut self, row: u32, text: &str) -> Result<(), XlsxError> {
        for column in 0..self.widths.len() {
            self.sheet.write_blank(row, index(column), &self.style.band)?;
        }
        self.sheet.write_string_with_format(row, 0, clipped(text), &self.style.band)?;
        self.sheet.set_row_height(row, 18)?;
        Ok(())
    }

    /// Keeps table and chart on one printed page.
    pub(super) fn on_one_page(&mut self) {
        self.sheet.set_print_fit_to_pages(1, 1);
    }

    /// Makes a row as high as its longest wrapped text needs.
    pub(super) fn fit(&mut self, row: u32, texts: &[(usize, &str)]) -> Result<(), XlsxError> {
        let needed = texts.iter().map(|(column, text)| lines(text, self.widths[*column])).max().unwrap_or(1);
        match &mut self.rows {
            _ if needed == 1 => Ok(()),
            Some(rows) => rows.height(row, height(needed)),
            None => self.sheet.set_row_height(row, height(needed)).map(drop),
        }
    }

    /// Turns header and rows into an Excel table with filters. Without rows a word stands in their place.
    pub(super) fn table(&mut self, name: &str, columns: &[Column<'_>], rows: usize) -> Result<(), XlsxError> {
        if rows == 0 {
            self.rows = None;
            self.sheet.write_string_with_format(HEADER + 1, 0, self.style.say("None."), &self.style.quiet)?;
            return Ok(());
        }
        let headers: Vec<TableColumn> = columns
            .iter()
            .map(|(header, _)| TableColumn::new().set_header(*header).set_header_format(&self.style.header))
            .collect();
        let style = if self.banded { TableStyle::Light15 } else { TableStyle::None };
        let table = Table::new().set_name(name).set_columns(&headers).set_style(style);
        let last = HEADER + u32::try_from(rows).unwrap_or(u32::MAX - HEADER);
        // The crate notes every cell of a table; of a long one it is told one row, and the rest when it is saved.
        let told = match &mut self.rows {
            Some(rows) => {
                rows.table = Some(name.to_owned());
                HEADER + 1
            }
            None => last,
        };
        self.sheet.add_table(HEADER, 0, told, index(columns.len() - 1), &table)?;
        Ok(())
    }
}

/// The office's headers of a sheet, with their widths.
pub(super) fn columns<'a>(words: &'a SheetWords, widths: &[f64]) -> Vec<Column<'a>> {
    words.columns.iter().map(String::as_str).zip(widths.iter().copied()).collect()
}

/// Gives a sheet of the report its name, its title, the line on blank cells, and the print set-up.
pub(super) fn entitle(sheet: &mut Worksheet, words: &SheetWords, style: &Style) -> Result<(), XlsxError> {
    sheet.set_name(&words.name)?;
    sheet.write_with_format(TITLE, 0, &words.title, &style.title)?;
    sheet.set_row_height(TITLE, 26)?;
    sheet.write_with_format(TITLE + 2, 0, &words.blank, &style.subtitle)?;
    footer(sheet, &words.title);
    Ok(())
}

/// Writes a paragraph over as many columns as are wide enough to read it, wrapped.
pub(super) fn paragraph(
    sheet: &mut Worksheet,
    row: u32,
    text: &str,
    widths: &[f64],
    format: &Format,
) -> Result<(), XlsxError> {
    let (mut width, mut columns) = (0.0, 0);
    while columns < widths.len() && width < READABLE {
        width += widths[columns];
        columns += 1;
    }
    if columns > 1 {
        sheet.merge_range(row, 0, row, index(columns - 1), text, format)?;
    } else {
        sheet.write_with_format(row, 0, text, format)?;
    }
    sheet.set_row_height(row, height(lines(text, width)))?;
    Ok(())
}

/// Landscape A4, one page wide, page numbers.
pub(super) fn print_setup(sheet: &mut Worksheet, title: &str) {
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    sheet.set_screen_gridlines(false);
    footer(sheet, title);
}

/// Title and page number at the foot of a printed page. A digit after a size would belong to it.
fn footer(sheet: &mut Worksheet, title: &str) {
    let title = title.replace('&', "&&");
    sheet.set_footer(format!("&L&8 {title}&R&8 Page &P of &N"));
}

/// A day as Excel stores it.
pub(super) fn excel_day(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let (year, month, of_month) = (day.year(), day.month(), day.day());
    let small = |number: u32| u8::try_from(number).expect("a month or a day of a month");
    ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), small(month), small(of_month))
}

/// A column number as the crate wants it.
pub(super) fn index(column: usize) -> u16 {
    u16::try_from(column).expect("sheets have a few columns")
}

/// A count as Excel's numbers are.
#[allow(clippy::cast_precision_loss, reason = "Excel's numbers are doubles")]
fn double(count: u64) -> f64 {
    count as f64
}

/// A text that fits a cell. Excel counts characters as UTF-16 does.
fn clipped(text: &str) -> Cow<'_, str> {
    if text.len() <= CELL_TEXT || text.encode_utf16().count() <= CELL_TEXT {
        return Cow::Borrowed(text);
    }
    let mut used = 0;
    let kept = text.chars().take_while(|c| {
        used += c.len_utf16();
        used < CELL_TEXT
    });
    kept.chain(['\u{2026}']).collect()
}

/// How many lines a text takes in a column, words kept whole, at 10 points.
pub(super) fn lines(text: &str, width: f64) -> usize {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width of some characters")]
    let width = (width * 1.18).max(4.0) as usize;
    if text.len() <= width && !text.contains('\n') {
        return 1;
    }
    text.split('\n')
        .map(|paragraph| {
            let (mut lines, mut used) = (1, 0);
            for word in paragraph.split(' ') {
                let length = word.chars().count();
                if used > 0 && used + 1 + length > width {
                    lines += 1;
                    used = 0;
                }
                used += length + usize::from(used > 0);
                lines += used.saturating_sub(1) / width;
                used = if used > width { used % width } else { used };
            }
            lines
        })
        .sum()
}

pub(super) fn height(lines: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a number of lines")]
    (LINE_HEIGHT * lines as f64 + 3.0).min(ROW_HEIGHT)
}
