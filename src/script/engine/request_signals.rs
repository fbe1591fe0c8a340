//! Django's signals of requests, for those who hear them: `request_started`, `request_finished`, `got_request_exception`.

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::script::engine::call_stack;
use crate::script::engine::interpreter::HANDLER;
use crate::script::engine::interpreter::ThreadInterpreter;

const MODULE: &str = "django.core.signals";

/// Whether the signal `name` has receivers in this interpreter.
pub(super) fn is_heard(name: &str, vm: &VirtualMachine) -> bool {
    let heard = || -> PyResult<bool> {
        let this = ThreadInterpreter::current().ok_or_else(|| vm.new_runtime_error("none"))?;
        let signal = this.own(MODULE, name, vm)?;
        signal.get_attr("receivers", vm)?.is_true(vm)
    };
    heard().unwrap_or(false)
}

/// Sends the signal `name` with what Django tells of `request`.
pub(super) fn send(name: &str, request: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    let this = ThreadInterpreter::current().ok_or_else(|| vm.new_runtime_error("none"))?;
    let send = this.own(HANDLER, "send_signal", vm)?;
    send.call((name.to_owned(), request), vm)?;
    Ok(())
}

/// Tells those who want to know that nobody has caught `exception`.
pub(super) fn failed(exception: &PyBaseExceptionRef, vm: &VirtualMachine) {
    if !is_heard("got_request_exception", vm) {
        return;
    }
    let Some(call) = call_stack::innermost() else {
        return;
    };
    let told = ThreadInterpreter::current().map(|this| {
        let send = this.own(HANDLER, "send_exception", vm)?;
        send.call((call.request, exception.clone()), vm)
    });
    if let Some(Err(error)) = told {
        vm.print_exception(error);
    }
}
