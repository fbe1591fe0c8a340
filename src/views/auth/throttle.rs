//! The throttle of the forms of accounts: who comes too often gets `HttpError::TooManyRequests`.

use std::time::Duration;

use crate::auth::throttle::{LoginAttempt, Reservation, unlocks_after};
use crate::auth::{Users, device_cookie};
use crate::clock;
use crate::http::seconds_rounded_up;
use crate::text;
use crate::views::{HttpError, Request};

/// Reserves a try to give the password of `username`.
///
/// Whether there is such a user makes no difference.
pub(super) fn reserve_login<'r>(
    request: &'r Request<'_>,
    username: &str,
) -> Result<Reservation<'r>, HttpError> {
    let device = known_device(request, username)?;
    let account = request.state.users.normalize_username(username);
    let attempt = LoginAttempt {
        account: &account,
        address: request.peer,
        device: device.as_deref(),
    };
    let throttle = &request.state.throttle;
    if throttle.needs_unlocks() {
        lift_locks(request)?;
    }
    if let Ok(reservation) = throttle.reserve_login(&attempt, clock::now()) {
        return Ok(reservation);
    }
    // Somebody may have lifted the lock meanwhile.
    lift_locks(request)?;
    Ok(throttle.reserve_login(&attempt, clock::now())?)
}

/// Lifts the locks that commands lifted since this was last asked.
fn lift_locks(request: &Request<'_>) -> Result<(), HttpError> {
    let throttle = &request.state.throttle;
    let seen = throttle.unlocks_seen().unwrap_or_default();
    let requested = request
        .connections
        .with(|connection| unlocks_after(connection, seen))?;
    throttle.lift(&requested);
    Ok(())
}

/// Gives the try back unless the password was wrong: `verified` is what came of it.
pub(super) fn refund_unless_wrong<T>(
    reservation: Reservation<'_>,
    verified: Result<Option<T>, HttpError>,
) -> Result<Option<T>, HttpError> {
    match &verified {
        Ok(Some(_)) | Err(HttpError::ServiceUnavailable(_)) => reservation.refund(),
        Ok(None) | Err(_) => {}
    }
    verified
}

/// Uses up a try to send a form that costs something.
pub(super) fn use_form_try(request: &Request<'_>) -> Result<(), HttpError> {
    let throttle = &request.state.throttle;
    let reserve = || throttle.reserve_form(request.peer, clock::now());
    if throttle.needs_unlocks() {
        lift_locks(request)?;
    }
    if reserve().map(drop).is_err() {
        lift_locks(request)?;
        reserve().map(drop)?;
    }
    Ok(())
}

/// Uses up a try to have a mail sent to `email`, and one to send the form for it.
pub(super) fn use_mail_try(request: &Request<'_>, email: &str) -> Result<(), HttpError> {
    use_form_try(request)?;
    let throttle = &request.state.throttle;
    let account = email.to_lowercase();
    let reservation = throttle.reserve_mail(&account, clock::now());
    Ok(reservation.map(drop)?)
}

/// What a form says that was sent too often; with `debug`, how to go on at once.
pub(super) fn sentence(request: &Request<'_>, retry_after: Duration) -> String {
    let wait = text::waiting_time(seconds_rounded_up(retry_after));
    let message = format!("Too many attempts. Please try again in {wait}.");
    if !request.state.settings.project.debug {
        return message;
    }
    let address = request.peer.to_canonical();
    format!("{message} “djr users unlock --ip {address}” or “djr users unlock NAME” ends this.")
}

/// The name of a browser that logged in as `username` before.
fn known_device(request: &Request<'_>, username: &str) -> Result<Option<String>, HttpError> {
    let Some(cookie) = request.cookie(device_cookie::COOKIE_NAME) else {
        return Ok(None);
    };
    let state = request.state;
    let user = request
        .connections
        .with(|connection| Users::new(connection, &state.users).by_username(username))?;
    Ok(user.and_then(|user| device_cookie::read(&state.keys, &user, &cookie)))
}
