//! Tags in Python: those that `register` of a module in `templatetags` has.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use rustpython_vm::builtins::{PyDict, PyStr};
use rustpython_vm::{PyObjectRef, PyPayload as _, PyResult, VirtualMachine};

use crate::diagnostic::Finding;
use crate::script::PythonSite;
use crate::script::engine::entry::enter;
use crate::script::engine::interpreter::{ThreadInterpreter, import};
use crate::script::engine::page_names::PageNames;
use crate::script::engine::python_error::PythonError;
use crate::script::engine::{loading, template_argument, template_value};
use crate::templates::value::{Error, Value};
use crate::templates::{OwnTag, TagPage};

/// A tag in Python.
struct PythonTag {
    site: Arc<PythonSite>,
    module: String,
    name: String,
    needs_context: bool,
}

/// The tags of `module`; fails where it cannot be loaded.
pub(in crate::script) fn tags(
    site: &Arc<PythonSite>,
    module: &str,
) -> Result<Vec<OwnTag>, Finding> {
    let tags = enter(site, |this, vm| {
        let loaded = loading::module(this, module, vm)?;
        let found = loaded
            .get_attr("register", vm)
            .and_then(|register| register.get_attr("tags", vm))
            .and_then(|tags| all_of(site, module, &tags, vm));
        // What is missing is told where the filters of the module are looked for.
        found.map_err(|error| PythonError::of(&error, vm).into_finding())
    })?;
    if !tags.is_empty() {
        site.is_in_all_pages.store(true, Ordering::Relaxed);
    }
    Ok(tags)
}

fn all_of(
    site: &Arc<PythonSite>,
    module: &str,
    tags: &PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<Vec<OwnTag>> {
    let tags = tags.downcast_ref::<PyDict>();
    let items = tags.map(|tags| tags.items_vec()).unwrap_or_default();
    let named = items.into_iter().filter_map(|(name, tag)| {
        let name = name.downcast_ref::<PyStr>()?.to_str()?.to_owned();
        Some((name, tag))
    });
    let own = named.map(|(name, tag)| {
        let end_name = tag.get_attr("end_name", vm)?;
        let end_name = (!vm.is_none(&end_name)).then(|| end_name.try_to_value(vm));
        let end_name = end_name.transpose()?;
        let python = PythonTag {
            site: Arc::clone(site),
            module: module.to_owned(),
            name: name.clone(),
            needs_context: tag.get_attr("needs_context", vm)?.is_true(vm)?,
        };
        Ok(OwnTag {
            name,
            end_name,
            run: Arc::new(move |page, args| python.run(page, args)),
        })
    });
    own.collect()
}

impl PythonTag {
    fn run(&self, page: &TagPage<'_>, args: &[Value]) -> Result<Value, Error> {
        enter(&self.site, |this, vm| {
            let answer = self.answer(this, page, args, vm);
            answer.map_err(|error| template_value::raised(error, vm))
        })
    }

    fn answer(
        &self,
        this: &ThreadInterpreter,
        page: &TagPage<'_>,
        args: &[Value],
        vm: &VirtualMachine,
    ) -> PyResult<Value> {
        let tag = this.made(&format!("tag {} {}", self.module, self.name), || {
            let register = import(&self.module, vm)?.get_attr("register", vm)?;
            register
                .get_attr("tags", vm)?
                .get_item(self.name.as_str(), vm)
        })?;
        let mut arguments = template_argument::arguments(args, vm)?;
        let context = if self.needs_context {
            let names = PageNames::new(page.context()).into_ref(&vm.ctx);
            let make = this.own("django.template.context", "PageContext", vm)?;
            make.call((names, page.is_escaped()), vm)?
        } else {
            vm.ctx.none()
        };
        arguments.prepend_arg(context);
        let answer = tag.call(arguments, vm)?;
        Ok(template_value::filtered(&answer, vm))
    }
}
