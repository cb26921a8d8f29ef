//! Long tables are worked on in parts, side by side: what comes out is what the whole gives.

use proptest::prelude::*;
use proptest::sample::select;
use rspkpi::definitions::Definitions;
use rspkpi::findings::Finding;
use rspkpi::intake::{self, SourceFile};
use rspkpi::records::{self, Horizon, Records, Role};
use rspkpi::wording::Lexicon;

use crate::office::{Office, csv_of, day, office, shipped_config};

const LOG: &str = "Activity ID | Activity | Start date | Status
    1 | Origin | 2025-07-10 | delivered
    2 | Valuation | 2025-08-11 | delivered
    3 | Transit | 2025-09-12 | planned
    4 | Valuation | 2025-08-11 | delivered
    5 | Old | 2019-08-11 | delivered
    6 | Late | 2026-08-11 | delivered";
/// Id, title and start date, as rows point to activities.
const POINTERS: [[&str; 3]; 11] = [
    ["1", "", ""],
    ["1", "Origin", "2025-07-10"],
    ["1", "Another", ""],
    ["", "Origin", "2025-07-10"],
    ["", "Valuation", "2025-08-11"],
    ["3", "", ""],
    ["5", "", ""],
    ["6", "", ""],
    ["9", "", ""],
    ["2", "", "soon"],
    ["", "", ""],
];
const MEMBERS: [&str; 8] = ["Fiji", "fiji", "Tonga", "Kenya", "Atlantis", "Fiji; Tonga", "", "Japan"];
const SEXES: [&str; 5] = ["F", "M", "", "Female", "?"];
const ROLES: [&str; 5] = ["expert", "participant", "", "speaker", "clown"];
const PERSONS: [&str; 6] = ["A B", "a  b", "É", "e\u{301}", "", "C"];
const COUNTS: [&str; 5] = ["", "3", "about 4", "0", "many"];

/// A row of a list; of ten rows one is a total, and one the header once more.
fn row() -> impl Strategy<Value = Vec<String>> {
    let words = (select(MEMBERS.to_vec()), select(SEXES.to_vec()), select(ROLES.to_vec()));
    (0..10_u8, select(POINTERS.to_vec()), words, select(PERSONS.to_vec()), select(COUNTS.to_vec())).prop_map(
        |(what, [id, title, start], (member, sex, role), person, count)| {
            let row = match what {
                0 => ["Total", "", "", "", "", "", "", "12"],
                1 => HEADER,
                _ => [id, title, start, member, sex, role, person, count],
            };
            row.map(str::to_owned).to_vec()
        },
    )
}

const HEADER: [&str; 8] = ["Activity ID", "Activity", "Start date", "Member", "Sex", "Role", "Participant", "Count"];

fn list(rows: &[Vec<String>]) -> Vec<u8> {
    csv_of(&[&[HEADER.map(str::to_owned).to_vec()], rows].concat())
}

struct Inputs {
    definitions: Definitions,
    lexicon: Lexicon,
    files: Vec<SourceFile>,
}

impl Inputs {
    fn of(office: &Office) -> Self {
        let definitions = Definitions::load(&shipped_config(), None).unwrap();
        let (files, _) = intake::read_folder(&office.inputs(), &definitions.settings.limits, &|_, _, _| {}).unwrap();
        Self { lexicon: Lexicon::of(&definitions), definitions, files }
    }

    /// The records and all findings, tables in parts of as many rows as `part` says.
    fn settled(&self, part: fn(usize) -> usize) -> (Records, Vec<Finding>) {
        let Self { definitions, lexicon, files } = self;
        let read = records::read_in_parts(files, definitions, lexicon, part);
        let (earliest, latest) = (day("2024-07-01"), day("2026-06-30"));
        let horizon = Horizon { earliest, latest, as_at: latest, as_at_given: true };
        let mut findings = Vec::new();
        let records = records::settle_in_parts(read, definitions, lexicon, horizon, &mut findings, part);
        (records, findings)
    }

    /// Fails where parts of a size give anything else than the whole.
    fn same(&self, part: fn(usize) -> usize) -> Result<(), TestCaseError> {
        let (whole, parts) = (self.settled(|rows| rows.max(1)), self.settled(part));
        prop_assert_eq!(format!("{:?}", whole.1), format!("{:?}", parts.1), "the findings, in their order");
        prop_assert_eq!(format!("{:?}", whole.0), format!("{:?}", parts.0));
        prop_assert!(parts.0.tally.closes());
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn lists_in_parts_of_any_size_give_what_the_whole_gives(
        first in prop::collection::vec(row(), 1..60),
        second in prop::collection::vec(row(), 0..20),
    ) {
        let office = office().log(LOG).file("participants.csv", list(&first)).file("participants b.csv", list(&second));
        let inputs = Inputs::of(&office);
        inputs.same(|_| 1)?;
        inputs.same(|_| 7)?;
        inputs.same(|rows| rows.div_ceil(2).max(1))?;
    }
}

#[test]
fn of_a_person_named_in_many_parts_the_first_row_counts_with_the_role_that_weighs_most() {
    let rows: Vec<Vec<String>> = (0..25_000)
        .map(|at| {
            let (id, member, role) =
                (["1", "2", "3"][at % 3], ["Fiji", "Tonga"][at / 3 % 2], ["", "speaker"][at / 12_000 % 2]);
            [id, "", "", member, "F", role, &format!("P{}", at % 12_000), ""].map(str::to_owned).to_vec()
        })
        .collect();
    let (records, findings) = Inputs::of(&office().log(LOG).file("participants.csv", list(&rows))).settled(|_| 5_000);
    let mut persons = std::collections::BTreeSet::new();
    let first: Vec<u32> = (0..25_000_u32)
        .filter(|at| at % 3 != 2 && persons.insert((at % 3, at / 3 % 2, at % 12_000)))
        .map(|at| at + 2)
        .collect();
    assert_eq!(records.attendance.iter().map(|row| row.row.row.row).collect::<Vec<_>>(), first);
    assert!(records.attendance.iter().all(|row| row.row.role == Role::Speaker));
    let again = findings.iter().filter(|finding| finding.origin.cell.starts_with('G')).count();
    assert_eq!(again + first.len(), (0..25_000).filter(|at| at % 3 != 2).count());
}
