//! What the names of a function stood for when an exception went through it, for the page that `debug` shows.

use std::collections::BTreeMap;

use rustpython_vm::builtins::PyDict;
use rustpython_vm::frame::Frame;
use rustpython_vm::{PyObject, VirtualMachine};

use crate::script::engine::interpreter::ThreadInterpreter;
use crate::settings::is_secret_name;

/// How many names of a function are shown.
const MOST: usize = 40;

/// How many characters of a value are shown.
const LONGEST: usize = 200;

/// What stands in the place of a secret.
const MASK: &str = "********";

/// The names of `frame` with their values as Python writes them; none without `debug`.
pub(super) fn of(frame: &Frame, vm: &VirtualMachine) -> BTreeMap<String, String> {
    let this = ThreadInterpreter::current();
    if !this.is_some_and(|this| this.site().settings.project.debug) {
        return BTreeMap::new();
    }
    let Ok(locals) = frame.locals(vm) else {
        return BTreeMap::new();
    };
    let items = match locals.obj().downcast_ref::<PyDict>() {
        Some(dict) => dict.items_vec(),
        None => Vec::new(),
    };
    let named = items.iter().filter_map(|(name, value)| {
        let name = name.str(vm).ok()?.to_string_lossy().into_owned();
        let value = if is_secret_name(&name) {
            MASK.to_owned()
        } else {
            written(value, vm)
        };
        (!name.starts_with("__")).then_some((name, value))
    });
    named.take(MOST).collect()
}

/// `value` as Python writes it, cut off where that is long.
fn written(value: &PyObject, vm: &VirtualMachine) -> String {
    let Ok(text) = value.repr(vm) else {
        return "(its repr() raises)".to_owned();
    };
    let text = text.to_string_lossy().into_owned();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}
