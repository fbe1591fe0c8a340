//! Responses: from Python to the site, and those of the site for Python's middleware.

use std::cell::RefCell;
use std::fmt::Display;

use rustpython_vm::builtins::{PyBytes, PyDict, PyList, PyStr, PyType};
use rustpython_vm::{Py, PyObject, PyObjectRef, PyPayload as _, PyResult, VirtualMachine};

use crate::http::{Body, Headers, Response};
use crate::script::engine::attribute::attribute;
use crate::script::engine::body::{self, NativeBody};
use crate::script::engine::interpreter::HANDLER;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::{call_stack, convert};

thread_local! {
    /// The last answer of a view behind middleware in Python.
    static LAST: RefCell<Option<LastAnswer>> = const { RefCell::new(None) };
}

/// What a view has returned, and what was made of it: middleware gets the same object where nobody changed it on the way.
struct LastAnswer {
    object: PyObjectRef,
    /// Its only chunk.
    content: PyObjectRef,
    status: u16,
    headers: Headers,
    may_be_framed: bool,
}

impl LastAnswer {
    fn is(&self, response: &Response) -> bool {
        let content = self.content.downcast_ref::<PyBytes>();
        self.status == response.status
            && self.may_be_framed == response.may_be_framed
            && response.cookies().is_empty()
            && response.body.as_bytes() == content.map(|content| content.as_bytes())
            && self.headers == response.headers
    }
}

/// Fails unless `answer`, what `from` returned, is a response.
pub(super) fn check(
    this: &ThreadInterpreter,
    from: &dyn Display,
    answer: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let class = this.own("django.http.response_base", "HttpResponseBase", vm)?;
    let is_plainly = class
        .downcast_ref::<PyType>()
        .is_some_and(|class| answer.class().fast_issubclass(class));
    if is_plainly || answer.is_instance(&class, vm)? {
        return Ok(());
    }
    let what = if vm.is_none(answer) {
        "None".to_owned()
    } else {
        format!("an object of type {}", answer.class().name())
    };
    let message = format!("`{from}` did not return an HttpResponse but {what}");
    Err(vm.new_value_error(message))
}

/// The response that `answer`, what a view or middleware of the name `from` returned, stands for.
pub(super) fn from_python(
    this: &ThreadInterpreter,
    from: &dyn Display,
    answer: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<Response> {
    check(this, from, answer, vm)?;
    let status = answer.get_attr("status_code", vm)?.try_to_value(vm)?;
    let mut response = Response::empty(status, headers_of(answer, vm)?);
    let cookies = answer.get_attr("_cookies", vm)?;
    if !vm.is_none(&cookies) {
        let lines = this.own(HANDLER, "cookie_lines", vm)?;
        let lines = lines.call((cookies,), vm)?;
        for cookie in lines.try_to_value::<Vec<PyObjectRef>>(vm)? {
            let cookie = cookie.str(vm)?;
            let cookie = cookie.to_string_lossy().into_owned();
            response.headers.append("Set-Cookie", cookie);
        }
    }
    if let Some(mark) = attribute(answer, "xframe_options_exempt", vm)? {
        response.may_be_framed = mark.is_true(vm)?;
    }
    let content = content_of(this, answer, vm)?;
    response.body = body_of(this, answer, &content, vm)?;
    let length = response.headers.get("Content-Length");
    let length = length.and_then(|length| length.parse().ok());
    if let (Body::Stream(stream), Some(_)) = (&mut response.body, length) {
        stream.size = length;
    }
    if call_stack::is_behind_middleware() && content.downcast_ref::<PyBytes>().is_some() {
        LAST.set(Some(LastAnswer {
            object: answer.to_owned(),
            content,
            status: response.status,
            headers: response.headers.clone(),
            may_be_framed: response.may_be_framed,
        }));
    }
    Ok(response)
}

fn headers_of(answer: &PyObject, vm: &VirtualMachine) -> PyResult<Headers> {
    let store = answer.get_attr("headers", vm)?.get_attr("_store", vm)?;
    let pairs = match store.downcast_ref::<PyDict>() {
        Some(store) => store.values_vec(),
        None => return Err(vm.new_type_error("the headers of a response are a dictionary")),
    };
    let mut headers = Headers::default();
    for pair in pairs {
        let (name, value) = header(&pair, vm)?;
        headers.append(name, value);
    }
    Ok(headers)
}

/// Puts a header into `store`, the dictionary of the headers of a response, under its name in small letters.
///
/// False, and nothing is done, unless both are text of printable ASCII.
pub(super) fn set_header(
    store: &Py<PyDict>,
    name: PyObjectRef,
    value: PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<bool> {
    fn plain<'o>(object: &'o PyObject, vm: &VirtualMachine) -> Option<&'o str> {
        let text = object.downcast_ref_if_exact::<PyStr>(vm)?.to_str()?;
        text.bytes()
            .all(|byte| matches!(byte, b' '..=b'~'))
            .then_some(text)
    }
    let (Some(key), Some(_)) = (plain(&name, vm), plain(&value, vm)) else {
        return Ok(false);
    };
    let key = key.to_ascii_lowercase();
    let pair = vm.ctx.new_tuple(vec![name.clone(), value]);
    store.set_item(key.as_str(), pair.into(), vm)?;
    Ok(true)
}

/// The content of `answer`: bytes, a native body, or what is iterated for bytes.
fn content_of(this: &ThreadInterpreter, answer: &PyObject, vm: &VirtualMachine) -> PyResult {
    if answer.get_attr("streaming", vm)?.is_true(vm)? {
        let streamed = this.own(HANDLER, "streamed", vm)?;
        return streamed.call((answer.to_owned(),), vm);
    }
    let container = answer.get_attr("_container", vm)?;
    if let Some(chunks) = container.downcast_ref::<PyList>()
        && let [chunk] = &*chunks.borrow_vec()
    {
        return Ok(chunk.clone());
    }
    let empty: PyObjectRef = vm.ctx.new_bytes(Vec::new()).into();
    vm.call_method(&empty, "join", (container,))
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
    let last = LAST.take();
    if let Some(last) = last.filter(|last| last.is(&response)) {
        return Ok(last.object);
    }
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
