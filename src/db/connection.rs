//! An open connection, in this crate's own types.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rusqlite::config::DbConfig;
use rusqlite::params_from_iter;

use crate::db::commit_hooks::CommitHooks;
use crate::db::dialect::Dialect;
use crate::db::sqlite::Sqlite;
use crate::db::statement_watch::watched;
use crate::db::undecodable_text::UndecodableText;
use crate::db::{DatabaseAlias, DatabaseError, FromValue, Row, RowRef, SqlValue, SqliteError};

/// An open connection; its statements take `?` placeholders.
#[derive(Debug)]
pub struct Connection {
    inner: Rc<rusqlite::Connection>,
    /// The name of its database, for who watches statements.
    alias: DatabaseAlias,
    /// Whether a statement failed because of the file, so that the next may fail for the same reason.
    is_broken: Cell<bool>,
    /// What is to be done once the transaction is committed.
    pub(super) commit_hooks: Rc<CommitHooks>,
    /// Whether the transaction that is open on it belongs to who lent it.
    is_lent: bool,
}

/// Rows, and what their columns are called.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedRows {
    /// The names, in order.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

impl Connection {
    pub(super) fn new(inner: rusqlite::Connection) -> Self {
        Self {
            inner: Rc::new(inner),
            alias: DatabaseAlias::default(),
            is_broken: Cell::new(false),
            commit_hooks: Rc::default(),
            is_lent: false,
        }
    }

    /// The same connection for somebody else on this thread, within the transaction that is open on it.
    pub(super) fn share(&self) -> Self {
        Self {
            inner: Rc::clone(&self.inner),
            alias: self.alias.clone(),
            is_broken: Cell::new(false),
            commit_hooks: Rc::clone(&self.commit_hooks),
            is_lent: true,
        }
    }

    /// Whether the transaction that is open on it belongs to somebody else, who ends it.
    pub(super) fn is_lent(&self) -> bool {
        self.is_lent
    }

    /// The same connection as one to the database `alias`.
    pub(super) fn named(mut self, alias: &DatabaseAlias) -> Self {
        self.alias.clone_from(alias);
        self
    }

    /// The name of its database in the settings.
    pub fn alias(&self) -> &DatabaseAlias {
        &self.alias
    }

    /// What is inside, for this layer.
    pub(super) fn raw(&self) -> &rusqlite::Connection {
        &self.inner
    }

    /// Whether the connection can serve somebody else; a transaction that was left open is taken back.
    pub(super) fn is_reusable(&self) -> bool {
        if self.is_lent {
            return !self.is_broken.get();
        }
        let is_idle = self.inner.is_autocommit() || self.execute("ROLLBACK", &[]).is_ok();
        // Those of a transaction that a panic ended.
        self.commit_hooks.keep(0);
        is_idle && !self.is_broken.get()
    }

