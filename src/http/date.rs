//! Moments in headers (RFC 9110, 5.6.7).

use std::time::{Duration, SystemTime};

/// Writes `time` as `Tue, 14 Nov 2023 22:13:20 GMT`.
pub fn format(time: SystemTime) -> String {
    // The format ends with the year 9999, and its crate panics there.
    let latest = SystemTime::UNIX_EPOCH + Duration::from_secs(253_402_300_799);
    httpdate::fmt_http_date(time.clamp(SystemTime::UNIX_EPOCH, latest))
}

/// Reads any of the three forms of HTTP; `None` for anything else.
pub fn parse(text: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(text).ok()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{format, parse};

    #[test]
    fn writes_and_reads_the_forms_of_http() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        assert_eq!(format(time), "Sun, 06 Nov 1994 08:49:37 GMT");
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(parse(text), Some(time), "{text}");
        }
        assert_eq!(parse("Sun, 06 Nov 1994 08:49:37 +0000"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn stays_within_the_calendar() {
        let far = SystemTime::UNIX_EPOCH + Duration::from_secs(400_000_000_000);
        assert_eq!(format(far), "Fri, 31 Dec 9999 23:59:59 GMT");
        let early = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(format(early), "Thu, 01 Jan 1970 00:00:00 GMT");
    }
}
