//! Persons of activities: women, experts, and the Members that give.

use rspkpi::findings::Code;

use crate::office::office;

#[test]
fn members_giving_stand_in_the_log_or_are_experts_of_the_list() {
    let results = office()
        .log(
            "Activity ID | Activity | Start date | AWP actions | Expert Members\n1 | A | 2025-07-10 | 3-(k) | Japan, OCO
             2 | B | 2025-07-10 | 3-(k) |\n3 | C | 2025-07-10 | 1-(a) | Korea",
        )
        .people("Activity ID | Member | Role\n2 | Australia | expert\n2 | India | speaker\n1 | Japan | facilitator")
        .results();
    assert_eq!((results.figure("3-(k).2", "Q1"), results.members("3-(k).2", "Q1")), ("2", "AU;JP"));
}

#[test]
fn women_come_from_the_list_where_it_tells_a_sex_and_else_from_the_log() {
    let results = office()
        .log(
            "Activity ID | Activity | Start date | Type | Participants | Women\n1 | A | 2025-07-10 | Meeting | 20 | 9
             2 | B | 2025-07-11 | Newsletter | | 4
             3 | C | 2025-07-12 | Meeting | 20 |
             4 | D | 2025-07-13 | Meeting | 5 | 0
             5 | E | 2025-07-14 | Meeting | 3 | 4",
        )
        .people(
            "Activity ID | Member | Sex | Role | Count\n1 | Fiji | F | participant | 5\n1 | Niue | Female | expert |
             1 | Tonga | M | | 3\n1 | Samoa | | | 4\n1 | Samoa | other | |\n2 | Fiji | | | 3",
        )
        .results();
    assert_eq!(results.figure("3-(e).1", "Q1"), "10", "6 of the list, 4 of the log, 0 of the log");
    assert_eq!((results.cell("3-(e).1", "Q1", "covered"), results.cell("3-(e).1", "Q1", "coverable")), ("3", "5"));
    assert_eq!(results.seen(Code::WomenListDiffers), ["9"]);
    assert_eq!(results.seen(Code::WomenAboveParticipants), ["4"]);
    assert_eq!(results.activity("E").participants, None, "neither figure is used");
}

#[test]
fn experts_come_from_the_list_where_it_has_any_and_else_from_the_log() {
    let results = office()
        .log(
            "Activity ID | Activity | Start date | Type | Experts\n1 | A | 2025-07-10 | Training | 5
             2 | B | 2025-07-11 | Training | 2\n3 | C | 2025-07-12 | Training |\n4 | D | 2025-07-13 | Meeting | 7",
        )
        .people(
            "Activity ID | Member | Role | Count
        1 | Japan | expert | 2
        1 | WCO | trainer |
        2 | Fiji | participant | 9",
        )
        .results();
    assert_eq!(results.figure("3-(b).1", "Q1"), "5", "3 of the list, 2 of the log; a meeting is no capacity building");
    assert_eq!((results.cell("3-(b).1", "Q1", "covered"), results.cell("3-(b).1", "Q1", "coverable")), ("2", "3"));
    assert_eq!(results.seen(Code::ExpertsListDiffers), ["5"]);
}

#[test]
fn contributions_are_pairs_of_activity_and_developed_member() {
    let results = office()
        .log(
            "Activity ID | Activity | Start date | Type | Host | Beneficiary Members | Expert Members | Funding | Partners
             1 | A | 2025-07-10 | Training | Japan | Fiji | Japan, India | CCF/Japan; JICA | Korea
             2 | B | 2025-07-11 | Training | | Japan | Japan | Japan |
             3 | C | 2025-07-12 | Training | Singapore | Singapore, Fiji | | CCF-Korea, UK HMRC, CCF/China |
             4 | D | 2025-07-13 | Training | | Fiji | | New Zealand |
             5 | E | 2025-07-14 | Meeting | Japan | Fiji | | |",
        )
        .people("Activity ID | Member | Role\n4 | Australia | expert\n4 | Hong Kong, China | participant")
        .results();
    // A: Japan once. B: Japan is the only beneficiary. C: Singapore, Korea. D: New Zealand, Australia. E: no CB.
    assert_eq!(results.figure("3-(d).1", "Q1"), "5");
    assert_eq!(results.members("3-(d).1", "Q1"), "AU;JP;KR;NZ;SG");
}

#[test]
fn one_person_with_two_roles_is_one_person_and_rows_without_a_person_each_count() {
    let results = office()
        .log("Activity ID | Activity | Start date | Type\n1 | A | 2025-07-10 | Training\n2 | B | 2025-07-11 | Training")
        .people(
            "Activity ID | Member | Sex | Role | Participant | Count
             1 | Fiji | F | speaker | P001 |
             1 | Fiji | F | expert | p001 |
             1 | Fiji | F | speaker | P001 |
             1 | Fiji | F | | P002 | 3
             2 | Fiji | F | | P001 |
             2 | Fiji | F | | | 2
             2 | Fiji | F | | | 2",
        )
        .results();
    assert_eq!(results.figure("3-(e).1", "Q1"), "7", "two in A, five in B");
    assert_eq!(results.figure("3-(b).1", "Q1"), "1", "the role of expert wins");
    assert_eq!(results.ended("participants.csv"), "counted 5, duplicate 2");
    assert_eq!(results.seen(Code::CountWithPerson), ["3"]);
}
