//! What is wrong with the names of hosts, cookies and headers: such a name never matches, or is never sent.
//!
//! Each function returns what is wrong as the end of a sentence.

use std::net::IpAddr;

use crate::http::host::Host;

/// What is wrong with an item of `allowed_hosts`: `*`, a host, or `.example.com` for it and all below.
pub(super) fn host_pattern_mistake(pattern: &str) -> Option<String> {
    if pattern == "*" {
        return None;
    }
    domain_mistake(pattern.strip_prefix('.').unwrap_or(pattern))
}

/// What is wrong with a host that has no port.
pub(super) fn domain_mistake(name: &str) -> Option<String> {
    let has_port = Host::parse(name).is_some_and(|host| !host.port.is_empty());
    if has_port {
        return Some("a host is named without its port here".to_owned());
    }
    host_mistake(name)
}

/// What is wrong with a host and, if it has one, its port.
pub fn host_mistake(name: &str) -> Option<String> {
    let mistake = if name.contains("://") {
        "a host is named without a scheme"
    } else if name.contains('/') {
        "a host is named without a path or a slash"
    } else if name.starts_with("*.") {
        "`.example.com` is how a domain and all below it are named"
    } else if !name.is_ascii() {
        "browsers send such a name in its `xn--` form: write that"
    } else if name.contains('_') {
        "`_` cannot stand in the name of a host"
    } else if name
        .parse::<IpAddr>()
        .is_ok_and(|address| address.is_ipv6())
    {
        "an IPv6 address stands in brackets: `[::1]`"
    } else if name.starts_with('.') || name.ends_with('.') || name.contains("..") {
        "a dot stands between two parts of a name alone"
    } else if Host::parse(name).is_none() {
        "a host is a name such as `example.com`, or an address"
    } else {
        return None;
    };
    Some(mistake.to_owned())
}

/// What is wrong with the name of a server that is connected to; names of a private network may have a `_`.
pub(super) fn server_mistake(name: &str) -> Option<String> {
    if name.parse::<IpAddr>().is_ok() {
        return None;
    }
    domain_mistake(&name.replace('_', "-"))
}

/// What is wrong with the `Domain` of a cookie (RFC 6265, 4.1.2.3).
pub(super) fn cookie_domain_mistake(domain: &str) -> Option<String> {
    domain_mistake(domain.strip_prefix('.').unwrap_or(domain))
}

/// What is wrong with the `Path` of a cookie (RFC 6265, 4.1.1).
pub(super) fn cookie_path_mistake(path: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_graphic() && c != ';';
    if path.starts_with('/') && path.chars().all(plain) {
        return None;
    }
    Some("it begins with `/` and has neither blanks nor `;`".to_owned())
}

/// What is wrong with a name that is to be a token (RFC 9110, 5.6.2): that of a cookie.
pub(super) fn token_mistake(name: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if !name.is_empty() && name.chars().all(plain) {
        return None;
    }
    Some("it is made of ASCII letters, digits, `-` and `_`".to_owned())
}

/// What is wrong with the name of a header.
pub(super) fn header_mistake(name: &str) -> Option<String> {
    match name.strip_prefix("HTTP_") {
        Some(rest) => {
            let plain = rest.replace('_', "-");
            Some(format!("that is how Django writes the header `{plain}`"))
        }
        None => token_mistake(name),
    }
}

#[cfg(test)]
mod tests {
    use super::{header_mistake, host_pattern_mistake, server_mistake};

    #[test]
    fn a_host_that_can_never_match_has_a_mistake() {
        for pattern in [
            "",
            ".",
            "*.example.com",
            "https://example.com",
            "example.com/",
            "example.com:80",
            "my_host",
            "b\u{fc}cher.example",
            "::1",
            "[::1]:80",
            "example.com.",
            "a b",
            "..a",
            "[1]",
        ] {
            assert!(host_pattern_mistake(pattern).is_some(), "{pattern}");
        }
        for pattern in [
            "*",
            "example.com",
            ".example.com",
            "EXAMPLE.com",
            "127.0.0.1",
            "[::1]",
            "xn--bcher-kva.example",
            "localhost",
        ] {
            assert_eq!(host_pattern_mistake(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn a_server_may_be_named_as_networks_of_containers_do() {
        for name in ["my_mail", "mail.example.com", "::1", "10.0.0.1"] {
            assert_eq!(server_mistake(name), None, "{name}");
        }
        for name in ["", "smtp://mail", "mail:25", "a b"] {
            assert!(server_mistake(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_header_in_the_form_of_django_is_told_in_its_own() {
        let mistake = header_mistake("HTTP_X_CSRFTOKEN").unwrap();
        assert!(mistake.contains("`X-CSRFTOKEN`"), "{mistake}");
        assert!(header_mistake("X CSRF").is_some());
        assert_eq!(header_mistake("X-CSRFToken"), None);
    }
}
