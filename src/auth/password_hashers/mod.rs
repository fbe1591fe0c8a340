//! Password hashes in Django's encodings: `algorithm$...`.

mod argon2;
mod bcrypt;
mod encoded;
mod hash_limiter;
mod hasher;
mod md5;
mod own;
mod pbkdf2;
mod scrypt;
mod summary;

#[cfg(test)]
mod tests;

pub use encoded::{encoded_algorithm, is_encoded};
pub use hash_limiter::{HashLimiter, HashPermit};
pub use own::OwnHashers;
pub use summary::{HashPart, safe_summary};

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::auth::password_hashers::argon2::Argon2Hasher;
use crate::auth::password_hashers::bcrypt::Bcrypt;
use crate::auth::password_hashers::hasher::Hasher;
use crate::auth::password_hashers::md5::SaltedMd5;
use crate::auth::password_hashers::own::OwnHasher;
use crate::auth::password_hashers::pbkdf2::Pbkdf2;
use crate::auth::password_hashers::scrypt::Scrypt;
use crate::crypto::{ALPHANUMERIC, random_string};
use crate::diagnostic::{Diagnostic, Finding, Findings};
use crate::settings::{HashCosts, Settings};
use crate::text;

/// Marks a password that nothing matches.
const UNUSABLE: char = '!';

/// Random characters behind the mark, so that no two such passwords are equal.
const UNUSABLE_LENGTH: usize = 40;

/// The names of all hashers.
pub const HASHERS: [&str; 7] = [
    "argon2",
    "pbkdf2_sha256",
    "pbkdf2_sha1",
    "bcrypt_sha256",
    "scrypt",
    "bcrypt",
    "md5",
];

/// Why a password could not be hashed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// No hasher has this name.
    #[error("no password hasher is called `{0}`")]
    UnknownHasher(String),
    /// There is none at all.
    #[error("no password hasher is named")]
    NoHasher,
    /// The algorithm does not allow these costs.
    #[error("`{0}` does not allow its costs: {1}")]
    Costs(&'static str, String),
    /// The algorithm failed.
    #[error("`{0}` could not hash the password: {1}")]
    Hash(&'static str, String),
    /// The class of the project failed.
    #[error("`{0}` could not hash the password: {1}")]
    Class(String, String),
}

impl Diagnostic for PasswordError {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownHasher(_) => "unknown-hasher",
            Self::NoHasher => "no-hasher",
            Self::Costs(..) => "hasher-costs",
            Self::Hash(..) | Self::Class(..) => "hash-failed",
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::UnknownHasher(name) => match text::did_you_mean(name, HASHERS) {
                Some(hint) => vec![hint],
                None => vec![format!("hashers: {}", text::quoted(HASHERS))],
            },
            Self::NoHasher => vec![format!("hashers: {}", text::quoted(HASHERS))],
            Self::Costs(..) => vec!["see `[auth.costs]` in `djr.toml`".to_owned()],
            Self::Hash(..) | Self::Class(..) => Vec::new(),
        }
    }
}

/// Whether a password was right, and whether its hash is of yesterday.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PasswordCheck {
    /// The password is right.
    pub correct: bool,
    /// The hash is of another kind or cost than new ones.
    pub must_update: bool,
}

/// The hashers of the settings; the first one hashes new passwords, all verify.
#[derive(Debug)]
pub struct Hashers {
    preferred: Box<dyn Hasher>,
    others: Vec<Box<dyn Hasher>>,
    hash_count: AtomicU64,
}

impl Hashers {
    /// The hashers that the settings name, with their costs; `own` asks those that are classes of the project.
    pub fn from_settings(
        settings: &Settings,
        own: Option<&Arc<dyn OwnHashers>>,
    ) -> Result<Self, Findings> {
        let auth = &settings.auth;
        let names = auth.password_hashers.iter().map(String::as_str);
        let is_own = |name: &str| auth.own_hashers().any(|own| own == name);
        let hashers = names.map(|name| match own {
            Some(own) if is_own(name) => Ok(Box::new(OwnHasher::new(name, Arc::clone(own))) as _),
            _ => hasher(name, &auth.costs),
        });
        Self::of(hashers).map_err(|error| {
            let mut finding = Finding::error(error.code(), error.to_string());
            finding.hints = error.hints();
            finding.location = match &error {
                PasswordError::UnknownHasher(name) => {
                    settings.location_in("auth.password_hashers", name)
                }
                PasswordError::NoHasher => settings.location("auth.password_hashers"),
                PasswordError::Costs(..) | PasswordError::Hash(..) | PasswordError::Class(..) => {
                    settings.location("auth.costs")
                }
            };
            finding.into()
        })
    }

