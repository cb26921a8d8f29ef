//! Which planned activity a row delivers, told from its words.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rspkpi::findings::Code;

use crate::office::{Results, csv_of, office};

/// A row of the labelled set: what a careful colleague says of it.
struct Labelled {
    fields: csv::StringRecord,
}

/// Columns of the labelled set.
const TITLE: usize = 1;
const EXPECTED: usize = 10;
const VERDICT: usize = 11;

impl Labelled {
    fn title(&self) -> &str {
        &self.fields[TITLE]
    }

    fn expected(&self) -> Vec<&str> {
        self.fields[EXPECTED].split(';').filter(|id| !id.is_empty()).collect()
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/matching")
}

fn labelled() -> Vec<Labelled> {
    let mut reader = csv::Reader::from_path(folder().join("labelled.csv")).unwrap();
    reader.records().map(|fields| Labelled { fields: fields.unwrap() }).collect()
}

/// Runs the labelled rows as a log of their own.
fn results(rows: &[Labelled]) -> Results {
    let header =
        ["Activity", "Type", "Start date", "End date", "Venue", "Host", "Beneficiary Members", "Partners", "Funding"];
    let mut table = vec![header.map(str::to_owned).to_vec()];
    table.extend(rows.iter().map(|row| (TITLE..EXPECTED).map(|at| row.fields[at].to_owned()).collect()));
    office().file("activities.csv", csv_of(&table)).results()
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Became {
    LinkedRight,
    LinkedWrong,
    AskedRight,
    AskedWrong,
    Left,
}

fn became(row: &Labelled, results: &Results) -> Became {
    let (linked, asked) = (results.items(row.title()), results.candidates(row.title(), "plan_item"));
    let linked: Vec<&str> = linked.split(';').filter(|id| !id.is_empty()).collect();
    let expected = row.expected();
    let ask = &row.fields[VERDICT] == "ask";
    if linked.is_empty() {
        return match (asked.is_empty(), asked.iter().any(|id| expected.contains(id))) {
            (true, _) => Became::Left,
            (false, true) => Became::AskedRight,
            (false, false) => Became::AskedWrong,
        };
    }
    let right = linked == expected || (ask && linked.iter().all(|id| expected.contains(id)));
    if right { Became::LinkedRight } else { Became::LinkedWrong }
}

const COLUMNS: [(Became, &str); 5] = [
    (Became::LinkedRight, "linked, right"),
    (Became::LinkedWrong, "linked, wrong"),
    (Became::AskedRight, "asked, right one shown"),
    (Became::AskedWrong, "asked, right one not shown"),
    (Became::Left, "left"),
];
const VERDICTS: [(&str, &str); 3] = [
    ("auto", "link: a careful colleague would not ask"),
    ("ask", "ask: a careful colleague would"),
    ("none", "leave: it delivers no planned activity"),
];

/// How often each verdict became what.
fn confusion(rows: &[Labelled], results: &Results) -> Vec<Vec<usize>> {
    let count = |verdict: &str, wanted: Became| {
        let of = rows.iter().filter(|row| &row.fields[VERDICT] == verdict);
        of.filter(|row| became(row, results) == wanted).count()
    };
    VERDICTS.iter().map(|(verdict, _)| COLUMNS.iter().map(|(wanted, _)| count(verdict, *wanted)).collect()).collect()
}

fn confusion_table(rows: &[Labelled], results: &Results) -> String {
    let mut text = String::from("| a colleague would | rows |");
    for (_, name) in COLUMNS {
        let _ = write!(text, " {name} |");
    }
    text.push_str("\n|---|---|---|---|---|---|---|\n");
    for ((_, name), counts) in VERDICTS.iter().zip(confusion(rows, results)) {
        let _ = write!(text, "| {name} | {} |", counts.iter().sum::<usize>());
        for count in counts {
            let _ = write!(text, " {count} |");
        }
        text.push('\n');
    }
    text
}

#[test]
fn rows_are_linked_asked_about_or_left_as_a_careful_colleague_would() {
    let rows = labelled();
    let results = results(&rows);
    let table = confusion(&rows, &results);
    let [auto, ask, none] = [&table[0], &table[1], &table[2]];
    let wrong: Vec<&str> =
        rows.iter().filter(|row| became(row, &results) == Became::LinkedWrong).map(Labelled::title).collect();
    let linked = auto[0] + auto[1] + ask[0] + ask[1] + none[0] + none[1];
    assert!(wrong.len() * 50 <= linked, "98 of 100 links are right; wrong are {wrong:?}");
    assert!(auto[0] * 100 >= 88 * auto.iter().sum::<usize>(), "{} rows are linked exactly", auto[0]);
    assert!((ask[0] + ask[1]) * 4 <= ask.iter().sum::<usize>(), "most doubtful rows are asked about");
    assert_eq!(none[0] + none[1], 0, "what delivers nothing is linked to nothing");
    let open = [auto, ask].iter().map(|row| row[2..].iter().sum::<usize>()).sum::<usize>();
    assert!((auto[2] + ask[2]) * 100 >= 95 * open, "the right item is among those shown");
}

#[test]
fn the_documents_tell_how_sure_the_recognition_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/matching.md");
    let rows = labelled();
    let wanted = confusion_table(&rows, &results(&rows));
    let text = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let (begin, end) = ("<!-- table begins -->\n", "<!-- table ends -->");
    let from = text.find(begin).unwrap() + begin.len();
    let to = text.find(end).unwrap();
    if std::env::var_os("RSPKPI_WRITE_DOCS").is_some() {
        std::fs::write(&path, format!("{}{wanted}{}", &text[..from], &text[to..])).unwrap();
        return;
    }
    assert_eq!(text[from..to], wanted, "run the tests once with RSPKPI_WRITE_DOCS=1 to write docs/matching.md anew");
}

/// Runs a log of rows: title, type, end date, Members.
fn log(rows: &str) -> Results {
    office().log(&format!("Activity | Type | Start date | Beneficiary Members\n{rows}")).results()
}

#[test]
fn a_topic_may_be_abbreviated_misspelt_or_written_out() {
    let results = log("PCA w/s Kathmandu | National workshop | 2025-08-22 | Nepal
         Post clearence audit Nepal | National workshop | 2025-09-22 | Nepal
         Audit post-clearance NP | National workshop | 2025-10-22 | ");
    for title in ["PCA w/s Kathmandu", "Post clearence audit Nepal", "Audit post-clearance NP"] {
        assert_eq!(results.items(title), "A040", "{title}");
    }
}

#[test]
fn the_evidence_names_what_was_matched_and_what_speaks_against() {
    let results = log("IPR w/s Hanoi | National workshop | 2026-03-30 | Viet Nam");
    assert_eq!(results.candidates("IPR w/s Hanoi", "plan_item")[0], "A055");
    assert_eq!(
        results.candidates("IPR w/s Hanoi", "reasons")[0],
        "matched: IPR, Viet Nam, national; against: e-commerce not mentioned"
    );
}

#[test]
fn the_right_topic_for_another_member_is_never_linked() {
    let results = log("AEO NW Thimphu | National workshop | 2025-08-21 | Bhutan");
    assert_eq!(results.items("AEO NW Thimphu"), "");
    assert!(results.candidates("AEO NW Thimphu", "plan_item").is_empty());
}

#[test]
fn another_working_group_or_edition_is_never_linked() {
    let results = log("MTP on RM WG2 | Master Trainer Programme | 2025-11-21 | Fiji; Samoa; Tonga
         MTP on RM WG3 | Master Trainer Programme | 2025-12-05 | Fiji; Samoa; Tonga
         7th Masterclass DA & eSW | Regional workshop | 2025-10-31 | ");
    assert_eq!(results.items("MTP on RM WG2"), "");
    assert_eq!(results.items("MTP on RM WG3"), "A001");
    assert_eq!(results.items("7th Masterclass DA & eSW"), "");
}

#[test]
fn one_event_may_deliver_two_items_and_serves_the_actions_of_both() {
    let title = "MTP Pacific - RM & PCA, 3rd WG";
    let results = log(&format!("{title} | Master Trainer Programme | 2025-11-28 | Fiji; Samoa; Tonga; Vanuatu"));
    assert_eq!(results.items(title), "A001;A039");
    assert_eq!(results.linked(title, "action"), "1-(a) 1-(b) 1-(c) 1-(q) 1-(dd) 1-(hh) 3-(k)");
}

#[test]
fn one_members_part_of_an_item_counts_for_that_member_alone() {
    let results = office()
        .log("Activity | Type | Start date | Venue | Host\nAEO mission BOC | Support mission | 2026-02-20 | Manila | Bureau of Customs")
        .results();
    assert_eq!(results.items("AEO mission BOC"), "A017");
    assert_eq!(results.members("1-(h).3", "YTD"), "");
    let mapped = &results.run.links.all[0];
    let members: Vec<String> = mapped.members.iter().map(ToString::to_string).collect();
    assert_eq!(members, ["PH"], "not the five Members of the item");
    assert_eq!(results.found(Code::MembersFromPlan).len(), 1);
}

#[test]
fn a_row_of_another_plan_year_serves_the_actions_without_the_item() {
    let results = log("AEO mission BOC Manila | Support mission | 2025-02-20 | Philippines");
    assert_eq!(results.items("AEO mission BOC Manila"), "");
    assert_eq!(results.linked("AEO mission BOC Manila", "action"), "1-(d) 1-(e) 1-(u) 1-(hh)");
}

#[test]
fn stated_actions_decide_and_the_item_is_recognised_all_the_same() {
    let results = office()
        .log("Activity | Start date | Beneficiary Members | AWP actions\nPCA w/s Nepal | 2025-08-22 | Nepal | 1-(hh)")
        .results();
    assert_eq!(results.linked("PCA w/s Nepal", "action"), "1-(hh)");
    assert_eq!(results.linked("PCA w/s Nepal", "basis"), "stated");
    assert_eq!(results.items("PCA w/s Nepal"), "A040");
}

#[test]
fn an_item_delivered_twice_is_two_activities_and_one_delivered_item() {
    let results = log("NW RM Tehran | National workshop | 2025-11-12 | Iran
         NW RM Tehran part 2 | National workshop | 2026-02-12 | Iran");
    assert_eq!((results.items("NW RM Tehran"), results.items("NW RM Tehran part 2")), ("A004".into(), "A004".into()));
    assert_eq!(results.figure("3-(g).1", "YTD"), "2");
}

#[test]
fn a_word_of_the_vocabulary_can_be_taught() {
    let row = "Zollprüfung w/s | National workshop | 2025-08-22 | Nepal";
    assert_eq!(log(row).items("Zollprüfung w/s"), "");
    let taught = office()
        .log(&format!("Activity | Type | Start date | Beneficiary Members\n{row}"))
        .configured("vocabulary.toml", |text| text.replace(r#"words = ["PCA", "#, r#"words = ["PCA", "Zollprüfung", "#))
        .results();
    assert_eq!(taught.items("Zollprüfung w/s"), "A040");
}

#[test]
fn how_sure_a_link_must_be_is_a_setting() {
    let row =
        "Activity | Type | Start date | Beneficiary Members\nIPR w/s Hanoi | National workshop | 2026-03-30 | Viet Nam";
    let bold = office().log(row).configured("mapping.toml", |text| format!("{text}\n[recognition]\nlink = 70\n"));
    assert_eq!(bold.results().items("IPR w/s Hanoi"), "A055");
    let strict = office().log(row).configured("mapping.toml", |text| format!("{text}\n[recognition]\nlink = 30\n"));
    assert!(strict.examine().unwrap_err().to_string().contains("ask <= link"));
}

#[test]
fn days_that_no_calendar_has_are_refused_as_settings() {
    let row = "Activity | Start date\nTalk | 2026-03-30";
    let late = office().log(row);
    let late = late.configured("mapping.toml", |text| format!("{text}\n[recognition]\ndays-after = 200000000\n"));
    assert!(late.examine().unwrap_err().to_string().contains("days-after is at most 366"));
    let slow = office().log(row);
    let slow = slow.configured("report.toml", |text| {
        let lines = text.lines().filter(|line| !line.starts_with("answer-days"));
        lines.collect::<Vec<_>>().join("\n").replace("[needs]", "[needs]\nanswer-days = 200000000")
    });
    assert!(slow.examine().unwrap_err().to_string().contains("answer-days is at most 3660"));
}

#[test]
fn a_training_for_many_members_held_in_one_is_not_linked_as_that_members_own() {
    let many = "Bangladesh; Bhutan; India; Maldives; Nepal; Sri Lanka; Pakistan; Iran";
    let results = log(&format!(
        "PCA training, Kathmandu, Nepal | Training | 2025-09-02 | {many}
         IPR seminar India | | 2025-09-07 | {many}
         WCO Data Model training in Nepal | Training | 2025-09-10 | Nepal; Bhutan; Bangladesh; Sri Lanka
         PCA workshop for Nepal and others | Training | 2025-09-18 | Nepal; Bhutan"
    ));
    for title in [
        "PCA training, Kathmandu, Nepal",
        "IPR seminar India",
        "WCO Data Model training in Nepal",
        "PCA workshop for Nepal and others",
    ] {
        assert_eq!(results.items(title), "", "{title}");
        assert!(!results.candidates(title, "plan_item").is_empty(), "a person is asked: {title}");
    }
}

#[test]
fn a_word_cut_short_is_read_alike_in_whatever_order_the_rows_stand() {
    let whole = "Workshop on post clear audit for Nepal | National workshop | 2025-09-10 | Nepal";
    let cut = "Workshop on post clear. audit for Nepal | National workshop | 2025-09-12 | Nepal";
    for rows in [[whole, cut], [cut, whole]] {
        let results = log(&rows.join("\n"));
        assert_eq!(results.items("Workshop on post clear. audit for Nepal"), "A040");
        assert_eq!(results.items("Workshop on post clear audit for Nepal"), "");
    }
}

#[test]
fn a_title_that_speaks_against_its_delivery_is_asked_about() {
    let titles = [
        "PCA workshop Nepal: cancelled",
        "PCA workshop Nepal postponed",
        "PCA workshop Nepal - NOT HELD",
        "Planning mission PCA Nepal",
        "PCA workshop Nepal (rehearsal)",
        "Closing ceremony of the PCA workshop for Nepal",
        "Virtual PCA info session Nepal",
        "PCA training for Nepal private sector brokers",
    ];
    let rows: Vec<String> =
        titles.iter().map(|title| format!("{title} | National workshop | 2025-09-10 | Nepal")).collect();
    let results = log(&rows.join("\n"));
    for title in titles {
        assert_eq!(results.items(title), "", "{title}");
        assert_eq!(results.candidates(title, "plan_item").first(), Some(&"A040"), "{title}");
    }
    assert_eq!(results.seen(Code::NotHeld), titles[..3]);
}

#[test]
fn a_year_outside_the_plan_year_makes_a_question_and_one_of_its_own_or_of_an_edition_does_not() {
    let of = |title: &str| {
        let results = log(&format!("{title} | | 2025-09-22 | "));
        (results.items(title), results.candidates(title, "plan_item").first().copied().unwrap_or_default().to_owned())
    };
    for (title, item) in [
        ("Annual Needs Survey 2023-2024", "A091"),
        ("Annual Needs Survey 2027", "A091"),
        ("RHCA 2024", "A101"),
        ("Newsletter March 2019", "A097"),
    ] {
        assert_eq!(of(title), (String::new(), item.to_owned()), "{title}");
    }
    for (title, item) in
        [("Annual Needs Survey 2026/27", "A091"), ("Follow-up action survey 2024/25", "A094"), ("RHCA 2026", "A101")]
    {
        assert_eq!(of(title).0, item, "{title}");
    }
}

#[test]
fn relief_consignments_are_disaster_relief_and_not_the_release_of_goods() {
    let title = "Immediate release of relief consignments, Tonga";
    assert_eq!(log(&format!("{title} | National workshop | 2025-09-19 | Tonga")).items(title), "");
}
