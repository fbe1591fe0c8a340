//! Imports: Django's modules from the binary, then those of the project from its directory, and no others.

use std::fs;
use std::path::{Path, PathBuf};

use rustpython_vm::compiler::Mode;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::script::engine::interpreter::{ThreadInterpreter, import};
use crate::text;

/// The frozen module that asks for the modules of the project.
const FINDER: &str = "_djr_finder";

/// Has `import` find the modules of the project, behind those in the binary.
pub(super) fn install(vm: &VirtualMachine) -> PyResult<()> {
    let finder = import(FINDER, vm)?;
    finder.get_attr("install", vm)?.call((), vm)?;
    Ok(())
}

/// Has `django.conf.settings` read the settings again.
pub(super) fn forget_settings(vm: &VirtualMachine) -> PyResult<()> {
    let finder = import(FINDER, vm)?;
    finder.get_attr("forget_settings", vm)?.call((), vm)?;
    Ok(())
}

/// Where a module of the project is.
pub(super) struct FoundModule {
    /// Its file; `None` for a directory without `__init__.py`.
    pub(super) file: Option<PathBuf>,
    /// Its directory, if it is a package.
    pub(super) package: Option<PathBuf>,
}

/// The module `name` of the project, if there is one.
pub(super) fn find(name: &str) -> Option<FoundModule> {
    let parts: Vec<_> = name.split('.').collect();
    if !parts.iter().all(|part| text::is_identifier(part)) {
        return None;
    }
    let worker = ThreadInterpreter::current()?;
    let path = parts
        .iter()
        .fold(worker.site().root.clone(), |path, part| path.join(part));
    let init = path.join("__init__.py");
    let file = path.with_extension("py");
    let found = if init.is_file() {
        FoundModule {
            file: Some(init),
            package: Some(path),
        }
    } else if file.is_file() {
        FoundModule {
            file: Some(file),
            package: None,
        }
    } else if path.is_dir() {
        FoundModule {
            file: None,
            package: Some(path),
        }
    } else {
        return None;
    };
    worker.note_module(name);
    Some(found)
}

/// The code of the file at `path`.
pub(super) fn compile(path: &Path, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let bytes = fs::read(path).map_err(|error| {
        let message = format!("cannot read `{}`: {error}", path.display());
        vm.new_import_error(message, vm.ctx.new_utf8_str(""))
    })?;
    let source = String::from_utf8(bytes).map_err(|_| {
        let message = format!("`{}` is not UTF-8", path.display());
        vm.new_import_error(message, vm.ctx.new_utf8_str(""))
    })?;
    let name = path.to_string_lossy().into_owned();
    let code = vm.compile(&source, Mode::Exec, name);
    let code = code.map_err(|error| vm.new_syntax_error(&error, Some(&source)))?;
    Ok(code.into())
}
