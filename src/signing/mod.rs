//! Signed text and signed objects, in the format of Django's `core.signing`.
//!
//! * [`SecretKeys`] are the secret key and those it replaced.
//! * [`Signer`] writes `value:signature`.
//! * [`TimestampSigner`] writes `value:time:signature`, which can expire, and objects as compact JSON.
//! * [`CookieSigner`] signs the values of cookies.
//! * [`dumps`] and [`loads`] do so for an object in one call.

mod cookie;
mod keys;
mod object;
mod signer;
mod timestamp;

pub use cookie::{COOKIE_KEY_PREFIX, CookieSigner};
pub use keys::SecretKeys;
pub use object::{DEFAULT_SALT, dumps, loads, unverified_json};
pub use signer::Signer;
pub use timestamp::{Timed, TimestampSigner};

/// Why a signed text is not taken for what it says.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// There is no signature in it.
    #[error("there is no `{0}` in the signed text")]
    NoSeparator(char),
    /// It was altered, or signed with another key or for another use.
    #[error("the signature does not match")]
    Mismatch,
    /// It was signed too long ago.
    #[error("the signature is {age} seconds old, more than the {limit} allowed")]
    Expired {
        /// Seconds since it was signed.
        age: f64,
        /// Seconds allowed.
        limit: f64,
    },
    /// It is signed well, but holds no such object or no time.
    #[error("the signed text holds no value of the kind expected")]
    Payload,
}
