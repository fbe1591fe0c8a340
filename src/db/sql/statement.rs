//! Statements as a whole: compiled, or run at once.

use crate::db::dialect::Dialect;
use crate::db::sql::compiled::CompiledSql;
use crate::db::sql::compiler::{SqlCompiler, SqlNode};
use crate::db::{Connection, DatabaseError, FromValue, Row};

/// A whole statement.
///
/// One that runs often is compiled once, with [`SqlExpression::Given`](super::SqlExpression::Given)
/// for what differs.
pub trait SqlStatement: SqlNode + Sized {
    /// The statement as text.
    fn compile(&self, dialect: &dyn Dialect) -> CompiledSql {
        SqlCompiler::compile(self, dialect)
    }

    /// The same, whose own whole numbers and texts stand in its text: an index with a condition is used by a statement
    /// only that holds the condition as it was written.
    fn compile_inline(&self, dialect: &dyn Dialect) -> CompiledSql {
        SqlCompiler::compile_inline(self, dialect)
    }

    /// Runs it; returns how many rows it changed.
    fn execute(&self, connection: &Connection) -> Result<usize, DatabaseError> {
        self.compile(connection.dialect()).execute(connection, &[])
    }

    /// Runs it; returns the rows.
    fn rows(&self, connection: &Connection) -> Result<Vec<Row>, DatabaseError> {
        self.compile(connection.dialect()).rows(connection, &[])
    }

    /// Runs it; returns the first row.
    fn first_row(&self, connection: &Connection) -> Result<Option<Row>, DatabaseError> {
        self.compile(connection.dialect())
            .first_row(connection, &[])
    }

    /// Runs it; returns the first column of every row.
    fn column_values<T: FromValue>(
        &self,
        connection: &Connection,
    ) -> Result<Vec<T>, DatabaseError> {
        self.compile(connection.dialect()).column(connection, &[])
    }

    /// Runs it and hands every row to `each`, one at a time, until it fails.
    fn for_each<E: From<DatabaseError>>(
        &self,
        connection: &Connection,
        each: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<(), E> {
        self.compile(connection.dialect())
            .for_each(connection, &[], each)
    }
}
