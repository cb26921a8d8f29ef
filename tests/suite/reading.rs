//! What the cells of a table are read as.

use rspkpi::findings::Code;

use crate::office::{Results, day, office};

/// A log of one row for each text, in the column of a field.
fn log_of(header: &str, texts: &[&str]) -> Results {
    let rows = texts.iter().enumerate().map(|(at, text)| format!("{at} | {text} | 2025-07-10 | {text}\n"));
    let table = format!("Activity ID | Activity | {header}\n{}", rows.collect::<String>());
    office().log(&table).results()
}

/// First and last day of activities whose Start date is each of these texts.
fn days_of(texts: &[&str]) -> Vec<String> {
    let rows = texts.iter().enumerate().map(|(at, text)| format!("A{at} | {text}\n"));
    let table = format!("Activity | Start date\nSound | 2025-07-10\n{}", rows.collect::<String>());
    let results = office().log(&table).results();
    let found = |at: usize| {
        let mut all = results.run.records.activities.iter().map(|(_, activity)| activity);
        all.find(|activity| activity.title == format!("A{at}"))
            .map_or_else(|| "refused".to_owned(), |activity| format!("{} {}", activity.start, activity.end))
    };
    (0..texts.len()).map(found).collect()
}

fn members_of(text: &str) -> (String, Results) {
    let table = format!("Activity | Start date | Beneficiary Members\nForum | 2025-07-10 | {text}");
    let results = office().log(&table).results();
    (results.beneficiaries("Forum"), results)
}

#[test]
fn a_day_is_read_in_every_form_of_the_contract() {
    let forms = [
        "2025-05-14",
        "14/05/2025",
        "14.05.2025",
        "14-05-2025",
        "14 May 2025",
        "14 may, 2025",
        "May 14, 2025",
        "14th of May 2025",
        "Wed 14 May 2025",
        "2025-05-14T09:30:00",
        "14/05/2568",
        "14 May 2568",
    ];
    let read = days_of(&forms);
    for (form, days) in forms.iter().zip(read) {
        assert_eq!(days, "2025-05-14 2025-05-14", "{form}");
    }
}

#[test]
fn a_range_of_days_gives_start_and_end() {
    let forms = [
        ("28 Apr - 2 May 2025", "2025-04-28 2025-05-02"),
        ("28 Apr \u{2013} 2 May 2025", "2025-04-28 2025-05-02"),
        ("28 April to 2 May 2568", "2025-04-28 2025-05-02"),
        ("3-7 March 2025", "2025-03-03 2025-03-07"),
        ("March 3-7, 2025", "2025-03-03 2025-03-07"),
        ("29 Dec 2025 - 2 Jan 2026", "2025-12-29 2026-01-02"),
        ("29 Dec - 2 Jan 2026", "2025-12-29 2026-01-02"),
        ("2025-07-14 to 2025-07-16", "2025-07-14 2025-07-16"),
        ("14/07/2025 - 16/07/2025", "2025-07-14 2025-07-16"),
    ];
    let read = days_of(&forms.map(|(form, _)| form));
    for ((form, days), read) in forms.iter().zip(read) {
        assert_eq!(read, *days, "{form}");
    }
}

#[test]
fn what_is_no_day_is_refused_and_never_guessed() {
    let forms = [
        "2025",
        "2568",
        "May 2025",
        "Q3",
        "soon",
        "31/02/2025",
        "13/13/2025",
        "14/05/25",
        "45000",
        "14 May",
        "14/05/1925",
    ];
    let read = days_of(&forms);
    for (form, days) in forms.iter().zip(read) {
        assert_eq!(days, "refused", "{form}");
    }
}

#[test]
fn a_range_that_ends_before_it_begins_is_refused() {
    assert_eq!(days_of(&["7 March - 3 March 2025", "7-3 March 2025"]), ["refused", "refused"]);
}

#[test]
fn a_bare_year_in_a_workbook_is_a_finding_and_not_a_day_of_the_calendar_of_excel() {
    let table = "Activity | Start date\nForum | 2025-07-10\nYear | 2025\nEra | 2568";
    let results = office().workbook("log.xlsx", &[("Sheet1", table)]).results();
    assert_eq!(results.ended("log.xlsx"), "counted 1, rejected 2");
    assert_eq!(results.seen(Code::CellUnreadable), ["2025", "2568"]);
}

#[test]
fn the_layout_says_whether_the_month_stands_first() {
    let table = "Activity | Start date\nForum | 03/04/2026";
    assert_eq!(office().log(table).results().activity("Forum").start, day("2026-04-03"));
    let american = office()
        .log(table)
        .configured("sources/activity.toml", |text| text.replace("day-first = true ", "day-first = false"));
    assert_eq!(american.results().activity("Forum").start, day("2026-03-04"));
}

