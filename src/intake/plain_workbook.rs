//! Workbooks in XML as Excel and most programs write them, read in one pass: while one thread unpacks a sheet, the
//! other reads its cells. A workbook with anything else in it is left to `workbook`, which has calamine read it after
//! a check of its own.

use std::collections::HashMap;
use std::sync::Arc;

use super::archive::{self, Archive};
use super::cell_elements::{CellElements, Common};
use super::hidden_rows::HiddenRows;
use super::limits::Limits;
use super::rows::Rows;
use super::sheet::Sheet;
use super::skeleton::{Skeleton, only};
use super::streaming::read_part;
use super::string_items::SharedTexts;
use super::text_list::Listed;
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
    let mut common = Common { texts: Arc::default(), formats: skeleton.formats, is_1904: skeleton.is_1904 };
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

fn shared(archive: &Archive<'_>, index: usize, limits: &Limits, allowance: &mut u64) -> Option<Arc<Listed>> {
    let mut texts = SharedTexts::new(limits);
    let unpacked = read_part(archive, index, *allowance, &mut |piece| {
        let done = texts.scan(piece)?;
        if texts.listed.texts.len() > TEXTS { Err(Stop::Odd) } else { Ok(done) }
    })?;
    *allowance -= unpacked.size;
    let is_read = texts.is_whole(unpacked.size) && unpacked.is_modest(limits);
    texts.listed.texts.shrink();
    is_read.then(|| Arc::new(texts.listed))
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
    rows.list(&common.texts);
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

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use proptest::prelude::*;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::intake::sheet::Cell;
    use crate::intake::workbook::read_xlsx;

    const TEXTS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><sst uniqueCount="5"><si><t>plain</t></si>
        <si><t xml:space="preserve"> a &amp; b_x000D_ </t></si><si><r><rPr><b/></rPr><t>rich </t></r><r><t> text</t></r>
        <rPh sb="0" eb="1"><t>aid</t></rPh><phoneticPr fontId="1"/></si><si/><si><t>  </t></si></sst>"#;
    const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[h]:mm"/></numFmts><cellXfs>
        <xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>"#;

    /// A workbook of one sheet.
    fn workbook(sheet: &str, texts: &str, properties: &str) -> Vec<u8> {
        let book =
            format!(r#"<workbook xmlns:r="r">{properties}<sheets><sheet name="Log" r:id="a"/></sheets></workbook>"#);
        let parts = [
            ("[Content_Types].xml", "<Types>spreadsheetml.sheet.main+xml</Types>"),
            (
                "_rels/.rels",
                r#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
            ),
            (
                "xl/_rels/workbook.xml.rels",
                r#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
            ),
            ("xl/workbook.xml", &book),
            ("xl/styles.xml", STYLES),
            ("xl/sharedStrings.xml", texts),
            ("xl/worksheets/sheet1.xml", sheet),
        ];
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(name, SimpleFileOptions::default()).expect("a part");
            zip.write_all(text.as_bytes()).expect("memory");
        }
        zip.finish().expect("memory").into_inner()
    }

    /// A sheet as people see it: address and content of each filled cell, or the trouble; and the hidden rows.
    fn shown(sheets: &[ReadSheet]) -> Vec<String> {
        let mut lines = Vec::new();
        for ReadSheet { name, outcome, hidden_rows } in sheets {
            lines.push(format!("{name} {hidden_rows:?}"));
            match outcome {
                Err(trouble) => lines.push(format!("{trouble:?}")),
                Ok(sheet) => lines.extend((0..sheet.rows.len()).flat_map(|row| {
                    let cells = (0..sheet.width()).map(move |column| (column, sheet.cell(row, column)));
                    cells.map(move |(column, cell)| {
                        // The number of a text is of no matter.
                        let kind = match cell {
                            Cell::Text(_) => "text".to_owned(),
                            Cell::Error(_) => "error".to_owned(),
                            other => format!("{other:?}"),
                        };
                        format!("{} {kind} {}", sheet.address(row, column), sheet.shown(cell))
                    })
                })),
            }
        }
        lines
    }

    /// What this reader and calamine see in a workbook; of this reader none where it leaves the workbook to calamine.
    fn both(bytes: &[u8]) -> (Option<Vec<String>>, Vec<String>) {
        let limits = Limits::default();
        let open = || archive::open(bytes, &limits).expect("an archive");
        let other = read_xlsx(bytes, open(), &limits).unwrap_or_else(|trouble| panic!("{trouble:?}"));
        (read(&mut open(), &limits).map(|sheets| shown(&sheets)), shown(&other))
    }

    fn sheet_of(rows: &str) -> String {
        format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet><dimension ref="A1:C9"/><sheetData>{rows}</sheetData><autoFilter ref="A1"><filterColumn colId="0"/></autoFilter></worksheet>"#
        )
    }

    #[test]
    fn what_programs_write_is_read_as_calamine_reads_it() {
        let rows = [
            r#"<row r="1" spans="1:3" x14ac:dyDescent="0.2"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c><c r="D1" t="s"><v>2</v></c><c r="E1" t="s"><v>3</v></c><c r="F1" t="s"><v>4</v></c></row>"#,
            r#"<row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="B2"><v>-1.5E-3</v></c><c r="C2"><v>0.1</v></c><c r="D2"><v>12345678901234567890</v></c></row><row r="4" hidden="1"><c r="A4"><v>4</v></c></row>"#,
            r#"<row r="3"><c r="A3" s="1"><v>45000.75</v></c><c r="B3" s="2"><v>1.5</v></c><c r="C3" s="1"><v>0.5</v></c><c r="D3" s="9"><v>3</v></c><c r="E3" s="1"><v>60</v></c></row>"#,
            r#"<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="b"><v>0</v></c><c r="C3" t="e"><v>#N/A</v></c><c r="D3" t="e"><v>#SPILL!</v></c><c r="E3" t="e"><v>#BUSY! </v></c></row>"#,
            r#"<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c t="n"><v>4</v></c><c r="F3"/><c><v>5</v></c></row>"#,
            r#"<row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3"><f>A1&amp;"x"</f></c><c r="C3" t="str"><f t="shared" ref="C3:C4" si="0">x</f><v>a &lt;&#10;b</v></c><c r="D3"><f t="shared" si="0"/><v></v></c><c r="E3" t="str"><f>x</f><v/></c><c r="F3" t="str"><v>_x0041_</v></c></row>"#,
            "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>in\r\nline</t></is></c><c r=\"B3\" t=\"inlineStr\"><is><r><t xml:space=\"preserve\">a </t></r><r><rPr/><t>b</t></r></is></c><c r=\"C3\" t=\"inlineStr\"><is/></c><c r=\"D3\" t=\"d\"><v>2025-07-14T09:30:00</v></c><c r=\"E3\" t=\"d\"><v>soon</v></c></row>",
            "\n <row r='3' >\n <c r='A3' >\n <v>7</v>\n </c>\n </row>\n ",
            r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
            r#"<row r="5"><c r="A5"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>"#,
            "",
        ];
        for rows in rows {
            for properties in ["", r#"<workbookPr date1904="1"/>"#] {
                let (plain, calamine) = both(&workbook(&sheet_of(rows), TEXTS, properties));
                assert_eq!(plain, Some(calamine), "{rows}");
            }
        }
        let (plain, calamine) = both(&workbook("\u{feff}<worksheet><sheetData/></worksheet>", TEXTS, ""));
        assert_eq!(plain, Some(calamine));
    }

    #[test]
    fn what_is_not_surely_known_is_left_to_calamine() {
        let rows = [
            r#"<row r="1"><c r="A1"><v>1</v><!-- --></c></row>"#,
            "<!-- --><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
            r#"<row r="1"><c r="A1" t="str"><v><![CDATA[1]]></v></c></row>"#,
            r#"<row r="1"><c r="A2"><v>1</v></c></row>"#,
            r#"<row r="1"><c r="a1"><v>1</v></c></row>"#,
            r#"<row r="1"><c r="A1"><v> 1</v></c></row>"#,
            r#"<row r="1"><c r="A1"><v>1 000</v></c></row>"#,
            r#"<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>"#,
            r#"<row r="1"><c r="A1" t="b"><v>true</v></c></row>"#,
            r#"<row r="1"><c r="A1" t="inlineStr"><v>1</v></c></row>"#,
            r#"<row r="1"><c r="A1" t="inlineStr"><is><t>a<!-- -->b</t></is></c></row>"#,
            r#"<row r="1"><c r="A1"><v>1</v></c>text</row>"#,
            r#"<row r="1" r="2"><c><v>1</v></c></row>"#,
        ];
        for rows in rows {
            let bytes = workbook(&sheet_of(rows), TEXTS, "");
            let limits = Limits::default();
            assert!(read(&mut archive::open(&bytes, &limits).expect("an archive"), &limits).is_none(), "{rows}");
        }
        let one = sheet_of(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#);
        let prefixed = r#"<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"#;
        let declared = one.replace("UTF-8", "windows-1252");
        let cut = one.replace("</sheetData>", "").replace("</worksheet>", "");
        let damaged = [
            (prefixed, TEXTS),
            (&declared, TEXTS),
            (&cut, TEXTS),
            (&one, "<sst><si><t>a&nbsp;</t></si></sst>"),
            (&one, "<sst>"),
            (&one, "<!DOCTYPE a><sst/>"),
        ];
        for (sheet, texts) in damaged {
            let bytes = workbook(sheet, texts, "");
            let limits = Limits::default();
            assert!(
                read(&mut archive::open(&bytes, &limits).expect("an archive"), &limits).is_none(),
                "{sheet} {texts}"
            );
        }
    }

    /// A cell of any kind with text that XML has to escape.
    fn cell() -> impl Strategy<Value = String> {
        let text =
            "[ a&<>\"'_x0-9\u{e9}\u{3000}\r\n]{0,12}".prop_map(|text| text.replace('&', "&amp;").replace('<', "&lt;"));
        prop_oneof![
            text.clone().prop_map(|text| format!(r#"<c t="str"><f>x</f><v>{text}</v></c>"#)),
            (text, any::<bool>()).prop_map(|(text, keeps)| {
                let space = if keeps { r#" xml:space="preserve""# } else { "" };
                format!(r#"<c t="inlineStr"><is><t{space}>{text}</t></is></c>"#)
            }),
            any::<f64>()
                .prop_filter("Excel has no others", |number| number.is_finite())
                .prop_map(|number| format!(r#"<c s="1"><v>{number:e}</v></c>"#)),
            (0_u32..70_000, 0..4).prop_map(|(number, style)| format!(r#"<c s="{style}"><v>{number}.25</v></c>"#)),
            (0..5).prop_map(|id| format!(r#"<c t="s"><v>{id}</v></c>"#)),
            (0..70_000).prop_map(|number| format!(r#"<c s="1"><v>{number}</v></c>"#)),
            Just(r#"<c s="2"/>"#.to_owned()),
            Just("<c/>".to_owned()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_cells_are_read_as_calamine_reads_them(
            rows in prop::collection::vec((prop::collection::vec(cell(), 0..6), 1..4_u32), 0..12),
            is_addressed: bool,
        ) {
            let mut last = 0;
            let row = |(cells, step): &(Vec<String>, u32)| {
                last += step;
                let addressed = |(letter, cell): (char, &String)| cell.replacen("<c", &format!("<c r=\"{letter}{last}\""), 1);
                if is_addressed {
                    let cells: String = ('A'..).zip(cells).map(addressed).collect();
                    format!("<row r=\"{last}\" spans=\"1:6\">{cells}</row>")
                } else {
                    format!("<row>{}</row>", cells.concat())
                }
            };
            let rows: String = rows.iter().map(row).collect();
            let (plain, calamine) = both(&workbook(&sheet_of(&rows), TEXTS, ""));
            prop_assert_eq!(plain, Some(calamine));
        }
    }

    #[test]
    fn a_large_sheet_is_read_as_calamine_reads_it_wherever_its_pieces_part() {
        let row = |number: u32| {
            format!(
                r#"<row r="{number}"><c r="A{number}" t="s"><v>{}</v></c><c r="C{number}" s="1"><v>{number}</v></c><c r="D{number}" t="inlineStr"><is><t>{}</t></is></c></row>"#,
                number % 5,
                "x".repeat(number as usize % 97)
            )
        };
        let sheet = sheet_of(&(1..12_000).map(row).collect::<String>());
        assert!(sheet.len() > 1 << 20, "unpacked on a thread of its own");
        let (plain, calamine) = both(&workbook(&sheet, TEXTS, ""));
        assert!(plain.is_some_and(|plain| plain == calamine), "too long to be shown");
    }
}
