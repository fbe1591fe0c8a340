//! How the schema of a database differs from what its applied migrations lead to.

use crate::db::{Connection, DatabaseSchema, SchemaTransaction};
use crate::migrations::executor::{apply, in_order, state_error, unmigrated_app_error};
use crate::migrations::operations::states;
use crate::migrations::{History, MigrationError, Migrations, recorder};
use crate::schema::{Direction, SchemaEditor};

/// The differences, a sentence each; tables in `known` may be there or not.
///
/// What should be is not guessed: the applied migrations run again, on an empty database in memory.
pub fn drift(
    migrations: &Migrations,
    connection: &Connection,
    known: &[String],
) -> Result<Vec<String>, MigrationError> {
    let history = History::read(migrations, Some(connection))?;
    let memory = SchemaTransaction::in_memory()?;
    recorder::ensure_table(&memory)?;
    let mut state = migrations.initial_state().map_err(unmigrated_app_error)?;
    let mut known = known.to_vec();
    for migration in in_order(&history) {
        let key = &migration.key;
        let mut migration = migration.clone();
        if let Some(standing) = history.standing(key) {
            migration.operations.truncate(standing.operations);
        } else if !history.is_applied(key) {
            continue;
        }
        let states = states(&key.app_label, &state, &migration.operations)
            .map_err(|source| state_error(key, source))?;
        let editor = SchemaEditor::executing(&memory, Direction::Forwards)
            .without_transaction(!migration.atomic);
        apply(&migration, &states, editor, &mut |_| ())?;
        state = states.last().cloned().unwrap_or(state);
    }
    let unmanaged = state.models().filter(|model| !state.is_migrated(model));
    known.extend(unmanaged.map(crate::models::Model::db_table));
    let wanted = DatabaseSchema::of(&memory)?;
    Ok(wanted.differences(&DatabaseSchema::of(connection)?, &known))
}
