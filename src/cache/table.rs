//! The table of a database cache, as Django's `createcachetable` makes it.

use std::collections::BTreeSet;

use crate::db::sql::{CreateIndex, CreateTable, SqlColumnType, SqlStatement as _};
use crate::db::{Connection, Database, DatabaseError, Dialect, introspection};
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::settings::{CacheBackendName, Settings};

/// The column of whole keys.
pub(super) const KEY: &str = "cache_key";
/// The column of pickled values.
pub(super) const VALUE: &str = "value";
/// The column of the moments at which they end.
pub(super) const EXPIRES: &str = "expires";

/// The columns of a cache table.
const COLUMNS: [&str; 3] = [KEY, VALUE, EXPIRES];

/// Why there is no cache table.
#[derive(Debug, thiserror::Error)]
pub enum CacheTableError {
    /// The table has other columns: it keeps something else.
    #[error("table `{0}` exists and is not a cache table")]
    NotACacheTable(String),
    /// The database does not do its part.
    #[error("cache table `{table}` cannot be created")]
    Database {
        /// The table.
        table: String,
        /// What the database said.
        source: DatabaseError,
    },
}

impl Diagnostic for CacheTableError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotACacheTable(_) => "foreign-table",
            Self::Database { source, .. } => source.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::NotACacheTable(_) => vec!["name another `location` in `[caches]`".to_owned()],
            Self::Database { source, .. } => source.hints(),
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::NotACacheTable(_) => ExitCode::Refused,
            Self::Database { source, .. } => source.exit_code(),
        }
    }
}

/// The table of a database cache.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct CacheTable(String);

impl CacheTable {
    /// The cache table called `name`.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// The statements that make it: the table, and the index that finds what is over.
    pub fn statements(&self, dialect: &dyn Dialect) -> [String; 2] {
        let table = CreateTable::new(&self.0)
            .key_column(KEY, SqlColumnType::Varchar(255))
            .column(VALUE, SqlColumnType::Text)
            .column(EXPIRES, SqlColumnType::DateTime)
            .multiline();
        let index = CreateIndex {
            name: format!("{}_expires", self.0),
            table: self.0.clone(),
            columns: vec![EXPIRES.to_owned()],
        };
        [table.compile(dialect), index.compile(dialect)].map(|sql| sql.text().to_owned())
    }

    /// Whether it is there; fails where a table of that name keeps something else.
    pub fn exists(&self, connection: &Connection) -> Result<bool, CacheTableError> {
        let columns = introspection::column_names(connection, self.name())
            .map_err(|source| self.failed(source))?;
        let is_cache = COLUMNS
            .iter()
            .all(|column| columns.iter().any(|name| name == column));
        match columns.is_empty() {
            true => Ok(false),
            false if is_cache => Ok(true),
            false => Err(CacheTableError::NotACacheTable(self.0.clone())),
        }
    }

    /// Makes it in `database` unless it is there; returns whether it was made.
    ///
    /// Where it is there already, nothing is locked or written.
    pub fn create(&self, database: &Database) -> Result<bool, CacheTableError> {
        if self.exists_in(database)? {
            return Ok(false);
        }
        let failed = |source| self.failed(source);
        let schema = database.open_for_migrations().map_err(failed)?;
        // Another process may have made it while this one waited for the lock.
        if self.exists(&schema)? {
            return Ok(false);
        }
        for statement in self.statements(database.dialect()) {
            schema.execute(&statement, &[]).map_err(failed)?;
        }
        schema.commit().map_err(failed)?;
        Ok(true)
    }

    /// Whether it is in `database`, which is only read.
    pub fn exists_in(&self, database: &Database) -> Result<bool, CacheTableError> {
        let opened = database.open_read_only();
        match opened.map_err(|source| self.failed(source))? {
            Some(connection) => self.exists(&connection),
            None => Ok(false),
        }
    }

    fn failed(&self, source: DatabaseError) -> CacheTableError {
        let table = self.0.clone();
        CacheTableError::Database { table, source }
    }
}

/// The tables that the caches of `settings` keep their entries in, each once.
pub fn tables(settings: &Settings) -> Vec<CacheTable> {
    let caches = settings.caches.values();
    let database = caches.filter(|cache| cache.backend == CacheBackendName::Database);
    let mut seen = BTreeSet::new();
    database
        .filter(|cache| seen.insert(&cache.location))
        .map(|cache| CacheTable::new(&cache.location))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tempfile::TempDir;

    use super::{CacheTable, CacheTableError, tables};
    use crate::db::Database;
    use crate::settings::Settings;

    fn database() -> (TempDir, Database) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(30));
        (folder, database)
    }

    #[test]
    fn makes_the_schema_of_django_once() {
        let (_folder, database) = database();
        let table = CacheTable::new("my_cache_table");
        assert!(table.create(&database).unwrap());
        assert!(!table.create(&database).unwrap());
        let connection = database.open_read_only().unwrap().unwrap();
        let sql = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid";
        assert_eq!(
            connection.column::<String>(sql, &[]).unwrap(),
            [
                "CREATE TABLE \"my_cache_table\" (\n    \"cache_key\" varchar(255) NOT NULL PRIMARY KEY,\n    \
                 \"value\" text NOT NULL,\n    \"expires\" datetime NOT NULL\n)",
                "CREATE INDEX \"my_cache_table_expires\" ON \"my_cache_table\" (\"expires\")",
            ]
        );
    }

    #[test]
    fn is_made_once_by_many_at_once() {
        let (_folder, database) = database();
        let table = CacheTable::new("cache b\"");
        let made: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| table.create(&database).unwrap()))
                .collect();
            let made = threads.into_iter().map(|thread| thread.join().unwrap());
            made.filter(|made| *made).count()
        });
        assert_eq!(made, 1);
    }

    #[test]
    fn leaves_a_table_alone_that_keeps_something_else() {
        let (_folder, database) = database();
        let schema = database.open_for_migrations().unwrap();
        schema
            .execute("CREATE TABLE people (id integer)", &[])
            .unwrap();
        schema.commit().unwrap();
        let error = CacheTable::new("people").create(&database).unwrap_err();
        assert!(matches!(error, CacheTableError::NotACacheTable(name) if name == "people"));
    }

    #[test]
    fn finds_the_tables_of_the_settings() {
        let settings = "[caches.default]\nbackend = 'database'\nlocation = 'one'\n\
                        [caches.again]\nbackend = 'database'\nlocation = 'one'\n\
                        [caches.memory]\nbackend = 'locmem'\nlocation = 'two'\n";
        let settings = Settings::parse(settings).unwrap();
        assert_eq!(tables(&settings), [CacheTable::new("one")]);
    }
}
