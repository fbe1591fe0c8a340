//! The loggers and handlers of `[logging]`, and what a name means among them.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::{Finding, Findings};
use crate::logging::formatter::Formatter;
use crate::logging::handler::{Handler, RecordDestination};
use crate::logging::log_console::Console;
use crate::logging::log_file::LogFile;
use crate::logging::logger::Logger;
use crate::logging::mail_budget::MailBudget;
use crate::logging::mail_handler::{MailHandler, SubmitJob};
use crate::mail::{MailGroup, Mailer};
use crate::settings::{
    HandlerClass, HandlerSettings, LogFilter, LogLevel, LoggerSettings, Settings,
};

/// What handlers need of the process and the project.
#[derive(Clone)]
pub struct LoggingServices {
    /// The console.
    pub console: Console,
    /// The directory that paths are below.
    pub root: PathBuf,
    /// How mail leaves.
    pub mailer: Mailer,
    /// Does what nobody waits for.
    pub submit: SubmitJob,
}

/// The log of a site; its clones are the same one.
#[derive(Clone, Debug)]
pub struct Logging(Arc<LoggerTree>);

struct LoggerTree {
    loggers: BTreeMap<String, LoggerSettings>,
    root: LoggerSettings,
    handlers: BTreeMap<String, Arc<Handler>>,
    debug: bool,
    /// Those that were asked for.
    known: Mutex<HashMap<String, Logger>>,
}

impl Logging {
    /// The log as `settings` say; no file is opened yet.
    pub fn new(settings: &Settings, services: &LoggingServices) -> Self {
        let debug = settings.project.debug;
        let handlers = settings.logging.handlers.iter();
        let handlers = handlers.filter(|(_, handler)| passes(&handler.filters, debug));
        let made = handlers.filter_map(|(name, handler)| {
            let destination = destination(handler, settings, services)?;
            let formatter = handler.formatter.as_ref();
            let formatter = formatter.and_then(|name| settings.logging.formatters.get(name));
            let handler = Handler {
                level: handler.level,
                formatter: Formatter::new(formatter, &settings.project.time_zone),
                destination,
                console: services.console.clone(),
                is_failing: AtomicBool::new(false),
            };
            Some((name.clone(), Arc::new(handler)))
        });
        Self(Arc::new(LoggerTree {
            loggers: settings.logging.loggers.clone(),
            root: settings.logging.root.clone(),
            handlers: made.collect(),
            debug,
            known: Mutex::default(),
        }))
    }

    /// The logger called `name`.
    pub fn logger(&self, name: &str) -> Logger {
        let known = self.0.known.lock();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        if let Some(logger) = known.get(name) {
            return logger.clone();
        }
        let logger = self.0.resolve(name);
        known.insert(name.to_owned(), logger.clone());
        logger
    }

    /// Opens all files; fails with those that cannot be opened.
    pub fn open_files(&self, settings: &Settings) -> Result<(), Findings> {
        let files = self.0.handlers.iter();
        let files = files.filter_map(|(name, handler)| Some((name, handler.file()?)));
        let failed = files.filter_map(|(name, file)| {
            let error = file.open().err()?;
            let path = file.path().display();
            let message =
                format!("the log `{path}` of `logging.handlers.{name}` cannot be opened: {error}");
            let mut finding = Finding::error("log-file", message);
            finding.location = settings.location(&format!("logging.handlers.{name}.filename"));
            Some(finding)
        });
        Findings::new(failed.collect()).map_or(Ok(()), Err)
    }
}

/// The handler of loggers that have none.
const LAST_RESORT: &str = "console";

/// Whether djr itself writes to the logger `name`.
fn is_of_djr(name: &str) -> bool {
    let rest = name.strip_prefix("djr");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl LoggerTree {
    fn resolve(&self, name: &str) -> Logger {
        let mut level = LogLevel::NotSet;
        let mut handlers = Vec::new();
        let mut propagates = true;
        for (above, settings) in self.line_of(name) {
            if level == LogLevel::NotSet {
                level = settings.level;
            }
            let is_own = above == name;
            if is_own && !passes(&settings.filters, self.debug) {
                return Logger::new(name, level, Vec::new());
            }
            if propagates {
                let named = settings.handlers.iter();
                handlers.extend(named.filter_map(|name| self.handlers.get(name).cloned()));
                propagates = settings.propagate;
            }
        }
        if handlers.is_empty() && !is_of_djr(name) {
            // As Python, which tells warnings of loggers that nobody has spoken of.
            level = level.max(LogLevel::Warning);
            handlers.extend(self.handlers.get(LAST_RESORT).cloned());
        }
        Logger::new(name, level, handlers)
    }

    /// The settings of the logger `name` and of those above it, the root last.
    fn line_of<'t>(&'t self, name: &'t str) -> impl Iterator<Item = (&'t str, &'t LoggerSettings)> {
        let names = std::iter::successors(Some(name), |name| {
            name.rsplit_once('.').map(|(above, _)| above)
        });
        let set = names.filter_map(|name| Some((name, self.loggers.get(name)?)));
        set.chain([("", &self.root)])
    }
}

impl fmt::Debug for LoggerTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoggerTree")
            .field("loggers", &self.loggers)
            .finish_non_exhaustive()
    }
}

fn passes(filters: &[LogFilter], debug: bool) -> bool {
    filters.iter().all(|filter| match filter {
        LogFilter::RequireDebugTrue => debug,
        LogFilter::RequireDebugFalse => !debug,
    })
}

