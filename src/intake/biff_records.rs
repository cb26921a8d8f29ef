//! The records of an old Excel file, one after the other.

use super::trouble::Trouble;

/// Pieces of one record. A list of a hundred million characters has fewer; calamine's time grows with their square.
const PIECES: usize = 20_000;
const CONTINUE: u16 = 0x003C;

/// One record. What does not fit into it follows in pieces.
pub(crate) struct Record<'a> {
    pub(crate) kind: u16,
    pub(crate) content: &'a [u8],
    pieces: Vec<&'a [u8]>,
}

impl Record<'_> {
    /// Two bytes of the content as a number; 0 beyond its end.
    pub(crate) fn short(&self, at: usize) -> u16 {
        self.content.get(at..at + 2).map_or(0, |two| u16::from_le_bytes([two[0], two[1]]))
    }

    /// Four bytes of the content as a number.
    pub(crate) fn long(&self, at: usize) -> u32 {
        u32::from(self.short(at)) | u32::from(self.short(at + 2)) << 16
    }

    /// Bytes of the file that the record takes.
    pub(crate) fn size(&self) -> usize {
        4 + self.content.len() + self.pieces.iter().map(|piece| 4 + piece.len()).sum::<usize>()
    }
}

/// Walks over records.
pub(crate) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub(crate) fn of(stream: &'a [u8]) -> Self {
        Self { rest: stream }
    }

    fn piece(&mut self) -> Option<(u16, &'a [u8])> {
        let (head, after) = self.rest.split_first_chunk::<4>()?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (content, rest) = after.split_at_checked(length)?;
        self.rest = rest;
        Some((u16::from_le_bytes([head[0], head[1]]), content))
    }

    fn continues(&self) -> bool {
        self.rest.len() > 4 && self.rest.starts_with(&CONTINUE.to_le_bytes())
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let cut_off = || Trouble::damaged("the file is cut off in the middle of a record");
        let Some((kind, content)) = self.piece() else { return Some(Err(cut_off())) };
        let mut pieces = Vec::new();
        while self.continues() {
            let Some((_, piece)) = self.piece() else { return Some(Err(cut_off())) };
            pieces.push(piece);
            if pieces.len() > PIECES {
                return Some(Err(Trouble::damaged("a record has too many pieces")));
            }
        }
        Some(Ok(Record { kind, content, pieces }))
    }
}

/// The lengths in characters of the texts that cells refer to by number. Stops where the list is damaged.
pub(crate) fn text_lengths(record: &Record<'_>) -> Vec<u16> {
    let mut cursor = Cursor { here: record.content.get(8..).unwrap_or_default(), pieces: record.pieces.iter() };
    std::iter::from_fn(|| cursor.text()).collect()
}

struct Cursor<'a, 'r> {
    here: &'a [u8],
    pieces: std::slice::Iter<'r, &'a [u8]>,
}

impl Cursor<'_, '_> {
    /// Steps over one text and gives its length.
    fn text(&mut self) -> Option<u16> {
        if self.here.is_empty() {
            self.turn()?;
        }
        let length = self.short()?;
        let flags = self.take(1)?[0];
        let runs = if flags & 8 == 0 { 0 } else { usize::from(self.short()?) * 4 };
        let extra = if flags & 4 == 0 { 0 } else { usize::from(self.short()?) | usize::from(self.short()?) << 16 };
        self.skip_characters(length.into(), flags)?;
        self.skip(runs.saturating_add(extra))?;
        Some(length)
    }

    /// Characters take one byte or two; each piece that they run into says so anew in its first byte.
    fn skip_characters(&mut self, mut count: usize, mut flags: u8) -> Option<()> {
        loop {
            let width = if flags & 1 == 0 { 1 } else { 2 };
            let here = count.min(self.here.len() / width);
            self.take(here * width)?;
            count -= here;
            if count == 0 {
                return Some(());
            }
            self.turn()?;
            flags = self.take(1)?[0];
        }
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if self.here.is_empty() {
                self.turn()?;
            }
            let here = count.min(self.here.len());
            self.take(here)?;
            count -= here;
        }
        Some(())
    }

    fn short(&mut self) -> Option<u16> {
        self.take(2).map(|two| u16::from_le_bytes([two[0], two[1]]))
    }

    fn take(&mut self, count: usize) -> Option<&[u8]> {
        let (taken, rest) = self.here.split_at_checked(count)?;
        self.here = rest;
        Some(taken)
    }

    fn turn(&mut self) -> Option<()> {
        self.here = self.pieces.next()?;
        Some(())
    }
}
