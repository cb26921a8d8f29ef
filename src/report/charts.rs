//! What the charts show: figures, titles that say the message, sources and coverage for the foot.

use super::Material;
use super::members::MemberTable;
use super::plan::{Delivery, PlanDelivery};
use crate::definitions::ItemKind;
use crate::measure::ListSummary;
use crate::measure::rules::women;
use crate::records::Activity;
use crate::terms::Line;
use crate::terms::figure::{counted, report_number};
use crate::terms::fold::capital;

/// The words around a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartText {
    /// File name without extension.
    pub slug: &'static str,
    /// The message, no more than the data say.
    pub title: String,
    /// What is drawn, with its unit.
    pub subtitle: String,
    /// Source, coverage, as-at date.
    pub foot: String,
    /// The figures in words, for screen readers.
    pub description: String,
}

/// A series of a stacked chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// One count a category.
    pub counts: Vec<usize>,
}

/// Counts in categories, stacked by series.
#[derive(Debug, Clone)]
pub struct Stacked {
    /// The words.
    pub text: ChartText,
    /// The categories, in order.
    pub categories: Vec<String>,
    /// The series, from the axis outwards.
    pub series: Vec<Series>,
}

/// Women's share of one quarter.
#[derive(Debug, Clone)]
pub struct SharePoint {
    /// `Q1`.
    pub label: String,
    /// Women among persons whose sex is known.
    pub women: u64,
    /// Persons whose sex is known.
    pub known: u64,
    /// Activities with both figures.
    pub covered: usize,
    /// Activities delivered.
    pub delivered: usize,
}

impl SharePoint {
    /// The share in percent; none where no sex is known.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        #[allow(clippy::cast_precision_loss, reason = "persons are far below 2^52")]
        (self.known > 0).then(|| 100.0 * self.women as f64 / self.known as f64)
    }
}

/// Women's share by quarter, with coverage.
#[derive(Debug, Clone)]
pub struct WomenShare {
    /// The words.
    pub text: ChartText,
    /// One point a quarter.
    pub points: Vec<SharePoint>,
}

/// One Member with the events that reached it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberBar {
    /// Name.
    pub name: String,
    /// Events.
    pub events: usize,
}

/// Members reached, in the region's groups.
#[derive(Debug, Clone)]
pub struct MembersReached {
    /// The words.
    pub text: ChartText,
    /// Group and its Members, most events first.
    pub groups: Vec<(String, Vec<MemberBar>)>,
}

/// All charts.
#[derive(Debug)]
pub struct Charts {
    /// CB activities by quarter and scope.
    pub activities: Stacked,
    /// Concrete plan items by section: delivered, partly, not yet.
    pub delivery: Stacked,
    /// Women's share by quarter.
    pub women: WomenShare,
    /// Members reached.
    pub members: MembersReached,
}

pub(super) fn compose(material: &Material<'_>, plan: &PlanDelivery, members: &MemberTable) -> Charts {
    Charts {
        activities: activities(material),
        delivery: delivery(material, plan),
        women: women_share(material),
        members: members_reached(material, members),
    }
}

fn foot(material: &Material<'_>, more: &str) -> String {
    let settings = &material.definitions.settings;
    let day = material.ytd().counted_to.format("%-d %B %Y");
    let sample = if material.notice.is_some() { " Sample data." } else { "" };
    format!("Source: activity logs of {}, as at {day}.{more}{sample}", settings.short_name)
}

fn quarters<'a>(material: &Material<'a>) -> Vec<&'a Line> {
    let lines = material.measured.scorecard.lines.iter();
    lines.filter(|line| !line.previous && line.id.starts_with('Q')).collect()
}

