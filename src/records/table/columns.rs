//! The columns of a claimed table, with what is to be said about doubled, unknown and missing headers.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fields::Columns;
use super::header::Header;
use super::matching::{matched, unpivoted};
use super::place;
use super::{Candidate, Claim, Slot};
use crate::definitions::{Field, Layout, TablePlace, Unpivot};
use crate::findings::{Code, Finding, Origin};
use crate::intake::{Sheet, SourceFile};
use crate::terms::fold::fold;

/// The claim of a candidate on its table.
pub(super) fn claim<'a>(
    file: &SourceFile,
    sheet: &'a Sheet,
    candidate: Candidate<'a>,
    body: Range<usize>,
    noise: Range<usize>,
    findings: &mut Vec<Finding>,
) -> Claim<'a> {
    let Candidate { layout, found, .. } = candidate;
    let mut speaker = Speaker { file, sheet, layout, header: &found.header, findings };
    let columns = speaker.columns(&found.matched.of_column);
    for of_field in found.matched.under_bands.values() {
        speaker.under_bands(of_field);
    }
    let slots = layout.unpivot.as_ref().map_or_else(Vec::new, |unpivot| {
        slots(unpivot, &found.header, &unpivoted(unpivot, &found.header, &found.matched))
    });
    let sums: Vec<(Field, Vec<usize>)> =
        layout.sums.iter().map(|(field, names)| (*field, speaker.all_named(names))).collect();
    let skips: Vec<(usize, &[String])> = layout
        .skip
        .iter()
        .filter_map(|rule| {
            Some((*speaker.all_named(std::slice::from_ref(&rule.column)).first()?, rule.words.as_slice()))
        })
        .collect();
    if let Some(unpivot) = &layout.unpivot {
        speaker.all_named(&names_of(unpivot));
    }
    if found.complete {
        let used = |column: usize| {
            slots.iter().any(|slot| slot.column == column)
                || sums.iter().any(|(_, columns)| columns.contains(&column))
                || skips.iter().any(|(of, _)| *of == column)
                || noise.contains(&column)
                || found.matched.under_bands.values().flatten().any(|of| *of == column)
        };
        speaker.unknown(&found.matched.of_column, used);
    } else {
        speaker.unknown(&found.matched.of_column, |column| noise.contains(&column));
        speaker.missing(&columns, &found.given);
    }
    Claim {
        sheet,
        layout,
        header: found.header,
        body,
        columns: Columns::new(&columns),
        given: found.given,
        slots,
        sums,
        skips,
        complete: found.complete,
    }
}

/// The columns that give records. A band that stands over all of them says nothing about any of them.
fn slots(unpivot: &Unpivot, header: &Header, columns: &[usize]) -> Vec<Slot> {
    match unpivot {
        Unpivot::Wide { field, value, in_words, .. } => {
            let (names, word) = in_words.as_ref().map_or((&[][..], ""), |(names, word)| (names.as_slice(), word));
            let told: Vec<usize> = names.iter().flat_map(|name| header.named(name)).collect();
            let columns: Vec<usize> = columns.iter().copied().filter(|column| !told.contains(column)).collect();
            let bare = |column: &usize| {
                let label = &header.labels[*column];
                label.banded.strip_suffix(label.own.as_str()).unwrap_or_default().trim()
            };
            let alike = columns.windows(2).all(|two| bare(&two[0]) == bare(&two[1]));
            let slot = |column: &usize| {
                let label = &header.labels[*column];
                let words = vec![(*field, if alike { label.own.clone() } else { label.banded.clone() })];
                Slot { column: *column, words, value: *value, counts: false, told: false }
            };
            let given = |column: &usize| {
                let words = vec![(*value, word.to_owned())];
                Slot { column: *column, words, value: *field, counts: false, told: true }
            };
            columns.iter().map(slot).chain(told.iter().map(given)).collect()
        }
        Unpivot::Split { into, columns: of } => {
            let slots = of.iter().flat_map(|(name, words)| {
                let named = header.named(name).into_iter();
                named.map(|column| Slot { column, words: words.clone(), value: *into, counts: true, told: false })
            });
            slots.collect()
        }
    }
}

