//! Changes of the inputs that must change no figure.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::office::{Office, csv_of, office};

const MEMBERS: [&str; 6] = ["Fiji", "Tonga", "Samoa", "Japan", "Korea", "China"];
const TYPES: [&str; 5] = ["Training", "Meeting", "Newsletter", "Survey", ""];
const ACTIONS: [&str; 6] = ["1-(a), (h)", "3-(k)", "1-(dd).2", "1-(u)", "", "1-(d), 3-(a)"];
const STATUSES: [&str; 4] = ["implementing", "contracting", "none", "arranged"];
const PERIODS: [&str; 6] = ["2025-07", "2025-2026/Q1", "2024-2025/Q1", "2024-07", "2025-10", "2024-10"];

type Rows = Vec<Vec<String>>;

/// The rows of an office, without contradictions: every key stands once.
#[derive(Debug, Clone)]
struct Sheets {
    log: Rows,
    people: Rows,
    answers: Rows,
    register: Rows,
    statistics: Rows,
}

const HEADERS: [&str; 5] = [
    "Activity ID|Activity|Start date|Type|AWP actions|Beneficiary Members|Expert Members|Women|Experts|Quantity|Status",
    "Activity ID|Member|Sex|Role|Participant",
    "Activity ID|Member|Response date|Action taken|Tangible results|Satisfaction",
    "Member|KPI|Status|Since|Counterpart",
    "Member|KPI|Period|Value",
];
const FILES: [&str; 5] = ["activities.csv", "participants.csv", "follow-up.csv", "status.csv", "statistics.csv"];

