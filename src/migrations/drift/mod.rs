//! How the schema of a database differs from what its applied migrations lead to.
//!
//! 1. The applied migrations run again, on an empty database in memory: what should be is not guessed.
//! 2. `inspectdb` reads what the tables of both declare, so that words, places and names which make no
//!    difference to a model make none here.
//! 3. `table`, `column` and `scripts` compare both; every [`SchemaDifference`] has a stable name.

mod column;
mod difference;
mod scripts;
mod table;
mod table_pair;

pub use difference::{DifferenceKind, SchemaDifference};

use crate::db::introspection::RelationKind;
use crate::db::{Connection, DatabaseError, SchemaTransaction};
use crate::inspectdb::DeclaredSchema;
use crate::migrations::drift::scripts::Scripts;
use crate::migrations::drift::table_pair::TablePair;
use crate::migrations::run_operations::run_operations;
use crate::migrations::state::operation_states;
use crate::migrations::{History, MigrationError, Migrations, recorder};
use crate::models::{Model, ProjectState};
use crate::schema::{Direction, SchemaEditor};

/// The differences; tables in `known` may be there or not.
pub fn schema_drift(
    migrations: &Migrations,
    connection: &Connection,
    known: &[String],
) -> Result<Vec<SchemaDifference>, MigrationError> {
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
    let mut found = compare_tables(&memory, connection, &known)?;
    let scripts = Scripts::read(&memory)?;
    found.extend(scripts.compare(&Scripts::read(connection)?, &known));
    Ok(found)
}

fn compare_tables(
    expected: &Connection,
    live: &Connection,
    known: &[String],
) -> Result<Vec<SchemaDifference>, DatabaseError> {
    let (expected, live) = (DeclaredSchema::read(expected)?, DeclaredSchema::read(live)?);
    let mut found = Vec::new();
    for expected in &expected.tables {
        if let Some(live) = live.table(&expected.name) {
            TablePair { expected, live }.compare(&mut found);
            continue;
        }
        let name = &expected.name;
        let message = format!("the table `{name}` is missing");
        let kind = DifferenceKind::MissingTable;
        found.push(SchemaDifference::error(kind, name, message));
    }
    for live in &live.tables {
        let name = &live.name;
        let is_known = known.iter().any(|known| known.eq_ignore_ascii_case(name));
        if expected.table(name).is_none() && !is_known {
            let message = format!("the table `{name}` is in no migration");
            let difference = SchemaDifference::error(DifferenceKind::ExtraTable, name, message);
            found.push(difference.warning_unless(live.kind == RelationKind::Table));
        }
    }
    Ok(found)
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
