//! Writes a report beside the previous one and swaps it in, so that the previous one stays whole until
//! the new one is complete.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::artifact::Artifact;
use crate::definitions::hex;

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The folder cannot be made or written.
    #[error("{path} cannot be written ({source}); is the disk full, or may you not write there?")]
    NotWritable {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file that must not be overwritten.
    #[error("{path} is there already; nothing is overwritten")]
    There {
        /// The file.
        path: PathBuf,
    },
    /// Another run is writing the same report.
    #[error("another run is writing {path} at this moment; run again when it has ended")]
    Busy {
        /// The report folder.
        path: PathBuf,
    },
    /// The previous report cannot be replaced.
    #[error("{path} cannot be replaced ({source}); close the workbook in Excel and run again")]
    InUse {
        /// The report folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Writes files into a folder that may hold others; a file that is there already is not touched.
/// Gives the number of files written.
///
/// # Errors
/// A file is there already, or cannot be written.
pub fn write_new(folder: &Path, artifacts: &[Artifact]) -> Result<usize, OutputError> {
    fs::create_dir_all(folder).map_err(|source| OutputError::NotWritable { path: folder.to_owned(), source })?;
    for artifact in artifacts {
        let path = folder.join(&artifact.path);
        let write =
            || fs::File::create_new(&path).and_then(|mut file| io::Write::write_all(&mut file, &artifact.bytes));
        write().map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => OutputError::There { path: path.clone() },
            _ => OutputError::NotWritable { path: path.clone(), source },
        })?;
    }
    Ok(artifacts.len())
}

/// Replaces one file; the old one stays whole until the new one is complete.
///
/// # Errors
/// The folder cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let beside = path.with_extension("new");
    let not_writable = |source| OutputError::NotWritable { path: path.to_owned(), source };
    fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path)).map_err(not_writable)
}

/// A file of a report as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Path in the report folder, with forward slashes.
    pub path: String,
    /// SHA-256 of its content, in hexadecimal digits.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

/// A report folder that is being built.
#[derive(Debug)]
pub struct ReportFolder {
    target: PathBuf,
    building: PathBuf,
    previous: PathBuf,
    /// Held so that two runs do not build the same report in one place.
    _turn: Turn,
}

/// A run's turn at a report: a locked file beside it, which goes when the turn ends.
#[derive(Debug)]
struct Turn {
    path: PathBuf,
    /// None where the disk knows no locks.
    file: Option<File>,
}

impl Turn {
    /// Takes the turn; none while another run has it.
    fn take(path: PathBuf) -> io::Result<Option<Self>> {
        let file = File::options().create(true).truncate(false).write(true).open(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { path, file: Some(file) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(_)) => Ok(Some(Self { path, file: None })),
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // The file goes while it is locked, so that nobody takes a turn with one that is about to go. One that stays
        // does no harm.
        let _ = fs::remove_file(&self.path);
        drop(self.file.take());
    }
}

impl ReportFolder {
    /// Opens a folder to build a report in; tries the place before the long work.
    ///
    /// # Errors
    /// The place cannot be written, or another run is writing the same report.
    pub fn open(out: &Path, plan_year: &str, period: &str) -> Result<Self, OutputError> {
        let year = out.join(plan_year);
        let target = year.join(period);
        let not_writable = |source| OutputError::NotWritable { path: year.clone(), source };
        let turn = fs::create_dir_all(&year).and_then(|()| Turn::take(year.join(format!(".{period}.lock"))));
        let turn = turn.map_err(not_writable)?.ok_or_else(|| OutputError::Busy { path: target.clone() })?;
        let folder = Self {
            target,
            building: year.join(format!(".{period}.new")),
            previous: year.join(format!(".{period}.old")),
            _turn: turn,
        };
        let recover = || -> io::Result<()> {
            // A run that was killed between the two renames of the swap left the previous report here.
            if folder.previous.exists() && !folder.target.exists() {
                fs::rename(&folder.previous, &folder.target)?;
            }
            remove(&folder.previous)?;
            remove(&folder.building)?;
            fs::create_dir(&folder.building)
        };
        recover().map_err(not_writable)?;
        Ok(folder)
    }

    /// Where the report will stand.
    #[must_use]
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Writes a file. Several may be written at the same time.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, file: &Artifact) -> Result<Written, OutputError> {
        // Whatever a name was made of, nothing is written outside the report's folder.
        let parts = file.path.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
        let path = parts.fold(self.building.clone(), |path, part| path.join(part));
        let write = || -> io::Result<()> {
            // The folder itself is not made again: what stood in it would be missing.
            fs::metadata(&self.building)?;
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&path, &file.bytes)
        };
        write().map_err(|source| OutputError::NotWritable { path: path.clone(), source })?;
        let sha256 = hex(&Sha256::digest(&file.bytes));
        Ok(Written { path: file.path.clone(), sha256, bytes: file.bytes.len() as u64 })
    }

    /// Swaps the report in, now that all its files are written.
    ///
    /// # Errors
    /// The previous report is in use; it then stays as it was.
    pub fn complete(self) -> Result<PathBuf, OutputError> {
        self.swap().map_err(|source| OutputError::InUse { path: self.target.clone(), source })?;
        Ok(self.target.clone())
    }

    fn swap(&self) -> io::Result<()> {
        if self.target.exists() {
            fs::rename(&self.target, &self.previous)?;
        }
        if let Err(error) = fs::rename(&self.building, &self.target) {
            if self.previous.exists() {
                fs::rename(&self.previous, &self.target)?;
            }
            return Err(error);
        }
        // What is left of the previous report is removed now, or by the next run.
        remove(&self.previous).or(Ok(()))
    }
}

impl Drop for ReportFolder {
    fn drop(&mut self) {
        // A run that failed leaves nothing beside the previous report.
        let _ = remove(&self.building);
    }
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
