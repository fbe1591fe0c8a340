//! The exception that led to the page of an error, for the handler of that page.

use std::cell::RefCell;

use rustpython_vm::builtins::PyBaseExceptionRef;

use crate::views::HttpError;

thread_local! {
    static KEPT: RefCell<Option<KeptException>> = const { RefCell::new(None) };
}

struct KeptException {
    exception: PyBaseExceptionRef,
    status: u16,
    messages: Vec<String>,
}

/// Keeps `exception`, of which `error` came, until a handler asks for it or another one comes.
pub(super) fn keep(exception: &PyBaseExceptionRef, error: &HttpError) {
    let kept = KeptException {
        exception: exception.clone(),
        status: error.status(),
        messages: error.messages(),
    };
    let before = KEPT.replace(Some(kept));
    drop(before);
}

/// The exception of which `error` came, where it came of one.
pub(super) fn take(error: &HttpError) -> Option<PyBaseExceptionRef> {
    let kept = KEPT.take()?;
    let is_meant = kept.status == error.status() && kept.messages == error.messages();
    is_meant.then_some(kept.exception)
}
