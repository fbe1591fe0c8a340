//! The site's models and this thread's connections, as Python uses them.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use rustpython_vm::{PyResult, VirtualMachine};

use crate::db::{
    Connection, ConnectionHandle, DatabaseAlias, record_statements, with_recorded_statements,
};
use crate::models::Registry;
use crate::query::QueryError;
use crate::script::PythonSite;
use crate::script::engine::db::errors;
use crate::script::engine::interpreter::ThreadInterpreter;

thread_local! {
    /// The databases that a test may not ask, and what it is told.
    static FORBIDDEN: RefCell<BTreeMap<DatabaseAlias, String>> = RefCell::default();
    /// The connections that Python has a transaction open on.
    static OPEN: RefCell<BTreeMap<DatabaseAlias, OpenTransaction>> = RefCell::default();
}

/// A transaction that Python opened and has not ended yet.
struct OpenTransaction {
    /// Held, so that nobody takes the connection for one that was left behind.
    connection: ConnectionHandle,
    /// Whether an error makes it end by a rollback, so that nothing may be asked before.
    needs_rollback: bool,
}

/// The site whose Python runs.
pub(in crate::script::engine) fn site(vm: &VirtualMachine) -> PyResult<Arc<PythonSite>> {
    let this = ThreadInterpreter::current();
    let this = this.ok_or_else(|| vm.new_runtime_error("no interpreter runs"))?;
    Ok(this.site())
}

/// The connection of this thread to the database `alias`.
pub(super) fn connection(alias: &DatabaseAlias, vm: &VirtualMachine) -> PyResult<ConnectionHandle> {
    if let Some(message) = FORBIDDEN.with_borrow(|forbidden| forbidden.get(alias).cloned()) {
        return Err(errors::forbidden(message, vm));
    }
    let site = site(vm)?;
    let connection = site.connections.get(alias);
    connection.map_err(|error| errors::of_database(&error, vm))
}

/// Has whoever asks the database `alias` on this thread be told `message`; without one, it may be asked again.
pub(super) fn forbid(alias: DatabaseAlias, message: Option<String>) {
    FORBIDDEN.with_borrow_mut(|forbidden| match message {
        Some(message) => drop(forbidden.insert(alias, message)),
        None => drop(forbidden.remove(&alias)),
    });
}

/// Does `work` with the models of the site and its connection to `alias`.
///
/// Fails with `TransactionManagementError` where an error broke the transaction that is open.
pub(in crate::script::engine) fn with<T>(
    alias: &DatabaseAlias,
    vm: &VirtualMachine,
    work: impl FnOnce(&Registry, &Connection) -> Result<T, QueryError>,
) -> PyResult<T> {
    if needs_rollback(alias) {
        return Err(errors::broken_transaction(vm));
    }
    let site = site(vm)?;
    let connection = connection(alias, vm)?;
    work(&site.models, &connection).map_err(|error| errors::of_query(&error, vm))
}

/// The same of what changes rows: when it fails within a transaction, that can only be rolled back.
pub(super) fn write<T>(
    alias: &DatabaseAlias,
    vm: &VirtualMachine,
    work: impl FnOnce(&Registry, &Connection) -> Result<T, QueryError>,
) -> PyResult<T> {
    let mut is_broken = false;
    let outcome = with(alias, vm, |registry, connection| {
        let outcome = work(registry, connection);
        is_broken = outcome.is_err();
        outcome
    });
    if is_broken {
        set_needs_rollback(alias, true);
    }
    outcome
}

/// Whether the open transaction can only be rolled back.
pub(super) fn needs_rollback(alias: &DatabaseAlias) -> bool {
    OPEN.with_borrow(|open| open.get(alias).is_some_and(|open| open.needs_rollback))
}

/// Says whether the open transaction can only be rolled back; nothing where none is open.
pub(super) fn set_needs_rollback(alias: &DatabaseAlias, needs_rollback: bool) {
    OPEN.with_borrow_mut(|open| {
        if let Some(open) = open.get_mut(alias) {
            open.needs_rollback = needs_rollback;
        }
    });
}

/// Holds `connection` while a transaction of Python's is open on it, and lets it go behind that.
pub(super) fn hold(alias: &DatabaseAlias, connection: ConnectionHandle) {
    OPEN.with_borrow_mut(|open| {
        if !connection.is_in_transaction() {
            open.remove(alias);
        } else if !open.contains_key(alias) {
            let opened = OpenTransaction {
                connection,
                needs_rollback: false,
            };
            open.insert(alias.clone(), opened);
        }
    });
}

/// What a call of Python begins with: `debug` has its statements recorded.
pub(in crate::script::engine) fn begin_of_call(site: &PythonSite) {
    if site.settings.project.debug {
        record_statements(true);
        with_recorded_statements(VecDeque::clear);
    }
}

/// Takes back the transactions that Python left open: none outlives the call that began it.
pub(in crate::script::engine) fn end_of_call() {
    record_statements(false);
    let open = OPEN.take();
    for open in open.into_values() {
        open.connection.rollback().ok();
    }
}
