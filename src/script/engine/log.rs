//! Python's `logging`, whose records go where `[logging]` sends those of djr.

use std::io::{self, Write as _};

use rustpython_vm::builtins::PyDictRef;
use rustpython_vm::{PyObject, VirtualMachine};

use crate::logging::{LogDetails, Logger, RequestDetails};
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::{python_error, request};
use crate::settings::LogLevel;

/// What Python's numbers of levels stand for, the lowest first.
const LEVELS: [(i32, LogLevel); 5] = [
    (10, LogLevel::Debug),
    (20, LogLevel::Info),
    (30, LogLevel::Warning),
    (40, LogLevel::Error),
    (50, LogLevel::Critical),
];

/// A number that no record has.
const NOTHING: i32 = 100;

/// The logger of `[logging]` for the one that Python calls `name`; none while the site is loaded.
fn logger(name: &str) -> Option<Logger> {
    let parts = ThreadInterpreter::current()?.site().parts()?;
    let own = match name.strip_prefix("django") {
        Some(rest) if rest.is_empty() || rest.starts_with('.') => format!("djr{rest}"),
        _ => name.to_owned(),
    };
    Some(parts.state.logging.logger(&own))
}

/// The number from which on records of the logger `name` are taken.
pub(super) fn level(name: &str) -> i32 {
    let Some(logger) = logger(name) else {
        return LEVELS[2].0;
    };
    let taken = LEVELS.iter().find(|(_, level)| logger.is_enabled(*level));
    taken.map_or(NOTHING, |(number, _)| *number)
}

/// Hands over a record with the other `fields` it has, and the request it is about.
pub(super) fn log(
    name: &str,
    number: i32,
    message: String,
    fields: &PyDictRef,
    about: &PyObject,
    vm: &VirtualMachine,
) {
    let Some(logger) = logger(name) else {
        // A terminal that is gone ends nothing.
        let _unwritten = writeln!(io::stderr(), "{name}: {message}");
        return;
    };
    let reached = LEVELS.iter().rev().find(|(own, _)| number >= *own);
    let level = reached.map_or(LogLevel::Debug, |(_, level)| *level);
    let details = of_request(about, fields, vm).unwrap_or_else(|| {
        let pairs = fields.items_vec().into_iter().map(|(name, value)| {
            let number = value.try_to_value::<i64>(vm).map(serde_json::Value::from);
            let text = |_| python_error::text(&value, vm).into();
            (python_error::text(&name, vm), number.unwrap_or_else(text))
        });
        LogDetails::Fields(pairs.collect())
    });
    logger.log(level, message, details);
}

fn of_request(about: &PyObject, fields: &PyDictRef, vm: &VirtualMachine) -> Option<LogDetails> {
    let parts = request::parts_of(about, vm)?;
    let status = fields.get_item("status_code", vm).ok();
    Some(LogDetails::Request(RequestDetails {
        method: parts.http.method.as_str().to_owned(),
        path: parts.http.path.clone(),
        client: parts.http.peer,
        status: status
            .and_then(|status| status.try_to_value(vm).ok())
            .unwrap_or(500),
        report: None,
    }))
}
