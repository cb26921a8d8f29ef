//! Unpacks a part of an archive on a thread of its own while this one reads what it holds.

use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;

use memchr::memmem;

use super::archive::{self, Archive, Unpacked};
use super::isolation::isolated;
use super::trouble::Trouble;
use super::xml_bytes::Stop;

/// Bytes that one thread hands to the other at a time, and how many such pieces may wait.
const PIECE: usize = 256 << 10;
const WAITING: usize = 4;
/// A part that says it is smaller is unpacked and read by turns: a thread would cost more than it saves.
const SMALL: u64 = 1 << 20;
/// How far from the end of a piece the end of an element is looked for.
const NEAR: usize = 4 << 10;
/// Bytes that one element may have.
const LONGEST: usize = 1 << 20;

/// Reads a part: `take` is given all of it piece by piece, each led by what it left of the one before, and says how
/// much it is done with. None where the part is not to be read in this way: it is damaged, beyond `limit` bytes, or
/// odd.
pub(crate) fn read_part(
    archive: &Archive<'_>,
    index: usize,
    limit: u64,
    take: &mut dyn FnMut(&[u8]) -> Result<usize, Stop>,
) -> Option<Unpacked> {
    let mut archive = archive.clone();
    let mut pieces = Pieces { rest: Vec::new(), take };
    let size = archive.by_index_raw(index).ok()?.size();
    let unpacked = if size < SMALL {
        archive::counted(&mut archive, index, limit, &mut |piece| pieces.add(piece)).ok()?
    } else {
        let (full, pieces_full) = sync_channel(WAITING);
        let (empty, pieces_empty) = channel();
        thread::scope(|scope| {
            let unpacking = scope.spawn(move || isolated(|| unpack(&mut archive, index, limit, &full, &pieces_empty)));
            while let Ok(piece) = pieces_full.recv() {
                if !pieces.add(&piece) {
                    break;
                }
                // The other thread may have ended.
                let _ = empty.send(piece);
            }
            drop(pieces_full);
            unpacking.join().ok()?.ok()
        })?
    };
    (pieces.rest.is_empty() && unpacked.is_whole).then_some(unpacked)
}

/// Unpacks a part into pieces, for which those that come back empty are used again.
fn unpack(
    archive: &mut Archive<'_>,
    index: usize,
    limit: u64,
    full: &SyncSender<Vec<u8>>,
    empty: &Receiver<Vec<u8>>,
) -> Result<Unpacked, Trouble> {
    let mut gathered = Vec::with_capacity(PIECE + 2 * archive::PIECE);
    let unpacked = archive::counted(archive, index, limit, &mut |piece| {
        gathered.extend_from_slice(piece);
        if gathered.len() < PIECE {
            return true;
        }
        let mut next = empty.try_recv().unwrap_or_else(|_| Vec::with_capacity(PIECE + 2 * archive::PIECE));
        next.clear();
        let cut = last_element(&gathered);
        next.extend_from_slice(&gathered[cut..]);
        gathered.truncate(cut);
        full.send(std::mem::replace(&mut gathered, next)).is_ok()
    })?;
    // A reader that stopped is not told more.
    let _ = full.send(gathered);
    Ok(unpacked)
}

/// The place after the last row or text of a list that ends near the end of a piece, so that what follows need not be
/// copied into the next one by the reader; else the end.
fn last_element(piece: &[u8]) -> usize {
    let near = piece.len().saturating_sub(NEAR);
    let ends =
        ["</row>", "</si>"].map(|end| memmem::rfind(&piece[near..], end.as_bytes()).map(|at| near + at + end.len()));
    ends.into_iter().flatten().max().unwrap_or(piece.len())
}

/// Pieces on their way to a reader.
struct Pieces<'t> {
    rest: Vec<u8>,
    take: &'t mut dyn FnMut(&[u8]) -> Result<usize, Stop>,
}

impl Pieces<'_> {
    /// Gives a piece to the reader; whether it wants more.
    fn add(&mut self, piece: &[u8]) -> bool {
        let joined = !self.rest.is_empty();
        if joined {
            self.rest.extend_from_slice(piece);
        }
        let bytes = if joined { &self.rest } else { piece };
        match (self.take)(bytes) {
            Ok(done) if joined => _ = self.rest.drain(..done),
            Ok(done) => self.rest.extend_from_slice(&piece[done..]),
            Err(_) => {
                self.rest = b"odd".to_vec();
                return false;
            }
        }
        self.rest.len() <= LONGEST
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::intake::cell_elements::{CellElements, Common, Format};
    use crate::intake::limits::Limits;
    use crate::intake::rows::Rows;
    use crate::intake::text_list::Listed;

    const ROWS: &str = concat!(
        r#"<worksheet><sheetData><row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45000</v></c></row>"#,
        r#"<row r="2" spans="1:3"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"/><c r="C2" t="n"><v>12</v></c></row>"#,
        r#"<row r="13" spans="1:3"><c r="A13"><v>0.5</v></c><c r="C13" t="inlineStr"><is><t>in</t></is></c></row>"#,
        r#"<row r="14"/><row r="15" spans="1:3"><c r="C15" t="s"><v>0</v></c><c><v>7</v></c></row></sheetData></worksheet>"#,
    );

    /// The cells of the rows, read in pieces of a size.
    fn read(size: usize) -> Vec<String> {
        let limits = Limits::default();
        let mut listed = Listed::default();
        assert!(listed.texts.push("first") && listed.texts.push("second"));
        let common = Common { texts: Arc::new(listed), formats: vec![Format::Number, Format::Moment], is_1904: false };
        let mut rows = Rows::new("Log", false, &limits, limits.cells);
        rows.list(&common.texts);
        let mut elements = CellElements::new(&common);
        let mut take = |piece: &[u8]| elements.scan(piece, &mut rows);
        let mut pieces = Pieces { rest: Vec::new(), take: &mut take };
        assert!(ROWS.as_bytes().chunks(size).all(|piece| pieces.add(piece)));
        assert!(pieces.rest.is_empty() && elements.is_done());
        let sheet = rows.finish().expect("a sheet");
        let places = (0..sheet.rows.len()).flat_map(|row| (0..sheet.width()).map(move |column| (row, column)));
        let shown = |(row, column)| format!("{} {}", sheet.address(row, column), sheet.shown(sheet.cell(row, column)));
        places.map(shown).filter(|cell| !cell.ends_with(' ')).collect()
    }

    #[test]
    fn cells_are_the_same_wherever_the_pieces_part() {
        let cells = read(ROWS.len());
        let expected = ["A1 first", "B1 2023-03-15", "A2 second", "C2 12", "A13 0.5", "C13 in", "C15 first", "D15 7"];
        assert_eq!(cells, expected);
        for size in 1..ROWS.len() {
            assert_eq!(read(size), cells, "pieces of {size}");
        }
    }
}
