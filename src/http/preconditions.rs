//! The preconditions of a request: whether the client has the response already (RFC 9110, 13).

use std::time::{Duration, SystemTime};

use md5::{Digest as _, Md5};

use crate::crypto;
use crate::http::{Headers, Method, Response, date};

/// What identifies a version of a file or a page.
#[derive(Clone, Debug, Default)]
pub struct Validators {
    /// The entity tag, quoted; a weak one begins with `W/`.
    pub etag: Option<String>,
    /// The time of the last change, in whole seconds.
    pub modified: Option<SystemTime>,
}

/// What the preconditions of a request say about a version.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Precondition {
    /// It is to be sent.
    Met,
    /// The client has this version already.
    NotModified,
    /// The client asks for, or wants to change, another version.
    Failed,
}

/// The headers of a page that an answer without it still has (RFC 9110, 15.4.5).
const KEPT: [&str; 7] = [
    "Cache-Control",
    "Content-Location",
    "Date",
    "ETag",
    "Expires",
    "Last-Modified",
    "Vary",
];

/// The headers by which a client says what it has.
pub const CONDITIONS: [&str; 4] = [
    "If-Match",
    "If-Unmodified-Since",
    "If-None-Match",
    "If-Modified-Since",
];

impl Validators {
    /// The validators of a version with this tag that was changed last at this time.
    pub fn new(etag: Option<String>, modified: Option<SystemTime>) -> Self {
        let modified = modified.map(whole_seconds);
        Self { etag, modified }
    }

    /// Those that a response names.
    pub fn of(headers: &Headers) -> Self {
        Self {
            etag: headers.get("ETag").map(ToOwned::to_owned),
            modified: header_date(headers, "Last-Modified"),
        }
    }

    /// Names them in a response, as far as it does not name others.
    pub fn write(&self, headers: &mut Headers) {
        if let Some(etag) = &self.etag {
            headers.set_default_known("ETag", etag.clone());
        }
        if let Some(modified) = self.modified {
            headers.set_default_known("Last-Modified", date::format(modified));
        }
    }

    /// Whether nothing identifies the version.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.modified.is_none()
    }

    /// Evaluates the preconditions in the order of RFC 9110, 13.2.2, without `If-Range`.
    ///
    /// A list without a single tag counts as if it were not there, as in Django.
    pub fn check_preconditions(&self, method: &Method, headers: &Headers) -> Precondition {
        let is_read = matches!(method, Method::Get | Method::Head);
        if let Some(listed) = self.is_listed(headers, "If-Match", TagComparison::Strong) {
            if !listed {
                return Precondition::Failed;
            }
        } else if header_date(headers, "If-Unmodified-Since")
            .is_some_and(|since| self.is_newer(since))
        {
            return Precondition::Failed;
        }
        let is_current = self
            .is_listed(headers, "If-None-Match", TagComparison::Weak)
            .unwrap_or_else(|| {
                let since = header_date(headers, "If-Modified-Since");
                is_read && since.is_some_and(|since| !self.is_newer(since))
            });
        match (is_current, is_read) {
            (false, _) => Precondition::Met,
            (true, true) => Precondition::NotModified,
            (true, false) => Precondition::Failed,
        }
    }

    /// Whether a range may be served: `If-Range` is absent or names this version.
    pub fn allow_range(&self, headers: &Headers) -> bool {
        headers.get("If-Range").is_none_or(|condition| {
            let condition = condition.trim();
            self.etag.as_deref() == Some(condition)
                || date::parse(condition).is_some_and(|date| Some(date) == self.modified)
        })
    }

    fn is_newer(&self, since: SystemTime) -> bool {
        self.modified.is_none_or(|modified| modified > since)
    }

    /// Whether the header `name` lists the tag; `None` where it lists none at all.
    fn is_listed(&self, headers: &Headers, name: &str, comparison: TagComparison) -> Option<bool> {
        let lines: Vec<_> = headers.get_all(name).collect();
        if lines.iter().any(|line| line.trim() == "*") {
            return Some(self.etag.is_some());
        }
        let mut tags = lines.iter().flat_map(|line| tags(line)).peekable();
        tags.peek()?;
        let own = self.etag.as_deref();
        Some(own.is_some_and(|own| tags.any(|tag| comparison.holds(own, tag))))
    }
}

/// How two tags are compared (RFC 9110, 8.8.3.2).
#[derive(Clone, Copy)]
enum TagComparison {
    /// Both must be strong.
    Strong,
    /// Whether one is weak does not matter.
    Weak,
}

impl TagComparison {
    fn holds(self, one: &str, other: &str) -> bool {
        let bare = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag).to_owned();
        match self {
            Self::Strong => one == other && !one.starts_with("W/"),
            Self::Weak => bare(one) == bare(other),
        }
    }
}

/// The tags of a comma-separated list; a comma may stand in a tag too.
fn tags(mut list: &str) -> Vec<&str> {
    let mut found = Vec::new();
    while let Some(quote) = list.find('"') {
        let Some(length) = list[quote + 1..].find('"') else {
            break;
        };
        let start = if list[..quote].ends_with("W/") {
            quote - 2
        } else {
            quote
        };
        let end = quote + length + 2;
        found.push(&list[start..end]);
        list = &list[end..];
    }
    found
}

impl Response {
    /// Gives the page a tag made of its body (Django's `set_response_etag`); one that is not in memory stays without.
    pub fn set_etag(&mut self) {
        let body = self.body.as_bytes().filter(|body| !body.is_empty());
        if let Some(body) = body.filter(|_| !self.headers.contains("ETag")) {
            let digest = crypto::hex(&Md5::digest(body));
            self.headers.set("ETag", format!("\"{digest}\""));
        }
    }

    /// The response without its page, where the preconditions of a request say so (Django's `get_conditional_response`).
    #[must_use]
    pub fn under_conditions(self, method: &Method, request: &Headers) -> Self {
        let validators = Validators::of(&self.headers);
        if !(200..300).contains(&self.status) || validators.is_empty() {
            return self;
        }
        match validators.check_preconditions(method, request) {
            Precondition::Met => self,
            Precondition::NotModified => self.not_modified(),
            Precondition::Failed => Self::empty(412, Headers::default()),
        }
    }

    /// The answer to a client that has the page already.
    #[must_use]
    fn not_modified(self) -> Self {
        let mut answer = Self::empty(304, Headers::default());
        for (name, value) in self.headers.iter() {
            if KEPT.iter().any(|kept| kept.eq_ignore_ascii_case(name)) {
                answer.headers.append(name, value);
            }
        }
        for cookie in self.cookies() {
            answer.set_cookie(cookie.clone());
        }
        answer
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
        Validators::new(Some("\"a,b\"".to_owned()), Some(modified))
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
