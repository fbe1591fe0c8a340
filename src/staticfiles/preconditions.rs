//! The preconditions of a request: whether the client has the file already (RFC 9110, 13).

use std::time::{Duration, SystemTime};

use crate::http::{Headers, Method, date};

/// What identifies a version of a file.
#[derive(Clone, Debug)]
pub(super) struct Validators {
    /// The strong entity tag, quoted.
    pub(super) etag: String,
    /// The time of the last change, in whole seconds.
    pub(super) modified: Option<SystemTime>,
}

/// What the preconditions of a request say about a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Precondition {
    /// The file is to be sent.
    Met,
    /// The client has this version already.
    NotModified,
    /// The client asks for, or wants to change, another version.
    Failed,
}

impl Validators {
    pub(super) fn new(etag: String, modified: Option<SystemTime>) -> Self {
        let modified = modified.map(whole_seconds);
        Self { etag, modified }
    }

    /// Evaluates the preconditions in the order of RFC 9110, 13.2.2, without `If-Range`.
    pub(super) fn check_preconditions(&self, method: &Method, headers: &Headers) -> Precondition {
        if headers.contains("If-Match") {
            if !self.is_listed(headers, "If-Match", false) {
                return Precondition::Failed;
            }
        } else if header_date(headers, "If-Unmodified-Since")
            .is_some_and(|since| self.is_newer(since))
        {
            return Precondition::Failed;
        }
        let is_current = if headers.contains("If-None-Match") {
            self.is_listed(headers, "If-None-Match", true)
        } else {
            header_date(headers, "If-Modified-Since").is_some_and(|since| !self.is_newer(since))
        };
        match (is_current, method) {
            (false, _) => Precondition::Met,
            (true, Method::Get | Method::Head) => Precondition::NotModified,
            (true, _) => Precondition::Failed,
        }
    }

    /// Whether a range may be served: `If-Range` is absent or names this version.
    pub(super) fn allow_range(&self, headers: &Headers) -> bool {
        headers.get("If-Range").is_none_or(|condition| {
            let condition = condition.trim();
            condition == self.etag
                || date::parse(condition).is_some_and(|date| Some(date) == self.modified)
        })
    }

    fn is_newer(&self, since: SystemTime) -> bool {
        self.modified.is_none_or(|modified| modified > since)
    }

    fn is_listed(&self, headers: &Headers, name: &str, allow_weak: bool) -> bool {
        let mut lines = headers.get_all(name);
        lines.any(|line| line.trim() == "*" || self.is_in_list(line, allow_weak))
    }

    /// Whether a comma-separated list holds the tag; a comma may stand in a tag too.
    fn is_in_list(&self, mut list: &str, allow_weak: bool) -> bool {
        while let Some(start) = list.find('"') {
            let weak = list[..start].ends_with("W/");
            let Some(length) = list[start + 1..].find('"') else {
                return false;
            };
            let end = start + length + 2;
            if list[start..end] == self.etag && (allow_weak || !weak) {
                return true;
            }
            list = &list[end..];
        }
        false
    }
}

fn header_date(headers: &Headers, name: &str) -> Option<SystemTime> {
    headers
        .get(name)
        .and_then(|value| date::parse(value.trim()))
}

fn whole_seconds(time: SystemTime) -> SystemTime {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    SystemTime::UNIX_EPOCH + Duration::from_secs(since.unwrap_or_default().as_secs())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{Precondition, Validators};
    use crate::http::{Headers, Method};

    fn evaluate(fields: &[(&str, &str)]) -> Precondition {
        let headers: Headers = fields.iter().copied().collect();
        validators().check_preconditions(&Method::Get, &headers)
    }

    fn validators() -> Validators {
        let modified = SystemTime::UNIX_EPOCH + Duration::from_millis(784_111_777_900);
        Validators::new("\"a,b\"".to_owned(), Some(modified))
    }

    const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    const EARLIER: &str = "Sun, 06 Nov 1994 08:49:36 GMT";

    #[test]
    fn knows_what_the_client_has() {
        for (name, value) in [
            ("If-None-Match", "\"a,b\""),
            ("If-None-Match", "W/\"a,b\""),
            ("If-None-Match", "\"x\", \"a,b\""),
            ("If-None-Match", "*"),
            ("If-Modified-Since", DATE),
            ("If-Modified-Since", "Sat, 06 Nov 2094 08:49:37 GMT"),
        ] {
            assert_eq!(
                evaluate(&[(name, value)]),
                Precondition::NotModified,
                "{name}: {value}"
            );
        }
        for (name, value) in [
            ("If-None-Match", "\"a\""),
            ("If-None-Match", "\"a,b"),
            ("If-None-Match", "a,b"),
            ("If-Modified-Since", EARLIER),
            ("If-Modified-Since", "yesterday"),
        ] {
            assert_eq!(
                evaluate(&[(name, value)]),
                Precondition::Met,
                "{name}: {value}"
            );
        }
    }

    #[test]
    fn a_tag_counts_more_than_a_date() {
        let fields = [("If-None-Match", "\"old\""), ("If-Modified-Since", DATE)];
        assert_eq!(evaluate(&fields), Precondition::Met);
    }

    #[test]
    fn preconditions_want_this_very_version() {
        for (name, value) in [
            ("If-Match", "\"x\""),
            ("If-Match", "W/\"a,b\""),
            ("If-Unmodified-Since", EARLIER),
        ] {
            assert_eq!(evaluate(&[(name, value)]), Precondition::Failed, "{name}");
        }
        assert_eq!(evaluate(&[("If-Match", "*")]), Precondition::Met);
        assert_eq!(
            evaluate(&[("If-Unmodified-Since", DATE)]),
            Precondition::Met
        );
    }

    #[test]
    fn a_range_of_another_version_is_not_served() {
        let allow_range = |value: &str| {
            let headers = Headers::from_iter([("If-Range", value)]);
            validators().allow_range(&headers)
        };
        assert!(allow_range("\"a,b\"") && allow_range(DATE));
        assert!(!allow_range("W/\"a,b\"") && !allow_range(EARLIER) && !allow_range("\"x\""));
    }
}
