//! What `dict(other)` and `update` take over of a dictionary of another class.
//!
//! As in `CPython` these are the values that the dictionary holds, past a `__getitem__` of its class, unless the class goes
//! through its keys in a way of its own: `dict(request.GET)` has the lists.

use std::cell::Cell;
use std::sync::OnceLock;

use rustpython_vm::builtins::PyDict;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject as _, PyObjectRef, PyPayload as _, PyResult, VirtualMachine};

type Init = fn(PyObjectRef, FuncArgs, &VirtualMachine) -> PyResult<()>;

static ORIGINAL: OnceLock<Init> = OnceLock::new();

thread_local! {
    /// Whether the type of this thread is done, which all its interpreters share.
    static IS_INSTALLED: Cell<bool> = const { Cell::new(false) };
}

/// Has dictionaries of this thread copy others as `CPython` does.
pub(super) fn install(vm: &VirtualMachine) {
    let class = vm.ctx.types.dict_type;
    if IS_INSTALLED.replace(true) {
        return;
    }
    if let Some(original) = class.slots.init.load() {
        ORIGINAL.set(original).ok();
        class.slots.init.store(Some(init));
        // A shortcut past it.
        class.slots.vectorcall.store(None);
    }
    let name = vm.ctx.intern_str("update");
    if let Some(original) = class.get_attr(name) {
        let update = move |mut args: FuncArgs, vm: &VirtualMachine| {
            if let Some(other) = args.args.get_mut(1) {
                take_values(other, vm);
            }
            original.call(args, vm)
        };
        class.set_attr(name, vm.new_method("update", class, update).into());
    }
}

fn init(object: PyObjectRef, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    if let Some(other) = args.args.get_mut(0) {
        take_values(other, vm);
    }
    match ORIGINAL.get() {
        Some(original) => original(object, args, vm),
        None => Err(vm.new_system_error("a slot of a type was lost")),
    }
}

/// Puts a plain dictionary with the values of `other` in its place, if `other` is one of another class.
fn take_values(other: &mut PyObjectRef, vm: &VirtualMachine) {
    let Some(dict) = other.downcast_ref::<PyDict>() else {
        return;
    };
    let plain = vm.ctx.types.dict_type;
    let iter = vm.ctx.intern_str("__iter__");
    let is_as_it_is = match (other.class().get_attr(iter), plain.get_attr(iter)) {
        (Some(own), Some(usual)) => own.is(&usual),
        _ => false,
    };
    if other.class().is(plain) || !is_as_it_is {
        return;
    }
    *other = dict.copy().into_ref(&vm.ctx).into();
}
