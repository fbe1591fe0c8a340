//! What Python asks about a request: the native part of Django's `HttpRequest`.

use std::cell::{OnceCell, RefCell};
use std::io::Read as _;

use rustpython_vm::builtins::{PyDictRef, PyType};
use rustpython_vm::{
    PyObject, PyObjectRef, PyPayload, PyRef, PyResult, Traverse, VirtualMachine, pyclass,
};

use crate::http::{FormData, UploadedFile};
use crate::messages::Message;
use crate::middleware::csrf;
use crate::script::engine::interpreter::{HANDLER, ThreadInterpreter};
use crate::script::engine::session::PythonSession;
use crate::script::engine::{call_stack, convert, python_error, response};
use crate::urls::{ResolverMatch, UrlArgument};
use crate::views::{HttpError, Request, RequestParts, View, error_response};

/// The native part of a request.
#[pyclass(module = "_djr", name = "Request", traverse)]
#[derive(Debug, PyPayload)]
pub(super) struct NativeRequest {
    #[pytraverse(skip)]
    parts: RefCell<RequestParts>,
    #[pytraverse(skip)]
    form: OnceCell<FormData>,
    #[pytraverse(skip)]
    session: OnceCell<PyRef<PythonSession>>,
}

impl NativeRequest {
    fn new(parts: RequestParts) -> Self {
        Self {
            parts: RefCell::new(parts),
            form: OnceCell::new(),
            session: OnceCell::new(),
        }
    }

    /// What the request is made of.
    pub(super) fn parts(&self) -> RequestParts {
        self.parts.borrow().clone()
    }

    /// Has Python see what the site found out about the request since.
    pub(super) fn update(&self, parts: RequestParts) {
        *self.parts.borrow_mut() = parts;
    }

    /// Keeps what Python changed in the session.
    pub(super) fn write_back(&self, vm: &VirtualMachine) -> PyResult<()> {
        match self.session.get() {
            Some(session) => session.write_back(vm),
            None => Ok(()),
        }
    }

    fn form(&self, vm: &VirtualMachine) -> PyResult<&FormData> {
        if let Some(form) = self.form.get() {
            return Ok(form);
        }
        let read = self.parts.borrow().with(|request| request.form_data());
        let form = read.map_err(|error| python_error::raise(error.into(), vm))?;
        Ok(self.form.get_or_init(|| form))
    }
}

/// `request` as Python sees it: a `django.core.handlers.djr.ServerRequest`.
pub(super) fn to_python(request: &Request<'_>, vm: &VirtualMachine) -> PyResult {
    let native = NativeRequest::new(RequestParts::of(request)).into_ref(&vm.ctx);
    let this =
        ThreadInterpreter::current().ok_or_else(|| vm.new_runtime_error("no interpreter runs"))?;
    let class = this.own(HANDLER, "ServerRequest", vm)?;
    let class = class.downcast::<PyType>();
    let class = class.map_err(|_| vm.new_type_error("ServerRequest is not a class"))?;
    let path: PyObjectRef = vm.ctx.new_str(request.path.clone()).into();
    let method: PyObjectRef = vm.ctx.new_str(request.method.as_str().to_owned()).into();
    let names = vm.ctx.new_dict();
    names.set_item("_native", native.into(), vm)?;
    names.set_item("method", method, vm)?;
    names.set_item("path", path.clone(), vm)?;
    names.set_item("path_info", path, vm)?;
    Ok(vm.ctx.new_base_object(class, Some(names)))
}

/// `request` as Python sees it: the object that outer middleware has seen already, if any has.
pub(super) fn seen(request: &Request<'_>, vm: &VirtualMachine) -> PyResult {
    let outer = call_stack::innermost();
    let known = outer.and_then(|outer| {
        let native = native_of(&outer.request, vm)?;
        native.update(RequestParts::of(request));
        Some(outer.request)
    });
    known.map_or_else(|| to_python(request, vm), Ok)
}