fn activities(material: &Material<'_>) -> Stacked {
    const SCOPES: [(&str, &str); 4] =
        [("national", "National"), ("sub-regional", "Sub-regional"), ("regional", "Regional"), ("", "Other CB types")];
    let types = &material.definitions.types;
    let lines = quarters(material);
    let scope = |activity: &Activity| {
        let of = types.get(activity.of_type?);
        of.cb.then(|| of.scope.clone().unwrap_or_default())
    };
    let count = |line: &Line, wanted: &str| {
        material.delivered_in(line).filter(|(_, _, activity)| scope(activity).as_deref() == Some(wanted)).count()
    };
    let series: Vec<Series> = SCOPES
        .iter()
        .map(|(wanted, name)| Series {
            name: (*name).to_owned(),
            counts: lines.iter().map(|line| count(line, wanted)).collect(),
        })
        .collect();
    let total: usize = series.iter().flat_map(|series| &series.counts).sum();
    let by_quarter = lines.iter().enumerate().map(|(at, line)| {
        let here: usize = series.iter().map(|series| series.counts[at]).sum();
        format!("{} {here}", line.id)
    });
    let by_quarter = by_quarter.collect::<Vec<_>>().join(", ");
    Stacked {
        text: ChartText {
            slug: "cb-activities",
            title: match total {
                0 => "No capacity building activity delivered in the year to date".to_owned(),
                _ => format!(
                    "{} delivered in the year to date",
                    counted(total, "capacity building activity", "capacity building activities")
                ),
            },
            subtitle: format!("CB activities by quarter of {} and scope, number", material.definitions.plan.year),
            foot: foot(material, " An activity belongs to the quarter of its end date."),
            description: format!("By quarter: {by_quarter}. {}", series_in_words(&series)),
        },
        categories: lines.iter().map(|line| quarter_label(line)).collect(),
        series,
    }
}

/// `Q2`, or `Q2 (to 15 Nov)` where it is not yet over.
fn quarter_label(line: &Line) -> String {
    if line.counted_to < line.to {
        format!("{} (to {})", line.id, line.counted_to.format("%-d %b"))
    } else {
        line.id.clone()
    }
}

fn series_in_words(series: &[Series]) -> String {
    let words = series.iter().map(|series| format!("{}: {}", series.name, series.counts.iter().sum::<usize>()));
    words.collect::<Vec<_>>().join("; ")
}

fn delivery(material: &Material<'_>, plan: &PlanDelivery) -> Stacked {
    const STATES: [Delivery; 3] = [Delivery::Delivered, Delivery::Partly, Delivery::NotYet];
    let sections: Vec<u8> = material.definitions.plan.sections.iter().map(|section| section.number).collect();
    let counts = |state: Delivery| {
        let here = |section: &u8| {
            let concrete = plan.items.iter().filter(|row| row.kind == ItemKind::Concrete && row.delivery == state);
            concrete.filter(|row| home(material, row.item) == *section).count()
        };
        sections.iter().map(here).collect::<Vec<_>>()
    };
    let series: Vec<Series> =
        STATES.iter().map(|state| Series { name: capital(state.as_str()), counts: counts(*state) }).collect();
    let with_items = |at: &usize| series.iter().any(|series| series.counts[*at] > 0);
    let kept: Vec<usize> = (0..sections.len()).filter(with_items).collect();
    let series: Vec<Series> = series
        .into_iter()
        .map(|series| Series { counts: kept.iter().map(|at| series.counts[*at]).collect(), ..series })
        .collect();
    let (done, all, partly) =
        (plan.concrete(Delivery::Delivered), plan.concrete_items(), plan.concrete(Delivery::Partly));
    let part = if partly > 0 { format!(", {partly} in part") } else { String::new() };
    let titles = &material.definitions.plan.sections;
    let categories: Vec<String> =
        kept.iter().map(|at| format!("{}. {}", titles[*at].number, titles[*at].title)).collect();
    let empty: Vec<u8> = (0..titles.len()).filter(|at| !kept.contains(at)).map(|at| titles[at].number).collect();
    Stacked {
        text: ChartText {
            slug: "plan-delivery",
            title: format!("{done} of {} delivered{part}", counted(all, "planned activity", "planned activities")),
            subtitle: format!("Concrete items of the plan {} by section, number", material.definitions.plan.year),
            foot: foot(
                material,
                &format!(" An item stands once, in the first section that lists it.{}", without_items(&empty)),
            ),
            description: by_category(&categories, &series),
        },
        categories,
        series,
    }
}

/// "Sections 2 and 4 list no concrete item."
fn without_items(sections: &[u8]) -> String {
    let numbers: Vec<String> = sections.iter().map(u8::to_string).collect();
    match numbers.as_slice() {
        [] => String::new(),
        [one] => format!(" Section {one} lists no concrete item."),
        [first @ .., last] => format!(" Sections {} and {last} list no concrete item.", first.join(", ")),
    }
}

