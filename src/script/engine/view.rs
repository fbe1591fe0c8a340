//! A view in Python: a function of a request, or a class with `as_view`.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use rustpython_vm::builtins::{PyBaseExceptionRef, PyDictRef};
use rustpython_vm::function::{FuncArgs, KwArgs};
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::script::engine::attribute::attribute;
use crate::script::engine::call_stack::{self, PythonCall};
use crate::script::engine::entry::enter;
use crate::script::engine::interpreter::HANDLER;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::python_error::PythonError;
use crate::script::engine::{kept_exception, loading, python_error, request, response};
use crate::script::{PythonName, PythonSite};
use crate::templates::Context;
use crate::views::{HttpError, Request, View, ViewMarks};

/// A view in Python.
#[derive(Debug)]
pub(super) struct PythonView {
    site: Arc<PythonSite>,
    name: PythonName,
    marks: ViewMarks,
}

/// What a view in Python answers, as far as the site knows.
const METHODS: &str = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

/// The view called `name`; fails where it cannot be loaded.
pub(in crate::script) fn view(
    site: &Arc<PythonSite>,
    name: PythonName,
) -> Result<Box<dyn View>, Finding> {
    Ok(Box::new(load(site, name)?))
}

/// The same, to be called in another way than views are.
pub(super) fn load(site: &Arc<PythonSite>, name: PythonName) -> Result<PythonView, Finding> {
    let marks = enter(site, |this, vm| {
        let found = loading::object(this, &name, vm)?;
        if !found.is_callable() {
            let message = format!("`{name}` is neither a function nor a class");
            return Err(Finding::error("bad-view", message));
        }
        let view = this.own(HANDLER, "view_of", vm);
        let view = view.and_then(|view_of| view_of.call((found,), vm));
        let view = view.map_err(|error| PythonError::of(&error, vm).into_finding())?;
        Ok(marks_of(&view, vm))
    })?;
    site.has_views.store(true, Ordering::Relaxed);
    Ok(PythonView {
        site: Arc::clone(site),
        name,
        marks,
    })
}

/// What decorators have written on a view.
fn marks_of(view: &PyObject, vm: &VirtualMachine) -> ViewMarks {
    let mark = |name: &'static str| view.get_attr(name, vm).ok()?.is_true(vm).ok();
    ViewMarks {
        is_csrf_exempt: mark("csrf_exempt") == Some(true),
        is_open: mark("login_required") == Some(false),
        has_no_slash_added: mark("should_append_slash") == Some(false),
    }
}

impl View for PythonView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        enter(&self.site, |this, vm| {
            let answer = self.answer(this, request, vm);
            answer.map_err(|exception| python_error::http_error(&exception, vm))
        })
    }

    fn marks(&self) -> ViewMarks {
        self.marks
    }

    fn respond_to_error(
        &self,
        request: &Request<'_>,
        error: &HttpError,
        _: Context,
    ) -> Result<Response, HttpError> {
        enter(&self.site, |this, vm| {
            let answer = self.answer_to_error(this, request, error, vm);
            answer.map_err(|exception| python_error::http_error(&exception, vm))
        })
    }

    fn allowed(&self) -> &str {
        METHODS
    }

    fn answered_as<'m>(&self, method: &'m Method) -> &'m Method {
        method
    }

    fn python_name(&self) -> Option<String> {
        Some(self.name.to_string())
    }
}

/// What answers the requests of the view called `name`.
pub(super) fn made(this: &ThreadInterpreter, name: &PythonName, vm: &VirtualMachine) -> PyResult {
    this.made(&format!("view {name}"), || {
        let object = this.object(name, vm)?;
        this.own(HANDLER, "view_of", vm)?.call((object,), vm)
    })
}

impl PythonView {
    /// What it answers as the handler of `error`, with the arguments that Django's handlers have.
    fn answer_to_error(
        &self,
        this: &ThreadInterpreter,
        request: &Request<'_>,
        error: &HttpError,
        vm: &VirtualMachine,
    ) -> PyResult<Response> {
        let kind = match error {
            HttpError::Csrf(_) => "csrf".to_owned(),
            error => error.status().to_string(),
        };
        let message = error.messages().join(": ");
        let raised = kept_exception::take(error).map_or_else(|| vm.ctx.none(), Into::into);
        let handler = this.own(HANDLER, "call_handler", vm)?;
        self.answer_by(this, request, vm, |view, seen| {
            handler.call((view.clone(), seen.clone(), kind, message, raised), vm)
        })
    }

