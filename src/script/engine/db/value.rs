//! Values of fields as Python objects, and back.

use rustpython_vm::builtins::{
    PyByteArray, PyBytes, PyDict, PyFloat, PyInt, PyList, PyMemoryView, PyStr, PyTuple,
};
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::clock::Zone;
use crate::models::FieldKind;
use crate::script::engine::convert;
use crate::script::engine::db::slotted_object::{self, Slot};
use crate::script::engine::db::times;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::values::{Decimal, FieldValue, Uuid, to_text};

/// `value` as Django gives it to a program: moments aware and in UTC, files by their names.
pub(in crate::script::engine) fn to_python(value: &FieldValue, vm: &VirtualMachine) -> PyResult {
    Ok(match value {
        FieldValue::Null => vm.ctx.none(),
        FieldValue::Boolean(value) => vm.ctx.new_bool(*value).into(),
        FieldValue::Integer(number) => vm.ctx.new_int(*number).into(),
        FieldValue::Float(number) => vm.ctx.new_float(*number).into(),
        FieldValue::Text(text) => vm.ctx.new_str(text.as_str()).into(),
        FieldValue::Bytes(bytes) => vm.ctx.new_bytes(bytes.clone()).into(),
        FieldValue::Json(document) => convert::from_json(document, vm)?,
        FieldValue::Date(day) => times::date(*day, vm)?,
        FieldValue::Time(time) => times::time(*time, vm)?,
        FieldValue::Moment(moment) => times::moment(*moment, vm)?,
        FieldValue::Duration(microseconds) => times::duration(*microseconds, vm)?,
        FieldValue::Decimal(number) => decimal_object(&number.to_string(), vm)?,
        FieldValue::Uuid(_) => own("uuid", "UUID", vm)?.call((to_text(value),), vm)?,
    })
}

/// The `Decimal` that `text` stands for.
fn decimal_object(text: &str, vm: &VirtualMachine) -> PyResult {
    let class = slotted_object::class("decimal", "Decimal", vm)?;
    let (sign, rest) = text.strip_prefix('-').map_or((0, text), |rest| (1, rest));
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let digits = format!("{whole}{fraction}");
    if !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()) {
        let digits = digits.trim_start_matches('0');
        let digits = if digits.is_empty() { "0" } else { digits };
        let exponent = 0 - i64::try_from(fraction.len()).unwrap_or_default();
        let slots = vec![
            Slot::new("_sign", vm.ctx.new_int(sign).into(), vm),
            Slot::new("_int", vm.ctx.new_str(digits).into(), vm),
            Slot::new("_exp", vm.ctx.new_int(exponent).into(), vm),
            Slot::new("_is_special", vm.ctx.new_bool(false).into(), vm),
        ];
        if let Some(made) = slotted_object::made(&class, slots, vm)? {
            return Ok(made);
        }
    }
    class.as_object().call((text.to_owned(),), vm)
}

fn own(module: &str, name: &str, vm: &VirtualMachine) -> PyResult {
    let this = ThreadInterpreter::current();
    let this = this.ok_or_else(|| vm.new_runtime_error("no interpreter runs"))?;
    this.own(module, name, vm)
}

/// What `object` is by its own class; moments without an offset are of `zone`.
///
/// Fails with `TypeError` where no field holds such an object, and with `OverflowError` at whole numbers that the
/// database does not have.
pub(in crate::script::engine) fn of_object(
    object: &PyObject,
    zone: &Zone,
    vm: &VirtualMachine,
) -> PyResult<FieldValue> {
    if let Some(plain) = plain(object, vm) {
        return plain;
    }
    let classes = object.class();
    for class in classes.mro_collect() {
        let name = class.name().to_owned();
        return match name.as_str() {
            "datetime" | "date" | "time" | "timedelta" => {
                times::from_python(&name, object, zone, vm)
            }
            "Decimal" => decimal(object, vm),
            "UUID" => {
                let text = object.str(vm)?;
                let uuid = Uuid::parse(&text.to_string_lossy());
                uuid.map(FieldValue::Uuid)
                    .ok_or_else(|| vm.new_value_error("this is not a UUID"))
            }
            "Promise" => text_of(object, vm),
            _ => continue,
        };
    }
    let class = object.class().name().to_owned();
    Err(vm.new_type_error(format!(
        "a field cannot hold an object of the class {class}"
    )))
}

