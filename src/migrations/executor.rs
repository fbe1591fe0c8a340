//! Carries a plan out: one transaction, made again under the lock, all or nothing.
//!
//! 1. Take the lock; tell after a second that it is waited for.
//! 2. Read the record and plan again, since another run may have changed both.
//! 3. Run the next unit: all migrations up to one that is not atomic, or one operation of that one.
//! 4. If no migration is partly applied, run the `post_migrate` hook with the models as they are.
//! 5. Check all references and commit; go on with 1 if something of the plan is left.

use crate::db::Database;
use crate::migrations::hooks::MigrationHooks;
use crate::migrations::migrate_request::MigrateRequest;
use crate::migrations::migration_event::{MigrationEvent, OnMigrationEvent};
use crate::migrations::run::MigrationRun;
use crate::migrations::{MigrationError, MigrationPlan, Migrations};

/// Brings `database` to the target of `request`; returns what this run did.
pub fn migrate(
    migrations: &Migrations,
    database: &Database,
    request: &MigrateRequest,
    hooks: &dyn MigrationHooks,
    on_event: OnMigrationEvent<'_>,
) -> Result<MigrationPlan, MigrationError> {
    let transaction =
        database.open_for_migrations_notifying(&mut || on_event(MigrationEvent::Waiting))?;
    MigrationRun::new(migrations, database, request, hooks, on_event).execute(transaction)
}
