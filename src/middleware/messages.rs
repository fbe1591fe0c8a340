//! `messages`: what one page has to say on the next.

use crate::http::Response;
use crate::views::{Failure, Request};

use super::Next;

/// Passes the request on.
pub(super) fn run(request: &mut Request<'_>, next: Next<'_>) -> Result<Response, Failure> {
    Ok(next.run(request))
}
