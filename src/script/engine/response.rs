//! Responses: from Python to the site, and those of the site for Python's middleware.

use rustpython_vm::builtins::{PyBytes, PyStr};
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::http::{Body, Headers, Response};
use crate::script::engine::convert;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::request::HANDLER;

/// The response that `answer`, what a view of the name `from` returned, stands for.
pub(super) fn from_python(
    this: &ThreadInterpreter,
    from: &str,
    answer: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<Response> {
    let is_response = this.own(HANDLER, "is_response", vm)?;
    if !is_response.call((answer.to_owned(),), vm)?.is_true(vm)? {
        let what = if vm.is_none(answer) {
            "None".to_owned()
        } else {
            format!("an object of type {}", answer.class().name())
        };
        let message = format!("`{from}` did not return an HttpResponse but {what}");
        return Err(vm.new_value_error(message));
    }
    let wire = this
        .own(HANDLER, "wire", vm)?
        .call((answer.to_owned(),), vm)?;
    let parts: Vec<PyObjectRef> = wire.try_to_value(vm)?;
    let [status, headers, cookies, body] = parts.as_slice() else {
        return Err(vm.new_value_error("`wire` returns four values"));
    };
    let mut response = Response::empty(status.try_to_value(vm)?, Headers::default());
    for pair in headers.try_to_value::<Vec<PyObjectRef>>(vm)? {
        let (name, value) = header(&pair, vm)?;
        response.headers.append(name, value);
    }
    for cookie in cookies.try_to_value::<Vec<PyObjectRef>>(vm)? {
        let cookie = cookie.str(vm)?;
        response
            .headers
            .append("Set-Cookie", cookie.to_string_lossy().into_owned());
    }
    response.body = Body::from(bytes(body, vm)?);
    Ok(response)
}

/// A header of two values, its name and its own.
pub(super) fn header(pair: &PyObject, vm: &VirtualMachine) -> PyResult<(String, String)> {
    let pair: Vec<PyObjectRef> = pair.try_to_value(vm)?;
    let [name, value] = pair.as_slice() else {
        return Err(vm.new_value_error("a header is a name and a value"));
    };
    let (name, value) = (name.str(vm)?, value.str(vm)?);
    Ok((
        name.to_string_lossy().into_owned(),
        value.to_string_lossy().into_owned(),
    ))
}

/// The bytes of a body: one piece, or those of an iterator together.
fn bytes(body: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
    if let Some(bytes) = body.downcast_ref::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    if let Some(text) = body.downcast_ref::<PyStr>() {
        return Ok(text.to_string_lossy().into_owned().into_bytes());
    }
    let pieces: Vec<PyObjectRef> = body.try_to_value(vm)?;
    let mut whole = Vec::new();
    for piece in pieces {
        whole.extend(bytes(&piece, vm)?);
    }
    Ok(whole)
}

/// `response` as an `HttpResponse`, for middleware.
pub(super) fn to_python(
    this: &ThreadInterpreter,
    response: Response,
    vm: &VirtualMachine,
) -> PyResult {
    let response = response.with_cookie_headers();
    let headers = convert::pairs(response.headers.iter(), vm);
    let body = response.body.as_bytes().unwrap_or_default().to_vec();
    let unwire = this.own(HANDLER, "unwire", vm)?;
    let status = usize::from(response.status);
    unwire.call((status, headers, vm.ctx.new_bytes(body)), vm)
}