#[test]
fn a_register_date_of_only_a_year_or_month_is_its_first_day_with_a_note() {
    let results = office()
        .register(
            "Member | KPI | Status | Since\nFiji | 1-(a) | implementing | 2025
             Tonga | 1-(a).1 | implementing | Oct 2568\nSamoa | 1-(a).1 | implementing | 2025-11",
        )
        .results();
    let since: Vec<_> = results.run.records.statuses.iter().map(|(_, row)| row.since).collect();
    assert_eq!(since, ["2025-01-01", "2025-10-01", "2025-11-01"].map(|text| Some(day(text))));
    assert_eq!(results.seen(Code::PartialDate).len(), 3);
}

#[test]
fn counts_are_whole_numbers_and_approximate_ones_are_said_to_be() {
    let results = log_of(
        "Start date | Participants",
        &["25", "25.0", "1,200", "over 50", "up to seventy", "~ 30", "30+", "many", "-3", "2.5", "30-40"],
    );
    let count = |text: &str| results.activity(text).participants;
    assert_eq!(["25", "25.0", "1,200"].map(count), [Some(25), Some(25), Some(1200)]);
    assert_eq!(["over 50", "up to seventy", "~ 30", "30+"].map(count), [Some(50), Some(70), Some(30), Some(30)]);
    assert_eq!(["many", "-3", "2.5", "30-40"].map(count), [None; 4], "the row counts without the field");
    assert_eq!(results.seen(Code::ApproximateCount), ["over 50", "up to seventy", "~ 30", "30+"]);
    assert_eq!(results.seen(Code::FieldUnreadable), ["many", "-3", "2.5", "30-40"]);
    assert_eq!(results.ended("activities.csv"), "counted 11");
}

#[test]
fn a_quantity_of_zero_is_a_finding_and_counts_as_one() {
    let results = log_of("Start date | Quantity", &["3", "0"]);
    assert_eq!((results.activity("3").quantity, results.activity("0").quantity), (3, 1));
    assert_eq!(results.seen(Code::FieldUnreadable), ["0"]);
}

#[test]
fn members_are_matched_by_the_longest_name_and_across_commas() {
    let (members, results) = members_of("Singapore, Hong Kong, China, Tonga");
    assert_eq!(members, "HK SG TO");
    let note = results.found(Code::MemberAmbiguous);
    assert_eq!(note.len(), 1);
    assert!(note[0].message.contains("China"), "{}", note[0].message);
    assert_eq!(members_of("Singapore; Hong Kong; China; Tonga").0, "CN HK SG TO");
    assert_eq!(members_of("Singapore / Hong Kong / China").0, "CN HK SG");
    assert_eq!(members_of("Hong Kong\\nChina").0, "CN HK");
    assert_eq!(members_of("Hong Kong / China").0, "CN HK", "the whole cell is no name over a slash");
    assert_eq!(members_of("China/Macao; Fiji").0, "CN FJ MO");
    let (members, results) = members_of("ROCB A/P, Fiji / wco rocb a/p / Tonga");
    assert_eq!((members.as_str(), results.found(Code::UnknownMember).len()), ("FJ TO", 0), "a name may have a slash");
}

#[test]
fn a_guinea_beside_papua_new_guinea_is_an_unknown_name() {
    let (members, results) = members_of("Guinea, Papua New Guinea");
    assert_eq!(members, "PG");
    assert_eq!(results.seen(Code::UnknownMember), ["Guinea"]);
}

#[test]
fn members_are_separated_and_spelt_in_many_ways() {
    for text in [
        "Fiji; Tonga; Samoa",
        "Fiji, Tonga & Samoa",
        "Fiji/Tonga and Samoa",
        "Fiji\\nTonga\\nSamoa",
        "FJ, TON, ws",
        "SAMOA, the Kingdom of Tonga AND fiji",
        "Fiji, Fiji, Tonga, Samoa,",
        "Fiji\u{a0}and\u{a0}Tonga and Samoa",
        "Fiji\u{ff1b}Tonga\u{ff06}Samoa",
        "Fiji\u{2028}Tonga\u{ff0f}Samoa",
    ] {
        assert_eq!(members_of(text).0, "FJ TO WS", "{text}");
    }
    assert_eq!(members_of("LAO, PEOPLE'S DEM. REP.; Timor Leste; Viet-Nam").0, "LA TL VN");
}

#[test]
fn known_non_members_are_told_from_unknown_names() {
    let (members, results) = members_of("Cook Islands, UNODC, Fiji, Atlantis");
    assert_eq!(members, "FJ");
    assert_eq!(results.seen(Code::NonMember), ["Cook Islands", "UNODC"]);
    assert_eq!(results.seen(Code::UnknownMember), ["Atlantis"]);
}

