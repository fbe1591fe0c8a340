//! What Python's own library asks of the binary.
//!
//! The module `_json` stands in the place of the interpreter's, which panics on some numbers, ends the process on text
//! that is nested deeply, and cannot write: [`json_reader`] and [`json_writer`] do what Python itself does.

mod json;
mod json_mistake;
mod json_reader;
mod json_string;
mod json_writer;

use rustpython_vm::Context;
use rustpython_vm::builtins::PyModuleDef;

use crate::script::engine::zones;

/// The native modules of the library: the interpreter's, and djr's own.
pub(super) fn modules(context: &Context) -> Vec<&'static PyModuleDef> {
    let own = [json::module_def(context), zones::module_def(context)];
    let theirs = rustpython_stdlib::stdlib_module_defs(context);
    let theirs = theirs.into_iter();
    let theirs = theirs.filter(|theirs| own.iter().all(|own| own.name != theirs.name));
    theirs.chain(own).collect()
}
