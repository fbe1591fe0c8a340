//! Rows that are found by a table between them and others.

use crate::query::relation_path::PathJoin;
use crate::values::FieldValue;

/// The table between, and the others.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ThroughRows {
    /// The table between, joined to the rows that are looked for.
    pub(super) join: PathJoin,
    /// Its column that refers to the others.
    pub(super) near_column: String,
    /// What that column holds.
    pub(super) keys: Vec<FieldValue>,
}
