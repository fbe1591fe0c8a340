//! The redirect to the login page, which is told where to lead back to (Django's `redirect_to_login`).

use std::fmt::Write as _;

use crate::http::percent::{encode, safe};
use crate::http::{QueryDict, Response, url};
use crate::views::resolve_url::resolve_url;
use crate::views::{HttpError, Request};

/// The field and the parameter that say where to go afterwards.
pub(super) const REDIRECT_FIELD_NAME: &str = "next";

/// The redirect to the login page of the settings.
///
/// A login on another host, or by another scheme, is told the whole address of this page: a path would lead it nowhere.
pub(super) fn redirect_to_login(request: &Request<'_>) -> Result<Response, HttpError> {
    redirect_to_login_at(request, &request.state.settings.auth.login_url)
}

/// The redirect to the login page at `login`, a path or the name of a url.
pub(crate) fn redirect_to_login_at(
    request: &Request<'_>,
    login: &str,
) -> Result<Response, HttpError> {
    let login_url = resolve_url(request, login)?;
    let next = if is_this_site(request, &login_url) {
        request.full_path()
    } else {
        request.absolute_url()?
    };
    Ok(Response::redirect(&with_next(&login_url, &next), false))
}

fn is_this_site(request: &Request<'_>, login_url: &str) -> bool {
    url::split(login_url).is_some_and(|parts| {
        (parts.scheme.is_empty() || parts.scheme == request.scheme())
            && (parts.authority.is_empty() || parts.authority == request.host)
    })
}

/// `login_url` with `next` in its query, in place of one that is there; a fragment stays at the end.
fn with_next(login_url: &str, next: &str) -> String {
    let (rest, fragment) = match login_url.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (login_url, None),
    };
    let (page, query) = rest.split_once('?').unwrap_or((rest, ""));
    let kept = QueryDict::parse(query, usize::MAX).unwrap_or_default();
    let kept = kept.iter().filter(|(name, _)| *name != REDIRECT_FIELD_NAME);
    let pairs = kept.chain([(REDIRECT_FIELD_NAME, next)]);
    let pairs = pairs.map(|(name, value)| {
        format!(
            "{}={}",
            encode(name, safe::SLASH),
            encode(value, safe::SLASH)
        )
    });
    let mut url = format!("{page}?{}", pairs.collect::<Vec<_>>().join("&"));
    if let Some(fragment) = fragment {
        // Writing to a string cannot fail.
        let _ = write!(url, "#{fragment}");
    }
    url
}

#[cfg(test)]
mod tests {
    use super::with_next;

    #[test]
    fn next_joins_the_query_that_is_there() {
        for (login_url, expected) in [
            ("/login/", "/login/?next=/a/%3Fb%3D1"),
            (
                "/login/?a=b&next=x&a=c#top",
                "/login/?a=b&a=c&next=/a/%3Fb%3D1#top",
            ),
            (
                "/login/?q=a b+c%2Fd",
                "/login/?q=a%20b%20c/d&next=/a/%3Fb%3D1",
            ),
            ("/login/?a&b=", "/login/?a=&b=&next=/a/%3Fb%3D1"),
            (
                "https://id.example.com/#x",
                "https://id.example.com/?next=/a/%3Fb%3D1#x",
            ),
        ] {
            assert_eq!(with_next(login_url, "/a/?b=1"), expected);
        }
    }
}
