//! `csrf`: forms are accepted from this site's own pages alone.
//!
//! A request that changes something must come from this origin (`Origin`, or over HTTPS `Referer`) and
//! hold the secret of the cookie, under a mask, in its form or in a header.

use std::sync::Arc;

use crate::clock;
use crate::crypto::csrf::{TokenFormatError, matches, unmask};
use crate::http::host::is_same_domain;
use crate::http::url::{self, UrlParts};
use crate::http::{Response, SetCookie};
use crate::settings::CsrfSettings;
use crate::views::{CSRF_FIELD, Csrf, HttpError, Request};

use super::chain::Next;
use super::sessions;

/// 1. Reads the secret. 2. Refuses a forged request. 3. Sends the secret where a page needs it.
pub(super) fn run(request: &mut Request<'_>, next: Next<'_>) -> Result<Response, HttpError> {
    let settings = &request.state.settings.csrf;
    let secret = secret(request);
    let csrf = begin(request);
    // A path that leads nowhere changes nothing: it is a 404 whatever is sent there.
    let view = request.resolved().map(|found| &found.pattern.view);
    let verdict = match view {
        // A form that cannot be read has no token; the view tells what is wrong with it.
        Some(view) if view.is_api() && !request.method.is_safe() => {
            check(request, settings, secret)
                .unwrap_or_else(|error| Err(error.messages().join(": ")))
        }
        Some(view) if view.marks().is_csrf_exempt => Ok(()),
        Some(_) if !request.method.is_safe() => check(request, settings, secret)?,
        _ => Ok(()),
    };
    // It is refused in the place of the view, as in Django: the middleware in between sees the response.
    if let Err(reason) = verdict {
        csrf.set_forgery(reason);
    }
    let mut response = next.run(request);
    if let Some(cookie) = cookie_to_send(request, &csrf) {
        response.set_cookie(cookie);
        response.headers.vary_on("Cookie");
    }
    Ok(response)
}

/// The secret of the cookie, if there is one.
fn secret(request: &Request<'_>) -> Option<Result<String, TokenFormatError>> {
    let cookie = request.cookie(&request.state.settings.csrf.cookie.name)?;
    Some(unmask(&cookie))
}

/// Has the request have its secret.
pub fn begin(request: &mut Request<'_>) -> Arc<Csrf> {
    let secret = secret(request);
    let csrf = Arc::new(Csrf::new(secret.clone().and_then(Result::ok)));
    if matches!(secret, Some(Err(_))) {
        csrf.rotate();
    }
    request.csrf = Some(Arc::clone(&csrf));
    csrf
}

/// The cookie with the secret, where a page needs it.
pub fn cookie_to_send(request: &Request<'_>, csrf: &Csrf) -> Option<SetCookie> {
    let settings = &request.state.settings.csrf;
    let secret = csrf.secret_to_send()?;
    let cookie = sessions::cookie(&settings.cookie, &secret);
    Some(cookie.for_age(clock::now().into(), settings.cookie.age))
}

/// The reason to refuse a request, in Django's words; `None` where it may be answered.
pub fn refusal(request: &Request<'_>) -> Result<Option<String>, HttpError> {
    if request.method.is_safe() {
        return Ok(None);
    }
    let verdict = check(request, &request.state.settings.csrf, secret(request))?;
    Ok(verdict.err())
}

/// The reason to refuse a request, in Django's words.
type Verdict = Result<(), String>;

fn check(
    request: &Request<'_>,
    settings: &CsrfSettings,
    secret: Option<Result<String, TokenFormatError>>,
) -> Result<Verdict, HttpError> {
    let origin = check_origin(request, settings);
    if origin.is_err() {
        return Ok(origin);
    }
    let form = request.post()?;
    Ok(check_token(request, settings, secret, form.get(CSRF_FIELD)))
}

fn check_origin(request: &Request<'_>, settings: &CsrfSettings) -> Verdict {
    if let Some(origin) = request.headers.get("Origin") {
        if is_own_origin(request, origin) || is_trusted_origin(settings, origin) {
            return Ok(());
        }
        return Err(format!(
            "Origin checking failed - {origin} does not match any trusted origins."
        ));
    }
    if request.https {
        check_referer(request, settings)
    } else {
        Ok(())
    }
}

fn is_own_origin(request: &Request<'_>, origin: &str) -> bool {
    request.is_for_this_host() && origin == format!("{}://{}", request.scheme(), request.host)
}

fn is_trusted_origin(settings: &CsrfSettings, origin: &str) -> bool {
    let Some(UrlParts { scheme, authority }) = url::split(origin) else {
        return false;
    };
    settings
        .trusted_origins
        .iter()
        .any(|trusted| match trusted.split_once("://*") {
            Some((trusted_scheme, domain)) => {
                scheme == trusted_scheme && is_same_domain(&authority, domain)
            }
            None => trusted == origin,
        })
}

/// Over HTTPS a man in the middle could have the form sent by a page of plain HTTP, whose cookie he can set.
fn check_referer(request: &Request<'_>, settings: &CsrfSettings) -> Verdict {
    let failed = |what: &str| Err(format!("Referer checking failed - {what}."));
    let Some(referer) = request.headers.get("Referer") else {
        return failed("no Referer");
    };
    let parts =
        url::split(referer).filter(|parts| !parts.scheme.is_empty() && !parts.authority.is_empty());
    let Some(UrlParts { scheme, authority }) = parts else {
        return failed("Referer is malformed");
    };
    if scheme != "https" {
        return failed("Referer is insecure while host is secure");
    }
    let mut trusted = settings
        .trusted_origins
        .iter()
        .filter_map(|origin| url::split(origin));
    let own = settings
        .cookie
        .domain
        .clone()
        .or_else(|| request.is_for_this_host().then(|| request.host.clone()));
    let is_own = own.is_some_and(|own| is_same_domain(&authority, &own));
    if is_own
        || trusted
            .any(|origin| is_same_domain(&authority, origin.authority.trim_start_matches('*')))
    {
        return Ok(());
    }
    failed(&format!("{referer} does not match any trusted origins"))
}

fn check_token(
    request: &Request<'_>,
    settings: &CsrfSettings,
    secret: Option<Result<String, TokenFormatError>>,
    field: Option<&str>,
) -> Verdict {
    let secret = match secret {
        None => return Err("CSRF cookie not set.".to_owned()),
        Some(Err(error)) => return Err(format!("CSRF cookie {error}.")),
        Some(Ok(secret)) => secret,
    };
    let of_form =
        field.filter(|token| !token.is_empty() && request.method == crate::http::Method::Post);
    let (token, place) = match (of_form, request.headers.get(&settings.header_name)) {
        (Some(token), _) => (token, "POST".to_owned()),
        (None, Some(token)) => (
            token,
            format!("the '{}' HTTP header", capitalized(&settings.header_name)),
        ),
        (None, None) => return Err("CSRF token missing.".to_owned()),
    };
    match matches(token, &secret) {
        Ok(true) => Ok(()),
        Ok(false) => Err(format!("CSRF token from {place} incorrect.")),
        Err(error) => Err(format!("CSRF token from {place} {error}.")),
    }
}

/// `X-CSRFToken` as Django names it in its reasons: `X-Csrftoken`.
fn capitalized(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let lower = word.to_ascii_lowercase();
        let mut chars = lower.chars();
        chars.next().map_or_else(String::new, |first| {
            first.to_ascii_uppercase().to_string() + chars.as_str()
        })
    });
    words.collect::<Vec<_>>().join("-")
}
