//! Addresses with scheme and host, for what is read elsewhere: feeds, sitemaps (Django's `add_domain`).

use crate::http::percent::{self, safe};
use crate::views::{HttpError, Request};

/// `url` as an address by itself; one that has a scheme already stays as it is.
///
/// Fails where the host that was asked is not one this site answers to.
pub(super) fn absolute_url(request: &Request<'_>, url: &str) -> Result<String, HttpError> {
    if ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
    {
        return Ok(percent::encode(url, safe::IRI));
    }
    let scheme = request.scheme();
    let whole = if url.starts_with("//") {
        format!("{scheme}:{url}")
    } else {
        request.checked_host()?;
        format!("{scheme}://{}{url}", request.host)
    };
    Ok(percent::encode(&whole, safe::IRI))
}
