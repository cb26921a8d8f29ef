//! How large an input file may be.

use serde::Deserialize;

/// What a file may hold before it is set aside with a finding. The defaults are those of Excel itself where
/// Excel has one, else far above what an office's records need; they keep a damaged or hostile file from
/// taking the machine's memory.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Limits {
    /// Size of a file on disk, in bytes.
    pub file_bytes: u64,
    /// Bytes of all parts of a compressed workbook (xlsx, xlsm, xlsb, ods) once unpacked, as counted, not as
    /// the file claims.
    pub unpacked_bytes: u64,
    /// How many times its packed size one part may unpack to. Looked at only in parts above 64 MiB.
    pub unpacked_ratio: u64,
    /// Number of parts in a compressed workbook.
    pub entries: usize,
    /// Highest row number of a sheet.
    pub rows: u32,
    /// Number of columns of a sheet.
    pub columns: u32,
    /// Number of cells of one file held in memory, 16 bytes each.
    pub cells: usize,
    /// Characters in one cell.
    pub text_length: usize,
}

impl Limits {
    /// Whether a text has more characters than a cell may have.
    pub(crate) fn is_too_long(&self, text: &str) -> bool {
        text.len() > self.text_length && text.chars().count() > self.text_length
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 200_000_000,
            unpacked_bytes: 2_000_000_000,
            unpacked_ratio: 200,
            entries: 10_000,
            rows: 1_048_576,
            columns: 16_384,
            cells: 30_000_000,
            text_length: 32_767,
        }
    }
}
