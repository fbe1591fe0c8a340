//! Runs a file as a program, for the tests of what is frozen into the binary.

use std::path::Path;
use std::sync::Arc;

use rustpython_vm::scope::Scope;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::diagnostic::Finding;
use crate::script::PythonSite;
use crate::script::engine::entry::enter;
use crate::script::engine::finder;
use crate::script::engine::python_error::PythonError;

/// Runs the file at `path` as `__main__` with these arguments; the modules beside `site` can be imported.
pub(in crate::script) fn run_file(
    site: &Arc<PythonSite>,
    path: &Path,
    arguments: &[String],
) -> Result<(), Finding> {
    enter(site, |_, vm| {
        let done = run(path, arguments, vm);
        done.map_err(|error| PythonError::of(&error, vm).into_finding())
    })
}

fn run(path: &Path, arguments: &[String], vm: &VirtualMachine) -> PyResult<()> {
    let shown = path.to_string_lossy().into_owned();
    let words = std::iter::once(&shown).chain(arguments);
    let words = words.map(|word| -> PyObjectRef { vm.ctx.new_str(word.clone()).into() });
    let words: PyObjectRef = vm.ctx.new_list(words.collect()).into();
    vm.sys_module.set_attr("argv", words, vm)?;
    let globals = vm.ctx.new_dict();
    for (name, value) in [("__name__", "__main__"), ("__file__", shown.as_str())] {
        globals.set_item(name, vm.ctx.new_str(value.to_owned()).into(), vm)?;
    }
    let code = finder::compile(path, vm)?;
    let code = code
        .downcast()
        .map_err(|_| vm.new_type_error("what was compiled is not code"))?;
    vm.run_code_obj(code, Scope::with_builtins(None, globals, vm))?;
    Ok(())
}
