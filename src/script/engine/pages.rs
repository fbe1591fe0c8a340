//! Pages with something of Python in them: those that Python has made, and those of djr in which it has a part.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rustpython_vm::builtins::PyDict;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::diagnostic::Finding;
use crate::script::engine::call_stack::{self, CallOnStack, PythonCall};
use crate::script::engine::entry::enter;
use crate::script::engine::held_objects::{PageObjects, is_in_page};
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::page_names::PageNames;
use crate::script::engine::services::accounts;
use crate::script::engine::{
    form_code, loading, python_error, request, request_signals, template_value,
};
use crate::script::{PythonName, PythonSite};
use crate::templates::{Context, Templates};
use crate::views::{AccountEvent, AuthenticatedKey, HttpError, PageAddition, ProjectCode, Request};

thread_local! {
    /// Whether the page that Python has made is one for a request.
    static IS_FOR_REQUEST: Cell<bool> = const { Cell::new(true) };
}

/// What Python adds to pages.
#[derive(Debug)]
struct PythonPages {
    site: Arc<PythonSite>,
    processors: Vec<PythonName>,
    /// Whether pages that no Python makes have something of it, too.
    is_in_all: bool,
    /// Whether anybody hears of requests that come.
    hears_started: bool,
    /// Whether anybody hears of requests that are answered.
    hears_finished: bool,
}

/// Fails where the context processor `name` cannot be loaded.
pub(in crate::script) fn context_processor(
    site: &Arc<PythonSite>,
    name: &PythonName,
) -> Result<(), Finding> {
    enter(site, |this, vm| {
        let found = loading::object(this, name, vm)?;
        if found.is_callable() {
            return Ok(());
        }
        let message = format!("`{name}` cannot be called: a context processor is a function");
        Err(Finding::error("bad-context-processor", message))
    })
}

/// What Python adds to pages, with these context processors; `None` where the project names nothing in Python.
pub(in crate::script) fn code(
    site: &Arc<PythonSite>,
    processors: Vec<PythonName>,
) -> Option<Arc<dyn ProjectCode>> {
    let is_in_all = !processors.is_empty() || site.is_in_all_pages.load(Ordering::Relaxed);
    let has_part_in_accounts = !site.settings.auth.has_only_model_backend();
    if !is_in_all && !has_part_in_accounts && !site.has_views.load(Ordering::Relaxed) {
        return None;
    }
    let (hears_started, hears_finished) = enter(site, |_, vm| {
        let is_heard = |name| request_signals::is_heard(name, vm);
        (is_heard("request_started"), is_heard("request_finished"))
    });
    Some(Arc::new(PythonPages {
        hears_started,
        hears_finished,
        is_in_all,
        site: Arc::clone(site),
        processors,
    }))
}

impl ProjectCode for PythonPages {
    fn render(
        &self,
        request: &Request<'_>,
        make: &mut dyn FnMut(PageAddition) -> Result<String, HttpError>,
    ) -> Result<String, HttpError> {
        if !self.is_in_all && ThreadInterpreter::current().is_none() {
            return make(PageAddition::default());
        }
        // A form that could not be cleaned has no page.
        if let Some(failure) = form_code::take_failure() {
            return Err(failure);
        }
        enter(&self.site, |this, vm| {
            let is_of_python = is_in_page();
            let _objects = PageObjects::begin();
            let rendered = match self.addition(this, request, vm) {
                Ok(AdditionOnStack { addition, .. }) => make(addition),
                Err(exception) if is_of_python => {
                    let error = template_value::raised(exception, vm);
                    Err(HttpError::internal(error.to_string(), Vec::new()))
                }
                Err(exception) => return Err(python_error::http_error(&exception, vm)),
            };
            if is_of_python {
                return rendered;
            }
            finished(rendered, vm).map_err(|exception| python_error::http_error(&exception, vm))
        })
    }

    fn authenticate(
        &self,
        request: &Request<'_>,
        username: &str,
        password: &str,
    ) -> Option<Result<Option<AuthenticatedKey>, HttpError>> {
        if self.site.settings.auth.has_only_model_backend() {
            return None;
        }
        let found = accounts::authenticate(&self.site, request, username, password);
        Some(found)
    }

    fn tell(
        &self,
        request: &Request<'_>,
        event: AccountEvent,
        whom: Option<&str>,
    ) -> Result<(), HttpError> {
        let event = match event {
            AccountEvent::LoggedIn => "logged_in",
            AccountEvent::LoggedOut => "logged_out",
            // Whoever asked the backends of the project was told by them.
            AccountEvent::LoginFailed if !self.site.settings.auth.has_only_model_backend() => {
                return Ok(());
            }
            AccountEvent::LoginFailed => "login_failed",
        };
        accounts::tell(&self.site, request, event, whom)
    }

