//! An office of any size: all seven kinds of record, with the mess that spreadsheets filled by hand have. The same
//! size gives the same bytes on every machine.

use std::fs;
use std::io;
use std::path::Path;

use chrono::{Days, NaiveDate};

use super::table::{Cell, Table};

/// How much an office has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) activities: u64,
    pub(crate) participations: u64,
    pub(crate) answers: u64,
}

impl Size {
    /// An office of a number of participation rows, with activities and answers in proportion up to a point: ten
    /// times the rows are more years and more lists, not ten times the plan.
    pub(crate) fn of(participations: u64) -> Self {
        let share = |part: u64, least: u64| (participations / part).clamp(least, least * 4);
        Self { activities: share(12, 600), participations, answers: share(7, 1_000) }
    }

    /// An ordinary office with lists of so many rows.
    pub(crate) fn with_lists_of(participations: u64) -> Self {
        Self { participations, ..Self::of(0) }
    }
}

/// Rows of one list; Excel's sheets end at 1,048,576.
const LIST: u64 = 1_000_000;

#[rustfmt::skip]
const MEMBERS: [&str; 34] = [
    "Afghanistan",
    "Bangladesh",
    "Bhutan",
    "India",
    "I.R.Iran",
    "Maldives",
    "Nepal",
    "Pakistan",
    "Sri Lanka",
    "P.R.China",
    "Hong Kong China",
    "Macao China",
    "Mongolia",
    "Japan",
    "Korea",
    "Brunei Darussalam",
    "Cambodia",
    "Indonesia",
    "Malaysia",
    "Myanmar",
    "Lao P.D.R.",
    "Philippines",
    "Singapore",
    "Thailand",
    "Viet Nam",
    "Australia",
    "Fiji",
    "New Zealand",
    "Papua New Guinea",
    "Palau",
    "Samoa",
    "Timor-Leste",
    "Tonga",
    "Vanuatu",
];
const SPELT: [&str; 8] =
    ["VIET NAM", "Vietnam ", "korea", "Iran", "Hong Kong, China", "Cook Islands", " Lao PDR", "Timor Leste"];
const TYPES: [&str; 8] = [
    "National workshop",
    "Regional workshop",
    "Sub-regional workshop",
    "Training",
    "Support mission",
    "Meeting",
    "diagnostic mission",
    "",
];
const TOPICS: [&str; 8] = [
    "Post Clearance Audit",
    "Risk Management",
    "Advance Rulings",
    "Rules of Origin",
    "Customs Valuation",
    "HS classification",
    "Time Release Study",
    "Authorized Economic Operators",
];
const ACTIONS: [&str; 6] = ["1-(q)", "1-(a), (b)", "1-(h) and (hh)", "", "3-(a)", "1-(q); 1-(zzz)"];

/// Numbers without chance: splitmix64.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let at = self.below(words.len() as u64);
        words[usize::try_from(at).expect("an index")]
    }

    fn member(&mut self) -> &'static str {
        if self.one_in(50) { self.of(&SPELT) } else { self.of(&MEMBERS) }
    }

    /// A day as the cells of a column hold it: mostly a date, sometimes a text.
    fn day(&mut self, day: NaiveDate) -> Cell {
        match self.below(40) {
            0 => day.format("%d/%m/%Y").to_string().into(),
            1 => day.format("%-d %B %Y").to_string().into(),
            _ => day.into(),
        }
    }
}

/// An activity as its rows and those that point to it see it. No list of them is kept.
struct Event {
    id: String,
    title: String,
    start: NaiveDate,
}

fn event(at: u64) -> Event {
    let mut numbers = Numbers(at ^ 0xac71_7171);
    let topic = numbers.of(&TOPICS);
    let member = numbers.of(&MEMBERS);
    let start = NaiveDate::from_ymd_opt(2024, 7, 1).expect("a day") + Days::new(numbers.below(715));
    Event { id: format!("A-{at:05}"), title: format!("Workshop on {topic} for {member}, part {at}"), start }
}

/// Writes the inputs of an office into a folder.
pub(crate) fn write(folder: &Path, size: Size, format: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    activities(folder, size, format)?;
    for list in 0..size.participations.div_ceil(LIST) {
        let rows = list * LIST..size.participations.min((list + 1) * LIST);
        participations(folder, size, format, list, rows)?;
    }
    follow_up(folder, size, format)?;
    evaluation(folder, size, format)?;
    needs(folder, size, format)?;
    register(folder, format)
}

fn activities(folder: &Path, size: Size, format: &str) -> io::Result<()> {
    let header = [
        "Activity ID",
        "Activity",
        "Type",
        "AWP actions",
        "Start date",
        "End date",
        "Status",
        "Mode",
        "Venue",
        "Host",
        "Beneficiary Members",
        "Participants",
        "Women",
        "Experts",
        "Expert Members",
        "Partners",
        "Remarks",
    ];
    let mut table = Table::create(folder, "activities", format, &header)?;
    for at in 0..size.activities {
        let mut numbers = Numbers(at);
        let event = event(at);
        let end = event.start + Days::new(numbers.below(5));
        let members: Vec<&str> = (0..=numbers.below(4)).map(|_| numbers.member()).collect();
        let people = 10 + numbers.below(40);
        let (start, end) = (numbers.day(event.start), numbers.day(end));
        let people_cell = if numbers.one_in(30) { format!("over {people}").into() } else { people.into() };
        table.row(&[
            event.id.into(),
            event.title.into(),
            numbers.of(&TYPES).into(),
            numbers.of(&ACTIONS).into(),
            start,
            end,
            numbers.of(&["delivered", "delivered", "", "Delivered", "planned", "postponed", "held"]).into(),
            numbers.of(&["in person", "online", "hybrid", "virtual", "zoom"]).into(),
            "".into(),
            numbers.member().into(),
            members.join("; ").into(),
            people_cell,
            numbers.below(people).into(),
            numbers.below(4).into(),
            numbers.of(&["Japan", "Korea; Australia", "", ""]).into(),
            numbers.of(&["JICA", "UNODC; OCO", ""]).into(),
            numbers.of(&["", "See the report."]).into(),
        ])?;
    }
    table.finish()
}

