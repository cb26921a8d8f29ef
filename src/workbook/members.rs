//! Members: what each received in the year to date.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{HEADER, Page};
use super::style::Style;
use crate::report::Report;

pub(super) fn write(report: &Report, style: &Style) -> Result<Worksheet, XlsxError> {
    let view = &report.members;
    let sections: Vec<String> = view.sections.iter().map(|section| format!("Section {section}")).collect();
    let mut columns = vec![
        ("Member", 22.0),
        ("Code", 7.0),
        ("Region", 20.0),
        ("Groups", 26.0),
        ("Events in the period", 11.0),
        ("Events in the year to date", 12.0),
    ];
    columns.extend(sections.iter().map(|section| (section.as_str(), 10.0)));
    columns.extend([
        ("Participations in lists", 13.0),
        ("Women", 9.0),
        ("Men", 9.0),
        ("Sex not stated", 10.0),
        ("Events given experts", 11.0),
    ]);
    let explanation = format!(
        "{} of {} Members were reached: as host, beneficiary or participant of a delivered event. An event can serve several sections; do not sum over them.",
        view.reached(),
        view.rows.len()
    );
    let mut page = Page::of(&explanation, &columns, style)?;
    page.sheet.set_freeze_panes(HEADER + 1, 1)?;
    page.table("Members", &columns, view.rows.len())?;
    for (row, member) in (HEADER + 1..).zip(&view.rows) {
        page.text(row, 0, &member.name, &style.strong)?;
        page.text(row, 1, member.code.as_str(), &style.quiet)?;
        page.text(row, 2, &member.region, &style.quiet)?;
        page.text(row, 3, &member.groups, &style.quiet)?;
        let mut counts = vec![member.in_period as u64, member.in_year as u64];
        counts.extend(member.by_section.values().map(|count| *count as u64));
        counts.extend([member.persons.all(), member.persons.women, member.persons.men, member.persons.not_stated]);
        counts.push(member.gave_experts as u64);
        for (at, count) in counts.into_iter().enumerate() {
            page.count(row, 4 + at, Some(count))?;
        }
        page.fit(row, &[(0, &member.name), (3, &member.groups)])?;
    }
    heat(&mut page, view.rows.len())?;
    Ok(page.sheet)
}

/// Shades the events of the year to date, light to dark.
fn heat(page: &mut Page<'_>, rows: usize) -> Result<(), XlsxError> {
    if rows == 0 {
        return Ok(());
    }
    let last = HEADER + u32::try_from(rows).expect("a few Members");
    let scale =
        rust_xlsxwriter::ConditionalFormat2ColorScale::new().set_minimum_color("FFFFFF").set_maximum_color("8FC1CB");
    page.sheet.add_conditional_format(HEADER + 1, 5, last, 5, &scale)?;
    Ok(())
}