fn texts(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn month(index: usize) -> String {
    let (year, month) = [(2024, 8), (2025, 2), (2025, 7), (2025, 9), (2025, 11), (2026, 3)][index % 6];
    format!("{year}-{month:02}")
}

/// A row of the log: where in time, type, actions, Members, figures.
fn activity() -> impl Strategy<Value = Vec<String>> {
    let members = (select(MEMBERS.to_vec()), select(MEMBERS.to_vec()), select(MEMBERS.to_vec()));
    (0..6_usize, select(TYPES.to_vec()), select(ACTIONS.to_vec()), members, 0..5_u8, 1..4_u8).prop_map(
        |(at, of_type, actions, (one, other, giving), women, quantity)| {
            let start = format!("{}-10", month(at));
            let both = format!("{one}; {other}");
            let (women, quantity) = (women.to_string(), quantity.to_string());
            texts(&["", "", &start, of_type, actions, &both, giving, &women, "2", &quantity, "delivered"])
        },
    )
}

fn sheets() -> impl Strategy<Value = Sheets> {
    let person = (
        any::<Index>(),
        select(MEMBERS.to_vec()),
        select(vec!["F", "M", ""]),
        select(vec!["expert", "participant", ""]),
    );
    let answer =
        (any::<Index>(), select(MEMBERS.to_vec()), 0..6_usize, select(vec!["yes", "partly", "no", ""]), 0..4_u8);
    let status = (
        select(MEMBERS[..2].to_vec()),
        select(vec!["1-(a).1", "1-(d).1", "1-(e).1"]),
        0..6_usize,
        select(STATUSES.to_vec()),
    );
    let statistic = (select(MEMBERS.to_vec()), select(PERIODS.to_vec()), 0..50_u8);
    (
        prop::collection::vec(activity(), 1..8),
        prop::collection::vec(person, 0..10),
        prop::collection::vec(answer, 0..8),
        prop::collection::vec(status, 0..8),
        prop::collection::vec(statistic, 0..8),
    )
        .prop_map(|(mut log, people, answers, register, statistics)| {
            for (at, row) in log.iter_mut().enumerate() {
                (row[0], row[1]) = (format!("T{at}"), format!("Event {at}"));
            }
            let id = |at: &Index| format!("T{}", at.index(log.len()));
            let people = people.iter().enumerate().map(|(number, (at, member, sex, role))| {
                texts(&[&id(at), member, sex, role, &format!("P{number:03}")])
            });
            let answers = answers.iter().map(|(at, member, when, taken, number)| {
                let date = format!("{}-20", month(*when));
                texts(&[&id(at), member, &date, taken, &number.to_string(), &(number + 1).to_string()])
            });
            let register = register.iter().map(|(member, kpi, when, status)| {
                texts(&[member, kpi, status, &format!("{}-15", month(*when)), "Nepal"])
            });
            let statistics = statistics
                .iter()
                .map(|(member, period, value)| texts(&[member, "1-(w).1", period, &value.to_string()]));
            let (people, answers, register) = (people.collect(), answers.collect(), register.collect());
            Sheets {
                people,
                answers: once(answers, &[0, 1, 2]),
                register: once(register, &[0, 1, 3]),
                statistics: once(statistics.collect(), &[0, 2]),
                log,
            }
        })
}

/// Keeps the first row of each key.
fn once(rows: Rows, key: &[usize]) -> Rows {
    let mut kept = Rows::new();
    for row in rows {
        if !kept.iter().any(|other| key.iter().all(|column| other[*column] == row[*column])) {
            kept.push(row);
        }
    }
    kept
}

fn table(kind: usize, rows: &[Vec<String>]) -> Vec<u8> {
    let header = HEADERS[kind].split('|').map(str::to_owned).collect();
    csv_of(&[vec![header], rows.to_vec()].concat())
}

impl Sheets {
    fn all(&self) -> [&Rows; 5] {
        [&self.log, &self.people, &self.answers, &self.register, &self.statistics]
    }

    /// The office with these files; an empty one is left out.
    fn office(&self) -> Office {
        let files = self.all().into_iter().enumerate().filter(|(_, rows)| !rows.is_empty());
        files.fold(office(), |office, (kind, rows)| office.file(FILES[kind], table(kind, rows)))
    }

    fn scorecard(&self) -> String {
        self.office().results().scorecard()
    }

    fn changed(&self, change: impl Fn(&Rows) -> Rows) -> Self {
        let [log, people, answers, register, statistics] = self.all().map(change);
        Self { log, people, answers, register, statistics }
    }
}

/// Fails with the lines in which two scorecards differ.
fn same(one: &str, other: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(one.lines().count(), other.lines().count(), "the same KPIs and periods");
    let differing: Vec<_> = one.lines().zip(other.lines()).filter(|(one, other)| one != other).collect();
    prop_assert!(differing.is_empty(), "{differing:#?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn the_order_of_rows_changes_no_figure(sheets in sheets(), turn in 1..5_usize) {
        let turned = sheets.changed(|rows| {
            let mut rows = rows.clone();
            rows.reverse();
            let by = turn.min(rows.len());
            rows.rotate_left(by);
            rows
        });
        same(&sheets.scorecard(), &turned.scorecard())?;
    }

    #[test]
    fn an_activity_that_was_not_delivered_changes_no_figure(
        sheets in sheets(),
        mut extra in activity(),
        status in select(vec!["cancelled", "planned", "postponed"]),
        at in any::<Index>(),
    ) {
        extra[0] = "X1".to_owned();
        extra[1] = "Called off".to_owned();
        // Of a plan year that has records of its own: the previous year is shown where any was read.
        extra[2] = sheets.log[at.index(sheets.log.len())][2].clone();
        extra[10] = status.to_owned();
        let mut more = sheets.clone();
        more.log.insert(at.index(sheets.log.len()), extra);
        same(&sheets.scorecard(), &more.scorecard())?;
    }

    #[test]
    fn a_log_in_two_files_is_the_same_log(sheets in sheets(), at in any::<Index>()) {
        let (first, second) = sheets.log.split_at(at.index(sheets.log.len()));
        let rest = Sheets { log: Rows::new(), ..sheets.clone() }.office();
        let split = rest.file("log b.csv", table(0, second)).file("sub/log a.csv", table(0, first));
        same(&sheets.scorecard(), &split.results().scorecard())?;
    }

    #[test]
    fn every_row_told_twice_counts_once(sheets in sheets()) {
        let doubled = sheets.changed(|rows| rows.iter().flat_map(|row| [row.clone(), row.clone()]).collect());
        same(&sheets.scorecard(), &doubled.scorecard())?;
        let appended = sheets.changed(|rows| [rows.clone(), rows.clone()].concat());
        same(&sheets.scorecard(), &appended.scorecard())?;
    }
}
