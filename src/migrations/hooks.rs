//! What is done around the migrations of a run, in their transactions.

use crate::db::{DatabaseError, SchemaTransaction};
use crate::migrations::data_loss::{DataLoss, data_losses};
use crate::migrations::{History, MigrationError, MigrationPlan};
use crate::models::ProjectState;

/// What is done around the migrations of a run, in their transactions; nothing by default.
///
/// A plan with a migration that is not atomic is committed in parts. Each part calls all of these
/// once, `post_migrate` only if it leaves no migration partly applied.
pub trait MigrationHooks {
    /// Is called under the lock, before anything is changed; an error ends the run.
    ///
    /// Not called where migrations are only recorded.
    fn before_changes(&self, changes: &PendingChanges<'_>) -> Result<(), MigrationError> {
        let _ = changes;
        Ok(())
    }

    /// Is called after the migrations with the models they lead to, as Django's signal is sent.
    fn post_migrate(
        &self,
        state: &ProjectState,
        transaction: &SchemaTransaction,
    ) -> Result<(), DatabaseError> {
        let _ = (state, transaction);
        Ok(())
    }

    /// Is called when all is done, before the commit; an error ends the run.
    fn before_commit(&self, transaction: &SchemaTransaction) -> Result<(), MigrationError> {
        let _ = transaction;
        Ok(())
    }

    /// Is called after the commit.
    fn after_commit(&self) {}
}

/// For a run that nothing is done around.
impl MigrationHooks for () {}

/// What a run is about to change.
#[derive(Debug)]
pub struct PendingChanges<'c> {
    /// What is left of the plan.
    pub plan: &'c MigrationPlan,
    /// The transaction, in which nothing is changed yet.
    pub transaction: &'c SchemaTransaction,
    pub(super) history: &'c History<'c>,
}

impl PendingChanges<'_> {
    /// What the plan takes from rows that are there.
    pub fn data_losses(&self) -> Result<Vec<DataLoss>, MigrationError> {
        data_losses(self.history, self.plan, self.transaction)
    }
}
