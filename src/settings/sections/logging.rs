//! `[logging]`: what is told of the site, how, and where it goes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::clock;
use crate::settings::log_format::LogFormat;
use crate::settings::log_level::{LEVELS, LogLevel};
use crate::settings::reader::SettingsReader;
use crate::settings::setting_path::part;

/// `[logging]`.
#[derive(Clone, Debug)]
pub struct LoggingSettings {
    /// `[logging.formatters]`, by name.
    pub formatters: BTreeMap<String, FormatterSettings>,
    /// `[logging.handlers]`, by name.
    pub handlers: BTreeMap<String, HandlerSettings>,
    /// `[logging.loggers]`, by name.
    pub loggers: BTreeMap<String, LoggerSettings>,
    /// `[logging.root]`: where all loggers lead that propagate.
    pub root: LoggerSettings,
}

/// `[logging.formatters.NAME]`: how a line is written.
#[derive(Clone, Debug)]
pub struct FormatterSettings {
    /// The line.
    pub format: LogFormat,
    /// How `{asctime}` is written, by `strftime`; `None` as Python does.
    pub datefmt: Option<String>,
}

/// `[logging.handlers.NAME]`: where records go.
#[derive(Clone, Debug)]
pub struct HandlerSettings {
    /// Of what kind it is.
    pub class: HandlerClass,
    /// What it takes.
    pub level: LogLevel,
    /// How it writes a line; `None` writes the message.
    pub formatter: Option<String>,
    /// When it works.
    pub filters: Vec<LogFilter>,
}

/// Where records go.
#[derive(Clone, Debug)]
pub enum HandlerClass {
    /// To standard error.
    Console,
    /// Into a file.
    File {
        /// The file.
        path: PathBuf,
        /// When another takes its place.
        rotation: Rotation,
    },
    /// By mail to `[mail] admins`.
    MailAdmins {
        /// Mails in an hour at most.
        max_per_hour: u32,
    },
    /// Nowhere.
    Null,
}

/// When a file is put aside and begun anew.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Rotation {
    /// Never.
    Never,
    /// Before it is larger than this.
    Size {
        /// Bytes at most.
        max_bytes: u64,
        /// How many older ones are kept.
        backup_count: usize,
    },
    /// With every period of the clock.
    Time {
        /// The unit of the period.
        when: RotationUnit,
        /// Units of a period.
        interval: u32,
        /// How many older ones are kept; 0 keeps all.
        backup_count: usize,
    },
}

/// The unit of the periods that files are put aside in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RotationUnit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days, from midnight on.
    Day,
    /// Weeks, from midnight of this day on; Monday is 0.
    Week(u8),
}

const ROTATION_UNITS: [(&str, RotationUnit); 12] = [
    ("S", RotationUnit::Second),
    ("M", RotationUnit::Minute),
    ("H", RotationUnit::Hour),
    ("D", RotationUnit::Day),
    ("midnight", RotationUnit::Day),
    ("W0", RotationUnit::Week(0)),
    ("W1", RotationUnit::Week(1)),
    ("W2", RotationUnit::Week(2)),
    ("W3", RotationUnit::Week(3)),
    ("W4", RotationUnit::Week(4)),
    ("W5", RotationUnit::Week(5)),
    ("W6", RotationUnit::Week(6)),
];

/// A condition for all records of a handler or a logger.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LogFilter {
    /// With `debug` only.
    RequireDebugTrue,
    /// Without `debug` only.
    RequireDebugFalse,
}

const FILTERS: [(&str, LogFilter); 2] = [
    ("require_debug_true", LogFilter::RequireDebugTrue),
    ("require_debug_false", LogFilter::RequireDebugFalse),
];

/// `[logging.loggers.NAME]`.
#[derive(Clone, Debug)]
pub struct LoggerSettings {
    /// What it takes; `NotSet` is what the one above it takes.
    pub level: LogLevel,
    /// The names of its handlers.
    pub handlers: Vec<String>,
    /// Whether its records also go to the handlers of the one above it.
    pub propagate: bool,
    /// When it works.
    pub filters: Vec<LogFilter>,
}

