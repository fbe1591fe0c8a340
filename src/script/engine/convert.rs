//! JSON as Python objects, and back.

use rustpython_vm::builtins::{PyDict, PyFloat, PyInt, PyList, PyStr, PyTuple};
use rustpython_vm::common::wtf8::{Wtf8, Wtf8Buf};
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::json::{Json, python};

/// How deep lists and dictionaries may hold others.
const DEPTH: usize = 200;

/// `json` as `json.loads` returns it.
pub(super) fn from_json(json: &Json, vm: &VirtualMachine) -> PyResult {
    Ok(match json {
        Json::Null => vm.ctx.none(),
        Json::Boolean(value) => vm.ctx.new_bool(*value).into(),
        Json::Number(text) => number(text, vm)?,
        Json::String(text) => vm.ctx.new_str(text.clone()).into(),
        Json::Utf16(units) => vm.ctx.new_str(Wtf8Buf::from_wide(units)).into(),
        Json::Array(items) => {
            let items = items.iter().map(|item| from_json(item, vm));
            vm.ctx.new_list(items.collect::<PyResult<_>>()?).into()
        }
        Json::Object(pairs) => {
            let dict = vm.ctx.new_dict();
            for (key, value) in pairs {
                dict.set_item(key.as_str(), from_json(value, vm)?, vm)?;
            }
            dict.into()
        }
    })
}

fn number(text: &str, vm: &VirtualMachine) -> PyResult {
    if let Ok(number) = text.parse::<i64>() {
        return Ok(vm.ctx.new_int(number).into());
    }
    let is_whole = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-');
    if is_whole {
        let int: PyObjectRef = vm.ctx.types.int_type.to_owned().into();
        return int.call((text,), vm);
    }
    let number = match text {
        "NaN" => f64::NAN,
        "Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        text => text.parse().unwrap_or_default(),
    };
    Ok(vm.ctx.new_float(number).into())
}

/// `object` as `json.dumps` would write it; `TypeError` where it cannot.
pub(super) fn to_json(object: &PyObject, vm: &VirtualMachine) -> PyResult<Json> {
    to_json_within(object, DEPTH, vm)
}

fn to_json_within(object: &PyObject, depth: usize, vm: &VirtualMachine) -> PyResult<Json> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(vm.new_value_error("lists and dictionaries are nested too deep"));
    };
    if vm.is_none(object) {
        return Ok(Json::Null);
    }
    if object.is(&vm.ctx.true_value) || object.is(&vm.ctx.false_value) {
        return Ok(Json::Boolean(object.is(&vm.ctx.true_value)));
    }
    if let Some(text) = object.downcast_ref::<PyStr>() {
        return Ok(text_to_json(text.as_wtf8()));
    }
    if let Some(number) = object.downcast_ref::<PyInt>() {
        return Ok(Json::Number(number.as_bigint().to_string()));
    }
    if let Some(number) = object.downcast_ref::<PyFloat>() {
        return Ok(Json::Number(python::float(number.to_f64())));
    }
    if let Some(items) = items(object, vm)? {
        return array(&items, depth, vm);
    }
    if let Some(dict) = object.downcast_ref::<PyDict>() {
        let pairs = pairs_of(object, dict, vm)?
            .into_iter()
            .map(|(key, value)| Ok((key_text(&key, vm)?, to_json_within(&value, depth, vm)?)));
        return Ok(Json::Object(pairs.collect::<PyResult<_>>()?));
    }
    let class = object.class().name().to_owned();
    Err(vm.new_type_error(format!("Object of type {class} is not JSON serializable")))
}

/// The items of a list or tuple, as a class of its own gives them; `None` for other objects.
pub(super) fn items(object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<Vec<PyObjectRef>>> {
    let types = &vm.ctx.types;
    let (list, tuple) = (
        object.downcast_ref::<PyList>(),
        object.downcast_ref::<PyTuple>(),
    );
    if let Some(list) = list.filter(|_| object.class().is(types.list_type)) {
        return Ok(Some(list.borrow_vec().to_vec()));
    }
    if let Some(tuple) = tuple.filter(|_| object.class().is(types.tuple_type)) {
        return Ok(Some(tuple.as_slice().to_vec()));
    }
    if list.is_none() && tuple.is_none() {
        return Ok(None);
    }
    object.try_to_value(vm).map(Some)
}

/// The pairs of a dictionary, as a class of its own gives them.
pub(super) fn pairs_of(
    object: &PyObject,
    dict: &PyDict,
    vm: &VirtualMachine,
) -> PyResult<Vec<(PyObjectRef, PyObjectRef)>> {
    if object.class().is(vm.ctx.types.dict_type) {
        return Ok(dict.items_vec());
    }
    let items = vm.call_method(object, "items", ())?;
    let items: Vec<PyObjectRef> = items.try_to_value(vm)?;
    items.iter().map(|item| pair(item, vm)).collect()
}

/// The two parts of an item of `items()`.
pub(super) fn pair(item: &PyObject, vm: &VirtualMachine) -> PyResult<(PyObjectRef, PyObjectRef)> {
    match item.downcast_ref::<PyTuple>().map(|pair| pair.as_slice()) {
        Some([key, value]) => Ok((key.clone(), value.clone())),
        _ => Err(vm.new_value_error("items must return 2-tuples")),
    }
}

fn array(items: &[PyObjectRef], depth: usize, vm: &VirtualMachine) -> PyResult<Json> {
    let items = items.iter().map(|item| to_json_within(item, depth, vm));
    Ok(Json::Array(items.collect::<PyResult<_>>()?))
}

fn text_to_json(text: &Wtf8) -> Json {
    match text.as_str() {
        Ok(text) => Json::String(text.to_owned()),
        Err(_) => Json::Utf16(text.encode_wide().collect()),
    }
}

/// A key as `json.dumps` writes it.
fn key_text(key: &PyObject, vm: &VirtualMachine) -> PyResult<String> {
    match to_json_within(key, 1, vm)? {
        Json::String(text) | Json::Number(text) => Ok(text),
        Json::Boolean(value) => Ok(value.to_string()),
        Json::Null => Ok("null".to_owned()),
        _ => {
            let class = key.class().name().to_owned();
            let message = "keys must be str, int, float, bool or None, not";
            Err(vm.new_type_error(format!("{message} {class}")))
        }
    }
}

/// A list of these texts in pairs.
pub(super) fn pairs<'p>(
    pairs: impl Iterator<Item = (&'p str, &'p str)>,
    vm: &VirtualMachine,
) -> PyObjectRef {
    let tuples = pairs.map(|(name, value)| {
        let parts = [name, value].map(|part| vm.ctx.new_str(part.to_owned()).into());
        vm.ctx.new_tuple(parts.into()).into()
    });
    vm.ctx.new_list(tuples.collect()).into()
}
