//! Work shared out over the machine's cores: what comes out is the same whatever their number.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many cores the machine has, as far as it tells.
#[must_use]
pub fn count() -> usize {
    // Asking takes the reading of some files of the system.
    static COUNT: OnceLock<usize> = OnceLock::new();
    *COUNT.get_or_init(|| thread::available_parallelism().map_or(1, NonZeroUsize::get))
}

/// Does all of so many works, each by its number, as many at a time as there are cores; what came of them, in order.
/// They are begun in order too.
pub fn each<T: Send>(works: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= works {
                return done;
            }
            done.push((at, work(at)));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..count().min(works)).map(|_| scope.spawn(worker)).collect();
        let mut done = worker();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, done)| done).collect()
}

/// Does two works at the same time, the second one on this thread.
pub fn both<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|panic| resume_unwind(panic)), other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_works_stands_in_their_order_and_nothing_is_left_out() {
        for works in [0, 1, 2, 500] {
            assert_eq!(each(works, |at| at * 2), (0..works).map(|at| at * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    #[should_panic(expected = "out of order")]
    fn a_fault_of_a_work_is_not_lost() {
        each(8, |at| assert!(at < 5, "out of order"));
    }
}