pub(in crate::settings) fn logging(reader: &SettingsReader<'_>) -> LoggingSettings {
    let section = |name: &str| reader.names(&format!("logging.{name}"));
    let formatters = section("formatters");
    let handlers = section("handlers");
    let read_formatter = |name: &String| (name.clone(), formatter(reader, name));
    let read_handler = |name: &String| (name.clone(), handler(reader, name, &formatters));
    let read_logger = |name: String| {
        let path = format!("logging.loggers.{}", part(&name));
        (name, logger(reader, &path, &handlers))
    };
    LoggingSettings {
        formatters: formatters.iter().map(read_formatter).collect(),
        handlers: handlers.iter().map(read_handler).collect(),
        loggers: section("loggers").into_iter().map(read_logger).collect(),
        root: logger(reader, "logging.root", &handlers),
    }
}

fn formatter(reader: &SettingsReader<'_>, name: &str) -> FormatterSettings {
    let path = |key: &str| format!("logging.formatters.{}.{key}", part(name));
    let text: String = reader.get(&path("format"));
    let format = LogFormat::parse(&text).unwrap_or_else(|error| {
        let message = format!("`{}` cannot be `{text}`: {error}", path("format"));
        reader.report(
            &path("format"),
            "invalid-setting",
            message,
            error.hint(&text),
        );
        LogFormat::Json
    });
    let datefmt = reader.nonempty(&path("datefmt"));
    let is_valid = datefmt
        .as_ref()
        .is_none_or(|pattern| clock::is_pattern(pattern));
    let message = format!(
        "`{}` must be a pattern such as `%Y-%m-%d %H:%M:%S`",
        path("datefmt")
    );
    reader.check(&path("datefmt"), is_valid, message);
    FormatterSettings {
        format,
        datefmt: datefmt.filter(|_| is_valid),
    }
}

fn handler(reader: &SettingsReader<'_>, name: &str, formatters: &[String]) -> HandlerSettings {
    let path = |key: &str| format!("logging.handlers.{}.{key}", part(name));
    let formatter = reader.nonempty(&path("formatter"));
    reader.check_names(
        &path("formatter"),
        formatter.as_slice(),
        formatters,
        "formatter",
    );
    HandlerSettings {
        class: class(reader, &path),
        level: reader.choice(&path("level"), &LEVELS, LogLevel::NotSet),
        formatter: formatter.filter(|name| formatters.contains(name)),
        filters: filters(reader, &path("filters")),
    }
}

/// The kinds of handlers by their names, and the classes of Python and Django that are the same.
const CLASSES: [(&str, &str); 6] = [
    ("console", "logging.StreamHandler"),
    ("file", "logging.FileHandler"),
    ("rotating_file", "logging.handlers.RotatingFileHandler"),
    (
        "timed_rotating_file",
        "logging.handlers.TimedRotatingFileHandler",
    ),
    ("mail_admins", "django.utils.log.AdminEmailHandler"),
    ("null", "logging.NullHandler"),
];

/// The numbers of a handler, which are checked whatever its class makes of them.
struct HandlerNumbers {
    max_bytes: u64,
    backup_count: usize,
    interval: u32,
    max_per_hour: u32,
}

