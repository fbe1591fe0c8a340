//! Any target, header and form of a request: no path leaves its root.

use std::net::{IpAddr, Ipv4Addr};

use djr::http::host::Host;
use djr::http::{Headers, HttpRequest, Method, QueryDict, date, parse_cookies};
use djr::staticfiles::StaticPath;

const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Tries `data`.
pub(crate) fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    QueryDict::parse(text, 1000).ok();
    parse_cookies(text);
    date::parse(text);
    Host::parse(text);
    let Ok(request) = HttpRequest::new(Method::Get, text, Headers::default(), Vec::new(), CLIENT)
    else {
        return;
    };
    assert!(!request.path.contains('\0'));
    if let Some(path) = StaticPath::new(request.path.trim_start_matches('/')) {
        assert!(
            path.as_str()
                .split('/')
                .all(|part| !matches!(part, "" | "." | ".."))
        );
    }
}
