//! Which actions an activity serves, and why.

use rspkpi::findings::Code;

use crate::office::office;

const TONGA: &str = "National workshop on implementation of border agency cooperation for Tonga";
const AEO: &str = "National workshop on AEO for Lao People's Dem. Rep., Vanuatu, Timor-Leste, Philippines and Vietnam";

#[test]
fn a_stated_plan_item_decides_before_stated_actions_and_the_title() {
    let results = office()
        .log(&format!("Activity | Start date | Plan item | AWP actions\n{TONGA} | 2025-07-10 | A043 | 2-(b)"))
        .results();
    assert_eq!(results.linked(TONGA, "action"), "1-(q) 1-(hh) 3-(k)");
    assert_eq!(results.linked(TONGA, "basis"), "plan-item plan-item plan-item");
    assert_eq!(results.linked(TONGA, "plan_item"), "A043 A043 A043");
    assert_eq!(results.seen(Code::StatedBeyondBasis), ["2-(b)"]);
}

#[test]
fn a_plan_item_may_be_stated_by_its_title() {
    let table = format!("Activity | Start date | Plan item\nVisit | 2025-07-10 | {}", TONGA.to_uppercase());
    let results = office().log(&table).results();
    assert_eq!(results.linked("Visit", "action"), "1-(a) 1-(b) 1-(c) 1-(dd) 1-(hh) 3-(k)");
}

#[test]
fn what_a_row_states_within_its_plan_item_is_no_finding() {
    let table = "Activity | Start date | Plan item | AWP actions\nVisit | 2025-07-10 | A008 | 1-(b), 3-(k)";
    assert!(office().log(table).results().found(Code::StatedBeyondBasis).is_empty());
}

#[test]
fn stated_actions_decide_before_the_title_and_the_item_is_known_all_the_same() {
    let table = format!("Activity | Start date | AWP actions\n{TONGA} | 2025-07-10 | 1-(q)");
    let results = office().log(&table).results();
    assert_eq!(results.linked(TONGA, "action"), "1-(q)");
    assert_eq!(results.linked(TONGA, "basis"), "stated");
    assert_eq!(results.linked(TONGA, "plan_item"), "A008");
}

#[test]
fn a_title_of_the_plan_decides_before_a_keyword_rule() {
    let rule = "\n[[rule]]\nwords = [\"border agency\"]\nactions = [\"2-(b)\"]\n";
    let table = format!("Activity | Start date\n{TONGA} | 2025-07-10\nBorder agency talk | 2025-07-11");
    let results = office().log(&table).configured("mapping.toml", |text| format!("{text}{rule}")).results();
    assert_eq!(results.linked(TONGA, "basis"), "title title title title title title");
    assert_eq!(results.linked("Border agency talk", "action"), "2-(b)");
    assert_eq!(results.linked("Border agency talk", "basis"), "rule");
}

#[test]
fn a_basis_that_names_no_action_of_the_plan_leaves_the_next_to_decide() {
    let table = format!(
        "Activity | Start date | Plan item | AWP actions\n{TONGA} | 2025-07-10 | A999 | 1-(zz)
         Talk | 2025-07-10 | A999 | 1-(q)\nVisit | 2025-07-10 | | 1-(a).7, xyz, (b)"
    );
    let results = office().log(&table).results();
    assert_eq!(results.linked(TONGA, "basis").split(' ').next(), Some("title"));
    assert_eq!(results.linked("Talk", "basis"), "stated");
    assert_eq!(results.linked("Visit", "action"), "1-(b)");
    assert_eq!(results.seen(Code::PlanItemUnknown), ["A999", "A999"]);
    assert_eq!(results.seen(Code::ReferenceUnknown), ["1-(zz)", "xyz", "1-(a).7"]);
}

#[test]
fn an_activity_that_serves_no_action_stands_once_with_basis_none() {
    let results = office().log("Activity | Start date\nPicnic | 2025-07-10").results();
    assert_eq!((results.linked("Picnic", "basis"), results.linked("Picnic", "action")), ("none".into(), String::new()));
    assert_eq!(results.seen(Code::ActivityUnlinked), ["Picnic"]);
}

#[test]
fn see_also_adds_actions_unless_the_setting_says_listing_only() {
    let log = || office().log("Activity | Start date | Plan item\nVisit | 2025-07-10 | A005");
    assert_eq!(log().results().linked("Visit", "action"), "1-(a) 1-(b) 1-(c) 1-(dd) 1-(hh) 3-(k)");
    let listing =
        log().configured("report.toml", |text| text.replace("\"listing-and-see-also\"     #", "\"listing\" #"));
    assert_eq!(listing.results().linked("Visit", "action"), "1-(a) 1-(b) 1-(c) 1-(dd) 3-(k)");
}

