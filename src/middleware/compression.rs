//! `compression`: bodies made smaller for clients that say they can read them (Django's `GZipMiddleware`, with brotli).
//!
//! Whoever can have a page hold text of theirs beside a secret, and see how long it is under TLS, finds the secret out
//! letter by letter (BREACH): what repeats is shorter. The tokens of forms are masked anew for each page, and each body is
//! made longer at random (Heal The Breach), whichever coding it has.

use crate::http::{Body, BodyStream, ContentCoding, Headers, Response};
use crate::settings::CompressionSettings;
use crate::views::{HttpError, Request};

use super::chain::Next;
use super::compressor::Compressor;

/// Compresses what is worth it, as the client likes it best.
#[expect(clippy::unnecessary_wraps, reason = "all middleware has one type")]
pub(super) fn run(request: &mut Request<'_>, next: Next<'_>) -> Result<Response, HttpError> {
    let mut response = next.run(request);
    // The panel of a page with `debug` is written into it further out.
    if request.trace.is_none() {
        let settings = &request.state.settings.compression;
        compress_for(&request.headers, &mut response, settings);
    }
    Ok(response)
}

/// Compresses `response` for a client with these headers.
pub(super) fn compress_for(
    client: &Headers,
    response: &mut Response,
    settings: &CompressionSettings,
) {
    if !is_worth_it(response, settings.min_length) {
        return;
    }
    response.headers.vary_on("Accept-Encoding");
    if let Some(coding) = ContentCoding::negotiate(client, &settings.codings) {
        compress(response, coding);
    }
}

/// Whether the body may be changed, is long enough and not of a kind that is compressed by itself.
fn is_worth_it(response: &Response, min_length: usize) -> bool {
    let headers = &response.headers;
    let is_long = match &response.body {
        Body::Bytes(bytes) => !bytes.is_empty() && bytes.len() >= min_length,
        Body::Shared(bytes) => bytes.len() >= min_length.max(1),
        Body::Stream(_) => true,
        Body::File(_) => false,
    };
    is_long
        && response.status != 206
        && !headers.contains("Content-Encoding")
        && !headers.has_cache_directive("no-transform")
        && is_text(headers.get("Content-Type").unwrap_or_default())
}

/// Whether bodies of this type are text, whatever it is called.
fn is_text(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default();
    let kind = kind.trim().to_ascii_lowercase();
    kind.starts_with("text/")
        || [
            "+json",
            "+xml",
            "/json",
            "/xml",
            "/javascript",
            "/x-ndjson",
            "/yaml",
            "/toml",
            "/wasm",
        ]
        .iter()
        .any(|end| kind.ends_with(end))
}

fn compress(response: &mut Response, coding: ContentCoding) {
    match std::mem::take(&mut response.body) {
        body @ (Body::Bytes(_) | Body::Shared(_)) => {
            let bytes = body.as_bytes().unwrap_or_default();
            let compressed = Compressor::new(coding, Some(bytes.len())).whole(bytes);
            // One that did not become shorter stays as it is.
            let Some(compressed) = compressed.filter(|shorter| shorter.len() < bytes.len()) else {
                response.body = body;
                return;
            };
            if response.headers.contains("Content-Length") {
                let length = compressed.len().to_string();
                response.headers.set("Content-Length", length);
            }
            response.body = compressed.into();
        }
        Body::Stream(stream) => {
            response.headers.remove("Content-Length");
            response.body =
                BodyStream::new(Compressor::new(coding, None).stream(stream.chunks)).into();
        }
        file @ Body::File(_) => {
            response.body = file;
            return;
        }
    }
    response.headers.set("Content-Encoding", coding.name());
    // The tag is that of the body as it was (RFC 9110, 8.8.1).
    let etag = response
        .headers
        .get("ETag")
        .filter(|etag| etag.starts_with('"'));
    if let Some(etag) = etag.map(|etag| format!("W/{etag}")) {
        response.headers.set("ETag", etag);
    }
}
