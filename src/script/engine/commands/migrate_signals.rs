//! The signals around migrations, which a command sends to the receivers of a project.

use std::sync::Arc;

use rustpython_vm::{PyResult, VirtualMachine};

use crate::diagnostic::Finding;
use crate::json::Json;
use crate::script::PythonSite;
use crate::script::engine::convert;
use crate::script::engine::entry::enter;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::python_error::PythonError;

const MODULE: &str = "django.core.management.migrate_signals";

/// Sends the signal that `facts` tell of; fails with what a receiver raises.
pub(in crate::script) fn emit_migrate_signal(
    site: &Arc<PythonSite>,
    facts: &Json,
) -> Result<(), Finding> {
    enter(site, |this, vm| {
        let sent = emit(this, facts, vm);
        sent.map_err(|error| PythonError::of(&error, vm).into_finding())
    })
}

fn emit(this: &ThreadInterpreter, facts: &Json, vm: &VirtualMachine) -> PyResult<()> {
    let facts = convert::from_json(facts, vm)?;
    this.own(MODULE, "emit_for_command", vm)?
        .call((facts,), vm)?;
    Ok(())
}
