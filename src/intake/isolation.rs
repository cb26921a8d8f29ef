//! Keeps a file that makes a reader panic from ending the run.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Arc, Mutex, PoisonError};

use super::trouble::Trouble;

type Hook = Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

struct Watch {
    open: usize,
    before: Option<Hook>,
}

static WATCH: Mutex<Watch> = Mutex::new(Watch { open: 0, before: None });

thread_local! {
    static ISOLATED: Cell<bool> = const { Cell::new(false) };
}

/// While one of these lives, a panic inside [`isolated`] prints nothing; every other panic prints as before.
/// Several may live at once; the last one puts the former panic hook back.
pub(crate) struct QuietPanics(());

impl QuietPanics {
    pub(crate) fn begin() -> Self {
        let mut watch = WATCH.lock().unwrap_or_else(PoisonError::into_inner);
        if watch.open == 0 {
            let before: Hook = Arc::from(panic::take_hook());
            watch.before = Some(Arc::clone(&before));
            panic::set_hook(Box::new(move |info| {
                if !ISOLATED.get() {
                    before(info);
                }
            }));
        }
        watch.open += 1;
        Self(())
    }
}

impl Drop for QuietPanics {
    fn drop(&mut self) {
        let mut watch = WATCH.lock().unwrap_or_else(PoisonError::into_inner);
        watch.open -= 1;
        // A thread that is panicking may not change the hook; then the quiet one stays, which only passes panics on.
        if watch.open == 0
            && !std::thread::panicking()
            && let Some(before) = watch.before.take()
        {
            panic::set_hook(Box::new(move |info| before(info)));
        }
    }
}

/// Runs a reader; a panic in it becomes trouble with the file.
pub(crate) fn isolated<T>(read: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    let outer = ISOLATED.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(read));
    ISOLATED.set(outer);
    outcome.unwrap_or_else(|payload| {
        let word = payload.downcast_ref::<&str>().map(|word| (*word).to_owned());
        let word = word.or_else(|| payload.downcast_ref::<String>().cloned());
        Err(Trouble::damaged(word.unwrap_or_else(|| "the reader gave up".to_owned())))
    })
}
