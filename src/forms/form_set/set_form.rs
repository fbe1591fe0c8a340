//! What forms have in common that stand in a set.

use std::fmt::Debug;

use crate::forms::form::Form;

/// A form of a set: a plain one, or one with a row.
pub trait SetForm: Clone + Debug + Send + Sync + 'static {
    /// The form.
    fn form(&self) -> &Form;
}

impl SetForm for Form {
    fn form(&self) -> &Form {
        self
    }
}
