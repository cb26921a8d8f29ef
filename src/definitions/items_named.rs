//! Which planned items a cell names.

use super::work_plan::{ItemId, WorkPlan};
use crate::terms::fold::tidy;

/// What a cell of planned items says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemsNamed {
    /// The items, each once, in the order written.
    pub items: Vec<ItemId>,
    /// Ids and titles that the plan does not have, as written.
    pub unknown: Vec<String>,
}

impl WorkPlan {
    /// Reads a cell that names planned items: a title; ids with or without their titles, `A001; A039`; or titles joined
    /// by semicolons. Where ids stand, the words beside them say nothing.
    #[must_use]
    pub fn items_named(&self, text: &str) -> ItemsNamed {
        let mut named = ItemsNamed::default();
        if let Some((item, _)) = self.item_by_title(text) {
            named.items.push(item);
            return named;
        }
        let words = text.split(|c: char| !c.is_alphanumeric());
        let ids: Vec<&str> = words.filter(|word| is_id(word) || self.item_by_id(word).is_some()).collect();
        if ids.is_empty() {
            let titles = text.split([';', '\n', '\r']).map(tidy).filter(|title| !title.is_empty());
            titles.for_each(|title| named.add(self.item_by_title(&title).map(|(item, _)| item), &title));
        } else {
            for id in ids {
                named.add(self.item_by_id(id), id);
            }
        }
        named
    }
}

impl ItemsNamed {
    fn add(&mut self, item: Option<ItemId>, words: &str) {
        match item {
            Some(item) if !self.items.contains(&item) => self.items.push(item),
            Some(_) => {}
            None => self.unknown.push(words.to_owned()),
        }
    }
}

/// Whether a word looks like the id of a planned item: `A040`.
fn is_id(word: &str) -> bool {
    let number = word.strip_prefix(['A', 'a']).unwrap_or_default();
    (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}
