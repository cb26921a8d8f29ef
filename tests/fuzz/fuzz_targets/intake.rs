//! Any bytes as a file of the inputs folder: reading it comes to an end.

#![no_main]

use std::fs;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rspkpi::intake::{Limits, read_folder};
use tempfile::TempDir;

/// The first byte of an input chooses the file's name.
const NAMES: [&str; 8] = ["x.csv", "x.tsv", "x.xlsx", "x.xlsm", "x.xlsb", "x.xls", "x.ods", "x"];

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| TempDir::new().expect("a temporary folder"));

/// Small enough that an input which asks for much is refused at once.
fn limits() -> Limits {
    Limits { file_bytes: 1 << 20, unpacked_bytes: 32 << 20, cells: 1_000_000, ..Limits::default() }
}

fuzz_target!(|input: &[u8]| {
    let Some((choice, content)) = input.split_first() else { return };
    let place = FOLDER.path().join(NAMES[usize::from(*choice) % NAMES.len()]);
    fs::write(&place, content).expect("a file");
    let read = read_folder(FOLDER.path(), &limits(), &|_, _, _| {});
    fs::remove_file(&place).expect("the file");
    assert!(read.is_ok(), "the folder can be listed");
});
