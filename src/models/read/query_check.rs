//! Looking at queries while they are read, call by call.

use std::fmt;

use crate::document::{Item, Origin};
use crate::models::ModelKey;
use crate::models::expression::RowQuery;
use crate::models::read::FieldReference;

/// Knows which models and fields there are, and reports what a query names in vain.
pub trait QueryCheck: fmt::Debug {
    /// Whether there is a model of this key, which `item` names.
    fn has_model(&self, key: &ModelKey, item: &Item) -> bool;

    /// Whether `source` has a value called `name`, which `item` names.
    fn has_parameter(&self, source: &str, name: &str, item: &Item) -> bool;

    /// Whether a call of a query makes sense.
    fn accepts(&self, step: &ReadStep<'_>) -> bool;
}

/// A call of a query that was read.
#[derive(Clone, Copy, Debug)]
pub struct ReadStep<'s> {
    /// The query before it.
    pub before: &'s RowQuery,
    /// The query with it.
    pub after: &'s RowQuery,
    /// Where it stands.
    pub origin: &'s Origin,
    /// The fields of the query that it names.
    pub fields: &'s [FieldReference],
    /// Whether the query stands in another, of whose rows it may speak.
    pub is_within: bool,
}
