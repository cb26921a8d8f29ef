//! A layout to start from: what is known of a sheet, written as the TOML of a layout, with comments on what a
//! person has to decide.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::ColumnView;
use crate::definitions::{Field, Kind, Layout};
use crate::intake::{Sheet, SourceFile};
use crate::records::table::Header;
use crate::terms::fold::{find_words, fold};

/// How sure it is that a column is a field.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Mapping {
    column: usize,
    /// 1 for a known spelling.
    score: f64,
}

/// Below this nearness a header is not taken for a field.
const NEAR: f64 = 0.7;

/// The layout, as TOML.
pub(super) fn layout(
    file: &SourceFile,
    sheet: &Sheet,
    header: &Header,
    columns: &[ColumnView],
    layouts: &[Layout],
    reader: Option<&Layout>,
) -> String {
    let mappings = |layout: &Layout| mapped(layout, columns);
    let worth = |layout: &&Layout| {
        let named = usize::from(layout.names_file(&file.path)) + usize::from(layout.names_sheet(&sheet.name));
        let mapped = mappings(layout);
        let there = |group: &&[Field]| group.iter().any(|field| mapped.contains_key(field));
        (layout.kind.required().iter().all(there), mapped.len() * 2 + named)
    };
    // Of equals the first.
    let plain = layouts.iter().filter(|layout| !layout.is_special());
    let Some(model) = reader.filter(|layout| !layout.is_special()).or_else(|| plain.rev().max_by_key(worth)) else {
        return String::new();
    };
    let mapped = mappings(model);
    let mut text = head(file, sheet, header, model);
    let left = fields(&mut text, model, &mapped, columns);
    hints(&mut text, model.kind, &mapped, &left);
    words(&mut text, model, &mapped);
    text
}

/// The column of each field: by a known spelling, else by the nearest header left.
fn mapped(layout: &Layout, columns: &[ColumnView]) -> BTreeMap<Field, Mapping> {
    let mut scored: Vec<(f64, Field, usize)> = Vec::new();
    for (column, view) in columns.iter().enumerate().filter(|(_, view)| !view.header.is_empty()) {
        for field in layout.fields() {
            let score =
                layout.spellings(field).iter().map(|spelling| nearness(&view.header, spelling)).fold(0.0, f64::max);
            let read = if view.field == Some(field.key()) { 1.0 } else { suited(score, field, view.holds) };
            if read >= NEAR {
                scored.push((read, field, column));
            }
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)).then(a.1.cmp(&b.1)));
    let mut mapped: BTreeMap<Field, Mapping> = BTreeMap::new();
    for (score, field, column) in scored {
        let taken = mapped.contains_key(&field) || mapped.values().any(|mapping| mapping.column == column);
        if !taken {
            mapped.insert(field, Mapping { column, score });
        }
    }
    mapped
}

fn nearness(header: &str, spelling: &str) -> f64 {
    let (header, spelling) = (fold(header), fold(spelling));
    let alike = crate::terms::words::nearness(&header, &spelling);
    let within = spelling.len() > 4 && find_words(&header, &spelling, true).is_some();
    if within { alike.max(NEAR) } else { alike }
}

/// A guess made surer or less sure by what the column holds.
fn suited(score: f64, field: Field, holds: &str) -> f64 {
    use Field as F;
    if score >= 1.0 {
        return score;
    }
    let day = matches!(field, F::Start | F::End | F::ResponseDate | F::Since);
    let number = matches!(
        field,
        F::Participants
            | F::Women
            | F::Experts
            | F::Quantity
            | F::Count
            | F::TangibleResults
            | F::Responses
            | F::Rating
            | F::Satisfaction
            | F::Value
    );
    match holds {
        "date" if day => (score + 0.15).min(0.99),
        "date" | "empty" => score - 0.3,
        "text" if number || day => score - 0.15,
        _ => score,
    }
}

fn head(file: &SourceFile, sheet: &Sheet, header: &Header, model: &Layout) -> String {
    let mut text = String::new();
    let stem = file.path.rsplit_once('.').map_or(file.path.as_str(), |(stem, _)| stem);
    let _ = writeln!(text, "# A layout to start from. Check every line, then save it as config/sources/<name>.toml.");
    let _ = writeln!(text, "kind = {}", quoted(model.kind.as_str()));
    let _ = writeln!(text, "files = [{}]", quoted(&format!("*{}*", pattern(stem))));
    if !sheet.name.is_empty() {
        let _ = writeln!(text, "sheets = [{}]", quoted(&pattern(&sheet.name)));
    }
    if header.last > header.first {
        let _ = writeln!(text, "header-rows = {}", header.last - header.first + 1);
    }
    if header.first > 20 {
        let _ = writeln!(text, "header-row = {}", sheet.rows[header.first]);
    }
    let _ = writeln!(text, "day-first = {}                     # 03/04/2025 is 3 April", model.day_first);
    if let Some((low, high)) = model.scale {
        let _ = writeln!(text, "scale = [{low}, {high}]                       # lowest and highest rating");
    }
    text
}

