//! The Annual Work Plan: sections, actions with their KPIs, and the planned items behind the bullets.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::raw::{ConfigError, Reader};
use super::settings::LinkBy;
use crate::terms::fold::fold;
use crate::terms::reference::{Reference, References, parse_references};
use crate::terms::{ActionRef, KpiId, MemberCode, PlanYear, RspRef};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSection {
    section: Section,
    action: Vec<RawAction>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAction {
    id: ActionRef,
    text: String,
    rsp: String,
    kpis: Vec<String>,
    bullets: Vec<RawBullet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBullet {
    item: String,
    text: String,
    #[serde(default)]
    members: Option<Vec<MemberCode>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItems {
    item: Vec<RawItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    id: String,
    title: String,
    kind: ItemKind,
    #[serde(default)]
    scope: Option<ItemScope>,
    #[serde(default)]
    members: Vec<MemberCode>,
    #[serde(default)]
    about: Vec<String>,
}

/// A section of the plan.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Number, from 1.
    pub number: u8,
    /// Title as printed.
    pub title: String,
    /// Column headings as printed.
    pub headings: Vec<String>,
    /// The file it stands in, below the configuration folder.
    #[serde(skip)]
    pub file: String,
}

/// What a planned item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// An activity that is delivered once, or as a series.
    Concrete,
    /// A countable task that comes again.
    Recurring,
    /// A commitment without a date.
    Standing,
}

/// For whom a concrete item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemScope {
    /// For one Member, or for several one by one.
    National,
    /// For some Members together.
    SubRegional,
    /// For the region.
    Regional,
}

impl ItemScope {
    /// The word in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::SubRegional => "sub-regional",
            Self::Regional => "regional",
        }
    }
}

/// An action of the plan.
#[derive(Debug, Clone)]
pub struct Action {
    /// Section and letter.
    pub id: ActionRef,
    /// The plan's own words.
    pub text: String,
    /// The RSP reference as printed.
    pub rsp_text: String,
    /// The RSP reference as read.
    pub rsp: RspRef,
    /// Its KPIs with the plan's own words.
    pub kpis: Vec<(KpiId, String)>,
    /// The bullets of its plan cell, in order.
    pub bullets: Vec<Bullet>,
}

/// A bullet of an action's plan cell.
#[derive(Debug, Clone)]
pub struct Bullet {
    /// The planned item it lists.
    pub item: ItemId,
    /// The words as printed, with the See also.
    pub text: String,
    /// The title within: the words without the See also.
    pub title: String,
    /// Its See also as printed; empty where there is none.
    pub see_also_text: String,
    /// What its See also names.
    pub see_also: References,
    /// The Members' part it names, where that is not the whole item.
    pub part: Option<BTreeSet<MemberCode>>,
}

/// Index of a planned item in [`WorkPlan::items`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(u16);

impl ItemId {
    /// Position in the list of items.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A planned item: what several bullets list.
#[derive(Debug, Clone)]
pub struct PlanItem {
    /// `A001`, `A002`, … in the order of first listing.
    pub id: String,
    /// The wording of the first listing.
    pub title: String,
    /// What it is.
    pub kind: ItemKind,
    /// For whom, concrete items only.
    pub scope: Option<ItemScope>,
    /// Members that it names.
    pub members: BTreeSet<MemberCode>,
    /// Topics (vocabulary.toml) that it is about, where its sentence names others besides.
    pub about: Vec<String>,
    /// Actions that list it, in plan order.
    pub listed_by: Vec<ActionRef>,
    /// Those, and the actions that its See also names.
    pub with_see_also: Vec<ActionRef>,
    /// Actions that list only some Members' part, with those Members.
    pub parts: BTreeMap<ActionRef, BTreeSet<MemberCode>>,
}

/// One wording of an item's title.
#[derive(Debug, Clone)]
struct Title {
    item: ItemId,
    /// Members that this wording names.
    members: BTreeSet<MemberCode>,
}

/// The plan of one year.
#[derive(Debug)]
pub struct WorkPlan {
    /// The plan's own year.
    pub year: PlanYear,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Its actions, in plan order.
    pub actions: Vec<Action>,
    items: Vec<PlanItem>,
    titles: HashMap<String, Title>,
    link_by: LinkBy,
}

impl WorkPlan {
    pub(super) fn load(reader: &mut Reader, year: PlanYear, link_by: LinkBy) -> Result<Self, ConfigError> {
        let folder = format!("work-plan/{year}");
        let items_path = format!("{folder}/items.toml");
        let raw: RawItems = reader.read(&items_path)?;
        let mut plan = Self {
            year,
            sections: Vec::new(),
            actions: Vec::new(),
            items: Vec::new(),
            titles: HashMap::new(),
            link_by,
        };
        plan.items = raw.item.into_iter().map(blank_item).collect();
        for path in reader.list(&folder)?.into_iter().filter(|path| *path != items_path) {
            let raw: RawSection = reader.read(&path)?;
            let content = |message: String| ConfigError::Content { path: path.clone(), message };
            for action in raw.action {
                let action = plan.action(action, raw.section.number).map_err(content)?;
                plan.actions.push(action);
            }
            plan.sections.push(Section { file: path, ..raw.section });
        }
        plan.actions.sort_by_key(|action| action.id);
        plan.join();
        Ok(plan)
    }

