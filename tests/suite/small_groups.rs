//! Small groups are not shown, and cannot be worked out from what is shown.

use proptest::prelude::*;
use rspkpi::report::small::{Withheld, alone, of_parts};

#[test]
fn a_group_alone_is_shown_from_the_configured_size_on_and_where_there_is_nobody_to_be_told_apart() {
    assert_eq!([0, 1, 4, 5].map(|size| alone(size, 5)), [None, Some(Withheld::Few), Some(Withheld::Few), None]);
}

#[test]
fn one_small_part_takes_the_next_smallest_with_it_and_two_that_are_many_together_stand_for_themselves() {
    let (few, back) = (Some(Withheld::Few), Some(Withheld::KeptBack));
    assert_eq!(of_parts(&[3, 20, 9, 0], 5), [few, None, back, None]);
    assert_eq!(of_parts(&[3, 20, 4, 9], 5), [few, None, few, None]);
    assert_eq!(of_parts(&[20, 9, 5], 5), [None, None, None]);
}

proptest! {
    #[test]
    fn what_is_hidden_of_a_whole_is_nobody_or_enough_persons_where_the_whole_has_enough(
        sizes in prop::collection::vec(0_u64..12, 0..8),
        least in 0_u32..8,
    ) {
        let withheld = of_parts(&sizes, least);
        let hidden: u64 = sizes.iter().zip(&withheld).filter(|(_, why)| why.is_some()).map(|(size, _)| size).sum();
        let whole: u64 = sizes.iter().sum();
        prop_assert!(hidden == 0 || hidden >= u64::from(least).min(whole));
        for (size, why) in sizes.iter().zip(&withheld) {
            prop_assert_eq!(*why == Some(Withheld::Few), (1..u64::from(least)).contains(size));
        }
    }
}
