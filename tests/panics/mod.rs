//! Panics, those too that are caught where a workbook is opened: a test that only ran on would not see them.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static SAID: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// What the panics of a call said.
pub fn panics(call: impl FnOnce()) -> Vec<String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            SAID.with_borrow_mut(|said| said.push(info.to_string()));
            before(info);
        }));
    });
    SAID.take();
    _ = panic::catch_unwind(AssertUnwindSafe(call));
    SAID.take()
}

#[test]
fn a_panic_is_seen_though_it_was_caught() {
    assert_eq!(panics(|| _ = panic::catch_unwind(|| panic!("seen"))).len(), 1);
    assert_eq!(panics(|| ()), [""; 0]);
}
