//! Responses: from Python to the site, and those of the site for Python's middleware.

use rustpython_vm::builtins::PyBytes;
use rustpython_vm::{PyObject, PyObjectRef, PyPayload as _, PyResult, VirtualMachine};

use crate::http::{Body, Headers, Response};
use crate::script::engine::body::{self, NativeBody};
use crate::script::engine::convert;
use crate::script::engine::interpreter::HANDLER;
use crate::script::engine::interpreter::ThreadInterpreter;

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
    let [status, headers, cookies, body, may_be_framed] = parts.as_slice() else {
        return Err(vm.new_value_error("`wire` returns five values"));
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
    response.may_be_framed = may_be_framed.clone().is_true(vm)?;
    response.body = body_of(this, answer, body, vm)?;
    let length = response.headers.get("Content-Length");
    let length = length.and_then(|length| length.parse().ok());
    if let (Body::Stream(stream), Some(_)) = (&mut response.body, length) {
        stream.size = length;
    }
    Ok(response)
}

/// The body that `content` of the response `answer` stands for: bytes, what a file or the site gives, or a generator.
fn body_of(
    this: &ThreadInterpreter,
    answer: &PyObject,
    content: &PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<Body> {
    if let Some(bytes) = content.downcast_ref::<PyBytes>() {
        return Ok(Body::from(bytes.as_bytes().to_vec()));
    }
    if let Some(native) = content.downcast_ref::<NativeBody>() {
        return Ok(native.take());
    }
    let chunks = vm.call_method(content, "__iter__", ())?;
    Ok(body::stream(this.site(), chunks, answer.to_owned()).into())
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

/// `response` as an `HttpResponse`, for middleware.
pub(super) fn to_python(
    this: &ThreadInterpreter,
    response: Response,
    vm: &VirtualMachine,
) -> PyResult {
    let response = response.with_cookie_headers();
    let headers = convert::pairs(response.headers.iter(), vm);
    let body: PyObjectRef = match response.body.as_bytes() {
        Some(bytes) => vm.ctx.new_bytes(bytes.to_vec()).into(),
        None => NativeBody::new(response.body).into_ref(&vm.ctx).into(),
    };
    let unwire = this.own(HANDLER, "unwire", vm)?;
    let status = usize::from(response.status);
    unwire.call((status, headers, body, response.may_be_framed), vm)
}