/// The native part of what Python has of a request; `None` for one that the server did not get.
pub(super) fn native_of(request: &PyObject, vm: &VirtualMachine) -> Option<PyRef<NativeRequest>> {
    if let Some(native) = request.downcast_ref::<NativeRequest>() {
        return Some(native.to_owned());
    }
    let native = request.get_attr("_native", vm).ok()?;
    native.downcast::<NativeRequest>().ok()
}

/// What `request` is made of.
pub(super) fn parts_of(request: &PyObject, vm: &VirtualMachine) -> Option<RequestParts> {
    native_of(request, vm).map(|native| native.parts())
}

/// A value that a path captured.
pub(super) fn argument(value: &UrlArgument, vm: &VirtualMachine) -> PyObjectRef {
    match value {
        UrlArgument::Integer(number) => vm.ctx.new_int(*number).into(),
        UrlArgument::Text(text) => vm.ctx.new_str(text.clone()).into(),
        UrlArgument::Boolean(value) => vm.ctx.new_bool(*value).into(),
    }
}

/// The values that a path captured, by name.
pub(super) fn arguments(
    values: &[(String, UrlArgument)],
    vm: &VirtualMachine,
) -> PyResult<PyDictRef> {
    let dict = vm.ctx.new_dict();
    for (name, value) in values {
        dict.set_item(name.as_str(), argument(value, vm), vm)?;
    }
    Ok(dict)
}

/// What a path leads to, under the names of Django's `ResolverMatch`.
pub(super) fn resolver_match(
    found: &ResolverMatch<'_, Box<dyn View>>,
    vm: &VirtualMachine,
) -> PyResult<PyDictRef> {
    let pattern = found.pattern;
    let name = pattern.name.as_deref();
    let mut spaces: Vec<&str> = name.map_or_else(Vec::new, |name| name.split(':').collect());
    let url_name = spaces.pop();
    let text = |text: &str| -> PyObjectRef { vm.ctx.new_str(text.to_owned()).into() };
    let namespaces: Vec<_> = spaces.iter().map(|space| text(space)).collect();
    let dict = vm.ctx.new_dict();
    let own = pattern.view.python_name().unwrap_or_default();
    dict.set_item("func", text(&own), vm)?;
    dict.set_item("args", vm.ctx.new_tuple(Vec::new()).into(), vm)?;
    dict.set_item("kwargs", arguments(&found.kwargs, vm)?.into(), vm)?;
    dict.set_item("captured_kwargs", arguments(&found.kwargs, vm)?.into(), vm)?;
    dict.set_item("extra_kwargs", arguments(&pattern.kwargs, vm)?.into(), vm)?;
    let url_name = url_name.map_or_else(|| vm.ctx.none(), text);
    dict.set_item("url_name", url_name, vm)?;
    dict.set_item("app_names", vm.ctx.new_list(namespaces.clone()).into(), vm)?;
    dict.set_item("namespaces", vm.ctx.new_list(namespaces).into(), vm)?;
    dict.set_item("route", text(&pattern.trail.concat()), vm)?;
    Ok(dict)
}

/// Attributes.
#[pyclass]
impl NativeRequest {
    #[pygetset]
    fn method(&self) -> String {
        self.parts.borrow().http.method.as_str().to_owned()
    }

    #[pygetset]
    fn path(&self) -> String {
        self.parts.borrow().http.path.clone()
    }

    #[pygetset]
    fn path_info(&self) -> String {
        self.path()
    }

    #[pygetset]
    fn full_path(&self) -> String {
        self.parts.borrow().http.full_path()
    }

