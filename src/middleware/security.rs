//! `security`: trusted proxies, the redirect to HTTPS and the headers that browsers heed.

use std::net::IpAddr;

use crate::http::{HttpRequest, Response};
use crate::settings::SecuritySettings;
use crate::views::{HttpError, Request};

use super::chain::Next;

/// 1. Believes the proxies that the settings trust. 2. Sends HTTP to HTTPS. 3. Adds the headers.
#[expect(clippy::unnecessary_wraps, reason = "all middleware has one type")]
pub(super) fn run(request: &mut Request<'_>, next: Next<'_>) -> Result<Response, HttpError> {
    let site = request.state;
    let security = &site.settings.security;
    let mut response = if security.ssl_redirect && !request.https {
        to_https(request, security)
    } else {
        next.run(request)
    };
    let headers = &mut response.headers;
    if request.https && !security.hsts.is_zero() {
        headers.set_default_known("Strict-Transport-Security", hsts(security));
    }
    if security.content_type_nosniff {
        headers.set_default_known("X-Content-Type-Options", "nosniff");
    }
    if !security.referrer_policy.is_empty() {
        headers.set_default_known("Referrer-Policy", referrer_policy(security));
    }
    if !security.cross_origin_opener_policy.is_empty() {
        let policy = security.cross_origin_opener_policy.clone();
        headers.set_default_known("Cross-Origin-Opener-Policy", policy);
    }
    Ok(response)
}

fn to_https(request: &Request<'_>, security: &SecuritySettings) -> Response {
    if security.ssl_host.is_empty() && !request.is_for_this_host() {
        return super::common::disallowed_host(request);
    }
    let host = match security.ssl_host.as_str() {
        "" => request.host.as_str(),
        host => host,
    };
    Response::redirect(&format!("https://{host}{}", request.full_path()), true)
}

/// Browsers take the last policy of those that they know.
fn referrer_policy(security: &SecuritySettings) -> String {
    let policies = &security.referrer_policy;
    if policies.contains(',') {
        let policies = policies.split(',').map(str::trim);
        policies.collect::<Vec<_>>().join(",")
    } else {
        policies.trim().to_owned()
    }
}

fn hsts(security: &SecuritySettings) -> String {
    let mut value = format!("max-age={}", security.hsts.as_secs());
    if security.hsts_include_subdomains {
        value.push_str("; includeSubDomains");
    }
    if security.hsts_preload {
        value.push_str("; preload");
    }
    value
}

/// Addresses whose word about their clients is taken.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<(IpAddr, u8)>);

impl TrustedProxies {
    /// Reads addresses and networks; fails with the first text that is neither.
    pub fn parse<'t>(texts: impl IntoIterator<Item = &'t str>) -> Result<Self, &'t str> {
        let networks = texts.into_iter().map(|text| network(text).ok_or(text));
        networks.collect::<Result<_, _>>().map(Self)
    }

    /// Whether `address` is one of them.
    fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0
            .iter()
            .any(|(network, length)| prefix(address, *length) == prefix(*network, *length))
    }

    /// Takes a trusted proxy's word for who the client is, how it came and which host it asked for.
    ///
    /// `X-Forwarded-For` is read from its end: what stands before the last address that no
    /// trusted proxy has was written by the client. The other headers of a client
    /// that comes directly are removed, so that nobody else believes them.
    pub(super) fn apply(&self, request: &mut HttpRequest, use_host: bool) {
        if !self.contains(request.peer) {
            return;
        }
        let last = |name: &str| {
            let value = request.headers.get_all(name).last()?;
            Some(value.rsplit(',').next()?.trim().to_owned())
        };
        let (proto, host) = (last("X-Forwarded-Proto"), last("X-Forwarded-Host"));
        let forwarded: Vec<_> = request.headers.get_all("X-Forwarded-For").collect();
        let forwarded = forwarded.join(",");
        for text in forwarded.rsplit(',') {
            let Some(address) = address(text) else { break };
            request.peer = address;
            if !self.contains(address) {
                break;
            }
        }
        request.https = proto.is_some_and(|proto| proto.eq_ignore_ascii_case("https"));
        if let (true, Some(host)) = (use_host, host.filter(|host| !host.is_empty())) {
            request.host = host;
        }
    }
}