    /// The hashers of these names, with `costs`.
    pub fn new<'n>(
        names: impl IntoIterator<Item = &'n str>,
        costs: &HashCosts,
    ) -> Result<Self, PasswordError> {
        Self::of(names.into_iter().map(|name| hasher(name, costs)))
    }

    fn of(
        hashers: impl Iterator<Item = Result<Box<dyn Hasher>, PasswordError>>,
    ) -> Result<Self, PasswordError> {
        let mut hashers = hashers.collect::<Result<Vec<_>, _>>()?.into_iter();
        Ok(Self {
            preferred: hashers.next().ok_or(PasswordError::NoHasher)?,
            others: hashers.collect(),
            hash_count: AtomicU64::new(0),
        })
    }

    /// Whether the settings name the hasher of this algorithm, so that its hashes let somebody in.
    pub fn has(&self, algorithm: &str) -> bool {
        self.algorithms().any(|known| known == algorithm)
    }

    /// Hashes a new password.
    pub fn make_password(&self, password: &str) -> Result<String, PasswordError> {
        self.hash_count.fetch_add(1, Ordering::Relaxed);
        self.preferred.encode(password)
    }

    /// Hashes a new password by the hasher of this algorithm, where the settings name it.
    pub fn make_password_by(
        &self,
        algorithm: &str,
        password: &str,
    ) -> Result<String, PasswordError> {
        let hasher = self.of_algorithm(algorithm);
        let unknown = || PasswordError::UnknownHasher(algorithm.to_owned());
        self.hash_count.fetch_add(1, Ordering::Relaxed);
        hasher.ok_or_else(unknown)?.encode(password)
    }

    /// The algorithms that the settings name, that of new passwords first.
    pub fn algorithms(&self) -> impl Iterator<Item = &str> {
        let hashers = std::iter::once(&self.preferred).chain(&self.others);
        hashers.map(|hasher| hasher.algorithm())
    }

    /// How many hashes were computed so far, to make and to verify passwords.
    pub fn hash_count(&self) -> u64 {
        self.hash_count.load(Ordering::Relaxed)
    }

    /// Whether a verification of `encoded` costs no more than a server can bear, as far as it is known.
    pub fn can_afford(&self, encoded: &str) -> bool {
        let hasher = self.identify(encoded);
        hasher.is_none_or(|hasher| hasher.is_affordable(encoded))
    }

    /// Whether `encoded` was made of `password`; malformed, unaffordable and unusable ones match nothing.
    ///
    /// Takes as long for a password that nothing can match, so that the time tells no one apart.
    pub fn verify(&self, password: &str, encoded: &str) -> PasswordCheck {
        let affordable = |hasher: &&dyn Hasher| hasher.is_affordable(encoded);
        let Some(hasher) = self.identify(encoded).filter(affordable) else {
            self.run_dummy_hash(password);
            return PasswordCheck {
                correct: false,
                must_update: false,
            };
        };
        let must_update = self.is_outdated(encoded);
        let Some(correct) = hasher.verify(password, encoded) else {
            self.run_dummy_hash(password);
            return PasswordCheck {
                correct: false,
                must_update,
            };
        };
        self.hash_count.fetch_add(1, Ordering::Relaxed);
        if !correct && must_update && hasher.algorithm() == self.preferred.algorithm() {
            hasher.harden_runtime(password, encoded);
        }
        PasswordCheck {
            correct,
            must_update,
        }
    }

    /// Whether a new hash of the same password would be of another kind or cost.
    pub fn is_outdated(&self, encoded: &str) -> bool {
        let kind = encoded.split_once('$').map(|(algorithm, _)| algorithm);
        kind != Some(self.preferred.algorithm()) || self.preferred.must_update(encoded)
    }

    /// Does the work of a verification, for a user that does not exist.
    pub fn run_dummy_hash(&self, password: &str) {
        // Only the time counts.
        self.make_password(password).ok();
    }

    fn identify(&self, encoded: &str) -> Option<&dyn Hasher> {
        let (algorithm, _) = encoded.split_once('$')?;
        self.of_algorithm(algorithm)
    }

    fn of_algorithm(&self, algorithm: &str) -> Option<&dyn Hasher> {
        let hashers = std::iter::once(&self.preferred).chain(&self.others);
        let mut hashers = hashers.map(|hasher| &**hasher);
        hashers.find(|hasher| hasher.algorithm() == algorithm)
    }
}

fn hasher(name: &str, costs: &HashCosts) -> Result<Box<dyn Hasher>, PasswordError> {
    Ok(match name {
        "argon2" => Box::new(Argon2Hasher::new(costs)?),
        "pbkdf2_sha256" => Box::new(Pbkdf2::sha256(iterations(costs)?)),
        "pbkdf2_sha1" => Box::new(Pbkdf2::sha1(iterations(costs)?)),
        "bcrypt_sha256" => Box::new(Bcrypt::sha256(costs.bcrypt_rounds)?),
        "bcrypt" => Box::new(Bcrypt::plain(costs.bcrypt_rounds)?),
        "scrypt" => Box::new(Scrypt::new(costs.scrypt_work_factor)?),
        "md5" => Box::new(SaltedMd5),
        _ => return Err(PasswordError::UnknownHasher(name.to_owned())),
    })
}

fn iterations(costs: &HashCosts) -> Result<u32, PasswordError> {
    match costs.pbkdf2_iterations {
        0 => Err(PasswordError::Costs("pbkdf2", "0 iterations".to_owned())),
        iterations => Ok(iterations),
    }
}

/// A password that nothing matches, for users who log in some other way or not at all.
pub fn unusable_password() -> String {
    let noise = random_string(UNUSABLE_LENGTH, ALPHANUMERIC);
    format!("{UNUSABLE}{noise}")
}

/// Whether some password could match `encoded`.
pub fn is_password_usable(encoded: &str) -> bool {
    !encoded.starts_with(UNUSABLE)
}
