//! What we promised and how it is read: work plan, KPI definitions, targets, Members, activity types,
//! partners, source layouts, keyword rules and the office's settings. Raw TOML shapes stay inside.

pub mod activity_types;
pub mod charts;
pub mod check;
pub mod decisions;
mod groups;
mod items_named;
pub mod kpi;
pub mod layout;
pub mod members;
mod need_topics;
pub mod partners;
pub mod presentation;
mod raw;
pub mod rules;
pub mod settings;
pub mod targets;
pub mod vocabulary;
pub mod words;
pub mod work_plan;

use std::collections::BTreeSet;
use std::path::Path;

pub use activity_types::{ActivityTypes, TypeId, TypeSet};
pub use charts::{ChartSettings, TileMap};
pub use decisions::{DECISIONS, Decision, Decisions, NeedDecision, TopicDecision, Verdict};
pub use groups::Group;
pub use items_named::ItemsNamed;
pub use kpi::{KpiDefinition, Lists, Measure, Scope, Status, Timing};
pub use layout::{
    Constant, Field, Kind, LISTS_SHEET, Layout, REVIEW_SHEET, TOPICS_SHEET, TablePlace, Unpivot, WideColumns,
};
pub use members::{Member, MemberList, MemberRegistry};
pub use need_topics::NeedTopic;
pub use partners::Partners;
pub use presentation::{Colour, Palette, Presentation, ProgressWords, SheetId};
pub use raw::{ConfigError, ConfigFile, hex};
pub use rules::{MappingRule, Recognition};
pub use settings::{LinkBy, Settings};
pub use targets::Targets;
pub use vocabulary::{FormClass, Vocabulary};
pub use words::{SheetWords, Terms};
pub use work_plan::{Action, ItemId, ItemKind, ItemScope, PlanItem, WorkPlan};

use crate::terms::PlanYear;
use raw::Reader;

/// Everything the configuration folder says, checked. Stages take from it what their signatures name.
#[derive(Debug)]
pub struct Definitions {
    /// The office's settings.
    pub settings: Settings,
    /// The work plan.
    pub plan: WorkPlan,
    /// The KPI definitions, in plan order.
    pub kpis: Vec<KpiDefinition>,
    /// The registry of Members.
    pub members: MemberRegistry,
    /// Activity types.
    pub types: ActivityTypes,
    /// Organisations and donors.
    pub partners: Partners,
    /// Source layouts.
    pub layouts: Vec<Layout>,
    /// Targets and baselines.
    pub targets: Targets,
    /// Activity types whose deliveries serve needs.
    pub need_types: TypeSet,
    /// Keyword rules.
    pub rules: Vec<MappingRule>,
    /// How sure the recognition of planned activities must be.
    pub recognition: Recognition,
    /// Topics of needs surveys.
    pub need_topics: Vec<NeedTopic>,
    /// What people decided.
    pub decisions: Decisions,
    /// Years of which there is a work plan.
    pub plan_years: BTreeSet<PlanYear>,
    /// The field's words.
    pub vocabulary: Vocabulary,
    /// How charts are drawn.
    pub charts: ChartSettings,
    /// The files read.
    pub files: Vec<ConfigFile>,
}

impl Definitions {
    /// Loads the configuration. The plan is the one of `year` if there is one, else the one the settings name.
    ///
    /// # Errors
    /// A file that is missing, is no TOML, has an unknown key, or says something that cannot be; the
    /// message names file and place.
    pub fn load(folder: &Path, year: Option<PlanYear>) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(folder);
        let settings = Settings::load(&mut reader)?;
        let year = year.filter(|year| reader.has_folder(&format!("work-plan/{year}"))).unwrap_or(settings.plan_year);
        let types = ActivityTypes::load(&mut reader)?;
        let content = |message| ConfigError::Content { path: "report.toml".into(), message };
        let need_types = types.set(&settings.need_types).map_err(content)?;
        let vocabulary = Vocabulary::load(&mut reader, &types)?;
        let (rules, recognition) = rules::load(&mut reader, &types)?;
        let members = MemberRegistry::load(&mut reader)?;
        let definitions = Self {
            charts: ChartSettings::load(&mut reader, &members)?,
            plan: WorkPlan::load(&mut reader, year, settings.link_by)?,
            kpis: kpi::load(&mut reader, &types)?,
            members,
            partners: Partners::load(&mut reader)?,
            layouts: layout::load(&mut reader)?,
            targets: Targets::load(&mut reader, year)?,
            rules,
            recognition,
            need_topics: need_topics::load(&mut reader, &vocabulary)?,
            vocabulary,
            decisions: Decisions::load(&mut reader)?,
            plan_years: reader.folders("work-plan")?.iter().filter_map(|name| name.parse().ok()).collect(),
            need_types,
            settings,
            types,
            files: reader.files,
        };
        check::consistent(&definitions)?;
        Ok(definitions)
    }

    /// The decisions as they are kept in their file, which is entered among the files of the configuration.
    ///
    /// # Errors
    /// The file could not be loaded again: what is kept already stays.
    pub fn keep_decisions(&mut self) -> Result<String, ConfigError> {
        let text = self.decisions.to_toml(&self.plan);
        Decisions::check(&text)?;
        self.files.retain(|file| file.path != DECISIONS);
        self.files.push(ConfigFile::of(DECISIONS, text.as_bytes()));
        Ok(text)
    }
}
