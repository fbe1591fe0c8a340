//! Python objects as templates see them.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use rustpython_vm::builtins::{PyBaseExceptionRef, PyDict, PyFloat, PyInt, PyList, PyStr, PyTuple};
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, VirtualMachine};

use crate::clock::{Date, LocalDateTime, Moment, TimeOfDay, Zone};
use crate::script::engine::attribute::attribute;
use crate::script::engine::held_objects::{PythonValue, is_in_page};
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::template_argument::{arguments, to_python};
use crate::script::engine::{db, python_error, template_place};
use crate::templates::value::{
    Enumerator, Error, ErrorKind, IDENTITY, Object, ObjectRepr, State, Value, from_field,
};
use crate::values::{Decimal, FieldValue};

thread_local! {
    static RAISED: RefCell<Option<PyBaseExceptionRef>> = const { RefCell::new(None) };
}

/// The exception that code called by a template raised; it is forgotten.
///
/// `line` is the place in the template, for the calls that an error shows.
pub(super) fn take_raised(line: Option<String>) -> Option<PyBaseExceptionRef> {
    let raised = RAISED.take()?;
    if let Some(line) = line {
        let inner_calls = python_error::call_count(&raised);
        template_place::set(line, inner_calls);
    }
    Some(raised)
}

/// `object` as templates see it.
pub(super) fn from_python(object: &PyObjectRef, vm: &VirtualMachine) -> Value {
    scalar(object, vm).unwrap_or_else(|| held(object, vm))
}

fn scalar(object: &PyObjectRef, vm: &VirtualMachine) -> Option<Value> {
    if vm.is_none(object) {
        return Some(Value::from(()));
    }
    if object.is(&vm.ctx.true_value) || object.is(&vm.ctx.false_value) {
        return Some(Value::from(object.is(&vm.ctx.true_value)));
    }
    if let Some(text) = object.downcast_ref::<PyStr>() {
        let value = text.to_string_lossy();
        let is_plain = object.class().is(vm.ctx.types.str_type);
        return Some(
            if !is_plain && object.class().has_attr(vm.ctx.intern_str("__html__")) {
                Value::from_safe_string(value.into_owned())
            } else {
                Value::from(&*value)
            },
        );
    }
    if let Some(number) = object.downcast_ref::<PyInt>() {
        if let Ok(number) = i64::try_from(number.as_bigint()) {
            return Some(Value::from(number));
        }
        let number = number.as_bigint().to_string();
        return Some(
            number
                .parse::<i128>()
                .map_or_else(|_| Value::from(number), Value::from),
        );
    }
    if let Some(number) = object.downcast_ref::<PyFloat>() {
        return Some(Value::from(number.to_f64()));
    }
    field(object, vm)
}

/// Moments, days, times and decimals, which templates print by Django's formats.
fn field(object: &PyObjectRef, vm: &VirtualMachine) -> Option<Value> {
    let class = object.class().name();
    if !matches!(&*class, "datetime" | "date" | "time" | "Decimal") {
        return None;
    }
    let name = class.to_owned();
    let zone = ThreadInterpreter::current()?
        .site()
        .settings
        .project
        .time_zone
        .clone();
    let text = match name.as_str() {
        "Decimal" => python_error::text(object, vm),
        _ => db::isoformat(object, vm).ok()?,
    };
    let value = match name.as_str() {
        "datetime" => FieldValue::Moment(moment(&text, &zone)?),
        "date" => FieldValue::Date(Date::parse(&text)?),
        "time" => FieldValue::Time(TimeOfDay::parse(&text)?),
        _ => FieldValue::Decimal(Decimal::parse(&text)?),
    };
    Some(from_field(&value, &zone))
}

/// A `datetime` as `isoformat` writes it; one without a zone is in that of the project.
fn moment(text: &str, zone: &Zone) -> Option<Moment> {
    let is_naive = LocalDateTime::parse(&text.replacen('T', " ", 1));
    match is_naive {
        Some(local) => local.moment_in(zone),
        None => Moment::from_isoformat(text),
    }
}

