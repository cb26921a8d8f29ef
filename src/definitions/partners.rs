//! Organisations and donors: who is an international organisation, which fund stands for which Member.

use std::collections::HashMap;

use serde::Deserialize;

use super::raw::{ConfigError, Reader};
use crate::terms::MemberCode;
use crate::terms::fold::fold;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPartners {
    #[serde(default)]
    organisation: Vec<RawOrganisation>,
    #[serde(default)]
    donor: Vec<RawDonor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOrganisation {
    name: String,
    #[serde(default)]
    spellings: Vec<String>,
    international: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDonor {
    name: String,
    #[serde(default)]
    member: Option<MemberCode>,
    #[serde(default)]
    spellings: Vec<String>,
}

/// Partners and donors by every spelling.
#[derive(Debug, Default)]
pub struct Partners {
    organisations: HashMap<String, (String, bool)>,
    donors: HashMap<String, (String, Option<MemberCode>)>,
}

impl Partners {
    pub(super) fn load(reader: &mut Reader) -> Result<Self, ConfigError> {
        let raw: RawPartners = reader.read("partners.toml")?;
        let mut partners = Self::default();
        for of in raw.organisation {
            for spelling in of.spellings.iter().chain([&of.name]) {
                partners.organisations.insert(fold(spelling), (of.name.clone(), of.international));
            }
        }
        for of in raw.donor {
            for spelling in of.spellings.iter().chain([&of.name]) {
                partners.donors.insert(fold(spelling), (of.name.clone(), of.member));
            }
        }
        Ok(partners)
    }

    /// Whether a partner is an international organisation.
    #[must_use]
    pub fn is_international(&self, partner: &str) -> bool {
        self.organisations.get(&fold(partner)).is_some_and(|(_, international)| *international)
    }

    /// The name of a donor or organisation used in reports: one spelling for all of its spellings.
    #[must_use]
    pub fn report_name(&self, text: &str) -> String {
        let folded = fold(text);
        let donor = self.donors.get(&folded).map(|(name, _)| name);
        donor.or(self.organisations.get(&folded).map(|(name, _)| name)).cloned().unwrap_or_else(|| text.to_owned())
    }

    /// The Member that a donor stands for.
    #[must_use]
    pub fn donor_member(&self, funding: &str) -> Option<MemberCode> {
        self.donors.get(&fold(funding)).and_then(|(_, member)| *member)
    }
}
