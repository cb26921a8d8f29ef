//! The stages in order: load, read, clean, settle, map, measure, compose, render, write.

mod outputs;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::cores;
use crate::definitions::{ConfigError, DECISIONS, Definitions};
use crate::findings::{Code, Finding, Ledger, Origin, Severity};
use crate::intake::{self, IntakeError, SourceFile};
use crate::mapping::{self, Links, Recogniser};
use crate::measure::needs::NeedLine;
use crate::measure::{self, Measured};
use crate::output::{self, OutputError, ReportFolder};
use crate::records::review::ReviewRead;
use crate::records::{self, ActivityStatus, Horizon, Records, RecordsRead};
use crate::report::{self, Material, Report};
use crate::terms::{Asked, PlanYear, ReportPeriod};
use crate::wording::Lexicon;

/// What a run is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// Configuration folder.
    pub config: PathBuf,
    /// Inputs folder.
    pub inputs: PathBuf,
    /// Folder in which reports stand.
    pub out: PathBuf,
    /// The period; none: the newest quarter with a delivered activity.
    pub period: Option<PeriodAsked>,
    /// The as-at date; none: the report's last day.
    pub as_at: Option<NaiveDate>,
}

/// The period as asked for on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodAsked {
    /// A quarter of a plan year; none: of the configured one.
    Quarter(Option<PlanYear>, u8),
    /// From a day to a day.
    Free(NaiveDate, NaiveDate),
}

/// Why a run made no report.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The configuration cannot be used.
    #[error("The configuration cannot be used.\n  {0}")]
    Config(#[from] ConfigError),
    /// The inputs folder cannot be read.
    #[error("Nothing can be read: {0}.")]
    Intake(#[from] IntakeError),
    /// No row was read.
    #[error("Nothing to read: no sheet in {folder} holds rows of one of the seven kinds.{hints}")]
    Nothing {
        /// The inputs folder.
        folder: PathBuf,
        /// What was found instead.
        hints: String,
    },
    /// No period was given and none can be told.
    #[error(
        "No period was given, and no activity delivered in {0} tells which quarter is meant. Give one: --period {0}/Q1"
    )]
    NoPeriod(PlanYear),
    /// The tally of a sheet does not close: a bug.
    #[error(
        "The rows of {0} do not add up: a row went nowhere or twice. No report was written. This is a fault of the program; please report it."
    )]
    Reconciliation(String),
    /// The report cannot be written.
    #[error("Not written: {0}")]
    Output(#[from] OutputError),
    /// Aggregation failed.
    #[error("The figures could not be summed up ({0}).")]
    Aggregation(#[from] polars::error::PolarsError),
}

/// Everything known at the end of the stages that look at data.
#[derive(Debug)]
pub struct Run {
    /// The configuration.
    pub definitions: Definitions,
    /// The files read; without their sheets once a report was made of them.
    pub files: Vec<SourceFile>,
    /// The period.
    pub period: ReportPeriod,
    /// The records.
    pub records: Records,
    /// Links to the plan.
    pub links: Links,
    /// The figures.
    pub measured: Measured,
    /// What Members asked for, and what became of it.
    pub needs: Vec<NeedLine>,
    /// The findings.
    pub ledger: Ledger,
    /// Decisions taken from filled-in reviews among the inputs that are new or changed.
    pub decided: usize,
    /// A word about the inputs that the report repeats (`notice.txt` in the inputs folder).
    pub notice: Option<String>,
}

/// What a run made.
#[derive(Debug)]
pub struct Outcome {
    /// What was found.
    pub run: Run,
    /// The views of the report.
    pub report: Report,
    /// Where the report stands.
    pub folder: PathBuf,
}

/// Called as files are read: done, all, name.
pub type Progress<'a> = &'a (dyn Fn(usize, usize, &str) + Sync);

/// A stage of a run, in their order. The files of the report are made side by side: theirs may begin and end more than
/// once, and on several threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The configuration is loaded.
    Load,
    /// Files are unpacked and their cells read.
    Read,
    /// Rows become records, and these find their activities.
    Clean,
    /// Activities are mapped to the plan.
    Map,
    /// Figures are summed up.
    Measure,
    /// The views of the report are composed.
    Compose,
    /// Data files are made, and written as all files that follow.
    Data,
    /// The workbooks of figures and of decisions to take are made.
    Workbook,
    /// The workbook of needs and follow-up is made.
    NeedsBook,
    /// The charts are drawn.
    Charts,
    /// The record of the run is written, and the report takes the place of the previous one.
    Write,
}

