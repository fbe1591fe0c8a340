//! Cookies, read and written as Django does through Python's `http.cookies`.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use crate::http::date;

/// Reads a `Cookie` header; of cookies of one name the last one is kept.
pub fn parse_cookies(header: &str) -> Vec<(String, String)> {
    let mut cookies: Vec<(String, String)> = Vec::new();
    for chunk in header.split(';') {
        let (name, value) = chunk.split_once('=').unwrap_or(("", chunk));
        let (name, value) = (name.trim(), value.trim());
        if name.is_empty() && value.is_empty() {
            continue;
        }
        cookies.retain(|(known, _)| known != name);
        cookies.push((name.to_owned(), unquote(value)));
    }
    cookies
}

/// A cookie for the client to keep or to forget.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SetCookie {
    /// Its name.
    pub name: String,
    /// Its value, unquoted.
    pub value: String,
    /// When the client forgets it, and in how long; `None` with the browser's end.
    pub expires: Option<(SystemTime, Duration)>,
    /// The domain it is sent to; `None` for the host that sets it.
    pub domain: Option<String>,
    /// The path it is sent to.
    pub path: String,
    /// Whether it is sent over HTTPS only.
    pub secure: bool,
    /// Whether scripts cannot read it.
    pub httponly: bool,
    /// `Lax`, `Strict` or `None`, as written; `None` leaves the attribute out.
    pub samesite: Option<&'static str>,
}

impl SetCookie {
    /// A cookie for the whole site and this browser's session.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            expires: None,
            domain: None,
            path: "/".to_owned(),
            secure: false,
            httponly: false,
            samesite: None,
        }
    }

    /// Kept for `age` from `now` on.
    #[must_use]
    pub fn for_age(mut self, now: SystemTime, age: Duration) -> Self {
        self.expires = Some((now + age, age));
        self
    }

    /// The same cookie, to be forgotten.
    #[must_use]
    pub fn deleted(mut self) -> Self {
        self.value.clear();
        self.expires = Some((SystemTime::UNIX_EPOCH, Duration::ZERO));
        self.httponly = false;
        let prefixed = self.name.starts_with("__Secure-") || self.name.starts_with("__Host-");
        self.secure = prefixed || self.samesite == Some("None");
        self
    }

    /// The value of a `Set-Cookie` header, attributes in the order of Python's `http.cookies`.
    pub fn header(&self) -> String {
        let mut header = format!("{}={}", self.name, quote(&self.value));
        let mut add = |attribute: &str| {
            header.push_str("; ");
            header.push_str(attribute);
        };
        if let Some(domain) = &self.domain {
            add(&format!("Domain={domain}"));
        }
        if let Some((moment, _)) = self.expires {
            add(&format!("expires={}", date::format(moment)));
        }
        if self.httponly {
            add("HttpOnly");
        }
        if let Some((_, age)) = self.expires {
            add(&format!("Max-Age={}", age.as_secs()));
        }
        add(&format!("Path={}", self.path));
        if let Some(samesite) = self.samesite {
            add(&format!("SameSite={samesite}"));
        }
        if self.secure {
            add("Secure");
        }
        header
    }
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~:".contains(c)
}

fn quote(value: &str) -> String {
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if is_plain(c) || " ()/<=>?@[]{}".contains(c) => quoted.push(c),
            c => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    // Writing to a string cannot fail.
                    let _ = write!(quoted, "\\{byte:03o}");
                }
            }
        }
    }
    quoted.push('"');
    quoted
}

fn unquote(value: &str) -> String {
    let inner = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let Some(inner) = inner else {
        return value.to_owned();
    };
    let (bytes, mut index, mut plain) = (inner.as_bytes(), 0, Vec::new());
    while let Some(byte) = bytes.get(index) {
        let octal = bytes.get(index + 1..index + 4).and_then(octal);
        match (byte, octal, bytes.get(index + 1)) {
            (b'\\', Some(value), _) => {
                plain.push(value);
                index += 4;
            }
            (b'\\', None, Some(next)) => {
                plain.push(*next);
                index += 2;
            }
            _ => {
                plain.push(*byte);
                index += 1;
            }
        }
    }
    // Python writes a letter of Latin-1 as one number, djr the bytes of UTF-8.
    String::from_utf8(plain).unwrap_or_else(|bytes| {
        let bytes = bytes.into_bytes();
        bytes.iter().copied().map(char::from).collect()
    })
}

fn octal(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok()?;
    let digits = text.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    digits.then(|| u8::from_str_radix(text, 8).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use proptest::prelude::*;

    use super::{SetCookie, parse_cookies};

    fn pairs(header: &str) -> Vec<(String, String)> {
        parse_cookies(header)
    }

    #[test]
    fn reads_letters_as_python_and_as_djr_write_them() {
        for header in ["a=\"\\344\"", "a=\"\\303\\244\""] {
            assert_eq!(pairs(header), [("a".to_owned(), "ä".to_owned())]);
        }
    }

    #[test]
    fn reads_what_browsers_send() {
        let read = pairs("a=1; b=\"x\\\"y\\054\"; c; a=2;; =");
        let expected = [("b", "x\"y,"), ("", "c"), ("a", "2")];
        let expected: Vec<_> = expected
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        assert_eq!(read, expected);
    }

    #[test]
    fn writes_attributes_in_the_order_of_django() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let mut cookie = SetCookie::new("sessionid", "abc").for_age(now, Duration::from_secs(60));
        cookie.httponly = true;
        cookie.samesite = Some("Lax");
        cookie.secure = true;
        cookie.domain = Some("example.com".to_owned());
        assert_eq!(
            cookie.header(),
            "sessionid=abc; Domain=example.com; expires=Tue, 14 Nov 2023 22:14:20 GMT; HttpOnly; Max-Age=60; Path=/; SameSite=Lax; Secure"
        );
    }

    #[test]
    fn deletes_as_django_does() {
        let mut cookie = SetCookie::new("sessionid", "abc");
        cookie.samesite = Some("Lax");
        assert_eq!(
            cookie.deleted().header(),
            "sessionid=\"\"; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax"
        );
    }

    proptest! {
        #[test]
        fn any_value_comes_back(value in "[^\\p{Cc}]*") {
            let header = SetCookie::new("a", value.clone()).header();
            let sent = header.strip_suffix("; Path=/").unwrap();
            prop_assert!(sent.is_ascii());
            prop_assert_eq!(pairs(sent), [("a".to_owned(), value)]);
        }
    }
}
