//! What a factory of middleware returned.

use rustpython_vm::{PyObjectRef, VirtualMachine};

/// What a factory returned, with the methods that see views.
#[derive(Debug)]
pub(super) struct MadeMiddleware {
    /// What answers requests.
    pub(super) answer: PyObjectRef,
    pub(super) process_view: Option<PyObjectRef>,
    pub(super) process_exception: Option<PyObjectRef>,
    pub(super) process_template_response: Option<PyObjectRef>,
}

impl MadeMiddleware {
    pub(super) fn of(answer: PyObjectRef, vm: &VirtualMachine) -> Self {
        let method = |name: &'static str| answer.get_attr(name, vm).ok();
        Self {
            process_view: method("process_view"),
            process_exception: method("process_exception"),
            process_template_response: method("process_template_response"),
            answer,
        }
    }
}
