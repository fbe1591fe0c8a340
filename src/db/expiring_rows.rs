//! Rows that end at a moment which one of their columns holds.

use std::time::Duration;

use crate::clock::Moment;
use crate::db::sql::{
    CompiledSql, DeleteStatement, OrderBy, SelectStatement, SqlExpression, SqlLookup,
    SqlStatement as _,
};
use crate::db::{Batch, Connection, DatabaseError};

/// How many rows one statement deletes of many that are deleted in batches: so few that it ends in a moment even where the
/// rows come from a slow disk.
pub const ROWS_PER_STATEMENT: u64 = 32;

/// A table whose rows end.
#[derive(Clone, Copy, Debug)]
pub struct ExpiringRows<'t> {
    /// The table.
    pub table: &'t str,
    /// Its primary key.
    pub key: &'t str,
    /// The column with the moment, which has an index.
    pub ends: &'t str,
}

impl ExpiringRows<'_> {
    /// How many rows ended before `moment`.
    pub fn count(self, connection: &Connection, moment: Moment) -> Result<u64, DatabaseError> {
        let count = SelectStatement::from(self.table)
            .select(SqlExpression::count_rows())
            .filter(self.ended(SqlExpression::value(moment)));
        let found: Vec<i64> = count.column_values(connection)?;
        Ok(found.first().copied().unwrap_or_default().unsigned_abs())
    }

    /// Deletes the rows that ended before `moment`, in batches, those first that ended first; returns how many. A row whose
    /// end is put off meanwhile stays.
    pub fn delete(
        self,
        connection: &Connection,
        moment: Moment,
        on_batch: &mut dyn FnMut(usize),
    ) -> Result<u64, DatabaseError> {
        let delete = self.delete_first(connection);
        let moment = [moment.into()];
        connection.in_batches(|connection| delete.execute(connection, &moment), on_batch)
    }

    /// Deletes as many of the rows that ended before `moment` as one short transaction of about `time` does.
    pub fn delete_some(
        self,
        connection: &Connection,
        moment: Moment,
        time: Duration,
    ) -> Result<Batch, DatabaseError> {
        let delete = self.delete_first(connection);
        let moment = [moment.into()];
        connection.one_batch(time, |connection| delete.execute(connection, &moment))
    }

    /// Deletes a few of the rows that ended before the moment given.
    fn delete_first(self, connection: &Connection) -> CompiledSql {
        let first = SelectStatement::from(self.table)
            .columns([self.key])
            .filter(self.ended(SqlExpression::Given))
            .order_by(OrderBy::ascending(SqlExpression::column(self.ends)))
            .limit(ROWS_PER_STATEMENT);
        let is_first = SqlExpression::column(self.key).is_in_query(first);
        let delete = DeleteStatement::from(self.table).filter(is_first);
        delete.compile(connection.dialect())
    }

    fn ended(self, moment: SqlExpression) -> SqlExpression {
        SqlExpression::column(self.ends).compare(SqlLookup::Lt, moment)
    }
}