fn class(reader: &SettingsReader<'_>, path: &dyn Fn(&str) -> String) -> HandlerClass {
    let numbers = HandlerNumbers {
        max_bytes: reader.get(&path("max_bytes")),
        backup_count: reader.get(&path("backup_count")),
        interval: reader.get(&path("interval")),
        max_per_hour: reader.get(&path("max_per_hour")),
    };
    let name: String = reader.get(&path("class"));
    if let Some((own, _)) = CLASSES.iter().find(|(_, of_python)| *of_python == name) {
        let message = format!("`{}` cannot be `{name}`", path("class"));
        let hint = format!("it is called `{own}` here");
        reader.report(&path("class"), "unknown-choice", message, Some(hint));
        return HandlerClass::Null;
    }
    let names = CLASSES.map(|(name, _)| (name, name));
    match reader.choice(&path("class"), &names, "null") {
        "console" => HandlerClass::Console,
        "mail_admins" => HandlerClass::MailAdmins {
            max_per_hour: numbers.max_per_hour,
        },
        "null" => HandlerClass::Null,
        name => HandlerClass::File {
            path: reader.file_path(&path("filename")),
            rotation: rotation(reader, name, path, &numbers),
        },
    }
}

fn rotation(
    reader: &SettingsReader<'_>,
    class: &str,
    path: &dyn Fn(&str) -> String,
    numbers: &HandlerNumbers,
) -> Rotation {
    let HandlerNumbers {
        max_bytes,
        backup_count,
        interval,
        ..
    } = *numbers;
    match class {
        "rotating_file" => {
            let message = format!(
                "`{}` and `{}` must be set: without them the file is never put aside",
                path("max_bytes"),
                path("backup_count")
            );
            let valid = max_bytes > 0 && backup_count > 0;
            reader.check(&path("class"), valid, message);
            Rotation::Size {
                max_bytes,
                backup_count,
            }
        }
        "timed_rotating_file" => Rotation::Time {
            when: reader.choice(&path("when"), &ROTATION_UNITS, RotationUnit::Day),
            interval,
            backup_count,
        },
        _ => Rotation::Never,
    }
}

fn filters(reader: &SettingsReader<'_>, path: &str) -> Vec<LogFilter> {
    let names: Vec<String> = reader.get(path);
    let known = FILTERS.map(|(name, _)| name.to_owned());
    reader.check_names(path, &names, &known, "filter");
    let filters = FILTERS
        .iter()
        .filter(|(name, _)| names.iter().any(|given| given == name));
    filters.map(|(_, filter)| *filter).collect()
}

fn logger(reader: &SettingsReader<'_>, path: &str, known: &[String]) -> LoggerSettings {
    let path = |key: &str| format!("{path}.{key}");
    let mut handlers: Vec<String> = reader.get(&path("handlers"));
    reader.check_names(&path("handlers"), &handlers, known, "handler");
    handlers.retain(|name| known.contains(name));
    LoggerSettings {
        level: reader.choice(&path("level"), &LEVELS, LogLevel::NotSet),
        handlers,
        // The root has no such key: there is none above it.
        propagate: reader.get(&path("propagate")),
        filters: filters(reader, &path("filters")),
    }
}

#[cfg(test)]
mod tests {
    use crate::settings::{HandlerClass, LogLevel, Rotation, RotationUnit, Settings};

    #[test]
    fn handlers_of_every_kind_are_read() {
        let text = "[logging.formatters.f]\nformat = '{asctime} {message}'\n\
                    [logging.handlers.a]\nclass = 'file'\nfilename = 'a.log'\nlevel = 'ERROR'\nformatter = 'f'\n\
                    [logging.handlers.b]\nclass = 'rotating_file'\nfilename = 'b.log'\nmax_bytes = 9\nbackup_count = 2\n\
                    [logging.handlers.c]\nclass = 'timed_rotating_file'\nfilename = 'c.log'\nwhen = 'W6'\ninterval = 2\n\
                    [logging.handlers.d]\nclass = 'mail_admins'\nmax_per_hour = 3\n\
                    [logging.loggers.'posts.views']\nhandlers = ['a', 'null']\npropagate = false\n\
                    [logging.root]\nlevel = 'DEBUG'\nhandlers = ['c']\n";
        let logging = Settings::parse(text).unwrap().logging;
        let class = |name: &str| &logging.handlers[name].class;
        assert_eq!(logging.handlers["a"].level, LogLevel::Error);
        assert_eq!(logging.handlers["a"].formatter.as_deref(), Some("f"));
        let rotation = |name: &str| match class(name) {
            HandlerClass::File { rotation, .. } => *rotation,
            other => panic!("{other:?}"),
        };
        assert_eq!(rotation("a"), Rotation::Never);
        let size = Rotation::Size {
            max_bytes: 9,
            backup_count: 2,
        };
        assert_eq!(rotation("b"), size);
        let when = RotationUnit::Week(6);
        let time = Rotation::Time {
            when,
            interval: 2,
            backup_count: 0,
        };
        assert_eq!(rotation("c"), time);
        assert!(matches!(
            class("d"),
            HandlerClass::MailAdmins { max_per_hour: 3 }
        ));
        assert_eq!(logging.loggers["posts.views"].handlers, ["a", "null"]);
        assert_eq!(logging.root.level, LogLevel::Debug);
    }