fn participations(folder: &Path, size: Size, format: &str, list: u64, rows: std::ops::Range<u64>) -> io::Result<()> {
    let header = ["Activity ID", "Activity", "Start date", "Member", "Sex", "Role", "Participant", "Count"];
    let mut table = Table::create(folder, &format!("participants-{list:02}"), format, &header)?;
    for at in rows {
        let mut numbers = Numbers(at ^ 0x7000_0000);
        let event = event(at * size.activities / size.participations);
        let id = if numbers.one_in(500) { format!("?{}", event.id) } else { event.id };
        // One row in two hundred names the person of the row before again.
        let person = at - u64::from(at > 0 && numbers.one_in(200));
        let person = if numbers.one_in(40) { String::new() } else { format!("P{person:08}") };
        let count = if person.is_empty() { (1 + numbers.below(5)).into() } else { Cell::Empty };
        table.row(&[
            id.into(),
            event.title.into(),
            event.start.into(),
            numbers.member().into(),
            numbers.of(&["F", "M", "Female", "male", "", "F", "M", "M"]).into(),
            numbers.of(&["participant", "participant", "", "expert", "Speaker", "observer", "delegate"]).into(),
            person.into(),
            count,
        ])?;
    }
    table.finish()
}

fn follow_up(folder: &Path, size: Size, format: &str) -> io::Result<()> {
    let header = [
        "Activity ID",
        "Activity",
        "Start date",
        "Member",
        "Response date",
        "Action taken",
        "Tangible results",
        "Description",
        "Satisfaction",
        "Further needs",
    ];
    let mut table = Table::create(folder, "follow-up", format, &header)?;
    for at in 0..size.answers {
        let mut numbers = Numbers(at ^ 0xf011_0000);
        let event = event(numbers.below(size.activities));
        let day = event.start + Days::new(30 + numbers.below(200));
        table.row(&[
            event.id.into(),
            event.title.into(),
            event.start.into(),
            numbers.member().into(),
            numbers.day(day),
            numbers.of(&["yes", "partly", "planned", "no", "Yes", "n/a"]).into(),
            numbers.below(4).into(),
            "A procedure was changed.".into(),
            (1 + numbers.below(5)).into(),
            "".into(),
        ])?;
    }
    table.finish()
}

fn evaluation(folder: &Path, size: Size, format: &str) -> io::Result<()> {
    let header = ["Activity ID", "Activity", "Start date", "Rating", "Responses"];
    let mut table = Table::create(folder, "evaluation", format, &header)?;
    for at in 0..size.activities {
        let mut numbers = Numbers(at ^ 0xe7a1_0000);
        let event = event(at);
        let rating = if numbers.one_in(60) { "good".into() } else { (1 + numbers.below(5)).into() };
        table.row(&[
            event.id.into(),
            event.title.into(),
            event.start.into(),
            rating,
            (5 + numbers.below(20)).into(),
        ])?;
    }
    table.finish()
}

fn needs(folder: &Path, size: Size, format: &str) -> io::Result<()> {
    let header = ["Member", "Response date", "Topic", "Priority", "Support wanted", "Preferred quarter", "Remarks"];
    let mut table = Table::create(folder, "needs", format, &header)?;
    for at in 0..size.answers {
        let mut numbers = Numbers(at ^ 0x7eed_0000);
        let day = NaiveDate::from_ymd_opt(2025, 7, 1).expect("a day") + Days::new(numbers.below(300));
        let topic = if numbers.one_in(2) { numbers.of(&ACTIONS) } else { numbers.of(&TOPICS) };
        table.row(&[
            numbers.member().into(),
            numbers.day(day),
            topic.into(),
            numbers.of(&["high", "medium", "low", "none", "High"]).into(),
            "National workshop".into(),
            numbers.of(&["Q1", "Q2", ""]).into(),
            "".into(),
        ])?;
    }
    table.finish()
}

fn register(folder: &Path, format: &str) -> io::Result<()> {
    let header = ["Member", "KPI", "Status", "Since", "Counterpart", "Evidence"];
    let mut table = Table::create(folder, "status", format, &header)?;
    for (at, member) in (0..).zip(MEMBERS) {
        let mut numbers = Numbers(at);
        let since = if numbers.one_in(5) { 2019_u64.into() } else { numbers.day(event(at).start) };
        let status = numbers.of(&["implementing", "in progress", "none"]);
        table.row(&[member.into(), "1-(a).1".into(), status.into(), since, "".into(), "".into()])?;
    }
    table.finish()?;
    let mut table = Table::create(folder, "statistics", format, &["Member", "KPI", "Period", "Value"])?;
    for (at, member) in (0..).zip(MEMBERS) {
        for quarter in 1..=4 {
            let value = Numbers(at * 4 + quarter).below(900);
            table.row(&[member.into(), "1-(w).1".into(), format!("2025-2026/Q{quarter}").into(), value.into()])?;
        }
    }
    table.finish()
}