    fn answer(
        &self,
        this: &'static ThreadInterpreter,
        request: &Request<'_>,
        vm: &VirtualMachine,
    ) -> PyResult<Response> {
        let kwargs = request::arguments(request.kwargs(), vm)?;
        self.answer_by(this, request, vm, |view, seen| {
            call_view(view, seen, &kwargs, vm)
        })
    }

    /// What `call` makes of the view and the request in the interpreter of this thread.
    pub(super) fn respond_by(
        &self,
        request: &Request<'_>,
        call: impl FnOnce(&ThreadInterpreter, &VirtualMachine, &PyObjectRef, &PyObjectRef) -> PyResult,
    ) -> Result<Response, HttpError> {
        enter(&self.site, |this, vm| {
            let answer = self.answer_by(this, request, vm, |view, seen| call(this, vm, view, seen));
            answer.map_err(|exception| python_error::http_error(&exception, vm))
        })
    }

    /// What `call` makes of the view and the request, as the response of the site.
    fn answer_by(
        &self,
        this: &ThreadInterpreter,
        request: &Request<'_>,
        vm: &VirtualMachine,
        call: impl FnOnce(&PyObjectRef, &PyObjectRef) -> PyResult,
    ) -> PyResult<Response> {
        let view = made(this, &self.name, vm)?;
        let seen = request::seen(request, vm)?;
        let _on_stack = call_stack::push(PythonCall {
            request: seen.clone(),
            middleware: None,
        });
        let answer = call(&view, &seen)?;
        let answer = response::from_python(this, &self.name, &answer, vm)?;
        if let Some(native) = request::native_of(&seen, vm) {
            native.write_back(vm)?;
        }
        Ok(answer)
    }
}

/// What the view answers, or the middleware that sees it before and after.
fn call_view(
    view: &PyObjectRef,
    request: &PyObjectRef,
    kwargs: &PyDictRef,
    vm: &VirtualMachine,
) -> PyResult {
    let middleware = call_stack::middleware();
    let args = || vm.ctx.new_tuple(Vec::new());
    for process in middleware
        .iter()
        .filter_map(|made| made.process_view.as_ref())
    {
        let arguments = (request.clone(), view.clone(), args(), kwargs.clone());
        let answer = process.call(arguments, vm)?;
        if !vm.is_none(&answer) {
            return Ok(answer);
        }
    }
    let outermost_last = || middleware.iter().rev();
    let named = kwargs.items_vec().into_iter();
    let named = named.map(|(name, value)| (python_error::text(&name, vm), value));
    let arguments = FuncArgs::new(vec![request.clone()], named.collect::<KwArgs>());
    let mut answer = match view.call(arguments, vm) {
        Ok(answer) => answer,
        Err(exception) => {
            let processes = outermost_last().filter_map(|made| made.process_exception.as_ref());
            return answer_exception(processes, request, exception, vm);
        }
    };
    if let Some(render) = attribute(&answer, "render", vm)? {
        let processes = outermost_last().filter_map(|made| made.process_template_response.as_ref());
        let mut render = Some(render);
        for process in processes {
            answer = process.call((request.clone(), answer), vm)?;
            render = attribute(&answer, "render", vm)?;
            if render.is_none() {
                let message =
                    "`process_template_response` returns a response that is rendered, and not";
                let what = answer.class().name().to_owned();
                return Err(vm.new_value_error(format!("{message} {what}")));
            }
        }
        if let Some(render) = render {
            answer = render.call((), vm)?;
        }
    }
    Ok(answer)
}

/// The first answer that middleware has to `exception`, or the exception itself.
fn answer_exception<'m>(
    processes: impl Iterator<Item = &'m PyObjectRef>,
    request: &PyObjectRef,
    exception: PyBaseExceptionRef,
    vm: &VirtualMachine,
) -> PyResult {
    // Anything else than an `Exception` ends the view, whoever would like to see it.
    if exception.fast_isinstance(vm.ctx.exceptions.exception_type) {
        for process in processes {
            let answer = process.call((request.clone(), exception.clone()), vm);
            let answer = answer.inspect_err(|second| {
                // It was raised while the first one was answered.
                if second.__context__().is_none() {
                    second.set___context__(Some(exception.clone()));
                }
            })?;
            if !vm.is_none(&answer) {
                return Ok(answer);
            }
        }
    }
    Err(exception)
}