    #[pygetset]
    fn scheme(&self) -> &'static str {
        self.parts.borrow().http.scheme()
    }

    #[pygetset]
    fn host(&self) -> String {
        self.parts.borrow().http.host.clone()
    }

    #[pygetset]
    fn query_string(&self) -> String {
        self.parts.borrow().http.query.clone()
    }

    #[pygetset]
    fn content_type(&self) -> String {
        let parts = self.parts.borrow();
        let header = parts.http.headers.get("Content-Type").unwrap_or_default();
        header
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    }

    #[pygetset]
    fn remote_addr(&self) -> String {
        self.parts.borrow().http.peer.to_string()
    }

    #[pymethod]
    fn headers(&self, vm: &VirtualMachine) -> PyObjectRef {
        convert::pairs(self.parts.borrow().http.headers.iter(), vm)
    }

    #[pymethod]
    fn body(&self, vm: &VirtualMachine) -> PyObjectRef {
        let body = self.parts.borrow().http.body.as_bytes().to_vec();
        vm.ctx.new_bytes(body).into()
    }

    #[pymethod]
    fn get(&self, vm: &VirtualMachine) -> PyResult {
        let query = self.parts.borrow().with(|request| request.get());
        let query = query.map_err(|error| python_error::raise(error.into(), vm))?;
        Ok(convert::pairs(query.iter(), vm))
    }

    #[pymethod]
    fn post(&self, vm: &VirtualMachine) -> PyResult {
        Ok(convert::pairs(self.form(vm)?.fields.iter(), vm))
    }

    /// The files of a form: field, name, type, size, charset, path on disk, content in memory.
    #[pymethod]
    fn files(&self, vm: &VirtualMachine) -> PyResult {
        let files = self.form(vm)?.files.iter();
        let files = files.map(|(field, file)| uploaded(field, file, vm));
        Ok(vm.ctx.new_list(files.collect::<PyResult<_>>()?).into())
    }

    #[pygetset]
    fn session(&self, vm: &VirtualMachine) -> PyResult<PyRef<PythonSession>> {
        if let Some(session) = self.session.get() {
            return Ok(session.clone());
        }
        let parts = self.parts.borrow();
        let Some(session) = &parts.session else {
            return Err(vm.new_attribute_error(
                "the request has no session: `sessions` is not in `[project] middleware`",
            ));
        };
        let session = PythonSession::new(session, &parts.state.settings.sessions, vm);
        let session = session.into_ref(&vm.ctx);
        Ok(self.session.get_or_init(|| session).clone())
    }

    /// Whether there is a user to be asked for.
    #[pygetset]
    fn has_user(&self) -> bool {
        self.parts.borrow().user.is_some()
    }

    /// The key of who is logged in, as text; none of a visitor.
    #[pymethod]
    fn user_key(&self, vm: &VirtualMachine) -> PyResult<Option<String>> {
        let user = self.parts.borrow().user.clone();
        let found = user.map_or(Ok(None), |user| user.get());
        let found = found.map_err(|error| python_error::raise(error, vm))?;
        Ok(found.map(|user| user.pk.text().to_owned()))
    }

    #[pymethod]
    fn resolver_match(&self, vm: &VirtualMachine) -> PyResult {
        let parts = self.parts.borrow();
        match parts.urls.resolve(&parts.http.path) {
            Some(found) => Ok(resolver_match(&found, vm)?.into()),
            None => Ok(vm.ctx.none()),
        }
    }

    #[pymethod]
    fn csrf_token(&self, vm: &VirtualMachine) -> PyResult<String> {
        let parts = self.parts.borrow();
        let csrf = parts.csrf.as_ref();
        csrf.map(|csrf| csrf.token())
            .ok_or_else(|| vm.new_attribute_error("`csrf` is not in `[project] middleware`"))
    }

    /// Has djr look into the session again for the user.
    #[pymethod]
    fn forget_user(&self) {
        if let Some(user) = &self.parts.borrow().user {
            user.forget();
        }
    }

    /// Has the request have a secret for forms, without the middleware; whether it had none.
    #[pymethod]
    fn csrf_begin(&self) -> bool {
        let mut parts = self.parts.borrow_mut();
        if parts.csrf.is_some() {
            return false;
        }
        let made = parts.with(csrf::begin);
        parts.csrf = Some(made);
        true
    }

    /// The response that refuses a form of another site; None where it may be answered.
    #[pymethod]
    fn csrf_refusal(&self, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        let parts = self.parts();
        let refused = parts.with(|request| {
            let reason = csrf::refusal(request)?;
            Ok(reason.map(|reason| error_response(request, &HttpError::Csrf(reason))))
        });
        let refused = refused.map_err(|error| python_error::raise(error, vm))?;
        let this = ThreadInterpreter::current();
        let both = refused.zip(this);
        both.map(|(response, this)| response::to_python(this, response, vm))
            .transpose()
    }

    /// The value of `Set-Cookie` with the secret, where a page needs it.
    #[pymethod]
    fn csrf_cookie(&self) -> Option<String> {
        let parts = self.parts();
        let made = parts.csrf.clone()?;
        let cookie = parts.with(|request| csrf::cookie_to_send(request, &made))?;
        Some(cookie.header())
    }

    #[pymethod]
    fn rotate_csrf_token(&self) {
        if let Some(csrf) = &self.parts.borrow().csrf {
            csrf.rotate();
        }
    }

    #[pymethod]
    fn add_message(
        &self,
        level: i64,
        text: PyObjectRef,
        extra_tags: String,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let parts = self.parts.borrow();
        let Some(messages) = &parts.messages else {
            return Err(python_error::exception_of(
                "django.contrib.messages.api",
                "MessageFailure",
                "`messages` is not in `[project] middleware`",
                vm,
            ));
        };
        let is_safe = text.get_attr("__html__", vm).is_ok();
        let mut message = Message::new(level, python_error::text(&text, vm));
        message.is_safe = is_safe;
        message.extra_tags = Some(extra_tags);
        messages.add_of_any_level(message);
        Ok(())
    }

    #[pygetset]
    fn has_messages(&self) -> bool {
        self.parts.borrow().messages.is_some()
    }

    /// Whether the messages were shown.
    #[pymethod]
    fn messages_shown(&self) -> bool {
        let parts = self.parts.borrow();
        parts
            .messages
            .as_ref()
            .is_some_and(|messages| messages.are_shown())
    }

    /// Says whether the messages were shown.
    #[pymethod]
    fn set_messages_shown(&self, shown: bool) {
        if let Some(messages) = &self.parts.borrow().messages {
            messages.set_shown(shown);
        }
    }

    /// The messages for this client: level, text, tags, whether it is HTML. Only where `show` says so, they are shown by
    /// that.
    #[pymethod]
    fn messages(&self, show: bool, vm: &VirtualMachine) -> PyObjectRef {
        let parts = self.parts.borrow();
        let messages = parts.messages.as_ref().map(|messages| {
            if show {
                messages.show()
            } else {
                messages.peek()
            }
        });
        let messages = messages.unwrap_or_default().into_iter().map(|message| {
            let tags = message.extra_tags.unwrap_or_default();
            let parts = vec![
                vm.ctx.new_int(message.level).into(),
                vm.ctx.new_str(message.text).into(),
                vm.ctx.new_str(tags).into(),
                vm.ctx.new_bool(message.is_safe).into(),
            ];
            vm.ctx.new_tuple(parts).into()
        });
        vm.ctx.new_list(messages.collect()).into()
    }
}

/// What is told of a file: field, name, type, size, charset, path on disk, content in memory.
pub(super) fn uploaded(field: &str, file: &UploadedFile, vm: &VirtualMachine) -> PyResult {
    let text = |text: &str| -> PyObjectRef { vm.ctx.new_str(text.to_owned()).into() };
    let path = file
        .temporary_path()
        .map(|path| path.to_string_lossy().into_owned());
    let content = if path.is_some() {
        vm.ctx.none()
    } else {
        let mut content = Vec::new();
        let read = file
            .open()
            .and_then(|mut reader| reader.read_to_end(&mut content));
        read.map_err(|error| vm.new_runtime_error(error.to_string()))?;
        vm.ctx.new_bytes(content).into()
    };
    let parts = vec![
        text(field),
        text(file.name()),
        text(file.content_type()),
        vm.ctx.new_int(file.size()).into(),
        vm.ctx.none(),
        path.map_or_else(|| vm.ctx.none(), |path| text(&path)),
        content,
    ];
    Ok(vm.ctx.new_tuple(parts).into())
}
