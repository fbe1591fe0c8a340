//! `md5$salt$hash`: for test suites and old files, where the settings ask for it.

use ::md5::{Digest as _, Md5};

use crate::auth::password_hashers::PasswordError;
use crate::auth::password_hashers::hasher::{Hasher, is_weak, new_salt};
use crate::crypto::{constant_time_eq, hex};

/// Salted MD5: no protection against guessing.
#[derive(Debug)]
pub(super) struct SaltedMd5;

fn hash(password: &str, salt: &str) -> String {
    hex(&Md5::digest(format!("{salt}{password}")))
}

fn parse(encoded: &str) -> Option<(&str, &str)> {
    encoded.strip_prefix("md5$")?.split_once('$')
}

impl Hasher for SaltedMd5 {
    fn algorithm(&self) -> &'static str {
        "md5"
    }

    fn encode(&self, password: &str) -> Result<String, PasswordError> {
        let salt = new_salt();
        let hash = hash(password, &salt);
        Ok(format!("md5${salt}${hash}"))
    }

    fn verify(&self, password: &str, encoded: &str) -> Option<bool> {
        let (salt, expected) = parse(encoded)?;
        Some(constant_time_eq(hash(password, salt), expected))
    }

    fn must_update(&self, encoded: &str) -> bool {
        parse(encoded).is_none_or(|(salt, _)| is_weak(salt.as_bytes()))
    }
}
