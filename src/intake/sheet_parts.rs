//! Which part of a workbook in XML holds which sheet.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::archive::{self, Archive};
use super::markup;
use super::opendocument::attribute;

/// The parts of the sheets by the sheets' names, found as calamine finds them. Of two sheets with one name the first
/// counts; what cannot be read is left out.
pub(crate) fn of(archive: &mut Archive<'_>) -> HashMap<String, String> {
    let workbook = archive::main_part(archive);
    let (folder, file) = workbook.rfind('/').map_or(("", workbook.as_str()), |slash| workbook.split_at(slash + 1));
    let mut targets = HashMap::new();
    markup::each_tag(&archive::whole(archive, &format!("{folder}_rels/{file}.rels")), "Relationship", |tag| {
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            let part = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned);
            targets.insert(id, archive::plain_name(&part));
        }
    });
    let mut parts = HashMap::new();
    markup::each_tag(&archive::whole(archive, &workbook), "sheet", |tag| {
        let part = relation(tag).and_then(|id| targets.get(&id));
        if let (Some(name), Some(part)) = (attribute(tag, "name"), part) {
            parts.entry(name).or_insert_with(|| part.clone());
        }
    });
    parts
}

/// The relation of a sheet to its part: `r:id`, whatever the prefix.
fn relation(tag: &BytesStart<'_>) -> Option<String> {
    let mut all = tag.attributes().flatten();
    all.find(|attribute| attribute.key.local_name().as_ref() == "id").map(|attribute| attribute.value.into_owned())
}
