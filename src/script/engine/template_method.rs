//! The methods that texts, numbers, lists, dictionaries and moments have in Python, called by templates.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use rustpython_vm::{PyResult, VirtualMachine};

use crate::script::PythonSite;
use crate::script::engine::entry::enter;
use crate::script::engine::{template_argument, template_value};
use crate::templates::MethodCaller;
use crate::templates::value::{
    DecimalValue, DurationValue, ErrorKind, ObjectRepr, TemporalValue, Value,
};

/// What answers them in the templates of `site`, once something of it is Python.
#[expect(clippy::unnecessary_wraps, reason = "a djr without Python has none")]
pub(in crate::script) fn method_caller(site: &Arc<PythonSite>) -> Option<MethodCaller> {
    let site = Arc::clone(site);
    Some(Arc::new(
        move |value: &Value, name: &str, args: &[Value]| {
            if name.starts_with('_') || !is_of_python(value) || !has_python(&site) {
                return Err(ErrorKind::UnknownMethod.into());
            }
            enter(&site, |_, vm| match answer(value, name, args, vm) {
                Ok(Some(answer)) => Ok(answer),
                Ok(None) => Err(ErrorKind::UnknownMethod.into()),
                Err(error) => Err(template_value::raised(error, vm)),
            })
        },
    ))
}

/// Whether something of the site is Python, so that the interpreter runs anyway.
fn has_python(site: &PythonSite) -> bool {
    let flags = [&site.has_views, &site.is_in_all_pages];
    flags.iter().any(|flag| flag.load(Ordering::Relaxed)) || !site.tag_modules.is_empty()
}

/// Whether `value` is what Python has a type for, and not an object of djr.
fn is_of_python(value: &Value) -> bool {
    let Some(object) = value.as_object() else {
        return !value.is_none() && !value.is_undefined();
    };
    let is_field = object.is::<TemporalValue>() || object.is::<DecimalValue>();
    is_field
        || object.is::<DurationValue>()
        || matches!(object.repr(), ObjectRepr::Seq | ObjectRepr::Map)
}

/// What the method returns; `None` where Python has no such method.
fn answer(
    value: &Value,
    name: &str,
    args: &[Value],
    vm: &VirtualMachine,
) -> PyResult<Option<Value>> {
    let object = template_argument::to_python(value, vm)?;
    let Ok(method) = object.get_attr(&vm.ctx.new_str(name), vm) else {
        return Ok(None);
    };
    if !method.is_callable() {
        return Ok(None);
    }
    let returned = method.call(template_argument::arguments(args, vm)?, vm)?;
    Ok(Some(template_value::filtered(&returned, vm)))
}
