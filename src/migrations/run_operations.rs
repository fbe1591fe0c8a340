//! Runs the operations of a migration on a schema, or collects their statements.

use crate::db::{SchemaTransaction, violating_row};
use crate::migrations::operation_metrics::{OnOperation, OperationTimer};
use crate::migrations::operations::{Operation, OperationTransition};
use crate::migrations::{MigrationError, MigrationKey};
use crate::models::Field;
use crate::schema::{Direction, SchemaEditor, SchemaError};

/// Runs operations of the migration `key` in their order, which is that of `direction`.
///
/// Returns the statements that `editor` collected. Fails before the first operation if one of them
/// cannot be undone and `direction` is backwards.
pub(super) fn run_operations(
    key: &MigrationKey,
    transitions: &[OperationTransition<'_>],
    direction: Direction,
    mut editor: SchemaEditor<'_>,
    on_operation: OnOperation<'_>,
) -> Result<Vec<String>, MigrationError> {
    if direction == Direction::Backwards {
        check_reversible(key, transitions.iter().map(|found| found.operation))?;
    }
    let transaction = editor.transaction();
    for OperationTransition { operation, states } in transitions {
        if !add_heading(operation, &mut editor) {
            continue;
        }
        let statements_before = editor.collected();
        let timer = OperationTimer::start(transaction);
        let outcome = match direction {
            Direction::Forwards => operation.database_forwards(&mut editor, *states),
            Direction::Backwards => operation.database_backwards(&mut editor, *states),
        };
        outcome
            .and_then(|()| editor.check_dependents())
            .map_err(|source| operation_error(key, Some(operation), transaction, source))?;
        if editor.collected() == statements_before {
            editor.comment(" (no-op)");
        }
        if transaction.is_some() {
            on_operation(&timer.metrics(operation, Some(*states)));
        }
    }
    let last = transitions.last().map(|found| found.operation);
    let finished = editor.finish();
    finished.map_err(|source| operation_error(key, last, transaction, source))
}

/// Fails if one of `operations`, which are of the migration `key`, cannot be undone.
pub(super) fn check_reversible<'o>(
    key: &MigrationKey,
    mut operations: impl Iterator<Item = &'o Operation>,
) -> Result<(), MigrationError> {
    match operations.find(|found| !found.is_reversible()) {
        Some(operation) => Err(MigrationError::Irreversible {
            key: key.clone(),
            operation: operation.describe(),
        }),
        None => Ok(()),
    }
}

/// Heads what is collected with the operation; returns whether the operation can be collected.
fn add_heading(operation: &Operation, editor: &mut SchemaEditor<'_>) -> bool {
    editor.comment("");
    editor.comment(&format!(" {}", operation.describe()));
    editor.comment("");
    let runs = editor.transaction().is_some() || operation.is_sql();
    if !runs {
        editor.comment(" THIS OPERATION CANNOT BE WRITTEN AS SQL");
    }
    runs
}

/// The error that `operation` failed, or what follows the last one, with the row that is to blame.
pub(super) fn operation_error(
    key: &MigrationKey,
    operation: Option<&Operation>,
    transaction: Option<&SchemaTransaction>,
    source: SchemaError,
) -> MigrationError {
    let row = match (&source, transaction) {
        (SchemaError::Database(error), Some(transaction)) => violating_row(transaction, error),
        _ => None,
    };
    match told_by(operation, source) {
        // Waiting too long or a full disk is not the migration's fault.
        SchemaError::Database(error) if error.is_about_the_file() => error.into(),
        source => MigrationError::Operation {
            key: key.clone(),
            operation: operation.map(Operation::describe).unwrap_or_default(),
            row,
            partly_committed: false,
            source: Box::new(source),
        },
    }
}

/// The reason why `operation` failed, in its own terms.
fn told_by(operation: Option<&Operation>, source: SchemaError) -> SchemaError {
    match (operation, source) {
        (Some(Operation::AddField { model, field, .. }), SchemaError::Database(source))
            if field.is_unique() && source.is_constraint_violation() && has_default(field) =>
        {
            SchemaError::SharedDefault {
                model: model.clone(),
                field: field.name.clone(),
                source: Box::new(source),
            }
        }
        (_, source) => source,
    }
}

fn has_default(field: &Field) -> bool {
    field.default.is_some() || field.db_default.is_some()
}
