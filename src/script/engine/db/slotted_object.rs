//! Objects of Python's own library that are made without running its code, which is slow: days, moments, decimals.
//!
//! Their classes keep what they are in slots; where a class does not have these, it is called.

use rustpython_vm::builtins::{PyStrInterned, PyTypeRef};
use rustpython_vm::types::PyTypeFlags;
use rustpython_vm::{AsObject as _, PyObjectRef, PyResult, VirtualMachine};

use crate::script::engine::interpreter::ThreadInterpreter;

/// A slot, and what it holds.
pub(super) struct Slot {
    name: &'static PyStrInterned,
    pub(super) value: PyObjectRef,
}

impl Slot {
    pub(super) fn new(name: &'static str, value: PyObjectRef, vm: &VirtualMachine) -> Self {
        Self {
            name: vm.ctx.intern_str(name),
            value,
        }
    }
}

/// The class `name` of the module `module`.
pub(super) fn class(module: &str, name: &str, vm: &VirtualMachine) -> PyResult<PyTypeRef> {
    let this = ThreadInterpreter::current();
    let this = this.ok_or_else(|| vm.new_runtime_error("no interpreter runs"))?;
    let class = this.own(module, name, vm)?.downcast();
    class.map_err(|_| vm.new_type_error(format!("{module}.{name} is not a class")))
}

/// An object of `class` whose slots hold this; none where the class has others.
pub(super) fn made(
    class: &PyTypeRef,
    slots: Vec<Slot>,
    vm: &VirtualMachine,
) -> PyResult<Option<PyObjectRef>> {
    let has_dict = class.slots.flags.contains(PyTypeFlags::HAS_DICT);
    if has_dict || slots.iter().any(|slot| !class.has_attr(slot.name)) {
        return Ok(None);
    }
    let object = vm.ctx.new_base_object(class.clone(), None);
    for Slot { name, value } in slots {
        object.as_object().set_attr(name, value, vm)?;
    }
    Ok(Some(object))
}
