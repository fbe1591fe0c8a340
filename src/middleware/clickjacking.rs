//! `clickjacking`: no other site may show this one in a frame.

use crate::http::Response;
use crate::views::{HttpError, Request};

use super::chain::Next;

/// Adds `X-Frame-Options`.
#[expect(clippy::unnecessary_wraps, reason = "all middleware has one type")]
pub(super) fn run(request: &mut Request<'_>, next: Next<'_>) -> Result<Response, HttpError> {
    let mut response = next.run(request);
    let options = request.state.settings.security.frame_options.to_uppercase();
    if !options.is_empty() && !response.may_be_framed {
        response.headers.set_default("X-Frame-Options", options);
    }
    Ok(response)
}
