//! What templates hand to Python.

use rustpython_vm::function::{FuncArgs, KwArgs};
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::script::engine::call_stack;
use crate::script::engine::held_objects::PythonValue;
use crate::script::engine::interpreter::{ThreadInterpreter, import};
use crate::templates::value::{
    DecimalValue, DurationValue, DynObject, Kwargs, ObjectRepr, TemporalValue, Value,
};
use crate::views::{LazyUser, is_request};

/// The arguments of a template as those of a function.
pub(super) fn arguments(args: &[Value], vm: &VirtualMachine) -> PyResult<FuncArgs> {
    let mut positional = Vec::new();
    let mut named = Vec::new();
    for arg in args {
        match Kwargs::try_from(arg.clone()) {
            Ok(kwargs) if arg.is_kwargs() => {
                for name in kwargs.args() {
                    let value = kwargs.peek::<Value>(name).unwrap_or_default();
                    named.push((name.to_owned(), to_python(&value, vm)?));
                }
            }
            _ => positional.push(to_python(arg, vm)?),
        }
    }
    Ok(FuncArgs::new(
        positional,
        named.into_iter().collect::<KwArgs>(),
    ))
}

/// A value of a template as Python sees it.
pub(super) fn to_python(value: &Value, vm: &VirtualMachine) -> PyResult {
    if let Some(python) = value.downcast_object_ref::<PythonValue>() {
        let object = python.object();
        return object.ok_or_else(|| vm.new_runtime_error("the page is made"));
    }
    if let Some(time) = value.downcast_object_ref::<TemporalValue>() {
        let class = match (time.0.is_moment(), time.0.has_day()) {
            (true, _) => "datetime",
            (false, true) => "date",
            (false, false) => "time",
        };
        let class = import("datetime", vm)?.get_attr(class, vm)?;
        let text = time.0.isoformat();
        return class.get_attr("fromisoformat", vm)?.call((text,), vm);
    }
    if let Some(number) = value.downcast_object_ref::<DecimalValue>() {
        let class = import("decimal", vm)?.get_attr("Decimal", vm)?;
        return class.call((number.0.to_string(),), vm);
    }
    if let Some(duration) = value.downcast_object_ref::<DurationValue>() {
        let class = import("datetime", vm)?.get_attr("timedelta", vm)?;
        return class.call((0, 0, duration.0), vm);
    }
    if let Some(found) = of_request(value) {
        return found(vm);
    }
    if value.is_undefined() {
        return Ok(vm.ctx.new_str(String::new()).into());
    }
    if value.is_none() {
        return Ok(vm.ctx.none());
    }
    if let Some(text) = value.as_str() {
        let text: PyObjectRef = vm.ctx.new_str(text.to_owned()).into();
        return if value.is_safe() {
            safe(text, vm)
        } else {
            Ok(text)
        };
    }
    if let Ok(value) = bool::try_from(value.clone()) {
        return Ok(vm.ctx.new_bool(value).into());
    }
    if value.is_integer()
        && let Ok(number) = i128::try_from(value.clone())
    {
        return Ok(vm.ctx.new_int(number).into());
    }
    if value.is_number()
        && let Ok(number) = f64::try_from(value.clone())
    {
        return Ok(vm.ctx.new_float(number).into());
    }
    container(value, vm)
}

/// The request and its user, as the code of the project sees them.
fn of_request(value: &Value) -> Option<impl FnOnce(&VirtualMachine) -> PyResult> {
    let is_user = value.downcast_object_ref::<LazyUser>().is_some();
    if !is_user && !is_request(value) {
        return None;
    }
    let request = call_stack::innermost()?.request;
    Some(move |vm: &VirtualMachine| {
        if is_user {
            request.get_attr("user", vm)
        } else {
            Ok(request)
        }
    })
}

fn container(value: &Value, vm: &VirtualMachine) -> PyResult {
    let repr = value.as_object().map(DynObject::repr);
    match repr {
        Some(ObjectRepr::Map) => {
            let dict = vm.ctx.new_dict();
            for key in value.try_iter().into_iter().flatten() {
                let item = value.get_item(&key).unwrap_or_default();
                let key = to_python(&key, vm)?;
                dict.set_item(&*key, to_python(&item, vm)?, vm)?;
            }
            Ok(dict.into())
        }
        Some(ObjectRepr::Seq | ObjectRepr::Iterable) => {
            let items = value.try_iter().into_iter().flatten();
            let items = items.map(|item| to_python(&item, vm));
            Ok(vm.ctx.new_list(items.collect::<PyResult<_>>()?).into())
        }
        _ => Ok(vm.ctx.new_str(value.to_string()).into()),
    }
}

/// `text` marked as HTML.
fn safe(text: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    match ThreadInterpreter::current() {
        Some(this) => this
            .own("django.utils.safestring", "mark_safe", vm)?
            .call((text,), vm),
        None => Ok(text),
    }
}
