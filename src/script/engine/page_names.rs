//! The names that a page knows where a tag in Python stands.

use std::sync::Arc;

use rustpython_vm::{PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

use crate::script::engine::template_argument::to_python;
use crate::script::engine::{call_stack, noted_value, template_value};
use crate::templates::{Context, PageContext};

/// The names that a page knows.
#[pyclass(module = "_djr", name = "PageNames")]
#[derive(Debug, PyPayload)]
pub(super) struct PageNames(Arc<PageContext>);

impl PageNames {
    pub(super) fn new(context: PageContext) -> Self {
        Self(Arc::new(context))
    }

    /// The names of `context`, which no page is made of any more.
    pub(super) fn of(context: Context) -> Self {
        Self::new(PageContext::of(context))
    }

    /// The same for the engine.
    pub(super) fn context(&self) -> &Arc<PageContext> {
        &self.0
    }
}

#[pyclass]
impl PageNames {
    /// The value of `name`; `KeyError` where the page does not know it.
    #[pymethod]
    fn get(&self, name: String, vm: &VirtualMachine) -> PyResult {
        match self.0.get(&name) {
            Some(value) => to_python(&value, vm),
            None => Err(vm.new_key_error(vm.ctx.new_str(name).into())),
        }
    }

    /// The same for the tests of a project, which look at the parts of djr's own objects.
    #[pymethod]
    fn noted(&self, name: String, vm: &VirtualMachine) -> PyResult {
        noted_value::noted(self.0.get(&name).unwrap_or_default(), vm)
    }

    /// Whether the value of `name` is made when it is asked for.
    #[pymethod]
    fn is_lazy(&self, name: String) -> bool {
        self.0.is_lazy(&name)
    }

    #[pymethod]
    fn names(&self, vm: &VirtualMachine) -> PyObjectRef {
        let names = self.0.names().into_iter();
        let names = names.map(|name| vm.ctx.new_str(name).into());
        vm.ctx.new_list(names.collect()).into()
    }

    /// Has the rest of the page know `name`.
    #[pymethod]
    fn set(&self, name: String, value: PyObjectRef, vm: &VirtualMachine) {
        self.0.set(&name, template_value::filtered(&value, vm));
    }

    /// The request that is answered, if one is.
    #[pymethod]
    fn request(&self, vm: &VirtualMachine) -> PyObjectRef {
        call_stack::innermost().map_or_else(|| vm.ctx.none(), |call| call.request)
    }
}
