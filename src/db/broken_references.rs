//! Rows that refer to ones that do not exist.

use std::fmt;

use crate::db::SqlValue;
use crate::db::literal::sql_literal;

/// Rows of any table that refer to ones that do not exist.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BrokenReferences {
    /// The first of them, each with its table; their key is that of the table, or else the row's number.
    pub rows: Vec<(String, BrokenReference)>,
    /// How many there are.
    pub total: usize,
}

impl fmt::Display for BrokenReferences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.rows.iter().map(|(table, row)| {
            let (key, value) = (sql_literal(&row.key), sql_literal(&row.value));
            let (column, target) = (&row.column, &row.target);
            format!("row {key} of `{table}` has `{column}` = {value}, which is not in `{target}`")
        });
        let mut told: Vec<_> = rows.collect();
        let left = self.total.saturating_sub(told.len());
        if left > 0 {
            told.push(format!("and {left} more"));
        }
        let told = told.join("; ");
        write!(f, "rows refer to others that do not exist: {told}")
    }
}

/// A row that refers to one that does not exist.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokenReference {
    /// What names the row: the value of its key, or of the columns that were asked for; several with a comma between.
    pub key: SqlValue,
    /// The column that refers.
    pub column: String,
    /// Its value.
    pub value: SqlValue,
    /// The table referred to.
    pub target: String,
}
