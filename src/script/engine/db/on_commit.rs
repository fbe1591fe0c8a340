//! Functions of Python that wait for the end of a transaction.
//!
//! The connection keeps a hook for each, which knows its number alone: hooks may be run by Rust that knows of no Python.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::db::{Connection, DatabaseAlias};
use crate::script::engine::interpreter::ThreadInterpreter;

thread_local! {
    static WAITING: RefCell<BTreeMap<u64, WaitingFunction>> = RefCell::default();
    static NEXT: Cell<u64> = const { Cell::new(0) };
    /// What the first function raised that failed.
    static RAISED: RefCell<Option<PyBaseExceptionRef>> = const { RefCell::new(None) };
}

struct WaitingFunction {
    alias: DatabaseAlias,
    function: PyObjectRef,
}

/// A hook of the connection: run or forgotten, the function waits no more.
struct Ticket(u64);

impl Ticket {
    fn call(&self) {
        let waiting = WAITING.with_borrow_mut(|waiting| waiting.remove(&self.0));
        let Some((waiting, this)) = waiting.zip(ThreadInterpreter::of_thread()) else {
            return;
        };
        if RAISED.with_borrow(Option::is_some) {
            return;
        }
        this.interpreter.enter(|vm| {
            if let Err(exception) = waiting.function.call((), vm) {
                RAISED.replace(Some(exception));
            }
        });
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        // While the thread ends there may be nothing left.
        let removed = WAITING.try_with(|waiting| waiting.borrow_mut().remove(&self.0));
        drop(removed);
    }
}

/// Calls `function` once the transaction of `connection` is committed, or at once where none is open.
pub(super) fn on_commit(
    alias: &DatabaseAlias,
    connection: &Connection,
    function: PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let number = NEXT.replace(NEXT.get() + 1);
    let alias = alias.clone();
    WAITING.with_borrow_mut(|waiting| {
        waiting.insert(number, WaitingFunction { alias, function });
    });
    let ticket = Ticket(number);
    connection.on_commit(move || ticket.call());
    take_raised(vm)
}

/// Raises what a function raised that was called since.
pub(super) fn take_raised(_: &VirtualMachine) -> PyResult<()> {
    RAISED.take().map_or(Ok(()), Err)
}

/// The functions that wait for a transaction on `alias`, in their order.
pub(super) fn waiting(alias: &DatabaseAlias) -> Vec<PyObjectRef> {
    WAITING.with_borrow(|waiting| {
        let of_alias = waiting.values().filter(|waiting| waiting.alias == *alias);
        of_alias.map(|waiting| waiting.function.clone()).collect()
    })
}
