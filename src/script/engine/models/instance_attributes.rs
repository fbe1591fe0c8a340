//! The attributes of instances that pages ask for most, without running Python: the primary key, and rows that are known.

use rustpython_vm::builtins::{PyDict, PyStr, PyType, PyTypeRef};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{Constructor, GetDescriptor};
use rustpython_vm::{Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// The value of the primary key of `instance`.
pub(super) fn primary_key(instance: &PyObject, vm: &VirtualMachine) -> PyResult {
    let options = instance.get_attr("_meta", vm)?;
    let name = options.get_attr("pk", vm)?.get_attr("attname", vm)?;
    let name = name.downcast_ref::<PyStr>();
    let name = name.ok_or_else(|| vm.new_type_error("the name of an attribute must be a str"))?;
    instance.get_attr(name, vm)
}

/// What the descriptors of references are derived from: it answers with the row that an instance knows, and calls their
/// method `read` for one that it does not.
#[pyclass(module = "_djr_models", name = "KnownRow")]
#[derive(Debug, PyPayload)]
pub(super) struct KnownRow;

impl KnownRow {
    fn known(
        descriptor: &PyObject,
        instance: &PyObject,
        vm: &VirtualMachine,
    ) -> PyResult<Option<PyObjectRef>> {
        let part = |object: &PyObject, name: &'static str| match object.dict() {
            Some(values) => values.get_item_opt(name, vm),
            None => Ok(None),
        };
        let Some(state) = part(instance, "_state")? else {
            return Ok(None);
        };
        let (Some(rows), Some(field)) = (part(&state, "fields_cache")?, part(descriptor, "field")?)
        else {
            return Ok(None);
        };
        let Some(rows) = rows.downcast_ref::<PyDict>() else {
            return Ok(None);
        };
        let known = rows.get_item_opt(&*field.get_attr("name", vm)?, vm)?;
        Ok(known.filter(|row| !vm.is_none(row)))
    }
}

impl Constructor for KnownRow {
    type Args = FuncArgs;

    fn slot_new(class: PyTypeRef, _: FuncArgs, vm: &VirtualMachine) -> PyResult {
        Ok(Self.into_ref_with_type(vm, class)?.into())
    }

    fn py_new(_: &Py<PyType>, _: Self::Args, _: &VirtualMachine) -> PyResult<Self> {
        Ok(Self)
    }
}

impl GetDescriptor for KnownRow {
    fn descr_get(
        descriptor: PyObjectRef,
        instance: Option<PyObjectRef>,
        _: Option<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let Some(instance) = instance.filter(|instance| !vm.is_none(instance)) else {
            return Ok(descriptor);
        };
        match Self::known(&descriptor, &instance, vm)? {
            Some(row) => Ok(row),
            None => vm.call_method(&descriptor, "read", (instance,)),
        }
    }
}

#[pyclass(with(Constructor, GetDescriptor), flags(BASETYPE, HAS_DICT))]
impl KnownRow {}
