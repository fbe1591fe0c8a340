//! The arguments of a function, by their types.

use rusqlite::functions::Context;
use rusqlite::types::ValueRef;
use rusqlite::{Error, Result};

/// What a function is called with.
pub(super) struct Arguments<'c>(&'c Context<'c>);

impl<'c> Arguments<'c> {
    pub(super) fn new(context: &'c Context<'c>) -> Self {
        Self(context)
    }

    /// Whether one of them is `NULL`.
    pub(super) fn has_null(&self) -> bool {
        (0..self.0.len()).any(|index| self.value(index) == ValueRef::Null)
    }

    /// The argument at `index`; `NULL` behind the last.
    pub(super) fn value(&self, index: usize) -> ValueRef<'_> {
        if index < self.0.len() {
            self.0.get_raw(index)
        } else {
            ValueRef::Null
        }
    }

    /// A text; an error where it is something else.
    pub(super) fn text(&self, index: usize) -> Result<&str> {
        self.value(index).as_str().map_err(invalid)
    }

    /// A text; `None` where it is `NULL`.
    pub(super) fn optional_text(&self, index: usize) -> Result<Option<&str>> {
        self.value(index).as_str_or_null().map_err(invalid)
    }

    /// A whole number.
    pub(super) fn integer(&self, index: usize) -> Result<i64> {
        self.value(index).as_i64().map_err(invalid)
    }

    /// A number; a large whole one loses its last digits, as in any computation with fractions.
    #[expect(
        clippy::cast_precision_loss,
        reason = "the functions compute with fractions"
    )]
    pub(super) fn number(&self, index: usize) -> Result<f64> {
        match self.value(index) {
            ValueRef::Integer(number) => Ok(number as f64),
            other => other.as_f64().map_err(invalid),
        }
    }
}

/// What a function was called with makes no sense: the statement fails.
pub(super) fn invalid(reason: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::UserFunctionError(Box::new(reason))
}
