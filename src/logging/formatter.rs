//! Lines made of records.

use std::fmt::Write as _;
use std::process;
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::clock::{Moment, Zone};
use crate::logging::record::{LogDetails, LogRecord};
use crate::settings::{
    FieldAlignment, FieldWidth, FormatPart, FormatterSettings, LogField, LogFormat,
};
use crate::text;

/// How Python writes `{asctime}` up to the second.
const ASC_TIME: &str = "%Y-%m-%d %H:%M:%S";

/// How the access line writes its time.
const SERVER_TIME: &str = "%d/%b/%Y %H:%M:%S";

/// Makes lines of records.
#[derive(Debug)]
pub(super) struct Formatter {
    format: LogFormat,
    datefmt: Option<String>,
    zone: Zone,
    asc_time: SecondCache,
    server_time: SecondCache,
}

/// A moment as it was written last: within a second it is the same text.
#[derive(Debug, Default)]
struct SecondCache(Mutex<Option<(i64, String)>>);

impl SecondCache {
    fn get(&self, moment: Moment, zone: &Zone, pattern: &str) -> String {
        let second = moment.unix_seconds();
        let mut cached = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*cached {
            Some((of, text)) if *of == second => text.clone(),
            _ => {
                let text = moment.format(zone, pattern);
                *cached = Some((second, text.clone()));
                text
            }
        }
    }
}

impl Formatter {
    /// A formatter as `settings` say, which shows times in `zone`; without settings it writes the message.
    pub(super) fn new(settings: Option<&FormatterSettings>, zone: &Zone) -> Self {
        let message = FormatPart::Field(LogField::Message, FieldWidth::default());
        let plain = || LogFormat::Text(vec![message]);
        Self {
            format: settings.map_or_else(plain, |settings| settings.format.clone()),
            datefmt: settings.and_then(|settings| settings.datefmt.clone()),
            zone: zone.clone(),
            asc_time: SecondCache::default(),
            server_time: SecondCache::default(),
        }
    }

    /// The line for `record`, without the end of a line.
    pub(super) fn line(&self, record: &LogRecord) -> String {
        let LogFormat::Text(parts) = &self.format else {
            return record.to_json();
        };
        let mut line = String::new();
        for part in parts {
            match part {
                FormatPart::Text(text) => line.push_str(text),
                FormatPart::Field(field, width) => {
                    let value = match field {
                        LogField::Message => text::escape_control(&record.message),
                        other => text::escape_control(&self.value(*other, record)),
                    };
                    write_field(&mut line, &value, width, field.is_number());
                }
            }
        }
        line
    }

    fn value(&self, field: LogField, record: &LogRecord) -> String {
        match field {
            LogField::AscTime => self.asc_time(record.time),
            LogField::Created => seconds(record.time),
            LogField::LevelName => record.level.name().to_owned(),
            LogField::LevelNumber => record.level.number().to_string(),
            LogField::Message => record.message.clone(),
            LogField::Milliseconds => format!("{}.0", milliseconds(record.time)),
            LogField::Name => record.logger.to_string(),
            LogField::Process => process::id().to_string(),
            LogField::ProcessName => "MainProcess".to_owned(),
            LogField::Thread => thread_number(),
            LogField::ThreadName => thread::current().name().unwrap_or("log").to_owned(),
            LogField::ServerTime => self.server_time.get(record.time, &self.zone, SERVER_TIME),
            other => of_details(other, &record.details).unwrap_or_else(|| "-".to_owned()),
        }
    }

    fn asc_time(&self, time: Moment) -> String {
        if let Some(pattern) = &self.datefmt {
            // It may show parts of a second.
            return time.format(&self.zone, pattern);
        }
        let text = self.asc_time.get(time, &self.zone, ASC_TIME);
        format!("{text},{:03}", milliseconds(time))
    }
}

fn of_details(field: LogField, details: &LogDetails) -> Option<String> {
    Some(match (field, details) {
        (LogField::StatusCode, LogDetails::Access(access)) => access.status.to_string(),
        (LogField::StatusCode, LogDetails::Request(request)) => request.status.to_string(),
        (LogField::Method, LogDetails::Access(access)) => access.method.clone(),
        (LogField::Method, LogDetails::Request(request)) => request.method.clone(),
        (LogField::Path, LogDetails::Access(access)) => access.target.clone(),
        (LogField::Path, LogDetails::Request(request)) => request.path.clone(),
        (LogField::Request, LogDetails::Access(access)) => {
            format!("{} {}", access.method, access.target)
        }
        (LogField::Request, LogDetails::Request(request)) => {
            format!("{} {}", request.method, request.path)
        }
        (LogField::Client, LogDetails::Request(request)) => request.client.to_string(),
        (LogField::Size, LogDetails::Access(access)) => access.size.to_string(),
        (LogField::Duration, LogDetails::Access(access)) => {
            format!("{:.3}", access.duration.as_secs_f64())
        }
        (LogField::Duration, LogDetails::Statement(statement)) => {
            format!("{:.3}", statement.duration.as_secs_f64())
        }
        (LogField::Sql, LogDetails::Statement(statement)) => statement.sql.clone(),
        (LogField::Params, LogDetails::Statement(statement)) => {
            format!("({})", statement.params.join(", "))
        }
        (LogField::Alias, LogDetails::Statement(statement)) => statement.alias.clone(),
        _ => return None,
    })
}

