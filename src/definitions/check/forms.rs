//! How references, ordinals and headings are printed: unusual forms that were read, and are told.

use super::{Listing, listings, place, series};
use crate::definitions::{Action, Definitions, WorkPlan};
use crate::findings::{Code, Finding, Origin};
use crate::terms::fold::{find_words, fold};
use crate::terms::reference::Reference;
use crate::terms::rsp_ref::ordinal_suffix;
use crate::terms::{ActionRef, PlanYear};

pub(super) fn lint(definitions: &Definitions, findings: &mut Vec<Finding>) {
    let plan = &definitions.plan;
    for listing in listings(plan) {
        findings.extend(glyph_slips(plan, &listing));
        findings.extend(reference_forms(&listing));
    }
    for action in &plan.actions {
        findings.extend(texts(plan, action).into_iter().flat_map(|(origin, text)| ordinals(&origin, text)));
    }
    findings.extend(rsp_forms(plan));
    findings.extend(heading_years(plan));
}

fn glyph_slips(plan: &WorkPlan, listing: &Listing<'_>) -> Vec<Finding> {
    const HELP: &str = "Print the letters of the action as small letters.";
    let slips = listing.bullet.see_also.read.iter().filter(|reference| reference.slip);
    let finding = |reference: &Reference| {
        let letters = letters(&reference.text).to_lowercase();
        let other = ActionRef::new(reference.action.section, &letters).filter(|other| plan.action_of(*other).is_some());
        let other = other.map(|other| format!(" In small letters it would name {other}, another action."));
        let message = format!(
            "The letters of the reference are look-alikes. It is read as {}.{}",
            reference.action,
            other.unwrap_or_default()
        );
        Finding::new(Code::PlanGlyphSlip, listing.origin(), message, HELP).seen(&reference.text)
    };
    slips.map(finding).collect()
}

fn reference_forms(listing: &Listing<'_>) -> Vec<Finding> {
    const HELP: &str = "Print references as 1-(a), (b) and 3-(k).";
    let bullet = listing.bullet;
    let mut found: Vec<(String, String)> = Vec::new();
    let mut end = 0;
    for (at, reference) in bullet.see_also.read.iter().enumerate() {
        let Some(start) = bullet.see_also_text[end..].find(&reference.text).map(|start| end + start) else { continue };
        let before = at.checked_sub(1).map(|before| &bullet.see_also.read[before]);
        found.extend(own_form(reference, before.is_none()));
        found.extend(before.and_then(|before| gap_form(before, &bullet.see_also_text[end..start], reference)));
        end = start + reference.text.len();
    }
    if !bullet.see_also_text.is_empty() && !bullet.text.trim_end().ends_with(&format!("{})", bullet.see_also_text)) {
        found.push((
            listing.see_also(),
            "The parenthesis of the See also is not closed. It is read all the same.".into(),
        ));
    }
    let finding = |(seen, message)| Finding::new(Code::PlanReferenceForm, listing.origin(), message, HELP).seen(seen);
    found.into_iter().map(finding).collect()
}

/// What is unusual about one reference: its text, and a sentence.
fn own_form(reference: &Reference, first: bool) -> Option<(String, String)> {
    let action = reference.action;
    let section = reference.text.split('(').next().unwrap_or("");
    let usual_section = section.is_empty() || section == format!("{}-", action.section);
    let usual_letters = reference.slip || letters(&reference.text) == action.letters();
    let message = match (usual_section && usual_letters, first && section.is_empty()) {
        (false, _) => format!("The form of the reference is unusual. It is read as {action}."),
        (true, true) => format!("The reference has no section. It is read as {action}, in the bullet's own section."),
        (true, false) => return None,
    };
    Some((reference.text.clone(), message))
}

/// What is unusual between two references.
fn gap_form(before: &Reference, gap: &str, after: &Reference) -> Option<(String, String)> {
    let what = if gap.trim().is_empty() {
        "The comma between two references is missing"
    } else if gap.trim_start().starts_with([',', ';']) && gap.starts_with(char::is_whitespace) {
        "A space stands before the comma"
    } else {
        return None;
    };
    let seen = format!("{}{gap}{}", before.text, after.text);
    Some((seen, format!("{what}. They are read as {} and {}.", before.action, after.action)))
}

/// The letters of a reference as written.
fn letters(text: &str) -> &str {
    text.split(['(', ')']).nth(1).unwrap_or("").trim()
}