    fn request_started(&self, request: &Request<'_>) -> Result<(), HttpError> {
        // Whatever a request before has left.
        form_code::take_failure();
        if !self.hears_started {
            return Ok(());
        }
        self.send("request_started", request)
    }

    fn request_finished(&self, request: &Request<'_>) -> Result<(), HttpError> {
        if !self.hears_finished {
            return Ok(());
        }
        self.send("request_finished", request)
    }
}

/// What is added to a page, with the request on the stack for as long as it is made.
struct AdditionOnStack {
    addition: PageAddition,
    _on_stack: Option<CallOnStack>,
}

impl PythonPages {
    fn send(&self, signal: &str, request: &Request<'_>) -> Result<(), HttpError> {
        enter(&self.site, |_, vm| {
            let seen = request::to_python(request, vm);
            let sent = seen.and_then(|seen| request_signals::send(signal, seen, vm));
            sent.map_err(|exception| python_error::http_error(&exception, vm))
        })
    }

    fn addition(
        &self,
        this: &ThreadInterpreter,
        request: &Request<'_>,
        vm: &VirtualMachine,
    ) -> PyResult<AdditionOnStack> {
        let is_known = call_stack::innermost().is_some();
        let seen = request::seen(request, vm)?;
        let on_stack = (!is_known).then(|| {
            call_stack::push(PythonCall {
                request: seen.clone(),
                middleware: None,
            })
        });
        let mut context = Context::default();
        if IS_FOR_REQUEST.get() {
            for name in &self.processors {
                let names = this.object(name, vm)?.call((seen.clone(),), vm)?;
                context.extend(of_processor(name, &names, vm)?);
            }
        }
        Ok(AdditionOnStack {
            addition: PageAddition {
                context,
                request: Some(template_value::from_python(&seen, vm)),
            },
            _on_stack: on_stack,
        })
    }
}

fn of_processor(name: &PythonName, names: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Context> {
    if names.downcast_ref::<PyDict>().is_some() {
        return context_of(names, vm);
    }
    let what = names.class().name().to_owned();
    let message = format!("the context processor `{name}` did not return a dict but {what}");
    Err(vm.new_type_error(message))
}

/// Does `work`, in which a page is made that is one for a request or not.
pub(super) fn for_request<T>(is_for_request: bool, work: impl FnOnce() -> T) -> T {
    let before = IS_FOR_REQUEST.replace(is_for_request);
    let done = work();
    IS_FOR_REQUEST.set(before);
    done
}

/// The page, or what went wrong as Python sees it.
pub(super) fn finished(
    rendered: Result<String, HttpError>,
    vm: &VirtualMachine,
) -> PyResult<String> {
    let place = match &rendered {
        Err(HttpError::Template(error)) => error.excerpt.as_ref(),
        _ => None,
    };
    let place = place.map(|place| format!("{}, in the template", place.location));
    if let Some(exception) = template_value::take_raised(place) {
        return Err(exception);
    }
    rendered.map_err(|error| python_error::raise(error, vm))
}

/// The names and values of a dict, for a template.
pub(super) fn context_of(context: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Context> {
    let mut all = Context::default();
    if vm.is_none(context) {
        return Ok(all);
    }
    let Some(dict) = context.downcast_ref::<PyDict>() else {
        return Err(vm.new_type_error("the context of a template must be a dict"));
    };
    for (name, value) in dict.items_vec() {
        let name = name.str(vm)?;
        let value = template_value::from_python(&value, vm);
        all.set(name.to_string_lossy().into_owned(), value);
    }
    Ok(all)
}

/// The first of the templates `names` that is there.
pub(super) fn first_of<'n>(
    templates: &Templates,
    names: &'n [String],
    vm: &VirtualMachine,
) -> PyResult<&'n str> {
    let found = names.iter().find(|name| templates.has(name));
    found.map(String::as_str).ok_or_else(|| {
        let message = names.join(", ");
        python_error::exception_of("django.template", "TemplateDoesNotExist", &message, vm)
    })
}

/// What the template of a tag shows, which sees only the names of `context`, and the secret of forms as `page` knows it.
pub(super) fn include(
    templates: &Templates,
    names: &[String],
    context: &PyObjectRef,
    page: &PageNames,
    vm: &VirtualMachine,
) -> PyResult<String> {
    const SECRETS: [&str; 2] = ["csrf_input", "csrf_token"];
    let name = first_of(templates, names, vm)?;
    let _objects = PageObjects::begin();
    let mut all = Context::default();
    for secret in SECRETS {
        let page = Arc::clone(page.context());
        all.set_lazy(secret, move || page.get(secret).unwrap_or_default());
    }
    all.extend(context_of(context, vm)?);
    let rendered = templates.render(name, all).map(|(text, _)| text);
    finished(rendered.map_err(HttpError::from), vm)
}
