//! Blank workbooks for every kind of record: the default headers, with drop-downs where words are chosen.

use rust_xlsxwriter::{DataValidation, Formula, Workbook, Worksheet, XlsxError};

use super::page::{index, print_setup};
use super::style::Style;
use crate::artifact::Artifact;
use crate::definitions::{Definitions, Field, LISTS_SHEET, Layout};
use crate::terms::fold::capital;

/// Rows below the header that have drop-downs.
const ROWS: u32 = 2_000;

/// One blank workbook a layout: `<kind>.xlsx`.
///
/// # Panics
/// Only by a fault of the program: headers and words are within Excel's limits.
#[must_use]
pub fn templates(definitions: &Definitions) -> Vec<Artifact> {
    let blank = |layout| template(definitions, layout).expect("headers and words are within Excel's limits");
    definitions.layouts.iter().map(|layout| Artifact::new(format!("{}.xlsx", layout.name), blank(layout))).collect()
}

fn template(definitions: &Definitions, layout: &Layout) -> Result<Vec<u8>, XlsxError> {
    let style = Style::new();
    let mut workbook = Workbook::new();
    let (mut sheet, mut lists) = (Worksheet::new(), Worksheet::new());
    sheet.set_name(capital(&layout.name))?;
    lists.set_name(LISTS_SHEET)?;
    print_setup(&mut sheet, &layout.name);
    sheet.set_freeze_panes(1, 0)?;
    let mut listed = 0;
    for (at, field) in layout.kind.fields().iter().enumerate() {
        let (column, header) = (index(at), layout.header(*field));
        let required = layout.kind.required().iter().any(|group| group.contains(field));
        sheet.write_with_format(0, column, header, &style.header)?;
        sheet.set_column_width(column, if required { 26.0 } else { 18.0 })?;
        if is_day(*field) {
            sheet.set_column_format(column, &style.date)?;
        }
        let words = choices(definitions, layout, *field);
        if !words.is_empty() {
            drop_down(&mut sheet, &mut lists, column, index(listed), &words)?;
            listed += 1;
        }
    }
    workbook.push_worksheet(sheet);
    if listed > 0 {
        workbook.push_worksheet(lists);
    }
    workbook.set_properties(
        &rust_xlsxwriter::DocProperties::new()
            .set_creation_datetime(&super::cells::excel_day(definitions.plan.year.first_day())?),
    );
    workbook.save_to_buffer()
}

/// The words stand on a sheet of their own, for a list inside a rule must be short.
fn drop_down(
    sheet: &mut Worksheet,
    lists: &mut Worksheet,
    column: u16,
    list: u16,
    words: &[String],
) -> Result<(), XlsxError> {
    for (row, word) in (0..).zip(words) {
        lists.write_string(row, list, word)?;
    }
    let letters = crate::intake::column_letters(usize::from(list));
    let range = format!("='{LISTS_SHEET}'!${letters}$1:${letters}${}", words.len());
    let rule = DataValidation::new()
        .allow_list_formula(Formula::new(range))
        .set_error_title("Not in the list")?
        .set_error_message("Choose a word of the list; other words are read only where the layout knows them.")?
        .set_error_style(rust_xlsxwriter::DataValidationErrorStyle::Warning);
    sheet.add_data_validation(1, column, ROWS, column, &rule)?;
    Ok(())
}

/// The words that a column chooses from; none where it is free.
fn choices(definitions: &Definitions, layout: &Layout, field: Field) -> Vec<String> {
    let members = || definitions.members.all().iter().map(|member| member.name.clone()).collect();
    match field {
        Field::Type => definitions.types.iter().map(|(_, of)| of.name.clone()).collect(),
        Field::Member | Field::Counterpart => members(),
        Field::Kpi => definitions.kpis.iter().map(|kpi| kpi.id.to_string()).collect(),
        Field::PlanItem => definitions.plan.items().iter().map(|item| item.id.clone()).collect(),
        _ => {
            let words = layout.words(field);
            words.split(", ").filter(|word| !word.is_empty()).map(str::to_owned).collect()
        }
    }
}

fn is_day(field: Field) -> bool {
    matches!(field, Field::Start | Field::End | Field::ResponseDate | Field::Since)
}