/// The headers that an unpivoting layout names, folded.
fn names_of(unpivot: &Unpivot) -> Vec<String> {
    use crate::definitions::WideColumns as Wide;
    let Unpivot::Wide { columns, in_words, .. } = unpivot else {
        let Unpivot::Split { columns, .. } = unpivot else { return Vec::new() };
        return columns.iter().map(|(name, _)| name.clone()).collect();
    };
    let mut names = match columns {
        Wide::Named(names) | Wide::AllBut(names) => names.clone(),
        Wide::Span(from, to) => vec![from.clone(), to.clone()],
    };
    names.extend(in_words.iter().flat_map(|(names, _)| names.clone()));
    names
}

struct Speaker<'a> {
    file: &'a SourceFile,
    sheet: &'a Sheet,
    layout: &'a Layout,
    header: &'a Header,
    findings: &'a mut Vec<Finding>,
}

impl Speaker<'_> {
    fn place(&self, cell: String) -> Origin {
        Origin { file: self.file.path.as_str().into(), sheet: self.sheet.name.as_str().into(), cell: cell.into() }
    }

    fn find(&mut self, code: Code, column: usize, message: String, help: String) {
        let row = (self.header.first..=self.header.last)
            .rev()
            .find(|row| self.sheet.cell(*row, column) != crate::intake::Cell::Empty)
            .unwrap_or(self.header.last);
        let origin = self.place(self.sheet.address(row, column));
        self.findings.push(Finding::new(code, origin, message, help).seen(&self.header.labels[column].banded));
    }

    /// The column of each field: of two the first.
    fn columns(&mut self, of_column: &[Option<Field>]) -> BTreeMap<Field, usize> {
        let mut columns: BTreeMap<Field, usize> = BTreeMap::new();
        for (column, field) in of_column.iter().enumerate().filter_map(|(column, field)| Some((column, (*field)?))) {
            if let Some(first) = columns.get(&field) {
                let first = self.sheet.address(self.header.last, *first);
                let message = format!("A second column for {}; the one at {first} is read.", self.layout.header(field));
                self.find(Code::HeaderDoubled, column, message, "Rename or remove one of the two columns.".into());
            } else {
                columns.insert(field, column);
            }
        }
        columns
    }

    fn under_bands(&mut self, columns: &[usize]) {
        let bands: Vec<&str> = columns.iter().map(|column| self.header.labels[*column].banded.as_str()).collect();
        let message = format!("The header stands under several headings ({}); none was read.", bands.join("; "));
        let help = format!("Add the one that is meant, with its heading, to config/sources/{}.toml.", self.layout.name);
        self.find(Code::HeaderUnderBands, columns[0], message, help);
    }

    fn unknown(&mut self, of_column: &[Option<Field>], used: impl Fn(usize) -> bool) {
        for (column, field) in of_column.iter().enumerate() {
            if field.is_none() && !used(column) && !self.header.labels[column].own.is_empty() {
                let name = &self.layout.name;
                let message = format!("No field of the layout \"{name}\" has this header; the column was not read.");
                let help = format!("If it matters, add the header to config/sources/{name}.toml.");
                self.find(Code::HeaderUnknown, column, message, help);
            }
        }
    }

    /// The columns of headers that a setting names; one that is not there is a finding.
    fn all_named(&mut self, names: &[String]) -> Vec<usize> {
        let mut columns = Vec::new();
        for name in names {
            let hits = self.header.named(name);
            if hits.is_empty() {
                let finding = Finding::new(
                    Code::LayoutColumnMissing,
                    self.place(format!("row {}", self.sheet.rows[self.header.last])),
                    format!("The layout \"{}\" names this column; the sheet has none.", self.layout.name),
                    format!("Correct the header in the sheet, or in config/sources/{}.toml.", self.layout.name),
                );
                self.findings.push(finding.seen(name));
            }
            columns.extend(hits);
        }
        columns
    }

    fn missing(&mut self, columns: &BTreeMap<Field, usize>, given: &[Field]) {
        let seen: Vec<&str> = self.header.labels.iter().map(|label| label.banded.as_str()).collect();
        let seen: Vec<&str> = seen.into_iter().filter(|text| !text.is_empty()).collect();
        let there = |field: &Field| columns.contains_key(field) || given.contains(field);
        for group in self.layout.kind.required().iter().filter(|group| !group.iter().any(there)) {
            let names: Vec<&str> = group.iter().map(|field| self.layout.header(*field)).collect();
            let near = nearest(self.layout, group, self.header, columns);
            let near = near.map(|(column, _)| {
                let address = self.sheet.address(self.header.last, column);
                format!(" Nearest: \"{}\" ({address}).", self.header.labels[column].banded)
            });
            let message = format!(
                "The sheet looks like {}, but has no column \"{}\"; none of its rows was read. Headers seen: {}.{}",
                self.layout.kind.as_str(),
                names.join("\" or \""),
                seen.join(", "),
                near.unwrap_or_default()
            );
            let help = format!(
                "Name the column \"{}\", or add its header to config/sources/{}.toml.",
                names[0], self.layout.name
            );
            let row = self.sheet.rows.get(self.header.last).copied().unwrap_or(1);
            let origin = self.place(format!("row {row}"));
            self.findings.push(Finding::new(Code::HeaderMissing, origin, message, help));
        }
    }
}

