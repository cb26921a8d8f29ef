//! Actions of the work plan and their KPIs, by name.

use std::fmt;
use std::str::FromStr;

/// An action of the work plan: section and letter, `1-(dd)`. Ordered as in the plan.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionRef {
    /// Section of the plan, from 1.
    pub section: u8,
    /// Position of the letter: a = 1 … z = 26, aa = 27 … zz = 52.
    letter: u8,
}

impl ActionRef {
    /// The action of a section and its letters (`a` … `z`, `aa` … `zz`), if they have that form.
    #[must_use]
    pub fn new(section: u8, letters: &str) -> Option<Self> {
        let bytes = letters.as_bytes();
        let first = *bytes.first()?;
        let doubled = bytes.len() == 2 && bytes[1] == first;
        if !first.is_ascii_lowercase() || !(bytes.len() == 1 || doubled) || section == 0 {
            return None;
        }
        let letter = first - b'a' + 1 + if doubled { 26 } else { 0 };
        Some(Self { section, letter })
    }

    /// The letters as the plan prints them: `a`, `dd`.
    #[must_use]
    pub fn letters(self) -> String {
        let c = char::from(b'a' + (self.letter - 1) % 26);
        if self.letter > 26 { format!("{c}{c}") } else { c.to_string() }
    }
}

impl fmt::Display for ActionRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-({})", self.section, self.letters())
    }
}

impl fmt::Debug for ActionRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One KPI of one action: `1-(dd).2`. Ordered as in the plan.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KpiId {
    /// The action the KPI stands beside.
    pub action: ActionRef,
    /// Position in the action's KPI cell, from 1.
    pub number: u8,
}

impl fmt::Display for KpiId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.action, self.number)
    }
}

impl fmt::Debug for KpiId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a person says that an activity serves: an action, or one of its KPIs. Ordered as in the plan.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionOrKpi {
    /// The action.
    pub action: ActionRef,
    /// The number of the one KPI meant; none: all of the action's.
    pub kpi: Option<u8>,
}

impl fmt::Display for ActionOrKpi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kpi {
            Some(number) => KpiId { action: self.action, number }.fmt(f),
            None => fmt::Display::fmt(&self.action, f),
        }
    }
}

impl fmt::Debug for ActionOrKpi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ActionOrKpi {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        match text.parse::<KpiId>() {
            Ok(kpi) => Ok(Self { action: kpi.action, kpi: Some(kpi.number) }),
            Err(_) => text.parse().map(|action| Self { action, kpi: None }),
        }
    }
}

/// A text that is no action or KPI id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not of the form 1-(a) or 1-(a).1")]
pub struct NotAnId(pub String);

impl FromStr for ActionRef {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let refuse = || NotAnId(text.to_owned());
        let (section, rest) = text.split_once("-(").ok_or_else(refuse)?;
        let letters = rest.strip_suffix(')').ok_or_else(refuse)?;
        let section = section.parse().map_err(|_| refuse())?;
        Self::new(section, letters).ok_or_else(refuse)
    }
}

impl FromStr for KpiId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let refuse = || NotAnId(text.to_owned());
        let (action, number) = text.rsplit_once('.').ok_or_else(refuse)?;
        let number = number.parse().map_err(|_| refuse())?;
        Ok(Self { action: action.parse().map_err(|_| refuse())?, number })
    }
}

macro_rules! as_text {
    ($($name:ty),*) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}
as_text!(ActionRef, KpiId, ActionOrKpi);
