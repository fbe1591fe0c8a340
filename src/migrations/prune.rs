//! `migrate --prune`: removes the records of migrations whose files are gone.

use crate::db::Database;
use crate::migrations::{MigrationError, MigrationKey, Migrations, partial_progress, recorder};

/// Records the migrations of `app_label` that have no file as not applied; returns them.
///
/// Refused where a migration replaces one of them: without the record that migration would run.
pub fn prune_migrations(
    migrations: &Migrations,
    database: &Database,
    app_label: &str,
) -> Result<Vec<MigrationKey>, MigrationError> {
    let transaction = database.open_for_migrations()?;
    let recorded = recorder::applied_keys(&transaction)?.into_iter();
    let gone: Vec<_> = recorded
        .filter(|key| key.app_label == app_label && migrations.get(key).is_none())
        .collect();
    let replacing: Vec<_> = migrations
        .iter()
        .filter(|migration| migration.replaces.iter().any(|key| gone.contains(key)))
        .map(|migration| migration.key.clone())
        .collect();
    if !replacing.is_empty() {
        return Err(MigrationError::StillReplacing(replacing));
    }
    for key in &gone {
        recorder::record_unapplied(&transaction, key)?;
        partial_progress::delete(&transaction, key)?;
    }
    if !gone.is_empty() {
        transaction.commit()?;
    }
    Ok(gone)
}
