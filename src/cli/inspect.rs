//! Prints what the job sees in a file.

use std::fmt::Write;

use crate::records::inspect::{ColumnView, Inspection, SheetView};
use crate::terms::figure::counted;

/// The inspection as JSON.
pub(super) fn json(inspection: &Inspection) -> String {
    let mut json = serde_json::to_string_pretty(inspection).expect("texts and numbers only");
    json.push('\n');
    json
}

/// The inspection for people.
pub(super) fn text(inspection: &Inspection) -> String {
    let mut text = format!("{}\n", inspection.file);
    for sheet in &inspection.sheets {
        sheet_text(&mut text, sheet);
    }
    text
}

fn sheet_text(text: &mut String, sheet: &SheetView) {
    let name =
        if sheet.name.is_empty() { String::new() } else { format!("Sheet {} \"{}\": ", sheet.position, sheet.name) };
    let hidden = if sheet.hidden { ", hidden" } else { "" };
    let _ = writeln!(
        text,
        "\n{name}{}, {}{hidden}",
        counted(sheet.rows, "filled row", "filled rows"),
        counted(sheet.columns_wide, "column", "columns")
    );
    let _ = match sheet.header {
        Some((first, last)) if first == last => writeln!(text, "Header: row {first}"),
        Some((first, last)) => writeln!(text, "Header: rows {first} to {last}"),
        None => writeln!(text, "Header: no row looks like one"),
    };
    let _ = match sheet.read_by.as_slice() {
        [] => writeln!(text, "Read by: no layout"),
        names => writeln!(text, "Read by: {}", names.join(", ")),
    };
    text.push('\n');
    columns(text, &sheet.columns);
    let _ = writeln!(text, "\nLayouts");
    for layout in &sheet.layouts {
        let _ = writeln!(text, "  {:<16} {}", layout.name, layout.verdict);
    }
    if !sheet.remarks.is_empty() {
        let _ = writeln!(text, "\nRemarks");
        sheet.remarks.iter().for_each(|remark| text.push_str(&super::console::wrapped(remark, "  - ")));
    }
    let _ = writeln!(text, "\nA layout to start from\n");
    for line in sheet.starting_layout.lines() {
        let _ = writeln!(text, "    {line}");
    }
}

fn columns(text: &mut String, columns: &[ColumnView]) {
    const HEADER: usize = 34;
    for column in columns {
        let header: String = column.header.chars().take(HEADER).collect();
        let field = column.field.map(|field| format!("-> {field}")).unwrap_or_default();
        let _ = writeln!(
            text,
            "  {:<3} {header:<HEADER$} {:<7} {:>6} of {:<6} {field}",
            column.letter, column.holds, column.filled, column.of
        );
        let samples = match &column.samples {
            None => "(not shown)".to_owned(),
            Some(samples) => samples.join(" | "),
        };
        if !samples.is_empty() {
            let _ = writeln!(text, "        {samples}");
        }
    }
}
