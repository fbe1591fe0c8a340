//! What Python's `logging` does, recorded, and what djr does.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::formatter::Formatter;
use super::mail_handler::message;
use crate::clock::{Moment, Zone};
use crate::logging::{Console, LogDetails, LogRecord, Logging, LoggingServices};
use crate::mail::Mailer;
use crate::settings::{LogLevel, Settings};

const LEVELS: [LogLevel; 5] = [
    LogLevel::Debug,
    LogLevel::Info,
    LogLevel::Warning,
    LogLevel::Error,
    LogLevel::Critical,
];

fn recorded() -> Value {
    serde_json::from_str(include_str!("../../tests/parity/golden/logging.json")).unwrap()
}

fn level(is_meant: impl Fn(LogLevel) -> bool) -> LogLevel {
    LEVELS.into_iter().find(|level| is_meant(*level)).unwrap()
}

#[test]
fn lines_are_written_as_python_writes_them() {
    let recorded = recorded();
    let lines = recorded["lines"].as_array().unwrap();
    assert!(lines.len() > 100);
    for line in lines {
        let [
            format,
            datefmt,
            name,
            number,
            message,
            seconds,
            milliseconds,
            expected,
        ] = &line.as_array().unwrap()[..]
        else {
            panic!("{line}");
        };
        let mut toml = format!("[logging.formatters.f]\nformat = {format}\n");
        if !datefmt.is_null() {
            writeln!(toml, "datefmt = {datefmt}").unwrap();
        }
        let settings = Settings::parse(&toml).unwrap_or_else(|found| panic!("{toml}{found}"));
        let settings = settings.logging;
        let formatter = Formatter::new(settings.formatters.get("f"), &Zone::utc());
        let time = Moment::from_unix_seconds(seconds.as_i64().unwrap());
        let milliseconds = milliseconds.as_u64().unwrap();
        let record = LogRecord {
            logger: Arc::from(name.as_str().unwrap()),
            level: level(|level| Some(u64::from(level.number())) == number.as_u64()),
            time: time.after(std::time::Duration::from_millis(milliseconds)),
            message: message.as_str().unwrap().to_owned(),
            details: LogDetails::None,
        };
        assert_eq!(
            formatter.line(&record),
            expected.as_str().unwrap(),
            "{line}"
        );
    }
}

#[test]
fn mails_to_admins_have_djangos_subjects() {
    let recorded: Value =
        serde_json::from_str(include_str!("../../tests/parity/golden/errors.json")).unwrap();
    let subjects = recorded["subjects"].as_array().unwrap();
    assert!(subjects.len() > 50);
    for row in subjects {
        let record = LogRecord {
            logger: Arc::from("x"),
            level: level(|level| Some(level.name()) == row["level"].as_str()),
            time: Moment::from_unix_seconds(0),
            message: row["message"].as_str().unwrap().to_owned(),
            details: LogDetails::None,
        };
        let subject = message(&record, "", 0).subject;
        let prefix = row["prefix"].as_str().unwrap();
        assert_eq!(
            Some(&*format!("{prefix}{subject}")),
            row["subject"].as_str()
        );
    }
}

/// `[logging]` for the loggers and handlers that were recorded; each handler writes its own name.
fn tree(recorded: &Value) -> String {
    let mut toml = String::new();
    for (name, level) in recorded["tree"]["handlers"].as_object().unwrap() {
        writeln!(
            toml,
            "[logging.formatters.{name}]\nformat = '{name}{{message}}'"
        )
        .unwrap();
        writeln!(
            toml,
            "[logging.handlers.{name}]\nformatter = '{name}'\nlevel = {level}"
        )
        .unwrap();
    }
    for (name, keys) in recorded["tree"]["loggers"].as_object().unwrap() {
        writeln!(toml, "[logging.loggers.'{name}']").unwrap();
        for (key, value) in keys.as_object().unwrap() {
            writeln!(toml, "{key} = {value}").unwrap();
        }
    }
    toml + "[logging.root]\nhandlers = ['r']\n"
}

#[test]
fn records_reach_the_handlers_that_they_reach_in_python() {
    let recorded = recorded();
    let settings = Settings::parse(&tree(&recorded)).unwrap();
    let reached = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&reached);
    let console = Console::new(false, move |lines| {
        kept.lock()
            .unwrap()
            .extend(lines.iter().map(|line| line.text.clone()));
    });
    let root = PathBuf::from("/nowhere");
    let logging = Logging::new(
        &settings,
        &LoggingServices {
            console,
            mailer: Mailer::new(&settings.mail, &root),
            root,
            submit: Arc::new(|_| true),
        },
    );
    let cases = recorded["reached"].as_array().unwrap();
    assert!(cases.len() > 80);
    for case in cases {
        let name = case[0].as_str().unwrap();
        let level = level(|level| Some(level.name()) == case[1].as_str());
        let logger = logging.logger(name);
        logger.log(level, String::new(), LogDetails::None);
        let found = std::mem::take(&mut *reached.lock().unwrap());
        assert_eq!(Value::from(found.clone()), case[2], "{case}");
        assert_eq!(logger.is_enabled(level), !found.is_empty(), "{case}");
    }
}
