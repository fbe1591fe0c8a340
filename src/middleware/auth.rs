//! `auth`: who sent a request, found out when somebody asks.

use std::sync::Arc;

use crate::auth::{User, device_cookie};
use crate::clock;
use crate::http::{Response, SetCookie};
use crate::views::{HttpError, LazyUser, Request};

use super::chain::Next;
use super::sessions::cookie;

/// 1. Hands the request its user. 2. Makes the browser known in which one logged in.
pub(super) fn run(request: &mut Request<'_>, next: Next<'_>) -> Result<Response, HttpError> {
    let session = Arc::clone(request.session()?);
    let (connections, site) = (Arc::clone(request.connections), Arc::clone(request.state));
    let user = Arc::new(LazyUser::new(session, connections, site));
    request.user = Some(Arc::clone(&user));
    let mut response = next.run(request);
    if let Some(user) = user.password_verified() {
        response.set_cookie(device_cookie(request, &user));
    }
    Ok(response)
}

/// The cookie of a browser that just proved to be its user's: strangers who guess cannot lock it out.
fn device_cookie(request: &Request<'_>, user: &User) -> SetCookie {
    let site = request.state;
    let sent = request.cookie(device_cookie::COOKIE_NAME);
    let known = sent.and_then(|sent| device_cookie::read(&site.keys, user, &sent));
    let value = device_cookie::issue(&site.keys, user, known.as_deref());
    SetCookie {
        name: device_cookie::COOKIE_NAME.to_owned(),
        httponly: true,
        ..cookie(&site.settings.sessions.cookie, &value)
    }
    .for_age(clock::now().into(), device_cookie::MAX_AGE)
}
