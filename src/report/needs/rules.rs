//! The rules of needs and follow-up in words, printed with the figures.

/// The rules in words. Source: counting rules, section Needs.
pub(super) fn rules(answer_days: u64) -> Vec<(&'static str, String)> {
    let rule = |name, words: &str| (name, words.to_owned());
    vec![
        rule(
            "Need",
            "A Member and an action of the plan that a row of a needs survey names. It takes the highest priority and the earliest date from the rows of the newest round (plan year of the response) that names both.",
        ),
        rule(
            "Current",
            "The need stands in the newest round that the Member answered at all. Needs not repeated are listed apart and are in no total.",
        ),
        rule(
            "Delivery",
            "A delivered capacity building activity linked to the action. It reaches a Member as Beneficiary Member or with a participant in the list, never as its host.",
        ),
        rule(
            "Served",
            "A delivery since the need's date for this Member alone; or the Member's newest answer about such a delivery is yes or partly; or a person's decision with date and reason.",
        ),
        rule("Served in part", "Any other delivery since the need's date that reached the Member."),
        rule("Planned", "A planned activity of the action names the Member and is not delivered to it yet."),
        rule("Open", "None of these."),
        rule(
            "Delivered without a stated need",
            "A delivery of the plan year that reached a Member under an action for which no row names a need. It is no fault.",
        ),
        (
            "Asked, answered, overdue",
            format!(
                "Asked are the Members that an event of this or the previous plan year reached. An answer is overdue {answer_days} days after the end (report.toml, needs.answer-days). A workshop given is not a lack filled: the Member's own answer stands beside it."
            ),
        ),
        rule(
            "Reaction",
            "Participants' evaluation of an event, in percent of each survey's own scale, weighted by the answers behind it. It is read first and shows how an event was received; what came of it only the follow-up shows.",
        ),
        rule(
            "Response rate",
            "Of the Members that the events reached, counted once an event, those that have answered the follow-up; as on the sheet Surveys of the report. Action taken: yes and partly, of the answers to that question.",
        ),
        rule(
            "Satisfaction",
            "In percent of the survey's scale, so that scales are never mixed; always with the number of answers.",
        ),
        rule(
            "Proposal",
            "Open current needs of high or medium priority, by action. One Member: national; several: sub-regional. A proposal to edit; it enters the plan by nobody's hand but yours.",
        ),
    ]
}
