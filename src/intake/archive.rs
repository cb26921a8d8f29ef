//! Compressed workbooks (xlsx, xlsm, xlsb, ods) as archives: what is inside, and whether it is safe to unpack.

use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;

use super::hidden_rows::HiddenRows;
use super::limits::Limits;
use super::markup;
use super::row_tags::{self, RowTags};
use super::trouble::Trouble;

/// An archive held in memory.
pub(crate) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The hidden rows of an Excel workbook's parts, by [`plain_name`]; parts without any are left out.
pub(crate) type HiddenByPart = HashMap<String, HiddenRows>;

/// What an archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Package {
    /// An Excel workbook in XML: xlsx, xlsm and their templates.
    Workbook,
    /// A binary Excel workbook: xlsb.
    BinaryWorkbook,
    /// An `OpenDocument` spreadsheet.
    OpenDocument,
    /// Something else, in words.
    Other(&'static str),
}

/// Below this size a part is harmless however well it is packed.
const SMALL: u64 = 64 << 20;
/// Parts that are held in memory whole (styles, the list of sheets) are small in every honest file.
const SUPPORT: u64 = 32 << 20;
/// The list of texts in every honest file.
const SHARED_TEXTS: u64 = 256 << 20;
/// Markup as well packed as this, and large, is looked at tag by tag.
const SUSPICIOUS_RATIO: u64 = 40;

/// Runs of hidden rows that are kept of one file.
const HIDDEN_RUNS: usize = 1 << 20;
/// Bytes that are unpacked at a time.
pub(crate) const PIECE: usize = 1 << 16;

/// Opens an archive.
pub(crate) fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Archive<'a>, Trouble> {
    let listed = memchr::memmem::find_iter(bytes, b"PK\x01\x02").take(limits.entries + 1).count();
    if listed > limits.entries {
        return Err(unsafe_archive(format!("The file has more than {} parts.", limits.entries)));
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| Trouble::damaged(error.to_string()))
}

/// Says what an archive is by the names and the first lines of its parts.
pub(crate) fn package(archive: &mut Archive<'_>) -> Package {
    let has = |archive: &Archive<'_>, name: &str| find(archive, name).is_some();
    let kind = beginning(archive, "mimetype");
    if kind.starts_with("application/vnd.oasis.opendocument.spreadsheet") {
        return Package::OpenDocument;
    }
    let types = beginning(archive, "[Content_Types].xml");
    let names = |words: &[&str]| words.iter().any(|word| types.contains(word));
    if names(&["ms-excel.sheet.binary.macroEnabled.main"]) || has(archive, "xl/workbook.bin") {
        Package::BinaryWorkbook
    } else if names(&["wordprocessingml.document.main+xml", "ms-word.document"]) || has(archive, "word/document.xml") {
        Package::Other("a Word document")
    } else if names(&["presentationml", "ms-powerpoint"]) || has(archive, "ppt/presentation.xml") {
        Package::Other("a PowerPoint presentation")
    } else if names(&["spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml", "ms-excel"])
        || has(archive, "xl/workbook.xml")
    {
        Package::Workbook
    } else if kind.starts_with("application/vnd.oasis.opendocument") {
        Package::Other("an OpenDocument file without sheets")
    } else if has(archive, "Index/Document.iwa") {
        Package::Other("a Numbers or Pages document; export it as Excel")
    } else {
        Package::Other("a compressed archive")
    }
}

