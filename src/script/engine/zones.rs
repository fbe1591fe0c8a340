//! The module `_djr_zones`: time zones of the bundled database for `zoneinfo`.

pub(super) use _djr_zones::module_def;

#[rustpython_vm::pymodule]
mod _djr_zones {
    use rustpython_vm::builtins::PyBytesRef;
    use rustpython_vm::{PyObjectRef, VirtualMachine};

    use crate::clock::{zone_file, zone_names};

    /// The file of a zone; `None` where there is no such zone.
    #[pyfunction]
    fn file(name: String, vm: &VirtualMachine) -> Option<PyBytesRef> {
        zone_file(&name).map(|content| vm.ctx.new_bytes(content.to_vec()))
    }

    /// The names of all zones.
    #[pyfunction]
    fn names(vm: &VirtualMachine) -> Vec<PyObjectRef> {
        zone_names()
            .map(|name| vm.ctx.new_str(name).into())
            .collect()
    }
}
