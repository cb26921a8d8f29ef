//! What a file is: by its content first, by its name where the content is plain text.

use std::borrow::Cow;

use super::archive::{self, Package};
use super::compound;
use super::delimiter::{self, Delimiter};
use super::encoding;
use super::limits::Limits;
use super::trouble::Trouble;

/// A file that can be read.
pub(crate) enum Kind<'a> {
    /// xlsx, xlsm.
    Workbook(archive::Archive<'a>),
    /// xlsb.
    BinaryWorkbook,
    /// ods.
    OpenDocument(archive::Archive<'a>),
    /// xls.
    OldWorkbook,
    /// csv, tsv.
    Text(Cow<'a, str>, Delimiter),
}

const TEXT: [&str; 4] = ["csv", "tsv", "tab", "txt"];
const SPREADSHEET: [&str; 11] = ["xlsx", "xlsm", "xlsb", "xls", "xltx", "xltm", "xlt", "xlam", "ods", "ots", "fods"];
/// Endings of files that hold no rows, whatever delimiters stand in them.
const OTHER: [&str; 34] = [
    "md", "markdown", "rst", "json", "toml", "yaml", "yml", "xml", "html", "htm", "log", "ini", "py", "r", "rs", "sql",
    "js", "css", "sh", "bat", "svg", "pdf", "rtf", "eml", "msg", "ics", "vcf", "png", "jpg", "jpeg", "gif", "bmp",
    "tif", "tiff",
];
/// How files of other kinds begin that might pass for text.
const STARTS: [(&[u8], &str); 4] =
    [(b"%PDF", "a PDF document"), (b"{\\rtf", "a Word document"), (b"<", "a web page or XML"), (b"{", "JSON")];

/// Says what a file is, or why it is not read.
pub(crate) fn recognise<'a>(name: &str, bytes: &'a [u8], limits: &Limits) -> Result<Kind<'a>, Trouble> {
    let ending = ending(name);
    if bytes.is_empty() && SPREADSHEET.contains(&ending.as_str()) {
        return Err(
            Trouble::not_a_spreadsheet("empty: it has no bytes").with_help("Fetch or save it again and run again.")
        );
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archived(&ending, bytes, limits);
    }
    if compound::is_compound(bytes) {
        return old_office(&ending, bytes);
    }
    plain(&ending, bytes)
}

/// Whether a file's name says that it has rows.
pub(crate) fn claims_rows(ending: &str) -> bool {
    SPREADSHEET.contains(&ending) || TEXT.contains(&ending)
}

/// The ending of a file's name, in small letters and without the dot; empty where there is none.
pub(crate) fn ending(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or_default();
    file.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_lowercase())
}

fn archived<'a>(ending: &str, bytes: &'a [u8], limits: &Limits) -> Result<Kind<'a>, Trouble> {
    let mut archive = match archive::open(bytes, limits) {
        Err(_) if !claims_rows(ending) => return Err(Trouble::skipped("it is a compressed archive")),
        opened => opened?,
    };
    let package = archive::package(&mut archive);
    if let Package::Other(what) = package {
        return Err(foreign(ending, what));
    }
    // Workbooks in XML are checked as they are read.
    if package == Package::Workbook {
        return Ok(Kind::Workbook(archive));
    }
    archive::check(&mut archive, limits, &[])?;
    Ok(if package == Package::OpenDocument { Kind::OpenDocument(archive) } else { Kind::BinaryWorkbook })
}

fn old_office<'a>(ending: &str, bytes: &[u8]) -> Result<Kind<'a>, Trouble> {
    let file = match compound::Compound::open(bytes) {
        Err(_) if !claims_rows(ending) => return Err(Trouble::skipped("it is an old Office file")),
        opened => opened.map_err(Trouble::damaged)?,
    };
    let is_workbook = ["Workbook", "Book", "EncryptedPackage"].iter().any(|name| file.has(name));
    // A Word document or a mail may hold a workbook of its own.
    let is_other = ["WordDocument", "PowerPoint Document", "__properties_version1.0"].iter().any(|name| file.has(name));
    let is_protected_document = file.has("EncryptedPackage") && !claims_rows(ending);
    if is_workbook && !is_other && !is_protected_document {
        Ok(Kind::OldWorkbook)
    } else {
        Err(foreign(ending, "another kind of Office file"))
    }
}

fn plain<'a>(ending: &str, bytes: &'a [u8]) -> Result<Kind<'a>, Trouble> {
    if OTHER.contains(&ending) {
        return Err(Trouble::skipped("files of this kind hold no rows"));
    }
    let Some(text) = encoding::decode(bytes) else {
        return Err(foreign(ending, "neither a workbook nor text"));
    };
    let start = text.trim_start().as_bytes();
    if start.is_empty() {
        return Err(if claims_rows(ending) { Trouble::empty("file") } else { Trouble::skipped("the file is empty") });
    }
    if let Some((_, what)) = STARTS.iter().find(|(first, _)| start.starts_with(first)) {
        return Err(foreign(ending, what));
    }
    let delimiter = delimiter::find(&text);
    if TEXT.contains(&ending) || delimiter.is_table {
        return Ok(Kind::Text(text, delimiter));
    }
    Err(foreign(ending, "text without columns"))
}

/// The trouble with a file that holds no rows: an error where its name says otherwise.
fn foreign(ending: &str, what: &str) -> Trouble {
    if claims_rows(ending) { Trouble::not_a_spreadsheet(what) } else { Trouble::skipped(&format!("it is {what}")) }
}
