//! Women's share of participants by quarter, with the persons and activities behind it.

use super::words::{against_points, percent};
use super::{ChartText, foot, quarter_label, quarters, same_period, year_before};
use crate::report::Material;
use crate::report::small::Withheld;
use crate::report::women::WomenTable;
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
    /// Activities with a figure for women.
    pub covered: u64,
    /// Activities delivered.
    pub delivered: u64,
    /// Why women and known are left out, where they are: of too few persons to be told apart.
    pub withheld: Option<String>,
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
        2 * self.covered > self.delivered
    }

    fn in_words(&self) -> String {
        let covered = format!("{} of {}", self.covered, activities(self.delivered));
        match (self.percent(), &self.withheld) {
            (Some(share), _) => {
                let share = report_number(percent(share));
                format!("{}: {share} % ({} of {}), {covered}", self.label, self.women, self.known)
            }
            (None, Some(why)) => format!("{}: {why}, not shown, {covered}", self.label),
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

pub(super) fn compose(material: &Material<'_>, of_women: &WomenTable) -> WomenShare {
    let share = |line, label| share((of_women, line), label);
    let points = quarters(material).into_iter().map(|line| share(line, quarter_label(line)));
    let year = share(material.ytd(), "Year to date".to_owned());
    let before = year_before(material).map(|line| share(line, capital_same_period(material)));
    let before = before.filter(|before| before.percent().is_some());
    let comparable = before.as_ref().filter(|before| year.is_covered() && before.is_covered());
    let title = title(&year, comparable, &same_period(material));
    let silent = if before.is_some() && comparable.is_none() && year.percent().is_some() {
        " No comparison: half or less of them in one of the years."
    } else {
        ""
    };
    let more = format!(" {} of {} with a figure for women.{silent}", year.covered, activities(year.delivered));
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

/// "1 activity", "2 activities"
fn activities(count: u64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "activity", "activities")
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

/// The figures of a period as the table of women has them, those of too few persons left out.
fn share((of_women, line): (&WomenTable, &Line), label: String) -> SharePoint {
    let row = of_women.rows.iter().find(|row| row.is_kpi() && row.period == line.id);
    let sexes = row.map(|row| row.sexes).unwrap_or_default();
    let withheld = row.and_then(|row| row.withheld).map(|why| match why {
        Withheld::Few => format!("fewer than {} persons", of_women.least),
        Withheld::KeptBack => "kept back, as fewer could be worked out by it".to_owned(),
    });
    let (women, known) = if withheld.is_some() { (0, 0) } else { (sexes.of_known, sexes.known) };
    SharePoint { label, women, known, covered: sexes.covered, delivered: sexes.activities, withheld }
}
