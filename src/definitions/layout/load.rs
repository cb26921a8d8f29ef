//! Reading layouts from the configuration, and what is refused.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;

use super::super::raw::{ConfigError, Reader};
use super::kind::{Field, Kind};
use super::settings::{Constant, PriorityScale, SkipRule, TablePlace, Unpivot, WideColumns};
use super::{Layout, Patterns, word_key};
use crate::terms::fold::fold;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own in the layout")]
struct RawLayout {
    kind: Kind,
    #[serde(default)]
    files: Vec<String>,
    #[serde(default)]
    sheets: Vec<String>,
    sheet_index: Option<usize>,
    header_row: Option<u32>,
    header_rows: Option<usize>,
    table: Option<usize>,
    starts_after: Option<String>,
    #[serde(default)]
    skip: Vec<RawSkip>,
    #[serde(default = "yes")]
    day_first: bool,
    #[serde(default)]
    decimal_comma: bool,
    #[serde(default)]
    serial_dates: bool,
    #[serde(default)]
    months: bool,
    #[serde(default)]
    scale: Option<[f64; 2]>,
    #[serde(default)]
    priorities: Option<PriorityScale>,
    fields: BTreeMap<Field, Vec<String>>,
    #[serde(default)]
    constants: BTreeMap<Field, toml::Value>,
    #[serde(default)]
    values: BTreeMap<Field, BTreeMap<String, Vec<String>>>,
    wide: Option<RawWide>,
    split: Option<RawSplit>,
    #[serde(default)]
    sum: BTreeMap<Field, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSkip {
    column: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawWide {
    field: Field,
    value: Field,
    columns: Option<Vec<String>>,
    columns_from: Option<String>,
    columns_to: Option<String>,
    except: Option<Vec<String>>,
    in_words: Option<RawInWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawInWords {
    columns: Vec<String>,
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSplit {
    into: Field,
    columns: BTreeMap<String, BTreeMap<Field, String>>,
}

fn yes() -> bool {
    true
}

/// Loads all layouts, sorted by name.
pub(in crate::definitions) fn load(reader: &mut Reader) -> Result<Vec<Layout>, ConfigError> {
    let mut layouts = Vec::new();
    for path in reader.list("sources")? {
        let raw: RawLayout = reader.read(&path)?;
        let name = path.trim_start_matches("sources/").trim_end_matches(".toml").to_owned();
        layouts.push(checked(name, raw).map_err(|message| ConfigError::Content { path, message })?);
    }
    Ok(layouts)
}

fn checked(name: String, raw: RawLayout) -> Result<Layout, String> {
    let headers = headers(&raw.fields)?;
    let place = place(&raw)?;
    let unpivot = unpivot(raw.kind, raw.wide, raw.split)?;
    let constants = constants(raw.constants)?;
    let given = given(&constants, unpivot.as_ref(), &raw.sum);
    if let Some(field) = given.iter().find(|field| raw.fields.contains_key(field)) {
        return Err(format!("{} stands in [fields] and is given otherwise too; keep one of the two", field.key()));
    }
    for group in raw.kind.required() {
        if !group.iter().any(|field| raw.fields.contains_key(field) || given.contains(field)) {
            return Err(format!("a layout of kind {} must name the field {}", raw.kind.as_str(), group[0].key()));
        }
    }
    if raw.scale.is_some_and(|[low, high]| low >= high) {
        return Err("scale: the lowest rating must be below the highest".into());
    }
    Ok(Layout {
        patterns: Patterns { files: globs(&raw.files)?, sheets: globs(&raw.sheets)? },
        name,
        kind: raw.kind,
        place,
        skip: raw.skip.iter().map(skip).collect(),
        day_first: raw.day_first,
        decimal_comma: raw.decimal_comma,
        serial_dates: raw.serial_dates,
        months: raw.months,
        scale: raw.scale.map(|[low, high]| (low, high)),
        priorities: raw.priorities,
        fields: raw.fields,
        headers,
        constants,
        values: vocabularies(raw.kind, raw.values)?,
        unpivot,
        sums: raw.sum.into_iter().map(|(field, columns)| (field, folded(&columns))).collect(),
    })
}

fn headers(fields: &BTreeMap<Field, Vec<String>>) -> Result<HashMap<String, Field>, String> {
    let mut headers = HashMap::new();
    for (field, spellings) in fields {
        for spelling in spellings {
            if headers.insert(fold(spelling), *field).is_some_and(|other| other != *field) {
                return Err(format!("the header \"{spelling}\" is given to two fields"));
            }
        }
    }
    Ok(headers)
}

fn place(raw: &RawLayout) -> Result<TablePlace, String> {
    if raw.header_rows.is_some_and(|rows| !(1..=3).contains(&rows)) {
        return Err("header-rows: 1, 2 or 3 was expected".into());
    }
    for (name, least) in
        [("header-row", raw.header_row.map(|row| row as usize)), ("table", raw.table), ("sheet-index", raw.sheet_index)]
    {
        if least == Some(0) {
            return Err(format!("{name} is counted from 1"));
        }
    }
    let starts_after = raw.starts_after.as_deref().map(fold);
    if starts_after.as_deref() == Some("") {
        return Err("starts-after: a text of the sheet was expected".into());
    }
    Ok(TablePlace {
        header_rows: raw.header_rows,
        header_row: raw.header_row,
        table: raw.table,
        starts_after: starts_after.unwrap_or_default(),
        sheet_index: raw.sheet_index,
    })
}

fn unpivot(kind: Kind, wide: Option<RawWide>, split: Option<RawSplit>) -> Result<Option<Unpivot>, String> {
    if kind == Kind::Activity && (wide.is_some() || split.is_some()) {
        return Err("one row of an activity log is one activity: [wide] and [split] are not for it".into());
    }
    match (wide, split) {
        (Some(_), Some(_)) => Err("[wide] and [split] cannot stand together".into()),
        (Some(mut wide), None) => {
            let (field, value) = (wide.field, wide.value);
            let in_words = wide.in_words.take().map(|of| (folded(&of.columns), of.value.trim().to_owned()));
            if field == value {
                return Err("[wide]: field and value must differ".into());
            }
            Ok(Some(Unpivot::Wide { field, value, columns: wide_columns(wide)?, in_words }))
        }
        (None, Some(split)) => {
            let columns = split.columns.into_iter().map(|(header, words)| (fold(&header), words.into_iter().collect()));
            Ok(Some(Unpivot::Split { into: split.into, columns: columns.collect() }))
        }
        (None, None) => Ok(None),
    }
}

fn wide_columns(raw: RawWide) -> Result<WideColumns, String> {
    match (raw.columns, raw.columns_from, raw.columns_to, raw.except) {
        (Some(names), None, None, None) => Ok(WideColumns::Named(folded(&names))),
        (None, Some(from), Some(to), None) => Ok(WideColumns::Span(fold(&from), fold(&to))),
        (None, None, None, except) => Ok(WideColumns::AllBut(folded(&except.unwrap_or_default()))),
        _ => Err("[wide]: give columns, or columns-from with columns-to, or except".into()),
    }
}

fn constants(raw: BTreeMap<Field, toml::Value>) -> Result<BTreeMap<Field, Constant>, String> {
    let constant = |(field, value): (Field, toml::Value)| {
        let constant = match value {
            toml::Value::String(text) => Constant::Text(text.trim().to_owned()),
            #[expect(clippy::cast_precision_loss, reason = "figures of an office")]
            toml::Value::Integer(number) => Constant::Number(number as f64),
            toml::Value::Float(number) => Constant::Number(number),
            toml::Value::Boolean(truth) => Constant::Bool(truth),
            toml::Value::Datetime(moment) => Constant::Date(day(moment).ok_or("expected a date such as 2025-07-01")?),
            _ => return Err(format!("[constants] {}: a text, number, date or true/false was expected", field.key())),
        };
        Ok((field, constant))
    };
    raw.into_iter().map(constant).collect()
}

fn day(moment: toml::value::Datetime) -> Option<NaiveDate> {
    let date = moment.date?;
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
}

/// Fields that come from elsewhere than a column of their own.
fn given(
    constants: &BTreeMap<Field, Constant>,
    unpivot: Option<&Unpivot>,
    sums: &BTreeMap<Field, Vec<String>>,
) -> Vec<Field> {
    let unpivoted = unpivot.map(Unpivot::gives).unwrap_or_default();
    constants.keys().chain(sums.keys()).copied().chain(unpivoted).collect()
}

fn skip(raw: &RawSkip) -> SkipRule {
    SkipRule { column: fold(&raw.column), words: folded(&raw.words) }
}

fn folded(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| fold(text)).collect()
}

type Words = HashMap<String, String>;

/// The vocabularies of the layout, with the standard words that it does not read otherwise.
fn vocabularies(
    kind: Kind,
    raw: BTreeMap<Field, BTreeMap<String, Vec<String>>>,
) -> Result<BTreeMap<Field, Words>, String> {
    let mut vocabularies: BTreeMap<Field, Words> = BTreeMap::new();
    for (field, words) in raw {
        vocabularies.insert(field, vocabulary(field, words)?);
    }
    for field in Kind::WORDED {
        for word in kind.standard_words(field) {
            let words = vocabularies.entry(field).or_default();
            words.entry(word_key(word)).or_insert_with(|| (*word).to_owned());
        }
    }
    if kind == Kind::Needs {
        // In surveys a letter stands for each priority, whoever wrote the layout.
        let words = vocabularies.entry(Field::Priority).or_default();
        for word in ["high", "medium", "low"] {
            words.entry(word[..1].to_owned()).or_insert_with(|| word.to_owned());
        }
    }
    Ok(vocabularies)
}

fn vocabulary(field: Field, words: BTreeMap<String, Vec<String>>) -> Result<Words, String> {
    let mut spellings: Words = HashMap::new();
    for (word, others) in words {
        for other in others.iter().chain([&word]) {
            if spellings.insert(word_key(other), word.clone()).is_some_and(|known| known != word) {
                return Err(format!("[values.{}]: \"{other}\" stands for two words", field.key()));
            }
        }
    }
    Ok(spellings)
}

fn globs(patterns: &[String]) -> Result<GlobSet, String> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = GlobBuilder::new(&pattern.to_lowercase()).build();
        set.add(glob.map_err(|error| format!("the pattern \"{pattern}\" cannot be read ({error})"))?);
    }
    set.build().map_err(|error| error.to_string())
}
