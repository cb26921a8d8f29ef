//! Follow-up answers, evaluations and needs.

use chrono::NaiveDate;

use super::activity::Pointer;
use super::row::Row;
use crate::definitions::{Field, MemberRegistry};
use crate::findings::Code;
use crate::terms::MemberCode;
use crate::terms::fold::tidy;

/// What a Member did after an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionTaken {
    /// It acted.
    Yes,
    /// It acted in part.
    Partly,
    /// It will act.
    Planned,
    /// It did not act.
    No,
}

impl ActionTaken {
    /// The word in data files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::Planned => "planned",
            Self::No => "no",
        }
    }

    /// Whether it acted at least in part.
    #[must_use]
    pub fn acted(self) -> bool {
        matches!(self, Self::Yes | Self::Partly)
    }
}

/// One Member's answer about one activity.
#[derive(Debug, Clone)]
pub struct FollowUp {
    /// The activity asked about.
    pub pointer: Pointer,
    /// The Member that answers.
    pub member: MemberCode,
    /// The day of the answer.
    pub response_date: NaiveDate,
    /// What it did; none where the cell is blank: that is no answer.
    pub action_taken: Option<ActionTaken>,
    /// Number of tangible results.
    pub tangible_results: Option<u32>,
    /// Satisfaction in percent of the layout's scale.
    pub satisfaction: Option<f64>,
    /// How many persons answered for the Member.
    pub responses: Option<u32>,
    /// What it says in words, as typed: of [`FollowUp::IN_WORDS`] the fields that are filled.
    pub told: Vec<(Field, String)>,
}

impl FollowUp {
    /// Fields of an answer that are free text, in the order of the survey's parts.
    pub const IN_WORDS: [Field; 7] = [
        Field::FollowUpActions,
        Field::LessonsApplied,
        Field::DirectEffects,
        Field::PerceivedImprovement,
        Field::ModernisationProjects,
        Field::Description,
        Field::FurtherNeeds,
    ];
}

/// Participants' evaluation of one activity.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// The activity evaluated.
    pub pointer: Pointer,
    /// Rating in percent of the layout's scale.
    pub percent: f64,
    /// Answers behind the rating.
    pub responses: u32,
}

/// One Member's need on one topic.
#[derive(Debug, Clone)]
pub struct Need {
    /// The Member.
    pub member: MemberCode,
    /// The day it answered, where stated.
    pub response_date: Option<NaiveDate>,
    /// The topic as typed.
    pub topic: String,
    /// How urgent it is.
    pub priority: Priority,
    /// The support it wants, as typed.
    pub support_wanted: String,
}

/// How urgent a need is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// No longer wanted.
    None,
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

