//! The statements of a migration, without a database.

use crate::migrations::run_operations::run_operations;
use crate::migrations::state::operation_states;
use crate::migrations::{History, MigrationError, MigrationKey};
use crate::schema::{Direction, SchemaEditor};

/// The statements and comments that applying or undoing the migration `key` comes down to.
///
/// None where it has no operations.
pub fn collect_sql(
    history: &History<'_>,
    key: &MigrationKey,
    direction: Direction,
) -> Result<Vec<String>, MigrationError> {
    let Some(migration) = history.migrations.get(key) else {
        return Ok(Vec::new());
    };
    let mut needed = history.forwards_plan(key);
    needed.retain(|needed| needed != key);
    let before = history.migrations.project_state(&needed)?;
    let states = operation_states(migration, &before)?;
    let editor = SchemaEditor::collecting(direction).without_transaction(!migration.atomic);
    let transitions = states.transitions(direction);
    run_operations(key, &transitions, direction, editor, &mut |_| ())
}