/// Where a handler sends its lines; `None` where it has nowhere to send them.
fn destination(
    handler: &HandlerSettings,
    settings: &Settings,
    services: &LoggingServices,
) -> Option<RecordDestination> {
    match &handler.class {
        HandlerClass::Null => None,
        HandlerClass::Console => Some(RecordDestination::Console),
        HandlerClass::File { path, rotation } => {
            let path = services.root.join(path);
            let zone = &settings.project.time_zone;
            Some(RecordDestination::File(LogFile::new(path, *rotation, zone)))
        }
        HandlerClass::MailAdmins { max_per_hour } => {
            if services.mailer.people(MailGroup::Admins).is_empty() {
                return None;
            }
            let console = services.console.clone();
            Some(RecordDestination::Mail(MailHandler {
                mailer: services.mailer.clone(),
                submit: Arc::clone(&services.submit),
                budget: Mutex::new(MailBudget::new(*max_per_hour)),
                trouble: Arc::new(move |message| console.complain(&message)),
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::{Arc, Mutex};

    use super::{Logging, LoggingServices};
    use crate::logging::{Console, LogDetails};
    use crate::mail::Mailer;
    use crate::settings::{LogLevel, Settings};

    fn logging(toml: &str) -> (Logging, Arc<Mutex<Vec<String>>>) {
        let settings = Settings::parse(toml).unwrap();
        let lines = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&lines);
        let console = Console::new(false, move |lines| {
            kept.lock()
                .unwrap()
                .extend(lines.iter().map(|line| line.text.clone()));
        });
        let services = LoggingServices {
            console,
            root: PathBuf::from("/nowhere"),
            mailer: Mailer::new(&settings.mail, &PathBuf::from("/nowhere")),
            submit: Arc::new(|job| {
                job();
                true
            }),
        };
        (Logging::new(&settings, &services), lines)
    }

    fn said(toml: &str, name: &str, level: LogLevel) -> Vec<String> {
        let (logging, lines) = logging(toml);
        let logger = logging.logger(name);
        let is_enabled = logger.is_enabled(level);
        logger.log(level, "said".to_owned(), LogDetails::None);
        let lines = lines.lock().unwrap().clone();
        assert_eq!(is_enabled, !lines.is_empty(), "{name}");
        lines
    }

    #[test]
    fn records_go_to_the_handlers_of_the_logger_and_of_those_above_as_in_python() {
        const TREE: &str = "[logging.formatters]\na.format = 'a {message}'\nb.format = 'b {message}'\nr.format = 'r {message}'\n\
            [logging.handlers]\na.formatter = 'a'\nb = { formatter = 'b', level = 'ERROR' }\nr.formatter = 'r'\n\
            [logging.loggers]\nx = { handlers = ['a'], level = 'WARNING' }\n'x.y' = { handlers = ['b'] }\n\
            'x.z' = { handlers = ['b'], propagate = false, level = 'DEBUG' }\n'x.q' = { filters = ['require_debug_true'] }\n\
            [logging.root]\nhandlers = ['r']\n";
        for (name, level, expected) in [
            ("x", LogLevel::Warning, &["a said", "r said"][..]),
            ("x", LogLevel::Info, &[]),
            ("x.y", LogLevel::Error, &["b said", "a said", "r said"]),
            ("x.y", LogLevel::Warning, &["a said", "r said"]),
            (
                "x.y.deeper",
                LogLevel::Error,
                &["b said", "a said", "r said"],
            ),
            ("x.z", LogLevel::Error, &["b said"]),
            ("x.z", LogLevel::Debug, &[]),
            ("x.z.below", LogLevel::Error, &["b said"]),
            ("x.q", LogLevel::Error, &[]),
            ("x.q.below", LogLevel::Error, &["a said", "r said"]),
            ("xy", LogLevel::Warning, &["r said"]),
            ("xy", LogLevel::Info, &[]),
        ] {
            assert_eq!(said(TREE, name, level), expected, "{name} {level:?}");
        }
    }

    #[test]
    fn without_settings_djr_tells_the_console_what_is_more_than_a_detail() {
        assert_eq!(said("", "djr.request", LogLevel::Warning), ["said"]);
        assert_eq!(said("", "djr.db", LogLevel::Debug), [""; 0]);
        assert_eq!(said("", "posts", LogLevel::Warning), ["said"]);
        assert_eq!(said("", "posts", LogLevel::Info), [""; 0]);
        let line = said("", "djr.server", LogLevel::Info);
        assert!(
            line[0].starts_with('[') && line[0].ends_with("] said"),
            "{line:?}"
        );
    }

    #[test]
    fn a_handler_that_is_filtered_out_takes_nothing() {
        let filtered = "[logging.handlers.console]\nfilters = ['require_debug_true']\n";
        assert_eq!(said(filtered, "djr", LogLevel::Error), [""; 0]);
        let with_debug = format!("[project]\ndebug = true\n{filtered}");
        assert_eq!(said(&with_debug, "djr", LogLevel::Error), ["said"]);
    }

    #[test]
    fn a_file_that_takes_nothing_is_told_once() {
        let full = "[logging.handlers.full]\nclass = 'file'\nfilename = '/dev/full'\n\
                    [logging.loggers.djr]\nhandlers = ['full']\n";
        let (logging, lines) = logging(full);
        for _ in 0..3 {
            logging.logger("djr").error("lost");
        }
        let lines = lines.lock().unwrap().clone();
        assert_eq!(
            lines,
            ["the log `/dev/full` cannot be written: No space left on device (os error 28)"]
        );
    }
}
