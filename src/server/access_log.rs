//! Events as lines of a log, in the form of Django's `runserver`.

use crate::clock::{Moment, Zone};
use crate::server::{Access, Event};

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
    pub fn line(&mut self, event: &Event) -> String {
        match event {
            Event::Access(access) => {
                let time = self.time(access.time);
                format!("[{time}] {}", request_line(access))
            }
            Event::Refused {
                time,
                status,
                reason,
            } => format!("[{}] \"-\" {status} 0 ({reason})", self.time(*time)),
            Event::Panic { target, message } => {
                format!("a view panicked at {}: {}", plain(target), plain(message))
            }
            Event::CannotAccept(reason) => format!("no connection can be accepted: {reason}"),
            Event::Missed(lines) => {
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

fn request_line(access: &Access) -> String {
    let Access {
        version,
        status,
        size,
        ..
    } = access;
    let (method, target) = (plain(&access.method), plain(&access.target));
    let milliseconds = access.duration.as_millis();
    format!("\"{method} {target} {version}\" {status} {size} {milliseconds}ms")
}

/// What a client sent, without what could end the quotes or move a terminal's cursor.
fn plain(text: &str) -> String {
    let odd = |c: char| c.is_control() || c == '"';
    if text.contains(odd) {
        text.chars()
            .flat_map(|c| match c {
                c if odd(c) => c.escape_default().collect::<Vec<_>>(),
                c => vec![c],
            })
            .collect()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::AccessLog;
    use crate::clock::{Moment, Zone};
    use crate::server::{Access, Event};

    #[test]
    fn writes_the_line_of_django_and_how_long_it_took() {
        let mut log = AccessLog::new(Zone::named("Europe/Vienna").unwrap());
        let access = Access {
            time: Moment::from_unix_seconds(1_795_195_116),
            method: "GET".to_owned(),
            target: "/a?b=\"\u{1b}".to_owned(),
            version: "HTTP/1.1",
            status: 200,
            size: 12_068,
            duration: Duration::from_micros(3_900),
        };
        assert_eq!(
            log.line(&Event::Access(access)),
            "[20/Nov/2026 18:18:36] \"GET /a?b=\\\"\\u{1b} HTTP/1.1\" 200 12068 3ms"
        );
    }
}
