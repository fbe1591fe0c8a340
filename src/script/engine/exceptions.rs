//! Exceptions of several kinds at once: `class Gone(Http404, KeyError)`.

use rustpython_vm::builtins::PyType;
use rustpython_vm::types::PyTypeFlags;
use rustpython_vm::{AsObject as _, Py, VirtualMachine};

/// Lets a class have several exceptions of Python as its bases.
///
/// The interpreter gives each exception a constructor of its own, though most do the same, and refuses to call that of
/// one base for a class whose first base is another.
pub(super) fn share_constructor(vm: &VirtualMachine) {
    share(vm.ctx.exceptions.base_exception_type, vm);
}

/// Gives those below `base` its constructor. Errors of the system choose their class by their number, and groups theirs
/// by their members: they keep what they have.
fn share(base: &Py<PyType>, vm: &VirtualMachine) {
    let below: Vec<_> = base
        .subclasses
        .read()
        .iter()
        .filter_map(|weak| weak.upgrade())
        .collect();
    for class in below {
        let Ok(class) = class.downcast::<PyType>() else {
            continue;
        };
        let is_of_python = !class.slots.flags.has_feature(PyTypeFlags::HEAPTYPE);
        let keeps_its_own = class.is(vm.ctx.exceptions.os_error)
            || class.is(vm.ctx.exceptions.base_exception_group);
        if is_of_python && !keeps_its_own {
            class.slots.new.store(base.slots.new.load());
            share(&class, vm);
        }
    }
}
