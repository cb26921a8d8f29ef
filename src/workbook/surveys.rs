//! Surveys: follow-up and evaluation, each share with its n.

use rust_xlsxwriter::{ChartType, Worksheet, XlsxError};

use super::cells::WriteCells;
use super::counts::colours;
use super::page::{HEADER, Page, columns};
use super::plot::{Cells, Plot};
use super::style::Style;
use crate::definitions::SheetWords;
use crate::report::Report;
use crate::report::surveys::SurveyRow;
use crate::terms::figure::counted;

const WIDTHS: [f64; 17] =
    [14.0, 34.0, 10.0, 8.0, 8.0, 9.0, 8.0, 9.0, 9.0, 10.0, 11.5, 11.5, 11.0, 10.0, 10.0, 11.0, 11.0];

pub(super) fn write(report: &Report, words: &SheetWords, style: &Style) -> Result<Worksheet, XlsxError> {
    let view = &report.surveys;
    let columns = columns(words, &WIDTHS);
    let mut page = Page::of(&words.explained(&[("least", &view.least)]), &columns, style)?;
    page.table("Surveys", &columns, view.rows.len())?;
    for (row, survey) in (HEADER + 1..).zip(&view.rows) {
        survey_row(&mut page, row, survey, view.least)?;
    }
    let last = HEADER + u32::try_from(view.rows.len()).expect("some groups");
    chart(report, words, &mut page, last + 2)?;
    page.on_one_page();
    Ok(page.sheet)
}

fn survey_row(page: &mut Page<'_>, row: u32, survey: &SurveyRow, least: u32) -> Result<(), XlsxError> {
    let (style, said) = (page.style, &survey.surveyed);
    page.word(row, 0, survey.by, &style.quiet)?;
    page.word(row, 1, &survey.of, &style.strong)?;
    let counts = [said.answers, said.yes, said.partly, said.planned, said.no];
    for (at, count) in counts.into_iter().enumerate() {
        page.count(row, 2 + at, Some(count))?;
    }
    page.decimal(row, 7, said.acted())?;
    page.count(row, 8, Some(said.taken()))?;
    page.count(row, 9, Some(said.tangible))?;
    if let Some(why) = survey.withheld {
        page.text(row, 10, "", &style.text)?;
        page.text(row, 11, &why.in_words(least, |word| style.say(word)), &style.words)?;
    } else {
        page.decimal(row, 10, said.satisfied())?;
        page.count(row, 11, Some(said.satisfaction.1))?;
    }
    page.count(row, 12, Some(said.asked))?;
    page.count(row, 13, Some(said.answered))?;
    page.decimal(row, 14, said.response())?;
    let of_members = survey.by == "Member group";
    page.decimal(row, 15, said.evaluated().filter(|_| !of_members))?;
    page.count(row, 16, Some(said.evaluation.1).filter(|_| !of_members))?;
    page.fit(row, &[(0, survey.by), (1, &survey.of)])
}

fn chart(report: &Report, words: &SheetWords, page: &mut Page<'_>, row: u32) -> Result<(), XlsxError> {
    let (view, style) = (&report.surveys, page.style);
    let quarters = &view.rows[..view.quarters];
    let sum = |of: fn(&SurveyRow) -> u64| quarters.iter().map(of).sum::<u64>();
    let (acted, taken) = (sum(|row| row.surveyed.yes + row.surveyed.partly), sum(|row| row.surveyed.taken()));
    if taken == 0 {
        return page.text(row, 0, &words.nothing, &style.subtitle);
    }
    let answers = counted(usize::try_from(taken).unwrap_or(usize::MAX), "follow-up answer", "follow-up answers");
    let title = format!("{acted} of {answers} report action taken");
    let said = quarters.iter().map(|quarter| {
        let said = &quarter.surveyed;
        format!("{}: yes {}, partly {}, planned {}, no {}", quarter.of, said.yes, said.partly, said.planned, said.no)
    });
    let alt = said.collect::<Vec<_>>().join(". ");
    let mut plot = Plot::new(ChartType::ColumnStacked, &title, &alt, &words.name, style);
    let last = HEADER + u32::try_from(view.quarters).expect("four quarters");
    let cells = |column| Cells { column, first: HEADER + 1, last };
    for (column, colour) in (3..).zip(colours(&style.palette)) {
        plot.add(HEADER, cells(1), cells(column), colour);
    }
    plot.insert(&mut page.sheet, row, 360)
}
