//! A page as it is kept: its headers and its body, and for whom it was made.

use sha2::{Digest as _, Sha256};

use crate::http::{Headers, Method, Response, SharedBytes};
use crate::page_cache::page_key;

/// What everything begins with that is kept here; its number changes with the format.
const MAGIC: &[u8] = b"djr page 1\n";

/// For which requests a page was made.
///
/// Two lists of headers may have one key in Django's way of making them, and two addresses one MD5. A page that was made
/// for another request than the one that found it is not served.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// That of requests for `uri` whose headers of these `names` are those of `headers`.
    pub(super) fn new(method: &Method, uri: &str, headers: &Headers, names: &[String]) -> Self {
        let mut hasher = Sha256::new();
        let mut add = |part: &str| {
            hasher.update(part.len().to_be_bytes());
            hasher.update(part);
        };
        add(method.as_str());
        add(uri);
        for name in names {
            add(name);
            match page_key::value(headers, name) {
                Some(value) => {
                    add("=");
                    add(&value);
                }
                None => add(""),
            }
        }
        Self(hasher.finalize().into())
    }
}

/// `response`, which has a page in memory, as bytes.
pub(super) fn to_bytes(fingerprint: Fingerprint, response: &Response) -> Option<SharedBytes> {
    let body = response.body.as_bytes()?;
    let mut head = String::new();
    for (name, value) in response.headers.iter() {
        head.push_str(name);
        head.push(':');
        head.push_str(value);
        head.push('\n');
    }
    let length = u32::try_from(head.len()).ok()?.to_be_bytes();
    Some(SharedBytes::from(
        [MAGIC, &fingerprint.0, &length, head.as_bytes(), body].concat(),
    ))
}

/// The response in `bytes`; `None` where they are something else, or were kept for other requests.
pub(super) fn from_bytes(fingerprint: Fingerprint, bytes: &SharedBytes) -> Option<Response> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let rest = rest.strip_prefix(&fingerprint.0)?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (head, body) = rest.split_at_checked(length)?;
    let mut headers = Headers::default();
    for line in std::str::from_utf8(head).ok()?.lines() {
        let (name, value) = line.split_once(':')?;
        headers.append(name, value);
    }
    let mut response = Response::empty(200, headers);
    let start = bytes.len() - body.len();
    response.body = bytes.part(start..bytes.len())?.into();
    Some(response)
}
