//! The names of hosts: what `Host` may hold, and which of them a site answers to.

/// A host and its port, as `Host` names them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Host {
    /// The domain or address in lower case, without a final dot; an IPv6 address in its brackets.
    pub domain: String,
    /// The port as written, empty where none was.
    pub port: String,
}

impl Host {
    /// Reads the value of a `Host` header; `None` where it breaks RFC 1034 or RFC 3986.
    pub fn parse(header: &str) -> Option<Self> {
        let host = header.to_ascii_lowercase();
        let end = match host.strip_prefix('[') {
            Some(rest) => rest.find(']')? + 2,
            None => host.find(':').unwrap_or(host.len()),
        };
        let (domain, port) = host.split_at(end);
        let port = match port.strip_prefix(':') {
            Some(digits) if is_number(digits) => digits,
            None if port.is_empty() => "",
            _ => return None,
        };
        (is_name(domain) || is_bracketed(domain)).then(|| Self {
            domain: domain.strip_suffix('.').unwrap_or(domain).to_owned(),
            port: port.to_owned(),
        })
    }

    /// Whether one of `patterns` covers this host: a name, `.example.com` for a domain and all below it, or `*`.
    pub fn is_allowed<'p>(&self, patterns: impl IntoIterator<Item = &'p str>) -> bool {
        patterns
            .into_iter()
            .any(|pattern| pattern == "*" || is_same_domain(&self.domain, pattern))
    }
}

/// Whether `host` is the domain `pattern`, or, for `.example.com`, is it or lies below it.
pub fn is_same_domain(host: &str, pattern: &str) -> bool {
    let pattern = pattern.to_lowercase();
    match pattern.strip_prefix('.') {
        _ if pattern.is_empty() => false,
        Some(bare) => host.ends_with(&pattern) || host == bare,
        None => host == pattern,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_name(domain: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    !domain.is_empty() && domain.bytes().all(plain)
}

fn is_bracketed(domain: &str) -> bool {
    let inner = domain
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let plain = |byte: u8| byte.is_ascii_hexdigit() || b":.".contains(&byte);
    inner.is_some_and(|address| address.contains(':') && address.bytes().all(plain))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Host, is_same_domain};

    fn vectors(text: &str) -> Vec<Value> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn allows_the_hosts_that_django_allows() {
        for case in vectors(include_str!("../../tests/vectors/allowed_hosts.json")) {
            let header = case["host_header"].as_str().unwrap();
            let patterns = case["ALLOWED_HOSTS"].as_array().unwrap();
            let host = Host::parse(header);
            let parts = host
                .as_ref()
                .map_or(["", ""], |host| [&host.domain, &host.port]);
            assert_eq!(serde_json::json!(parts), case["split"], "{header}");
            let patterns = patterns.iter().filter_map(Value::as_str);
            let allowed = host.is_some_and(|host| host.is_allowed(patterns));
            assert_eq!(allowed, case["valid"].as_bool().unwrap(), "{header}");
        }
    }

    #[test]
    fn compares_domains_as_django_does() {
        for case in vectors(include_str!("../../tests/vectors/same_domain.json")) {
            let text = |key: &str| case[key].as_str().unwrap().to_owned();
            let same = is_same_domain(&text("host"), &text("pattern"));
            assert_eq!(same, case["match"].as_bool().unwrap(), "{case}");
        }
    }

    #[test]
    fn refuses_what_is_no_host() {
        for header in [
            "[::1",
            "[1.2]",
            "a b",
            "a:",
            "a:1:2",
            "[::1]8000",
            "a_b",
            "\u{0}",
        ] {
            assert_eq!(Host::parse(header), None, "{header}");
        }
    }
}
