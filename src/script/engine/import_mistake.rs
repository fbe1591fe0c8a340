//! A name that is imported and is not there: what it may have been meant to be.

use rustpython_vm::builtins::{PyBaseExceptionRef, PyModule, PyStr};
use rustpython_vm::{AsObject as _, PyObjectRef, VirtualMachine};

use crate::text;

/// What the interpreter adds where a module has no file.
const NO_FILE: &str = " (unknown location)";

/// What the message of an import that fails for its name begins with.
const BEGINNING: &str = "cannot import name '";

/// `message` of `exception` with the nearest name of the module, where a name could not be imported from it.
pub(super) fn with_nearest(
    exception: &PyBaseExceptionRef,
    message: String,
    vm: &VirtualMachine,
) -> String {
    if !exception.fast_isinstance(vm.ctx.exceptions.import_error) {
        return message;
    }
    let message = message.strip_suffix(NO_FILE).unwrap_or(&message).to_owned();
    let parts = message
        .strip_prefix(BEGINNING)
        .and_then(|rest| rest.split_once("' from '"));
    let Some((name, rest)) = parts else {
        return message;
    };
    let module = rest.split('\'').next().unwrap_or_default();
    let known = names_in(module, vm);
    match text::nearest(name, known.iter().map(String::as_str)) {
        Some(nearest) => format!("{message}: did you mean '{nearest}'?"),
        None => message,
    }
}

/// The names of `module` that another one may import.
fn names_in(module: &str, vm: &VirtualMachine) -> Vec<String> {
    let modules = vm.sys_module.get_attr("modules", vm);
    let module = modules.and_then(|modules| modules.get_item(module, vm));
    module.map_or_else(|_| Vec::new(), |module| public_names(&module))
}

/// The names of `module` that do not begin with `_`.
pub(super) fn public_names(module: &PyObjectRef) -> Vec<String> {
    let Some(dict) = module
        .downcast_ref::<PyModule>()
        .and_then(|_| module.dict())
    else {
        return Vec::new();
    };
    let names = dict.keys_vec().into_iter().filter_map(|name| {
        let name = name.downcast_ref::<PyStr>()?.to_str()?.to_owned();
        (!name.starts_with('_')).then_some(name)
    });
    names.collect()
}
