//! Attributes that most objects do not have.

use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

/// The attribute `name` of `object`, `None` where there is none.
///
/// The interpreter makes an exception of each attribute that it does not find; here none is made for usual objects.
pub(super) fn attribute(
    object: &PyObject,
    name: &'static str,
    vm: &VirtualMachine,
) -> PyResult<Option<PyObjectRef>> {
    let name = vm.ctx.intern_str(name);
    let class = object.class();
    let look_up = class.slots.getattro.load();
    let usual = vm.ctx.types.object_type.slots.getattro.load();
    let is_usual =
        matches!((look_up, usual), (Some(own), Some(usual)) if std::ptr::fn_addr_eq(own, usual));
    if is_usual && !class.has_attr(name) {
        return match object.dict() {
            Some(values) => values.get_item_opt(name, vm),
            None => Ok(None),
        };
    }
    vm.get_attribute_opt(object.to_owned(), name)
}
