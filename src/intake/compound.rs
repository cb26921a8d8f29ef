//! The container of old Office files (OLE compound file): which streams it has, and whether its chains of sectors
//! are sane.
//!
//! Calamine follows a chain until it ends. In a damaged file a chain may run in a circle or through the same
//! sectors again and again, and memory runs out before it ends; a chain longer than the file has sectors is
//! refused here first. Layout: Microsoft, MS-CFB.

const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// From here on a number is no sector but a mark.
const MARKS: u32 = 0xFFFF_FFFA;
const HEADER: usize = 512;
const MINI_SECTOR: usize = 64;
/// Streams below this size lie in mini sectors.
const MINI_STREAM_BELOW: usize = 4096;
const DIRECTORY_ENTRY: usize = 128;

/// Whether the bytes begin as a compound file does.
pub(crate) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(&SIGNATURE)
}

/// A compound file whose tables could be read.
pub(crate) struct Compound<'a> {
    sectors: Sectors<'a>,
    table: Vec<u32>,
    mini_table: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'a> Compound<'a> {
    /// Reads the tables of a compound file; an error says which of them is damaged.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        if bytes.len() < HEADER || !is_compound(bytes) {
            return Err("the header is cut off".to_owned());
        }
        let sectors = Sectors::of(bytes)?;
        let table = allocation_table(bytes, &sectors)?;
        let directory = sectors.chain(long(bytes, 48), &table, usize::MAX)?;
        let entries: Vec<Entry> =
            directory.chunks_exact(DIRECTORY_ENTRY).map(|entry| Entry::of(entry, sectors.size)).collect();
        let root = entries.first().ok_or("the list of streams is empty")?;
        let mini_sectors = long(bytes, 64) as usize;
        let (mini_stream, mini_table) = if mini_sectors == 0 {
            (Vec::new(), Vec::new())
        } else {
            let stream = sectors.chain(root.start, &table, root.length)?;
            let mini_table = sectors.chain(long(bytes, 60), &table, mini_sectors.saturating_mul(sectors.size))?;
            (stream, longs(&mini_table).collect())
        };
        Ok(Self { sectors, table, mini_table, mini_stream, entries })
    }

    /// Whether there is a stream or storage of a name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// The content of a stream, if there is one of that name.
    pub(crate) fn stream(&self, name: &str) -> Option<Result<Vec<u8>, String>> {
        let entry = self.entry(name)?;
        Some(if entry.length < MINI_STREAM_BELOW {
            let mini = Sectors { bytes: &self.mini_stream, size: MINI_SECTOR, first: 0 };
            mini.chain(entry.start, &self.mini_table, entry.length)
        } else {
            self.sectors.chain(entry.start, &self.table, entry.length)
        })
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }
}

impl Entry {
    fn of(bytes: &[u8], sector: usize) -> Self {
        let units: Vec<u16> = bytes[..64].as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
        let name =
            char::decode_utf16(units.into_iter().take_while(|unit| *unit != 0)).map(|unit| unit.unwrap_or('\u{FFFD}'));
        // Files with small sectors may have rubbish in the upper half of the length.
        let upper = if sector == HEADER { 0 } else { u64::from(long(bytes, 124)) << 32 };
        let length = upper | u64::from(long(bytes, 120));
        Self { name: name.collect(), start: long(bytes, 116), length: usize::try_from(length).unwrap_or(usize::MAX) }
    }
}

/// The file, or the stream of small streams, cut into sectors.
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
    /// Where sector 0 begins.
    first: usize,
}

impl<'a> Sectors<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, String> {
        let size = match bytes[30] {
            9 => 512,
            12 => 4096,
            shift => return Err(format!("sectors of 2^{shift} bytes are unknown")),
        };
        Ok(Self { bytes, size, first: size })
    }

    fn count(&self) -> usize {
        self.bytes.len().div_ceil(self.size)
    }

    /// The bytes of a sector, which are fewer where the file is cut off in it.
    fn sector(&self, number: u32) -> Result<&'a [u8], String> {
        let start = (number as usize).saturating_mul(self.size).saturating_add(self.first);
        if start > self.bytes.len() + self.size {
            return Err(format!("sector {number} lies beyond the end"));
        }
        let sector = self.bytes.get(start..).unwrap_or_default();
        Ok(&sector[..sector.len().min(self.size)])
    }

    /// The first `length` bytes of a chain of sectors.
    fn chain(&self, start: u32, table: &[u32], length: usize) -> Result<Vec<u8>, String> {
        let mut content = Vec::new();
        let mut number = start;
        let mut steps = 0;
        while number != END_OF_CHAIN && content.len() < length {
            let sector = self.sector(number)?;
            content.extend_from_slice(&sector[..sector.len().min(length - content.len())]);
            steps += 1;
            if steps > self.count() {
                return Err("a chain of sectors runs in a circle".to_owned());
            }
            if content.len() < length {
                number = *table.get(number as usize).ok_or("a chain of sectors leaves the table")?;
            }
        }
        Ok(content)
    }
}

/// The table that says which sector follows which. Its own sectors are listed in the header, and from there on in
/// further sectors, each of which ends with the number of the next.
fn allocation_table(bytes: &[u8], sectors: &Sectors<'_>) -> Result<Vec<u32>, String> {
    let mut parts: Vec<u32> = longs(&bytes[76..HEADER]).collect();
    let mut next = long(bytes, 68);
    while next < MARKS {
        parts.extend(longs(sectors.sector(next)?));
        next = parts.pop().ok_or("the list of tables is cut off")?;
        if parts.len() > sectors.count() + HEADER {
            return Err("the list of tables runs in a circle".to_owned());
        }
    }
    let parts: Vec<u32> = parts.into_iter().filter(|part| *part < MARKS).collect();
    if parts.len() > sectors.count() {
        return Err("there are more tables than sectors".to_owned());
    }
    let mut table = Vec::new();
    for part in parts {
        table.extend(longs(sectors.sector(part)?));
    }
    Ok(table)
}

fn longs(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four))
}

fn long(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| longs(four).next()).unwrap_or(0)
}
