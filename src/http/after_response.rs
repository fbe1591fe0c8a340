//! Work of a thread that follows the response it has given: the chunks of a body that nobody else can make.

use std::cell::RefCell;

type Work = Box<dyn FnOnce()>;

thread_local! {
    static AFTER: RefCell<Vec<Work>> = const { RefCell::new(Vec::new()) };
}

/// Has this thread do `work` when the response that it makes is on its way.
pub fn after_response(work: impl FnOnce() + 'static) {
    AFTER.with_borrow_mut(|after| after.push(Box::new(work)));
}

/// Does what was left for when the response is on its way: the last of it, as that is for the response that is sent, and
/// nothing if that `is_stream` not. What was left for others, which the last has read or replaced, is dropped.
///
/// Whoever hands out responses on a thread calls it.
pub fn run_after_response(is_stream: bool) {
    let mut after = AFTER.take();
    let last = after.pop().filter(|_| is_stream);
    if let Some(work) = last {
        work();
    }
}
