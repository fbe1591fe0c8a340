//! `messages`: what one page has to say on the next.

use std::sync::Arc;

use crate::http::{Response, SetCookie};
use crate::messages::MessageCodec;
use crate::views::{HttpError, Messages, Request};

use super::chain::Next;
use super::sessions;

/// The name of the cookie.
const COOKIE: &str = "messages";

/// Hands the request its messages, and keeps those that no page has shown.
pub(super) fn run(request: &mut Request<'_>, next: Next<'_>) -> Result<Response, HttpError> {
    let site = request.state;
    let messages = Arc::new(Messages::new(
        MessageCodec::new(&site.keys),
        request.cookie(COOKIE).filter(|cookie| !cookie.is_empty()),
        request.session.clone(),
    ));
    request.messages = Some(Arc::clone(&messages));
    let mut response = next.run(request);
    let cookie = SetCookie {
        name: COOKIE.to_owned(),
        path: "/".to_owned(),
        ..sessions::cookie(&site.settings.sessions.cookie, "")
    };
    messages.keep(cookie, &mut response)?;
    Ok(response)
}
