//! Actions of the admin that are functions in Python: `make_published(modeladmin, request, queryset)`.

use std::sync::Arc;

use rustpython_vm::{PyObjectRef, PyPayload as _, PyResult, VirtualMachine};

use crate::admin::{ActionCode, ActionFacts};
use crate::db::DatabaseAlias;
use crate::diagnostic::Finding;
use crate::http::Response;
use crate::query::Query;
use crate::script::engine::db::NativeQuery;
use crate::script::engine::entry::enter;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::loading;
use crate::script::engine::python_error::{self, PythonError};
use crate::script::engine::view::{self, PythonView};
use crate::script::{PythonName, PythonSite};
use crate::views::{HttpError, Request};

/// Django's module that knows of these functions.
const MODULE: &str = "django.contrib.admin.djr";

/// A function in Python, which is called as a view is.
#[derive(Debug)]
struct PythonAction {
    view: PythonView,
    facts: ActionFacts,
}

/// The function called `name`; fails where it cannot be loaded.
pub(in crate::script) fn admin_action(
    site: &Arc<PythonSite>,
    name: PythonName,
) -> Result<Arc<dyn ActionCode>, Finding> {
    let facts = enter(site, |this, vm| {
        let function = loading::object(this, &name, vm)?;
        let facts = facts(this, function, vm);
        facts.map_err(|error| PythonError::of(&error, vm).into_finding())
    })?;
    let view = view::load(site, name)?;
    Ok(Arc::new(PythonAction { view, facts }))
}

fn facts(
    this: &ThreadInterpreter,
    function: PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<ActionFacts> {
    let found = this.own(MODULE, "facts", vm)?.call((function,), vm)?;
    let found: Vec<PyObjectRef> = found.try_to_value(vm)?;
    let [description, permissions] = found.as_slice() else {
        return Err(vm.new_value_error("`facts` returns two values"));
    };
    Ok(ActionFacts {
        description: (!vm.is_none(description)).then(|| python_error::text(description, vm)),
        permissions: permissions.try_to_value(vm)?,
    })
}

impl ActionCode for PythonAction {
    fn facts(&self) -> &ActionFacts {
        &self.facts
    }

    fn run(&self, request: &Request<'_>, query: Query) -> Result<Response, HttpError> {
        self.view.respond_by(request, |this, vm, function, seen| {
            let label = query.model().to_string();
            let query = NativeQuery {
                query,
                alias: DatabaseAlias::default(),
            };
            let query: PyObjectRef = query.into_ref(&vm.ctx).into();
            let run = this.own(MODULE, "run", vm)?;
            run.call((function.clone(), seen.clone(), label, query), vm)
        })
    }
}
