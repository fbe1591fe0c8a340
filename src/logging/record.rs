//! What is told of one thing that happened.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::clock::{self, Moment};
use crate::settings::LogLevel;
use crate::text;

/// What is told of one thing that happened.
#[derive(Clone, Debug)]
pub struct LogRecord {
    /// The name of the logger.
    pub logger: Arc<str>,
    /// How severe it is.
    pub level: LogLevel,
    /// When it happened.
    pub time: Moment,
    /// What happened.
    pub message: String,
    /// What else is known.
    pub details: LogDetails,
}

/// What is known beside the message.
#[derive(Clone, Debug, Default)]
pub enum LogDetails {
    /// Nothing.
    #[default]
    None,
    /// A request that was answered.
    Access(AccessDetails),
    /// A request that went wrong.
    Request(RequestDetails),
    /// A statement that ran.
    Statement(StatementDetails),
    /// What the code of a project has added under names of its own.
    Fields(Vec<(String, Value)>),
}

/// A request that was answered, or given up.
#[derive(Clone, Debug, Default)]
pub struct AccessDetails {
    /// Its method.
    pub method: String,
    /// Its target, as sent.
    pub target: String,
    /// `HTTP/1.1` or `HTTP/1.0`.
    pub version: &'static str,
    /// The status of the response.
    pub status: u16,
    /// The bytes of its body that were sent; 0 for HEAD.
    pub size: u64,
    /// The time from the head of the request to the end of the response.
    pub duration: Duration,
}

/// A request that went wrong.
#[derive(Clone, Debug)]
pub struct RequestDetails {
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
    /// Who sent it.
    pub client: IpAddr,
    /// The status of the response.
    pub status: u16,
    /// What a mail says of it, where one is sent: lines of text without secrets.
    pub report: Option<String>,
}

/// A statement that ran.
#[derive(Clone, Debug)]
pub struct StatementDetails {
    /// Its text.
    pub sql: String,
    /// Its values, as SQL writes them.
    pub params: Vec<String>,
    /// The database.
    pub alias: String,
    /// How long it took.
    pub duration: Duration,
}

impl LogRecord {
    /// A record of now.
    pub fn new(logger: &Arc<str>, level: LogLevel, message: String, details: LogDetails) -> Self {
        Self {
            logger: Arc::clone(logger),
            level,
            time: clock::now(),
            message,
            details,
        }
    }

    /// The status of the response it is about.
    pub(super) fn status(&self) -> Option<u16> {
        match &self.details {
            LogDetails::Access(access) => Some(access.status),
            LogDetails::Request(request) => Some(request.status),
            _ => None,
        }
    }

    /// All that is known as an object of JSON, on one line.
    pub(super) fn to_json(&self) -> String {
        let mut object = Map::new();
        let mut set = |key: &str, value: Value| drop(object.insert(key.to_owned(), value));
        set("time", json!(self.time.to_rfc3339()));
        set("level", json!(self.level.name()));
        set("logger", json!(&*self.logger));
        set("message", json!(self.message));
        for (key, value) in self.details.fields() {
            set(key, value);
        }
        escape_separators(&Value::Object(object).to_string())
    }
}

impl LogDetails {
    fn fields(&self) -> Vec<(&str, Value)> {
        match self {
            Self::Fields(fields) => {
                let fields = fields.iter();
                fields
                    .map(|(key, value)| (key.as_str(), value.clone()))
                    .collect()
            }
            Self::None => Vec::new(),
            Self::Access(access) => vec![
                ("method", json!(access.method)),
                ("target", json!(access.target)),
                ("status", json!(access.status)),
                ("size", json!(access.size)),
                ("milliseconds", json!(milliseconds(access.duration))),
            ],
            Self::Request(request) => vec![
                ("method", json!(request.method)),
                ("path", json!(request.path)),
                ("client", json!(request.client.to_string())),
                ("status", json!(request.status)),
            ],
            Self::Statement(statement) => vec![
                ("sql", json!(statement.sql)),
                ("params", json!(statement.params)),
                ("alias", json!(statement.alias)),
                (
                    "milliseconds",
                    json!(statement.duration.as_secs_f64() * 1000.0),
                ),
            ],
        }
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl AccessDetails {
    /// The access line without its time: `"GET / HTTP/1.1" 200 12068 3ms`.
    pub fn line(&self) -> String {
        let (method, target) = (escape_quoted(&self.method), escape_quoted(&self.target));
        let Self {
            version,
            status,
            size,
            ..
        } = self;
        let milliseconds = self.duration.as_millis();
        format!("\"{method} {target} {version}\" {status} {size} {milliseconds}ms")
    }
}

impl StatementDetails {
    /// The statement as Django logs it: `(0.001) SELECT 1; args=(); alias=default`.
    pub fn line(&self) -> String {
        let (seconds, sql, params) = (
            self.duration.as_secs_f64(),
            &self.sql,
            self.params.join(", "),
        );
        format!(
            "({seconds:.3}) {sql}; args=({params}); alias={}",
            self.alias
        )
    }
}

/// What a client sent, with the characters escaped that could end the quotes or move a terminal's cursor.
fn escape_quoted(text: &str) -> String {
    text::escape_control(text).replace('"', "\\\"")
}

/// JSON without what some readers take for the end of a line; it can only stand within texts.
fn escape_separators(json: &str) -> String {
    let is_separator = |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}');
    if !json.contains(is_separator) {
        return json.to_owned();
    }
    let escape = |c: char| match c {
        c if is_separator(c) => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    json.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::{AccessDetails, LogDetails, LogRecord};
    use crate::settings::LogLevel;

    fn access(target: &str) -> AccessDetails {
        AccessDetails {
            method: "GET".to_owned(),
            target: target.to_owned(),
            version: "HTTP/1.1",
            status: 200,
            size: 12_068,
            duration: Duration::from_micros(3_900),
        }
    }

    #[test]
    fn an_access_line_is_that_of_django_and_how_long_it_took() {
        let line = access("/a?b=\"\u{1b}").line();
        assert_eq!(line, "\"GET /a?b=\\\"\\u{1b} HTTP/1.1\" 200 12068 3ms");
    }

    #[test]
    fn an_object_is_one_line_whatever_is_in_it() {
        let hostile = "a\nb\r\u{85}\u{2028}\u{2029}\u{1b}[2J\"\\\0é";
        let details = LogDetails::Access(access(hostile));
        let logger = Arc::from("djr.server");
        let record = LogRecord::new(&logger, LogLevel::Info, hostile.to_owned(), details);
        let json = record.to_json();
        let is_break = |c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}';
        assert!(!json.contains(is_break), "{json}");
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            (&read["message"], &read["target"]),
            (&hostile.into(), &hostile.into())
        );
        assert_eq!(
            (&read["status"], &read["milliseconds"]),
            (&200.into(), &3.into())
        );
    }
}
