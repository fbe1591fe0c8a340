//! The exceptions by which the site ends a call of Python.

use rustpython_vm::VirtualMachine;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyTypeRef};

/// The exception for what the site could not do; it is an answer already.
pub(super) fn site_error(vm: &VirtualMachine) -> PyTypeRef {
    vm.class("_djr", "SiteError")
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
    vm.new_exception_msg(vm.class("_djr", "ViewTimeout"), message.to_owned().into())
}
