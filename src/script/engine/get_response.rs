//! The rest of a chain, as middleware in Python calls it.

use rustpython_vm::{PyObject, PyResult, VirtualMachine};

use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::{call_stack, request, response};
use crate::views::RequestParts;

/// What the rest of the chain answers to `request`, for the middleware that asks.
pub(super) fn get_response(request: &PyObject, vm: &VirtualMachine) -> PyResult {
    let called = call_stack::innermost().and_then(|call| call.middleware);
    let (Some(this), Some(called)) = (ThreadInterpreter::current(), called) else {
        return Err(vm.new_runtime_error("`get_response` works while a request is answered"));
    };
    let Some(native) = request::native_of(request, vm) else {
        return Err(vm.new_type_error("`get_response` takes the request of the server"));
    };
    native.write_back(vm)?;
    let (response, parts) = native.parts().with(|request| {
        let response = called.next.run(request);
        (response, RequestParts::of(request))
    });
    native.update(parts);
    response::to_python(this, response, vm)
}
