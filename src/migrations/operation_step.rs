//! One operation of a migration that is not atomic: the next one, in the direction of the run.

use crate::db::{BetweenTransactions, SchemaTransaction, must_run_outside_transaction};
use crate::migrations::operation_metrics::{OnOperation, OperationTimer};
use crate::migrations::operations::{Operation, OperationStates, OperationTransition};
use crate::migrations::run_operations::{check_reversible, operation_error, run_operations};
use crate::migrations::state::operation_states;
use crate::migrations::{
    History, Migration, MigrationError, MigrationKey, PartialMigration, PlanStep,
};
use crate::models::ProjectState;
use crate::schema::{Direction, SchemaEditor};

/// The next operation of a migration that is not atomic.
#[derive(Debug)]
pub(super) struct OperationStep<'m> {
    pub(super) migration: &'m Migration,
    pub(super) direction: Direction,
    states: OperationStates<'m>,
    /// How many operations of the migration are in effect before this step.
    operations_in_effect: usize,
    /// The migration of the same app that this one depends on.
    previous: Option<MigrationKey>,
}

impl<'m> OperationStep<'m> {
    /// The next step of `migration`, where `before` are the models before the whole migration.
    ///
    /// Fails where the migration is to be undone and an operation in effect cannot be.
    pub(super) fn new(
        history: &History<'_>,
        migration: &'m Migration,
        before: &ProjectState,
        direction: Direction,
    ) -> Result<Self, MigrationError> {
        let key = &migration.key;
        let operations_in_effect = history.operations_in_effect(migration);
        if direction == Direction::Backwards {
            let in_effect = migration.operations.iter().take(operations_in_effect);
            check_reversible(key, in_effect)?;
        }
        let mut parents = history.parents(key);
        let previous = parents.find(|parent| parent.app_label == key.app_label);
        Ok(Self {
            migration,
            direction,
            states: operation_states(migration, before)?,
            operations_in_effect,
            previous: previous.cloned(),
        })
    }

    /// The step as a part of a plan: its migration.
    pub(super) fn plan_step(&self) -> PlanStep {
        PlanStep {
            key: self.migration.key.clone(),
            direction: self.direction,
        }
    }

    /// Whether the migration is to be applied and none of its operations is in effect.
    pub(super) fn is_first(&self) -> bool {
        self.direction == Direction::Forwards && self.operations_in_effect == 0
    }

    /// The models around all operations of the migration.
    pub(super) fn states(&self) -> &OperationStates<'m> {
        &self.states
    }

    /// How many operations are in effect after this step.
    fn in_effect_afterwards(&self) -> usize {
        match self.direction {
            Direction::Forwards => self.total().min(self.operations_in_effect + 1),
            Direction::Backwards => self.operations_in_effect.saturating_sub(1),
        }
    }

    fn total(&self) -> usize {
        self.migration.operations.len()
    }

    fn index(&self) -> usize {
        self.operations_in_effect.min(self.in_effect_afterwards())
    }

    fn operation(&self) -> Option<&'m Operation> {
        self.migration.operations.get(self.index())
    }

    /// The operation, with the models around it.
    pub(super) fn transition(&self) -> Option<OperationTransition<'_>> {
        self.states.transition(self.index(), self.direction)
    }

    /// How far the migration has come before this step, if only some operations are in effect.
    pub(super) fn partial_before(&self) -> Option<PartialMigration> {
        self.partial(self.operations_in_effect)
    }

    /// How far the migration has come after this step, if only some operations are in effect.
    pub(super) fn partial_after(&self) -> Option<PartialMigration> {
        self.partial(self.in_effect_afterwards())
    }

    fn partial(&self, in_effect: usize) -> Option<PartialMigration> {
        (in_effect > 0 && in_effect < self.total()).then(|| self.progress(in_effect))
    }

    /// How far the migration has come before this step, even if that is nowhere.
    ///
    /// A script outside a transaction may stop in its middle, so that none of the operations but
    /// something of this one is in effect.
    pub(super) fn progress_before(&self) -> PartialMigration {
        self.progress(self.operations_in_effect)
    }

    fn progress(&self, in_effect: usize) -> PartialMigration {
        PartialMigration {
            step: self.plan_step(),
            operations_in_effect: in_effect,
            total: self.total(),
            previous: self.previous.clone(),
        }
    }

    /// Whether it has statements that cannot run in a transaction.
    pub(super) fn must_run_outside_transaction(&self) -> bool {
        self.operation().is_some_and(|operation| {
            let mut scripts = operation.scripts(self.direction).iter();
            scripts.any(|script| must_run_outside_transaction(script))
        })
    }

    /// Whether another run moved the migration on since `self` was made.
    pub(super) fn is_outdated(&self, history: &History<'_>) -> bool {
        history.operations_in_effect(self.migration) != self.operations_in_effect
    }

    /// Runs the operation in `transaction`; does nothing where the migration has no operations.
    pub(super) fn run(
        &self,
        transaction: &SchemaTransaction,
        on_operation: OnOperation<'_>,
    ) -> Result<(), MigrationError> {
        run_operations(
            &self.migration.key,
            self.transition().as_slice(),
            self.direction,
            SchemaEditor::executing(transaction, self.direction),
            on_operation,
        )?;
        Ok(())
    }

    /// Runs the scripts of the operation, each statement committed on its own.
    pub(super) fn run_outside_transaction(
        &self,
        connection: &BetweenTransactions,
        on_operation: OnOperation<'_>,
    ) -> Result<(), MigrationError> {
        let Some(operation) = self.operation() else {
            return Ok(());
        };
        let timer = OperationTimer::start(None);
        for script in operation.scripts(self.direction) {
            connection.run_script(script).map_err(|source| {
                operation_error(&self.migration.key, Some(operation), None, source.into())
            })?;
        }
        on_operation(&timer.metrics(operation, None));
        Ok(())
    }
}
