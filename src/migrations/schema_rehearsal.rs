//! What a plan will be refused for: found on a copy of the schema in memory, before anything is changed.

use crate::db::{Connection, SchemaTransaction};
use crate::diagnostic::{Diagnostic as _, ExitCode};
use crate::migrations::data_loss::check_reused_tables;
use crate::migrations::run_operations::run_operations;
use crate::migrations::soft_applied::detect_soft_applied;
use crate::migrations::state::operation_states;
use crate::migrations::{FakeMode, History, Migration, MigrationError, MigrationPlan, PlanStep};
use crate::models::ProjectState;
use crate::schema::{Direction, SchemaEditor};

/// The error with which `plan` will be refused, whatever the rows are; none if it can be carried out, or
/// if a script needs the rows to run.
pub fn plan_refusal(
    history: &History<'_>,
    plan: &MigrationPlan,
    fake: FakeMode,
    connection: &Connection,
) -> Result<Option<MigrationError>, MigrationError> {
    if fake == FakeMode::All {
        return Ok(None);
    }
    match check_reused_tables(history, plan, connection) {
        Err(error) if error.exit_code() == ExitCode::Refused => return Ok(Some(error)),
        outcome => outcome?,
    }
    let memory = SchemaTransaction::on_copy_of_schema(connection)?;
    let states = history.states_of(plan)?;
    for step in &plan.steps {
        let migration = history.migrations.get(&step.key);
        let (Some(migration), Some(before)) = (migration, states.before.get(&step.key)) else {
            continue;
        };
        let rehearsed = SchemaRehearsal {
            history,
            migration,
            step,
            fake,
            memory: &memory,
        };
        match rehearsed.run(before) {
            Ok(()) => {}
            Err(error) if error.exit_code() == ExitCode::Refused => return Ok(Some(error)),
            // It may be the rows that are missing, which the real run has.
            Err(_) => return Ok(None),
        }
    }
    Ok(None)
}

/// A migration that runs on a copy of the schema.
struct SchemaRehearsal<'r> {
    history: &'r History<'r>,
    migration: &'r Migration,
    step: &'r PlanStep,
    fake: FakeMode,
    memory: &'r SchemaTransaction,
}

impl SchemaRehearsal<'_> {
    fn run(&self, before: &ProjectState) -> Result<(), MigrationError> {
        let (migration, direction) = (self.migration, self.step.direction);
        let states = operation_states(migration, before)?;
        if self.fake == FakeMode::Initial
            && direction == Direction::Forwards
            && detect_soft_applied(migration, &states, self.memory)?
        {
            return Ok(());
        }
        let transitions = states.transitions(direction);
        let left = &transitions[self.operations_done().min(transitions.len())..];
        // Each operation of a migration that is not atomic is committed on its own.
        let at_once = if migration.atomic { left.len() } else { 1 };
        for part in left.chunks(at_once.max(1)) {
            let editor = SchemaEditor::executing(self.memory, direction)
                .without_transaction(!migration.atomic);
            run_operations(&migration.key, part, direction, editor, &mut |_| ())?;
        }
        Ok(())
    }

    /// How many operations of the migration, in the direction of the step, need not be run.
    fn operations_done(&self) -> usize {
        let in_effect = self.history.operations_in_effect(self.migration);
        match self.step.direction {
            Direction::Forwards => in_effect,
            Direction::Backwards => self.migration.operations.len().saturating_sub(in_effect),
        }
    }
}
