//! Data quality: where every row went, and the findings.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cells::{WriteCells, height, lines};
use super::page::{HEADER, Page, Sheet, columns};
use super::rows::Lines;
use super::style::Style;
use crate::definitions::{SheetId, SheetWords};
use crate::findings::{Finding, Severity};
use crate::records::{Place, SourceTally};
use crate::report::Report;

/// Findings shown in the workbook; all of them stand in `data/findings.csv`.
const SHOWN: usize = 5_000;
/// Characters of the columns over which the meaning of a code stands.
const MEANING: f64 = 60.0;

pub(super) fn write(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    let columns = columns(words, &[34.0, 40.0, 26.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0]);
    let quality = &report.quality;
    let mut page = Page::of(&words.explained(&[("sums", &quality.reconciliation)]), &columns, style)?;
    let last = super::page::index(columns.len() - 1);
    let mut row = HEADER + 1;
    for source in &quality.sources {
        page.text(row, 0, &source.file, &style.text)?;
        page.text(row, 1, &source.sheet, &style.text)?;
        page.text(row, 2, source.kind, &style.quiet)?;
        places(&mut page, row, &source.tally)?;
        row += 1;
    }
    page.word(row, 0, "All sheets", &style.strong)?;
    page.text(row, 1, "", &style.strong)?;
    page.text(row, 2, "", &style.strong)?;
    places(&mut page, row, &quality.total)?;
    row += 2;
    let each =
        report.presentation.tab(SheetId::Findings).map(|tab| format!(" ({} {tab})", style.say("each cell: sheet")));
    page.band(row, &format!("{}{}", style.say("The same mistake in a column, told once"), each.unwrap_or_default()))?;
    row += 1;
    for group in &quality.groups {
        let meaning = group.code.meaning();
        page.text(row, 0, group.code.as_str(), severity(style, group.code.severity()))?;
        page.text(row, 1, &group.place, &style.text)?;
        page.text(row, 2, &group.value, &style.quiet)?;
        page.count(row, 3, Some(group.count as u64))?;
        page.sheet.merge_range(row, 4, row, last, meaning, &style.quiet)?;
        let needed =
            lines(meaning, MEANING).max(lines(&group.place, columns[1].1)).max(lines(&group.value, columns[2].1));
        page.sheet.set_row_height(row, height(needed))?;
        row += 1;
    }
    Ok(page.sheet)
}

fn places(page: &mut Page<'_>, row: u32, tally: &SourceTally) -> Result<(), XlsxError> {
    page.count(row, 3, Some(tally.read as u64))?;
    for (at, place) in Place::ALL.into_iter().enumerate() {
        page.count(row, 4 + at, Some(tally.placed(place) as u64))?;
    }
    Ok(())
}

fn severity(style: &Style, severity: Severity) -> &rust_xlsxwriter::Format {
    match severity {
        Severity::Error => &style.partly,
        Severity::Warning => &style.text,
        Severity::Note => &style.quiet,
    }
}

pub(super) fn write_findings<'a>(
    report: &'a Report,
    words: &SheetWords,
    style: &'a Style,
) -> Result<Sheet<'a>, XlsxError> {
    let columns = columns(words, &[10.0, 22.0, 24.0, 20.0, 9.0, 30.0, 60.0, 44.0]);
    let findings = &report.quality.findings;
    let shown = findings.len().min(SHOWN);
    let explanation = if shown < findings.len() { words.cut(&shown, &findings.len()) } else { words.explained(&[]) };
    let page = Page::of(&explanation, &columns, style)?;
    page.list("Findings", &columns, &findings[..shown], finding_row)
}

fn finding_row(lines: &mut Lines<'_, '_>, row: u32, finding: &Finding) -> Result<(), XlsxError> {
    let style = lines.style;
    let texts: [(usize, &str); 6] = [
        (1, finding.code.as_str()),
        (2, &finding.origin.file),
        (3, &finding.origin.sheet),
        (5, &finding.value),
        (6, &finding.message),
        (7, &finding.help),
    ];
    lines.word(row, 0, finding.severity().as_str(), severity(style, finding.severity()))?;
    lines.text(row, 4, &finding.origin.cell, &style.text)?;
    for (column, text) in texts {
        lines.text(row, column, text, if column == 7 { &style.quiet } else { &style.text })?;
    }
    lines.fit(row, &texts)
}
