//! The rest of a chain, as middleware in Python calls it.
//!
//! Middleware in Python right behind other is called in Python: the request and the response stay the objects they are.

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::http::Response;
use crate::middleware::DetachedNext;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::middleware::PythonMiddleware;
use crate::script::engine::request::NativeRequest;
use crate::script::engine::{call_stack, python_error, request, response};
use crate::views::{Request, RequestParts, error_response};

/// What the rest of the chain answers to `request`, for the middleware that asks.
pub(super) fn get_response(request: &PyObject, vm: &VirtualMachine) -> PyResult {
    let called = call_stack::innermost().and_then(|call| call.middleware);
    let (Some(this), Some(called)) = (ThreadInterpreter::current(), called) else {
        return Err(vm.new_runtime_error("`get_response` works while a request is answered"));
    };
    let Some(native) = request::native_of(request, vm) else {
        return Err(vm.new_type_error("`get_response` takes the request of the server"));
    };
    let response = match python_behind(this, request, called.next, vm) {
        Behind::Answered(answer) => return Ok(answer),
        Behind::Raised(exception) => {
            let error = python_error::http_error(&exception, vm);
            in_site(&native, |request| error_response(request, &error))
        }
        Behind::Site(next) => {
            native.write_back(vm)?;
            in_site(&native, |request| next.run(request))
        }
    };
    response::to_python(this, response, vm)
}

/// What middleware in Python right behind other did.
enum Behind {
    /// It returned a response.
    Answered(PyObjectRef),
    /// It failed.
    Raised(PyBaseExceptionRef),
    /// There is none: middleware of djr answers, or the view.
    Site(DetachedNext),
}

fn python_behind(
    this: &'static ThreadInterpreter,
    request: &PyObject,
    mut next: DetachedNext,
    vm: &VirtualMachine,
) -> Behind {
    while let Some((middleware, behind)) = next.own::<PythonMiddleware>() {
        match middleware.answer_within(this, request, behind.clone(), vm) {
            Ok(Some(answer)) => return Behind::Answered(answer),
            Ok(None) => next = behind,
            Err(exception) => return Behind::Raised(exception),
        }
    }
    Behind::Site(next)
}

/// What `answer` says to the request as the site knows it; Python sees what was found out about it meanwhile.
fn in_site(native: &NativeRequest, answer: impl FnOnce(&mut Request<'_>) -> Response) -> Response {
    let (response, parts) = native.parts().with(|request| {
        let response = answer(request);
        (response, RequestParts::of(request))
    });
    native.update(parts);
    response
}
