//! The exceptions by which the site ends a call of Python.
//!
//! Their classes are looked up once, before anything runs: an import runs Python, which fails where a call is to be ended.

use rustpython_vm::builtins::{PyBaseExceptionRef, PyType, PyTypeRef};
use rustpython_vm::{PyResult, VirtualMachine};

use crate::script::engine::interpreter::ThreadInterpreter;

/// The module of both.
const MODULE: &str = "_djr";

/// The exception for what the site could not do; it is an answer already.
pub(super) fn site_error(vm: &VirtualMachine) -> PyResult<PyTypeRef> {
    let this = ThreadInterpreter::current();
    let this = this.ok_or_else(|| vm.new_runtime_error("no interpreter runs"))?;
    class(this, "SiteError", vm)
}

/// Looks the classes up.
pub(super) fn prepare(this: &ThreadInterpreter, vm: &VirtualMachine) -> PyResult<()> {
    class(this, "SiteError", vm)?;
    class(this, "ViewTimeout", vm)?;
    Ok(())
}

fn class(this: &ThreadInterpreter, name: &str, vm: &VirtualMachine) -> PyResult<PyTypeRef> {
    let class = this.own(MODULE, name, vm)?.downcast::<PyType>();
    class.map_err(|_| vm.new_type_error(format!("{MODULE}.{name} is not a class")))
}

/// Why a call is ended.
#[derive(Clone, Copy)]
pub(super) enum EndReason {
    Time,
    Memory,
}

/// The exception that ends a call, whatever it catches.
pub(super) fn end_of_call(reason: EndReason, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let message = match reason {
        EndReason::Time => "it took longer than `[server] view_timeout` allows",
        EndReason::Memory => "the server took more memory than `[server] memory_limit` allows",
    };
    let this = ThreadInterpreter::current();
    let this = this.ok_or_else(|| vm.new_runtime_error("no interpreter runs"));
    match this.and_then(|this| class(this, "ViewTimeout", vm)) {
        Ok(class) => vm.new_exception_msg(class, message.to_owned().into()),
        Err(error) => error,
    }
}
