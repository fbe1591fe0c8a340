//! `sys.stdout` and `sys.stderr`: what a view prints goes to the terminal of the server.

use std::io::{self, IsTerminal as _, Write as _};

use rustpython_vm::class::PyClassImpl as _;
use rustpython_vm::{PyPayload, PyResult, VirtualMachine, pyclass};

/// A stream that a view prints to.
#[pyclass(module = "_djr", name = "StandardStream")]
#[derive(Debug, PyPayload)]
pub(super) struct StandardStream {
    is_error: bool,
}

#[pyclass]
impl StandardStream {
    #[pymethod]
    fn write(&self, text: rustpython_vm::builtins::PyUtf8StrRef) -> usize {
        let bytes = text.as_str().as_bytes();
        // A terminal that is gone ends no view.
        let _unwritten = if self.is_error {
            io::stderr().write_all(bytes)
        } else {
            io::stdout().write_all(bytes)
        };
        text.as_str().chars().count()
    }

    #[pymethod]
    fn flush(&self) {
        let _unwritten = if self.is_error {
            io::stderr().flush()
        } else {
            io::stdout().flush()
        };
    }

    #[pymethod]
    fn isatty(&self) -> bool {
        if self.is_error {
            io::stderr().is_terminal()
        } else {
            io::stdout().is_terminal()
        }
    }

    #[pymethod]
    fn writable(&self) -> bool {
        true
    }

    #[pygetset]
    fn encoding(&self) -> &'static str {
        "utf-8"
    }
}

/// Has the interpreter print to the terminal.
pub(super) fn install(vm: &VirtualMachine) -> PyResult<()> {
    StandardStream::make_static_type();
    for (name, kept_name, is_error) in [
        ("stdout", "__stdout__", false),
        ("stderr", "__stderr__", true),
    ] {
        let stream = StandardStream { is_error }.into_pyobject(vm);
        vm.sys_module.set_attr(name, stream.clone(), vm)?;
        vm.sys_module.set_attr(kept_name, stream, vm)?;
    }
    Ok(())
}
