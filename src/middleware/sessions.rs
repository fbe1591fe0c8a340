//! `sessions`: the session of a request, and the cookie that names it.

use std::sync::Arc;

use crate::clock;
use crate::http::{Response, SetCookie};
use crate::settings::{CookieSettings, SameSite};
use crate::views::{HttpError, LazySession, Request};

use super::chain::Next;

/// 1. Hands the request a session that is read when it is asked for. 2. Keeps what changed.
/// 3. Sends the cookie, or deletes one that names nothing. 4. Tells caches that the cookie matters.
pub(super) fn run(request: &mut Request<'_>, next: Next<'_>) -> Result<Response, HttpError> {
    let site = request.state;
    let settings = &site.settings.sessions;
    let sent = request.cookie(&settings.cookie.name);
    let session = Arc::new(LazySession::new(
        sent.as_deref()
            .and_then(|cookie| site.sessions.key_in_cookie(cookie)),
        Arc::clone(&site.sessions),
        settings.cookie.age,
    ));
    request.session = Some(Arc::clone(&session));
    let mut response = next.run(request);
    if session.is_empty() {
        session.abandon()?;
        if sent.is_some() {
            response.set_cookie(cookie(&settings.cookie, "").deleted());
            response.headers.vary_on("Cookie");
        } else if session.is_accessed() {
            response.headers.vary_on("Cookie");
        }
        return Ok(response);
    }
    if session.is_accessed() {
        response.headers.vary_on("Cookie");
    }
    let wanted = session.is_modified() || settings.save_every_request;
    if !wanted || response.status >= 500 {
        session.abandon()?;
        return Ok(response);
    }
    response.set_cookie(match session.save(settings.expire_at_browser_close)? {
        Some((key, None)) => cookie(&settings.cookie, key.as_str()),
        Some((key, Some(age))) => {
            cookie(&settings.cookie, key.as_str()).for_age(clock::now().into(), age)
        }
        // It was found to be none when it was to be kept.
        None => cookie(&settings.cookie, "").deleted(),
    });
    response.headers.vary_on("Cookie");
    Ok(response)
}

/// A cookie with the attributes of the settings.
pub(super) fn cookie(settings: &CookieSettings, value: &str) -> SetCookie {
    SetCookie {
        domain: settings.domain.clone(),
        path: settings.path.clone(),
        secure: settings.secure,
        httponly: settings.httponly,
        samesite: match settings.samesite {
            SameSite::Lax => Some("Lax"),
            SameSite::Strict => Some("Strict"),
            SameSite::None => Some("None"),
            SameSite::Unset => None,
        },
        ..SetCookie::new(settings.name.clone(), value)
    }
}
