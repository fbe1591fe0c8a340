//! `UPDATE` and `DELETE`.

use crate::db::sql::compiler::{SqlCompiler, SqlNode};
use crate::db::sql::expression::SqlExpression;
use crate::db::sql::select::and;
use crate::db::sql::statement::SqlStatement;

/// A change of rows.
#[derive(Clone, Debug)]
pub struct UpdateStatement {
    table: String,
    assignments: Vec<(String, SqlExpression)>,
    filter: Option<SqlExpression>,
}

impl UpdateStatement {
    /// A change of rows of `table`.
    pub fn new(table: impl Into<String>) -> Self {
        Self {
            table: table.into(),
            assignments: Vec::new(),
            filter: None,
        }
    }

    /// Writes `value` into `column`.
    #[must_use]
    pub fn set(mut self, column: impl Into<String>, value: SqlExpression) -> Self {
        self.assignments.push((column.into(), value));
        self
    }

    /// Changes only rows for which `condition` is true, too.
    #[must_use]
    pub fn filter(mut self, condition: SqlExpression) -> Self {
        self.filter = Some(and(self.filter, condition));
        self
    }
}

impl SqlNode for UpdateStatement {
    fn write(&self, compiler: &mut SqlCompiler<'_>) {
        compiler.push("UPDATE ");
        compiler.name(&self.table);
        compiler.push(" SET ");
        compiler.separated(", ", &self.assignments, |compiler, (column, value)| {
            compiler.name(column);
            compiler.push(" = ");
            value.write(compiler);
        });
        compiler.clause(" WHERE ", self.filter.as_ref());
    }
}

impl SqlStatement for UpdateStatement {}

/// A deletion of rows.
#[derive(Clone, Debug)]
pub struct DeleteStatement {
    table: String,
    filter: Option<SqlExpression>,
}

impl DeleteStatement {
    /// A deletion of rows of `table`: all, unless [`filter`](Self::filter) says which.
    pub fn from(table: impl Into<String>) -> Self {
        Self {
            table: table.into(),
            filter: None,
        }
    }

    /// Deletes only rows for which `condition` is true, too.
    #[must_use]
    pub fn filter(mut self, condition: SqlExpression) -> Self {
        self.filter = Some(and(self.filter, condition));
        self
    }
}

impl SqlNode for DeleteStatement {
    fn write(&self, compiler: &mut SqlCompiler<'_>) {
        compiler.push("DELETE FROM ");
        compiler.name(&self.table);
        compiler.clause(" WHERE ", self.filter.as_ref());
    }
}

impl SqlStatement for DeleteStatement {}
