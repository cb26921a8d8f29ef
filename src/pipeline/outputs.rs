//! All files of a report, made side by side and written as they are made.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Run, Stage, Stages, stage};
use crate::artifact::Artifact;
use crate::findings::Finding;
use crate::output::{OutputError, ReportFolder, Written};
use crate::report::Report;
use crate::{charts, cores, output, workbook};

/// What makes some of the files.
type Maker<'a> = (Stage, Box<dyn Fn() -> Vec<Artifact> + Sync + 'a>);

/// Makes and writes all files of the report but `run.json`; what was written, in a fixed order. `rejected` are the
/// files of rejected rows, which stand already.
pub(super) fn write(
    run: &Run,
    report: &Report,
    findings: &[&Finding],
    rejected: Vec<Written>,
    (folder, stages): (&ReportFolder, Stages<'_>),
) -> Result<Vec<Written>, OutputError> {
    let day = run.period.days().1;
    // The workbooks take the most time and memory: they come first. Charts are many and small, and fill the cores to the
    // end.
    let mut makers: Vec<Maker<'_>> = vec![
        (Stage::Workbook, Box::new(|| vec![workbook::render(report, day)])),
        (Stage::NeedsBook, Box::new(|| Vec::from_iter(workbook::needs::render(report, day)))),
        (Stage::Workbook, Box::new(|| Vec::from_iter(workbook::review::render(&report.review, day)))),
    ];
    let books = makers.len();
    makers.extend(data(run, report, findings));
    let charts_from = makers.len();
    let drawers = charts::drawers(&report.charts, &report.presentation.palette);
    makers.extend(drawers.into_iter().map(|drawer| (Stage::Charts, drawer)));
    // After one that could not be written no more are made.
    let failed = AtomicBool::new(false);
    let made = cores::each(makers.len(), |at| {
        let (of, maker) = &makers[at];
        if failed.load(Ordering::Relaxed) {
            return Ok(Vec::new());
        }
        let write = || maker().iter().map(|file| folder.write(file)).collect::<Result<Vec<_>, _>>();
        let files = stage(stages, *of, write);
        failed.fetch_or(files.is_err(), Ordering::Relaxed);
        files
    });
    let mut written: Vec<Vec<Written>> = made.into_iter().collect::<Result<_, OutputError>>()?;
    // The data are listed first, and those of rejected rows last among them.
    let charts = written.split_off(charts_from);
    let data = written.split_off(books).into_iter().flatten().chain(rejected);
    Ok(data.chain(written.into_iter().chain(charts).flatten()).collect())
}

/// What makes the data files, each for itself.
fn data<'a>(run: &'a Run, report: &'a Report, findings: &'a [&Finding]) -> Vec<Maker<'a>> {
    let Run { definitions, records, links, measured, needs, .. } = run;
    let files: Vec<Box<dyn Fn() -> Vec<Artifact> + Sync + 'a>> = vec![
        Box::new(|| vec![output::data::scorecard(&measured.scorecard, definitions)]),
        Box::new(|| vec![output::data::links(links, records, definitions)]),
        Box::new(|| vec![output::data::review(links, records, definitions)]),
        Box::new(|| vec![output::data::findings(findings)]),
        Box::new(|| vec![output::data::evidence(&report.evidence.rows)]),
        Box::new(|| vec![output::data::needs(needs)]),
        Box::new(|| Vec::from_iter(report.needs.as_ref().map(|view| output::follow_up::follow_up(&view.asked)))),
        Box::new(|| Vec::from_iter(report.needs.as_ref().map(|view| output::follow_up::answers(&view.answers)))),
        Box::new(|| Vec::from_iter(report.needs.as_ref().map(|view| output::follow_up::need_rows(&view.evidence)))),
    ];
    files.into_iter().map(|file| (Stage::Data, file)).collect()
}