/// Seconds since 1970 with a fraction, as Python writes a `float`: without zeros at its end but the first one.
fn seconds(time: Moment) -> String {
    let micros = time.unix_microseconds();
    let (whole, fraction) = (micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000));
    let text = format!("{whole}.{fraction:06}");
    let shortest = text.trim_end_matches('0');
    let zero = if shortest.ends_with('.') { "0" } else { "" };
    format!("{shortest}{zero}")
}

fn milliseconds(time: Moment) -> i64 {
    time.unix_microseconds().rem_euclid(1_000_000) / 1000
}

/// The number of the thread, which the standard library shows as `ThreadId(7)`.
fn thread_number() -> String {
    let shown = format!("{:?}", thread::current().id());
    shown.chars().filter(char::is_ascii_digit).collect()
}

fn write_field(line: &mut String, value: &str, width: &FieldWidth, is_number: bool) {
    let value: String = match (width.precision, width.decimals, value.parse::<f64>()) {
        (Some(most), ..) => value.chars().take(most).collect(),
        (None, Some(decimals), Ok(number)) => format!("{number:.decimals$}"),
        _ => value.to_owned(),
    };
    let missing = width.width.saturating_sub(value.chars().count());
    let usual = if is_number {
        FieldAlignment::Right
    } else {
        FieldAlignment::Left
    };
    let before = match width.alignment.unwrap_or(usual) {
        FieldAlignment::Left => 0,
        FieldAlignment::Right => missing,
        FieldAlignment::Center => missing / 2,
    };
    let fill = width.fill.unwrap_or(' ');
    line.extend(std::iter::repeat_n(fill, before));
    // Writing to a string cannot fail.
    let _ = write!(line, "{value}");
    line.extend(std::iter::repeat_n(fill, missing - before));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Formatter;
    use crate::clock::{Moment, Zone};
    use crate::logging::{LogDetails, LogRecord, RequestDetails};
    use crate::settings::{LogLevel, Settings};

    fn line(format: &str, record: &LogRecord) -> String {
        let text = format!("[logging.formatters.f]\nformat = '{format}'\n");
        let settings = Settings::parse(&text).unwrap().logging;
        let zone = Zone::named("Europe/Vienna").unwrap();
        Formatter::new(settings.formatters.get("f"), &zone).line(record)
    }

    fn record(message: &str) -> LogRecord {
        LogRecord {
            logger: Arc::from("djr.request"),
            level: LogLevel::Error,
            time: Moment::from_sql("2026-11-20 16:18:36.0425").unwrap(),
            message: message.to_owned(),
            details: LogDetails::Request(RequestDetails {
                method: "GET".to_owned(),
                path: "/a b".to_owned(),
                client: "10.0.0.1".parse().unwrap(),
                status: 500,
                report: None,
            }),
        }
    }

    #[test]
    fn writes_the_fields_of_python_and_django() {
        let record = record("it broke");
        for (format, expected) in [
            (
                "{levelname} {asctime} {name} {message}",
                "ERROR 2026-11-20 17:18:36,042 djr.request it broke",
            ),
            ("{levelno} {created} {msecs}", "40 1795191516.0425 42.0"),
            (
                "[{server_time}] {status_code} {request}",
                "[20/Nov/2026 17:18:36] 500 GET /a b",
            ),
            ("{client}|{sql}|{duration}|{size}", "10.0.0.1|-|-|-"),
            (
                "{levelname:<8}|{levelname:>8}|{levelname:*^9}|{levelname:.2}",
                "ERROR   |   ERROR|**ERROR**|ER",
            ),
            (
                "{levelno:5}|{status_code:<5}|{name:3}",
                "   40|500  |djr.request",
            ),
            ("{{{message}}}", "{it broke}"),
        ] {
            assert_eq!(line(format, &record), expected, "{format}");
        }
        let process = std::process::id().to_string();
        assert_eq!(line("{process}", &record), process);
        let thread = line("{thread} {threadName} {processName}", &record);
        assert!(thread.contains("writes_the_fields"), "{thread}");
    }

    #[test]
    fn no_value_ends_a_line_or_moves_a_cursor() {
        let hostile = "a\nERROR forged\r\u{85}\u{2028}\u{1b}[2J\u{202e}";
        for format in ["{message}", "{message:>100}", "json"] {
            let line = line(format, &record(hostile));
            let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
            assert!(!line.contains(is_break), "{line}");
        }
    }

    #[test]
    fn a_time_is_written_by_datefmt() {
        let text = "[logging.formatters.f]\nformat = '{asctime}'\ndatefmt = '%d.%m. %H:%M:%S'\n";
        let settings = Settings::parse(text).unwrap().logging;
        let formatter = Formatter::new(settings.formatters.get("f"), &Zone::utc());
        assert_eq!(formatter.line(&record("")), "20.11. 16:18:36");
    }
}