/// The figures of each category in words.
fn by_category(categories: &[String], series: &[Series]) -> String {
    let words = categories.iter().enumerate().map(|(at, category)| {
        let counts: Vec<String> =
            series.iter().map(|series| format!("{} {}", series.name.to_lowercase(), series.counts[at])).collect();
        format!("{category}: {}", counts.join(", "))
    });
    words.collect::<Vec<_>>().join(". ")
}

/// The section that lists an item first.
fn home(material: &Material<'_>, item: crate::definitions::ItemId) -> u8 {
    material.definitions.plan.item(item).listed_by.first().map_or(0, |action| action.section)
}

fn women_share(material: &Material<'_>) -> WomenShare {
    let points: Vec<SharePoint> = quarters(material).into_iter().map(|line| share(material, line)).collect();
    let (women, known): (u64, u64) =
        points.iter().fold((0, 0), |sum, point| (sum.0 + point.women, sum.1 + point.known));
    let (covered, delivered) =
        points.iter().fold((0, 0), |sum, point| (sum.0 + point.covered, sum.1 + point.delivered));
    #[allow(clippy::cast_precision_loss, reason = "persons are far below 2^52")]
    let title = match known {
        0 => "No activity states how many participants were women".to_owned(),
        _ => format!(
            "Women were {} % of participants whose sex is known",
            report_number((1000.0 * women as f64 / known as f64).round() / 10.0)
        ),
    };
    let words = points.iter().map(|point| match point.percent() {
        Some(percent) => format!(
            "{}: {} % ({} of {}), {} of {} activities",
            point.label,
            report_number(percent),
            point.women,
            point.known,
            point.covered,
            point.delivered
        ),
        None => format!("{}: no figure, 0 of {} activities", point.label, point.delivered),
    });
    WomenShare {
        text: ChartText {
            slug: "women-share",
            title,
            subtitle: format!(
                "Women's share of participants by quarter of {}, percent",
                material.definitions.plan.year
            ),
            foot: foot(
                material,
                &format!(
                    " {covered} of {} with figures for women and all participants.",
                    counted(delivered, "activity", "activities")
                ),
            ),
            description: words.collect::<Vec<_>>().join("; "),
        },
        points,
    }
}

/// Women and persons of known sex in a quarter: of lists that state a sex, else of logs that have both figures.
fn share(material: &Material<'_>, line: &Line) -> SharePoint {
    let mut point = SharePoint { label: quarter_label(line), women: 0, known: 0, covered: 0, delivered: 0 };
    for (at, _, activity) in material.delivered_in(line) {
        point.delivered += 1;
        let list = material.list(at).unwrap_or(ListSummary::NONE);
        let known = if list.sex_stated {
            Some(list.persons.women + list.persons.men)
        } else {
            activity.participants.map(u64::from)
        };
        if let (Some(women), Some(known)) = (women(activity, list).figure, known)
            && known > 0
            && women <= known
        {
            point.women += women;
            point.known += known;
            point.covered += 1;
        }
    }
    point
}

fn members_reached(material: &Material<'_>, members: &MemberTable) -> MembersReached {
    let mut groups: Vec<(String, Vec<MemberBar>)> = Vec::new();
    for row in &members.rows {
        let bar = MemberBar { name: row.name.clone(), events: row.in_year };
        match groups.iter_mut().find(|(region, _)| *region == row.region) {
            Some((_, bars)) => bars.push(bar),
            None => groups.push((row.region.clone(), vec![bar])),
        }
    }
    for (_, bars) in &mut groups {
        bars.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.name.cmp(&b.name)));
    }
    let words = groups.iter().map(|(region, bars)| {
        let bars: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.name, bar.events)).collect();
        format!("{region}: {}", bars.join(", "))
    });
    MembersReached {
        text: ChartText {
            slug: "members-reached",
            title: format!(
                "{} of {} Members were reached by an event in the year to date",
                members.reached(),
                members.rows.len()
            ),
            subtitle: "Events in which a Member was host, beneficiary or participant, number".to_owned(),
            foot: foot(material, ""),
            description: words.collect::<Vec<_>>().join(". "),
        },
        groups,
    }
}
