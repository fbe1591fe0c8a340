//! What every kind of password hash can do.

use std::fmt::Debug;

use crate::auth::password_hashers::PasswordError;
use crate::crypto::{ALPHANUMERIC, random_string};

/// Characters of a salt: at least 128 bits, 62 of a kind.
const SALT_LENGTH: usize = 22;

/// A kind of password hash; `encoded` is always of its own kind.
pub(super) trait Hasher: Debug + Send + Sync {
    /// The word in front of the first `$`.
    fn algorithm(&self) -> &str;

    /// Hashes `password` with a new salt.
    fn encode(&self, password: &str) -> Result<String, PasswordError>;

    /// Whether `encoded` was made of `password`; `None`, and no work done, where it is malformed.
    fn verify(&self, password: &str, encoded: &str) -> Option<bool>;

    /// Whether a verification costs no more than a server can bear.
    ///
    /// Costs stand in the hash itself, which may come from a file or another program's database: they are
    /// bounded by some seconds and some hundred megabytes, or by what new hashes cost where that is more.
    fn is_affordable(&self, _encoded: &str) -> bool {
        true
    }

    /// Whether `encoded` was made with other costs or too short a salt.
    fn must_update(&self, encoded: &str) -> bool;

    /// Does the work that `encoded` spared beside the costs of today.
    ///
    /// Without it, the time of a failed login tells an old hash from a new one.
    fn harden_runtime(&self, _password: &str, _encoded: &str) {}
}

pub(super) fn new_salt() -> String {
    random_string(SALT_LENGTH, ALPHANUMERIC)
}

pub(super) fn is_weak(salt: &[u8]) -> bool {
    salt.len() < SALT_LENGTH
}
