//! Tables written as spreadsheet programs write them: rows stream to the disk, whatever their number.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::NaiveDate;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A cell to write.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Day(NaiveDate),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<u64> for Cell {
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    fn from(number: u64) -> Self {
        Self::Number(number as f64)
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

/// A file of one table.
pub(crate) enum Table {
    Csv(Box<csv::Writer<BufWriter<File>>>),
    Xlsx(Box<Xlsx>),
}

impl Table {
    /// Begins `NAME.xlsx` or `NAME.csv`.
    pub(crate) fn create(folder: &Path, name: &str, format: &str, header: &[&str]) -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 20, File::create(folder.join(format!("{name}.{format}")))?);
        let mut table = match format {
            "csv" => Self::Csv(Box::new(csv::Writer::from_writer(file))),
            _ => Self::Xlsx(Box::new(Xlsx::begin(file)?)),
        };
        table.row(&header.iter().map(|text| Cell::from(*text)).collect::<Vec<_>>())?;
        Ok(table)
    }

    pub(crate) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        match self {
            Self::Csv(writer) => {
                let shown = cells.iter().map(|cell| match cell {
                    Cell::Empty => String::new(),
                    Cell::Text(text) => text.clone(),
                    Cell::Number(number) => number.to_string(),
                    Cell::Day(day) => day.to_string(),
                });
                writer.write_record(shown).map_err(io::Error::other)
            }
            Self::Xlsx(sheet) => sheet.row(cells),
        }
    }

    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Self::Csv(mut writer) => writer.flush(),
            Self::Xlsx(sheet) => sheet.finish(),
        }
    }
}

/// A workbook of one sheet with shared texts, as Excel saves it.
pub(crate) struct Xlsx {
    zip: ZipWriter<BufWriter<File>>,
    texts: HashMap<String, usize>,
    in_order: Vec<String>,
    uses: usize,
    row: u32,
    line: String,
}

const PARTS: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/styles.xml",
        r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>"#,
    ),
];
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

impl Xlsx {
    fn begin(file: BufWriter<File>) -> io::Result<Self> {
        let mut zip = ZipWriter::new(file);
        for (name, text) in PARTS {
            part(&mut zip, name)?;
            zip.write_all(text.as_bytes())?;
        }
        part(&mut zip, "xl/worksheets/sheet1.xml")?;
        write!(zip, r#"{HEAD}<worksheet xmlns="{MAIN}"><sheetData>"#)?;
        Ok(Self { zip, texts: HashMap::new(), in_order: Vec::new(), uses: 0, row: 0, line: String::new() })
    }

    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        self.row += 1;
        let row = self.row;
        self.line.clear();
        let _ = write!(self.line, r#"<row r="{row}" spans="1:{}">"#, cells.len());
        for (column, cell) in (b'A'..).map(char::from).zip(cells) {
            let _ = match cell {
                Cell::Empty => Ok(()),
                Cell::Text(text) => {
                    let id = self.text(text);
                    write!(self.line, r#"<c r="{column}{row}" t="s"><v>{id}</v></c>"#)
                }
                Cell::Number(number) => write!(self.line, r#"<c r="{column}{row}"><v>{number}</v></c>"#),
                Cell::Day(day) => {
                    let serial = (*day - NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day")).num_days();
                    write!(self.line, r#"<c r="{column}{row}" s="1"><v>{serial}</v></c>"#)
                }
            };
        }
        self.line.push_str("</row>");
        self.zip.write_all(self.line.as_bytes())
    }

    fn text(&mut self, text: &str) -> usize {
        self.uses += 1;
        if let Some(id) = self.texts.get(text) {
            return *id;
        }
        self.texts.insert(text.to_owned(), self.in_order.len());
        self.in_order.push(text.to_owned());
        self.in_order.len() - 1
    }

    fn finish(mut self) -> io::Result<()> {
        self.zip.write_all(b"</sheetData></worksheet>")?;
        part(&mut self.zip, "xl/sharedStrings.xml")?;
        let (uses, count) = (self.uses, self.in_order.len());
        write!(self.zip, r#"{HEAD}<sst xmlns="{MAIN}" count="{uses}" uniqueCount="{count}">"#)?;
        for text in &self.in_order {
            let space = if text.trim() == text { "" } else { r#" xml:space="preserve""# };
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            write!(self.zip, "<si><t{space}>{text}</t></si>")?;
        }
        self.zip.write_all(b"</sst>")?;
        self.zip.finish()?.flush()
    }
}

fn part(zip: &mut ZipWriter<BufWriter<File>>, name: &str) -> io::Result<()> {
    zip.start_file(name, SimpleFileOptions::default().large_file(true).compression_level(Some(6)))
        .map_err(io::Error::other)
}