impl Priority {
    /// The word in data files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Reads how a row points to its activity; none where the row is rejected for it.
pub(super) fn pointer(row: &mut Row<'_>) -> Option<Pointer> {
    let id = row.owned(Field::ActivityId);
    let title = row.owned(Field::Title);
    let start = row.days(Field::Start, id.is_empty()).map(|days| days.first);
    if id.is_empty() {
        if title.is_empty() && row.is_blank(Field::Start) {
            row.missing(Field::ActivityId);
        } else if title.is_empty() {
            row.missing(Field::Title);
        } else if row.is_blank(Field::Start) {
            row.missing(Field::Start);
        }
    }
    (!row.rejected()).then_some(Pointer { id, title, start })
}

/// Reads a follow-up answer; none where the row is rejected.
pub(super) fn follow_up(row: &mut Row<'_>, registry: &MemberRegistry) -> Option<FollowUp> {
    let pointer = pointer(row);
    let member = row.member(Field::Member, registry);
    let response_date = row.days(Field::ResponseDate, true).map(|days| days.last.unwrap_or(days.first));
    if row.is_blank(Field::ResponseDate) {
        row.missing(Field::ResponseDate);
    }
    if row.rejected() {
        return None;
    }
    let action_taken = row.optional_word(Field::ActionTaken).and_then(action_taken);
    let tangible_results = row.count(Field::TangibleResults, 0);
    let idle = matches!(action_taken, Some(ActionTaken::No | ActionTaken::Planned));
    if idle && tangible_results.is_some_and(|results| results > 0) {
        let message = "Tangible results stand beside an action that was not taken; they count.";
        row.find(
            Code::TangibleWithoutAction,
            Field::TangibleResults,
            message,
            "Check Action taken and Tangible results.",
        );
    }
    Some(FollowUp {
        pointer: pointer?,
        member: member?,
        response_date: response_date?,
        action_taken,
        tangible_results,
        satisfaction: satisfaction(row),
        responses: row.count(Field::Responses, 0),
        told: FollowUp::IN_WORDS.iter().filter_map(|field| told(row, *field)).collect(),
    })
}

fn told(row: &mut Row<'_>, field: Field) -> Option<(Field, String)> {
    let text = tidy(&row.text(field)?);
    (!text.is_empty()).then_some((field, text))
}

fn action_taken(word: &str) -> Option<ActionTaken> {
    match word {
        "yes" => Some(ActionTaken::Yes),
        "partly" => Some(ActionTaken::Partly),
        "planned" => Some(ActionTaken::Planned),
        "no" => Some(ActionTaken::No),
        _ => None,
    }
}

fn satisfaction(row: &mut Row<'_>) -> Option<f64> {
    let expected = scale_in_words(row);
    match rating(row, Field::Satisfaction) {
        Ok(None) => None,
        Ok(Some(rating)) if percent(row, rating).is_some() => percent(row, rating),
        _ => {
            row.unreadable(Field::Satisfaction, false, &expected);
            None
        }
    }
}

/// A rating as it stands; `85%` on a scale from 0 to 100 or from 0 to 1.
fn rating(row: &Row<'_>, field: Field) -> Result<Option<f64>, ()> {
    match (row.percent(field), row.layout().scale) {
        (Some(percent), Some((0.0, 100.0))) => Ok(Some(percent)),
        (Some(percent), Some((0.0, 1.0))) => Ok(Some(percent / 100.0)),
        _ => row.number(field, true),
    }
}

/// A rating as percent of the layout's scale; none where it lies outside, or the layout has no scale.
fn percent(row: &Row<'_>, rating: f64) -> Option<f64> {
    let (low, high) = row.layout().scale?;
    (low..=high).contains(&rating).then(|| 100.0 * (rating - low) / (high - low))
}

fn scale_in_words(row: &Row<'_>) -> String {
    match row.layout().scale {
        Some((low, high)) => format!("a rating from {low} to {high}"),
        None => "a rating (and a scale in the layout)".to_owned(),
    }
}

/// Reads an evaluation; none where the row is rejected.
pub(super) fn evaluation(row: &mut Row<'_>) -> Option<Evaluation> {
    let pointer = pointer(row);
    let expected = scale_in_words(row);
    let rating = rating(row, Field::Rating);
    let percent = match rating {
        Ok(None) => {
            row.missing(Field::Rating);
            None
        }
        Ok(Some(rating)) => {
            let percent = percent(row, rating);
            if percent.is_none() {
                let message = format!("The rating is off the scale; {expected} was expected; the row was rejected.");
                row.reject(
                    Code::RatingOffScale,
                    Field::Rating,
                    message,
                    "Correct the rating, or the scale of the layout.",
                );
            }
            percent
        }
        Err(()) => {
            row.unreadable(Field::Rating, true, &expected);
            None
        }
    };
    let responses = row.count(Field::Responses, 0).unwrap_or(1);
    Some(Evaluation { pointer: pointer?, percent: percent?, responses })
}

/// Reads a need; none where the row is rejected.
pub(super) fn need(row: &mut Row<'_>, registry: &MemberRegistry) -> Option<Need> {
    let member = row.member(Field::Member, registry);
    let response_date = row.days(Field::ResponseDate, false).map(|days| days.last.unwrap_or(days.first));
    let topic = row.owned(Field::Topic);
    if topic.is_empty() {
        row.missing(Field::Topic);
    }
    let priority = priority(row);
    let support_wanted = row.owned(Field::SupportWanted);
    if row.rejected() {
        return None;
    }
    Some(Need { member: member?, response_date, topic, priority: priority?, support_wanted })
}

fn priority(row: &mut Row<'_>) -> Option<Priority> {
    if row.is_blank(Field::Priority) {
        row.missing(Field::Priority);
        return None;
    }
    let by_word = match row.word(Field::Priority) {
        Ok(Some("high")) => Some(Priority::High),
        Ok(Some("medium")) => Some(Priority::Medium),
        Ok(Some("low")) => Some(Priority::Low),
        Ok(Some("none")) => Some(Priority::None),
        _ => None,
    };
    let by_number = || {
        let scale = row.layout().priorities?;
        let number = row.number(Field::Priority, false).ok()??;
        ranked(number, scale.steps, scale.one_is_high)
    };
    let priority = by_word.or_else(by_number);
    if priority.is_none() {
        let scale = row.layout().priorities.map(|scale| format!(", or a whole number from 1 to {}", scale.steps));
        row.unreadable(Field::Priority, true, &format!("high, medium, low or none{}", scale.unwrap_or_default()));
    }
    priority
}

/// Thirds of a numeric scale: high, medium, low.
fn ranked(number: f64, steps: u32, one_is_high: bool) -> Option<Priority> {
    let steps = f64::from(steps);
    if number.fract() != 0.0 || !(1.0..=steps).contains(&number) {
        return None;
    }
    let from_high = if one_is_high { number - 1.0 } else { steps - number };
    let third = (from_high * 3.0 / steps).floor();
    Some(if third < 1.0 {
        Priority::High
    } else if third < 2.0 {
        Priority::Medium
    } else {
        Priority::Low
    })
}
