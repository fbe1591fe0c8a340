//! `UPDATE` and `DELETE`.

use crate::db::sql::compiler::{SqlCompiler, SqlNode};
use crate::db::sql::expression::SqlExpression;
use crate::db::sql::select::and;
use crate::db::sql::statement::SqlStatement;

/// A change of rows.
#[derive(Clone, Debug)]
pub struct UpdateStatement {
    table: String,
    alias: Option<String>,
    assignments: Vec<(String, SqlExpression)>,
    filter: Option<SqlExpression>,
}

impl UpdateStatement {
    /// A change of rows of `table`.
    pub fn new(table: impl Into<String>) -> Self {
        Self {
            table: table.into(),
            alias: None,
            assignments: Vec::new(),
            filter: None,
        }
    }

    /// A change of rows of `table`, which is called `alias` in it.
    pub fn with_alias(table: impl Into<String>, alias: impl Into<String>) -> Self {
        Self {
            alias: Some(alias.into()),
            ..Self::new(table)
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
        write_alias(compiler, self.alias.as_deref());
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
    alias: Option<String>,
    filter: Option<SqlExpression>,
}

impl DeleteStatement {
    /// A deletion of rows of `table`: all, unless [`filter`](Self::filter) says which.
    pub fn from(table: impl Into<String>) -> Self {
        Self {
            table: table.into(),
            alias: None,
            filter: None,
        }
    }

    /// A deletion of rows of `table`, which is called `alias` in it.
    pub fn from_alias(table: impl Into<String>, alias: impl Into<String>) -> Self {
        Self {
            alias: Some(alias.into()),
            ..Self::from(table)
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
        write_alias(compiler, self.alias.as_deref());
        compiler.clause(" WHERE ", self.filter.as_ref());
    }
}

impl SqlStatement for DeleteStatement {}

fn write_alias(compiler: &mut SqlCompiler<'_>, alias: Option<&str>) {
    if let Some(alias) = alias {
        compiler.push(" AS ");
        compiler.name(alias);
    }
}
