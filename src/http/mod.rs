//! Requests and responses as plain values: no server, no sockets.
//!
//! * [`Request`] is what a client asks for, [`Response`] what it gets; both carry [`Headers`].
//! * [`QueryDict`] holds the fields of a query string or a form, [`SetCookie`] writes a cookie.
//! * [`percent`] decodes and encodes URLs, [`date`] the moments in headers, [`host`] the names of hosts, [`url`] the places to redirect to.

mod cookie;
pub mod date;
mod headers;
pub mod host;
mod method;
pub mod percent;
mod query;
mod request;
mod response;
pub mod url;

pub use cookie::{SetCookie, parse_cookies};
pub use headers::Headers;
pub use method::Method;
pub use query::{QueryDict, TooManyFields};
pub use request::{BadTarget, Request};
pub use response::{Response, reason};
