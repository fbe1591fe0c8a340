//! Logging in and out, and what only logged-in users see.

use std::sync::Arc;

use crate::auth::{self, User, Users};
use crate::clock;
use crate::http::url::is_safe_redirect;
use crate::http::{Method, Response};
use crate::settings::AuthSettings;
use crate::urls::{AccessRequirement, AccessRight};
use crate::views::login_redirect::{REDIRECT_FIELD_NAME, redirect_to_login};
use crate::views::{AccountEvent, HttpError, Request, ViewPattern};

/// Makes `user` the one that the request's session belongs to (Django's `login`).
///
/// The session gets a new key and forms a new secret, so that what was planted
/// in the browser before is of no use to whoever planted it.
pub(super) fn login(request: &Request<'_>, user: User) -> Result<(), HttpError> {
    let backends = request.state.users.backends();
    let backend = backends.iter().find(|name| name.starts_with("django."));
    let backend = backend.or(backends.first()).cloned();
    let backend = backend.unwrap_or_else(|| AuthSettings::MODEL_BACKEND.to_owned());
    login_by(request, user, &backend)
}

/// The same of a user whom `backend` let in.
pub(super) fn login_by(request: &Request<'_>, user: User, backend: &str) -> Result<(), HttpError> {
    let site = request.state;
    request
        .session()?
        .with(|session| auth::login(session, &user, backend, &site.keys))?;
    if let Some(csrf) = &request.csrf {
        csrf.rotate();
    }
    request.connections.with(|connection| {
        Users::new(connection, &site.users).set_last_login(&user.pk, clock::now())
    })?;
    let key = user.pk.text().to_owned();
    request.user()?.set(Some(Arc::new(user)));
    tell(request, AccountEvent::LoggedIn, Some(&key))
}

/// Tells the code of the project of `event`.
pub(super) fn tell(
    request: &Request<'_>,
    event: AccountEvent,
    whom: Option<&str>,
) -> Result<(), HttpError> {
    match &request.code {
        Some(code) => code.tell(request, event, whom),
        None => Ok(()),
    }
}

/// Gives the session up (Django's `logout`).
pub(super) fn logout(request: &Request<'_>) -> Result<(), HttpError> {
    let user = match &request.user {
        Some(user) if request.code.is_some() => user.get()?,
        _ => None,
    };
    let key = user.map(|user| user.pk.text().to_owned());
    tell(request, AccountEvent::LoggedOut, key.as_deref())?;
    request.session()?.with(auth::logout)?;
    if let Some(user) = &request.user {
        user.set(None);
    }
    Ok(())
}

/// What `pattern` asks of who sends `method`.
pub fn required<'p>(
    pattern: &'p ViewPattern,
    method: &Method,
) -> impl Iterator<Item = &'p AccessRequirement> {
    let view = &pattern.view;
    let requirements = pattern.access.requirements.iter();
    requirements.filter(move |required| {
        let mut methods = required.methods.iter();
        required.methods.is_empty()
            || methods.any(|own| view.answered_as(own) == view.answered_as(method))
    })
}

/// Whether `pattern` asks anything of who sends `method`.
pub fn is_guarded(pattern: &ViewPattern, method: &Method) -> bool {
    required(pattern, method).next().is_some()
}

/// Lets those pass who may see a page: `None`. One who is not logged in is redirected to the login.
///
/// Fails for a user who lacks a right: to ask for another login, as Django's
/// decorators do, would send the browser in a circle.
pub(super) fn check_access(
    request: &Request<'_>,
    pattern: &ViewPattern,
) -> Result<Option<Response>, HttpError> {
    for required in required(pattern, &request.method) {
        if has_right(request, &required.right)? {
            continue;
        }
        // A backend of the project may let visitors in who are not logged in.
        return match require_login(request)? {
            Some(redirect) => Ok(Some(redirect)),
            None => Err(HttpError::Forbidden(refusal(&required.right))),
        };
    }
    Ok(None)
}

/// Whether the user of `request` has `right`; without a login nobody has one, unless a backend of the project says so.
pub fn has_right(request: &Request<'_>, right: &AccessRight) -> Result<bool, HttpError> {
    let user = request.user()?;
    match right {
        AccessRight::Login => Ok(user.get()?.is_some()),
        AccessRight::Staff => Ok(user.get()?.is_some_and(|user| user.is_staff)),
        AccessRight::Permission(name) => user.has_perm(name),
    }
}

fn refusal(right: &AccessRight) -> String {
    match right {
        AccessRight::Login => "for users only".to_owned(),
        AccessRight::Staff => "for members of the staff only".to_owned(),
        AccessRight::Permission(name) => format!("without the permission `{name}`"),
    }
}

/// The redirect to the login page, for one who is not logged in; `None` for others.
pub(super) fn require_login(request: &Request<'_>) -> Result<Option<Response>, HttpError> {
    if request.user()?.get()?.is_some() {
        return Ok(None);
    }
    redirect_to_login(request).map(Some)
}

/// Where the client asks to go afterwards, if that is safe; else an empty text.
pub(super) fn redirect_target(request: &Request<'_>) -> Result<String, HttpError> {
    let (form, query) = (request.post()?, request.get()?);
    let next = form
        .get(REDIRECT_FIELD_NAME)
        .or_else(|| query.get(REDIRECT_FIELD_NAME))
        .unwrap_or_default();
    let safe = is_safe_redirect(next, &request.host, request.https);
    Ok(if safe {
        next.trim().to_owned()
    } else {
        String::new()
    })
}
