//! The checksums of applied migrations: a table that tells whether a file was edited since.
//!
//! The table is made, after all else that a run makes, when a migration of the project's own was
//! applied. A checksum holds for one application: it is stored with the moment that the record has.
//! If Django undoes and applies the migration again, that moment changes and the old checksum is
//! ignored. A migration that was only recorded has no checksum.

use sha2::{Digest as _, Sha256};

use crate::apps::{AppSource, Apps};
use crate::crypto;
use crate::db::sql::{
    CreateTable, DeleteStatement, InsertStatement, OrderBy, SelectStatement, SqlColumnType,
    SqlExpression, SqlStatement as _,
};
use crate::db::{Connection, DatabaseAlias, DatabaseError, SchemaTransaction};
use crate::diagnostic::{Finding, Findings};
use crate::migrations::loader::{self, DIRECTORY, EXTENSION};
use crate::migrations::migration_row::is_of_migration;
use crate::migrations::operations::Operation;
use crate::migrations::{Migration, MigrationError, MigrationKey, writer};
use crate::models::ModelKey;

const TABLE: &str = "djr_migration_checksums";

/// A digest of what operations do, whatever their file looks like.
pub(super) fn operations_digest(operations: &[Operation]) -> String {
    digest(writer::operations(operations).as_bytes())
}

fn digest(bytes: &[u8]) -> String {
    crypto::hex(&Sha256::digest(bytes)[..16])
}

/// Records the checksums of `migration`, which was just recorded as applied.
pub(super) fn record_checksum(
    transaction: &SchemaTransaction,
    migration: &Migration,
) -> Result<(), DatabaseError> {
    let Some(text) = &migration.text else {
        return Ok(());
    };
    if !transaction.has_table(TABLE)? {
        ["app", "name", "applied", "file", "operations"]
            .into_iter()
            .fold(CreateTable::new(TABLE), |table, column| {
                table.column(column, SqlColumnType::Text)
            })
            .clustered_by(["app", "name"])
            .execute(transaction)?;
    }
    let record = SelectStatement::from("django_migrations")
        .columns(["app", "name", "applied"])
        .select(SqlExpression::value(digest(text.as_bytes())))
        .select(SqlExpression::value(operations_digest(
            &migration.operations,
        )))
        .filter(is_of_migration(&migration.key));
    InsertStatement::into(TABLE)
        .columns(["app", "name", "applied", "file", "operations"])
        .query(record)
        .or_update(["app", "name"])
        .execute(transaction)?;
    Ok(())
}

/// The checksums of the applications that are recorded, in their order.
fn current_checksums() -> SelectStatement {
    let checksum = |column| SqlExpression::column_of("c", column);
    let record = |column| SqlExpression::column_of("m", column);
    let same = ["app", "name", "applied"].map(|column| record(column).equals(checksum(column)));
    ["app", "name", "file", "operations"]
        .into_iter()
        .fold(SelectStatement::from_alias(TABLE, "c"), |select, column| {
            select.select(checksum(column))
        })
        .join("django_migrations", "m", SqlExpression::All(same.into()))
        .order_by(OrderBy::ascending(record("id")))
}

/// Deletes the checksums of `key`.
pub(super) fn delete_checksum(
    transaction: &SchemaTransaction,
    key: &MigrationKey,
) -> Result<(), DatabaseError> {
    if transaction.has_table(TABLE)? {
        DeleteStatement::from(TABLE)
            .filter(is_of_migration(key))
            .execute(transaction)?;
    }
    Ok(())
}

/// The applied migrations whose operations are not those that ran.
///
/// A file that has not changed by a byte is not parsed.
pub fn edited_migrations(
    apps: &Apps,
    user_model: &ModelKey,
    connection: &Connection,
) -> Result<Vec<MigrationKey>, MigrationError> {
    let changed = changed_migrations(apps, user_model, connection)?;
    Ok(changed.into_iter().map(|found| found.key).collect())
}

/// Records the checksums of all applied migrations anew; returns the migrations that had changed.
pub fn accept_edits(
    apps: &Apps,
    user_model: &ModelKey,
    transaction: SchemaTransaction,
) -> Result<Vec<MigrationKey>, MigrationError> {
    let edited = changed_migrations(apps, user_model, &transaction)?;
    for migration in &edited {
        record_checksum(&transaction, migration)?;
    }
    if !edited.is_empty() {
        transaction.commit()?;
    }
    Ok(edited.into_iter().map(|found| found.key).collect())
}

fn changed_migrations(
    apps: &Apps,
    user_model: &ModelKey,
    connection: &Connection,
) -> Result<Vec<Migration>, MigrationError> {
    if !connection.has_table(TABLE)? {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for row in current_checksums().rows(connection)? {
        let key = MigrationKey::new(&row.get::<String>(0)?, &row.get::<String>(1)?);
        if row.get::<String>(2)? == file_digest(apps, &key)?.unwrap_or_default() {
            continue;
        }
        let operations: String = row.get(3)?;
        let migration = loader::read_migration(apps, &key, user_model)?;
        found.extend(migration.filter(|found| operations_digest(&found.operations) != operations));
    }
    Ok(found)
}

/// The digest of the file of a migration; none where there is none.
fn file_digest(apps: &Apps, key: &MigrationKey) -> Result<Option<String>, Findings> {
    let app = apps.get(&key.app_label);
    let Some(app) = app.filter(|app| matches!(app.source, AppSource::Disk(_))) else {
        return Ok(None);
    };
    let path = format!("{DIRECTORY}/{}{EXTENSION}", key.name);
    let content = app.read(&path).map_err(|error| {
        let path = app.display_path(&path);
        let message = format!("cannot read `{}`: {error}", path.display());
        Finding::error("unreadable-file", message)
    })?;
    Ok(content.map(|content| digest(&content)))
}

/// The warning that the migration `key`, which is applied in the database `alias`, was edited.
pub fn edited_warning(key: &MigrationKey, alias: &DatabaseAlias) -> Finding {
    let message = format!("`{key}` has changed since it was applied");
    let hint = format!(
        "the database is as it was before; write what changes as a new migration, or take the file \
         as it is: `djr migrate --accept-edits{}`",
        alias.option()
    );
    Finding::warning("edited-migration", message).hint(hint)
}