/// Told when a stage begins, and (`true`) when it has ended.
pub type Stages<'a> = &'a (dyn Fn(Stage, bool) + Sync);

fn stage<T>(stages: Stages<'_>, stage: Stage, work: impl FnOnce() -> T) -> T {
    stages(stage, false);
    let made = work();
    stages(stage, true);
    made
}

/// Makes the report.
///
/// # Errors
/// See [`Failure`].
pub fn make_report(request: &Request, progress: Progress<'_>) -> Result<Outcome, Failure> {
    make_report_in_stages(request, progress, &|_, _| {})
}

/// Makes the report, and tells of each stage.
///
/// # Errors
/// See [`Failure`].
pub fn make_report_in_stages(
    request: &Request,
    progress: Progress<'_>,
    stages: Stages<'_>,
) -> Result<Outcome, Failure> {
    let mut run = examine_in_stages(request, progress, stages)?;
    if run.decided > 0 {
        keep_decisions(&mut run, &request.config);
    }
    let folder = ReportFolder::open(&request.out, &run.period.plan_year().to_string(), &run.period.folder())?;
    let findings = run.ledger.sorted();
    let rejected = stage(stages, Stage::Data, || {
        let files = output::rejected::rejected(&run.records, &run.files, &findings);
        files.iter().map(|file| folder.write(file)).collect::<Result<Vec<_>, _>>()
    })?;
    // No sheet is looked at again, and of a long list they are most of what is held.
    let sheets: Vec<_> = run.files.iter_mut().map(|file| std::mem::take(&mut file.sheets)).collect();
    let ((), report) =
        cores::both(|| drop(sheets), || stage(stages, Stage::Compose, || report::compose(&run.material())));
    let written = outputs::write(&run, &report, &findings, rejected, (&folder, stages))?;
    let folder = stage(stages, Stage::Write, || {
        let Run { files, period, records, ledger, definitions, .. } = &run;
        folder.write(&output::manifest::manifest(period, files, &definitions.files, records, ledger, &written))?;
        folder.complete()
    })?;
    Ok(Outcome { run, report, folder })
}

/// All stages that look at data; nothing is written.
///
/// # Errors
/// See [`Failure`].
pub fn examine(request: &Request, progress: Progress<'_>) -> Result<Run, Failure> {
    examine_in_stages(request, progress, &|_, _| {})
}

