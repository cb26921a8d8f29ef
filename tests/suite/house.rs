//! Who imports whom: the map at the top of `src/lib.rs` holds.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order of the map: each imports only from those before it.
const ROOMS: [&str; 17] = [
    "cores",
    "terms",
    "findings",
    "intake",
    "definitions",
    "wording",
    "records",
    "mapping",
    "scorecard",
    "measure",
    "artifact",
    "report",
    "workbook",
    "charts",
    "output",
    "pipeline",
    "cli",
];

/// Outside crates, and the rooms that know them.
const CRATES: [(&str, &[&str]); 11] = [
    ("calamine", &["intake"]),
    ("polars", &["measure", "pipeline"]),
    ("rust_xlsxwriter", &["workbook"]),
    ("plotters", &["charts"]),
    ("clap", &["cli"]),
    ("strsim", &["terms"]),
    ("rust_stemmers", &["terms"]),
    ("indicatif", &["cli"]),
    ("foldhash", &["records", "measure", "workbook"]),
    ("indexmap", &["workbook"]),
    ("itoa", &["workbook"]),
];

/// A source file of a room.
struct File {
    /// Path below `src`, with forward slashes.
    path: String,
    room: String,
    /// Its lines without comments.
    code: String,
    lines: usize,
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let place = entry.expect("an entry").path();
        if place.is_dir() {
            rust_files(&place, found);
        } else if place.extension().is_some_and(|ending| ending == "rs") {
            found.push(place);
        }
    }
}

/// All files of rooms; `lib.rs` and `main.rs` stand outside the house.
fn files() -> Vec<File> {
    let mut places = Vec::new();
    rust_files(&source(), &mut places);
    places.sort();
    let files = places.into_iter().map(|place| {
        let path = place.strip_prefix(source()).expect("below src").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&place).expect("a source file");
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n"));
        let room = path.split('/').next().expect("a name").trim_end_matches(".rs").to_owned();
        File { room, code: code.collect(), lines: text.lines().count(), path }
    });
    let files: Vec<File> = files.filter(|file| file.room != "lib" && file.room != "main").collect();
    assert!(files.len() > 50, "the source was found");
    files
}

/// The word at the beginning of a text.
fn word(text: &str) -> &str {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("")
}

/// The rooms that a file imports from: `crate::room`, `crate::{room, room::part}`, and `super::` as often as it
/// takes to leave the room.
fn imported(file: &File) -> BTreeSet<String> {
    let depth = file.path.trim_end_matches("/mod.rs").matches('/').count() + 1;
    let outside = ["crate::".to_owned(), "super::".repeat(depth)];
    let mut rooms = BTreeSet::new();
    for start in outside {
        for (at, _) in file.code.match_indices(&start) {
            let whole = !file.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
            let rest = &file.code[at + start.len()..];
            match rest.strip_prefix('{') {
                Some(list) if whole => rooms.extend(listed(list).into_iter().map(str::to_owned)),
                None if whole => _ = rooms.insert(word(rest).to_owned()),
                _ => {}
            }
        }
    }
    // Tests within a room of one file name what stands above them.
    rooms.remove("");
    rooms.remove(&file.room);
    rooms
}

/// The first words of a list up to its closing brace, of inner lists none.
fn listed(list: &str) -> Vec<&str> {
    let (mut words, mut depth, mut begin) = (Vec::new(), 0, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                words.push(word(list[begin..at].trim_start()));
                begin = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn place(room: &str) -> usize {
    ROOMS.iter().position(|other| *other == room).unwrap_or_else(|| panic!("{room} stands on the map"))
}

#[test]
fn a_room_imports_only_from_rooms_above_it() {
    let mut broken = Vec::new();
    for file in files() {
        for room in imported(&file) {
            if place(&room) > place(&file.room) {
                broken.push(format!("{} imports from {room}", file.path));
            }
        }
    }
    assert_eq!(broken, [""; 0]);
}

#[test]
fn the_rooms_are_those_of_the_map_in_its_order() {
    let text = fs::read_to_string(source().join("lib.rs")).expect("lib.rs");
    let listed = text.lines().filter_map(|line| line.strip_prefix("//! | [`")?.split_once("`]"));
    assert_eq!(listed.map(|(room, _)| room).collect::<Vec<_>>(), ROOMS);
    let opened: BTreeSet<&str> =
        text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let found: BTreeSet<String> = files().into_iter().map(|file| file.room).collect();
    assert_eq!(opened, found.iter().map(String::as_str).collect());
    assert!(opened.iter().all(|room| ROOMS.contains(room)), "{opened:?}");
}

#[test]
fn each_outside_crate_has_one_room() {
    let mut broken = Vec::new();
    for file in files() {
        for (name, rooms) in CRATES {
            let used = file.code.match_indices(name).any(|(at, _)| {
                let free = !file.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
                free && file.code[at + name.len()..].starts_with("::")
            });
            let allowed = rooms.contains(&file.room.as_str());
            if used && !allowed {
                broken.push(format!("{} uses {name}", file.path));
            }
        }
    }
    assert_eq!(broken, [""; 0]);
}

#[test]
fn outside_the_measures_only_the_errors_of_polars_are_known() {
    for file in files().iter().filter(|file| file.room != "measure") {
        let other = file.code.replace("polars::error::PolarsError", "").replace("polars::error::PolarsResult", "");
        assert!(!other.contains("polars::"), "{}", file.path);
    }
}

#[test]
fn no_file_is_longer_than_500_lines() {
    let long: Vec<String> = files()
        .iter()
        .filter(|file| file.lines > 500)
        .map(|file| format!("{}: {} lines", file.path, file.lines))
        .collect();
    assert_eq!(long, [""; 0]);
}

#[test]
fn only_the_command_line_prints() {
    let prints = ["println!", "print!", "dbg!", "io::stdout", "io::stderr"];
    let files = files();
    let printing = files.iter().filter(|file| file.room != "cli" && prints.iter().any(|word| file.code.contains(word)));
    assert_eq!(printing.map(|file| file.path.as_str()).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn no_clock_and_no_chance_below_the_command_line() {
    let words = ["SystemTime", "Instant::now", "Utc::now", "Local::now", "rand::", "std::env"];
    let files = files();
    let using = files.iter().filter(|file| file.room != "cli" && words.iter().any(|word| file.code.contains(word)));
    assert_eq!(using.map(|file| file.path.as_str()).collect::<Vec<_>>(), [""; 0]);
}
