//! Transactions that Python begins and ends.

use rustpython_vm::{PyResult, VirtualMachine};

use crate::db::{Connection, DatabaseAlias, DatabaseError};
use crate::script::engine::db::{database, errors, on_commit};

/// What is done with the transaction of a connection.
pub(super) fn change<T>(
    alias: &DatabaseAlias,
    vm: &VirtualMachine,
    change: impl FnOnce(&Connection) -> Result<T, DatabaseError>,
) -> PyResult<T> {
    let connection = database::connection(alias, vm)?;
    let outcome = change(&connection);
    database::hold(alias, connection);
    on_commit::take_raised(vm)?;
    outcome.map_err(|error| errors::of_database(&error, vm))
}

/// Begins a transaction; returns whether one was not open already, be it one of the site.
pub(super) fn begin(alias: &DatabaseAlias, vm: &VirtualMachine) -> PyResult<bool> {
    let connection = database::connection(alias, vm)?;
    if connection.is_in_transaction() {
        return Ok(false);
    }
    drop(connection);
    change(alias, vm, Connection::begin)?;
    Ok(true)
}

/// The name of a savepoint, which says how many hooks waited when it was set.
pub(super) fn savepoint(
    alias: &DatabaseAlias,
    number: u64,
    vm: &VirtualMachine,
) -> PyResult<String> {
    let name = format!("s{number}");
    let hooks = change(alias, vm, |connection| connection.savepoint_at(&name))?;
    Ok(format!("{name}_x{hooks}"))
}

/// The name that the database knows a savepoint by, and how many hooks waited.
fn parts(savepoint: &str) -> Option<(&str, usize)> {
    let (name, hooks) = savepoint.split_once("_x")?;
    Some((name, hooks.parse().ok()?))
}

/// Forgets a savepoint, and with `is_rollback` takes back what was written since.
pub(super) fn end_savepoint(
    alias: &DatabaseAlias,
    savepoint: &str,
    is_rollback: bool,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let Some((name, hooks)) = parts(savepoint) else {
        let message = format!("`{savepoint}` is not a savepoint");
        return Err(errors::database_error("OperationalError", &message, vm));
    };
    change(alias, vm, |connection| {
        if is_rollback {
            connection.rollback_to_savepoint(name, hooks)
        } else {
            connection.release_savepoint(name)
        }
    })
}