    fn action(&self, raw: RawAction, section: u8) -> Result<Action, String> {
        if raw.id.section != section {
            return Err(format!("{} stands in the file of section {section}", raw.id));
        }
        let rsp = RspRef::parse(&raw.rsp).ok_or_else(|| format!("{}: \"{}\" is no RSP reference", raw.id, raw.rsp))?;
        let number = |at: usize| u8::try_from(at + 1).map_err(|_| format!("{}: too many KPIs", raw.id));
        let kpis = raw.kpis.into_iter().enumerate();
        let kpis = kpis.map(|(at, text)| Ok((KpiId { action: raw.id, number: number(at)? }, text)));
        let bullets = raw.bullets.into_iter().map(|bullet| self.bullet(bullet, section));
        Ok(Action {
            id: raw.id,
            text: raw.text,
            rsp_text: raw.rsp,
            rsp,
            kpis: kpis.collect::<Result<_, String>>()?,
            bullets: bullets.collect::<Result<_, String>>()?,
        })
    }

    fn bullet(&self, raw: RawBullet, section: u8) -> Result<Bullet, String> {
        let item = self.item_by_id(&raw.item).ok_or_else(|| format!("{} is no item of items.toml", raw.item))?;
        let (title, see_also_text) = split_see_also(&raw.text);
        Ok(Bullet {
            item,
            title: title.to_owned(),
            see_also: parse_references(see_also_text, Some(section)),
            see_also_text: see_also_text.to_owned(),
            part: raw.members.map(BTreeSet::from_iter),
            text: raw.text,
        })
    }

    /// Fills the items from the bullets: who lists them, whom See also adds, parts and title wordings.
    fn join(&mut self) {
        let known: BTreeSet<ActionRef> = self.actions.iter().map(|action| action.id).collect();
        let mut whole: BTreeSet<(ItemId, ActionRef)> = BTreeSet::new();
        for action in &self.actions {
            for bullet in &action.bullets {
                let item = &mut self.items[bullet.item.index()];
                item.listed_by.push(action.id);
                item.with_see_also.push(action.id);
                item.with_see_also.extend(bullet.see_also.read.iter().map(|r| r.action).filter(|a| known.contains(a)));
                match &bullet.part {
                    Some(part) => item.parts.entry(action.id).or_default().extend(part),
                    None => _ = whole.insert((bullet.item, action.id)),
                }
                let members = bullet.part.clone().unwrap_or_else(|| item.members.clone());
                let title = Title { item: bullet.item, members };
                self.titles.entry(fold(&bullet.title)).or_insert(title);
            }
        }
        for (at, item) in self.items.iter_mut().enumerate() {
            for actions in [&mut item.listed_by, &mut item.with_see_also] {
                actions.sort_unstable();
                actions.dedup();
            }
            item.parts.retain(|action, _| !whole.contains(&(item_id(at), *action)));
            let title = Title { item: item_id(at), members: item.members.clone() };
            self.titles.insert(fold(&item.title), title);
        }
    }

    /// The file in which an action stands, below the configuration folder.
    #[must_use]
    pub fn file_of(&self, action: ActionRef) -> &str {
        self.sections.iter().find(|section| section.number == action.section).map_or("", |section| &section.file)
    }

