//! Imports: Django's modules from the binary, then those of the project from its directory, and no others.

use std::fs;
use std::path::{Path, PathBuf};

use rustpython_vm::compiler::Mode;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::script::engine::interpreter::{ThreadInterpreter, import};
use crate::script::engine::nesting;
use crate::text;

/// The frozen module that asks for the modules of the project.
pub(super) const MODULE: &str = "_djr_finder";

/// The variable that names a directory from which a debug build reads Django's modules, instead of the binary: whoever
/// works on them need not build after each change.
const SOURCE_VARIABLE: &str = "DJANGO_MODULES_FROM";

/// Where Django's modules are read from, if not from the binary.
pub(super) fn source_directory() -> Option<PathBuf> {
    if !cfg!(debug_assertions) {
        return None;
    }
    std::env::var_os(SOURCE_VARIABLE).map(PathBuf::from)
}

/// Has `import` find the modules of the project, behind those in the binary.
pub(super) fn install(vm: &VirtualMachine) -> PyResult<()> {
    let finder = import(MODULE, vm)?;
    finder.get_attr("install", vm)?.call((), vm)?;
    Ok(())
}

/// Has `django.conf.settings` read the settings again.
pub(super) fn forget_settings(vm: &VirtualMachine) -> PyResult<()> {
    let finder = import(MODULE, vm)?;
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
    if let Some(found) = source_directory().and_then(|root| find_in(&root, &parts)) {
        return Some(found);
    }
    let worker = ThreadInterpreter::current()?;
    let found = find_in(&worker.site().root, &parts)?;
    worker.note_module(name);
    Some(found)
}

fn find_in(root: &Path, parts: &[&str]) -> Option<FoundModule> {
    let path = parts
        .iter()
        .fold(root.to_owned(), |path, part| path.join(part));
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
    Some(found)
}

/// The code of the file at `path`.
pub(super) fn compile(path: &Path, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let bytes = fs::read(path).map_err(|error| {
        let message = format!("cannot read `{}`: {error}", path.display());
        vm.new_import_error(message, vm.ctx.new_utf8_str(""))
    })?;
    nesting::check(&bytes, vm)?;
    let source = String::from_utf8(bytes).map_err(|_| {
        let message = format!("`{}` is not UTF-8", path.display());
        vm.new_import_error(message, vm.ctx.new_utf8_str(""))
    })?;
    let name = path.to_string_lossy().into_owned();
    let code = vm.compile(&source, Mode::Exec, name);
    let code = code.map_err(|error| vm.new_syntax_error(&error, Some(&source)))?;
    Ok(code.into())
}
