//! Filters in Python: those that `register` of a module in `templatetags` has.

use std::sync::Arc;

use rustpython_vm::builtins::{PyDict, PyStr};
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::diagnostic::Finding;
use crate::script::engine::entry::enter;
use crate::script::engine::interpreter::{ThreadInterpreter, import};
use crate::script::engine::python_error::PythonError;
use crate::script::engine::{loading, template_argument, template_value};
use crate::script::{OwnFilter, PythonSite};
use crate::templates::value::{Error, Value};

/// A filter in Python.
struct PythonFilter {
    site: Arc<PythonSite>,
    module: String,
    name: String,
}

/// The filters of `module`; fails where it cannot be loaded.
pub(in crate::script) fn filters(
    site: &Arc<PythonSite>,
    module: &str,
) -> Result<Vec<OwnFilter>, Finding> {
    let names = enter(site, |this, vm| {
        let loaded = loading::module(this, module, vm)?;
        let register = loaded.get_attr("register", vm);
        let filters = register.and_then(|register| register.get_attr("filters", vm));
        let filters = filters.map_err(|error| {
            let finding = PythonError::of(&error, vm).into_finding();
            finding.hint("write `register = template.Library()` into the module")
        })?;
        Ok::<_, Finding>(names_of(&filters))
    })?;
    let filters = names.into_iter().map(|name| {
        let filter = PythonFilter {
            site: Arc::clone(site),
            module: module.to_owned(),
            name: name.clone(),
        };
        let run = move |value: &Value, args: &[Value], is_escaped: bool| {
            filter.run(value, args, is_escaped)
        };
        OwnFilter {
            name,
            run: Arc::new(run),
        }
    });
    Ok(filters.collect())
}

fn names_of(filters: &PyObjectRef) -> Vec<String> {
    let dict = filters.downcast_ref::<PyDict>();
    let keys = dict.map(|dict| dict.keys_vec()).unwrap_or_default();
    let names = keys
        .iter()
        .filter_map(|key| key.downcast_ref::<PyStr>()?.to_str());
    names.map(ToOwned::to_owned).collect()
}

impl PythonFilter {
    fn run(&self, value: &Value, args: &[Value], is_escaped: bool) -> Result<Value, Error> {
        enter(&self.site, |this, vm| {
            let filtered = self.filtered(this, value, args, is_escaped, vm);
            filtered.map_err(|error| template_value::raised(error, vm))
        })
    }

    fn filtered(
        &self,
        this: &ThreadInterpreter,
        value: &Value,
        args: &[Value],
        is_escaped: bool,
        vm: &VirtualMachine,
    ) -> PyResult<Value> {
        let key = format!("filter {} {}", self.module, self.name);
        let function = this.made(&key, || {
            let module = import(&self.module, vm)?;
            let filters = module.get_attr("register", vm)?.get_attr("filters", vm)?;
            filters.get_item(self.name.as_str(), vm)
        })?;
        let has = |flag: &'static str| {
            let flag = function.get_attr(flag, vm);
            flag.is_ok_and(|flag| flag.is_true(vm).unwrap_or(false))
        };
        let mut arguments = template_argument::arguments(args, vm)?;
        arguments.prepend_arg(template_argument::to_python(value, vm)?);
        if has("needs_autoescape") {
            let is_escaped = vm.ctx.new_bool(is_escaped).into();
            arguments.kwargs.insert("autoescape".to_owned(), is_escaped);
        }
        let answer = function.call(arguments, vm)?;
        let answer = template_value::filtered(&answer, vm);
        // A safe filter leaves what was marked as HTML marked.
        match answer.as_str() {
            Some(text) if value.is_safe() && has("is_safe") => {
                Ok(Value::from_safe_string(text.to_owned()))
            }
            _ => Ok(answer),
        }
    }
}