    /// How its database writes SQL.
    pub fn dialect(&self) -> &'static dyn Dialect {
        &Sqlite
    }

    /// Runs one statement; returns how many rows it changed.
    pub fn execute(&self, sql: &str, values: &[SqlValue]) -> Result<usize, DatabaseError> {
        watched(&self.alias, sql, values, || {
            self.prepared(sql, |statement| statement.execute(params_from_iter(values)))
        })
    }

    /// Returns the rows that `sql` selects.
    pub fn query(&self, sql: &str, values: &[SqlValue]) -> Result<Vec<Row>, DatabaseError> {
        let mut rows = Vec::new();
        self.for_each(sql, values, |row| {
            rows.push(row);
            Ok::<_, DatabaseError>(())
        })?;
        Ok(rows)
    }

    /// Returns the rows that `sql` selects, and what their columns are called.
    pub fn query_named(&self, sql: &str, values: &[SqlValue]) -> Result<NamedRows, DatabaseError> {
        let (mut columns, mut rows) = (Vec::new(), Vec::new());
        let started = |statement: &rusqlite::Statement<'_>| {
            columns = statement.column_names().map(ToOwned::to_owned).collect();
        };
        self.visit(sql, values, started, |row| {
            rows.push(row.to_row()?);
            Ok::<_, DatabaseError>(())
        })?;
        Ok(NamedRows { columns, rows })
    }

    /// How the rows of `sql` are found, a line for each step, steps within others indented (`EXPLAIN QUERY PLAN`).
    pub fn query_plan(&self, sql: &str, values: &[SqlValue]) -> Result<Vec<String>, DatabaseError> {
        let mut depths = BTreeMap::from([(0, 0)]);
        let rows = self.query(&format!("EXPLAIN QUERY PLAN {sql}"), values)?;
        let step = |row: &Row| {
            let depth = depths.get(&row.get::<i64>(1)?).copied().unwrap_or(0);
            depths.insert(row.get::<i64>(0)?, depth + 1);
            Ok(format!("{}{}", "  ".repeat(depth), row.get::<String>(3)?))
        };
        rows.iter().map(step).collect()
    }

    /// Compiles a statement and does not run it.
    pub fn compile(&self, sql: &str) -> Result<(), DatabaseError> {
        let statement = self.inner.prepare(sql);
        statement
            .map(drop)
            .map_err(|source| self.failed(sql, source))
    }

    /// The same; a name in double quotes that is not there is an error, and not a text.
    pub fn compile_strictly(&self, sql: &str) -> Result<(), DatabaseError> {
        let set_texts = |allowed| {
            self.inner
                .set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, allowed)
        };
        let failed = |source| self.failed(sql, source);
        set_texts(false).map_err(failed)?;
        let outcome = self.compile(sql);
        set_texts(true).map_err(failed)?;
        outcome
    }

    /// Hands every row that `sql` selects to `each`, one at a time, until it fails.
    pub fn for_each<E: From<DatabaseError>>(
        &self,
        sql: &str,
        values: &[SqlValue],
        mut each: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<(), E> {
        self.for_each_in_place(sql, values, |row| each(row.to_row()?))
    }

    /// The same; of each row only what `each` asks for is read, and nothing is copied.
    pub fn for_each_in_place<E: From<DatabaseError>>(
        &self,
        sql: &str,
        values: &[SqlValue],
        each: impl FnMut(&RowRef<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.visit(sql, values, |_| {}, each)
    }

    /// Runs `sql`, of which `started` learns what it is before it runs, and hands its rows to `each`.
    fn visit<E: From<DatabaseError>>(
        &self,
        sql: &str,
        values: &[SqlValue],
        started: impl FnOnce(&rusqlite::Statement<'_>),
        mut each: impl FnMut(&RowRef<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |source| self.failed(sql, source);
        watched(&self.alias, sql, values, || {
            let mut statement = self.inner.prepare_cached(sql).map_err(failed)?;
            started(&statement);
            let width = statement.column_count();
            let mut rows = statement.query(params_from_iter(values)).map_err(failed)?;
            while let Some(row) = rows.next().map_err(failed)? {
                each(&RowRef::new(row, width, &failed))?;
            }
            Ok(())
        })
    }

    /// Fails where the statement `sql` cannot run as the schema is.
    pub(super) fn can_prepare(&self, sql: &str) -> Result<(), DatabaseError> {
        let prepared = self.inner.prepare(sql).map(drop);
        prepared.map_err(|source| self.failed(sql, source))
    }

    /// Runs `work` on the database as it is at its beginning, whatever others write meanwhile.
    pub fn snapshot<T, E: From<DatabaseError>>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.is_in_transaction() {
            return work(self);
        }
        self.execute("BEGIN", &[])?;
        let outcome = work(self);
        // Nothing was written that could be lost.
        self.execute("ROLLBACK", &[]).ok();
        outcome
    }

    /// Returns the first row that `sql` selects.
    pub fn query_one(&self, sql: &str, values: &[SqlValue]) -> Result<Option<Row>, DatabaseError> {
        Ok(self.query(sql, values)?.into_iter().next())
    }

    /// Returns the first column of every row that `sql` selects.
    pub fn column<T: FromValue>(
        &self,
        sql: &str,
        values: &[SqlValue],
    ) -> Result<Vec<T>, DatabaseError> {
        let rows = self.query(sql, values)?;
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// The key of the row inserted last.
    pub fn last_insert_id(&self) -> i64 {
        self.inner.last_insert_rowid()
    }

    /// How many rows it has written since it was opened.
    pub fn rows_written(&self) -> i64 {
        i64::try_from(self.inner.total_changes()).unwrap_or(i64::MAX)
    }

    /// Whether the schema has a table of this name.
    pub fn has_table(&self, name: &str) -> Result<bool, DatabaseError> {
        let sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?";
        Ok(self.query_one(sql, &[name.into()])?.is_some())
    }

    fn prepared<T>(
        &self,
        sql: &str,
        run: impl FnOnce(&mut rusqlite::Statement<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, DatabaseError> {
        let statement = self.inner.prepare_cached(sql);
        statement
            .and_then(|mut statement| run(&mut statement))
            .map_err(|source| self.failed(sql, source))
    }

    fn failed(&self, sql: &str, source: rusqlite::Error) -> DatabaseError {
        if let Some(text) = UndecodableText::locate(&self.inner, sql, &source) {
            return DatabaseError::UndecodableText(Box::new(text));
        }
        let error = DatabaseError::Statement {
            sql: sql.to_owned(),
            source: SqliteError(source),
        };
        if error.is_about_the_file() && !error.is_busy() {
            self.is_broken.set(true);
        }
        error
    }
}
