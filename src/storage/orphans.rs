//! Files that no row names, and rows whose files are not there.
//!
//! 1. The names in all rows are read, and of each a number is kept: a hundred thousand of them take a few megabytes.
//! 2. The storage is walked. A file without a row is an orphan, unless it is so young that its row may still come.
//! 3. Where rows name more than was met, the storage is asked for each of those.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::time::{Duration, SystemTime};

use crate::db::sql::{SelectStatement, SqlExpression, SqlStatement as _};
use crate::db::{Connection, DatabaseError, SqlValue};
use crate::diagnostic::Diagnostic;
use crate::models::{Field, Model, Registry};
use crate::storage::{FileStorage, StorageError, Storages, WalkedFile, names};

/// Names that are looked up in one statement.
const CHUNK_SIZE: usize = 500;

/// Where orphans are looked for.
#[derive(Clone, Copy, Debug)]
pub struct OrphanSearch<'s> {
    /// The storages of the settings.
    pub storages: &'s Storages,
    /// The models, whose fields name files.
    pub registry: &'s Registry,
    /// The database with their rows.
    pub connection: &'s Connection,
    /// The age of a file that may be an orphan: the row of a younger one may still be written.
    pub older_than: Duration,
}

/// A file that no row names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OrphanFile {
    /// The alias of its storage.
    pub storage: String,
    /// The file.
    pub file: WalkedFile,
}

/// A row whose file is not there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MissingFile {
    /// The alias of its storage.
    pub storage: String,
    /// Its name, as the row has it.
    pub name: String,
    /// The model of the row, such as `blog.Post`.
    pub model: String,
    /// The field that names it.
    pub field: String,
    /// The key of the row, as text.
    pub key: String,
}

/// What was found.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct OrphanReport {
    /// The files that no row names, by storage and name.
    pub orphans: Vec<OrphanFile>,
    /// The rows whose files are not there.
    pub missing: Vec<MissingFile>,
    /// How many files there are.
    pub files: usize,
    /// How many of them no row names although they are young.
    pub young: usize,
}

/// Why orphans cannot be found or removed.
#[derive(Debug, thiserror::Error)]
pub enum OrphanError {
    /// A storage does not do its part.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The database does not.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// A field that names files, and its model.
#[derive(Clone, Copy, Debug)]
struct NamingField<'m> {
    model: &'m Model,
    field: &'m Field,
}

/// Names as numbers, which need less room; two that have the same are one in many million millions.
#[derive(Debug, Default)]
struct NameSet {
    hasher: RandomState,
    hashes: HashSet<u64>,
}

impl NameSet {
    fn insert(&mut self, name: &str) {
        self.hashes.insert(self.hasher.hash_one(name));
    }

    fn contains(&self, name: &str) -> bool {
        self.hashes.contains(&self.hasher.hash_one(name))
    }
}

