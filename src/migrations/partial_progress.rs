//! The table that tells how far a migration without a transaction has come; it is there only while one is
//! partly applied.

use std::collections::BTreeMap;

use crate::db::{Connection, DatabaseError, SchemaTransaction};
use crate::migrations::checksums::operations_digest;
use crate::migrations::{Migration, MigrationError, MigrationKey};

const TABLE: &str = "djr_half_done_migration";
const CREATE: &str = r#"CREATE TABLE "djr_half_done_migration" ("app" text NOT NULL, "name" text NOT NULL, "operations" integer NOT NULL, "checksum" text NOT NULL, PRIMARY KEY ("app", "name")) WITHOUT ROWID"#;

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
    let sql = r#"SELECT "app", "name", "operations", "checksum" FROM "djr_half_done_migration""#;
    let rows = connection.query(sql, &[])?;
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
    rows.iter().map(read).collect()
}

/// Records that the first `operations` of `migration` are in effect, and no more.
pub(super) fn record(
    transaction: &SchemaTransaction,
    migration: &Migration,
    operations: usize,
) -> Result<(), DatabaseError> {
    if !transaction.has_table(TABLE)? {
        transaction.execute(CREATE, &[])?;
    }
    let done = migration.operations.get(..operations).unwrap_or_default();
    let sql = r#"INSERT OR REPLACE INTO "djr_half_done_migration" ("app", "name", "operations", "checksum") VALUES (?, ?, ?, ?)"#;
    let values = [
        (&migration.key.app_label).into(),
        (&migration.key.name).into(),
        i64::try_from(operations).unwrap_or(i64::MAX).into(),
        operations_digest(done).into(),
    ];
    transaction.execute(sql, &values)?;
    Ok(())
}

/// Records that `key` is not partly applied; the table goes with its last row.
pub(super) fn delete(
    transaction: &SchemaTransaction,
    key: &MigrationKey,
) -> Result<(), DatabaseError> {
    if !transaction.has_table(TABLE)? {
        return Ok(());
    }
    let sql = r#"DELETE FROM "djr_half_done_migration" WHERE "app" = ? AND "name" = ?"#;
    transaction.execute(sql, &[(&key.app_label).into(), (&key.name).into()])?;
    if read(transaction)?.is_empty() {
        transaction.execute(r#"DROP TABLE "djr_half_done_migration""#, &[])?;
    }
    Ok(())
}
