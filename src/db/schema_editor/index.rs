//! Statements that make an index; they wait, and follow their table's and columns' names.

use crate::db::quote_name;
use crate::db::schema_editor::names;

/// An index to be made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct IndexStatement {
    /// The name; made from table and columns if not given.
    pub(super) name: Option<String>,
    /// The table.
    pub(super) table: String,
    /// The columns, and whether each runs from the last to the first.
    pub(super) columns: Vec<(String, bool)>,
    /// Whether the columns, taken together, differ between rows.
    pub(super) unique: bool,
}

impl IndexStatement {
    /// The name of the index.
    pub(super) fn name(&self) -> String {
        let suffix = if self.unique { "_uniq" } else { "" };
        let columns: Vec<_> = self.columns.iter().map(|(name, _)| name.clone()).collect();
        let given = self.name.clone();
        given.unwrap_or_else(|| names::index_name(&self.table, &columns, suffix))
    }

    /// The statement.
    pub(super) fn sql(&self) -> String {
        let kind = if self.unique { "UNIQUE INDEX" } else { "INDEX" };
        let columns: Vec<_> = self.columns.iter().map(column).collect();
        format!(
            "CREATE {kind} {} ON {} ({})",
            quote_name(&self.name()),
            quote_name(&self.table),
            columns.join(", ")
        )
    }

    /// Whether it needs the column `column` of `table`.
    pub(super) fn uses(&self, table: &str, column: &str) -> bool {
        self.table == table && self.columns.iter().any(|(name, _)| name == column)
    }
}

fn column((name, descending): &(String, bool)) -> String {
    let order = if *descending { " DESC" } else { "" };
    format!("{}{order}", quote_name(name))
}
