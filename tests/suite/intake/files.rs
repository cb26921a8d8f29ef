//! Files for the tests, made from bytes.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use rspkpi::findings::{Code, Finding};
use rspkpi::intake::{Cell, Limits, Sheet, SourceFile, read_folder};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (path, content) in files {
        let place = folder.path().join(path);
        fs::create_dir_all(place.parent().expect("a folder above the file")).expect("a folder");
        fs::write(place, content).expect("a file");
    }
    folder
}

/// Reads a folder within the usual limits.
pub(crate) fn read(folder: &Path) -> (Vec<SourceFile>, Vec<Finding>) {
    read_folder(folder, &Limits::default(), &|_, _, _| {}).expect("the folder can be listed")
}

/// Reads a single file, of which nothing may be left aside.
pub(crate) fn only_file(name: &str, content: &[u8]) -> SourceFile {
    let folder = folder(&[(name, content)]);
    let (mut files, findings) = read(folder.path());
    assert_eq!(findings, Vec::new());
    files.pop().expect("the file was read")
}

/// The findings about a single file, of which no sheet may be read.
pub(crate) fn refusal(name: &str, content: &[u8]) -> Finding {
    let folder = folder(&[(name, content)]);
    let (files, mut findings) = read(folder.path());
    assert_eq!(files.iter().map(|file| file.sheets.len()).sum::<usize>(), 0);
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings.remove(0)
}

/// The codes of findings with the files they are about.
pub(crate) fn codes(findings: &[Finding]) -> Vec<(Code, &str)> {
    findings.iter().map(|finding| (finding.code, finding.origin.file.as_str())).collect()
}

/// A sheet as rows of shown text, each led by its number.
pub(crate) fn shown(sheet: &Sheet) -> Vec<(u32, Vec<String>)> {
    let cells = |row| (0..sheet.width()).map(|column| sheet.shown(sheet.cell(row, column))).collect();
    sheet.rows.iter().enumerate().map(|(row, number)| (*number, cells(row))).collect()
}

/// Whether a cell is a text, and which.
pub(crate) fn text(sheet: &Sheet, row: usize, column: usize) -> Option<&str> {
    match sheet.cell(row, column) {
        Cell::Text(id) => Some(sheet.text(id)),
        _ => None,
    }
}

/// An archive of these parts.
pub(crate) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a new part");
        archive.write_all(content.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

/// An archive with one part changed.
pub(crate) fn edited(bytes: &[u8], part: &str, edit: impl Fn(&str) -> String) -> Vec<u8> {
    let mut source = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut parts = Vec::new();
    for index in 0..source.len() {
        let mut entry = source.by_index(index).expect("a part");
        let mut content = String::new();
        entry.read_to_string(&mut content).expect("text");
        let name = entry.name().expect("a name").into_owned();
        if name == part {
            let changed = edit(&content);
            assert_ne!(changed, content, "the edit of {part} changes nothing");
            content = changed;
        }
        parts.push((name, content));
    }
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
    archive(&parts)
}

/// An ods file with one table.
pub(crate) fn ods(styles: &str, table: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content>{styles}<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    let mimetype = "application/vnd.oasis.opendocument.spreadsheet";
    archive(&[("mimetype", mimetype), ("META-INF/manifest.xml", "<manifest:manifest/>"), ("content.xml", &content)])
}

/// A workbook of Excel 97 with one sheet of these numbers, each with its row and column.
pub(crate) fn xls(numbers: &[(u16, u16, f64)]) -> Vec<u8> {
    let begin = |kind: u16| record(0x0809, &[&0x0600_u16.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 12]].concat());
    let end = record(0x000A, &[]);
    let sheet_entry = |start: u32| record(0x0085, &[&start.to_le_bytes()[..], &[0, 0, 3, 0], b"Log"].concat());
    let start = begin(5).len() + sheet_entry(0).len() + end.len();
    let start = u32::try_from(start).expect("a small file");
    let number = |(row, column, value): &(u16, u16, f64)| {
        record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], &value.to_le_bytes()].concat())
    };
    let cells: Vec<u8> = numbers.iter().flat_map(number).collect();
    compound(&[begin(5), sheet_entry(start), end.clone(), begin(0x10), cells, end].concat())
}

fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).expect("a short record");
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), content].concat()
}

/// An old Office file with the stream `Workbook`: header, directory, table of sectors, stream.
pub(crate) fn compound(stream: &[u8]) -> Vec<u8> {
    let mut stream = stream.to_vec();
    stream.resize(stream.len().next_multiple_of(512).max(4096), 0);
    let sectors = u32::try_from(stream.len() / 512).expect("a small file");
    let mut header = vec![0; 512];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[26..34].copy_from_slice(&[3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    header[44] = 1;
    header[60..64].copy_from_slice(&END_OF_CHAIN);
    header[68..72].copy_from_slice(&END_OF_CHAIN);
    header[76..].fill(0xFF);
    header[76..80].copy_from_slice(&1_u32.to_le_bytes());
    let root = entry("Root Entry", END_OF_CHAIN, 0);
    let directory = [root, entry("Workbook", 2_u32.to_le_bytes(), stream.len()), vec![0; 256]].concat();
    let mut table: Vec<u8> = [END_OF_CHAIN, 0xFFFF_FFFD_u32.to_le_bytes()].concat();
    table.extend((3..sectors + 2).flat_map(u32::to_le_bytes));
    table.extend(END_OF_CHAIN);
    table.resize(512, 0xFF);
    [header, directory, table, stream].concat()
}

const END_OF_CHAIN: [u8; 4] = 0xFFFF_FFFE_u32.to_le_bytes();

fn entry(name: &str, start: [u8; 4], length: usize) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry.resize(116, 0);
    entry.extend(start);
    entry.extend((length as u64).to_le_bytes());
    entry
}
