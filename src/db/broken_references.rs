//! Rows that refer to ones that do not exist.

use crate::db::SqlValue;

/// Rows of any table that refer to ones that do not exist.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BrokenReferences {
    /// The first of them, each with its table and the row's number there.
    pub rows: Vec<(String, BrokenReference)>,
    /// How many there are.
    pub total: usize,
}

/// A row that refers to one that does not exist.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokenReference {
    /// The value of the column that was asked for, to name the row by.
    pub key: SqlValue,
    /// The column that refers.
    pub column: String,
    /// Its value.
    pub value: SqlValue,
    /// The table referred to.
    pub target: String,
}
