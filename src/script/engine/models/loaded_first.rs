//! `models.py`, `signals.py` and `apps.py` of the apps: loaded before anything else of a project runs, as by Django.

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::script::engine::finder;
use crate::script::engine::interpreter::{ThreadInterpreter, import};

/// Loads the modules for the first call that comes to an interpreter; what is wrong is told where the project is read.
pub(in crate::script::engine) fn load(
    this: &ThreadInterpreter,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let site = this.site();
    if site.model_modules.is_empty() {
        return Ok(());
    }
    let names = site.model_modules.iter();
    let names = names.map(|name| -> PyObjectRef { vm.ctx.new_str(name.clone()).into() });
    let names: PyObjectRef = vm.ctx.new_list(names.collect()).into();
    let load = import(finder::MODULE, vm)?.get_attr("load_models", vm)?;
    load.call((names,), vm).map(drop)
}
