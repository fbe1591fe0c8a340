//! What is wrong with a text that should be JSON.

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::common::wtf8::Wtf8;
use rustpython_vm::{AsObject as _, PyObjectRef, VirtualMachine};

/// Why a text cannot be read.
pub(super) enum JsonMistake {
    /// There is no value at this byte.
    NoValue(usize),
    /// What is wrong at a byte.
    At(&'static str, usize),
    /// What Python raised.
    Raised(PyBaseExceptionRef),
}

impl JsonMistake {
    /// The exception that says so; `StopIteration` with the place where there is no value.
    pub(super) fn into_exception(
        self,
        text: &Wtf8,
        source: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyBaseExceptionRef {
        match self {
            Self::Raised(exception) => exception,
            Self::NoValue(at) => {
                let index = vm.ctx.new_int(characters(&text.as_bytes()[..at]));
                vm.new_stop_iteration(Some(index.into()))
            }
            Self::At(message, at) => {
                let index = characters(&text.as_bytes()[..at.min(text.len())]);
                let made = vm
                    .import("json.decoder", 0)
                    .and_then(|_| vm.try_class("json.decoder", "JSONDecodeError"))
                    .and_then(|class| {
                        class
                            .as_object()
                            .to_owned()
                            .call((message, source, index), vm)
                    });
                match made.map(PyObjectRef::downcast) {
                    Ok(Ok(exception)) => exception,
                    Ok(Err(_)) => vm.new_type_error("JSONDecodeError is not an exception"),
                    Err(raised) => raised,
                }
            }
        }
    }
}

/// How many characters the first bytes of a text are.
pub(super) fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

/// The byte at which the character `index` of `text` begins; behind its end for one that is not there.
pub(super) fn byte_of(text: &Wtf8, index: usize) -> usize {
    if text.is_ascii() {
        return index.min(text.len());
    }
    let found = text.code_point_indices().nth(index);
    found.map_or(text.len(), |(byte, _)| byte)
}
