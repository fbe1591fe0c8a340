//! The table that records which migrations were applied.

use std::collections::BTreeSet;

use crate::apps::Apps;
use crate::clock;
use crate::db::sql::{
    CreateTable, DeleteStatement, InsertStatement, OrderBy, SelectStatement, SqlColumnType,
    SqlExpression, SqlStatement as _,
};
use crate::db::{Connection, DatabaseError, SchemaTransaction};
use crate::migrations::migration_row::is_of_migration;
use crate::migrations::{Migration, MigrationError, MigrationKey, Migrations, checksums, loader};

const TABLE: &str = "django_migrations";

/// A migration that was applied.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AppliedMigration {
    /// The migration.
    pub key: MigrationKey,
    /// When it was applied: UTC, as the database holds it.
    pub applied: String,
}

/// The applied migrations, in the order of their application; none where the table is missing.
pub fn applied_migrations(connection: &Connection) -> Result<Vec<AppliedMigration>, DatabaseError> {
    if !connection.has_table(TABLE)? {
        return Ok(Vec::new());
    }
    SelectStatement::from(TABLE)
        .columns(["app", "name", "applied"])
        .order_by(OrderBy::ascending(SqlExpression::column("id")))
        .rows(connection)?
        .iter()
        .map(|row| {
            Ok(AppliedMigration {
                key: MigrationKey::new(&row.get::<String>(0)?, &row.get::<String>(1)?),
                applied: row.get(2)?,
            })
        })
        .collect()
}

/// The keys of the applied migrations.
pub(super) fn applied_keys(
    connection: &Connection,
) -> Result<BTreeSet<MigrationKey>, DatabaseError> {
    let records = applied_migrations(connection)?.into_iter();
    Ok(records.map(|record| record.key).collect())
}

/// The migrations on disk that are not recorded, in alphabetical order.
///
/// It compares names alone, in well under a millisecond. A migration that replaces others is
/// unapplied until it is recorded itself.
pub fn unapplied_migrations(
    apps: &Apps,
    connection: &Connection,
) -> Result<Vec<MigrationKey>, MigrationError> {
    let applied: BTreeSet<_> = applied_keys(connection)?;
    let names = loader::migration_names(apps)?.into_iter();
    Ok(names.filter(|key| !applied.contains(key)).collect())
}

/// Makes the table, unless it is there.
pub(super) fn ensure_table(transaction: &SchemaTransaction) -> Result<(), DatabaseError> {
    if !transaction.has_table(TABLE)? {
        CreateTable::new(TABLE)
            .column("id", SqlColumnType::AutoKey)
            .column("app", SqlColumnType::Varchar(255))
            .column("name", SqlColumnType::Varchar(255))
            .column("applied", SqlColumnType::DateTime)
            .execute(transaction)?;
    }
    Ok(())
}

/// Records `key` as applied now.
pub(super) fn record_applied(
    transaction: &SchemaTransaction,
    key: &MigrationKey,
) -> Result<(), DatabaseError> {
    InsertStatement::into(TABLE)
        .columns(["app", "name", "applied"])
        .row([
            SqlExpression::value(&key.app_label),
            SqlExpression::value(&key.name),
            SqlExpression::value(clock::now()),
        ])
        .execute(transaction)?;
    Ok(())
}

/// Records `key` as not applied.
pub(super) fn record_unapplied(
    transaction: &SchemaTransaction,
    key: &MigrationKey,
) -> Result<(), DatabaseError> {
    DeleteStatement::from(TABLE)
        .filter(is_of_migration(key))
        .execute(transaction)?;
    checksums::delete_checksum(transaction, key)
}

/// Records `migration` as applied now.
///
/// Of one that replaces others, those are recorded; [`record_replacements`] adds the migration itself.
pub(super) fn record_migration_applied(
    transaction: &SchemaTransaction,
    migration: &Migration,
) -> Result<(), DatabaseError> {
    if migration.replaces.is_empty() {
        record_applied(transaction, &migration.key)?;
    }
    let mut replaced = migration.replaces.iter();
    replaced.try_for_each(|key| record_applied(transaction, key))
}

/// Records `migration`, and those it replaces, as not applied.
pub(super) fn record_migration_unapplied(
    transaction: &SchemaTransaction,
    migration: &Migration,
) -> Result<(), DatabaseError> {
    for replaced in &migration.replaces {
        record_unapplied(transaction, replaced)?;
    }
    record_unapplied(transaction, &migration.key)
}

/// Records as applied the migrations that replace others, if all those are recorded.
pub(super) fn record_replacements(
    migrations: &Migrations,
    transaction: &SchemaTransaction,
) -> Result<(), DatabaseError> {
    let applied = applied_keys(transaction)?;
    for migration in migrations.iter() {
        let replaces = &migration.replaces;
        let complete = !replaces.is_empty() && replaces.iter().all(|key| applied.contains(key));
        if complete && !applied.contains(&migration.key) {
            record_applied(transaction, &migration.key)?;
        }
    }
    Ok(())
}
