//! Requests and responses as plain values: no server, no sockets.
//!
//! * An [`HttpRequest`] is answered by a [`Response`]; both have [`Headers`], and the response a [`Body`].
//! * [`QueryDict`] holds the fields of a query string or a form, [`SetCookie`] writes a cookie.
//! * [`multipart`] reads forms that files can be sent with, while they come: the large files of a [`FormData`] are in an
//!   [`UploadDirectory`]. A [`FormError`] says why a form cannot be read.
//! * A [`CacheDirective`] is one of `Cache-Control`; [`Validators`] are what a client compares versions by, and a
//!   [`ContentCoding`] how a body is compressed.
//! * [`percent`] decodes and encodes URLs, [`date`] the moments in headers, [`host`] the names of hosts, [`url`] the places to redirect to.

mod after_response;
mod body;
mod cache_control;
mod content_coding;
mod cookie;
pub mod date;
mod disposition;
mod form_data;
mod form_encoding;
mod form_error;
mod header_parameters;
mod headers;
pub mod host;
mod method;
pub mod multipart;
pub mod percent;
mod preconditions;
mod query_dict;
mod request;
mod request_body;
mod response;
mod shared_bytes;
mod upload_directory;
mod uploaded_file;
pub mod url;

pub use after_response::{after_response, run_after_response};
pub use body::{Body, BodyStream, FileRange};
pub use cache_control::CacheDirective;
pub use content_coding::ContentCoding;
pub use cookie::{SetCookie, parse_cookies};
pub use disposition::content_disposition;
pub use form_data::FormData;
pub use form_encoding::FormEncoding;
pub use form_error::FormError;
pub use header_parameters::HeaderParameters;
pub use headers::Headers;
pub use method::Method;
pub use multipart::{FormLimits, FormReader};
pub use preconditions::{CONDITIONS, Precondition, Validators};
pub use query_dict::{QueryDict, TooManyFields};
pub use request::{HttpRequest, InvalidTarget};
pub use request_body::RequestBody;
pub use response::{Response, reason_phrase, seconds_rounded_up};
pub use shared_bytes::SharedBytes;
pub use upload_directory::UploadDirectory;
pub use uploaded_file::{UploadedFile, UploadedFiles};

#[cfg(test)]
mod recorded_tests;