    #[test]
    fn every_mistake_is_found_with_its_line_and_the_nearest_name() {
        for (text, place, hint) in [
            (
                "handlers.a]\nclass = 'fiel'",
                "2:9: `logging.handlers.a.class` must be one of",
                "did you mean `file`?",
            ),
            (
                "handlers.a]\nclass = 'logging.StreamHandler'",
                "2:9: `logging.handlers.a.class` cannot be",
                "it is called `console` here",
            ),
            (
                "handlers.a]\nclass = 'file'",
                "`logging.handlers.a.filename` must be a path",
                "",
            ),
            (
                "handlers.a]\nclass = 'rotating_file'\nfilename = 'x'",
                "2:9: `logging.handlers.a.max_bytes` and",
                "",
            ),
            (
                "handlers.a]\nlevel = 'WARN'",
                "2:9: `logging.handlers.a.level` must be one of",
                "",
            ),
            (
                "handlers.a]\nformatter = 'sevrer'",
                "2:13: `logging.handlers.a.formatter` has an unknown formatter, `sevrer`",
                "did you mean `server`?",
            ),
            (
                "handlers.a]\nfilters = ['require_debug_true', 'debug']",
                "2:34: `logging.handlers.a.filters` has an unknown filter, `debug`",
                "the filters are",
            ),
            (
                "handlers.a]\nwhen = 'day'\nclass = 'timed_rotating_file'\nfilename = 'x'",
                "2:8: `logging.handlers.a.when` must be one of",
                "",
            ),
            (
                "loggers.'a.b']\nhandlers = ['consol']",
                "2:13: `logging.loggers.\"a.b\".handlers` has an unknown handler, `consol`",
                "did you mean `console`?",
            ),
            (
                "loggers.a]\npropagates = true",
                "2:1: unknown key `propagates` in `[logging.loggers.a]`",
                "did you mean `propagate`?",
            ),
            (
                "formatters.f]\nformat = '{levlname}'",
                "2:10: `logging.formatters.f.format` cannot be `{levlname}`: a record has no `levlname`",
                "did you mean `levelname`?",
            ),
            (
                "formatters.f]\nformat = '%(message)s'",
                "2:10: `logging.formatters.f.format` cannot be",
                "write `{message}` for `%(message)s`",
            ),
            (
                "formatters.f]\ndatefmt = '%'",
                "2:11: `logging.formatters.f.datefmt` must be a pattern",
                "",
            ),
            (
                "handler.a]\nlevel = 'INFO'",
                "1:10: unknown key `handler` in `[logging]`",
                "did you mean `handlers`?",
            ),
        ] {
            let found = Settings::parse(&format!("[logging.{text}\n")).unwrap_err();
            let findings = found.into_inner();
            let lines: Vec<_> = findings
                .iter()
                .map(|finding| format!("{finding} {:?}", finding.hints))
                .collect();
            let line = lines.iter().find(|line| line.contains(place));
            let line = line.unwrap_or_else(|| panic!("{place}\n{lines:?}"));
            assert!(line.contains(hint), "{hint}\n{line}");
        }
    }
}
