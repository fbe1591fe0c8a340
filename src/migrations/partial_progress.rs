//! How far a migration without a transaction has come.
//!
//! The table is there only while a migration is partly applied.

use std::collections::BTreeMap;

use crate::db::sql::{
    CreateTable, DeleteStatement, DropTable, InsertStatement, SelectStatement, SqlColumnType,
    SqlExpression, SqlStatement as _,
};
use crate::db::{Connection, DatabaseError, SchemaTransaction};
use crate::migrations::checksums::operations_digest;
use crate::migrations::migration_row::is_of_migration;
use crate::migrations::{Migration, MigrationError, MigrationKey};

const TABLE: &str = "djr_half_done_migration";
const COLUMNS: [&str; 4] = ["app", "name", "operations", "checksum"];

/// How many operations of a migration are in effect, from its first on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PartialProgress {
    /// How many of them.
    pub operations: usize,
    /// The digest of those operations when they ran.
    checksum: String,
}

impl PartialProgress {
    /// Fails if the operations of `migration` that are in effect are not those that ran.
    pub(super) fn check(&self, migration: &Migration) -> Result<(), MigrationError> {
        let same = migration
            .operations
            .get(..self.operations)
            .is_some_and(|done| operations_digest(done) == self.checksum);
        if same {
            return Ok(());
        }
        Err(MigrationError::PartialMigrationChanged {
            key: migration.key.clone(),
            operations: self.operations,
        })
    }
}

/// The migrations that are partly applied.
pub(super) fn read(
    connection: &Connection,
) -> Result<BTreeMap<MigrationKey, PartialProgress>, DatabaseError> {
    if !connection.has_table(TABLE)? {
        return Ok(BTreeMap::new());
    }
    let select = SelectStatement::from(TABLE).columns(COLUMNS);
    let read = |row: &crate::db::Row| {
        let key = MigrationKey::new(&row.get::<String>(0)?, &row.get::<String>(1)?);
        let operations = usize::try_from(row.get::<i64>(2)?).unwrap_or_default();
        let checksum = row.get(3)?;
        Ok((
            key,
            PartialProgress {
                operations,
                checksum,
            },
        ))
    };
    let rows = match select.rows(connection) {
        // Another run has finished the last of them since.
        Err(_) if !connection.has_table(TABLE)? => return Ok(BTreeMap::new()),
        rows => rows?,
    };
    rows.iter().map(read).collect()
}

/// Records that the first `operations` of `migration` are in effect, and no more.
pub(super) fn record(
    transaction: &SchemaTransaction,
    migration: &Migration,
    operations: usize,
) -> Result<(), DatabaseError> {
    if !transaction.has_table(TABLE)? {
        CreateTable::new(TABLE)
            .column("app", SqlColumnType::Text)
            .column("name", SqlColumnType::Text)
            .column("operations", SqlColumnType::Integer)
            .column("checksum", SqlColumnType::Text)
            .clustered_by(["app", "name"])
            .execute(transaction)?;
    }
    let done = migration.operations.get(..operations).unwrap_or_default();
    InsertStatement::into(TABLE)
        .columns(COLUMNS)
        .row([
            SqlExpression::value(&migration.key.app_label),
            SqlExpression::value(&migration.key.name),
            SqlExpression::value(i64::try_from(operations).unwrap_or(i64::MAX)),
            SqlExpression::value(operations_digest(done)),
        ])
        .or_update(["app", "name"])
        .execute(transaction)?;
    Ok(())
}

/// Records that `key` is not partly applied; drops the table with its last row.
pub(super) fn delete(
    transaction: &SchemaTransaction,
    key: &MigrationKey,
) -> Result<(), DatabaseError> {
    if !transaction.has_table(TABLE)? {
        return Ok(());
    }
    DeleteStatement::from(TABLE)
        .filter(is_of_migration(key))
        .execute(transaction)?;
    if read(transaction)?.is_empty() {
        DropTable(TABLE.to_owned()).execute(transaction)?;
    }
    Ok(())
}
