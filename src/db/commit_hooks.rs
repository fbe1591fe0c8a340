//! What is to be done once a transaction is committed (`django.db.transaction.on_commit`).

use std::cell::RefCell;
use std::fmt;

type Hook = Box<dyn FnOnce() + Send>;

/// The hooks of a connection, in the order they came.
#[derive(Default)]
pub(super) struct CommitHooks(RefCell<Vec<Hook>>);

impl CommitHooks {
    pub(super) fn push(&self, hook: Hook) {
        self.0.borrow_mut().push(hook);
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// Forgets those that came after the first `count`.
    pub(super) fn keep(&self, count: usize) {
        self.0.borrow_mut().truncate(count);
    }

    /// All of them, which are forgotten.
    pub(super) fn take(&self) -> Vec<Hook> {
        self.0.take()
    }
}

impl fmt::Debug for CommitHooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} hooks", self.len())
    }
}
