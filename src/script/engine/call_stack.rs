//! The request that Python answers right now on this thread, and the middleware around what answers it.

use std::cell::RefCell;
use std::rc::Rc;

use rustpython_vm::PyObjectRef;

use crate::middleware::DetachedNext;
use crate::script::engine::made_middleware::MadeMiddleware;
use crate::views::HttpError;

thread_local! {
    static STACK: RefCell<Vec<PythonCall>> = const { RefCell::new(Vec::new()) };
    /// What the site could not do for Python, until its exception comes back out.
    static FAILURE: RefCell<Option<HttpError>> = const { RefCell::new(None) };
}

/// A call from the site into Python, for a request.
#[derive(Clone)]
pub(super) struct PythonCall {
    /// The request as Python sees it: the same object for middleware and view.
    pub(super) request: PyObjectRef,
    /// The middleware that is called, and what answers behind it; none for a view.
    pub(super) middleware: Option<CalledMiddleware>,
}

/// Middleware that is called, and what answers behind it.
#[derive(Clone)]
pub(super) struct CalledMiddleware {
    pub(super) made: Rc<MadeMiddleware>,
    pub(super) next: DetachedNext,
}

/// Takes a call from the stack when it is over.
pub(super) struct CallOnStack;

/// Makes `call` the innermost one.
pub(super) fn push(call: PythonCall) -> CallOnStack {
    STACK.with_borrow_mut(|stack| stack.push(call));
    CallOnStack
}

impl Drop for CallOnStack {
    fn drop(&mut self) {
        let over = STACK.with_borrow_mut(Vec::pop);
        drop(over);
    }
}

/// The innermost call.
pub(super) fn innermost() -> Option<PythonCall> {
    STACK.with_borrow(|stack| stack.last().cloned())
}

/// The middleware around what is called right now, outermost first.
pub(super) fn middleware() -> Vec<Rc<MadeMiddleware>> {
    STACK.with_borrow(|stack| {
        let called = stack.iter().filter_map(|call| call.middleware.as_ref());
        called.map(|called| Rc::clone(&called.made)).collect()
    })
}

/// Whether middleware in Python will see what is answered right now.
pub(super) fn is_behind_middleware() -> bool {
    STACK.with_borrow(|stack| stack.iter().any(|call| call.middleware.is_some()))
}

/// Remembers what the site could not do.
pub(super) fn fail(error: HttpError) {
    FAILURE.set(Some(error));
}

/// What the site could not do last; it is forgotten.
pub(super) fn take_failure() -> Option<HttpError> {
    FAILURE.take()
}