fn examine_in_stages(request: &Request, progress: Progress<'_>, stages: Stages<'_>) -> Result<Run, Failure> {
    let mut definitions = stage(stages, Stage::Load, || Definitions::load(&request.config, asked_year(request)))?;
    let mut ledger = Ledger::default();
    let limits = &definitions.settings.limits;
    let (lexicon, read) = cores::both(
        || Lexicon::of(&definitions),
        || stage(stages, Stage::Read, || intake::read_folder(&request.inputs, limits, progress)),
    );
    let (files, found) = read?;
    ledger.extend(found);
    let review = records::review::read(&files, &definitions);
    let decided = take_decisions(&mut definitions, review, &mut ledger).new;
    let read = stage(stages, Stage::Clean, || records::read(&files, &definitions, &lexicon));
    if read.sources.is_empty() {
        ledger.extend(read.findings);
        return Err(nothing(&request.inputs, &ledger));
    }
    let period = period(request, &definitions, &read)?;
    let latest = period.days().1;
    let horizon = Horizon { earliest: period.earliest(), latest, as_at: period.as_at, as_at_given: period.as_at_given };
    let mut findings = other_year(&definitions, &period);
    let (recogniser, records) = cores::both(
        || Recogniser::new(&definitions, &lexicon),
        || stage(stages, Stage::Clean, || records::settle(read, &definitions, &lexicon, horizon, &mut findings)),
    );
    if let Some(at) = records.tally.sources().iter().position(|source| !source.closes()) {
        return Err(Failure::Reconciliation(records.sources[at].file.clone()));
    }
    let links = stage(stages, Stage::Map, || mapping::map(&records, &definitions, &recogniser, &mut findings));
    let (needs, measured) = stage(stages, Stage::Measure, || {
        cores::both(
            || measure::needs::lines(&definitions, &records, &links, &period),
            || measure::measure(&definitions, &records, &links, &period, &mut findings),
        )
    });
    let measured = measured?;
    ledger.extend(findings);
    let notice = notice(&request.inputs);
    Ok(Run { definitions, files, period, records, links, measured, needs, ledger, decided, notice })
}

/// Takes the decisions of reviews into the configuration. One that is older than what is kept is not taken.
fn take_decisions(definitions: &mut Definitions, review: ReviewRead, ledger: &mut Ledger) -> Decided {
    let kept = &mut definitions.decisions;
    let mut decided = Decided { undecided: review.undecided, ..Decided::default() };
    ledger.extend(review.findings);
    for (decision, place) in review.decisions {
        let known = kept.same(&decision).map(|at| &kept.all()[at]);
        let newer = known.filter(|known| decision.on.is_some() && known.on > decision.on);
        if let Some(known) = newer {
            let origin = Origin { file: DECISIONS.into(), ..Origin::default() };
            let differs = known.verdict != decision.verdict;
            ledger.extend(differs.then(|| records::review::differ(&place, &origin, &decision.title)));
            decided.known += 1;
        } else if kept.add(decision) {
            decided.new += 1;
        } else {
            decided.known += 1;
        }
    }
    for topic in review.topics {
        *if kept.add_topic(topic) { &mut decided.new } else { &mut decided.known } += 1;
    }
    decided
}

/// Keeps new decisions in the configuration; that it cannot be written is a finding, for they hold in this run.
fn keep_decisions(run: &mut Run, config: &Path) {
    let before = run.definitions.files.clone();
    let kept = write_decisions(&mut run.definitions, config);
    let Err(error) = kept else { return };
    run.definitions.files = before;
    let origin = Origin { file: DECISIONS.into(), ..Origin::default() };
    let message = format!("New decisions hold in this report but were not kept: {error}.");
    let help = "Make the configuration folder writable, and leave the review among the inputs until it is.";
    run.ledger.add(Finding::new(Code::DecisionsNotKept, origin, message, help));
}

/// Writes the file of decisions, if it can be loaded again.
fn write_decisions(definitions: &mut Definitions, config: &Path) -> Result<(), Failure> {
    let text = definitions.keep_decisions()?;
    Ok(output::replace(&config.join(DECISIONS), text.as_bytes())?)
}

/// What filled-in reviews brought.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    /// Decisions that are new or changed.
    pub new: usize,
    /// Decisions that were kept already.
    pub known: usize,
    /// Rows without a decision.
    pub undecided: usize,
}

/// Takes the decisions of a filled-in review into the configuration, with what cannot be read; none where the file is
/// no review.
///
/// # Errors
/// The configuration cannot be used, or cannot be written.
pub fn decide(request: &Request, file: &Path) -> Result<Option<(Decided, Ledger)>, Failure> {
    let mut definitions = Definitions::load(&request.config, asked_year(request))?;
    let mut ledger = Ledger::default();
    let (source, findings) = intake::read_file(file, &definitions.settings.limits);
    ledger.extend(findings);
    let review = records::review::read(source.as_slice(), &definitions);
    if review.sheets == 0 {
        return Ok(None);
    }
    let decided = take_decisions(&mut definitions, review, &mut ledger);
    if decided.new > 0 {
        write_decisions(&mut definitions, &request.config)?;
    }
    Ok(Some((decided, ledger)))
}