#[test]
fn titles_are_recognised_in_every_wording_of_the_plan() {
    for title in [
        "NATIONAL WORKSHOP on implementation of border-agency cooperation, for tonga",
        "National workshop on implementation of border agency cooperation for Tonga (See also 1-(b), (c), (dd))",
        "  National  workshop on implementation of border agency cooperation\\nfor Tonga.",
    ] {
        let results = office().log(&format!("Activity | Start date\n{title} | 2025-07-10")).results();
        assert_eq!(results.run.links.all[0].links.len(), 6, "{title}");
    }
    let bullet = "National Workshop on Valuation for Fiji";
    let table = format!("Activity | Start date | Beneficiary Members\n{bullet} | 2025-07-10 | Fiji");
    assert_eq!(office().log(&table).results().linked(bullet, "action"), "1-(c) 1-(p) 3-(k)");
}

#[test]
fn a_title_for_another_member_is_not_recognised() {
    let table = format!("Activity | Start date | Beneficiary Members\n{TONGA} | 2025-07-10 | Samoa");
    let results = office().log(&table).results();
    assert_eq!(results.linked(TONGA, "basis"), "none");
    assert_eq!(results.linked(TONGA, "plan_item"), "");
    assert_eq!(results.found(Code::TitleOtherMember).len(), 1);
}

#[test]
fn an_action_that_lists_some_members_part_is_served_only_for_them() {
    let linked = |members: &str| {
        let table =
            format!("Activity | Start date | Plan item | Beneficiary Members\nVisit | 2025-07-10 | A017 | {members}");
        office().log(&table).results().linked("Visit", "action")
    };
    assert_eq!(linked("Viet Nam"), "1-(d) 1-(e) 1-(u) 1-(hh)");
    assert_eq!(linked("Vanuatu"), "1-(d) 1-(e) 1-(u) 1-(hh) 3-(k)");
    assert_eq!(linked("Philippines; Timor-Leste"), "1-(d) 1-(e) 1-(u) 1-(hh) 3-(k)");
}

