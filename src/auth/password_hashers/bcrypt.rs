//! `bcrypt_sha256$$2b$12$salthash`, and `bcrypt$...`, which sees 72 bytes of a password only.

use std::borrow::Cow;

use ::bcrypt::{Version, hash_with_salt, verify};
use sha2::{Digest as _, Sha256};

use crate::auth::password_hashers::PasswordError;
use crate::auth::password_hashers::hasher::Hasher;
use crate::crypto::{hex, random_bytes};

/// Sixteen times what new hashes cost by default.
const MOST_ROUNDS: u32 = 16;

/// bcrypt, of the password or of its SHA-256.
#[derive(Debug)]
pub(super) struct Bcrypt {
    digested: bool,
    rounds: u32,
}

impl Bcrypt {
    /// bcrypt of the password's SHA-256, so that all of a long password counts.
    pub(super) fn sha256(rounds: u32) -> Result<Self, PasswordError> {
        Self::new(true, rounds)
    }

    /// bcrypt of the password's first 72 bytes.
    pub(super) fn plain(rounds: u32) -> Result<Self, PasswordError> {
        Self::new(false, rounds)
    }

    fn new(digested: bool, rounds: u32) -> Result<Self, PasswordError> {
        if (4..=31).contains(&rounds) {
            return Ok(Self { digested, rounds });
        }
        let reason = format!("{rounds} rounds are not between 4 and 31");
        Err(PasswordError::Costs("bcrypt", reason))
    }

    fn input<'p>(&self, password: &'p str) -> Cow<'p, [u8]> {
        if self.digested {
            Cow::Owned(hex(&Sha256::digest(password)).into_bytes())
        } else {
            Cow::Borrowed(password.as_bytes())
        }
    }

    /// The bcrypt string, which begins with a `$` of its own.
    fn data<'e>(&self, encoded: &'e str) -> Option<&'e str> {
        encoded.strip_prefix(self.algorithm())?.strip_prefix('$')
    }

    fn rounds_of(&self, encoded: &str) -> Option<u32> {
        self.data(encoded)?.split('$').nth(2)?.parse().ok()
    }
}

impl Hasher for Bcrypt {
    fn algorithm(&self) -> &'static str {
        if self.digested {
            "bcrypt_sha256"
        } else {
            "bcrypt"
        }
    }

    fn encode(&self, password: &str) -> Result<String, PasswordError> {
        let hash = hash_with_salt(self.input(password), self.rounds, random_bytes())
            .map_err(|error| PasswordError::Hash("bcrypt", error.to_string()))?;
        let data = hash.format_for_version(Version::TwoB);
        Ok(format!("{}${data}", self.algorithm()))
    }

    fn verify(&self, password: &str, encoded: &str) -> Option<bool> {
        verify(self.input(password), self.data(encoded)?).ok()
    }

    fn is_affordable(&self, encoded: &str) -> bool {
        let most = self.rounds.max(MOST_ROUNDS);
        self.rounds_of(encoded).is_none_or(|rounds| rounds <= most)
    }

    fn must_update(&self, encoded: &str) -> bool {
        self.rounds_of(encoded) != Some(self.rounds)
    }

    fn harden_runtime(&self, password: &str, encoded: &str) {
        let Some(rounds) = self.rounds_of(encoded) else {
            return;
        };
        // Each round more doubles the work.
        let spared = (1_u64 << self.rounds.saturating_sub(rounds)) - 1;
        for _ in 0..spared {
            self.verify(password, encoded);
        }
    }
}
