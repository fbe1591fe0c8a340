//! Days, times, moments and durations as Python's `datetime` has them.

use rustpython_vm::builtins::PyInt;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::clock::{Date, LocalDateTime, Moment, TimeOfDay, Zone};
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::values::FieldValue;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// The object `name` of Python's module `datetime`, looked up once.
pub(super) fn of_datetime(name: &str, vm: &VirtualMachine) -> PyResult {
    let this = ThreadInterpreter::current();
    let this = this.ok_or_else(|| vm.new_runtime_error("no interpreter runs"))?;
    this.own("datetime", name, vm)
}

fn integer(number: impl Into<i64>, vm: &VirtualMachine) -> PyObjectRef {
    vm.ctx.new_int(number.into()).into()
}

fn day_parts(day: LocalDateTime, vm: &VirtualMachine) -> [PyObjectRef; 3] {
    [
        integer(day.year(), vm),
        integer(day.month(), vm),
        integer(day.day(), vm),
    ]
}

fn time_parts(time: LocalDateTime, vm: &VirtualMachine) -> [PyObjectRef; 4] {
    [
        integer(time.hour(), vm),
        integer(time.minute(), vm),
        integer(time.second(), vm),
        integer(time.microsecond(), vm),
    ]
}

/// A day as a `date`.
pub(super) fn date(day: Date, vm: &VirtualMachine) -> PyResult {
    let parts = day_parts(LocalDateTime::of_day(day), vm);
    of_datetime("date", vm)?.call(parts.to_vec(), vm)
}

/// A time of day as a `time`.
pub(super) fn time(time: TimeOfDay, vm: &VirtualMachine) -> PyResult {
    let parts = time_parts(LocalDateTime::of_time(time), vm);
    of_datetime("time", vm)?.call(parts.to_vec(), vm)
}

/// A moment as an aware `datetime` in UTC.
pub(super) fn moment(moment: Moment, vm: &VirtualMachine) -> PyResult {
    let local = LocalDateTime::of_moment(moment, &Zone::utc());
    let mut parts = day_parts(local, vm).to_vec();
    parts.extend(time_parts(local, vm));
    parts.push(utc(vm)?);
    of_datetime("datetime", vm)?.call(parts, vm)
}

/// `datetime.timezone.utc`.
fn utc(vm: &VirtualMachine) -> PyResult {
    let this = ThreadInterpreter::current();
    let this = this.ok_or_else(|| vm.new_runtime_error("no interpreter runs"))?;
    this.made("datetime:utc", || {
        of_datetime("timezone", vm)?.get_attr("utc", vm)
    })
}

/// Microseconds as a `timedelta`.
pub(super) fn duration(microseconds: i64, vm: &VirtualMachine) -> PyResult {
    let (days, rest) = (microseconds.div_euclid(DAY), microseconds.rem_euclid(DAY));
    let parts = [days, rest / SECOND, rest % SECOND].map(|part| integer(part, vm));
    of_datetime("timedelta", vm)?.call(parts.to_vec(), vm)
}

/// What an object of the class `name` of Python's module `datetime` is; moments without an offset are of `zone`.
pub(super) fn from_python(
    name: &str,
    object: &PyObject,
    zone: &Zone,
    vm: &VirtualMachine,
) -> PyResult<FieldValue> {
    if name == "timedelta" {
        return microseconds(object, vm).map(FieldValue::Duration);
    }
    let text = object.get_attr("isoformat", vm)?.call((), vm)?.str(vm)?;
    let text = text.to_string_lossy();
    let found = match name {
        "date" => Date::parse(&text).map(FieldValue::Date),
        "time" => TimeOfDay::parse(&text).map(FieldValue::Time),
        _ => Moment::parse(&text, zone).map(FieldValue::Moment),
    };
    found.ok_or_else(|| vm.new_value_error(format!("this {name} is beyond what a row can hold")))
}

fn microseconds(object: &PyObject, vm: &VirtualMachine) -> PyResult<i64> {
    let mut total = 0_i64;
    for (name, factor) in [("days", DAY), ("seconds", SECOND), ("microseconds", 1)] {
        let part = object.get_attr(name, vm)?;
        let part = part.downcast_ref::<PyInt>();
        let part = part.and_then(|part| i64::try_from(part.as_bigint()).ok());
        let sum = part.and_then(|part| total.checked_add(part.checked_mul(factor)?));
        total = sum.ok_or_else(|| vm.new_overflow_error("this timedelta is too long for a row"))?;
    }
    Ok(total)
}
