//! Which files lie in a folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::trouble::Trouble;
use crate::findings::Finding;

/// Something found in the folder: a file to look into, or a finding about what is left aside by its name alone.
#[derive(Debug)]
pub(crate) enum Found {
    File(FoundFile),
    Aside(Finding),
}

impl Found {
    /// The file to look into, if it is one.
    pub(crate) fn file(&self) -> Option<&FoundFile> {
        match self {
            Self::File(file) => Some(file),
            Self::Aside(_) => None,
        }
    }

    fn file_mut(&mut self) -> Option<&mut FoundFile> {
        match self {
            Self::File(file) => Some(file),
            Self::Aside(_) => None,
        }
    }
}

/// A file to look into.
#[derive(Debug)]
pub(crate) struct FoundFile {
    /// Where it lies.
    pub(crate) place: PathBuf,
    /// Where it lies below the folder, with forward slashes.
    pub(crate) path: String,
    /// Whether no other file that was found has the same size.
    pub(crate) is_alone: bool,
}

/// Lists everything below a folder, by path in the order of bytes, which is the same on every system.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    walk(folder, "", &mut found)?;
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut found: Vec<Found> = found.into_iter().map(|(_, found)| found).collect();
    let mut of_size: BTreeMap<Option<u64>, Vec<&mut FoundFile>> = BTreeMap::new();
    for file in found.iter_mut().filter_map(Found::file_mut) {
        let size = fs::metadata(&file.place).ok().map(|nature| nature.len());
        of_size.entry(size).or_default().push(file);
    }
    for file in of_size.into_values().filter(|files| files.len() == 1).flatten() {
        file.is_alone = true;
    }
    Ok(found)
}

fn walk(folder: &Path, above: &str, found: &mut Vec<(String, Found)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{above}{name}");
        match sort(&entry.path(), &name) {
            Sort::Unseen => {}
            Sort::Folder => {
                if let Err(error) = walk(&entry.path(), &format!("{path}/"), found) {
                    found.push((path.clone(), Found::Aside(Trouble::closed(&error).at(&path))));
                }
            }
            Sort::File => {
                found.push((path.clone(), Found::File(FoundFile { place: entry.path(), path, is_alone: false })));
            }
            Sort::Aside(trouble) => found.push((path.clone(), Found::Aside(trouble.at(&path)))),
        }
    }
    Ok(())
}

enum Sort {
    Folder,
    File,
    /// Not worth a word.
    Unseen,
    Aside(Trouble),
}

/// Decides about a file or folder by its name and nature.
fn sort(place: &Path, name: &str) -> Sort {
    let lower = name.to_lowercase();
    if matches!(lower.as_str(), "readme" | "readme.md" | "readme.txt" | super::NOTICE) {
        return Sort::Unseen;
    }
    if lower.starts_with("~$") {
        return Sort::Aside(
            Trouble::skipped("it is the lock that Excel keeps beside an open file")
                .with_help("Close the workbook in Excel; its last saved state was read."),
        );
    }
    if lower.starts_with('.') {
        return Sort::Aside(Trouble::skipped("its name begins with a dot, so it is hidden"));
    }
    if matches!(lower.as_str(), "thumbs.db" | "desktop.ini" | "__macosx") {
        return Sort::Aside(Trouble::skipped("the system keeps it for itself").with_help("Nothing to do."));
    }
    // The target of a link counts, but a linked folder is not entered: it may lead back here.
    match (fs::metadata(place), place.is_symlink()) {
        (Ok(nature), _) if nature.is_file() => Sort::File,
        (Ok(nature), false) if nature.is_dir() => Sort::Folder,
        (Ok(nature), true) if nature.is_dir() => Sort::Aside(Trouble::skipped("it is a link to another folder")),
        (Ok(_), _) => Sort::Aside(Trouble::skipped("it is neither a file nor a folder")),
        (Err(error), _) => Sort::Aside(Trouble::closed(&error)),
    }
}
