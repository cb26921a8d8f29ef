//! What every sheet has: title, a line of explanation, header row, widths, frozen panes, print set-up.

use rust_xlsxwriter::{Format, Table, TableColumn, TableStyle, Url, Worksheet, XlsxError};

use super::cells::{Value, WriteCells, height, lines};
use super::rows::{Extent, Lines, Rows};
use super::style::Style;
use crate::definitions::SheetWords;
use crate::report::scorecard::Shown;

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
    /// Rows that the sheet itself does not hold.
    pub(super) rows: Option<Rows<'a>>,
}

impl From<Worksheet> for Sheet<'_> {
    fn from(sheet: Worksheet) -> Self {
        Self { sheet, rows: None }
    }
}

/// A sheet that is being written.
pub(super) struct Page<'a> {
    pub(super) sheet: Worksheet,
    pub(super) style: &'a Style,
    widths: Vec<f64>,
    /// How far the rows reach that come last.
    long: Option<Extent>,
    /// Whether the table's own lines and bands take the place of lines in the cells: for long tables.
    pub(super) banded: bool,
}

impl<'a> WriteCells<'a> for Page<'a> {
    fn style(&self) -> &'a Style {
        self.style
    }

    fn widths(&self) -> &[f64] {
        &self.widths
    }

    fn put(&mut self, row: u32, column: usize, value: Value<'_>, format: &Format) -> Result<(), XlsxError> {
        let column = index(column);
        match value {
            Value::Blank => self.sheet.write_blank(row, column, format),
            Value::Number(number) => self.sheet.write_number_with_format(row, column, number, format),
            Value::Text(text) => self.sheet.write_string_with_format(row, column, text, format),
        }
        .map(drop)
    }

    fn set_height(&mut self, row: u32, points: f64) -> Result<(), XlsxError> {
        self.sheet.set_row_height(row, points).map(drop)
    }
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
        Ok(Self { sheet, style, widths, long: None, banded: false })
    }

    /// Writes a figure: a number as a number, the reason for none in words.
    pub(super) fn figure(&mut self, row: u32, column: usize, shown: &Shown) -> Result<(), XlsxError> {
        let style = self.style;
        self.shown(row, column, shown, [&style.number, &style.decimal, &style.words])
    }

    /// Writes a figure that leads to a cell of another sheet; the number stays a number.
    pub(super) fn linked(&mut self, row: u32, column: usize, shown: &Shown, link: &Link) -> Result<(), XlsxError> {
        let style = self.style;
        let url = Url::new(&link.to).set_tip(link.tip);
        self.sheet.write_url_with_format(row, index(column), url, &style.figure)?;
        self.shown(row, column, shown, [&style.figure, &style.figure_decimal, &style.figure_words])
    }

    /// Writes a figure in the format of whole numbers, of others, or of words.
    fn shown(
        &mut self,
        row: u32,
        column: usize,
        shown: &Shown,
        [whole, decimal, in_words]: [&Format; 3],
    ) -> Result<(), XlsxError> {
        match shown {
            Shown::Number(value, 0) => self.number(row, column, Some(*value), whole),
            Shown::Number(value, _) => self.number(row, column, Some(*value), decimal),
            Shown::Words(words) => self.word(row, column, words, in_words),
        }
    }

    /// Writes a band over all columns.
    pub(super) fn band(&mut self, row: u32, text: &str) -> Result<(), XlsxError> {
        let style = self.style;
        self.text(row, 0, text, &style.band)?;
        for column in 1..self.widths.len() {
            self.put(row, column, Value::Blank, &style.band)?;
        }
        self.set_height(row, 18.0)
    }

    /// Keeps table and chart on one printed page.
    pub(super) fn on_one_page(&mut self) {
        self.sheet.set_print_fit_to_pages(1, 1);
    }

    /// Turns header and rows into an Excel table with filters. Without rows a word stands in their place.
    pub(super) fn table(&mut self, name: &str, columns: &[Column<'_>], rows: usize) -> Result<(), XlsxError> {
        let rows = u32::try_from(rows).unwrap_or(u32::MAX - HEADER);
        self.add_table(name, columns, rows, rows)
    }

    /// The same for a table that grows with the office. Its rows come last, in [`Self::rows`].
    pub(super) fn long_table(&mut self, name: &str, columns: &[Column<'_>], rows: usize) -> Result<(), XlsxError> {
        let rows = u32::try_from(rows).unwrap_or(u32::MAX - HEADER);
        if rows > 0 {
            self.long = Some(Extent { table: Some(name.to_owned()), rows, columns: columns.len() });
        }
        // The crate notes every cell of a table; of a long one it is told one row, and the rest when it is saved.
        self.add_table(name, columns, rows, rows.min(1))
    }

    /// The sheet with a long table, a row an item.
    pub(super) fn list<T, I>(
        mut self,
        name: &str,
        columns: &[Column<'_>],
        items: I,
        mut write: impl FnMut(&mut Lines<'a, '_>, u32, T) -> Result<(), XlsxError> + 'a,
    ) -> Result<Sheet<'a>, XlsxError>
    where
        I: IntoIterator<Item = T, IntoIter: ExactSizeIterator + 'a>,
    {
        let items = items.into_iter();
        self.long_table(name, columns, items.len())?;
        Ok(self.rows(move |lines| (HEADER + 1..).zip(items).try_for_each(|(row, item)| write(lines, row, item))))
    }

    /// Says how many rows below the header come last, in [`Self::rows`], where these are no table.
    pub(super) fn long_rows(&mut self, rows: u32) {
        self.long = Some(Extent { table: None, rows, columns: self.widths.len() });
    }

    fn add_table(&mut self, name: &str, columns: &[Column<'_>], rows: u32, told: u32) -> Result<(), XlsxError> {
        if rows == 0 {
            return self.word(HEADER + 1, 0, "None.", &self.style.quiet);
        }
        let headers: Vec<TableColumn> = columns
            .iter()
            .map(|(header, _)| TableColumn::new().set_header(*header).set_header_format(&self.style.header))
            .collect();
        let style = if self.banded { TableStyle::Light15 } else { TableStyle::None };
        let table = Table::new().set_name(name).set_columns(&headers).set_style(style);
        self.sheet.add_table(HEADER, 0, HEADER + told, index(columns.len() - 1), &table)?;
        Ok(())
    }

    /// The sheet as the workbook takes it, with what writes the rows that come last, one below the other. They are
    /// written when the workbook is saved, and kept nowhere.
    pub(super) fn rows(self, write: impl FnOnce(&mut Lines<'a, '_>) -> Result<(), XlsxError> + 'a) -> Sheet<'a> {
        let (style, widths) = (self.style, self.widths);
        let rows = self.long.map(|extent| Rows { extent, style, widths, write: Box::new(write) });
        Sheet { sheet: self.sheet, rows }
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

/// A column number as the crate wants it.
pub(super) fn index(column: usize) -> u16 {
    u16::try_from(column).expect("sheets have a few columns")
}
