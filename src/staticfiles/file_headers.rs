//! What every response with a file says of it.

use crate::http::{Headers, Validators, content_disposition};
use crate::staticfiles::StaticPath;
use crate::staticfiles::content_type::{content_type, is_passive};

/// The headers of responses with the file at `path`, of which `validators` are known.
pub(super) fn file_headers(
    path: &StaticPath,
    validators: &Validators,
    caching: &'static str,
) -> Headers {
    let mut headers = Headers::default();
    headers.append_known("Content-Type", content_type(path.as_str()));
    validators.write(&mut headers);
    headers.append_known("Accept-Ranges", "bytes");
    headers.append_known("Cache-Control", caching);
    headers
}

/// Tells browsers to take a visitor's file for what its name says, and to save what could run as part of this site.
pub(super) fn guard(headers: &mut Headers, path: &StaticPath) {
    headers.append_known("X-Content-Type-Options", "nosniff");
    if !is_passive(headers.get("Content-Type").unwrap_or_default()) {
        let name = path.as_str().rsplit('/').next().unwrap_or_default();
        if let Some(disposition) = content_disposition(true, name) {
            headers.append("Content-Disposition", disposition);
        }
        headers.append_known("Content-Security-Policy", "sandbox; default-src 'none'");
    }
}