/// Whether the class of `object` has `__iter__`; of a lazy object, that of what it stands for.
fn is_iterable(object: &PyObject, vm: &VirtualMachine) -> bool {
    let is_there =
        |object: &PyObject| attribute(object, "__iter__", vm).is_ok_and(|found| found.is_some());
    is_there(object)
        && object
            .get_attr("__class__", vm)
            .is_ok_and(|class| is_there(&class))
}

fn held(object: &PyObjectRef, vm: &VirtualMachine) -> Value {
    let repr = if object.downcast_ref::<PyDict>().is_some() {
        ObjectRepr::Map
    } else if object.downcast_ref::<PyList>().is_some()
        || object.downcast_ref::<PyTuple>().is_some()
    {
        ObjectRepr::Seq
    } else if is_iterable(object, vm) {
        ObjectRepr::Iterable
    } else {
        ObjectRepr::Plain
    };
    Value::from_object(PythonValue::hold(object, repr))
}

/// Has the page end with what Python raised.
pub(super) fn raised(exception: PyBaseExceptionRef, vm: &VirtualMachine) -> Error {
    let message = python_error::one_line(&exception, vm);
    if is_in_page() {
        RAISED.with_borrow_mut(|raised| {
            raised.get_or_insert(exception);
        });
    }
    Error::new(ErrorKind::InvalidOperation, message)
}

/// What a filter returned, for a page that may not be made by Python: then nothing of Python's own is in it.
pub(super) fn filtered(object: &PyObjectRef, vm: &VirtualMachine) -> Value {
    if is_in_page() {
        return from_python(object, vm);
    }
    if let Some(value) = scalar(object, vm) {
        return value;
    }
    if let Some(dict) = object.downcast_ref::<PyDict>() {
        let pairs = dict.items_vec().into_iter();
        return pairs
            .map(|(key, value)| (filtered(&key, vm), filtered(&value, vm)))
            .collect();
    }
    let items = match object.downcast_ref::<PyList>() {
        Some(list) => Some(list.borrow_vec().to_vec()),
        None => object
            .downcast_ref::<PyTuple>()
            .map(|tuple| tuple.as_slice().to_vec()),
    };
    match items {
        Some(items) => items.iter().map(|item| filtered(item, vm)).collect(),
        None => html(object, vm).unwrap_or_else(|| Value::from(python_error::text(object, vm))),
    }
}