/// RSP references in an unusual form; those that only have a split ordinal, which are many, at the end.
fn rsp_forms(plan: &WorkPlan) -> Vec<Finding> {
    const HELP: &str = "Print it as \"RSP 1.2.1 - 1st, 3rd to 4th milestones\". A space inside an ordinal often is no slip \
                        of the document: it comes from copying raised letters.";
    let unusual = plan.actions.iter().map(|action| (action, unusual_in_rsp(&action.rsp_text)));
    let mut unusual: Vec<(&Action, Vec<&str>)> = unusual.filter(|(_, what)| !what.is_empty()).collect();
    unusual.sort_by_key(|(_, what)| what[..] == [SPLIT_ORDINAL]);
    let finding = |(action, what): (&Action, Vec<&str>)| {
        let message = format!("Here {}. The reference is read as {}.", series(what), action.rsp);
        let origin = place(plan.file_of(action.id), format!("{}, rsp", action.id));
        Finding::new(Code::PlanRspForm, origin, message, HELP).seen(&action.rsp_text)
    };
    unusual.into_iter().map(finding).collect()
}

const SPLIT_ORDINAL: &str = "a space splits an ordinal";

fn unusual_in_rsp(text: &str) -> Vec<&'static str> {
    let text = text.replace(['\u{2013}', '\u{2014}'], "-");
    let body = text.trim().trim_start_matches("RSP").trim_start();
    let milestones = body.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
    let unusual = [
        (!text.trim().starts_with("RSP "), "\"RSP\" is missing"),
        (!milestones.starts_with('-'), "the dash before the milestones is missing"),
        (has_lopsided_dash(&text), "a dash has a space on one side only"),
        (has_split_ordinal(milestones), SPLIT_ORDINAL),
        (text.contains(" ,"), "a space stands before a comma"),
    ];
    unusual.into_iter().filter(|(holds, _)| *holds).map(|(_, what)| what).collect()
}

fn has_lopsided_dash(text: &str) -> bool {
    text.match_indices('-').any(|(at, _)| {
        let before = text[..at].ends_with(char::is_whitespace);
        let after = text[at + 1..].starts_with(char::is_whitespace);
        before != after
    })
}

/// Whether a number stands apart from its ending: `3 rd`.
fn has_split_ordinal(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| pair[0].ends_with(|c: char| c.is_ascii_digit()) && is_ending(pair[1].trim_matches(',')))
}

fn is_ending(word: &str) -> bool {
    ["st", "nd", "rd", "th"].iter().any(|ending| word.eq_ignore_ascii_case(ending))
}

/// Every text of an action in the plan's own words, with its place.
fn texts<'a>(plan: &'a WorkPlan, action: &'a Action) -> Vec<(Origin, &'a str)> {
    let file = plan.file_of(action.id);
    let mut texts = vec![
        (place(file, format!("{}, text", action.id)), action.text.as_str()),
        (place(file, format!("{}, rsp", action.id)), action.rsp_text.as_str()),
    ];
    texts.extend(action.kpis.iter().map(|(id, text)| (place(file, id.to_string()), text.as_str())));
    let bullets = listings(plan).filter(|listing| listing.action.id == action.id);
    texts.extend(bullets.map(|listing| (listing.origin(), listing.bullet.title.as_str())));
    texts
}

/// Numbers whose ending is another number's: `23nd`.
fn ordinals(origin: &Origin, text: &str) -> Vec<Finding> {
    const HELP: &str = "Correct the number or its ending in the plan.";
    let words = text.split(|c: char| !c.is_alphanumeric());
    let misspelt = words.filter_map(|word| {
        let ending = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let number: u64 = word[..word.len() - ending.len()].parse().ok()?;
        let usual = ordinal_suffix(number);
        (is_ending(ending) && !ending.eq_ignore_ascii_case(usual)).then_some((word, number, usual))
    });
    let finding = |(word, number, usual): (&str, u64, &str)| {
        let message =
            format!("{number} is written {number}{usual}, or another number is meant. The text is shown as printed.");
        Finding::new(Code::PlanOrdinal, origin.clone(), message, HELP).seen(word)
    };
    misspelt.map(finding).collect()
}

fn heading_years(plan: &WorkPlan) -> Vec<Finding> {
    const HELP: &str = "Correct the heading in the plan, or take the actions from the plan of the right year.";
    let mut findings = Vec::new();
    for section in &plan.sections {
        for heading in
            section.headings.iter().filter(|heading| find_words(&fold(heading), "work plan", false).is_some())
        {
            let Some(year) = year_in(heading).filter(|year| *year != plan.year) else { continue };
            let message = format!(
                "The heading names {year}; the plan is that of {}. The actions are read as actions of {}.",
                plan.year, plan.year
            );
            let origin = place(&section.file, format!("section {}, headings", section.number));
            findings.push(Finding::new(Code::PlanHeadingYear, origin, message, HELP).seen(heading));
        }
    }
    findings
}

/// The plan year that a heading names; spaces around its dash do not matter.
fn year_in(heading: &str) -> Option<PlanYear> {
    let from = heading.find(|c: char| c.is_ascii_digit())?;
    let to = heading.rfind(|c: char| c.is_ascii_digit())?;
    heading[from..=to].parse().ok()
}
