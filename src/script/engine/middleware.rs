//! Middleware in Python: a class or function that takes `get_response` and returns what answers requests.
//!
//! Its `process_view`, `process_exception` and `process_template_response` see the views of the project that are Python.

use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::diagnostic::Finding;
use crate::http::Response;
use crate::middleware::{DetachedNext, Next, ProjectMiddleware};
use crate::script::engine::call_stack::{self, CalledMiddleware, PythonCall};
use crate::script::engine::entry::enter;
use crate::script::engine::interpreter::HANDLER;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::made_middleware::MadeMiddleware;
use crate::script::engine::python_error::PythonError;
use crate::script::engine::{loading, python_error, request, response};
use crate::script::{PythonName, PythonSite};
use crate::views::{HttpError, Request};

/// Middleware in Python.
#[derive(Debug)]
pub(super) struct PythonMiddleware {
    site: Arc<PythonSite>,
    name: PythonName,
}

/// The middleware called `name`; fails where it cannot be loaded or made.
pub(in crate::script) fn middleware(
    site: &Arc<PythonSite>,
    name: PythonName,
) -> Result<Arc<dyn ProjectMiddleware>, Finding> {
    enter(site, |this, vm| {
        loading::object(this, &name, vm)?;
        let made = made(this, &name, vm);
        made.map(drop)
            .map_err(|exception| PythonError::of(&exception, vm).into_finding())
    })?;
    // What it sets on the request is for the templates of all pages.
    site.is_in_all_pages.store(true, Ordering::Relaxed);
    Ok(Arc::new(PythonMiddleware {
        site: Arc::clone(site),
        name,
    }))
}

/// What answers requests; `None` where it says that it is not used.
fn made(
    this: &ThreadInterpreter,
    name: &PythonName,
    vm: &VirtualMachine,
) -> PyResult<Option<Rc<MadeMiddleware>>> {
    this.middleware(name, || {
        let factory = this.object(name, vm)?;
        let next = this.own("_djr", "get_response", vm)?;
        let make = this.own(HANDLER, "make_middleware", vm)?;
        let callable = make.call((factory, next), vm)?;
        if vm.is_none(&callable) {
            return Ok(None);
        }
        if callable.is_callable() {
            return Ok(Some(Rc::new(MadeMiddleware::of(callable, vm))));
        }
        let message = format!("`{name}` returned nothing that can be called");
        Err(vm.new_type_error(message))
    })
}

impl ProjectMiddleware for PythonMiddleware {
    fn run(&self, request: &mut Request<'_>, next: Next<'_>) -> Result<Response, HttpError> {
        enter(&self.site, |this, vm| {
            let answer = self.answer(this, request, next, vm);
            answer.map_err(|exception| python_error::http_error(&exception, vm))
        })
    }
}

impl PythonMiddleware {
    fn answer(
        &self,
        this: &'static ThreadInterpreter,
        request: &mut Request<'_>,
        next: Next<'_>,
        vm: &VirtualMachine,
    ) -> PyResult<Response> {
        let Some(made) = made(this, &self.name, vm)? else {
            return Ok(next.run(request));
        };
        let seen = request::seen(request, vm)?;
        let answer = Self::call(made, next.detached(), &seen, vm)?;
        let answer = response::from_python(this, &self.name, &answer, vm)?;
        if let Some(native) = request::native_of(&seen, vm) {
            native.write_back(vm)?;
            native.parts().give_to(request);
        }
        Ok(answer)
    }

    /// What it answers to `request` right behind other middleware in Python, which gets the response as it is; `None`
    /// where it is not used.
    pub(super) fn answer_within(
        &self,
        this: &'static ThreadInterpreter,
        request: &PyObject,
        next: DetachedNext,
        vm: &VirtualMachine,
    ) -> PyResult<Option<PyObjectRef>> {
        let Some(made) = made(this, &self.name, vm)? else {
            return Ok(None);
        };
        let answer = Self::call(made, next, request, vm)?;
        response::check(this, &self.name, &answer, vm)?;
        Ok(Some(answer))
    }

    /// What it returns for `request`, with `next` as what answers behind it.
    fn call(
        made: Rc<MadeMiddleware>,
        next: DetachedNext,
        request: &PyObject,
        vm: &VirtualMachine,
    ) -> PyResult {
        let answer = made.answer.clone();
        let _on_stack = call_stack::push(PythonCall {
            request: request.to_owned(),
            middleware: Some(CalledMiddleware { made, next }),
        });
        answer.call((request.to_owned(),), vm)
    }
}