/// Unpacks every part once but those `apart`, keeps nothing but the numbers of hidden rows, and refuses what would
/// take too much memory when read. Gives the bytes that the parts apart may still have, too.
pub(crate) fn check(
    archive: &mut Archive<'_>,
    limits: &Limits,
    apart: &[usize],
) -> Result<(HiddenByPart, u64), Trouble> {
    let workbook = main_part(archive);
    let mut allowance = limits.unpacked_bytes;
    let mut hidden = HiddenByPart::new();
    let mut runs = 0;
    for index in (0..archive.len()).filter(|index| !apart.contains(index)) {
        let name = name_of(archive, index);
        let role = Role::of(&name, &workbook);
        let unpacked = counted(archive, index, allowance, &mut |_| true)?;
        runs += unpacked.hidden.runs();
        if unpacked.hidden.runs() > 0 && runs <= HIDDEN_RUNS {
            hidden.insert(plain_name(&name), unpacked.hidden.clone());
        }
        if !unpacked.is_modest(limits) {
            let ratio = unpacked.ratio();
            return Err(unsafe_archive(format!("A part of the file unpacks to {ratio} times its size.")));
        }
        allowance -= unpacked.size;
        let is_suspicious = role == Role::Markup && unpacked.size > SMALL && unpacked.ratio() > SUSPICIOUS_RATIO;
        if (role.is_held_whole() || is_suspicious)
            && let Ok(part) = archive.by_index(index)
        {
            let seen = markup::walk(BufReader::new(part))?;
            if role.is_held_whole() {
                seen.check(unpacked.size)?;
            }
        }
    }
    Ok((hidden, allowance))
}

/// The parts that a reader of Excel workbooks holds whole, but for the shared texts.
pub(crate) fn support(archive: &mut Archive<'_>) -> Vec<usize> {
    let workbook = main_part(archive);
    (0..archive.len()).filter(|index| Role::of(&name_of(archive, *index), &workbook) == Role::Support).collect()
}

/// The plain name of the part with the shared texts of an Excel workbook; empty where there is none.
pub(crate) fn shared_texts(archive: &mut Archive<'_>) -> String {
    let workbook = main_part(archive);
    let folder = workbook.rfind('/').map_or("", |slash| &workbook[..=slash]);
    let name = plain_name(&format!("{folder}sharedStrings.xml"));
    let is_there = (0..archive.len()).any(|index| plain_name(&name_of(archive, index)) == name);
    if is_there { name } else { String::new() }
}

/// The part that lists the sheets of an Excel workbook.
pub(crate) fn main_part(archive: &mut Archive<'_>) -> String {
    markup::main_part(&beginning(archive, "_rels/.rels")).unwrap_or_else(|| "xl/workbook.xml".to_owned())
}

/// What a part is for, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Read into memory whole: styles, the list of sheets, relations.
    Support,
    /// The texts that cells refer to.
    SharedTexts,
    /// Other XML: sheets, read as a stream.
    Markup,
    /// Not XML: pictures, or the parts of a binary workbook.
    Other,
    /// The texts and styles of a binary workbook.
    BinarySupport,
}

impl Role {
    fn of(name: &str, workbook: &str) -> Self {
        let name = plain_name(name);
        let file = name.rsplit('/').next().unwrap_or_default();
        let ending = file.rsplit('.').next().unwrap_or_default();
        match file {
            "sharedstrings.xml" => Self::SharedTexts,
            "styles.xml" | "theme1.xml" | "[content_types].xml" | "manifest.xml" => Self::Support,
            "sharedstrings.bin" | "styles.bin" | "workbook.bin" => Self::BinarySupport,
            _ if name == workbook.to_lowercase() || ending == "rels" => Self::Support,
            _ if ending == "xml" => Self::Markup,
            _ => Self::Other,
        }
    }

    fn limit(self) -> u64 {
        match self {
            Self::Support => SUPPORT,
            Self::BinarySupport => SHARED_TEXTS / 2,
            Self::SharedTexts => SHARED_TEXTS,
            Self::Markup | Self::Other => u64::MAX,
        }
    }

    fn is_held_whole(self) -> bool {
        matches!(self, Self::Support | Self::SharedTexts)
    }
}

/// What a part is once it is unpacked.
#[derive(Debug, Default)]
pub(crate) struct Unpacked {
    /// Its size as it really unpacks, up to its end or where it is damaged.
    pub(crate) size: u64,
    /// The rows that it hides if it is a sheet.
    pub(crate) hidden: HiddenRows,
    /// Whether it is not damaged.
    pub(crate) is_whole: bool,
    packed: u64,
}