/// Writes `[fields]`; gives the columns that no field reads.
fn fields<'a>(
    text: &mut String,
    model: &Layout,
    mapped: &BTreeMap<Field, Mapping>,
    columns: &'a [ColumnView],
) -> Vec<&'a ColumnView> {
    text.push_str("\n[fields]\n");
    for (field, mapping) in mapped {
        let view = &columns[mapping.column];
        let check = if mapping.score < 1.0 { "; a guess, check it" } else { "" };
        let line = format!("{} = [{}]", field.key(), quoted(&view.header));
        let _ = writeln!(text, "{line:<44} # column {}, {}{check}", view.letter, view.holds);
    }
    for group in model.kind.required().iter().filter(|group| !group.iter().any(|field| mapped.contains_key(field))) {
        let keys: Vec<&str> = group.iter().map(|field| field.key()).collect();
        let _ = writeln!(
            text,
            "# {} = [\"\"]   # REQUIRED: which column is it? Or give it under [constants].",
            keys.join(" or ")
        );
    }
    let used = |column: &usize| mapped.values().any(|mapping| mapping.column == *column);
    let left: Vec<&ColumnView> =
        columns.iter().enumerate().filter(|(column, _)| !used(column)).map(|(_, view)| view).collect();
    for view in left.iter().filter(|view| !view.header.is_empty()) {
        let _ = writeln!(text, "# not read: column {}, {} ({})", view.letter, quoted(&view.header), view.holds);
    }
    left
}

/// Comments on settings that fit the columns left.
fn hints(text: &mut String, kind: Kind, mapped: &BTreeMap<Field, Mapping>, left: &[&ColumnView]) {
    let headed: Vec<&str> = left.iter().map(|view| view.header.as_str()).filter(|header| !header.is_empty()).collect();
    if kind == Kind::Needs && !mapped.contains_key(&Field::Priority) && headed.len() > 1 {
        let _ = writeln!(text, "\n# One column a topic? Then:\n# [wide]\n# field = \"topic\"\n# value = \"priority\"");
        let (first, last) = (quoted(headed[0]), quoted(headed[headed.len() - 1]));
        let _ = writeln!(text, "# columns-from = {first}\n# columns-to = {last}");
    }
    let women: Vec<String> = of_sex(&headed, &["female", "females", "women", "woman", "girls", "femme", "femmes"]);
    let men: Vec<String> = of_sex(&headed, &["male", "males", "men", "man", "boys", "homme", "hommes"]);
    if kind == Kind::Activity && !women.is_empty() && !mapped.contains_key(&Field::Women) {
        let _ = writeln!(text, "\n# Women in several columns? Then:\n# [sum]\n# women = [{}]", women.join(", "));
    }
    if kind == Kind::Participation && !women.is_empty() && !men.is_empty() {
        let _ = writeln!(text, "\n# Numbers of women and men side by side? Then, without sex and count in [fields]:");
        let _ = writeln!(text, "# [split]\n# into = \"count\"\n# [split.columns]");
        for (headers, word) in [(women, "F"), (men, "M")] {
            for header in headers {
                let _ = writeln!(text, "# {header} = {{ sex = \"{word}\" }}");
            }
        }
    }
}

fn of_sex(headers: &[&str], words: &[&str]) -> Vec<String> {
    let says = |header: &&&str| {
        let folded = fold(header);
        words.iter().any(|word| find_words(&folded, word, false).is_some())
    };
    headers.iter().filter(says).map(|header| quoted(header)).collect()
}

/// The vocabularies of the fields found: a layout has its own.
fn words(text: &mut String, model: &Layout, mapped: &BTreeMap<Field, Mapping>) {
    for field in mapped.keys() {
        let vocabulary = model.vocabulary(*field);
        if vocabulary.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n[values.{}]", field.key());
        for (word, others) in vocabulary {
            let others = others.into_iter().filter(|other| *other != fold(word));
            let others: Vec<String> = others.map(quoted).collect();
            let _ = writeln!(text, "{} = [{}]", quoted(word), others.join(", "));
        }
    }
}

/// A text as TOML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(char::is_control, " "))
}

/// A name as a pattern that fits itself.
fn pattern(name: &str) -> String {
    name.chars().map(|c| if matches!(c, '*' | '[' | ']' | '{' | '}' | '!' | '\\') { '?' } else { c }).collect()
}
