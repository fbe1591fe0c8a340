//! Days, times, moments and durations as Python's `datetime` has them.

use rustpython_vm::builtins::PyInt;
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::clock::{Date, LocalDateTime, Moment, TimeOfDay, Zone};
use crate::script::engine::db::slotted_object::{self, Slot};
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

fn day_slots(day: LocalDateTime, vm: &VirtualMachine) -> Vec<Slot> {
    vec![
        Slot::new("_year", integer(day.year(), vm), vm),
        Slot::new("_month", integer(day.month(), vm), vm),
        Slot::new("_day", integer(day.day(), vm), vm),
    ]
}

fn time_slots(time: LocalDateTime, vm: &VirtualMachine) -> Vec<Slot> {
    vec![
        Slot::new("_hour", integer(time.hour(), vm), vm),
        Slot::new("_minute", integer(time.minute(), vm), vm),
        Slot::new("_second", integer(time.second(), vm), vm),
        Slot::new("_microsecond", integer(time.microsecond(), vm), vm),
    ]
}

/// An object of the class `name` of which `parts` are the arguments, and with `others` the slots.
fn made(name: &str, parts: Vec<Slot>, others: Vec<Slot>, vm: &VirtualMachine) -> PyResult {
    let class = slotted_object::class("datetime", name, vm)?;
    let arguments: Vec<_> = parts.iter().map(|slot| slot.value.clone()).collect();
    let hash = Slot::new("_hashcode", integer(-1, vm), vm);
    let slots = parts.into_iter().chain(others).chain([hash]).collect();
    match slotted_object::made(&class, slots, vm)? {
        Some(made) => Ok(made),
        None => class.as_object().call(arguments, vm),
    }
}

/// A day as a `date`.
pub(super) fn date(day: Date, vm: &VirtualMachine) -> PyResult {
    let parts = day_slots(LocalDateTime::of_day(day), vm);
    made("date", parts, Vec::new(), vm)
}

/// A time of day as a `time`.
pub(super) fn time(time: TimeOfDay, vm: &VirtualMachine) -> PyResult {
    let parts = time_slots(LocalDateTime::of_time(time), vm);
    let others = vec![
        Slot::new("_tzinfo", vm.ctx.none(), vm),
        Slot::new("_fold", integer(0, vm), vm),
    ];
    made("time", parts, others, vm)
}

/// A moment as an aware `datetime` in UTC.
pub(super) fn moment(moment: Moment, vm: &VirtualMachine) -> PyResult {
    let local = LocalDateTime::of_moment(moment, &Zone::utc());
    let mut parts = day_slots(local, vm);
    parts.extend(time_slots(local, vm));
    parts.push(Slot::new("_tzinfo", utc(vm)?, vm));
    made(
        "datetime",
        parts,
        vec![Slot::new("_fold", integer(0, vm), vm)],
        vm,
    )
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
    let text = isoformat(object, vm)?;
    let found = match name {
        "date" => Date::parse(&text).map(FieldValue::Date),
        "time" => TimeOfDay::parse(&text).map(FieldValue::Time),
        _ => Moment::parse(&text, zone).map(FieldValue::Moment),
    };
    found.ok_or_else(|| vm.new_value_error(format!("this {name} is beyond what a row can hold")))
}

/// What `isoformat` of an object of the module `datetime` says; that of days and moments is written without its code, which
/// is slow.
pub(in crate::script::engine) fn isoformat(
    object: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<String> {
    if let Some(text) = plain_isoformat(object, vm)? {
        return Ok(text);
    }
    let text = object.get_attr("isoformat", vm)?.call((), vm)?.str(vm)?;
    Ok(text.to_string_lossy().into_owned())
}

/// The same of a `date`, and of a `datetime` without a zone or in UTC; none for objects of other classes.
pub(in crate::script::engine) fn plain_isoformat(
    object: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<Option<String>> {
    let class = object.class();
    let is_of = |name| PyResult::Ok(class.is(&slotted_object::class("datetime", name, vm)?));
    let is_plausible = matches!(&*class.name(), "date" | "datetime");
    if !is_plausible || !(is_of("date")? || is_of("datetime")?) {
        return Ok(None);
    }
    let slot = |name: &'static str| object.get_attr(vm.ctx.intern_str(name), vm);
    let number = |name| slot(name)?.try_to_value::<i64>(vm);
    let day = format!(
        "{:04}-{:02}-{:02}",
        number("_year")?,
        number("_month")?,
        number("_day")?
    );
    if is_of("date")? {
        return Ok(Some(day));
    }
    let zone = slot("_tzinfo")?;
    let zone = match zone {
        zone if vm.is_none(&zone) => "",
        zone if zone.is(&utc(vm)?) => "+00:00",
        _ => return Ok(None),
    };
    let time = format!(
        "{:02}:{:02}:{:02}",
        number("_hour")?,
        number("_minute")?,
        number("_second")?
    );
    let fraction = match number("_microsecond")? {
        0 => String::new(),
        number => format!(".{number:06}"),
    };
    Ok(Some(format!("{day}T{time}{fraction}{zone}")))
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