impl OrphanSearch<'_> {
    /// What the storage `alias` and the rows do not have in common, or all storages and the rows.
    pub fn run(&self, alias: Option<&str>) -> Result<OrphanReport, OrphanError> {
        let mut report = OrphanReport::default();
        if let Some(alias) = alias {
            self.storages.get(alias)?;
        }
        let meant = |storage: &&FileStorage| alias.is_none_or(|alias| alias == storage.alias());
        for storage in self.storages.iter().filter(meant) {
            self.search(storage, &mut report)?;
        }
        let order = |file: &OrphanFile| (file.storage.clone(), file.file.name.clone());
        report.orphans.sort_by_cached_key(order);
        Ok(report)
    }

    /// Removes `orphans`; returns how many are gone. A file that a row has come to name stays.
    pub fn delete(&self, orphans: &[OrphanFile]) -> Result<usize, OrphanError> {
        let mut deleted = 0;
        let of_one = orphans.chunk_by(|one, next| one.storage == next.storage);
        for orphans in of_one.flat_map(|orphans| orphans.chunks(CHUNK_SIZE)) {
            let Some(alias) = orphans.first().map(|orphan| &orphan.storage) else {
                continue;
            };
            let (storage, named) = (self.storages.get(alias)?, self.named_among(alias, orphans)?);
            for OrphanFile { file, .. } in orphans {
                if !named.contains(&file.name) {
                    storage.delete(&file.name)?;
                    deleted += 1;
                }
            }
        }
        Ok(deleted)
    }

    fn search(&self, storage: &FileStorage, report: &mut OrphanReport) -> Result<(), OrphanError> {
        let (mut named, mut met) = (NameSet::default(), NameSet::default());
        for naming in self.fields(storage.alias())? {
            self.for_each_name(naming, |name, _| {
                named.insert(&stored_as(&name));
                Ok(())
            })?;
        }
        let now = SystemTime::now();
        storage.walk(&mut |file| {
            report.files += 1;
            if named.contains(&file.name) {
                met.insert(&file.name);
                return Ok(());
            }
            // A clock that was set back makes files of the future, which are young.
            let age = now.duration_since(file.metadata.modified);
            if age.unwrap_or_default() < self.older_than {
                report.young += 1;
                return Ok(());
            }
            report.orphans.push(OrphanFile {
                storage: storage.alias().to_owned(),
                file,
            });
            Ok(())
        })?;
        for naming in self.fields(storage.alias())? {
            self.for_each_name(naming, |name, key| {
                let is_there = met.contains(&stored_as(&name)) || exists(storage, &name)?;
                if !is_there {
                    report.missing.push(MissingFile {
                        storage: storage.alias().to_owned(),
                        name,
                        model: naming.model.label(),
                        field: naming.field.name.clone(),
                        key,
                    });
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The fields whose files are in the storage `alias`, of models that have their tables.
    fn fields(&self, alias: &str) -> Result<Vec<NamingField<'_>>, OrphanError> {
        let mut found = Vec::new();
        for model in self.registry.models() {
            let is_meant = |field: &&Field| field.storage() == Some(alias);
            let mut fields = model.columns().filter(is_meant).peekable();
            if fields.peek().is_some() && self.connection.has_table(&model.db_table())? {
                found.extend(fields.map(|field| NamingField { model, field }));
            }
        }
        Ok(found)
    }

    /// Hands the file of each row that has one to `each`, with the key of the row.
    fn for_each_name(
        &self,
        naming: NamingField<'_>,
        mut each: impl FnMut(String, String) -> Result<(), OrphanError>,
    ) -> Result<(), OrphanError> {
        let key = naming.model.primary_key();
        let key = key.map_or_else(|| naming.field.column(), Field::column);
        let column = naming.field.column();
        let select = SelectStatement::from(naming.model.db_table()).columns([&column, &key]);
        select.for_each(self.connection, |row| {
            let mut values = row.into_values().into_iter();
            match values.next() {
                Some(SqlValue::Text(name)) if !name.is_empty() => {
                    each(name, values.next().map(shown).unwrap_or_default())
                }
                _ => Ok(()),
            }
        })
    }

    /// Those of `orphans`, which are of the storage `alias`, that a row names by now.
    fn named_among(
        &self,
        alias: &str,
        orphans: &[OrphanFile],
    ) -> Result<HashSet<String>, OrphanError> {
        let sought = orphans.iter().map(|orphan| orphan.file.name.clone());
        let sought: Vec<_> = sought.map(SqlValue::Text).collect();
        let mut named = HashSet::new();
        for naming in self.fields(alias)? {
            let column = naming.field.column();
            let select = SelectStatement::from(naming.model.db_table()).columns([&column]);
            let among = SqlExpression::column(&column).is_in(sought.iter().cloned());
            let select = select.filter(among);
            named.extend(select.column_values::<String>(self.connection)?);
        }
        Ok(named)
    }
}

/// How the storage calls the file that a row calls `name`.
fn stored_as(name: &str) -> String {
    names::checked(name).unwrap_or_else(|_| name.to_owned())
}

/// Whether `storage` has the file; none has one whose name leads elsewhere.
fn exists(storage: &FileStorage, name: &str) -> Result<bool, StorageError> {
    match storage.exists(name) {
        Err(error) if error.is_suspicious() => Ok(false),
        exists => exists,
    }
}

fn shown(key: SqlValue) -> String {
    match key {
        SqlValue::Text(text) => text,
        SqlValue::Integer(number) => number.to_string(),
        SqlValue::Real(number) => number.to_string(),
        SqlValue::Null | SqlValue::Blob(_) => String::new(),
    }
}

impl Diagnostic for OrphanError {
    fn code(&self) -> &'static str {
        match self {
            Self::Storage(error) => error.code(),
            Self::Database(error) => error.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Storage(error) => error.hints(),
            Self::Database(error) => error.hints(),
        }
    }
}
