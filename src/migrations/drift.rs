//! How the schema of a database differs from what its applied migrations lead to.

use crate::db::{Connection, DatabaseSchema, SchemaTransaction};
use crate::migrations::run_operations::run_operations;
use crate::migrations::state::operation_states;
use crate::migrations::{History, MigrationError, Migrations, recorder};
use crate::models::{Model, ProjectState};
use crate::schema::{Direction, SchemaEditor};

/// The differences, a sentence each; tables in `known` may be there or not.
///
/// What should be is not guessed: the applied migrations run again, on an empty database in memory.
pub fn schema_drift(
    migrations: &Migrations,
    connection: &Connection,
    known: &[String],
) -> Result<Vec<String>, MigrationError> {
    let history = History::read(migrations, Some(connection))?;
    let memory = SchemaTransaction::in_memory()?;
    recorder::ensure_table(&memory)?;
    let state = apply_again(&history, &memory)?;
    let unmanaged = state.models().filter(|model| !state.is_migrated(model));
    let known: Vec<_> = known
        .iter()
        .cloned()
        .chain(unmanaged.map(Model::db_table))
        .collect();
    let expected = DatabaseSchema::of(&memory)?;
    Ok(expected.differences(&DatabaseSchema::of(connection)?, &known))
}

/// Applies to `transaction` all operations that are in effect; returns the models they lead to.
fn apply_again(
    history: &History<'_>,
    transaction: &SchemaTransaction,
) -> Result<ProjectState, MigrationError> {
    let direction = Direction::Forwards;
    let mut state = history.migrations.project_state([])?;
    for key in history.order() {
        let Some(mut migration) = history.migrations.get(&key).cloned() else {
            continue;
        };
        if history.partial_progress(&key).is_none() && !history.is_applied(&key) {
            continue;
        }
        let in_effect = history.operations_in_effect(&migration);
        migration.operations.truncate(in_effect);
        let states = operation_states(&migration, &state)?;
        let editor =
            SchemaEditor::executing(transaction, direction).without_transaction(!migration.atomic);
        let transitions = states.transitions(direction);
        run_operations(&key, &transitions, direction, editor, &mut |_| ())?;
        state = states.final_state().clone();
    }
    Ok(state)
}
