//! The seven kinds of record and their fields.

use serde::Deserialize;

/// The sheet of blank workbooks that holds the words of their drop-downs; it has no records.
pub const LISTS_SHEET: &str = "rspkpi lists";
/// The sheet on which people decide about activities in doubt.
pub const REVIEW_SHEET: &str = "Review";
/// The sheet on which people decide what topics of needs ask for.
pub const TOPICS_SHEET: &str = "Review topics";

/// What one row of a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One delivered, planned, postponed or cancelled activity or output.
    Activity,
    /// One participant, or several of one kind, in one activity.
    Participation,
    /// One Member's need on one topic.
    Needs,
    /// One Member's answer about one activity.
    FollowUp,
    /// Participants' evaluation of one activity.
    Evaluation,
    /// A Member's standing with an instrument.
    Status,
    /// A figure a Member reports.
    Statistic,
}

impl Kind {
    /// All kinds, in the order of the input contract.
    pub const ALL: [Self; 7] = [
        Self::Activity,
        Self::Participation,
        Self::Needs,
        Self::FollowUp,
        Self::Evaluation,
        Self::Status,
        Self::Statistic,
    ];

    /// The name in configuration, data files and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Participation => "participation",
            Self::Needs => "needs",
            Self::FollowUp => "follow-up",
            Self::Evaluation => "evaluation",
            Self::Status => "status",
            Self::Statistic => "statistic",
        }
    }

    /// The fields of a record of this kind, in the order of the input contract.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        use Field as F;
        match self {
            Self::Activity => &[
                F::ActivityId,
                F::Title,
                F::Type,
                F::Actions,
                F::PlanItem,
                F::Start,
                F::End,
                F::Status,
                F::Mode,
                F::Venue,
                F::Host,
                F::Members,
                F::Participants,
                F::Women,
                F::Experts,
                F::ExpertMembers,
                F::Partners,
                F::Funding,
                F::Quantity,
                F::Remarks,
            ],
            Self::Participation => {
                &[F::ActivityId, F::Title, F::Start, F::Member, F::Sex, F::Role, F::Person, F::Count]
            }
            Self::Needs => {
                &[F::Member, F::ResponseDate, F::Topic, F::Priority, F::SupportWanted, F::PreferredQuarter, F::Remarks]
            }
            Self::FollowUp => &[
                F::ActivityId,
                F::Title,
                F::Start,
                F::Member,
                F::ResponseDate,
                F::ActionTaken,
                F::TangibleResults,
                F::Description,
                F::Satisfaction,
                F::Responses,
                F::FollowUpActions,
                F::LessonsApplied,
                F::DirectEffects,
                F::PerceivedImprovement,
                F::ModernisationProjects,
                F::FurtherNeeds,
            ],
            Self::Evaluation => &[F::ActivityId, F::Title, F::Start, F::Rating, F::Responses],
            Self::Status => &[F::Member, F::Kpi, F::Status, F::Since, F::Counterpart, F::Evidence],
            Self::Statistic => &[F::Member, F::Kpi, F::Period, F::Value],
        }
    }

    /// Columns that a sheet of this kind must have; one column of each group is enough.
    #[must_use]
    pub fn required(self) -> &'static [&'static [Field]] {
        use Field as F;
        match self {
            Self::Activity => &[&[F::Title], &[F::Start]],
            Self::Participation => &[&[F::ActivityId, F::Title], &[F::Member]],
            Self::Needs => &[&[F::Member], &[F::Topic], &[F::Priority]],
            Self::FollowUp => &[&[F::ActivityId, F::Title], &[F::Member], &[F::ResponseDate]],
            Self::Evaluation => &[&[F::ActivityId, F::Title], &[F::Rating]],
            Self::Status => &[&[F::Member], &[F::Kpi], &[F::Status]],
            Self::Statistic => &[&[F::Member], &[F::Kpi], &[F::Period], &[F::Value]],
        }
    }
}

impl Kind {
    /// The standard words of a field, which a sheet may always use.
    #[must_use]
    pub fn standard_words(self, field: Field) -> &'static [&'static str] {
        match (self, field) {
            (Self::Activity, Field::Status) => &["delivered", "planned", "postponed", "cancelled"],
            (Self::Activity, Field::Mode) => &["in person", "online", "hybrid"],
            (Self::Participation, Field::Sex) => &["F", "M", "other"],
            (Self::Participation, Field::Role) => &["participant", "expert", "speaker", "organiser", "observer"],
            (Self::Needs, Field::Priority) => &["high", "medium", "low", "none"],
            (Self::FollowUp, Field::ActionTaken) => &["yes", "partly", "planned", "no"],
            (Self::Status, Field::Status) => {
                &["implementing", "contracting", "operating", "arranged", "in-progress", "none"]
            }
            _ => &[],
        }
    }

    /// Fields that have standard words.
    pub(super) const WORDED: [Field; 6] =
        [Field::Status, Field::Mode, Field::Sex, Field::Role, Field::Priority, Field::ActionTaken];
}

macro_rules! fields {
    ($($variant:ident $key:literal $header:literal;)*) => {
        /// A field of a record, over all kinds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[allow(missing_docs, reason = "the names are those of the input contract")]
        pub enum Field { $($variant,)* }

        impl Field {
            /// How many fields there are.
            pub const COUNT: usize = [$(Self::$variant),*].len();

            /// The name in a layout.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// The default header, for messages about a field that has no column.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $header,)* }
            }
        }
    };
}

fields! {
    ActivityId "activity-id" "Activity ID";
    Title "title" "Activity";
    Type "type" "Type";
    Actions "actions" "AWP actions";
    PlanItem "plan-item" "Plan item";
    Start "start" "Start date";
    End "end" "End date";
    Status "status" "Status";
    Mode "mode" "Mode";
    Venue "venue" "Venue";
    Host "host" "Host";
    Members "members" "Beneficiary Members";
    Participants "participants" "Participants";
    Women "women" "Women";
    Experts "experts" "Experts";
    ExpertMembers "expert-members" "Expert Members";
    Partners "partners" "Partners";
    Funding "funding" "Funding";
    Quantity "quantity" "Quantity";
    Remarks "remarks" "Remarks";
    Member "member" "Member";
    Sex "sex" "Sex";
    Role "role" "Role";
    Person "person" "Participant";
    Count "count" "Count";
    ResponseDate "response-date" "Response date";
    Topic "topic" "Topic";
    Priority "priority" "Priority";
    SupportWanted "support-wanted" "Support wanted";
    PreferredQuarter "preferred-quarter" "Preferred quarter";
    ActionTaken "action-taken" "Action taken";
    TangibleResults "tangible-results" "Tangible results";
    Description "description" "Description";
    Satisfaction "satisfaction" "Satisfaction";
    FollowUpActions "follow-up-actions" "Follow-up actions";
    LessonsApplied "lessons-applied" "Lessons applied";
    DirectEffects "direct-effects" "Direct effects";
    PerceivedImprovement "perceived-improvement" "Perceived improvement";
    ModernisationProjects "modernisation-projects" "Modernisation projects";
    FurtherNeeds "further-needs" "Further needs";
    Rating "rating" "Rating";
    Responses "responses" "Responses";
    Kpi "kpi" "KPI";
    Since "since" "Since";
    Counterpart "counterpart" "Counterpart";
    Evidence "evidence" "Evidence";
    Period "period" "Period";
    Value "value" "Value";
}
