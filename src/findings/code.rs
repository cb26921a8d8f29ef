//! Every code a finding can carry, with its meaning.

use super::Severity;

macro_rules! codes {
    ($($variant:ident $code:literal $severity:ident $meaning:literal;)*) => {
        /// What a finding is about. The text of a code is stable: other programs may filter by it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $meaning] $variant,)* }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The stable text of the code.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $code,)* }
            }

            /// What the code means, one sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning,)* }
            }

            /// How serious a finding with this code is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    // Files and sheets
    FileUnreadable "file-unreadable" Error "A file could not be opened or read; none of its rows is in the report.";
    FileSkipped "file-skipped" Note "A lock file, hidden file or file of another kind was not read.";
    FileTwice "file-twice" Warning "A file has the same content as another and was read once.";
    FileTooLarge "file-too-large" Error "A file or sheet is beyond the configured limits and was not read.";
    SheetUnreadable "sheet-unreadable" Error "A sheet could not be read; the other sheets of the file were.";
    SheetUnclaimed "sheet-unclaimed" Warning "No source layout fits a sheet; its rows are not in the report.";
    SheetOfReport "sheet-of-report" Warning "A sheet or file is a report of this program; its rows are no records.";
    SheetEmpty "sheet-empty" Note "A sheet or file has no rows.";
    SheetHidden "sheet-hidden" Note "A hidden sheet was read like any other.";
    RowsHidden "rows-hidden" Note "Hidden or filtered rows were read like any other.";
    HeaderMissing "header-missing" Error "A sheet was recognised by its name but a required column is missing.";
    HeaderDoubled "header-doubled" Warning "Two columns have the same header; the first is read.";
    HeaderUnknown "header-unknown" Note "A column is not named in the source layout and was not read.";
    HeaderUnderBands "header-under-bands" Warning "A header stands under several headings and no field names it with its heading; it was not read.";
    LayoutColumnMissing "layout-column-missing" Warning "A column that a setting of the layout names is not in the sheet.";
    RowsSkipped "rows-skipped" Note "Title, total, banner or note rows inside a table are no records and were skipped.";
    RowsOutsideTable "rows-outside-table" Note "Rows above or below the table that the layout names were not read.";
    CellsUnpivoted "cells-unpivoted" Note "One row of the sheet gave several records, one for each filled cell.";
    // Cells
    RequiredMissing "required-missing" Error "A required cell is blank; the row was rejected.";
    CellUnreadable "cell-unreadable" Error "A required cell cannot be read as its type; the row was rejected.";
    FieldUnreadable "field-unreadable" Warning "An optional cell cannot be read as its type; the row counts without it.";
    FormulaWithoutValue "formula-without-value" Warning "A formula has no stored value; open the file in Excel and save it.";
    ApproximateCount "approximate-count" Warning "A count is approximate (\"over 50\"); the number in it was used.";
    PartialDate "partial-date" Note "A date is only a year or a month; its first day, or the days of the month, were used.";
    TypeInferred "type-inferred" Note "The activity type was blank or unknown and was taken from the title.";
    TypeUnknown "type-unknown" Warning "The activity type is unknown; the row counts as an event, in no KPI that names a type.";
    StatusAssumed "status-assumed" Warning "Status is blank and nothing shows that the activity took place; it counts as delivered.";
    NotHeld "not-held" Warning "A title says that the activity was cancelled, postponed or not held, but the row counts as delivered.";
    WomenAboveParticipants "women-above-participants" Warning "Women exceed Participants; neither figure is used.";
    EndBeforeStart "end-before-start" Error "An end date lies before the start date; the row was rejected.";
    RatingOffScale "rating-off-scale" Error "A rating lies outside the layout's scale; the row was rejected.";
    CountWithPerson "count-with-person" Warning "A row names one participant and a count above 1; it counts as 1.";
    // Members
    UnknownMember "unknown-member" Warning "A name is no Member and no known non-Member.";
    NonMember "non-member" Note "A known non-Member stands in a list of Members; it counts in participants only.";
    MemberAmbiguous "member-ambiguous" Note "A name was read over a comma (\"Hong Kong, China\"); another Member may be meant.";
    GroupExpanded "group-expanded" Note "A group stands in a list of Members; its Members on the day the activity ended were read.";
    MemberUnreadable "member-unreadable" Error "A required Member cell names no Member; the row was rejected.";
    MembersFromPlan "members-from-plan" Note "A row without Members takes those that its plan item names.";
    MembersNotTaken "members-not-taken" Warning "A row names in Beneficiary Members only others; those of its plan item were not taken.";
    MembersBeyondTitle "members-beyond-title" Warning "A row without Members takes those of its plan item, but its title names only some of them.";
    // Same row twice, contradictions
    DuplicateRow "duplicate-row" Note "A row equals an earlier one and was not counted again.";
    RowsContradict "rows-contradict" Error "Two rows about the same thing differ; the first counts.";
    SameActivityTwoIds "same-activity-two-ids" Warning "Two activity ids have the same title, start date and Members; both count.";
    AnswerSuperseded "answer-superseded" Note "A newer answer of the same Member about the same activity holds.";
    PersonTwice "person-twice" Note "One person stands twice in an activity's list and counts once.";
    StandingTie "standing-tie" Warning "Two register rows of the same date differ; the later row holds.";
    SinceBlank "since-blank" Warning "A register row has no date; it is in force before every dated row.";
    StatisticOverlap "statistic-overlap" Warning "Finer figures do not fill the coarser period; the coarser figure counts.";
    StatisticUnpaired "statistic-unpaired" Note "A figure has no counterpart in the baseline period (or the reverse) and is in no change.";
    WomenListDiffers "women-list-differs" Warning "Women in the participation list and in the log differ; the list counts.";
    ExpertsListDiffers "experts-list-differs" Warning "Experts in the participation list and in the log differ; the list counts.";
    PairInvalid "pair-invalid" Warning "A register row of a KPI of pairs has no Counterpart, or one that makes no pair.";
    // Rows that point to an activity
    ActivityUnknown "activity-unknown" Error "A row points to an activity that no log has; it is unmapped.";
    ActivityAmbiguous "activity-ambiguous" Error "A row points to more than one activity; it is unmapped.";
    PointerDiffers "pointer-differs" Warning "A row names the id of an activity with another title or start date; the id decides.";
    ActivityNotDelivered "activity-not-delivered" Warning "Rows belong to an activity that was not delivered; they are out of period.";
    ActivityAfterAsAt "activity-after-as-at" Warning "A delivered activity ends after the as-at date; it is out of period.";
    AnswerBeforeEnd "answer-before-end" Warning "A follow-up answer is dated before its activity's end; it counts.";
    TangibleWithoutAction "tangible-without-action" Warning "Tangible results stand beside an action not taken; they count.";
    KpiUnfit "kpi-unfit" Error "The KPI of a register or statistic row is not counted from such rows; the row is unmapped.";
    TopicUnmapped "topic-unmapped" Warning "A need's topic names no action of the plan; the row is unmapped.";
    TopicRecognised "topic-recognised" Note "A need's topic says in other words what a configured topic says.";
    NeedUndated "need-undated" Note "A need has no date; it is dated the first day of the report's plan year.";
    // Links to the plan
    PlanOtherYear "plan-other-year" Warning "The report's plan year has no plan of its own in the configuration; another year's plan is used.";
    ReferenceUnknown "reference-unknown" Warning "A stated reference names no action or KPI of the plan, or cannot be read.";
    ReferenceSlip "reference-slip" Warning "A reference was read by the table of known glyph slips: (II) as (ll).";
    PlanItemUnknown "plan-item-unknown" Warning "A stated plan item is neither an id nor a title of the plan.";
    StatedOtherMember "stated-other-member" Warning "A row states a plan item with which it shares no Member; the stated item decides.";
    StatedBeyondBasis "stated-beyond-basis" Warning "A row states actions that its plan item does not serve; the plan item decides.";
    TitleOtherMember "title-other-member" Warning "A title is the plan's, but row and planned activity share no Member; it was not recognised.";
    TitleRecognised "title-recognised" Note "A title says in other words what the plan says, and was linked to the planned activity.";
    ActivityInDoubt "activity-in-doubt" Warning "A delivered activity may be a planned one, but not surely; a person is asked in review.xlsx.";
    DecisionUnused "decision-unused" Warning "A kept decision fits no row any more.";
    DecisionAmbiguous "decision-ambiguous" Warning "A kept decision fits more than one row, or two fit one; it was applied to none.";
    DecisionsDiffer "decisions-differ" Warning "Two decisions about one activity or topic differ; the one with the newer date holds, else the first.";
    DecisionUnfit "decision-unfit" Error "A kept decision names a planned item or an action that the plan does not have.";
    DecisionUnreadable "decision-unreadable" Error "A decision in a filled-in review cannot be read; it was not kept.";
    DecisionsNotKept "decisions-not-kept" Warning "New decisions were applied but could not be written to the configuration.";
    ActivityNotOurs "activity-not-ours" Note "A person decided that an activity is not the office's; it counts in nothing.";
    ActivityUnlinked "activity-unlinked" Warning "A delivered activity is linked to no action of the plan.";
    // The plan and the rest of the configuration
    PlanSeeAlsoOneWay "plan-see-also-one-way" Warning "A See also does not name every action that lists the planned activity.";
    PlanSeeAlsoNotListed "plan-see-also-not-listed" Warning "A See also names an action that does not list the planned activity.";
    PlanSeeAlsoOwn "plan-see-also-own" Warning "A See also names its own action.";
    PlanSeeAlsoUnknown "plan-see-also-unknown" Error "A See also names an action that does not exist or cannot be read.";
    PlanSeeAlsoTwice "plan-see-also-twice" Note "A See also names an action twice.";
    PlanReferenceForm "plan-reference-form" Note "A reference is printed in an unusual form: 3(k), 1- (hh), a missing section or comma.";
    PlanGlyphSlip "plan-glyph-slip" Warning "A reference is printed with look-alike letters and read by the table of slips.";
    PlanItemTwice "plan-item-twice" Warning "A planned activity stands twice in one action.";
    PlanTitleVariant "plan-title-variant" Note "A planned activity is printed with different titles.";
    PlanUnknownMember "plan-unknown-member" Warning "A title of the plan names something that is no Member.";
    PlanMembersDiffer "plan-members-differ" Warning "The Members of a planned item are not those that its title names.";
    PlanHeadingYear "plan-heading-year" Warning "The column heading of a section names another plan year.";
    PlanOrdinal "plan-ordinal" Note "An ordinal is misspelt (23nd).";
    PlanRspForm "plan-rsp-form" Note "An RSP reference is printed in an unusual form.";
    PlanItemUnlisted "plan-item-unlisted" Error "A planned item is listed by no action.";
    KpiUndefined "kpi-undefined" Error "A KPI of the plan has no definition.";
    KpiUnused "kpi-unused" Warning "A KPI definition belongs to no KPI of the plan.";
    KpiTextDiffers "kpi-text-differs" Warning "The text of a KPI definition is not the plan's.";
    TargetUnused "target-unused" Warning "A target or baseline belongs to no KPI of the plan.";
}

/// All codes with severity and meaning, as the table of `docs/findings.md`.
#[must_use]
pub fn code_table() -> String {
    let rows = Code::ALL
        .iter()
        .map(|code| format!("| `{}` | {} | {} |\n", code.as_str(), code.severity().as_str(), code.meaning()));
    format!("| code | severity | meaning |\n|---|---|---|\n{}", rows.collect::<String>())
}
