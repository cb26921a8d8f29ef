//! Women's share of participants by quarter, with the persons and activities behind it.

use super::words::{against_points, is_most, percent};
use super::{ChartText, foot, quarter_label, quarters, same_period, year_before};
use crate::measure::ListSummary;
use crate::measure::rules::women;
use crate::report::Material;
use crate::terms::Line;
use crate::terms::figure::{counted, report_number};

/// Women's share of one period.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// Of too few persons to be told apart: women and known are left out, and this is the least number shown.
    pub withheld: Option<u64>,
}

impl SharePoint {
    /// The share in percent; none where no sex is known, or the persons are too few.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        #[allow(clippy::cast_precision_loss, reason = "persons are far below 2^52")]
        (self.known > 0).then(|| 100.0 * self.women as f64 / self.known as f64)
    }

    /// Whether most of the activities have figures, so that the share may be compared with another year's.
    fn is_covered(&self) -> bool {
        is_most(self.covered, self.delivered)
    }

    fn in_words(&self) -> String {
        let covered = format!("{} of {}", self.covered, counted(self.delivered, "activity", "activities"));
        match (self.percent(), self.withheld) {
            (Some(share), _) => {
                let share = report_number(percent(share));
                format!("{}: {share} % ({} of {}), {covered}", self.label, self.women, self.known)
            }
            (None, Some(least)) => format!("{}: fewer than {least} persons, not shown, {covered}", self.label),
            (None, None) => format!("{}: no figure, {covered}", self.label),
        }
    }
}

/// Women's share by quarter, with coverage.
#[derive(Debug, Clone)]
pub struct WomenShare {
    /// The words.
    pub text: ChartText,
    /// One point a quarter.
    pub points: Vec<SharePoint>,
    /// The year to date, and the same period of the previous year where it has a figure.
    pub years: Vec<SharePoint>,
}

impl WomenShare {
    /// All points, from left to right.
    pub fn all(&self) -> impl Iterator<Item = &SharePoint> {
        self.points.iter().chain(&self.years)
    }
}

pub(super) fn compose(material: &Material<'_>) -> WomenShare {
    let points = quarters(material).into_iter().map(|line| share(material, line, quarter_label(line)));
    let year = share(material, material.ytd(), "Year to date".to_owned());
    let before = year_before(material).map(|line| share(material, line, capital_same_period(material)));
    let before = before.filter(|before| before.percent().is_some());
    let comparable = before.as_ref().filter(|before| year.is_covered() && before.is_covered());
    let title = title(&year, comparable, &same_period(material));
    let silent = if before.is_some() && comparable.is_none() && year.percent().is_some() {
        " No comparison: half or less of them in one of the years."
    } else {
        ""
    };
    let more = format!(
        " {} of {} with figures for women and all participants.{silent}",
        year.covered,
        counted(year.delivered, "activity", "activities")
    );
    let mut view = WomenShare {
        text: ChartText {
            slug: "women-share",
            title,
            subtitle: format!("Women's share of participants of known sex in {}, percent", material.period.plan_year()),
            foot: foot(material, &more),
            description: String::new(),
        },
        points: points.collect(),
        years: std::iter::once(year).chain(before).collect(),
    };
    view.text.description = view.all().map(SharePoint::in_words).collect::<Vec<_>>().join("; ");
    view
}

fn capital_same_period(material: &Material<'_>) -> String {
    format!("Same period of {}", material.period.plan_year().previous())
}

fn title(year: &SharePoint, before: Option<&SharePoint>, when: &str) -> String {
    let Some(share) = year.percent() else {
        return match year.withheld {
            Some(_) => "Too few participants of known sex to show the share of women".to_owned(),
            None => "No activity states how many participants were women".to_owned(),
        };
    };
    let change = before.and_then(SharePoint::percent).map(|before| against_points(share, before, when));
    format!(
        "Women were {} % of participants whose sex is known{}",
        report_number(percent(share)),
        change.unwrap_or_default()
    )
}

/// Women and persons of known sex in a period: of lists that state a sex, else of logs that have both figures.
fn share(material: &Material<'_>, line: &Line, label: String) -> SharePoint {
    let mut point = SharePoint { label, women: 0, known: 0, covered: 0, delivered: 0, withheld: None };
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
    let least = material.definitions.charts.smallest_group;
    if point.known > 0 && point.known < least {
        (point.women, point.known, point.withheld) = (0, 0, Some(least));
    }
    point
}
