//! Reading TOML files: unknown keys are refused, and every error names file and line.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file or folder cannot be read.
    #[error("{path}: cannot be read ({source})")]
    Unreadable {
        /// The file or folder.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not valid TOML of its kind; the message names line and column.
    #[error("{path}: {message}")]
    Syntax {
        /// The file.
        path: String,
        /// The reader's message with line, column and the text.
        message: String,
    },
    /// A file is well formed but says something that cannot be.
    #[error("{path}: {message}")]
    Content {
        /// The file.
        path: String,
        /// What is the matter.
        message: String,
    },
}

/// A configuration file as used: for the run's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFile {
    /// Path below the configuration folder, with forward slashes.
    pub path: String,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
}

impl ConfigFile {
    /// The record of a file of this content.
    #[must_use]
    pub fn of(path: &str, bytes: &[u8]) -> Self {
        Self { path: path.to_owned(), sha256: hex(&Sha256::digest(bytes)), bytes: bytes.len() as u64 }
    }
}

/// Reads the files of one configuration folder and keeps the record of what was read.
pub(super) struct Reader {
    folder: PathBuf,
    pub(super) files: Vec<ConfigFile>,
}

impl Reader {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), files: Vec::new() }
    }

    /// Reads one file, named relative to the folder with forward slashes.
    pub(super) fn read<T: DeserializeOwned>(&mut self, path: &str) -> Result<T, ConfigError> {
        let bytes = self.bytes(path)?;
        let syntax = |message: String| ConfigError::Syntax { path: path.to_owned(), message };
        let text = String::from_utf8(bytes).map_err(|_| syntax("the file is not UTF-8 text".into()))?;
        toml::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| syntax(error.to_string().trim_end().to_owned()))
    }

    /// The bytes of one file, named relative to the folder.
    pub(super) fn bytes(&mut self, path: &str) -> Result<Vec<u8>, ConfigError> {
        let unreadable = |source| ConfigError::Unreadable { path: path.to_owned(), source };
        let bytes = std::fs::read(self.folder.join(path)).map_err(unreadable)?;
        self.files.push(ConfigFile::of(path, &bytes));
        Ok(bytes)
    }

    /// Reads one file, if it is there.
    pub(super) fn read_if_there<T: DeserializeOwned>(&mut self, path: &str) -> Result<Option<T>, ConfigError> {
        if self.folder.join(path).exists() { self.read(path).map(Some) } else { Ok(None) }
    }

    /// Whether there is a subfolder of this name.
    pub(super) fn has_folder(&self, subfolder: &str) -> bool {
        self.folder.join(subfolder).is_dir()
    }

    /// The names of the folders in a subfolder.
    pub(super) fn folders(&self, subfolder: &str) -> Result<Vec<String>, ConfigError> {
        let unreadable = |source| ConfigError::Unreadable { path: subfolder.to_owned(), source };
        let entries = std::fs::read_dir(self.folder.join(subfolder)).map_err(unreadable)?;
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        names.collect::<Result<_, _>>().map_err(unreadable)
    }

    /// The `.toml` files of a subfolder, sorted by name.
    pub(super) fn list(&self, subfolder: &str) -> Result<Vec<String>, ConfigError> {
        let unreadable = |source| ConfigError::Unreadable { path: subfolder.to_owned(), source };
        let mut names = Vec::new();
        for entry in std::fs::read_dir(self.folder.join(subfolder)).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
            if Path::new(&name).extension().is_some_and(|extension| extension == "toml") {
                names.push(format!("{subfolder}/{name}"));
            }
        }
        names.sort();
        Ok(names)
    }
}

/// Bytes as lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A TOML date as a calendar date.
pub(super) fn date<'de, D: serde::Deserializer<'de>>(d: D) -> Result<NaiveDate, D::Error> {
    let found = <toml::value::Datetime as serde::Deserialize>::deserialize(d)?;
    found
        .date
        .and_then(|date| NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day)))
        .ok_or_else(|| serde::de::Error::custom("expected a date such as 2025-07-01"))
}

/// An optional TOML date.
pub(super) fn optional_date<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<NaiveDate>, D::Error> {
    date(d).map(Some)
}

/// A span of days, open where an end is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// First day, if there is one.
    pub from: Option<NaiveDate>,
    /// Last day, if there is one.
    pub to: Option<NaiveDate>,
}

impl Span {
    /// Whether `day` lies within.
    #[must_use]
    pub fn holds(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}
