//! One operation of a migration that is not atomic: the next one, in the direction it goes.

use crate::db::{BetweenTransactions, SchemaTransaction, must_run_outside_transaction};
use crate::migrations::executor::{apply, failed, state_error, undo};
use crate::migrations::operation_metrics::{OnOperation, OperationTimer};
use crate::migrations::operations::states;
use crate::migrations::{
    History, Migration, MigrationError, MigrationKey, PartialMigration, PlanStep,
};
use crate::models::ProjectState;
use crate::schema::{Direction, SchemaEditor};

/// The next operation of a migration.
pub(super) struct OperationStep<'s> {
    migration: &'s Migration,
    direction: Direction,
    /// The models before the first operation and after each.
    states: Vec<ProjectState>,
    /// How many operations are in effect.
    pub(super) standing: usize,
    former: Option<MigrationKey>,
}

impl<'s> OperationStep<'s> {
    /// Fails where what is in effect has no way back.
    pub(super) fn new(
        history: &History<'_>,
        migration: &'s Migration,
        before: &ProjectState,
        direction: Direction,
    ) -> Result<Self, MigrationError> {
        let key = &migration.key;
        let states = states(&key.app_label, before, &migration.operations)
            .map_err(|source| state_error(key, source))?;
        let mut parents = history.parents(key);
        let single = Self {
            migration,
            direction,
            states,
            standing: standing(history, migration),
            former: parents
                .find(|parent| parent.app_label == key.app_label)
                .cloned(),
        };
        if direction == Direction::Backwards {
            let done = migration.operations.iter().take(single.standing);
            migration.check_reversible(done)?;
        }
        Ok(single)
    }

    /// Whether nothing of the migration is in effect.
    pub(super) fn is_untouched(&self) -> bool {
        self.direction == Direction::Forwards && self.standing == 0
    }

    /// The models after all of the migration.
    pub(super) fn last(&self) -> &ProjectState {
        &self.states[self.states.len() - 1]
    }

    /// How many operations are in effect after this one.
    pub(super) fn next(&self) -> usize {
        match self.direction {
            Direction::Forwards => self.total().min(self.standing + 1),
            Direction::Backwards => self.standing.saturating_sub(1),
        }
    }

    fn total(&self) -> usize {
        self.migration.operations.len()
    }

    fn index(&self) -> usize {
        self.standing.min(self.next())
    }

    /// The migration with so many of its operations in effect, if that is only some of them.
    pub(super) fn half(&self, standing: usize) -> Option<PartialMigration> {
        (standing > 0 && standing < self.total()).then(|| self.as_half(standing))
    }

    /// The migration with so many of its operations in effect.
    pub(super) fn as_half(&self, standing: usize) -> PartialMigration {
        PartialMigration {
            step: PlanStep {
                key: self.migration.key.clone(),
                direction: self.direction,
            },
            standing,
            total: self.total(),
            former: self.former.clone(),
        }
    }

    /// Whether it has statements that cannot stand in a transaction.
    pub(super) fn is_outside(&self) -> bool {
        let operation = self.migration.operations.get(self.index());
        operation.is_some_and(|operation| {
            let mut scripts = operation.scripts(self.direction).iter();
            scripts.any(|script| must_run_outside_transaction(script))
        })
    }

    /// Whether another run has come further meanwhile.
    pub(super) fn is_overtaken(&self, history: &History<'_>) -> bool {
        standing(history, self.migration) != self.standing
    }

    /// Runs it in a transaction; nothing, where the migration has no operations.
    pub(super) fn run(
        &self,
        transaction: &SchemaTransaction,
        ran: OnOperation<'_>,
    ) -> Result<(), MigrationError> {
        let index = self.index();
        let Some(states) = self.states.get(index..index + 2) else {
            return Ok(());
        };
        let only = self.migration.only(index);
        let editor = SchemaEditor::executing(transaction, self.direction);
        match self.direction {
            Direction::Forwards => apply(&only, states, editor, ran)?,
            Direction::Backwards => undo(&only, states, editor, ran)?,
        };
        Ok(())
    }

    /// Runs its scripts statement by statement.
    pub(super) fn run_outside(
        &self,
        connection: &BetweenTransactions,
        ran: OnOperation<'_>,
    ) -> Result<(), MigrationError> {
        let index = self.index();
        let Some(operation) = self.migration.operations.get(index) else {
            return Ok(());
        };
        let measure = OperationTimer::start(None);
        for script in operation.scripts(self.direction) {
            connection
                .run_script(script)
                .map_err(|source| failed(self.migration, operation, None, source.into()))?;
        }
        measure.end_of(operation, ran);
        Ok(())
    }
}

fn standing(history: &History<'_>, migration: &Migration) -> usize {
    match history.standing(&migration.key) {
        Some(standing) => standing.operations,
        None if history.is_applied(&migration.key) => migration.operations.len(),
        None => 0,
    }
}
