//! The Members of the region: names, spellings, groups, and how a list of them is read.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use serde::Deserialize;

use super::groups::{Group, Groups, RawGroup};
use super::raw::{ConfigError, Reader, Span, optional_date};
use crate::terms::MemberCode;
use crate::terms::fold::{fold, tidy};
use crate::terms::words::nearness_of_least;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawMembers {
    member: Vec<RawMember>,
    #[serde(default)]
    group: Vec<RawGroup>,
    #[serde(default)]
    non_member: Vec<RawNonMember>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMember {
    iso2: MemberCode,
    iso3: String,
    name: String,
    region: String,
    #[serde(default)]
    spellings: Vec<String>,
    #[serde(default, deserialize_with = "optional_date")]
    from: Option<NaiveDate>,
    #[serde(default, deserialize_with = "optional_date")]
    to: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNonMember {
    name: String,
    #[serde(default)]
    spellings: Vec<String>,
}

/// One Member.
#[derive(Debug, Clone)]
pub struct Member {
    /// ISO 3166-1 alpha-2 code.
    pub code: MemberCode,
    /// ISO 3166-1 alpha-3 code.
    pub iso3: String,
    /// Name used in reports.
    pub name: String,
    /// The region's own group: Sub-Continent, Far East, ASEAN, Australasia/Oceania.
    pub region: String,
    /// Days on which it is a Member.
    pub span: Span,
}

#[derive(Debug, Clone)]
enum Named {
    Member(MemberCode),
    NonMember(String),
}

/// The registry of Members.
#[derive(Debug)]
pub struct MemberRegistry {
    members: Vec<Member>,
    groups: Groups,
    names: HashMap<String, Named>,
    /// Names with a slash, in small letters.
    slashed: BTreeSet<String>,
    longest: usize,
    /// What texts that name nobody come nearest to: lists repeat their slips.
    near: Mutex<HashMap<String, Option<String>>>,
}

/// What a list of Members says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberList {
    /// Members named, each once, sorted by code.
    pub members: Vec<MemberCode>,
    /// Known non-Members, by their registered names.
    pub non_members: Vec<String>,
    /// Names that nobody knows, as written.
    pub unknown: Vec<String>,
    /// Names of groups, as written, with their Members on the day asked for.
    pub groups: Vec<(String, Vec<MemberCode>)>,
    /// Names read over a comma whose second half is itself a Member: ("Hong Kong, China", "P.R.China").
    pub ambiguous: Vec<(String, String)>,
}

/// A slash within a name; it is folded away as the other one.
const KEPT_SLASH: &str = "\u{2044}";

/// Id of the group whose Members are small island economies.
pub const SIE: &str = "SIE";
/// Id of the group of developed Members.
pub const DEVELOPED: &str = "DEVELOPED";

impl MemberRegistry {
    pub(super) fn load(reader: &mut Reader) -> Result<Self, ConfigError> {
        const FILE: &str = "members.toml";
        let raw: RawMembers = reader.read(FILE)?;
        let mut registry = Self {
            members: Vec::new(),
            groups: Groups::default(),
            names: HashMap::new(),
            // "n/a" is no two names either.
            slashed: BTreeSet::from(["n/a".to_owned()]),
            longest: 1,
            near: Mutex::default(),
        };
        let content = |message: String| ConfigError::Content { path: FILE.into(), message };
        for member in raw.member {
            let spellings = member.spellings.iter().map(String::as_str);
            let spellings = spellings.chain([member.name.as_str(), member.iso2.as_str(), member.iso3.as_str()]);
            registry.register(spellings, &Named::Member(member.iso2)).map_err(content)?;
            registry.members.push(Member {
                code: member.iso2,
                iso3: member.iso3,
                name: member.name,
                region: member.region,
                span: Span { from: member.from, to: member.to },
            });
        }
        for other in raw.non_member {
            let spellings = other.spellings.iter().map(String::as_str).chain([other.name.as_str()]);
            registry.register(spellings, &Named::NonMember(other.name.clone())).map_err(content)?;
        }
        for group in raw.group {
            registry.groups.add(group, &registry.members).map_err(content)?;
        }
        for id in [SIE, DEVELOPED] {
            if registry.group(id).is_none() {
                return Err(content(format!("the group {id} is missing; KPIs of section 3 are counted with it")));
            }
        }
        Ok(registry)
    }

    fn register<'a>(&mut self, spellings: impl Iterator<Item = &'a str>, named: &Named) -> Result<(), String> {
        for spelling in spellings {
            let folded = fold_name(spelling);
            if spelling.contains('/') {
                self.slashed.insert(spelling.to_ascii_lowercase());
            }
            let other = self.names.insert(folded.clone(), named.clone());
            match (&other, named) {
                (Some(Named::Member(a)), Named::Member(b)) if a == b => {}
                (Some(Named::NonMember(a)), Named::NonMember(b)) if a == b => {}
                (None, _) => {}
                _ => return Err(format!("the spelling \"{spelling}\" is given to two names")),
            }
            self.longest = self.longest.max(folded.split(' ').count());
        }
        Ok(())
    }

    /// All Members ever registered, in the registry's order.
    #[must_use]
    pub fn all(&self) -> &[Member] {
        &self.members
    }

    /// All groups.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        self.groups.all()
    }

    /// The group of an id.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.all().iter().find(|group| group.id == id)
    }

    /// Whether a Member is a small island economy on a day.
    #[must_use]
    pub fn is_sie(&self, member: MemberCode, day: NaiveDate) -> bool {
        self.group(SIE).is_some_and(|group| group.holds(member, day))
    }

    /// Whether a Member is a developed Member on a day.
    #[must_use]
    pub fn is_developed(&self, member: MemberCode, day: NaiveDate) -> bool {
        self.group(DEVELOPED).is_some_and(|group| group.holds(member, day))
    }

    /// Whether a code is a Member on a day.
    #[must_use]
    pub fn is_member(&self, code: MemberCode, day: NaiveDate) -> bool {
        self.members.iter().any(|member| member.code == code && member.span.holds(day))
    }

    /// How many Members there are on a day.
    #[must_use]
    pub fn count_on(&self, day: NaiveDate) -> usize {
        self.members.iter().filter(|member| member.span.holds(day)).count()
    }

    /// The name of a Member used in reports; the code itself for a stranger.
    #[must_use]
    pub fn name(&self, code: MemberCode) -> &str {
        self.members.iter().find(|member| member.code == code).map_or("?", |member| &member.name)
    }

    /// The one Member that a text names, if it names one and nothing else.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<MemberCode> {
        match self.names.get(&fold_name(text)) {
            Some(Named::Member(code)) => Some(*code),
            _ => None,
        }
    }

    /// The registered name nearest to a text, where one is near enough to be meant.
    #[must_use]
    pub fn nearest(&self, text: &str) -> Option<String> {
        let folded = fold_name(text);
        let mut known = self.near.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(&folded) {
            return found.clone();
        }
        let found = self.nearest_to(&folded);
        known.insert(folded, found.clone());
        found
    }

    fn nearest_to(&self, folded: &str) -> Option<String> {
        self.names
            .iter()
            .filter(|(name, _)| name.len() > 3)
            .filter_map(|(name, named)| Some((nearness_of_least(name, folded, 0.75)?, name, named)))
            .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
            .map(|(_, _, named)| match named {
                Named::Member(code) => self.name(*code).to_owned(),
                Named::NonMember(name) => name.clone(),
            })
    }

    /// Every spelling, folded, with the Member it names; none for a known non-Member. In no order.
    pub fn spellings(&self) -> impl Iterator<Item = (&str, Option<MemberCode>)> {
        self.names.iter().map(|(spelling, named)| match named {
            Named::Member(code) => (spelling.as_str(), Some(*code)),
            Named::NonMember(_) => (spelling.as_str(), None),
        })
    }

    /// Reads a list of Members: the longest registered name first and across commas, `&` and `and`,
    /// never across `;`, `/` or a line break.
    ///
    /// Source: input contract, "Members are matched through the registry".
    #[must_use]
    pub fn read_list(&self, text: &str) -> MemberList {
        self.listed(text, None)
    }

    /// Reads a list in which a group's name stands for its Members on a day.
    #[must_use]
    pub fn read_list_on(&self, text: &str, day: NaiveDate) -> MemberList {
        self.listed(text, Some(day))
    }

    fn listed(&self, text: &str, day: Option<NaiveDate>) -> MemberList {
        let mut list = MemberList::default();
        for part in text.split(PARTS) {
            for segment in self.keep_slashes(part).split(['/', '\u{ff0f}']) {
                self.read_segment(segment, day, &mut list);
            }
        }
        list.members.sort_unstable();
        list.members.dedup();
        list
    }

    /// A text in which the slash of a name registered with one, "ROCB A/P", does not end the name.
    fn keep_slashes<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut kept = Cow::Borrowed(text);
        for name in self.slashed.iter().filter(|_| text.contains('/')) {
            let lower = kept.to_ascii_lowercase();
            let ends = |at: usize| !lower[at..].starts_with(char::is_alphanumeric);
            let begins = |at: usize| !lower[..at].ends_with(char::is_alphanumeric);
            let is_word = |(at, _): &(usize, &str)| begins(*at) && ends(at + name.len());
            let found: Vec<usize> = lower.match_indices(name.as_str()).filter(is_word).map(|(at, _)| at).collect();
            for at in found.into_iter().rev() {
                let whole = kept[at..at + name.len()].replace('/', KEPT_SLASH);
                kept.to_mut().replace_range(at..at + name.len(), &whole);
            }
        }
        kept
    }

    fn read_segment(&self, segment: &str, day: Option<NaiveDate>, list: &mut MemberList) {
        let pieces = pieces(segment);
        let mut at = 0;
        while at < pieces.len() {
            let most = (pieces.len() - at).min(self.longest);
            let hit = (1..=most).rev().find_map(|count| {
                let joined = pieces[at..at + count].join(" ");
                self.names.get(&fold_name(&joined)).map(|named| (count, named))
            });
            match hit {
                Some((count, Named::Member(code))) => {
                    list.members.push(*code);
                    if let Some(tail) = (count > 1).then(|| self.find(pieces[at + count - 1])).flatten() {
                        list.ambiguous.push((pieces[at..at + count].join(", "), self.name(tail).to_owned()));
                    }
                    at += count;
                }
                Some((count, Named::NonMember(name))) => {
                    list.non_members.push(name.clone());
                    at += count;
                }
                None => {
                    match day.and_then(|day| Some((self.groups.named(pieces[at])?, day))) {
                        Some((group, day)) => {
                            let members: Vec<MemberCode> = group.on(day).collect();
                            list.members.extend(&members);
                            list.groups.push((tidy(pieces[at]), members));
                        }
                        None => list.unknown.push(tidy(pieces[at]).replace(KEPT_SLASH, "/")),
                    }
                    at += 1;
                }
            }
        }
    }
}

/// What no name goes across: semicolons and line breaks.
const PARTS: [char; 7] = [';', '\u{ff1b}', '\n', '\r', '\u{b}', '\u{2028}', '\u{2029}'];
/// What separates names, and may stand within one.
const COMMAS: [char; 5] = [',', '&', '\u{ff0c}', '\u{3001}', '\u{ff06}'];

/// The pieces between commas, `&` and `and`, blank ones left out.
fn pieces(segment: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for part in segment.split(COMMAS) {
        let mut rest = part;
        while let Some(at) = find_and(rest) {
            pieces.push(&rest[..at]);
            rest = &rest[at + 3..];
        }
        pieces.push(rest);
    }
    pieces.retain(|piece| !fold_name(piece).is_empty());
    pieces
}

/// Where the word `and` stands, in any case.
fn find_and(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(2)).find(|&at| {
        bytes[at..at + 3].eq_ignore_ascii_case(b"and")
            && text[..at].chars().next_back().is_none_or(char::is_whitespace)
            && text[at + 3..].chars().next().is_none_or(char::is_whitespace)
    })
}

/// Folds a name; a leading "the" does not distinguish.
fn fold_name(text: &str) -> String {
    let folded = fold(text);
    match folded.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => folded,
    }
}
