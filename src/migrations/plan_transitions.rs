//! What is left of a plan, operation by operation, with the models around each.

use crate::migrations::operations::{Operation, OperationTransition};
use crate::migrations::state::{operation_states, state_error};
use crate::migrations::{History, MigrationError, MigrationKey, MigrationPlan};
use crate::models::StateError;
use crate::schema::Direction;

/// An operation of a plan that changes the database.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlannedOperation<'p> {
    pub(super) migration: &'p MigrationKey,
    pub(super) direction: Direction,
    pub(super) transition: OperationTransition<'p>,
}

impl PlannedOperation<'_> {
    /// Calls `visit` with the operation, or with those on the database that it consists of.
    fn visit(
        self,
        visit: &mut dyn FnMut(PlannedOperation<'_>) -> Result<(), StateError>,
    ) -> Result<(), StateError> {
        let OperationTransition { operation, states } = self.transition;
        let Operation::SeparateDatabaseAndState {
            database_operations,
            ..
        } = operation
        else {
            return visit(self);
        };
        let nested = states.nested(database_operations, self.direction)?;
        for transition in nested.transitions(self.direction) {
            PlannedOperation { transition, ..self }.visit(visit)?;
        }
        Ok(())
    }
}

/// Calls `visit` with each operation that `plan` still runs on the database, in order.
pub(super) fn for_each_operation(
    history: &History<'_>,
    plan: &MigrationPlan,
    visit: &mut dyn FnMut(PlannedOperation<'_>) -> Result<(), StateError>,
) -> Result<(), MigrationError> {
    let states = history.states_of(plan)?;
    for step in &plan.steps {
        let migration = history.migrations.get(&step.key);
        let (Some(migration), Some(before)) = (migration, states.before.get(&step.key)) else {
            continue;
        };
        let states = operation_states(migration, before)?;
        let done = match step.direction {
            Direction::Forwards => history.operations_in_effect(migration),
            Direction::Backwards => {
                let total = migration.operations.len();
                total.saturating_sub(history.operations_in_effect(migration))
            }
        };
        for transition in states.transitions(step.direction).into_iter().skip(done) {
            let planned = PlannedOperation {
                migration: &step.key,
                direction: step.direction,
                transition,
            };
            planned
                .visit(visit)
                .map_err(|source| state_error(&step.key, source))?;
        }
    }
    Ok(())
}
