//! The exceptions by which the site ends a call of Python.

use rustpython_vm::VirtualMachine;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyTypeRef};

/// The exception for what the site could not do; it is an answer already.
pub(super) fn site_error(vm: &VirtualMachine) -> PyTypeRef {
    vm.class("_djr", "SiteError")
}

/// The exception that ends what takes too long.
pub(super) fn view_timeout(vm: &VirtualMachine) -> PyBaseExceptionRef {
    let message = "it took longer than `[server] view_timeout` allows";
    vm.new_exception_msg(vm.class("_djr", "ViewTimeout"), message.to_owned().into())
}
