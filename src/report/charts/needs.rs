//! Demand against delivery by topic, open needs by Member group, and the follow-up from event to result. Each is made
//! only where there is something to show.

use std::cmp::Reverse;

use super::words::percent;
use super::{Bar, Bars, ChartText, foot_of, groups_in_words};
use crate::definitions::Kind;
use crate::measure::needs::NeedState;
use crate::report::Material;
use crate::report::needs::summary::{Funnel, States, TopicRow};
use crate::report::needs::{NeedRow, NeedsView};
use crate::terms::MemberCode;
use crate::terms::figure::{counted, report_number};

/// A topic with the Members that ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicDemand {
    /// The topic.
    pub name: String,
    /// Members that ask for it in their newest round.
    pub asked: usize,
    /// Of them those that a delivery served since, in full or in part.
    pub served: usize,
}

/// Demand against delivery.
#[derive(Debug, Clone)]
pub struct Demand {
    /// The words.
    pub text: ChartText,
    /// One group: the topics, the widest gap first, no more than a slide can show legibly.
    pub groups: Vec<(String, Vec<TopicDemand>)>,
}

/// The charts of needs and follow-up; each none where there is nothing to show.
#[derive(Debug, Default)]
pub struct NeedsCharts {
    /// Demand against delivery by topic.
    pub demand: Option<Demand>,
    /// Open needs by group of Members.
    pub open: Option<Bars>,
    /// Follow-up from event to result.
    pub funnel: Option<Bars>,
}

pub(super) fn compose(material: &Material<'_>, view: Option<&NeedsView>) -> NeedsCharts {
    let Some(view) = view else { return NeedsCharts::default() };
    let asked = view.current().next().is_some();
    let answered = material.records.kinds.contains(&Kind::FollowUp) && view.summary.funnel.asked > 0;
    NeedsCharts {
        demand: asked.then(|| demand(material, view)),
        open: asked.then(|| open(material, view)),
        funnel: answered.then(|| funnel(material, view.summary.funnel)),
    }
}

/// The most topics drawn.
const DRAWN: usize = 24;

