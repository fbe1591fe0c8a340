//! What is named in Python is loaded where the project is read, so that mistakes are found there.

use rustpython_vm::{PyObjectRef, VirtualMachine};

use crate::diagnostic::Finding;
use crate::script::PythonName;
use crate::script::engine::interpreter::{ThreadInterpreter, import};
use crate::script::engine::python_error::PythonError;
use crate::script::engine::{finder, import_mistake};

/// The object called `name`. A finding without a place is about the name itself.
pub(super) fn object(
    this: &ThreadInterpreter,
    name: &PythonName,
    vm: &VirtualMachine,
) -> Result<PyObjectRef, Finding> {
    let module = module(this, &name.module, vm)?;
    if let Ok(found) = this.object(name, vm) {
        return Ok(found);
    }
    let module_name = &name.module;
    let message = format!(
        "there is no `{}` in the module `{module_name}`",
        name.attribute
    );
    let names = import_mistake::public_names(&module);
    let finding = Finding::error("unknown-python-name", message);
    Err(finding.suggest(&name.attribute, names.iter().map(String::as_str)))
}

/// The module called `name`. A finding without a place is about the name itself.
pub(super) fn module(
    this: &ThreadInterpreter,
    name: &str,
    vm: &VirtualMachine,
) -> Result<PyObjectRef, Finding> {
    let is_there = finder::find(name).is_some_and(|found| found.file.is_some());
    if !is_there {
        let root = this.site().root.clone();
        let path = name.split('.').fold(root, |path, part| path.join(part));
        let message = format!("there is no module `{name}`");
        let finding = Finding::error("unknown-module", message);
        return Err(finding.hint(format!("it would be `{}.py`", path.display())));
    }
    import(name, vm).map_err(|error| PythonError::of(&error, vm).into_finding())
}
