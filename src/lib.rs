//! `rspkpi` turns an office's own activity logs and survey spreadsheets into KPI reports that can be trusted.
//!
//! # The map of the house
//!
//! Data flows from top to bottom; a room imports only from rooms above it.
//!
//! | room | what it holds | what leaves it |
//! |---|---|---|
//! | [`cores`] | work shared out over the machine's cores | what came of each work |
//! | [`terms`] | the field's words as types: actions, KPIs, Members, plan years, periods | the words |
//! | [`findings`] | what a person should look at: code, place, value, next step | [`findings::Ledger`] |
//! | [`intake`] | the files as found (the only room that knows file formats) | [`intake::SourceFile`] |
//! | [`definitions`] | what we promised: work plan, KPIs, Members, types, layouts, targets, rules | [`definitions::Definitions`] |
//! | [`wording`] | what free text means: topics, Members, scope, form, numbers | [`wording::Wording`] |
//! | [`records`] | what happened: typed rows, each in exactly one place of the tally | [`records::Records`] |
//! | [`mapping`] | record -> planned activity -> actions, with the basis | [`mapping::Links`] |
//! | [`scorecard`] | border types: the figure of a KPI in a period, and why there is none | [`scorecard::Scorecard`] |
//! | [`measure`] | links -> scorecard, one file a family of measures (polars) | [`measure::Measured`] |
//! | [`artifact`] | border type: a file of a report, made but not yet written | [`artifact::Artifact`] |
//! | [`report`] | views: every figure and word of a sheet or chart decided once, no file format known | [`report::Report`] |
//! | [`workbook`] | views -> `kpi-report.xlsx`, one sheet a file (`rust_xlsxwriter`) | [`artifact::Artifact`] |
//! | [`charts`] | views -> SVG and PNG, one chart a file (plotters) | [`artifact::Artifact`] |
//! | [`output`] | data files, run.json, the report folder swapped in at the end | the folder |
//! | [`pipeline`] | the stages in order, one line a stage | [`pipeline::Outcome`] |
//! | [`cli`] | arguments, commands, messages, exit codes | the exit code |
//!
//! Where to add things: a KPI in `config/kpis/`, a Member's spelling in `config/members.toml`, a layout in
//! `config/sources/`; a measure in [`definitions::kpi`] and [`measure`]; a sheet in [`report`],
//! [`workbook`] and [`definitions::presentation`]; a chart in [`report`] and [`charts`]; a finding's code in [`findings::Code`].
//!
//! Three kinds of trouble, three ways: about data or configuration, a finding, and the run goes on; about
//! the machine, an error with its context; about our own promise, `expect` with the reason.

pub mod artifact;
pub mod charts;
pub mod cli;
pub mod cores;
pub mod definitions;
pub mod findings;
pub mod intake;
pub mod mapping;
pub mod measure;
pub mod output;
pub mod pipeline;
pub mod records;
pub mod report;
pub mod scorecard;
pub mod terms;
pub mod wording;
pub mod workbook;
