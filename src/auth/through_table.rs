//! The table of a many-to-many relation.

use crate::db::sql::{
    DeleteStatement, InsertStatement, SelectStatement, SqlExpression, SqlStatement as _,
};
use crate::db::{Connection, DatabaseError, SqlValue};

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
        // The table of a project's own need not be unique over both columns.
        let existing = SelectStatement::from(&self.table)
            .select(SqlExpression::Integer(1))
            .filter(self.is_pair(from.clone(), to));
        let pair = SelectStatement::default()
            .select(SqlExpression::Value(from))
            .select(SqlExpression::value(to))
            .filter(SqlExpression::exists(existing).negated());
        let insert = InsertStatement::into(&self.table)
            .columns([&self.source_column, &self.target_column])
            .query(pair);
        Ok(insert.execute(connection)? > 0)
    }

    /// Parts `from` and `to`; whether they were joined.
    pub(super) fn remove(
        &self,
        connection: &Connection,
        from: SqlValue,
        to: i64,
    ) -> Result<bool, DatabaseError> {
        let delete = DeleteStatement::from(&self.table).filter(self.is_pair(from, to));
        Ok(delete.execute(connection)? > 0)
    }

    fn is_pair(&self, from: SqlValue, to: i64) -> SqlExpression {
        SqlExpression::All(vec![
            SqlExpression::column(&self.source_column).equals(SqlExpression::Value(from)),
            SqlExpression::column(&self.target_column).equals(SqlExpression::value(to)),
        ])
    }
}