/// The free column whose header is nearest to a spelling of the fields, and the field.
fn nearest(
    layout: &Layout,
    fields: &[Field],
    header: &Header,
    columns: &BTreeMap<Field, usize>,
) -> Option<(usize, Field)> {
    const NEAR: f64 = 0.6;
    let free = |column: &usize| !columns.values().any(|of| of == column) && !header.labels[*column].own.is_empty();
    let mut best: Option<(f64, usize, Field)> = None;
    for column in (0..header.labels.len()).filter(free) {
        let texts = [fold(&header.labels[column].own), fold(&header.labels[column].banded)];
        for field in fields {
            for spelling in layout.spellings(*field).iter().map(|spelling| fold(spelling)) {
                let near = |text: &String| crate::terms::words::nearness(text, &spelling);
                let score = texts.iter().map(near).fold(0.0, f64::max);
                if score >= NEAR && best.is_none_or(|(most, ..)| score > most) {
                    best = Some((score, column, *field));
                }
            }
        }
    }
    best.map(|(_, column, field)| (column, field))
}

/// A sheet that no layout reads. Its first row is shown only where a layout knows two of the headers, for
/// it may otherwise be a row of names.
pub(super) fn unclaimed(file: &SourceFile, sheet: &Sheet, layouts: &[Layout]) -> Finding {
    let first = Header::read(sheet, 0, 0);
    let known = layouts.iter().any(|layout| matched(layout, &first).fields().len() > 1);
    let texts = first.labels.iter().take(12).map(|label| label.own.as_str());
    let seen: Vec<&str> = texts.filter(|text| known && !text.is_empty() && !text.contains('@')).collect();
    let names: Vec<&str> = layouts.iter().map(|layout| layout.name.as_str()).collect();
    let near = nearly(file, sheet, layouts);
    Finding::new(
        Code::SheetUnclaimed,
        Origin { file: file.path.as_str().into(), sheet: sheet.name.as_str().into(), cell: "".into() },
        format!(
            "No source layout ({}) finds its columns in this sheet; its {} rows are not in the report.{}",
            names.join(", "),
            sheet.rows.len(),
            near.unwrap_or_default()
        ),
        "Use the default headers of one kind of record, or write a layout for it in config/sources/.",
    )
    .seen(seen.join(" | "))
}

/// The layout that comes nearest to a sheet, in words.
fn nearly(file: &SourceFile, sheet: &Sheet, layouts: &[Layout]) -> Option<String> {
    let _ = file;
    let found = layouts.iter().filter_map(|layout| Some((layout, place::find(sheet, layout, &TablePlace::default())?)));
    let (layout, found) =
        found.max_by_key(|(_, found)| found.fields.len()).filter(|(_, found)| found.fields.len() > 1)?;
    let there = |field: &Field| found.fields.contains(field);
    let lacking = layout.kind.required().iter().filter(|group| !group.iter().any(there));
    let names: Vec<&str> = lacking.map(|group| layout.header(group[0])).collect();
    Some(format!(
        " Nearest: {}, which finds {} of its columns in row {} and lacks \"{}\".",
        layout.name,
        found.fields.len(),
        sheet.rows[found.header.last],
        names.join("\", \"")
    ))
}
