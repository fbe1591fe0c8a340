//! What Python sees of a cache that does not do what was asked.

use rustpython_vm::VirtualMachine;
use rustpython_vm::builtins::PyBaseExceptionRef;

use crate::cache::CacheError;
use crate::diagnostic::{self, Diagnostic as _};
use crate::script::engine::python_error;
use crate::views::HttpError;

/// The exception for `error`: Django's where it has one of its own.
pub(super) fn exception(error: &CacheError, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let message = error.to_string();
    match error {
        CacheError::UnknownAlias { .. } => of_backends("InvalidCacheBackendError", &message, vm),
        CacheError::InvalidKey(_) => of_backends("InvalidCacheKey", &message, vm),
        CacheError::NotPicklable | CacheError::NotAnInteger(_) => vm.new_type_error(message),
        CacheError::KeyNotFound(_) | CacheError::Overflow(_) => vm.new_value_error(message),
        error => {
            let hints = error.hints();
            let message = diagnostic::messages(error).join(": ");
            python_error::raise(HttpError::internal(message, hints), vm)
        }
    }
}

fn of_backends(name: &str, message: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
    python_error::exception_of("django.core.cache.backends.base", name, message, vm)
}
