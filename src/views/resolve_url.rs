//! Settings and options that name a page: by the name of a url, a path or an address (Django's `resolve_url`).

use crate::views::{HttpError, Request};

/// The path or address of `target`.
pub(super) fn resolve_url(request: &Request<'_>, target: &str) -> Result<String, HttpError> {
    match request.urls.reverse(target, &[], &[]) {
        Ok(path) => Ok(path),
        Err(_) if is_path_or_url(target) => Ok(target.to_owned()),
        Err(error) => Err(error.into()),
    }
}

/// Whether a setting reads as a path or a URL rather than as a name.
pub(crate) fn is_path_or_url(target: &str) -> bool {
    target.contains(['/', '.'])
}
