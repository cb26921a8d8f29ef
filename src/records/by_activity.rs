//! Rows of participation lists by activity.

use super::joined::Attendance;

/// Places of rows, those of an activity side by side and in their order.
#[derive(Debug)]
pub struct ByActivity {
    order: Vec<u32>,
    /// Where each activity ends in `order`.
    ends: Vec<usize>,
}

impl ByActivity {
    /// Groups the rows that `keeps` knows by their activities, of which there are so many.
    #[must_use]
    pub fn of(rows: &[Attendance], activities: usize, keeps: impl Fn(&Attendance) -> bool) -> Self {
        let kept = || rows.iter().zip(0..).filter(|(row, _)| keeps(row));
        let mut ends = vec![0; activities];
        for (row, _) in kept() {
            ends[row.activity as usize] += 1;
        }
        let mut all = 0;
        for end in &mut ends {
            (*end, all) = (all, all + *end);
        }
        let mut order = vec![0; all];
        for (row, at) in kept() {
            let end = &mut ends[row.activity as usize];
            order[*end] = at;
            *end += 1;
        }
        Self { order, ends }
    }

    /// The places of an activity's rows, by its index.
    #[must_use]
    pub fn rows(&self, activity: usize) -> &[u32] {
        let start = if activity == 0 { 0 } else { self.ends[activity - 1] };
        &self.order[start..self.ends[activity]]
    }
}