fn is_absence(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> bool {
    let kinds = &vm.ctx.exceptions;
    let kinds = [kinds.attribute_error, kinds.lookup_error, kinds.type_error];
    kinds.iter().any(|kind| exception.fast_isinstance(kind))
}

/// The item or attribute `key` of `object`.
fn part(object: &PyObjectRef, key: &Value, vm: &VirtualMachine) -> Option<Value> {
    let name = key.as_str();
    let is_mapping = object.downcast_ref::<PyDict>().is_some();
    let item = || {
        let key = to_python(key, vm)?;
        object.get_item(&*key, vm)
    };
    let attribute = |name: &str| object.get_attr(&vm.ctx.new_str(name.to_owned()), vm);
    let found = match name {
        Some(IDENTITY) => return identity(object, vm),
        Some("__html__") => return html(object, vm),
        Some(name) if name.starts_with('_') => return None,
        Some(name) if is_mapping => item().or_else(|_| attribute(name)),
        Some(name) => attribute(name).or_else(|error| {
            if error.fast_isinstance(vm.ctx.exceptions.attribute_error) {
                item()
            } else {
                Err(error)
            }
        }),
        None => item(),
    };
    match found {
        Ok(found) => Some(from_python(&found, vm)),
        Err(error) if is_absence(&error, vm) => None,
        Err(error) => Some(raised(error, vm).into()),
    }
}

/// What makes an instance of a model equal to others, whichever side read them; none for what is not one, or is not saved.
///
/// A visitor who is not logged in has none as a value, on both sides.
fn identity(object: &PyObjectRef, vm: &VirtualMachine) -> Option<Value> {
    let text = |object: &PyObjectRef, name: &str| {
        let value = object.get_attr(&vm.ctx.new_str(name.to_owned()), vm).ok()?;
        let value = Some(value).filter(|value| !vm.is_none(value))?;
        Some(value.str(vm).ok()?.to_string_lossy().into_owned())
    };
    let options = object.get_attr("_meta", vm).ok();
    let Some(options) = options else {
        let is_visitor = object.get_attr("is_anonymous", vm).ok()?.is_true(vm).ok()?;
        return is_visitor.then(|| Value::from(()));
    };
    let model = text(&options, "label_lower")?;
    Some(Value::from(vec![model, text(object, "pk")?]))
}

/// The markup of an object that knows its own.
fn html(object: &PyObjectRef, vm: &VirtualMachine) -> Option<Value> {
    let method = attribute(object, "__html__", vm).ok()??;
    Some(match method.call((), vm).and_then(|html| html.str(vm)) {
        Ok(html) => Value::from_safe_string(html.to_string_lossy().into_owned()),
        Err(error) => raised(error, vm).into(),
    })
}

impl Object for PythonValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        self.repr
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.ask(|object, vm| part(object, key, vm))?
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let items = self.ask(|object, vm| {
            if self.repr == ObjectRepr::Seq
                && let Ok(length) = object.length(vm)
            {
                return Enumerator::Seq(length);
            }
            if self.repr == ObjectRepr::Plain {
                return Enumerator::NonEnumerable;
            }
            match object.try_to_value::<Vec<PyObjectRef>>(vm) {
                Ok(items) => {
                    Enumerator::Values(items.iter().map(|item| from_python(item, vm)).collect())
                }
                Err(error) => Enumerator::Values(vec![raised(error, vm).into()]),
            }
        });
        items.unwrap_or(Enumerator::Empty)
    }

    /// What `__len__` says, which may be another number than there are items.
    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        let said = self.ask(|object, vm| object.length_opt(vm)?.ok());
        said.flatten().or_else(|| match self.enumerate() {
            Enumerator::Seq(length) => Some(length),
            Enumerator::Values(items) => Some(items.len()),
            Enumerator::Empty => Some(0),
            _ => None,
        })
    }

    fn is_true(self: &Arc<Self>) -> bool {
        let is_true = self.ask(|object, vm| object.clone().is_true(vm));
        is_true.is_some_and(|found| found.unwrap_or(false))
    }

    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let called = self.ask(|object, vm| call(object, args, vm));
        called.unwrap_or_else(|| Err(Error::new(ErrorKind::InvalidOperation, "the page is made")))
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        let called = self.ask(|object, vm| {
            let name = vm.ctx.new_str(method.to_owned());
            match object.get_attr(&name, vm) {
                Ok(found) => call(&found, args, vm),
                Err(error) if is_absence(&error, vm) => Err(ErrorKind::UnknownMethod.into()),
                Err(error) => Err(raised(error, vm)),
            }
        });
        called.unwrap_or_else(|| Err(Error::new(ErrorKind::InvalidOperation, "the page is made")))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.ask(|object, vm| match object.str(vm) {
            Ok(text) => Some(text.to_string_lossy().into_owned()),
            Err(error) => {
                drop(raised(error, vm));
                None
            }
        });
        // An error would be a panic for whoever makes a text of the value: the page fails at its end.
        f.write_str(&text.flatten().unwrap_or_default())
    }
}

/// What the function `object` returns for the arguments of a template.
fn call(object: &PyObject, args: &[Value], vm: &VirtualMachine) -> Result<Value, Error> {
    let args = arguments(args, vm).map_err(|error| raised(error, vm))?;
    let returned = object.call(args, vm).map_err(|error| raised(error, vm))?;
    Ok(from_python(&returned, vm))
}