impl Unpacked {
    fn ratio(&self) -> u64 {
        self.size / self.packed.max(1)
    }

    /// Whether it is not far better packed than any honest part.
    pub(crate) fn is_modest(&self, limits: &Limits) -> bool {
        self.size <= SMALL || self.ratio() <= limits.unpacked_ratio
    }
}

/// Unpacks a part and shows it to `see`, piece by piece, as long as that wants more. Refuses a part of more than
/// `limit` bytes.
pub(crate) fn counted(
    archive: &mut Archive<'_>,
    index: usize,
    limit: u64,
    see: &mut dyn FnMut(&[u8]) -> bool,
) -> Result<Unpacked, Trouble> {
    let role = Role::of(&name_of(archive, index), &main_part(archive));
    let limit = role.limit().min(limit);
    // A part that cannot be unpacked may be one that is never read; if it is read, the reader will say so.
    let Ok(mut part) = archive.by_index(index) else { return Ok(Unpacked::default()) };
    let mut unpacked = Unpacked { packed: part.compressed_size(), ..Unpacked::default() };
    let mut without_tag = 0;
    let mut rows = RowTags::new();
    let mut buffer = vec![0; row_tags::TAG + PIECE];
    let mut kept = 0;
    loop {
        let read = part.read(&mut buffer[kept..kept + PIECE]);
        unpacked.is_whole = read.is_ok();
        let count = read.unwrap_or(0);
        let end = kept + count;
        if count == 0 || !see(&buffer[kept..end]) {
            unpacked.hidden = rows.finish();
            return Ok(unpacked);
        }
        unpacked.size += count as u64;
        if unpacked.size > limit {
            return Err(unsafe_archive(format!("A part of the file unpacks to more than {limit} bytes.")));
        }
        without_tag = if memchr::memchr(b'<', &buffer[kept..end]).is_some() { 0 } else { without_tag + count };
        if role == Role::Markup && without_tag > markup::LONGEST {
            return Err(unsafe_archive("A single text of the file has more than a million characters.".to_owned()));
        }
        kept = if role == Role::Markup { rows.scan(&buffer[..end]) } else { 0 };
        buffer.copy_within(end - kept..end, 0);
    }
}

/// The first part of a given name, whatever its capitals.
pub(crate) fn find(archive: &Archive<'_>, name: &str) -> Option<usize> {
    archive
        .index_for_name(name)
        .or_else(|| (0..archive.len()).find(|index| name_of(archive, *index).eq_ignore_ascii_case(name)))
}

/// A part's name as it is compared: whatever its capitals and slashes.
pub(crate) fn plain_name(name: &str) -> String {
    name.replace('\\', "/").to_lowercase()
}

/// A part's name as it is written.
pub(crate) fn name_of(archive: &Archive<'_>, index: usize) -> String {
    archive.name_for_index(index).and_then(Result::ok).map(std::borrow::Cow::into_owned).unwrap_or_default()
}

/// The first hundred thousand bytes of a part as text; empty where there is no such part.
pub(crate) fn beginning(archive: &mut Archive<'_>, name: &str) -> String {
    up_to(archive, name, 100_000)
}

/// A part that every honest file has small, as text; empty where there is no such part.
pub(crate) fn whole(archive: &mut Archive<'_>, name: &str) -> String {
    up_to(archive, name, SUPPORT)
}

fn up_to(archive: &mut Archive<'_>, name: &str, limit: u64) -> String {
    let mut bytes = Vec::new();
    if let Some(index) = find(archive, name)
        && let Ok(part) = archive.by_index(index)
        && part.take(limit).read_to_end(&mut bytes).is_ok()
    {
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    String::new()
}

fn unsafe_archive(what: String) -> Trouble {
    Trouble::too_large(
        what,
        "If the file is yours, open it in Excel, delete what is not needed, save it as .xlsx and run again; else delete it.",
    )
}
