//! What a URL is, as Django's `URLValidator` has it.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::values::validators::email::is_domain;

/// The schemes of a `URLField`.
pub const SCHEMES: [&str; 4] = ["http", "https", "ftp", "ftps"];

/// Characters of the longest URL.
const MAX_LENGTH: usize = 2048;

/// Whether `text` is a URL with one of `schemes`.
pub fn is_url<S: AsRef<str>>(text: &str, schemes: &[S]) -> bool {
    if text.chars().count() > MAX_LENGTH || text.contains(['\t', '\r', '\n']) {
        return false;
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let scheme = scheme.to_lowercase();
    if !schemes
        .iter()
        .any(|known| known.as_ref().to_lowercase() == scheme)
    {
        return false;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    !path.chars().any(char::is_whitespace) && is_authority(authority)
}

fn is_authority(authority: &str) -> bool {
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (user, host),
        None => ("", authority),
    };
    let is_user = !user.contains(['@', '/']) && !user.chars().any(char::is_whitespace);
    is_user && user.matches(':').count() < 2 && is_host_and_port(host)
}

fn is_host_and_port(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else {
            return false;
        };
        let port = port.strip_prefix(':').or((port.is_empty()).then_some("0"));
        return address.parse::<Ipv6Addr>().is_ok() && port.is_some_and(is_port);
    }
    match text.split_once(':') {
        Some((host, port)) => is_host(host) && is_port(port),
        None => is_host(text),
    }
}

fn is_port(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit())
}

fn is_host(host: &str) -> bool {
    let bare = host.strip_suffix('.').unwrap_or(host);
    host.parse::<Ipv4Addr>().is_ok() || bare.chars().count() <= 253 && is_domain(bare)
}
