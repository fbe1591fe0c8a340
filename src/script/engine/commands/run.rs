//! Runs a function of djr's own Python for a command, and tells how the process ends.

use std::sync::Arc;

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{AsObject as _, PyResult, VirtualMachine};

use crate::diagnostic::Finding;
use crate::json::Json;
use crate::script::engine::commands::interrupt;
use crate::script::engine::convert;
use crate::script::engine::entry::enter_for_command;
use crate::script::engine::interpreter::{ThreadInterpreter, import};
use crate::script::engine::python_error::text;
use crate::script::{PythonName, PythonSite};

/// The exit code of what a person ended by Ctrl-C.
const INTERRUPTED: u8 = 130;

/// Calls the function `name` of djr's own Python with `options`; returns the exit code, which the function may return.
///
/// An exception that it does not catch is printed with its traceback, as Python does.
#[expect(clippy::unnecessary_wraps, reason = "it fails in a djr without Python")]
pub(in crate::script) fn run_own(
    site: &Arc<PythonSite>,
    name: &PythonName,
    options: &Json,
) -> Result<u8, Finding> {
    Ok(enter_for_command(site, |this, vm| {
        let _interruptible = interrupt::begin(&this.signals);
        let ended = call(name, options, vm);
        let code = ended.unwrap_or_else(|exception| exit_code(exception, vm));
        flush(vm);
        code
    }))
}

/// Does `work` of a command, whose rows receivers hear of.
pub(in crate::script) fn run_for_command<T>(site: &Arc<PythonSite>, work: impl FnOnce() -> T) -> T {
    enter_for_command(site, |_, vm| {
        let done = work();
        flush(vm);
        done
    })
}

/// Whether Python runs on this thread.
pub(in crate::script) fn is_running() -> bool {
    ThreadInterpreter::current().is_some()
}

fn call(name: &PythonName, options: &Json, vm: &VirtualMachine) -> PyResult<u8> {
    let options = convert::from_json(options, vm)?;
    let attribute = vm.ctx.new_str(name.attribute.clone());
    let function = import(&name.module, vm)?.get_attr(&attribute, vm)?;
    let answer = function.call((options,), vm)?;
    if vm.is_none(&answer) {
        return Ok(0);
    }
    answer.try_to_value(vm)
}

/// What the process ends with after `exception`, which is printed unless it only asks for the end.
fn exit_code(exception: PyBaseExceptionRef, vm: &VirtualMachine) -> u8 {
    let exceptions = &vm.ctx.exceptions;
    if exception.fast_isinstance(exceptions.keyboard_interrupt) {
        vm.print_exception(exception);
        return INTERRUPTED;
    }
    if !exception.fast_isinstance(exceptions.system_exit) {
        vm.print_exception(exception);
        return 1;
    }
    let code = exception.as_object().get_attr("code", vm);
    let Ok(code) = code else {
        return 1;
    };
    if vm.is_none(&code) {
        return 0;
    }
    if let Ok(number) = code.try_to_value::<i64>(vm) {
        return u8::try_from(number.rem_euclid(256)).unwrap_or(1);
    }
    let message = text(&code, vm);
    if let Ok(stderr) = vm.sys_module.get_attr("stderr", vm) {
        // Where nobody can be told, the exit code is the only report.
        vm.call_method(&stderr, "write", (format!("{message}\n"),))
            .ok();
    }
    1
}

/// Has what was printed seen, where a program put other streams in the place of djr's.
fn flush(vm: &VirtualMachine) {
    for name in ["stdout", "stderr"] {
        if let Ok(stream) = vm.sys_module.get_attr(name, vm) {
            vm.call_method(&stream, "flush", ()).ok();
        }
    }
}

/// What completes the last word of `line` in the shell that runs on this thread.
pub fn completions(line: &str) -> Vec<String> {
    let Some(this) = ThreadInterpreter::current() else {
        return Vec::new();
    };
    this.interpreter.enter(|vm| {
        let complete = import("_djr_shell", vm).and_then(|shell| shell.get_attr("complete", vm));
        let found = complete.and_then(|complete| complete.call((line,), vm));
        let found = found.and_then(|found| found.try_to_value::<Vec<String>>(vm));
        found.unwrap_or_default()
    })
}
