//! Moments as Python's `datetime`, and back.

use std::time::Duration;

use rustpython_vm::builtins::PyFloat;
use rustpython_vm::{PyObject, PyResult, VirtualMachine};

use crate::clock::{self, Moment};
use crate::script::engine::db;
use crate::script::engine::interpreter::import;

/// `moment` as an aware `datetime` in UTC.
pub(super) fn to_python(moment: Moment, vm: &VirtualMachine) -> PyResult {
    let datetime = import("datetime", vm)?.get_attr("datetime", vm)?;
    let text = moment.to_isoformat();
    datetime.get_attr("fromisoformat", vm)?.call((text,), vm)
}

/// The moment of a `datetime`, or the one that lies a `timedelta` ahead.
pub(super) fn from_python(value: &PyObject, vm: &VirtualMachine) -> PyResult<Moment> {
    if let Ok(seconds) = value.get_attr("total_seconds", vm) {
        let seconds = seconds.call((), vm)?;
        let seconds = seconds
            .downcast_ref::<PyFloat>()
            .map(|seconds| seconds.to_f64());
        let seconds =
            seconds.ok_or_else(|| vm.new_type_error("`total_seconds` is not a number"))?;
        let distance = Duration::try_from_secs_f64(seconds.abs()).unwrap_or(Duration::MAX);
        return Ok(if seconds < 0.0 {
            clock::now().before(distance)
        } else {
            clock::now().after(distance)
        });
    }
    let text = db::isoformat(value, vm)?;
    Moment::from_isoformat(&text)
        .ok_or_else(|| vm.new_value_error(format!("`{text}` is not a moment")))
}
