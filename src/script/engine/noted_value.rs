//! What a page of djr's own knew, as the tests of a project look at it.

use rustpython_vm::{PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

use crate::script::engine::template_argument::to_python;
use crate::templates::value::Value;

/// An object of the templates of djr; Python asks it for its parts.
#[pyclass(module = "_djr", name = "NotedValue")]
#[derive(Debug, PyPayload)]
pub(super) struct NotedValue(Value);

/// What Python has in the place of `value`: the same, or where that is an object of djr's, what asks it for its parts.
pub(super) fn noted(value: Value, vm: &VirtualMachine) -> PyResult {
    let is_object = value.as_object().is_some() && value.as_str().is_none();
    let plain = to_python(&value, vm)?;
    // What is neither a text nor a container of djr's has a form of its own in Python.
    let has_own_form = !is_object || !is_text_or_container(&plain, vm);
    if has_own_form {
        return Ok(plain);
    }
    Ok(NotedValue(value).into_ref(&vm.ctx).into())
}

fn is_text_or_container(object: &PyObjectRef, vm: &VirtualMachine) -> bool {
    let types = &vm.ctx.types;
    [types.str_type, types.dict_type, types.list_type]
        .iter()
        .any(|kind| object.class().fast_issubclass(*kind))
}

#[pyclass]
impl NotedValue {
    /// The part called `name`; `None` where there is none, in a tuple where there is one.
    #[pymethod]
    fn part(&self, name: String, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        let part = self.0.get_attr(&name).unwrap_or_default();
        if part.is_undefined() {
            return Ok(None);
        }
        let part = noted(part, vm)?;
        Ok(Some(vm.ctx.new_tuple(vec![part]).into()))
    }

    /// What it has, in order; of a table the names.
    #[pymethod]
    fn items(&self, vm: &VirtualMachine) -> PyResult {
        let items = self.0.try_iter().into_iter().flatten();
        let items = items.map(|item| noted(item, vm));
        Ok(vm.ctx.new_list(items.collect::<PyResult<_>>()?).into())
    }

    /// The same as values of Python, with all that is in it.
    #[pymethod]
    fn plain(&self, vm: &VirtualMachine) -> PyResult {
        to_python(&self.0, vm)
    }

    /// Whether templates take it for true.
    #[pymethod]
    fn is_true(&self) -> bool {
        self.0.is_true()
    }

    /// How templates write it.
    #[pymethod]
    fn text(&self) -> String {
        self.0.to_string()
    }
}
