//! How charts are drawn: the map of Members.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::raw::{ConfigError, Reader};
use crate::definitions::MemberRegistry;
use crate::terms::MemberCode;

const FILE: &str = "charts.toml";
/// A place of the map where no Member stands.
const SEA: &str = "..";
/// The most columns and rows of a map: more would make tiles too small to read.
const MOST: usize = 40;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawCharts {
    map: String,
}

/// How charts are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartSettings {
    /// The map of Members.
    pub map: TileMap,
}

/// Where the tiles of Members stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TileMap {
    places: BTreeMap<MemberCode, (usize, usize)>,
    columns: usize,
    rows: usize,
}

impl ChartSettings {
    pub(super) fn load(reader: &mut Reader, members: &MemberRegistry) -> Result<Self, ConfigError> {
        let raw: Option<RawCharts> = reader.read_if_there(FILE)?;
        let map = TileMap::read(raw.as_ref().map_or("", |raw| &raw.map), members);
        let map = map.map_err(|message| ConfigError::Content { path: FILE.into(), message })?;
        Ok(Self { map })
    }
}

impl TileMap {
    /// Reads a map drawn as text.
    fn read(text: &str, members: &MemberRegistry) -> Result<Self, String> {
        let mut map = Self::default();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        for (row, line) in lines.enumerate() {
            let cells: Vec<&str> = line.split_whitespace().collect();
            if row > 0 && cells.len() != map.columns {
                let (number, columns) = (row + 1, map.columns);
                return Err(format!("row {number} of the map has {} columns, the first {columns}", cells.len()));
            }
            (map.columns, map.rows) = (cells.len(), row + 1);
            for (column, cell) in cells.into_iter().enumerate().filter(|(_, cell)| *cell != SEA) {
                let code: MemberCode = cell.parse().map_err(|error| format!("map: {error}"))?;
                if !members.all().iter().any(|member| member.code == code) {
                    return Err(format!("the map has {code}, which is no Member of members.toml"));
                }
                if map.places.insert(code, (column, row)).is_some() {
                    return Err(format!("the map has {code} twice"));
                }
            }
        }
        if map.columns.max(map.rows) > MOST {
            return Err(format!("the map has more than {MOST} columns or rows"));
        }
        Ok(map)
    }

    /// Column and row of a Member's tile, from the north-west; none for a Member without one.
    #[must_use]
    pub fn place(&self, member: MemberCode) -> Option<(usize, usize)> {
        self.places.get(&member).copied()
    }

    /// Columns, empty ones too.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Rows, empty ones too.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }
}
