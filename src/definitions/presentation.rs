//! How the report workbook looks: its sheets and their words, palette, logo, small groups, words for progress.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::raw::{ConfigError, Reader};
use super::words::{RawWords, SheetWords, Terms};

macro_rules! sheets {
    ($($variant:ident $id:literal $columns:literal $places:expr;)*) => {
        /// A sheet of the report workbook, behind its cover.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the ids say it")]
        pub enum SheetId { $($variant,)* }

        impl SheetId {
            /// All sheets, in the order shipped.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in the configuration.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// How many headers its words name, and the places that they may have.
            pub(super) fn form(self) -> (usize, &'static [&'static str]) {
                match self { $(Self::$variant => ($columns, &$places),)* }
            }
        }
    };
}

sheets! {
    Scorecard "scorecard" 11 ["members"];
    Progress "progress" 5 [];
    Targets "targets" 7 ["targets", "figures"];
    ActionProgress "action-progress" 6 ["period"];
    PlanBySection "plan-by-section" 2 ["subtitle", "source"];
    PlanDelivery "plan-delivery" 12 ["items", "delivered", "partly", "waiting"];
    OutsideThePlan "outside-the-plan" 8 [];
    CbActivities "cb-activities" 2 ["subtitle", "source"];
    Activities "activities" 19 ["from", "to", "summary"];
    Members "members" 12 ["reached", "members", "names", "section", "least"];
    Participants "participants" 6 ["lists", "activities"];
    Women "women" 10 ["least"];
    Surveys "surveys" 17 ["least"];
    Funding "funding" 6 ["stated", "activities"];
    DataQuality "data-quality" 10 ["sums"];
    Findings "findings" 8 ["shown", "all"];
    Evidence "evidence" 13 ["shown", "all"];
    Definitions "definitions" 7 [];
    Data "data" 15 [];
}

/// A colour, `0xRRGGBB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u32);

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        number.map(Self).ok_or_else(|| serde::de::Error::custom(format!("\"{text}\" is no colour such as \"#1B365D\"")))
    }
}

/// The colours of the workbook and the charts. The shipped ones differ in lightness, so they also tell apart in grey print
/// and to colour-blind readers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Palette {
    /// Titles, header rows, first series of a chart.
    pub main: Colour,
    /// Delivered, links, second series.
    pub accent: Colour,
    /// The third series.
    pub highlight: Colour,
    /// In part, behind.
    pub warning: Colour,
    /// Far behind.
    pub alarm: Colour,
    /// Quiet text.
    pub quiet: Colour,
    /// Lines between rows.
    pub line: Colour,
    /// Bands and tiles, and what is not done or of another kind in a chart.
    pub band: Colour,
    /// Behind what is delivered.
    pub pale_accent: Colour,
    /// Behind what is delivered in part.
    pub pale_warning: Colour,
    /// Data bars, and the darkest cell of a heat map.
    pub shade: Colour,
}

impl Default for Palette {
    fn default() -> Self {
        Self {
            main: Colour(0x1B_36_5D),
            accent: Colour(0x1F_7A_8C),
            highlight: Colour(0xE9_B0_3C),
            warning: Colour(0xB4_5F_06),
            alarm: Colour(0x7A_1F_1F),
            quiet: Colour(0x59_59_59),
            line: Colour(0xBF_C7_D1),
            band: Colour(0xE8_EE_F4),
            pale_accent: Colour(0xDD_EF_F1),
            pale_warning: Colour(0xFB_EC_D5),
            shade: Colour(0x8F_C1_CB),
        }
    }
}

/// From which progress on a KPI is on track or behind, in percent of what is due by the day.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ProgressWords {
    /// On track from here on.
    pub on_track: f64,
    /// Behind from here on; below, far behind.
    pub behind: f64,
}

