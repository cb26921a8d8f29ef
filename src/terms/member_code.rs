//! A Member by its ISO 3166-1 alpha-2 code.

use std::fmt;
use std::str::FromStr;

/// ISO 3166-1 alpha-2 code of a Member, in capitals. Ordered by the alphabet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberCode([u8; 2]);

impl MemberCode {
    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("two ASCII capitals, checked when made")
    }

    /// The code as a number that sorts like the text; for columns of numbers.
    #[must_use]
    pub fn index(self) -> u32 {
        u32::from(u16::from_be_bytes(self.0))
    }

    /// The code of a number made by [`MemberCode::index`].
    #[must_use]
    pub fn from_index(index: u32) -> Option<Self> {
        let bytes = u16::try_from(index).ok()?.to_be_bytes();
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }
}

impl FromStr for MemberCode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(Self([*a, *b])),
            _ => Err(format!("\"{text}\" is not a two-letter ISO code in capitals")),
        }
    }
}

impl fmt::Display for MemberCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for MemberCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for MemberCode {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for MemberCode {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
