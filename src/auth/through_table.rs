//! The table of a many-to-many relation.

use crate::db::{Connection, DatabaseError, SqlValue, quote_name};

/// A table that joins two others.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ThroughTable {
    /// Its name.
    pub table: String,
    /// The column of the side it belongs to.
    pub source_column: String,
    /// The column of the other side.
    pub target_column: String,
}

impl ThroughTable {
    /// Joins `from` to `to`; whether that is new.
    pub(super) fn add(
        &self,
        connection: &Connection,
        from: SqlValue,
        to: i64,
    ) -> Result<bool, DatabaseError> {
        let Self {
            table,
            source_column: left,
            target_column: right,
        } = self.quoted();
        let sql = format!(
            "INSERT INTO {table} ({left}, {right}) SELECT ?1, ?2 \
             WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {left} = ?1 AND {right} = ?2)"
        );
        Ok(connection.execute(&sql, &[from, to.into()])? > 0)
    }

    /// Parts `from` and `to`; whether they were joined.
    pub(super) fn remove(
        &self,
        connection: &Connection,
        from: SqlValue,
        to: i64,
    ) -> Result<bool, DatabaseError> {
        let Self {
            table,
            source_column: left,
            target_column: right,
        } = self.quoted();
        let sql = format!("DELETE FROM {table} WHERE {left} = ? AND {right} = ?");
        Ok(connection.execute(&sql, &[from, to.into()])? > 0)
    }

    pub(super) fn quoted(&self) -> Self {
        let [table, source_column, target_column] =
            [&self.table, &self.source_column, &self.target_column].map(|name| quote_name(name));
        Self {
            table,
            source_column,
            target_column,
        }
    }
}