/// An address in `X-Forwarded-For`, which may have a port or brackets.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = match text.strip_prefix('[') {
        Some(rest) => rest.split(']').next()?,
        None if text.matches(':').count() == 1 => text.split(':').next()?,
        None => text,
    };
    bare.parse::<IpAddr>()
        .ok()
        .map(|address| address.to_canonical())
}

fn network(text: &str) -> Option<(IpAddr, u8)> {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (
            address.parse::<IpAddr>().ok()?,
            Some(length.parse::<u8>().ok()?),
        ),
        None => (text.parse().ok()?, None),
    };
    let most = if address.is_ipv4() { 32 } else { 128 };
    let length = length.unwrap_or(most);
    (length <= most).then_some((address, length))
}

/// The first `length` bits, with the family, so that no address of the other family is equal.
fn prefix(address: IpAddr, length: u8) -> (bool, u128) {
    let (bits, size) = match address {
        IpAddr::V4(address) => (u128::from(u32::from(address)), 32_u32),
        IpAddr::V6(address) => (u128::from(address), 128),
    };
    let dropped = size.saturating_sub(u32::from(length));
    (
        address.is_ipv4(),
        bits.checked_shr(dropped).unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use crate::http::{HttpRequest, Method};

    use super::TrustedProxies;

    fn seen(proxies: &[&str], peer: &str, forwarded: &[(&str, &str)]) -> HttpRequest {
        let headers = forwarded.iter().copied().collect();
        let peer = peer.parse().unwrap();
        let mut request = HttpRequest::new(Method::Get, "/", headers, Vec::new(), peer).unwrap();
        let proxies = TrustedProxies::parse(proxies.iter().copied()).unwrap();
        proxies.apply(&mut request, true);
        request
    }

    #[test]
    fn believes_only_the_proxies_it_trusts() {
        let forwarded = [
            ("X-Forwarded-For", "9.9.9.9"),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "evil.com"),
        ];
        let stranger = seen(&["10.0.0.0/8"], "11.0.0.1", &forwarded);
        assert_eq!(
            (
                stranger.peer.to_string().as_str(),
                stranger.https,
                stranger.host.as_str()
            ),
            ("11.0.0.1", false, "")
        );
        let trusted = seen(&["10.0.0.0/8"], "10.1.2.3", &forwarded);
        assert_eq!(
            (
                trusted.peer.to_string().as_str(),
                trusted.https,
                trusted.host.as_str()
            ),
            ("9.9.9.9", true, "evil.com")
        );
    }

    #[test]
    fn what_the_client_wrote_itself_does_not_count() {
        let forged = [
            ("X-Forwarded-For", "1.1.1.1, 9.9.9.9"),
            ("X-Forwarded-For", "10.0.0.7"),
            ("X-Forwarded-Proto", "https, http"),
        ];
        let request = seen(&["10.0.0.0/8"], "10.0.0.1", &forged);
        assert_eq!(request.peer.to_string(), "9.9.9.9");
        assert!(!request.https);
        let garbage = seen(&["::1"], "::1", &[("X-Forwarded-For", "1.1.1.1, unknown")]);
        assert_eq!(garbage.peer.to_string(), "::1");
    }

    #[test]
    fn reads_addresses_of_both_families() {
        assert!(TrustedProxies::parse(["10.0.0.0/33"]).is_err());
        assert!(TrustedProxies::parse(["proxy"]).is_err());
        let mapped = seen(
            &["127.0.0.1"],
            "::ffff:127.0.0.1",
            &[("X-Forwarded-For", "[2001:db8::1]:443")],
        );
        assert_eq!(mapped.peer.to_string(), "2001:db8::1");
        let any = seen(&["0.0.0.0/0"], "::1", &[("X-Forwarded-For", "1.1.1.1")]);
        assert_eq!(any.peer.to_string(), "::1");
    }
}
