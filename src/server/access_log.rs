//! Server events as lines of a log, in the form of Django's `runserver`.

use crate::clock::{Moment, Zone};
use crate::server::{AccessRecord, ServerEvent};
use crate::text;

/// Writes events as lines; the time is formatted once a second.
#[derive(Debug)]
pub struct AccessLog {
    zone: Zone,
    second: Option<i64>,
    time: String,
}

impl AccessLog {
    /// Writes times in `zone`.
    pub fn new(zone: Zone) -> Self {
        Self {
            zone,
            second: None,
            time: String::new(),
        }
    }

    /// The line for `event`: `[20/Nov/2026 17:18:36] "GET / HTTP/1.1" 200 12068 3ms`.
    pub fn line(&mut self, event: &ServerEvent) -> String {
        match event {
            ServerEvent::Access(access) => {
                let time = self.time(access.time);
                format!("[{time}] {}", request_line(access))
            }
            ServerEvent::Refused {
                time,
                status,
                reason,
            } => format!("[{}] \"-\" {status} 0 ({reason})", self.time(*time)),
            ServerEvent::Panic { target, message } => {
                format!(
                    "a view panicked at {}: {}",
                    escape_unsafe(target),
                    escape_unsafe(message)
                )
            }
            ServerEvent::CannotAccept(reason) => format!("no connection can be accepted: {reason}"),
            ServerEvent::Dropped { events: lines } => {
                format!("the log is read too slowly: {lines} lines are missing")
            }
        }
    }

    fn time(&mut self, moment: Moment) -> &str {
        let second = Some(moment.unix_seconds());
        if second != self.second {
            self.second = second;
            self.time = moment.format(&self.zone, "%d/%b/%Y %H:%M:%S");
        }
        &self.time
    }
}

fn request_line(access: &AccessRecord) -> String {
    let AccessRecord {
        version,
        status,
        size,
        ..
    } = access;
    let (method, target) = (escape_unsafe(&access.method), escape_unsafe(&access.target));
    let milliseconds = access.duration.as_millis();
    format!("\"{method} {target} {version}\" {status} {size} {milliseconds}ms")
}

/// What a client sent, with the characters escaped that could end the quotes or move a terminal's cursor.
fn escape_unsafe(text: &str) -> String {
    text::escape_control(text).replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::AccessLog;
    use crate::clock::{Moment, Zone};
    use crate::server::{AccessRecord, ServerEvent};

    #[test]
    fn writes_the_line_of_django_and_how_long_it_took() {
        let mut log = AccessLog::new(Zone::named("Europe/Vienna").unwrap());
        let access = AccessRecord {
            time: Moment::from_unix_seconds(1_795_195_116),
            method: "GET".to_owned(),
            target: "/a?b=\"\u{1b}".to_owned(),
            version: "HTTP/1.1",
            status: 200,
            size: 12_068,
            duration: Duration::from_micros(3_900),
        };
        assert_eq!(
            log.line(&ServerEvent::Access(access)),
            "[20/Nov/2026 18:18:36] \"GET /a?b=\\\"\\u{1b} HTTP/1.1\" 200 12068 3ms"
        );
    }
}