/// Objects of Python's own classes.
fn plain(object: &PyObject, vm: &VirtualMachine) -> Option<PyResult<FieldValue>> {
    if vm.is_none(object) {
        return Some(Ok(FieldValue::Null));
    }
    if let Some(text) = object.downcast_ref::<PyStr>() {
        return Some(Ok(FieldValue::Text(text.to_string_lossy().into_owned())));
    }
    if object.is(&vm.ctx.true_value) || object.is(&vm.ctx.false_value) {
        return Some(Ok(FieldValue::Boolean(object.is(&vm.ctx.true_value))));
    }
    if let Some(number) = object.downcast_ref::<PyInt>() {
        let number = i64::try_from(number.as_bigint());
        let too_large = |_| vm.new_overflow_error("this number is too large for the database");
        return Some(number.map(FieldValue::Integer).map_err(too_large));
    }
    if let Some(number) = object.downcast_ref::<PyFloat>() {
        return Some(Ok(FieldValue::Float(number.to_f64())));
    }
    if is_bytes(object) {
        let bytes = vm.extract_elements_with(object, |part| part.try_into_value::<u8>(vm));
        return Some(bytes.map(FieldValue::Bytes));
    }
    let is_document = object.downcast_ref::<PyList>().is_some()
        || object.downcast_ref::<PyTuple>().is_some()
        || object.downcast_ref::<PyDict>().is_some();
    is_document.then(|| convert::to_json(object, vm).map(FieldValue::Json))
}

fn is_bytes(object: &PyObject) -> bool {
    object.downcast_ref::<PyBytes>().is_some()
        || object.downcast_ref::<PyByteArray>().is_some()
        || object.downcast_ref::<PyMemoryView>().is_some()
}

fn decimal(object: &PyObject, vm: &VirtualMachine) -> PyResult<FieldValue> {
    let text = object.str(vm)?;
    let found = Decimal::parse(&text.to_string_lossy()).map(FieldValue::Decimal);
    found.ok_or_else(|| {
        vm.new_value_error(format!(
            "{} cannot be kept in a row",
            text.to_string_lossy()
        ))
    })
}

fn text_of(object: &PyObject, vm: &VirtualMachine) -> PyResult<FieldValue> {
    let text = object.str(vm)?;
    Ok(FieldValue::Text(text.to_string_lossy().into_owned()))
}

/// What `object` is for a field of `kind`; what the field makes of it is the query layer's business.
///
/// Fails where no such field holds it.
pub(in crate::script::engine) fn from_python(
    object: &PyObjectRef,
    kind: &FieldKind,
    zone: &Zone,
    vm: &VirtualMachine,
) -> PyResult<FieldValue> {
    if vm.is_none(object) {
        return Ok(FieldValue::Null);
    }
    match kind {
        FieldKind::Json => convert::to_json(object, vm).map(FieldValue::Json),
        FieldKind::File { .. } | FieldKind::Image { .. } => {
            // A file that was saved is kept by its name.
            let name = vm.get_attribute_opt(object.clone(), "name")?;
            let is_text = object.downcast_ref::<PyStr>().is_some();
            let name = name.filter(|_| !is_text).unwrap_or_else(|| object.clone());
            if vm.is_none(&name) {
                return Ok(FieldValue::Text(String::new()));
            }
            text_of(&name, vm)
        }
        kind => {
            let value = match of_object(object, zone, vm) {
                // As Django, which takes the text of whatever it gets.
                Err(_) if kind.allows_empty_strings() => text_of(object, vm)?,
                found => found?,
            };
            Ok(match value {
                FieldValue::Boolean(value) if kind.is_integer() => {
                    FieldValue::Integer(i64::from(value))
                }
                FieldValue::Float(_) | FieldValue::Boolean(_) | FieldValue::Json(_)
                    if kind.allows_empty_strings() =>
                {
                    text_of(object, vm)?
                }
                value => value,
            })
        }
    }
}
