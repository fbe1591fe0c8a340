//! Logging in and out on djr's own pages, as far as Python has a part in it: backends and receivers of the project.

use std::sync::Arc;

use rustpython_vm::builtins::PyTuple;
use rustpython_vm::function::IntoFuncArgs;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::script::PythonSite;
use crate::script::engine::entry::enter;
use crate::script::engine::interpreter::{ThreadInterpreter, import};
use crate::script::engine::{python_error, request};
use crate::views::{AuthenticatedKey, HttpError, Request};

/// Django's module that does the part of Python.
const MODULE: &str = "django.contrib.auth.djr";

/// The key of the user whom the backends of the settings let in.
pub(in crate::script::engine) fn authenticate(
    site: &Arc<PythonSite>,
    request: &Request<'_>,
    username: &str,
    password: &str,
) -> Result<Option<AuthenticatedKey>, HttpError> {
    ask(site, |this, vm| {
        let seen = request::seen(request, vm)?;
        let found = call(this, "authenticated", (seen, username, password), vm)?;
        let Some(found) = found.downcast_ref::<PyTuple>() else {
            return Ok(None);
        };
        let text = |place: usize| -> PyResult<String> {
            let part = found.as_slice().get(place).cloned();
            part.unwrap_or_else(|| vm.ctx.none()).try_into_value(vm)
        };
        Ok(Some(AuthenticatedKey {
            key: text(0)?,
            backend: text(1)?,
        }))
    })
}

/// Tells the receivers of `event` (`logged_in`, `logged_out` or `login_failed`), which is about `whom`.
pub(in crate::script::engine) fn tell(
    site: &Arc<PythonSite>,
    request: &Request<'_>,
    event: &'static str,
    whom: Option<&str>,
) -> Result<(), HttpError> {
    ask(site, |this, vm| {
        for module in receiver_modules(&this.site()) {
            import(&module, vm)?;
        }
        let seen = request::seen(request, vm)?;
        let whom = whom.map(ToOwned::to_owned);
        call(this, event, (seen, whom), vm).map(drop)
    })
}

fn ask<T>(
    site: &Arc<PythonSite>,
    work: impl FnOnce(&ThreadInterpreter, &VirtualMachine) -> PyResult<T>,
) -> Result<T, HttpError> {
    enter(site, |this, vm| {
        work(this, vm).map_err(|exception| python_error::http_error(&exception, vm))
    })
}

fn call(
    this: &ThreadInterpreter,
    function: &str,
    arguments: impl IntoFuncArgs,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    this.own(MODULE, function, vm)?.call(arguments, vm)
}

/// The modules in which apps say who hears of what.
fn receiver_modules(site: &PythonSite) -> Vec<String> {
    let apps = site.settings.project.apps.iter();
    let with_receivers =
        apps.filter(|app| site.root.join(app.as_str()).join("signals.py").is_file());
    with_receivers.map(|app| format!("{app}.signals")).collect()
}
