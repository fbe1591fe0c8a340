//! `auth`: who sent a request, found out when somebody asks.

use std::sync::Arc;

use crate::http::Response;
use crate::views::{Failure, LazyUser, Request};

use super::Next;

/// Hands the request its user.
pub(super) fn run(request: &mut Request<'_>, next: Next<'_>) -> Result<Response, Failure> {
    let session = Arc::clone(request.session()?);
    let (connections, site) = (Arc::clone(request.connections), Arc::clone(request.site));
    request.user = Some(Arc::new(LazyUser::new(session, connections, site)));
    Ok(next.run(request))
}
