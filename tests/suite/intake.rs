//! Reading a folder of spreadsheets.

pub(crate) mod files;

use std::sync::Mutex;

use chrono::NaiveDate;
use files::{archive, codes, compound, edited, folder, ods, only_file, read, refusal, shown, text, xls};
use rspkpi::findings::{Code, Finding, Severity};
use rspkpi::intake::{Cell, IntakeError, Limits, read_folder};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

fn xlsx(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet().set_name("Log").unwrap());
    workbook.save_to_buffer().unwrap()
}

fn day(year: i32, month: u32, day: u32) -> Cell {
    Cell::Date(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

fn utf_16(text: &str, bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn cells_of_an_excel_workbook_keep_their_types() {
    let bytes = xlsx(|sheet| {
        let date = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        let span = Format::new().set_num_format("[h]:mm");
        let moment = ExcelDateTime::from_ymd(2025, 5, 14).unwrap().and_hms(9, 30, 0).unwrap();
        sheet.write(0, 0, " \u{a0}Seoul ").unwrap();
        sheet.write(0, 1, 12.5).unwrap();
        sheet.write_with_format(0, 2, &moment, &date).unwrap();
        sheet.write(0, 3, true).unwrap();
        sheet.write_with_format(0, 4, 0.25, &date).unwrap();
        sheet.write_with_format(0, 5, 1.5, &span).unwrap();
        sheet.write(0, 6, "   ").unwrap();
    });
    let file = only_file("log.xlsx", &bytes);
    let sheet = &file.sheets[0];
    assert_eq!((sheet.name.as_str(), sheet.hidden), ("Log", false));
    assert_eq!(text(sheet, 0, 0), Some("Seoul"));
    let rest: Vec<Cell> = (1..7).map(|column| sheet.cell(0, column)).collect();
    let expected =
        [Cell::Number(12.5), day(2025, 5, 14), Cell::Bool(true), Cell::Number(0.25), Cell::Number(1.5), Cell::Empty];
    assert_eq!(rest, expected);
}

#[test]
fn dates_of_both_excel_calendars_are_the_same_days() {
    let bytes = xlsx(|sheet| {
        let date = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_with_format(0, 0, 45_791, &date).unwrap();
    });
    assert_eq!(only_file("log.xlsx", &bytes).sheets[0].cell(0, 0), day(2025, 5, 14));
    let of_1904 = edited(&bytes, "xl/workbook.xml", |text| text.replace("<workbookPr", "<workbookPr date1904=\"1\""));
    assert_eq!(only_file("log.xlsx", &of_1904).sheets[0].cell(0, 0), day(2029, 5, 15));
}

#[test]
fn a_formula_that_was_never_calculated_is_not_an_empty_cell() {
    let bytes = xlsx(|sheet| {
        sheet.write_formula(0, 0, "=1+1").unwrap();
        sheet.write_formula(0, 1, rust_xlsxwriter::Formula::new("=1+2").set_result("3")).unwrap();
    });
    let bytes = edited(&bytes, "xl/worksheets/sheet1.xml", |text| text.replace("<v>0</v>", ""));
    let file = only_file("log.xlsx", &bytes);
    assert_eq!(file.sheets[0].cell(0, 0), Cell::NoValue);
    assert_eq!(file.sheets[0].cell(0, 1), Cell::Number(3.0));
}

#[test]
fn error_cells_keep_their_text() {
    let bytes = xlsx(|sheet| {
        sheet.write_formula(0, 0, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).unwrap();
    });
    let file = only_file("log.xlsx", &bytes);
    assert!(matches!(file.sheets[0].cell(0, 0), Cell::Error(_)));
    assert_eq!(shown(&file.sheets[0]), [(1, vec!["#N/A".to_owned()])]);
}

#[test]
fn error_values_that_no_list_knows_keep_their_text() {
    let mut workbook = Workbook::new();
    let formula = |result: &str| rust_xlsxwriter::Formula::new("=A9").set_result(result);
    let sheet = workbook.add_worksheet().set_name("Log & more").unwrap();
    sheet.write(0, 0, "first").unwrap();
    sheet.write_formula(1, 1, formula("#N/A")).unwrap();
    sheet.write_formula(2, 0, formula("#NULL!")).unwrap();
    sheet.write_blank(3, 0, &Format::new().set_bold()).unwrap();
    sheet.write(3, 1, "#NULL!").unwrap();
    sheet.write_formula(4, 2, formula("#NULL!")).unwrap();
    sheet.write(5, 0, "last").unwrap();
    workbook.add_worksheet().set_name("Other").unwrap().write(0, 0, "kept").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let bytes = edited(&bytes, "xl/worksheets/sheet1.xml", |text| {
        text.replacen("<v>#NULL!</v>", "<v>#GETTING_DATA</v>", 1).replace("<v>#NULL!</v>", "<v> #SPILL! </v>")
    });
    let file = only_file("log.xlsx", &bytes);
    let [sheet, other] = &file.sheets[..] else { panic!("two sheets") };
    let error = |row, column| match sheet.cell(row, column) {
        Cell::Error(id) => sheet.text(id).to_owned(),
        cell => format!("{cell:?}"),
    };
    assert_eq!([error(1, 1), error(2, 0), error(4, 2)], ["#N/A", "#GETTING_DATA", "#SPILL!"]);
    assert_eq!(
        [text(sheet, 0, 0), text(sheet, 3, 1), text(sheet, 5, 0)],
        [Some("first"), Some("#NULL!"), Some("last")]
    );
    assert_eq!(text(other, 0, 0), Some("kept"));
}

#[test]
fn a_sheet_that_cannot_be_read_costs_none_of_the_others() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Bad").unwrap().write(0, 0, 1).unwrap();
    workbook.add_worksheet().set_name("Good").unwrap().write(0, 0, "kept").unwrap();
    let bytes = edited(&workbook.save_to_buffer().unwrap(), "xl/worksheets/sheet1.xml", |text| {
        text.replace("<v>1</v>", "<w>1</w>")
    });
    let folder = folder(&[("log.xlsx", &bytes)]);
    let (files, findings) = read(folder.path());
    assert_eq!(files[0].sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Good"]);
    assert_eq!(codes(&findings), [(Code::SheetUnreadable, "log.xlsx")]);
    assert_eq!(findings[0].origin.sheet, "Bad");
}

#[test]
fn two_cells_far_apart_cost_nothing() {
    let bytes = xlsx(|sheet| {
        sheet.write(0, 0, "first").unwrap();
        sheet.write(1_048_575, 16_383, "last").unwrap();
    });
    let file = only_file("log.xlsx", &bytes);
    let sheet = &file.sheets[0];
    assert_eq!(sheet.rows, [1, 1_048_576]);
    assert_eq!(sheet.address(1, 16_383), "XFD1048576");
    assert_eq!(text(sheet, 1, 16_383), Some("last"));
    assert_eq!(sheet.cell(0, 500), Cell::Empty);
    assert_eq!(sheet.held(), 3);
}

#[test]
fn empty_rows_are_left_out_and_the_others_keep_their_numbers() {
    let bytes = xlsx(|sheet| {
        sheet.write(2, 1, "header").unwrap();
        sheet.write(5, 1, "row").unwrap();
        sheet.write_blank(4, 1, &Format::new().set_bold()).unwrap();
    });
    let file = only_file("log.xlsx", &bytes);
    assert_eq!(file.sheets[0].rows, [3, 6]);
}

#[test]
fn hidden_sheets_are_read_with_a_note_and_empty_ones_are_named() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Shown").unwrap().write(0, 0, 1).unwrap();
    workbook.add_worksheet().set_name("Hidden").unwrap().set_hidden(true).write(0, 0, 2).unwrap();
    workbook.add_worksheet().set_name("Nothing").unwrap();
    let folder = folder(&[("log.xlsx", &workbook.save_to_buffer().unwrap())]);
    let (files, findings) = read(folder.path());
    let sheets: Vec<(&str, bool)> = files[0].sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
    assert_eq!(sheets, [("Shown", false), ("Hidden", true)]);
    assert_eq!(codes(&findings), [(Code::SheetHidden, "log.xlsx"), (Code::SheetEmpty, "log.xlsx")]);
}

/// The only finding about a file, of which the first sheet has this many rows.
fn note_of_hidden_rows(name: &str, content: &[u8], rows: usize) -> Finding {
    let folder = folder(&[(name, content)]);
    let (files, mut findings) = read(folder.path());
    assert_eq!(files[0].sheets[0].rows.len(), rows);
    assert_eq!(codes(&findings), [(Code::RowsHidden, name)]);
    findings.remove(0)
}

#[test]
fn hidden_and_filtered_rows_are_read_with_a_note() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Cover").unwrap().write(0, 0, "x").unwrap();
    let sheet = workbook.add_worksheet().set_name("Log & more").unwrap();
    for row in 0..9 {
        sheet.write(row, 0, row).unwrap();
    }
    sheet.set_column_hidden(0).unwrap();
    for row in [2, 3, 6, 20] {
        sheet.set_row_hidden(row).unwrap();
    }
    let hidden = workbook.save_to_buffer().unwrap();
    let folder = folder(&[("log.xlsx", &hidden)]);
    let (files, findings) = read(folder.path());
    assert_eq!(files[0].sheets[1].rows.len(), 9);
    assert_eq!(codes(&findings), [(Code::RowsHidden, "log.xlsx")]);
    let origin = &findings[0].origin;
    assert_eq!((origin.sheet.as_str(), origin.cell.as_str()), ("Log & more", "rows 3-4, 7"));
    assert_eq!((findings[0].value.as_str(), findings[0].severity()), ("3", Severity::Note));
    assert_eq!(findings[0].message, "3 rows are hidden; they were read like the others.");

    let filtered = xlsx(|sheet| {
        sheet.write_column(0, 0, ["Status", "done", "open", "done"]).unwrap();
        sheet.autofilter(0, 0, 3, 0).unwrap();
        sheet.filter_column(0, &rust_xlsxwriter::FilterCondition::new().add_list_filter("done")).unwrap();
    });
    let finding = note_of_hidden_rows("log.xlsx", &filtered, 4);
    assert_eq!(finding.origin.cell, "row 3");
    assert_eq!(finding.message, "1 row is hidden by a filter; it was read like the others.");
}

#[test]
fn hidden_rows_of_open_document_and_old_workbooks_are_read_with_a_note() {
    let row = |attributes: &str| {
        format!(
            r#"<table:table-row {attributes}><table:table-cell office:value-type="float" office:value="1"/></table:table-row>"#
        )
    };
    let rows = [
        row(""),
        row(r#"table:visibility="collapse" table:number-rows-repeated="3""#),
        row(r#"table:visibility="visible""#),
        row(r#"table:visibility="filter""#),
        r#"<table:table-row table:visibility="collapse" table:number-rows-repeated="1048570"/>"#.to_owned(),
    ];
    let table = format!(r#"<table:table table:name="Log">{}</table:table>"#, rows.concat());
    let finding = note_of_hidden_rows("log.ods", &ods("", &table), 6);
    assert_eq!(finding.origin.cell, "rows 2-4, 6");
    assert_eq!(finding.message, "4 rows are hidden by a filter; they were read like the others.");

    let bytes = xls(&[(0, 0, 1.0), (1, 0, 2.0), (2, 0, 3.0)]);
    let mut stream = bytes[1536..].to_vec();
    let cell = stream.windows(4).position(|four| four == [0x03, 0x02, 14, 0]).unwrap();
    let row = |number: u8, flags: u8| [8, 2, 16, 0, number, 0, 0, 0, 1, 0, 255, 0, 0, 0, 0, 0, flags, 1, 15, 0];
    stream.splice(cell..cell, [row(0, 0), row(1, 0x20), row(2, 0x60)].concat());
    let finding = note_of_hidden_rows("log.xls", &compound(&stream), 3);
    assert_eq!((finding.origin.sheet.as_str(), finding.origin.cell.as_str()), ("Log", "rows 2-3"));
}

#[test]
fn open_document_cells_keep_their_types_and_repeated_ones_their_places() {
    let table = r#"<table:table table:name="Log" table:style-name="ta2">
        <table:table-row table:number-rows-repeated="2">
            <table:table-cell office:value-type="string"><text:p>Fiji &amp; Tonga</text:p><text:p>two<text:s text:c="2"/>lines</text:p>
                <office:annotation><text:p>comment</text:p></office:annotation></table:table-cell>
            <table:table-cell table:number-columns-repeated="3"/>
            <table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1.5"><text:p>1.50</text:p></table:table-cell>
        </table:table-row>
        <table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row>
            <table:table-cell office:value-type="date" office:date-value="2025-05-14T09:30:00"/>
            <table:table-cell office:value-type="boolean" office:boolean-value="true"/>
            <table:table-cell office:value-type="time" office:time-value="PT12H00M00S"/>
            <table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
            <table:table-cell table:formula="of:=1+1"/>
        </table:table-row></table:table>"#;
    let styles = r#"<office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles>"#;
    let folder = folder(&[("log.ods", &ods(styles, table))]);
    let (files, findings) = read(folder.path());
    assert_eq!(codes(&findings), [(Code::SheetHidden, "log.ods")]);
    let sheet = &files[0].sheets[0];
    assert_eq!(sheet.rows, [1, 2, 1_000_003]);
    assert_eq!(text(sheet, 0, 0), Some("Fiji & Tonga\ntwo  lines"));
    assert_eq!(text(sheet, 1, 0), text(sheet, 0, 0));
    assert_eq!(
        [sheet.cell(1, 3), sheet.cell(1, 4), sheet.cell(1, 5)],
        [Cell::Empty, Cell::Number(1.5), Cell::Number(1.5)]
    );
    assert_eq!(
        [sheet.cell(2, 0), sheet.cell(2, 1), sheet.cell(2, 2)],
        [day(2025, 5, 14), Cell::Bool(true), Cell::Number(0.5)]
    );
    assert!(matches!(sheet.cell(2, 3), Cell::Error(id) if sheet.text(id) == "#DIV/0!"));
    assert_eq!(sheet.cell(2, 4), Cell::NoValue);
}

#[test]
fn an_open_document_file_of_endless_repeats_is_refused() {
    let row = r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="9000" office:value-type="float" office:value="1"/></table:table-row>"#;
    let folder = folder(&[("log.ods", &ods("", &format!(r#"<table:table table:name="Log">{row}</table:table>"#)))]);
    let limits = Limits { cells: 100_000, ..Limits::default() };
    let (files, findings) = read_folder(folder.path(), &limits, &|_, _, _| {}).unwrap();
    assert!(files[0].sheets.is_empty());
    assert_eq!(codes(&findings), [(Code::FileTooLarge, "log.ods")]);
    assert_eq!(findings[0].origin.sheet, "Log");
}

#[test]
fn an_old_workbook_is_read() {
    let file = only_file("log.xls", &xls(&[(0, 0, 1.5), (4, 2, 7.0)]));
    let sheet = &file.sheets[0];
    assert_eq!((sheet.name.as_str(), &sheet.rows[..]), ("Log", &[1, 5][..]));
    assert_eq!([sheet.cell(0, 0), sheet.cell(1, 2)], [Cell::Number(1.5), Cell::Number(7.0)]);
}

#[test]
fn an_old_workbook_whose_sectors_run_in_a_circle_is_refused() {
    let mut bytes = xls(&[(0, 0, 1.0)]);
    // The directory's only sector is said to be followed by itself.
    bytes[1024..1028].copy_from_slice(&[0, 0, 0, 0]);
    let finding = refusal("log.xls", &bytes);
    assert_eq!((finding.code, finding.value.as_str()), (Code::FileUnreadable, "a chain of sectors runs in a circle"));
}

#[test]
fn an_old_workbook_that_states_an_impossible_size_is_refused() {
    let size: Vec<u8> =
        [&0x0200_u16.to_le_bytes()[..], &14_u16.to_le_bytes(), &[50, 0, 0, 0, 3, 0, 0, 0, 0, 0, 200, 0, 0, 0]].concat();
    let bytes = xls(&[(0, 0, 1.0)]);
    let mut stream = bytes[1536..].to_vec();
    let cell = stream.windows(4).position(|four| four == [0x03, 0x02, 14, 0]).unwrap();
    stream.splice(cell..cell, size);
    assert_eq!(refusal("log.xls", &compound(&stream)).code, Code::FileUnreadable);
}

#[test]
fn a_protected_workbook_is_refused_with_the_way_to_remove_the_password() {
    let stream: Vec<u8> = [&0x002F_u16.to_le_bytes()[..], &2_u16.to_le_bytes(), &[1, 0]].concat();
    let finding = refusal("log.xls", &compound(&stream));
    assert_eq!(finding.code, Code::FileUnreadable);
    assert!(finding.message.contains("password") && finding.help.contains("remove the password"), "{finding:?}");
}

#[test]
fn a_workbook_that_unpacks_to_far_more_than_its_size_is_refused() {
    let sheet = format!(
        "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>{}</t></is></c></row></sheetData></worksheet>",
        " ".repeat(9_000_000)
    );
    let bytes = edited(&xlsx(|_| {}), "xl/worksheets/sheet1.xml", |_| sheet.clone());
    assert_eq!(refusal("log.xlsx", &bytes).code, Code::FileTooLarge);
    let limits = Limits { unpacked_bytes: 1000, ..Limits::default() };
    let folder = folder(&[(
        "log.xlsx",
        &xlsx(|sheet| {
            sheet.write(0, 0, "x").unwrap();
        }),
    )]);
    let (files, findings) = read_folder(folder.path(), &limits, &|_, _, _| {}).unwrap();
    assert!(files.is_empty());
    assert_eq!(codes(&findings), [(Code::FileTooLarge, "log.xlsx")]);
}

#[test]
fn a_list_that_claims_to_be_endless_is_refused() {
    let bytes = xlsx(|sheet| {
        sheet.write(0, 0, "x").unwrap();
    });
    let bytes = edited(&bytes, "xl/sharedStrings.xml", |text| {
        text.replace("uniqueCount=\"1\"", "uniqueCount=\"900000000000\"")
    });
    assert_eq!(refusal("log.xlsx", &bytes).code, Code::FileUnreadable);
}

#[test]
fn a_workbook_cut_off_in_the_middle_is_refused_and_the_next_file_is_read() {
    let whole = xlsx(|sheet| {
        sheet.write(0, 0, "x").unwrap();
    });
    let folder = folder(&[("a.xlsx", &whole[..whole.len() / 2]), ("b.csv", b"a,b\n")]);
    let (files, findings) = read(folder.path());
    assert_eq!(codes(&findings), [(Code::FileUnreadable, "a.xlsx")]);
    assert_eq!(files[0].path, "b.csv");
}

#[test]
fn content_decides_and_not_the_ending() {
    let workbook = xlsx(|sheet| {
        sheet.write(0, 0, "x").unwrap();
    });
    assert_eq!(only_file("export.csv", &workbook).sheets[0].name, "Log");
    let text_file = only_file("export.xls", b"id;title\n1;One\n");
    assert_eq!(text(&text_file.sheets[0], 1, 1), Some("One"));
    let page = refusal("export.xls", b"<html><table></table></html>");
    assert_eq!(page.code, Code::FileUnreadable);
    assert!(page.message.contains("web page"), "{}", page.message);
}

#[test]
fn csv_is_read_in_each_usual_encoding() {
    let content = "Mitglied;Ort\nVi\u{ea}t;S\u{e9}oul\n";
    let with_mark = format!("\u{feff}{content}");
    let encodings: [&[u8]; 6] = [
        content.as_bytes(),
        with_mark.as_bytes(),
        &utf_16(&with_mark, u16::to_le_bytes),
        &utf_16(&with_mark, u16::to_be_bytes),
        &utf_16(content, u16::to_le_bytes),
        b"Mitglied;Ort\nVi\xeat;S\xe9oul\n",
    ];
    for bytes in encodings {
        let file = only_file("list.csv", bytes);
        assert_eq!(shown(&file.sheets[0])[0].1, ["Mitglied", "Ort"]);
        assert_eq!(shown(&file.sheets[0])[1].1, ["Vi\u{ea}t", "S\u{e9}oul"]);
    }
}

#[test]
fn csv_is_parted_at_the_delimiter_that_falls_evenly() {
    for content in ["a,b,c\n1,\"x;y;z\",3\n", "a;b;c\n1;x, y, z;3,5\n", "a\tb\tc\n1\tx, y; z\t3\n"] {
        let file = only_file("list.csv", content.as_bytes());
        assert_eq!(file.sheets[0].width(), 3, "{content}");
    }
}

#[test]
fn csv_rows_have_the_numbers_that_excel_shows() {
    let lines = ["Title,Place", "\"two", "lines\",Suva", "", "", "after,blanks", " , ", "last,row"];
    for end in ["\n", "\r\n", "\r"] {
        let file = only_file("list.csv", lines.join(end).as_bytes());
        let sheet = &file.sheets[0];
        assert_eq!(sheet.rows, [1, 2, 5, 7], "{end:?}");
        assert_eq!(text(sheet, 1, 0), Some(format!("two{end}lines").as_str()));
        assert_eq!(text(sheet, 3, 1), Some("row"));
    }
    let led_by_blanks = only_file("list.csv", b"\r\n\r\na,b\r\n");
    assert_eq!(led_by_blanks.sheets[0].rows, [3]);
}

#[test]
fn a_first_line_that_names_the_delimiter_is_no_row() {
    let file = only_file("list.csv", b"sep=;\r\na,1;b\r\n\r\nc;d\r\n");
    assert_eq!(
        shown(&file.sheets[0]),
        [(1, vec!["a,1".to_owned(), "b".to_owned()]), (3, vec!["c".to_owned(), "d".to_owned()])]
    );
}

#[test]
fn csv_values_are_text_and_empty_ones_are_empty() {
    let file = only_file("list.csv", b"id,count,when\n7,,2025-05-14\n");
    let sheet = &file.sheets[0];
    assert_eq!((text(sheet, 1, 0), sheet.cell(1, 1), text(sheet, 1, 2)), (Some("7"), Cell::Empty, Some("2025-05-14")));
    assert_eq!(sheet.name, "");
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_found() {
    let content = format!("a,b\n1,\"open\n{}", "x,y\n".repeat(20_000));
    let finding = refusal("list.csv", content.as_bytes());
    assert_eq!(finding.code, Code::FileTooLarge);
    assert!(finding.message.contains("B2") && finding.help.contains("quotation mark"), "{finding:?}");
}

#[test]
fn a_file_with_the_content_of_another_is_read_once() {
    let folder = folder(&[("2025/b.csv", b"a,b\n"), ("2025/a.csv", b"a,b\n"), ("c.csv", b"other,content\n")]);
    let (files, findings) = read(folder.path());
    assert_eq!(files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["2025/a.csv", "c.csv"]);
    assert_eq!(codes(&findings), [(Code::FileTwice, "2025/b.csv")]);
    assert!(findings[0].message.contains("2025/a.csv"), "{}", findings[0].message);
    assert_eq!(files[0].sha256, "5be08c9684a1d25efcee09318204824278b08bbfb4aef973ffefd0b9d7478313");
}

#[test]
fn files_that_are_no_spreadsheets_are_left_aside_with_a_note_and_readmes_without() {
    let document =
        archive(&[("[Content_Types].xml", "wordprocessingml.document.main+xml"), ("word/document.xml", "<w/>")]);
    let folder = folder(&[
        ("README.md", b"# Read, me\n"),
        ("~$log.xlsx", b"lock"),
        (".hidden", b"a,b\n"),
        ("Thumbs.db", b"x"),
        ("desktop.ini", b"x"),
        ("notes.md", b"a,b\nc,d\n"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0"),
        ("poster.pdf", b"%PDF-1.7\na,b\nc,d\n"),
        ("report.docx", &document),
    ]);
    let (files, findings) = read(folder.path());
    assert!(files.is_empty());
    let left =
        [".hidden", "Thumbs.db", "desktop.ini", "notes.md", "picture.png", "poster.pdf", "report.docx", "~$log.xlsx"];
    assert_eq!(codes(&findings), left.map(|file| (Code::FileSkipped, file)));
}

#[test]
fn files_and_findings_come_in_the_order_of_their_paths() {
    let names = ["b.csv", "a/z.csv", "A.csv", "a.csv", "\u{e9}.csv"];
    let contents: Vec<String> = names.iter().map(|name| format!("{name},x\n")).collect();
    let given: Vec<(&str, &[u8])> =
        names.iter().zip(&contents).map(|(name, content)| (*name, content.as_bytes())).collect();
    let folder = folder(&given);
    let calls = Mutex::new(Vec::new());
    let note = |done, total, name: &str| calls.lock().unwrap().push((done, total, name.to_owned()));
    let (files, _) = read_folder(folder.path(), &Limits::default(), &note).unwrap();
    assert_eq!(
        files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
        ["A.csv", "a.csv", "a/z.csv", "b.csv", "\u{e9}.csv"]
    );
    let mut done: Vec<usize> = calls.into_inner().unwrap().into_iter().map(|(done, _, _)| done).collect();
    done.sort_unstable();
    assert_eq!(done, [1, 2, 3, 4, 5]);
}

#[test]
fn a_file_or_sheet_beyond_the_limits_is_refused() {
    let folder = folder(&[("long.csv", b"a,b\nc,d\ne,f\n"), ("wide.csv", b"a,b,c,d\n")]);
    let within = |limits: &Limits| {
        read_folder(folder.path(), limits, &|_, _, _| {}).unwrap().0.iter().map(|file| file.sheets.len()).sum::<usize>()
    };
    assert_eq!(within(&Limits::default()), 2);
    assert_eq!(within(&Limits { rows: 2, ..Limits::default() }), 1);
    assert_eq!(within(&Limits { columns: 3, ..Limits::default() }), 1);
    assert_eq!(within(&Limits { cells: 4, ..Limits::default() }), 1);
    assert_eq!(within(&Limits { file_bytes: 10, ..Limits::default() }), 1);
}

#[test]
fn a_missing_folder_is_an_error_in_plain_words() {
    let folder = folder(&[("file.csv", b"a,b\n")]);
    let missing = read_folder(&folder.path().join("nowhere"), &Limits::default(), &|_, _, _| {});
    assert!(matches!(&missing, Err(IntakeError::NoFolder(_))));
    assert!(missing.err().unwrap().to_string().contains("does not exist; create it"));
    let file = read_folder(&folder.path().join("file.csv"), &Limits::default(), &|_, _, _| {});
    assert!(matches!(file, Err(IntakeError::NotAFolder(_))));
}

#[test]
fn limits_are_read_from_configuration_with_the_defaults_for_the_rest() {
    let limits: Limits = toml::from_str("file-bytes = 5\n").unwrap();
    assert_eq!(limits, Limits { file_bytes: 5, ..Limits::default() });
    assert!(toml::from_str::<Limits>("file-size = 5\n").is_err());
}
