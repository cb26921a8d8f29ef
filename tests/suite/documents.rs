//! What the documents say is what the program does.

use std::path::Path;

use rspkpi::findings::{Code, code_table};

const HEAD: &str = "# Findings\n\nAnything a person should look at. An error set a row or a definition aside; a warning counts, but look at it; a\nnote is for information. Codes are stable: other programs may filter `data/findings.csv` by them.\n\n";

#[test]
fn the_list_of_findings_in_the_documents_is_the_programs_own() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings.md");
    let wanted = format!("{HEAD}{}", code_table());
    if std::env::var_os("RSPKPI_WRITE_DOCS").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert_eq!(found, wanted, "run the tests once with RSPKPI_WRITE_DOCS=1 to write docs/findings.md anew");
}

#[test]
fn every_code_is_kebab_case_and_stands_once() {
    let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert!(codes.iter().all(|code| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')));
    let all = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), all);
}
