//! Attempts that come too often: 429, with a sentence in the form and the time to wait.

use std::time::Duration;

use crate::auth::throttle::{LoginAttempt, Reservation, Throttled};
use crate::auth::{Users, device_cookie};
use crate::clock;
use crate::forms::{Form, ValidationError};
use crate::http::Response;
use crate::text;
use crate::views::{HttpError, Request};

/// Takes a try to give the password of `username`.
///
/// Whether there is such a user makes no difference.
pub(super) fn password<'r>(
    request: &'r Request<'_>,
    username: &str,
) -> Result<Result<Reservation<'r>, Throttled>, HttpError> {
    let device = known_device(request, username)?;
    let attempt = LoginAttempt {
        account: username,
        address: request.peer,
        device: device.as_deref(),
    };
    let site = request.state;
    let limits = &site.settings.auth.throttle;
    Ok(site.throttle.reserve_login(limits, &attempt, clock::now()))
}

/// What came of a password whose try was taken: only a wrong one counts.
pub(super) fn settle<T>(
    taken: Reservation<'_>,
    outcome: Result<Option<T>, HttpError>,
) -> Result<Option<T>, HttpError> {
    match &outcome {
        Ok(Some(_)) | Err(HttpError::ServiceUnavailable(_)) => taken.refund(),
        Ok(None) | Err(_) => {}
    }
    outcome
}

/// Takes a try to send a form that costs something.
pub(super) fn form(request: &Request<'_>) -> Result<(), Throttled> {
    let site = request.state;
    let limits = &site.settings.auth.throttle;
    let taken = site
        .throttle
        .reserve_form(limits, request.peer, clock::now());
    taken.map(drop)
}

/// Takes a try to have a mail sent to `email`, and one to send the form for it.
pub(super) fn mail(request: &Request<'_>, email: &str) -> Result<(), Throttled> {
    form(request)?;
    let site = request.state;
    let limits = &site.settings.auth.throttle;
    let taken = site
        .throttle
        .reserve_mail(limits, &email.to_lowercase(), clock::now());
    taken.map(drop)
}

/// Says in `form` that it came too soon.
pub(super) fn refuse(form: &mut Form, refused: Throttled, focus: &str) {
    let wait = in_words(refused.0);
    let message = format!("Too many attempts. Please try again in {wait}.");
    form.add_non_field_error(ValidationError::new(message, "throttled"), focus);
}

/// The answer with the form, as one that came too soon.
pub(super) fn too_soon(mut response: Response, refused: Throttled) -> Response {
    response.status = 429;
    let seconds = seconds(refused.0).to_string();
    response.headers.set("Retry-After", seconds);
    response
}

/// The name of a browser that logged in as `username` before.
fn known_device(request: &Request<'_>, username: &str) -> Result<Option<String>, HttpError> {
    let Some(cookie) = request.cookie(device_cookie::COOKIE_NAME) else {
        return Ok(None);
    };
    let site = request.state;
    let user = request
        .connections
        .with(|connection| Users::new(connection, &site.users).by_username(username))?;
    Ok(user.and_then(|user| device_cookie::read(&site.keys, &user, &cookie)))
}

/// Whole seconds, after which it has surely passed.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

fn in_words(wait: Duration) -> String {
    let seconds = seconds(wait);
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