fn whole(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn demand(material: &Material<'_>, view: &NeedsView) -> Demand {
    let served = |states: States| whole(states.met + states.part);
    let topic = |row: &TopicRow| TopicDemand {
        name: row.topic.clone(),
        asked: whole(row.states.all()),
        served: served(row.states),
    };
    let mut topics: Vec<TopicDemand> =
        view.summary.topics.iter().filter(|row| row.states.all() > 0).map(topic).collect();
    topics.sort_by_key(|topic| Reverse((topic.asked - topic.served, topic.asked)));
    let asked: usize = topics.iter().map(|topic| topic.asked).sum();
    let done: usize = topics.iter().map(|topic| topic.served).sum();
    let widest = topics.iter().filter(|topic| topic.asked - topic.served == topics[0].asked - topics[0].served).count();
    let gap = match (topics[0].asked - topics[0].served, widest) {
        (2.., 1) => format!("; the widest gap is in {}", topics[0].name),
        _ => String::new(),
    };
    let more = topics.split_off(topics.len().min(DRAWN));
    let more = match more.len() {
        0 => String::new(),
        more => format!(" {more} of {} topics, with the narrowest gaps, are not drawn.", topics.len() + more),
    };
    let words = topics.iter().map(|topic| format!("{}: asked {}, served {}", topic.name, topic.asked, topic.served));
    let description = words.collect::<Vec<_>>().join("; ");
    Demand {
        text: ChartText {
            slug: "needs-demand",
            title: format!("{} served, in full or in part{gap}", part_of(done, asked)),
            subtitle: "Members that ask for a topic in their newest round, and those of them served since, number"
                .to_owned(),
            foot: foot_of(
                material,
                "needs surveys and activity logs",
                &format!(
                    " Served: a delivery since the need's date reached the Member, or its own answer says so.{more}"
                ),
            ),
            description,
        },
        groups: vec![("Topics, the widest gap first".to_owned(), topics)],
    }
}

/// "2 of 5 needs are", "1 of 5 needs is", "None of 5 needs is", "The one need is"
fn part_of(part: usize, all: usize) -> String {
    match (part, all) {
        (1, 1) => "The one need is".to_owned(),
        (0, 1) => "The one need is not".to_owned(),
        (0, _) => format!("None of {all} needs is"),
        (1, _) => format!("1 of {all} needs is"),
        _ => format!("{part} of {all} needs are"),
    }
}

fn open(material: &Material<'_>, view: &NeedsView) -> Bars {
    let registry = &material.definitions.members;
    let current: Vec<&NeedRow> = view.current().collect();
    let bar = |name: &str, belongs: &dyn Fn(MemberCode) -> bool| {
        let needs = || current.iter().filter(|row| belongs(row.member));
        let count = needs().filter(|row| row.state == NeedState::Open).count();
        Bar { name: name.to_owned(), count, beside: format!("of {}", needs().count()) }
    };
    let members = || registry.all().iter().filter(|member| member.span.holds(view.day));
    let mut names: Vec<&str> = Vec::new();
    for region in members().map(|member| member.region.as_str()) {
        if !names.contains(&region) {
            names.push(region);
        }
    }
    let lies = |code: MemberCode, region: &str| members().any(|member| member.code == code && member.region == region);
    let mut regions: Vec<Bar> = names.iter().map(|region| bar(region, &|code| lies(code, region))).collect();
    let groups = registry.groups().iter().filter(|group| group.on(view.day).next().is_some());
    let mut groups: Vec<Bar> = groups.map(|group| bar(&group.name, &|member| group.holds(member, view.day))).collect();
    for bars in [&mut regions, &mut groups] {
        bars.retain(|bar| bar.beside != "of 0");
        bars.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    }
    let all = current.iter().filter(|row| row.state == NeedState::Open).count();
    let title = open_title(all, current.len(), &regions);
    let headed = [("Regions", regions), ("Groups (a Member can be in several)", groups)];
    let groups: Vec<(String, Vec<Bar>)> =
        headed.into_iter().filter(|(_, bars)| !bars.is_empty()).map(|(name, bars)| (name.to_owned(), bars)).collect();
    Bars {
        text: ChartText {
            slug: "open-needs",
            title,
            subtitle:
                "Needs of the Members' newest rounds that are neither served nor planned, of all their needs, number"
                    .to_owned(),
            foot: foot_of(material, "needs surveys and activity logs", ""),
            description: groups_in_words(&groups),
        },
        nothing: "Nothing to show: no need is open.",
        groups,
    }
}

fn open_title(open: usize, all: usize, regions: &[Bar]) -> String {
    let first = regions.first().filter(|first| first.count < open && first.count > 0);
    let alone = regions.get(1).zip(regions.first()).is_some_and(|(second, first)| second.count < first.count);
    let most = first.filter(|_| alone).map(|first| format!(", {} of them in {}", first.count, first.name));
    format!("{} open{}", part_of(open, all), most.unwrap_or_default())
}

fn funnel(material: &Material<'_>, funnel: Funnel) -> Bars {
    let Funnel { events, asked, answered, acted, tangible, overdue } = funnel;
    #[allow(clippy::cast_precision_loss, reason = "answers are far below 2^52")]
    let share = |part: u64, of: u64, words: &str| match of {
        0 => String::new(),
        _ => format!("{} % of {words}", report_number(percent(100.0 * part as f64 / of as f64))),
    };
    let bar = |name: &str, count: u64, beside: String| Bar { name: name.to_owned(), count: whole(count), beside };
    let bars = vec![
        bar(
            "Delivered and asked: Members reached, once an event",
            asked,
            format!("by {}", counted(whole(events), "event", "events")),
        ),
        bar("Answered", answered, share(answered, asked, "those asked")),
        bar("Action taken, in full or in part", acted, share(acted, answered, "the answers")),
        bar("With a tangible result", tangible, share(tangible, acted, "those")),
    ];
    let in_words = bars.iter().map(|bar| match bar.beside.as_str() {
        "" => format!("{} {}", bar.name, bar.count),
        beside => format!("{} {} ({beside})", bar.name, bar.count),
    });
    let reports = if acted == 1 { "reports" } else { "report" };
    let late = match overdue {
        0 => String::new(),
        1 => " 1 answer is overdue.".to_owned(),
        _ => format!(" {overdue} answers are overdue."),
    };
    Bars {
        text: ChartText {
            slug: "follow-up-funnel",
            title: format!(
                "{answered} of {} on the follow-up {}; {acted} {reports} action taken",
                counted(whole(asked), "question", "questions"),
                if answered == 1 { "was answered" } else { "were answered" },
            ),
            subtitle: "Events of this and the previous plan year, and what Members report of them, number".to_owned(),
            foot: foot_of(material, "activity logs and follow-up surveys", &late),
            description: in_words.collect::<Vec<_>>().join(", "),
        },
        nothing: "Nothing to show: no event reached a Member.",
        groups: vec![(String::new(), bars)],
    }
}
