//! `pbkdf2_sha256$iterations$salt$hash` and its SHA-1 sister.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pbkdf2::pbkdf2_hmac;
use sha1::Sha1;
use sha2::Sha256;

use crate::auth::password_hashers::PasswordError;
use crate::auth::password_hashers::hasher::{Hasher, is_weak, new_salt};
use crate::crypto::constant_time_eq;

/// Ten times what new hashes cost by default.
const MOST_ITERATIONS: u32 = 10_000_000;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Digest {
    Sha1,
    Sha256,
}

/// PBKDF2 over HMAC.
#[derive(Debug)]
pub(super) struct Pbkdf2 {
    digest: Digest,
    iterations: u32,
}

struct Encoded<'e> {
    iterations: u32,
    salt: &'e str,
    hash: &'e str,
}

impl Pbkdf2 {
    pub(super) fn sha256(iterations: u32) -> Self {
        let digest = Digest::Sha256;
        Self { digest, iterations }
    }

    pub(super) fn sha1(iterations: u32) -> Self {
        let digest = Digest::Sha1;
        Self { digest, iterations }
    }

    fn hash(&self, password: &str, salt: &str, iterations: u32) -> String {
        let (password, salt) = (password.as_bytes(), salt.as_bytes());
        match self.digest {
            Digest::Sha1 => {
                let mut hash = [0; 20];
                pbkdf2_hmac::<Sha1>(password, salt, iterations, &mut hash);
                STANDARD.encode(hash)
            }
            Digest::Sha256 => {
                let mut hash = [0; 32];
                pbkdf2_hmac::<Sha256>(password, salt, iterations, &mut hash);
                STANDARD.encode(hash)
            }
        }
    }
}

fn parse(encoded: &str) -> Option<Encoded<'_>> {
    let mut parts = encoded.splitn(4, '$').skip(1);
    let iterations = parts.next()?.parse().ok().filter(|number| *number > 0)?;
    Some(Encoded {
        iterations,
        salt: parts.next()?,
        hash: parts.next()?,
    })
}

impl Hasher for Pbkdf2 {
    fn algorithm(&self) -> &'static str {
        match self.digest {
            Digest::Sha1 => "pbkdf2_sha1",
            Digest::Sha256 => "pbkdf2_sha256",
        }
    }

    fn encode(&self, password: &str) -> Result<String, PasswordError> {
        let salt = new_salt();
        let hash = self.hash(password, &salt, self.iterations);
        let (algorithm, iterations) = (self.algorithm(), self.iterations);
        Ok(format!("{algorithm}${iterations}${salt}${hash}"))
    }

    fn verify(&self, password: &str, encoded: &str) -> Option<bool> {
        let encoded = parse(encoded)?;
        let hash = self.hash(password, encoded.salt, encoded.iterations);
        Some(constant_time_eq(hash, encoded.hash))
    }

    fn is_affordable(&self, encoded: &str) -> bool {
        let most = self.iterations.max(MOST_ITERATIONS);
        parse(encoded).is_none_or(|encoded| encoded.iterations <= most)
    }

    fn must_update(&self, encoded: &str) -> bool {
        parse(encoded).is_none_or(|encoded| {
            encoded.iterations != self.iterations || is_weak(encoded.salt.as_bytes())
        })
    }

    fn harden_runtime(&self, password: &str, encoded: &str) {
        let Some(encoded) = parse(encoded) else {
            return;
        };
        if encoded.iterations < self.iterations {
            self.hash(password, encoded.salt, self.iterations - encoded.iterations);
        }
    }
}
