//! Statements that make an index; they wait, and follow their table's and columns' names.

use crate::db::quote_name;
use crate::schema::names;

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
    /// What it indexes instead of columns.
    pub(super) expressions: Vec<String>,
    /// The rows it holds; all if not given.
    pub(super) condition: Option<String>,
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
        let columns = self.columns.iter();
        let columns = columns.map(|(name, descending)| column_sql(name, *descending));
        let parts: Vec<_> = columns.chain(self.expressions.iter().cloned()).collect();
        let condition = self.condition.as_ref();
        let condition = condition.map(|sql| format!(" WHERE {sql}"));
        format!(
            "CREATE {kind} {} ON {} ({}){}",
            quote_name(&self.name()),
            quote_name(&self.table),
            parts.join(", "),
            condition.unwrap_or_default()
        )
    }

    /// Whether it needs the column `column` of `table`.
    pub(super) fn uses(&self, table: &str, column: &str) -> bool {
        let quoted = quote_name(column);
        let named = |sql: &String| sql.contains(&quoted);
        self.table == table
            && (self.columns.iter().any(|(name, _)| name == column)
                || self.expressions.iter().chain(&self.condition).any(named))
    }
}

fn column_sql(name: &str, descending: bool) -> String {
    let order = if descending { " DESC" } else { "" };
    format!("{}{order}", quote_name(name))
}
