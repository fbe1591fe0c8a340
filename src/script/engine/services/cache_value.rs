//! Values of caches as Python has them.
//!
//! Plain values are read and written without Python. All else is what Python's `pickle` makes of it, in a frozen module
//! that says which classes may come back.

use rustpython_vm::builtins::{
    PyBaseExceptionRef, PyBytes, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PySet, PyStr, PyTuple,
};
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::cache::{CacheEntry, CacheValue};
use crate::http::SharedBytes;
use crate::script::engine::interpreter::ThreadInterpreter;

/// The module that pickles objects.
const PICKLES: &str = "django.core.cache.backends.pickles";

/// How deep lists and dictionaries may hold others.
const DEPTH: usize = 200;

/// What there is, as Python has it; `None` where there is nothing, or what cannot be read.
pub(super) fn to_python(entry: &CacheEntry, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    match entry {
        CacheEntry::Missing => Ok(None),
        CacheEntry::Found(value) => value_to_python(value, vm).map(Some),
        CacheEntry::Unreadable(stored) => {
            let loads = own("loads", vm)?;
            let found = loads.call((vm.ctx.new_bytes(stored.to_vec()),), vm)?;
            // In a tuple, as the value may be None.
            let found = found.downcast_ref::<PyTuple>();
            Ok(found.and_then(|found| found.as_slice().first().cloned()))
        }
    }
}

/// `object` as a cache keeps it.
pub(super) fn from_python(object: &PyObject, vm: &VirtualMachine) -> PyResult<CacheValue> {
    if let Some(value) = plain(object, DEPTH, vm) {
        return Ok(value);
    }
    if object.class().is(&own("SafeString", vm)?)
        && let Some(text) = object
            .downcast_ref::<PyStr>()
            .and_then(|text| text.to_str())
    {
        return Ok(CacheValue::SafeText(text.to_owned()));
    }
    let pickled = own("dumps", vm)?.call((object.to_owned(),), vm)?;
    let bytes = pickled.downcast_ref::<PyBytes>();
    let bytes = bytes.map(|bytes| SharedBytes::from(bytes.as_bytes().to_vec()));
    bytes
        .map(CacheValue::Object)
        .ok_or_else(|| vm.new_type_error("a pickle must be bytes"))
}

fn own(name: &str, vm: &VirtualMachine) -> PyResult {
    let this: Result<_, PyBaseExceptionRef> =
        ThreadInterpreter::current().ok_or_else(|| vm.new_runtime_error("no interpreter runs"));
    this?.own(PICKLES, name, vm)
}

/// `value` as Python has it; a pickle stays bytes.
pub(super) fn value_to_python(value: &CacheValue, vm: &VirtualMachine) -> PyResult {
    let all = |items: &[CacheValue]| -> PyResult<Vec<PyObjectRef>> {
        items.iter().map(|item| value_to_python(item, vm)).collect()
    };
    Ok(match value {
        CacheValue::None => vm.ctx.none(),
        CacheValue::Bool(truth) => vm.ctx.new_bool(*truth).into(),
        CacheValue::Int(number) => vm.ctx.new_int(*number).into(),
        CacheValue::BigInt(digits) => {
            let int: PyObjectRef = vm.ctx.types.int_type.to_owned().into();
            int.call((digits.as_str(),), vm)?
        }
        CacheValue::Float(number) => vm.ctx.new_float(*number).into(),
        CacheValue::Text(text) => vm.ctx.new_str(text.clone()).into(),
        CacheValue::SafeText(text) => own("SafeString", vm)?.call((text.as_str(),), vm)?,
        CacheValue::Bytes(bytes) | CacheValue::Object(bytes) => {
            vm.ctx.new_bytes(bytes.to_vec()).into()
        }
        CacheValue::List(items) => vm.ctx.new_list(all(items)?).into(),
        CacheValue::Tuple(items) => vm.ctx.new_tuple(all(items)?).into(),
        CacheValue::Dict(items) => {
            let dict = vm.ctx.new_dict();
            for (key, value) in items {
                let key = value_to_python(key, vm)?;
                dict.set_item(&*key, value_to_python(value, vm)?, vm)?;
            }
            dict.into()
        }
        CacheValue::Set(items) => {
            let kind: PyObjectRef = vm.ctx.types.set_type.to_owned().into();
            kind.call((vm.ctx.new_list(all(items)?),), vm)?
        }
        CacheValue::FrozenSet(items) => {
            let kind: PyObjectRef = vm.ctx.types.frozenset_type.to_owned().into();
            kind.call((vm.ctx.new_list(all(items)?),), vm)?
        }
    })
}

/// `object` where nothing in it is of another class than those of the language.
fn plain(object: &PyObject, depth: usize, vm: &VirtualMachine) -> Option<CacheValue> {
    let depth = depth.checked_sub(1)?;
    let all = |items: &[PyObjectRef]| -> Option<Vec<CacheValue>> {
        items.iter().map(|item| plain(item, depth, vm)).collect()
    };
    if vm.is_none(object) {
        return Some(CacheValue::None);
    }
    let (class, types) = (object.class(), &vm.ctx.types);
    if class.is(types.bool_type) {
        return Some(CacheValue::Bool(object.is(&vm.ctx.true_value)));
    }
    if let Some(text) = object.downcast_ref_if_exact::<PyStr>(vm) {
        return text.to_str().map(CacheValue::from);
    }
    if let Some(number) = object.downcast_ref_if_exact::<PyInt>(vm) {
        let number = number.as_bigint();
        return Some(match i64::try_from(number) {
            Ok(number) => CacheValue::Int(number),
            Err(_) => CacheValue::BigInt(number.to_string()),
        });
    }
    if let Some(number) = object.downcast_ref_if_exact::<PyFloat>(vm) {
        return Some(CacheValue::Float(number.to_f64()));
    }
    if let Some(bytes) = object.downcast_ref_if_exact::<PyBytes>(vm) {
        return Some(CacheValue::Bytes(bytes.as_bytes().to_vec().into()));
    }
    if let Some(list) = object.downcast_ref_if_exact::<PyList>(vm) {
        let items = list.borrow_vec().to_vec();
        return all(&items).map(CacheValue::List);
    }
    if let Some(tuple) = object.downcast_ref_if_exact::<PyTuple>(vm) {
        return all(tuple.as_slice()).map(CacheValue::Tuple);
    }
    if let Some(dict) = object.downcast_ref_if_exact::<PyDict>(vm) {
        let items = dict.items_vec().into_iter();
        let items =
            items.map(|(key, value)| Some((plain(&key, depth, vm)?, plain(&value, depth, vm)?)));
        return items.collect::<Option<_>>().map(CacheValue::Dict);
    }
    if let Some(set) = object.downcast_ref_if_exact::<PySet>(vm) {
        return all(&set.elements()).map(CacheValue::Set);
    }
    let set = object.downcast_ref_if_exact::<PyFrozenSet>(vm)?;
    all(&set.elements()).map(CacheValue::FrozenSet)
}