    /// The file in which the planned items stand, below the configuration folder.
    #[must_use]
    pub fn items_file(&self) -> String {
        format!("work-plan/{}/items.toml", self.year)
    }

    /// The planned items in the order of their ids.
    #[must_use]
    pub fn items(&self) -> &[PlanItem] {
        &self.items
    }

    /// The item of an index.
    #[must_use]
    pub fn item(&self, id: ItemId) -> &PlanItem {
        &self.items[id.index()]
    }

    /// Ids of all items, in order.
    pub fn item_ids(&self) -> impl Iterator<Item = ItemId> {
        (0..self.items.len()).map(item_id)
    }

    /// The item of an id such as `A016` (case does not matter).
    #[must_use]
    pub fn item_by_id(&self, id: &str) -> Option<ItemId> {
        self.items.iter().position(|item| item.id.eq_ignore_ascii_case(id.trim())).map(item_id)
    }

    /// The item whose title, in any of the plan's wordings, a text is; and the Members that this
    /// wording names. Case, spacing, punctuation and a copied See also do not matter.
    #[must_use]
    pub fn item_by_title(&self, text: &str) -> Option<(ItemId, &BTreeSet<MemberCode>)> {
        let title = self.titles.get(&fold(text)).or_else(|| self.titles.get(&fold(split_see_also(text).0)))?;
        Some((title.item, &title.members))
    }

    /// The ids of items, joined by semicolons.
    #[must_use]
    pub fn item_ids_of(&self, items: &[ItemId]) -> String {
        items.iter().map(|item| self.item(*item).id.as_str()).collect::<Vec<_>>().join(";")
    }

    /// The actions that an item serves, by the setting `link-by`.
    #[must_use]
    pub fn served_by(&self, item: ItemId) -> &[ActionRef] {
        let item = self.item(item);
        match self.link_by {
            LinkBy::Listing => &item.listed_by,
            LinkBy::ListingAndSeeAlso => &item.with_see_also,
        }
    }

    /// The action of a reference.
    #[must_use]
    pub fn action_of(&self, id: ActionRef) -> Option<&Action> {
        self.actions.binary_search_by_key(&id, |action| action.id).ok().map(|at| &self.actions[at])
    }

    /// The plan's words of a KPI.
    #[must_use]
    pub fn kpi_text(&self, id: KpiId) -> Option<&str> {
        let action = self.action_of(id.action)?;
        action.kpis.iter().find(|(kpi, _)| *kpi == id).map(|(_, text)| text.as_str())
    }

    /// Whether a reference names an action, and a KPI if it names one, of this plan.
    #[must_use]
    pub fn knows(&self, reference: &Reference) -> bool {
        match reference.kpi_id() {
            Some(kpi) => self.kpi_text(kpi).is_some(),
            None => self.action_of(reference.action).is_some(),
        }
    }
}

fn blank_item(raw: RawItem) -> PlanItem {
    PlanItem {
        id: raw.id,
        title: raw.title,
        kind: raw.kind,
        scope: raw.scope,
        members: raw.members.into_iter().collect(),
        about: raw.about,
        listed_by: Vec::new(),
        with_see_also: Vec::new(),
        parts: BTreeMap::new(),
    }
}

fn item_id(at: usize) -> ItemId {
    ItemId(u16::try_from(at).expect("a plan has fewer than 65,536 items"))
}

/// Splits a bullet into its title and its See also, parentheses included.
fn split_see_also(text: &str) -> (&str, &str) {
    let lower = text.to_ascii_lowercase();
    let at = lower.find("(see also").or_else(|| lower.find("( see also"));
    let (title, tail) = text.split_at(at.unwrap_or(text.len()));
    let tail = tail.trim().strip_prefix('(').map_or(tail, |tail| tail.trim_start());
    let inner = tail.get("see also".len()..).unwrap_or("").trim();
    (title.trim(), inner.strip_suffix(')').filter(|_| unbalanced(inner)).unwrap_or(inner))
}

/// Whether a closing parenthesis is left over.
fn unbalanced(text: &str) -> bool {
    text.matches(')').count() > text.matches('(').count()
}
