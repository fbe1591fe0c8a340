//! What native code reads of Python's objects.

use rustpython_vm::builtins::{PyInt, PyStr};
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

/// The attribute `name` of `object`; none where it is not there or `None`.
pub(super) fn optional(
    object: &PyObject,
    name: &'static str,
    vm: &VirtualMachine,
) -> PyResult<Option<PyObjectRef>> {
    let found = vm.get_attribute_opt(object.to_owned(), name)?;
    Ok(found.filter(|found| !vm.is_none(found)))
}

/// The text of the attribute `name` of `object`.
pub(super) fn text(object: &PyObject, name: &'static str, vm: &VirtualMachine) -> PyResult<String> {
    let found = object.get_attr(name, vm)?;
    text_of(&found, vm)
}

/// `object`, which must be text.
pub(super) fn text_of(object: &PyObject, vm: &VirtualMachine) -> PyResult<String> {
    if let Some(text) = object.downcast_ref::<PyStr>() {
        return Ok(text.to_string_lossy().into_owned());
    }
    let class = object.class().name().to_owned();
    Err(vm.new_type_error(format!("a name must be a str, and not {class}")))
}

/// Whether the attribute `name` of `object` is true.
pub(super) fn is_true(
    object: &PyObject,
    name: &'static str,
    vm: &VirtualMachine,
) -> PyResult<bool> {
    let found = vm.get_attribute_opt(object.to_owned(), name)?;
    found.map_or(Ok(false), |found| found.is_true(vm))
}

/// What the attribute `name` of `object` lists.
pub(super) fn list(
    object: &PyObject,
    name: &'static str,
    vm: &VirtualMachine,
) -> PyResult<Vec<PyObjectRef>> {
    match optional(object, name, vm)? {
        Some(list) => elements(&list, vm),
        None => Ok(Vec::new()),
    }
}

/// These texts as a list.
pub(super) fn texts(texts: Vec<String>, vm: &VirtualMachine) -> PyObjectRef {
    let texts = texts.into_iter();
    let texts = texts.map(|text| vm.ctx.new_str(text).into());
    vm.ctx.new_list(texts.collect()).into()
}

/// The elements of what can be iterated.
pub(super) fn elements(object: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
    vm.extract_elements_with(object, Ok)
}

/// What kind of expression `object` is, by its class; none where it is not an expression.
pub(super) fn form(object: &PyObject, vm: &VirtualMachine) -> Option<String> {
    let name = vm.ctx.intern_str("_djr_form");
    let found = object.class().get_attr(name)?;
    let found = found.downcast_ref::<PyStr>()?;
    Some(found.to_string_lossy().into_owned())
}

/// The whole number in `object`; none where it is not there, or none.
pub(super) fn number(
    object: &PyObject,
    name: &'static str,
    vm: &VirtualMachine,
) -> PyResult<Option<i64>> {
    let Some(found) = optional(object, name, vm)? else {
        return Ok(None);
    };
    let number = found.downcast_ref::<PyInt>();
    let number = number.and_then(|number| i64::try_from(number.as_bigint()).ok());
    let wrong = || vm.new_value_error(format!("`{name}` must be a whole number"));
    number.map(Some).ok_or_else(wrong)
}