/// Says that a report is measured by the plan of another year.
fn other_year(definitions: &Definitions, period: &ReportPeriod) -> Vec<Finding> {
    let (plan, year) = (definitions.plan.year, period.plan_year());
    if plan == year {
        return Vec::new();
    }
    let origin = Origin { file: format!("work-plan/{year}").into(), ..Origin::default() };
    let message = format!(
        "There is no work plan for {year}; references are read with the letters of {plan}, and no planned item can be delivered."
    );
    let help = format!("Add config/work-plan/{year}/ if that year has a plan of its own.");
    vec![Finding::new(Code::PlanOtherYear, origin, message, help)]
}

/// The plan year that a request names, if it names one.
#[must_use]
pub fn asked_year(request: &Request) -> Option<PlanYear> {
    match request.period? {
        PeriodAsked::Quarter(year, _) => year,
        PeriodAsked::Free(_, to) => Some(PlanYear::of(to)),
    }
}

/// The period asked for; else the newest quarter of the plan year with a delivered activity.
///
/// Source: counting rules, Time, "No clock".
fn period(request: &Request, definitions: &Definitions, read: &RecordsRead) -> Result<ReportPeriod, Failure> {
    let year = definitions.plan.year;
    let asked = match request.period {
        Some(PeriodAsked::Quarter(given, quarter)) => Asked::Quarter(given.unwrap_or(year), quarter),
        Some(PeriodAsked::Free(from, to)) => Asked::Free(from, to),
        None => {
            let activities = read.activities.kept().iter().map(|(_, activity)| activity).enumerate();
            let delivered = activities.filter(|(at, activity)| {
                activity.status == ActivityStatus::Delivered
                    && activity.plan_year() == year
                    && request.as_at.is_none_or(|as_at| activity.end <= as_at)
                    && read.is_ours(*at, definitions)
            });
            let newest = delivered.map(|(_, activity)| activity.end).max().ok_or(Failure::NoPeriod(year))?;
            Asked::Quarter(year, PlanYear::quarter_of(newest))
        }
    };
    let end = match asked {
        Asked::Quarter(year, quarter) => year.quarter(quarter).1,
        Asked::Free(_, to) => to,
    };
    Ok(ReportPeriod { asked, as_at: request.as_at.unwrap_or(end), as_at_given: request.as_at.is_some() })
}

/// The word about the inputs: the text of `notice.txt`, one paragraph.
fn notice(inputs: &Path) -> Option<String> {
    let text = std::fs::read_to_string(inputs.join(intake::NOTICE)).ok()?;
    let text = crate::terms::fold::tidy(&text);
    (!text.is_empty()).then_some(text)
}

fn nothing(folder: &Path, ledger: &Ledger) -> Failure {
    let place = |origin: &Origin| match origin.sheet.as_str() {
        "" => origin.file.to_string(),
        sheet => format!("{}, sheet {sheet}", origin.file),
    };
    let lines = ledger.sorted().into_iter().take(10);
    let lines = lines.map(|finding| format!("\n  {}: {}", place(&finding.origin), finding.message));
    Failure::Nothing { folder: folder.to_owned(), hints: lines.collect() }
}

impl Run {
    /// What the views are made of.
    #[must_use]
    pub fn material(&self) -> Material<'_> {
        Material {
            definitions: &self.definitions,
            period: &self.period,
            records: &self.records,
            links: &self.links,
            measured: &self.measured,
            needs: &self.needs,
            ledger: &self.ledger,
            notice: self.notice.as_deref(),
        }
    }

    /// Whether there are error findings.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.ledger.count(Severity::Error) > 0
    }
}
