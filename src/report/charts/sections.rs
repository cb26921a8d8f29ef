//! Members by the plan's sections: the events that reached them.

use super::words::listed;
use super::{ChartText, foot};
use crate::report::Material;
use crate::report::members::{MemberRow, MemberTable};

/// A Member's events by section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionCounts {
    /// Name of the Member.
    pub name: String,
    /// Events serving each section; an event can serve several.
    pub counts: Vec<usize>,
    /// Events, each once, those that serve no section too.
    pub all: usize,
}

/// The heat map.
#[derive(Debug, Clone)]
pub struct MemberSections {
    /// The words.
    pub text: ChartText,
    /// Number and title of each section.
    pub sections: Vec<(u8, String)>,
    /// Groups of the region with their Members.
    pub groups: Vec<(String, Vec<SectionCounts>)>,
}

pub(super) fn compose(material: &Material<'_>, members: &MemberTable) -> MemberSections {
    let titles = material.definitions.plan.sections.iter();
    let titles: Vec<(u8, String)> = titles
        .filter(|section| members.sections.contains(&section.number))
        .map(|section| (section.number, section.title.clone()))
        .collect();
    let counts = |row: &MemberRow| SectionCounts {
        name: row.name.clone(),
        counts: titles.iter().map(|(number, _)| row.by_section.get(number).copied().unwrap_or(0)).collect(),
        all: row.in_year,
    };
    let mut groups: Vec<(String, Vec<SectionCounts>)> = Vec::new();
    for row in &members.rows {
        match groups.iter_mut().find(|(region, _)| *region == row.region) {
            Some((_, rows)) => rows.push(counts(row)),
            None => groups.push((row.region.clone(), vec![counts(row)])),
        }
    }
    let reached = reached(&titles, &groups);
    let words = groups.iter().flat_map(|(_, rows)| rows).map(|row| {
        let counts: Vec<String> = row.counts.iter().map(usize::to_string).collect();
        format!("{} {} (all {})", row.name, counts.join("/"), row.all)
    });
    let numbers: Vec<String> = titles.iter().map(|(number, _)| number.to_string()).collect();
    MemberSections {
        text: ChartText {
            slug: "members-sections",
            title: title(&reached, members.rows.len()),
            subtitle: "Events that reached a Member, by section of the plan that they serve, number".to_owned(),
            foot: foot(
                material,
                " An event can serve several sections; \u{201c}All\u{201d} has it once, also where it serves none.",
            ),
            description: format!("By sections {}: {}", numbers.join("/"), words.collect::<Vec<_>>().join(", ")),
        },
        sections: titles,
        groups,
    }
}

/// Each section with the number of Members that its events reached.
fn reached(sections: &[(u8, String)], groups: &[(String, Vec<SectionCounts>)]) -> Vec<(u8, usize)> {
    let rows = || groups.iter().flat_map(|(_, rows)| rows);
    let of = |(at, (number, _)): (usize, &(u8, String))| (*number, rows().filter(|row| row.counts[at] > 0).count());
    sections.iter().enumerate().map(of).collect()
}

/// Which section reached the most Members, and which the fewest, where one stands alone.
fn title(reached: &[(u8, usize)], members: usize) -> String {
    let (most, fewest) = (reached.iter().map(|(_, count)| *count).max(), reached.iter().map(|(_, count)| *count).min());
    let (Some(most), Some(fewest)) = (most, fewest) else {
        return "The plan has no sections".to_owned();
    };
    let with = |wanted: usize| -> Vec<String> {
        reached.iter().filter(|(_, count)| *count == wanted).map(|(number, _)| number.to_string()).collect()
    };
    let named = |numbers: &[String], start: &str, plural: &str| match numbers {
        [one] => format!("{start} {one}"),
        several => format!("{plural} {}", listed(several)),
    };
    let each = |numbers: &[String]| if numbers.len() > 1 { "each " } else { "" };
    let (top, low) = (with(most), with(fewest));
    if most == 0 {
        format!("None of {members} Members was reached by an event that serves a section of the plan")
    } else if most == fewest {
        let members = if most == members { format!("all {members}") } else { format!("{most} of {members}") };
        format!("Every section of the plan reached {members} Members")
    } else {
        format!(
            "{} {}reached {most} of {members} Members, {} {}reached {}",
            named(&top, "Section", "Sections"),
            each(&top),
            named(&low, "section", "sections"),
            if fewest == 0 { "" } else { each(&low) },
            if fewest == 0 { "none".to_owned() } else { fewest.to_string() }
        )
    }
}
