//! The statements of a migration, without a database.

use crate::migrations::executor::{after, apply, state_error, undo, unmigrated_app_error};
use crate::migrations::operations::states;
use crate::migrations::{History, MigrationError, MigrationKey};
use crate::schema::{Direction, SchemaEditor};

/// The statements and comments that applying or undoing the migration `key` comes down to.
///
/// None where it has no operations.
pub fn statements(
    history: &History<'_>,
    key: &MigrationKey,
    direction: Direction,
) -> Result<Vec<String>, MigrationError> {
    let mut state = history
        .migrations
        .initial_state()
        .map_err(unmigrated_app_error)?;
    let mut needed = history.graph.forwards(key);
    needed.retain(|needed| needed != key);
    for migration in needed.iter().filter_map(|key| history.migrations.get(key)) {
        state = after(migration, state)?;
    }
    let Some(migration) = history.migrations.get(key) else {
        return Ok(Vec::new());
    };
    let states = states(&key.app_label, &state, &migration.operations)
        .map_err(|source| state_error(key, source))?;
    let editor = SchemaEditor::collecting(direction).without_transaction(!migration.atomic);
    match direction {
        Direction::Forwards => apply(migration, &states, editor, &mut |_| ()),
        Direction::Backwards => undo(migration, &states, editor, &mut |_| ()),
    }
}