impl Default for ProgressWords {
    fn default() -> Self {
        Self { on_track: 100.0, behind: 50.0 }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct RawWorkbook {
    sheets: Option<Vec<String>>,
    logo: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct RawSmallGroups {
    least: u32,
}

impl Default for RawSmallGroups {
    fn default() -> Self {
        Self { least: 5 }
    }
}

/// How the report workbook looks.
#[derive(Debug, Clone)]
pub struct Presentation {
    /// The sheets behind the cover, in order, with their words.
    pub sheets: Vec<(SheetId, SheetWords)>,
    /// The words in cells.
    pub terms: Terms,
    /// An image for the cover, as bytes of a PNG, JPEG, GIF or BMP file.
    pub logo: Option<Vec<u8>>,
    /// The colours.
    pub palette: Palette,
    /// Satisfaction and sex of fewer persons or answers than this are not broken down further.
    pub least: u32,
    /// Words for progress.
    pub progress: ProgressWords,
}

impl Presentation {
    /// Checks the settings of `report.toml` and reads the words and the logo.
    pub(super) fn load(
        reader: &mut Reader,
        workbook: RawWorkbook,
        small: &RawSmallGroups,
        palette: Palette,
        progress: ProgressWords,
    ) -> Result<Self, ConfigError> {
        let words: RawWords = reader.read("words.toml")?;
        let words_file = |message| ConfigError::Syntax { path: "words.toml".to_owned(), message };
        let terms = words.terms().map_err(words_file)?;
        let mut sheets = words.sheets;
        if let Some(stranger) = sheets.keys().find(|id| sheet(id).is_none()) {
            return Err(words_file(unknown(stranger)));
        }
        let asked = match workbook.sheets {
            Some(ids) => chosen(&ids).map_err(|message| ConfigError::Syntax { path: "report.toml".into(), message })?,
            None => SheetId::ALL.to_vec(),
        };
        let mut named = Vec::new();
        for id in asked {
            let words =
                sheets.remove(id.as_str()).ok_or_else(|| words_file(format!("no words for {}", id.as_str())))?;
            if let Some(message) = words.fault(id) {
                return Err(words_file(message));
            }
            named.push((id, words));
        }
        if let Some(message) = bad_name(terms.say("Cover"), &named) {
            return Err(words_file(message));
        }
        let logo = workbook.logo.map(|path| logo(reader, &path)).transpose()?;
        Ok(Self { sheets: named, terms, logo, palette, least: small.least, progress })
    }

    /// The words of a sheet, where the workbook has it.
    #[must_use]
    pub fn words(&self, id: SheetId) -> Option<&SheetWords> {
        self.sheets.iter().find(|(other, _)| *other == id).map(|(_, words)| words)
    }

    /// The name on the tab of a sheet, where the workbook has it.
    #[must_use]
    pub fn tab(&self, id: SheetId) -> Option<&str> {
        self.words(id).map(|words| words.name.as_str())
    }
}

/// Reads the logo; a file that is no image would be a hole on the cover.
fn logo(reader: &mut Reader, path: &str) -> Result<Vec<u8>, ConfigError> {
    const KNOWN: [&[u8]; 4] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"BM"];
    let bytes = reader.bytes(path)?;
    if KNOWN.iter().any(|start| bytes.starts_with(start)) {
        return Ok(bytes);
    }
    let message = "this is no PNG, JPEG, GIF or BMP image for the cover".to_owned();
    Err(ConfigError::Syntax { path: path.to_owned(), message })
}

fn sheet(id: &str) -> Option<SheetId> {
    SheetId::ALL.iter().copied().find(|sheet| sheet.as_str() == id)
}

fn unknown(id: &str) -> String {
    let known: Vec<&str> = SheetId::ALL.iter().map(|sheet| sheet.as_str()).collect();
    format!("there is no sheet \"{id}\"; the sheets are {}", known.join(", "))
}

/// The sheets of a list, each once.
fn chosen(ids: &[String]) -> Result<Vec<SheetId>, String> {
    let mut chosen = Vec::new();
    for id in ids {
        let sheet = sheet(id).ok_or_else(|| unknown(id))?;
        if chosen.contains(&sheet) {
            return Err(format!("the sheet \"{id}\" stands twice in the list"));
        }
        chosen.push(sheet);
    }
    Ok(chosen)
}

/// What is wrong with the name of a sheet, in Excel's eyes.
fn bad_name(cover: &str, sheets: &[(SheetId, SheetWords)]) -> Option<String> {
    let mut names = BTreeSet::new();
    std::iter::once(cover).chain(sheets.iter().map(|(_, words)| words.name.as_str())).find_map(|name| {
        let long = name.is_empty() || name.chars().count() > 31;
        let barred =
            name.contains(['[', ']', ':', '*', '?', '/', '\\']) || name.starts_with('\'') || name.ends_with('\'');
        if long || barred {
            Some(format!("\"{name}\" cannot be the name of a sheet in Excel"))
        } else if names.insert(name.to_lowercase()) {
            None
        } else {
            Some(format!("two sheets are named \"{name}\""))
        }
    })
}