#[test]
fn of_a_part_only_its_members_count_as_reached_and_satisfied() {
    let results = office()
        .log(
            "Activity ID | Activity | Start date | Plan item | AWP actions | Beneficiary Members | Expert Members
             1 | Item | 2025-07-10 | A017 | | Vanuatu; Viet Nam; Fiji | Japan
             2 | Stated | 2025-10-10 | | 3-(k) | Vanuatu; Viet Nam; Fiji | Korea",
        )
        .answers(
            "Activity ID | Member | Response date | Satisfaction\n1 | Vanuatu | 2025-08-10 | 5
             1 | Fiji | 2025-08-10 | 1\n2 | Vanuatu | 2025-11-10 | 5\n2 | Fiji | 2025-11-10 | 1",
        )
        .results();
    let reached = |period: &str| {
        let kpi = "3-(k).2".parse().expect("a KPI");
        let figure = results.run.measured.scorecard.figure(kpi, period).expect("a figure");
        figure.reached.as_ref().expect("SIE Members beside").iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(reached("Q1"), ["VU"], "Fiji is no part of AEO in 3-(k)");
    assert_eq!(reached("Q2"), ["FJ", "VU"], "stated references have no parts");
    assert_eq!(results.figure("3-(k).1/satisfaction", "Q1"), "100");
    assert_eq!(results.figure("3-(k).1/satisfaction", "Q2"), "50");
    assert_eq!(results.figure("3-(k).2", "Q1"), "1", "Members giving count whole");
}

#[test]
fn a_row_without_members_takes_those_of_its_plan_item() {
    let short = "National Workshop on Valuation for Fiji";
    let table = format!("Activity | Start date\n{TONGA} | 2025-07-10\n{short} | 2025-07-10\n{AEO} | 2024-07-10");
    let results = office().log(&table).results();
    let taken = |at: usize| results.run.links.all[at].members.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(taken(0), ["TO"]);
    assert_eq!(taken(1), ["FJ", "ID"]);
    assert_eq!(taken(2), [""; 0], "a row of another plan year takes none");
    assert_eq!(results.found(Code::MembersFromPlan).len(), 1);
    assert_eq!(results.found(Code::MembersBeyondTitle).len(), 1, "its title names only Fiji");
    assert_eq!(results.members("1-(dd).2", "Q1"), "TO");
}

#[test]
fn a_title_of_this_plan_in_another_year_links_without_the_item() {
    let table =
        format!("Activity | Start date | Beneficiary Members\n{TONGA} | 2024-07-10 | Tonga\n{AEO} | 2024-08-10 |");
    let results = office().log(&table).results();
    assert_eq!(results.linked(TONGA, "action"), "1-(a) 1-(b) 1-(c) 1-(dd) 1-(hh) 3-(k)");
    assert_eq!(results.linked(TONGA, "plan_item").trim(), "");
    assert_eq!(results.linked(AEO, "action"), "1-(d) 1-(e) 1-(u) 1-(hh)", "the rule of parts holds there too");
    assert_eq!(results.figure("1-(hh).1", "PREV-Q1"), "2");
    assert_eq!(results.figure("1-(hh).1", "Q1"), "0");
}

#[test]
fn a_reference_to_one_kpi_leads_to_no_other_kpi_of_the_action() {
    let results = office()
        .log(
            "Activity | Start date | AWP actions | Beneficiary Members | Type\nA | 2025-07-10 | 1-(h).3 | Fiji | Meeting
             B | 2025-10-10 | 1-(h), 1-(h).3 | Fiji | Meeting\nC | 2026-01-10 | 1-(h).3, 1-(h) | Fiji | Meeting",
        )
        .results();
    let both = |period| (results.figure("1-(h).2", period), results.figure("1-(h).3", period));
    assert_eq!([both("Q1"), both("Q2"), both("Q3")], [("0", "1"), ("1", "1"), ("1", "1")]);
    assert_eq!(results.linked("A", "action"), "1-(h)");
}

#[test]
fn look_alike_letters_in_a_reference_are_read_with_a_finding() {
    let results = office().log("Activity | Start date | AWP actions\nTalk | 2025-07-10 | 1-(II)").results();
    assert_eq!(results.linked("Talk", "action"), "1-(ll)");
    assert_eq!(results.seen(Code::ReferenceSlip), ["1-(II)"]);
}

#[test]
fn links_are_listed_of_delivered_activities_of_every_year_up_to_the_as_at_date() {
    let results = office()
        .log(
            "Activity | Start date | Status | AWP actions
             Earlier | 2023-09-10 | done | 1-(h)
             Now | 2025-09-10 | done | 1-(h)
             Later | 2025-11-10 | done | 1-(h)\nHoped | 2025-09-10 | planned | 1-(h)",
        )
        .quarter(2)
        .until("2025-10-31")
        .results();
    let listed = ["Earlier", "Now", "Later", "Hoped"].map(|title| results.linked(title, "action"));
    assert_eq!(listed, ["1-(h)", "1-(h)", "", ""]);
    assert_eq!(results.linked("Now", "row"), "3");
    assert_eq!(results.linked("Now", "activity"), "no-id-002");
}

#[test]
fn one_activity_that_serves_many_actions_is_one_activity() {
    let table = "Activity | Start date | Type | AWP actions\nWorkshop | 2025-07-10 | Training | 1-(hh), (ii), 3-(g)";
    let results = office().log(table).results();
    assert_eq!(["1-(hh).1", "1-(ii).1", "3-(g).1"].map(|kpi| results.figure(kpi, "Q1")), ["1"; 3]);
    assert_eq!(results.linked("Workshop", "action"), "1-(hh) 1-(ii) 3-(g)");
}

#[test]
fn a_year_without_a_plan_of_its_own_is_measured_by_the_configured_plan_and_told_so() {
    let log =
        "Activity | Start date | AWP actions | Plan item\nTalk | 2024-08-10 | 1-(h) | \nOther | 2024-08-12 | | A021";
    let results = office().log(log).between("2024-07-01", "2024-09-30").results();
    assert_eq!(results.figure("1-(h).2", "Q1"), "2");
    assert_eq!(results.found(Code::PlanOtherYear).len(), 1);
}

#[test]
fn a_row_that_names_only_others_takes_no_members_of_its_plan_item() {
    let results = office()
        .log(
            "Activity | Start date | Plan item | Beneficiary Members\nOne | 2025-09-01 | A015 | Fijii
             Two | 2025-09-02 | A040 | Cook Islands\nThree | 2025-09-03 | A017 | TBC\nFour | 2025-09-04 | A040 |",
        )
        .results();
    let taken: Vec<usize> = results.run.links.all.iter().map(|mapped| mapped.members.len()).collect();
    assert_eq!(taken, [0, 0, 0, 1]);
    assert_eq!(results.seen(Code::MembersNotTaken), ["Fijii", "Cook Islands", "TBC"]);
    assert_eq!(results.items("Two"), "A040", "the stated item stays");
}

#[test]
fn a_stated_plan_item_for_other_members_decides_and_is_said() {
    let results = office()
        .log("Activity | Start date | Plan item | Beneficiary Members\nVisit | 2025-09-01 | A040 | Tonga")
        .results();
    assert_eq!(results.items("Visit"), "A040");
    assert_eq!(results.seen(Code::StatedOtherMember), ["A040"]);
}

#[test]
fn plan_items_may_be_stated_as_the_review_lists_them_or_several_at_once() {
    let results = office()
        .log(
            "Activity | Start date | Plan item\nOne | 2025-09-01 | A041 National workshop on something
             Two | 2025-09-02 | A040; A041\nThree | 2025-09-03 | A040; A999",
        )
        .results();
    assert_eq!(["One", "Two", "Three"].map(|title| results.items(title)), ["A041", "A040;A041", "A040"]);
    assert_eq!(results.seen(Code::PlanItemUnknown), ["A999"]);
}