#[test]
fn a_name_in_comma_order_is_never_read_as_the_member_within_it() {
    for (text, name) in [
        ("Korea, DPR", "Democratic People's Republic of Korea"),
        ("Korea, North", "Democratic People's Republic of Korea"),
        ("Taiwan, China", "Chinese Taipei"),
        ("China, Taiwan", "Chinese Taipei"),
        ("Samoa, American", "American Samoa"),
    ] {
        let (members, results) = members_of(text);
        assert_eq!((members.as_str(), results.seen(Code::NonMember)), ("", vec![name]), "{text}");
        assert!(results.found(Code::UnknownMember).is_empty(), "{text}");
    }
}

#[test]
fn a_slash_within_a_name_divides_nothing() {
    let (members, results) = members_of("ROCB A/P, Fiji/Tonga");
    assert_eq!(members, "FJ TO");
    assert_eq!(results.seen(Code::NonMember), ["ROCB A/P"]);
    assert_eq!(members_of("n/a").1.seen(Code::UnknownMember), ["n/a"]);
}

#[test]
fn partners_are_not_divided_at_and() {
    let table = "Activity | Start date | Partners\nForum | 2025-07-10 | Ports and Harbours; Customs & Excise, ADB";
    let results = office().log(table).results();
    assert_eq!(results.activity("Forum").partners, ["Ports and Harbours", "Customs & Excise", "ADB"]);
}

#[test]
fn the_type_is_taken_from_the_cell_and_else_from_the_title() {
    let results = office()
        .log(
            "Activity | Start date | Type
             A | 2025-07-10 | High-level dialogue\nB | 2025-07-10 | regional-workshop
             Sub-Regional Workshop after the national workshop | 2025-07-10 |\nTwo surveys | 2025-07-10 | odd
             Gathering | 2025-07-10 |",
        )
        .results();
    let of = |title: &str| {
        results.activity(title).of_type.map_or("none", |of| results.run.definitions.types.get(of).id.as_str())
    };
    assert_eq!([of("A"), of("B")], ["high-level-dialogue", "regional-workshop"]);
    assert_eq!(of("Sub-Regional Workshop after the national workshop"), "sub-regional-workshop");
    assert_eq!([of("Two surveys"), of("Gathering")], ["survey", "none"]);
    assert_eq!((results.found(Code::TypeInferred).len(), results.found(Code::TypeUnknown).len()), (2, 1));
}

#[test]
fn an_unreadable_status_or_end_and_an_end_before_the_start_reject_the_row() {
    let results = office()
        .log(
            "Activity | Start date | End date | Status\nA | 2025-07-10 | | \nB | 2025-07-10 | | perhaps
             C | 2025-07-10 | later | done\nD | 2025-07-10 | 2025-07-09 | done\n | 2025-07-10 | | done",
        )
        .results();
    assert_eq!(results.ended("activities.csv"), "counted 1, rejected 4");
    assert_eq!(results.seen(Code::CellUnreadable), ["perhaps", "later"]);
    assert_eq!(results.seen(Code::EndBeforeStart), ["2025-07-09"]);
    assert_eq!(results.found(Code::RequiredMissing).len(), 1);
}

#[test]
fn a_blank_status_is_delivered_with_a_warning_where_nothing_stands_behind_the_row() {
    let results = office()
        .log(
            "Activity ID | Activity | Start date | Status | Participants | Experts\n1 | Bare | 2025-07-10 | | |
             2 | Told | 2025-07-10 | held | |\n3 | Counted | 2025-07-10 | | 20 |\n4 | Taught | 2025-07-10 | | | 2
             5 | Listed | 2025-07-10 | | |\n6 | Rated | 2025-07-10 | | |",
        )
        .people("Activity ID | Member\n5 | Fiji")
        .evaluations("Activity ID | Rating\n6 | 4")
        .results();
    assert_eq!(results.seen(Code::StatusAssumed), ["Bare"]);
    assert_eq!(results.ended("activities.csv"), "counted 6");
}

#[test]
fn a_need_names_an_action_by_reference_or_by_its_words() {
    let results = office()
        .table(
            "needs.csv",
            "Member | Response date | Topic | Priority
             Fiji | 2025-12-10 | 1-(q) | high
             Fiji | 2025-12-10 | PROMOTE the better use of WCO e-learning programs in cooperation with Regional Training Centers (RTCs) and accredited experts | L
             Fiji | | 1-(a), (b) | none
             Fiji | 2025-12-10 | weather | high
             Fiji | 2025-12-10 | 1-(q) | 2
             Fiji | 2025-12-10 | 1-(q) |
             Utopia | 2025-12-10 | 1-(q) | high\nFiji | 2027-01-10 | 1-(q) | high",
        )
        .results();
    assert_eq!(results.ended("needs.csv"), "counted 3, out of period 1, unmapped 1, rejected 3");
    let actions = |at: usize| results.run.records.needs[at].2.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!([actions(0), actions(1), actions(2)], [vec!["1-(q)"], vec!["3-(c)"], vec!["1-(a)", "1-(b)"]]);
    assert_eq!((results.seen(Code::TopicUnmapped), results.found(Code::NeedUndated).len()), (vec!["weather"], 1));
}
