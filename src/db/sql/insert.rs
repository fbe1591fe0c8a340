//! `INSERT`.

use crate::db::sql::compiler::{SqlCompiler, SqlNode};
use crate::db::sql::expression::SqlExpression;
use crate::db::sql::select::SelectStatement;
use crate::db::sql::statement::SqlStatement;

/// An insertion.
#[derive(Clone, Debug)]
pub struct InsertStatement {
    table: String,
    columns: Vec<String>,
    source: InsertSource,
    conflict: Option<OnConflict>,
    returning: Vec<String>,
}

/// What is inserted.
#[derive(Clone, Debug)]
enum InsertSource {
    /// A row of what the database says.
    DefaultValues,
    Rows(Vec<Vec<SqlExpression>>),
    Query(Box<SelectStatement>),
}

/// What happens where a row with the same key stands in the way.
#[derive(Clone, Debug)]
pub struct OnConflict {
    /// The columns of the key; without any, those of each key.
    pub target: Vec<String>,
    /// The columns of the row that are written; without any, it stays as it is.
    pub update: Vec<String>,
}

impl InsertStatement {
    /// An insertion into `table` of a row of what the database says.
    pub fn into(table: impl Into<String>) -> Self {
        Self {
            table: table.into(),
            columns: Vec::new(),
            source: InsertSource::DefaultValues,
            conflict: None,
            returning: Vec::new(),
        }
    }

    /// An insertion of one row, whose values are given for each run.
    pub fn given<N: Into<String>>(
        table: impl Into<String>,
        columns: impl IntoIterator<Item = N>,
    ) -> Self {
        let insert = Self::into(table);
        let columns: Vec<String> = columns.into_iter().map(Into::into).collect();
        if columns.is_empty() {
            return insert;
        }
        let row = vec![SqlExpression::Given; columns.len()];
        insert.columns(columns).row(row)
    }

    /// Says which columns are written.
    #[must_use]
    pub fn columns<N: Into<String>>(mut self, columns: impl IntoIterator<Item = N>) -> Self {
        self.columns = columns.into_iter().map(Into::into).collect();
        self
    }

    /// Inserts a row, too.
    #[must_use]
    pub fn row(mut self, row: impl IntoIterator<Item = SqlExpression>) -> Self {
        let row = row.into_iter().collect();
        match &mut self.source {
            InsertSource::Rows(rows) => rows.push(row),
            source => *source = InsertSource::Rows(vec![row]),
        }
        self
    }

    /// Inserts the rows of `query`.
    #[must_use]
    pub fn query(mut self, query: SelectStatement) -> Self {
        self.source = InsertSource::Query(Box::new(query));
        self
    }

    /// Leaves a row that stands in the way as it is.
    #[must_use]
    pub fn or_ignore(self) -> Self {
        self.on_conflict(OnConflict {
            target: Vec::new(),
            update: Vec::new(),
        })
    }

    /// Writes over a row whose `key` stands in the way.
    #[must_use]
    pub fn or_update<N: Into<String>>(self, key: impl IntoIterator<Item = N>) -> Self {
        let target: Vec<String> = key.into_iter().map(Into::into).collect();
        let update = self.columns.iter();
        let update = update.filter(|column| !target.contains(column)).cloned();
        let update = update.collect();
        self.on_conflict(OnConflict { target, update })
    }

    /// Says what happens where a row stands in the way.
    #[must_use]
    pub fn on_conflict(mut self, conflict: OnConflict) -> Self {
        self.conflict = Some(conflict);
        self
    }

    /// Has these columns of the new rows returned.
    #[must_use]
    pub fn returning<N: Into<String>>(mut self, columns: impl IntoIterator<Item = N>) -> Self {
        self.returning = columns.into_iter().map(Into::into).collect();
        self
    }
}

impl SqlNode for InsertStatement {
    fn write(&self, compiler: &mut SqlCompiler<'_>) {
        compiler.push("INSERT INTO ");
        compiler.name(&self.table);
        if !self.columns.is_empty() {
            compiler.push(" (");
            compiler.names(&self.columns);
            compiler.push(")");
        }
        match &self.source {
            InsertSource::DefaultValues => compiler.push(" DEFAULT VALUES"),
            InsertSource::Rows(rows) => {
                compiler.push(" VALUES ");
                compiler.separated(", ", rows, |compiler, row| {
                    compiler.push("(");
                    compiler.list(row);
                    compiler.push(")");
                });
            }
            InsertSource::Query(query) => {
                compiler.push(" ");
                query.write(compiler);
            }
        }
        compiler.clause(" ON CONFLICT", self.conflict.as_ref());
        if !self.returning.is_empty() {
            compiler.push(" RETURNING ");
            compiler.names(&self.returning);
        }
    }
}

impl SqlStatement for InsertStatement {}

impl SqlNode for OnConflict {
    fn write(&self, compiler: &mut SqlCompiler<'_>) {
        if !self.target.is_empty() {
            compiler.push(" (");
            compiler.names(&self.target);
            compiler.push(")");
        }
        if self.update.is_empty() {
            return compiler.push(" DO NOTHING");
        }
        compiler.push(" DO UPDATE SET ");
        compiler.separated(", ", &self.update, |compiler, column| {
            compiler.name(column);
            compiler.push(" = ");
            SqlExpression::Excluded(column.clone()).write(compiler);
        });
    }
}
