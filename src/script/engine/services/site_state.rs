//! The site that Python asks for its services.

use std::sync::Arc;

use rustpython_vm::{PyResult, VirtualMachine};

use crate::script::engine::interpreter::ThreadInterpreter;
use crate::views::AppState;

/// What all requests to the site share; fails while the modules are loaded that it is composed of.
pub(super) fn state(vm: &VirtualMachine) -> PyResult<Arc<AppState>> {
    let state = ThreadInterpreter::current().and_then(|this| this.site().state());
    state.ok_or_else(|| {
        vm.new_runtime_error(
            "the site is not composed yet: ask for it in a function that is called later",
        )
    })
}
