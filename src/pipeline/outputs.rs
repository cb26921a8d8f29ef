//! All files of a report, made side by side.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::{Run, Stage, Stages, stage};
use crate::artifact::Artifact;
use crate::findings::Finding;
use crate::report::Report;
use crate::{charts, output, workbook};

/// What makes some of the files.
type Maker<'a> = (Stage, Box<dyn Fn() -> Vec<Artifact> + Sync + 'a>);

/// All files of the report in a fixed order.
pub(super) fn render(
    run: &Run,
    report: &Report,
    (findings, rejected): (&[&Finding], &[Artifact]),
    stages: Stages<'_>,
) -> Vec<Artifact> {
    let Run { files, period, records, ledger, definitions, .. } = run;
    let day = period.days().1;
    // The workbooks take the most time and memory: they come first, and are gone when the charts are drawn.
    let mut makers: Vec<Maker<'_>> = vec![
        (Stage::Data, Box::new(|| data(run, report, findings, rejected))),
        (Stage::Workbook, Box::new(|| vec![workbook::render(report, day)])),
        (Stage::NeedsBook, Box::new(|| Vec::from_iter(workbook::needs::render(report, day)))),
        (Stage::Workbook, Box::new(|| Vec::from_iter(workbook::review::render(&report.review, day)))),
    ];
    let drawers = charts::drawers(&report.charts, &report.presentation.palette);
    makers.extend(drawers.into_iter().map(|drawer| (Stage::Charts, drawer)));
    let mut artifacts = side_by_side(&makers, stages);
    artifacts.push(output::manifest::manifest(period, files, &definitions.files, records, ledger, &artifacts));
    artifacts
}

/// What all makers make, in their order; as many work at a time as the machine has cores.
fn side_by_side(makers: &[Maker<'_>], stages: Stages<'_>) -> Vec<Artifact> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((of, maker)) = makers.get(at) else { return made };
            made.push((at, stage(stages, *of, maker)));
        }
    };
    let others = thread::available_parallelism().map_or(0, |cores| cores.get().min(makers.len()) - 1);
    let mut made = thread::scope(|scope| {
        let workers: Vec<_> = (0..others).map(|_| scope.spawn(work)).collect();
        let mut made = work();
        made.extend(workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))));
        made
    });
    made.sort_unstable_by_key(|(at, _)| *at);
    made.into_iter().flat_map(|(_, artifacts)| artifacts).collect()
}

/// The data files of the report, those of rejected rows last.
fn data(run: &Run, report: &Report, findings: &[&Finding], rejected: &[Artifact]) -> Vec<Artifact> {
    let Run { definitions, records, links, measured, needs, .. } = run;
    let mut artifacts = vec![
        output::data::scorecard(&measured.scorecard, definitions),
        output::data::links(links, records, definitions),
        output::data::review(links, records, definitions),
        output::data::findings(findings),
        output::data::evidence(&report.evidence.rows),
        output::data::needs(needs),
    ];
    artifacts.extend(report.needs.iter().flat_map(output::follow_up::files));
    artifacts.extend_from_slice(rejected);
    artifacts
}
