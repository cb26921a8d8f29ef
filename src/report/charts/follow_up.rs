//! Follow-up answers by what Members did after an activity.

use super::words::{MOST, is_most, percent};
use super::{Bar, Bars, ChartText, foot_of};
use crate::definitions::Kind;
use crate::report::Material;
use crate::report::surveys::SurveyTable;
use crate::terms::figure::{counted, report_number};

const OUTCOMES: [&str; 4] = ["Action taken", "Taken in part", "Planned", "Not taken"];

/// The answers of KPI 3-(i).1 in the year to date: the newest of each Member about each activity.
pub(super) fn compose(material: &Material<'_>, surveys: &SurveyTable) -> Bars {
    let year = surveys.rows.iter().find(|row| row.by == "Period" && row.period == "YTD");
    let said = year.map(|row| row.surveyed).unwrap_or_default();
    let whole = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let counts = [said.yes, said.partly, said.planned, said.no].map(whole);
    let total: usize = counts.iter().sum();
    let acted = counts[0] + counts[1];
    let bars = OUTCOMES.iter().zip(counts).map(|(name, count)| Bar {
        name: (*name).to_owned(),
        count,
        beside: share(count, total),
    });
    let bars: Vec<Bar> = bars.collect();
    let blank = match whole(said.answers) - total {
        0 => String::new(),
        blank => format!(" {} say nothing about action taken.", counted(blank, "further answer", "further answers")),
    };
    let blank = blank.replace("answer say ", "answer says ");
    let most = if acted < total && is_most(acted, total) { MOST } else { "" };
    let in_words = bars.iter().map(|bar| format!("{} {} ({})", bar.name, bar.count, bar.beside));
    Bars {
        text: ChartText {
            slug: "follow-up",
            title: title(material, acted, total),
            subtitle: "Members' newest answers about an activity, by action taken, number and share".to_owned(),
            foot: foot_of(material, "follow-up surveys", &format!("{blank}{most}")),
            description: if total == 0 { "No figure".to_owned() } else { in_words.collect::<Vec<_>>().join(", ") },
        },
        nothing: "Nothing to show: no answer says whether action was taken.",
        groups: vec![(String::new(), bars)],
    }
}

fn share(count: usize, total: usize) -> String {
    #[allow(clippy::cast_precision_loss, reason = "answers are far below 2^52")]
    let share = 100.0 * count as f64 / total as f64;
    if total == 0 { String::new() } else { format!("{} %", report_number(percent(share))) }
}

fn title(material: &Material<'_>, acted: usize, total: usize) -> String {
    let answers = counted(total, "answer", "answers");
    let reports = if acted == 1 { "reports" } else { "report" };
    match (acted, total) {
        (_, 0) if !material.records.kinds.contains(&Kind::FollowUp) => "No follow-up survey was read".to_owned(),
        (_, 0) => "No follow-up answer of the year to date says whether action was taken".to_owned(),
        (0, 1) => "The one follow-up answer reports no action taken".to_owned(),
        (0, _) => format!("None of {answers} reports action taken, in full or in part"),
        (1, 1) => "The one follow-up answer reports action taken, in full or in part".to_owned(),
        _ if acted == total => format!("All {answers} report action taken, in full or in part"),
        _ if is_most(acted, total) => {
            format!("Most follow-up answers report action taken, in full or in part: {acted} of {total}")
        }
        _ => format!("{acted} of {answers} {reports} action taken, in full or in part"),
    }
}
