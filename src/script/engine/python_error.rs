//! What went wrong in Python, and where: file, line, column, the lines around, and the calls that led there.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rustpython_vm::builtins::{PyBaseException, PyBaseExceptionRef};
use rustpython_vm::frame::Frame;
use rustpython_vm::{AsObject as _, Py, PyObjectRef, PyRef, VirtualMachine};

use crate::diagnostic::{Finding, Location};
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::{
    call_stack, commands, import_mistake, kept_exception, request_signals, site_error,
    template_place, traced_locals, watchdog,
};
use crate::templates::Excerpt;
use crate::views::{HttpError, InternalError, TracedCall};

/// What went wrong in Python.
pub(super) struct PythonError {
    /// The exception and its message, then those that it came of.
    messages: Vec<String>,
    /// The innermost place in the project.
    location: Option<Location>,
    /// The calls that led there, the outermost first.
    calls: Vec<TracedCall>,
}

impl PythonError {
    /// What `exception` tells.
    pub(super) fn of(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> Self {
        let root = root();
        let syntax = syntax_place(exception, &root, vm);
        let mut places = places(exception, &root);
        if places.is_empty() && syntax.is_none() {
            // Nothing of the project has a part in it: then it is told where it was raised.
            places = self::places(exception, Path::new(""));
        }
        let is_own = |place: &&PythonPlace| place.location.path.starts_with(&root);
        let calls = places.iter().map(|place| place.traced(vm));
        let mut calls: Vec<_> = calls.collect();
        template_place::insert(&mut calls);
        Self {
            messages: messages(exception, vm),
            location: syntax.or_else(|| {
                let own = places.last().filter(is_own);
                own.map(|place| place.location.clone())
            }),
            calls,
        }
    }

    /// The same as a finding; `None` as its place where nothing of the project has a part in it.
    pub(super) fn into_finding(self) -> Finding {
        let mut messages = self.messages.into_iter();
        let mut finding = Finding::error("python", messages.next().unwrap_or_default());
        finding.hints.extend(messages);
        if self.calls.len() > 1 || self.location.is_none() {
            let calls: Vec<_> = self.calls.into_iter().map(|call| call.text).collect();
            let calls = calls.join("\n");
            finding
                .hints
                .push(format!("the calls that led there:\n{calls}"));
        }
        finding.location = self.location;
        finding
    }

    fn into_http_error(self) -> HttpError {
        let mut error = InternalError::new(self.messages, Vec::new());
        error.excerpt = self.location.as_ref().and_then(Excerpt::read);
        error.traceback = self.calls;
        error.into()
    }
}

/// The answer of the site to an exception that no code of the project caught.
pub(super) fn http_error(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> HttpError {
    // What ends the call must not end its report, too.
    let quiet = watchdog::quiet();
    let failure = call_stack::take_failure();
    let is_answer = site_error::site_error(vm).is_ok_and(|class| exception.fast_isinstance(&class));
    if is_answer && let Some(failure) = failure {
        return failure;
    }
    let is_a = |module: &str, name: &str| {
        ThreadInterpreter::current()
            .and_then(|this| this.own(module, name, vm).ok())
            .is_some_and(|class| {
                exception
                    .as_object()
                    .is_instance(&class, vm)
                    .unwrap_or(false)
            })
    };
    let message = || text_of(exception, vm);
    let error = if is_a("django.http", "Http404") {
        HttpError::NotFound(message())
    } else if is_a("django.core.exceptions", "PermissionDenied") {
        HttpError::Forbidden(message())
    } else if is_a("django.core.exceptions", "SuspiciousOperation")
        || is_a("django.core.exceptions", "BadRequest")
    {
        HttpError::BadRequest(message())
    } else {
        commands::note_raised(exception);
        let told = PythonError::of(exception, vm);
        drop(quiet);
        request_signals::failed(exception, vm);
        return told.into_http_error();
    };
    kept_exception::keep(exception, &error);
    error
}

/// The directory of the project.
fn root() -> PathBuf {
    let root = ThreadInterpreter::current().map(|this| this.site().root.clone());
    root.unwrap_or_default()
}

/// A call in the code of the project.
struct PythonPlace {
    location: Location,
    function: String,
    frame: PyRef<Frame>,
}

impl PythonPlace {
    fn traced(&self, vm: &VirtualMachine) -> TracedCall {
        TracedCall {
            text: self.to_line(),
            locals: traced_locals::of(&self.frame, vm),
        }
    }

    fn to_line(&self) -> String {
        let mut line = format!("{}, in {}", self.location, self.function);
        if let Some(text) = line_of(&self.location) {
            // Writing to a string cannot fail.
            let _ = write!(line, "\n    {}", text.trim());
        }
        line
    }
}

fn line_of(location: &Location) -> Option<String> {
    let text = std::fs::read_to_string(&location.path).ok()?;
    text.lines()
        .nth(location.line.checked_sub(1)?)
        .map(ToOwned::to_owned)
}

/// The places in the project that `exception` came through, the outermost first.
fn places(exception: &Py<PyBaseException>, root: &Path) -> Vec<PythonPlace> {
    let mut places = Vec::new();
    let mut entry = exception.__traceback__();
    while let Some(traceback) = entry {
        let code = &traceback.frame.code;
        let path = PathBuf::from(code.source_path().as_str());
        if path.starts_with(root) {
            let index = usize::try_from(traceback.lasti / 2).unwrap_or_default();
            let start = code.locations.get(index).map(|(start, _)| *start);
            let line = traceback.lineno.get();
            let column = start
                .filter(|start| start.line.get() == line)
                .map_or(1, |start| start.character_offset.get());
            places.push(PythonPlace {
                location: Location { path, line, column },
                function: code.obj_name.as_str().to_owned(),
                frame: traceback.frame.clone(),
            });
        }
        let next = Option::clone(&traceback.next.lock());
        entry = next;
    }
    places
}

/// Where a `SyntaxError` is.
fn syntax_place(
    exception: &PyBaseExceptionRef,
    root: &Path,
    vm: &VirtualMachine,
) -> Option<Location> {
    if !exception.fast_isinstance(vm.ctx.exceptions.syntax_error) {
        return None;
    }
    let attribute = |name: &'static str| exception.as_object().get_attr(name, vm).ok();
    let number = |name| attribute(name)?.try_to_value::<usize>(vm).ok();
    let path: PathBuf = attribute("filename")?.str_utf8(vm).ok()?.as_str().into();
    path.starts_with(root).then(|| Location {
        path,
        line: number("lineno").unwrap_or(1),
        column: number("offset").unwrap_or(1).max(1),
    })
}

/// The exception with its message, then those it came of.
fn messages(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> Vec<String> {
    const LONGEST: usize = 5;
    let mut messages = vec![message(exception, vm)];
    let mut current = exception.clone();
    while messages.len() < LONGEST {
        let (cause, context) = (current.__cause__(), current.__context__());
        let (what, next) = match (cause, context) {
            (Some(cause), _) => ("because of", cause),
            (None, Some(context)) if !is_suppressed(&current, vm) => ("after", context),
            _ => break,
        };
        messages.push(format!("{what} {}", message(&next, vm)));
        current = next;
    }
    messages
}

fn is_suppressed(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> bool {
    let suppressed = exception.as_object().get_attr("__suppress_context__", vm);
    suppressed.is_ok_and(|value| value.is_true(vm).unwrap_or(false))
}

/// Where `exception` was raised, and what it says.
pub(super) fn one_line(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> String {
    let message = message(exception, vm);
    match places(exception, &root()).last() {
        Some(place) => format!("{}: {message}", place.location),
        None => message,
    }
}

/// What `exception` says, and the calls that led there, the innermost first.
pub(super) fn whole_line(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> String {
    let error = PythonError::of(exception, vm);
    let calls = error.calls.iter().rev();
    let calls = calls.filter_map(|call| call.text.lines().next());
    let calls: Vec<_> = calls.collect();
    let mut line = error.messages.join("; ");
    if !calls.is_empty() {
        let _ = write!(line, " ({})", calls.join("; called from "));
    }
    line
}

/// How many calls in the project `exception` came through.
pub(super) fn call_count(exception: &PyBaseExceptionRef) -> usize {
    places(exception, &root()).len()
}

/// `ZeroDivisionError: division by zero`.
fn message(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> String {
    let class = exception.class().name().to_owned();
    let text = if exception.fast_isinstance(vm.ctx.exceptions.syntax_error) {
        let message = exception.as_object().get_attr("msg", vm);
        message.map_or_else(|_| String::new(), |message| text(&message, vm))
    } else {
        text_of(exception, vm)
    };
    let text = import_mistake::with_nearest(exception, text, vm);
    if text.is_empty() {
        class
    } else {
        format!("{class}: {text}")
    }
}

fn text_of(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> String {
    text(exception.as_object(), vm)
}

/// What `str` says of `object`; nothing where that fails.
pub(super) fn text(object: &rustpython_vm::PyObject, vm: &VirtualMachine) -> String {
    let text = object.str(vm);
    text.map_or_else(
        |_| String::new(),
        |text| text.to_string_lossy().into_owned(),
    )
}

/// Has Python see that the site could not do something.
pub(super) fn raise(error: HttpError, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let message = error.messages().join(": ");
    call_stack::fail(error);
    match site_error::site_error(vm) {
        Ok(class) => vm.new_exception_msg(class, message.into()),
        Err(error) => error,
    }
}

/// An exception of Django's, called `name` in `module`.
pub(super) fn exception_of(
    module: &str,
    name: &str,
    message: &str,
    vm: &VirtualMachine,
) -> PyBaseExceptionRef {
    let made = ThreadInterpreter::current()
        .ok_or_else(|| vm.new_runtime_error("no interpreter runs"))
        .and_then(|this| this.own(module, name, vm))
        .and_then(|class| class.call((message,), vm))
        .and_then(|exception: PyObjectRef| {
            let exception = exception.downcast::<PyBaseException>();
            exception.map_err(|_| vm.new_type_error(format!("{module}.{name} is not an exception")))
        });
    made.unwrap_or_else(|error| error)
}
