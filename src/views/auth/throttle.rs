//! The throttle of the forms of accounts: who comes too often gets `HttpError::TooManyRequests`.

use std::time::Duration;

use crate::auth::throttle::{LoginAttempt, Reservation};
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
    let state = request.state;
    let limits = &state.settings.auth.throttle;
    Ok(state
        .throttle
        .reserve_login(limits, &attempt, clock::now())?)
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
    let state = request.state;
    let limits = &state.settings.auth.throttle;
    let reservation = state
        .throttle
        .reserve_form(limits, request.peer, clock::now());
    Ok(reservation.map(drop)?)
}

/// Uses up a try to have a mail sent to `email`, and one to send the form for it.
pub(super) fn use_mail_try(request: &Request<'_>, email: &str) -> Result<(), HttpError> {
    use_form_try(request)?;
    let state = request.state;
    let limits = &state.settings.auth.throttle;
    let account = email.to_lowercase();
    let reservation = state.throttle.reserve_mail(limits, &account, clock::now());
    Ok(reservation.map(drop)?)
}

/// What a form says that was sent too often.
pub(super) fn sentence(retry_after: Duration) -> String {
    let wait = in_words(retry_after);
    format!("Too many attempts. Please try again in {wait}.")
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

fn in_words(wait: Duration) -> String {
    let seconds = seconds_rounded_up(wait);
    let (number, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3600 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3600), "hour"),
    };
    text::count(usize::try_from(number).unwrap_or(usize::MAX), unit)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::in_words;

    #[test]
    fn says_how_long_to_wait() {
        for (milliseconds, words) in [
            (1, "1 second"),
            (59_000, "59 seconds"),
            (60_000, "1 minute"),
            (61_000, "2 minutes"),
            (3_600_000, "1 hour"),
            (3_600_001, "2 hours"),
        ] {
            assert_eq!(in_words(Duration::from_millis(milliseconds)), words);
        }
    }
}
