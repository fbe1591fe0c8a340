//! `argon2$argon2id$v=19$m=102400,t=2,p=8$salt$hash`: Argon2 in the PHC string format.

use ::argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::auth::password_hashers::PasswordError;
use crate::auth::password_hashers::hasher::{Hasher, is_weak, new_salt};
use crate::crypto::constant_time_eq;
use crate::settings::HashCosts;

/// Bytes of a new hash.
const HASH_LENGTH: usize = 32;

/// The most memory in KiB: 1 GiB.
const MOST_MEMORY: u32 = 1024 * 1024;

/// The most memory in KiB that all passes together go over: ten times what new hashes do by default.
const MOST_WORK: u64 = 2 * 1024 * 1024;

/// Argon2id for new passwords; any variant is verified.
#[derive(Debug)]
pub(super) struct Argon2Hasher(Params);

struct Encoded {
    algorithm: Algorithm,
    version: Version,
    params: Params,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

impl Argon2Hasher {
    /// Hashes with `costs`, provided Argon2 allows them.
    pub(super) fn new(costs: &HashCosts) -> Result<Self, PasswordError> {
        let (memory, time) = (costs.argon2_memory, costs.argon2_time);
        let params = Params::new(memory, time, costs.argon2_parallelism, Some(HASH_LENGTH));
        params
            .map(Self)
            .map_err(|error| PasswordError::Costs("argon2", error.to_string()))
    }
}

impl Encoded {
    fn parse(encoded: &str) -> Option<Self> {
        let mut parts = encoded.split('$').skip(1);
        let algorithm = parts.next()?.parse().ok()?;
        let mut next = parts.next()?;
        let version = match next.strip_prefix("v=") {
            None => Version::V0x10,
            Some(version) => {
                next = parts.next()?;
                Version::try_from(version.parse::<u32>().ok()?).ok()?
            }
        };
        let salt = STANDARD_NO_PAD.decode(parts.next()?).ok()?;
        let hash = STANDARD_NO_PAD.decode(parts.next()?).ok()?;
        let params = parse_params(next, hash.len())?;
        parts.next().is_none().then_some(Self {
            algorithm,
            version,
            params,
            salt,
            hash,
        })
    }

    fn hash(&self, password: &str) -> Option<Vec<u8>> {
        let argon2 = Argon2::new(self.algorithm, self.version, self.params.clone());
        let mut hash = vec![0; self.hash.len()];
        argon2
            .hash_password_into(password.as_bytes(), &self.salt, &mut hash)
            .ok()?;
        Some(hash)
    }
}

/// Reads `m=102400,t=2,p=8`.
fn parse_params(text: &str, hash_length: usize) -> Option<Params> {
    let number = |name: &str| {
        let mut assignments = text.split(',').filter_map(|pair| pair.split_once('='));
        let (_, number) = assignments.find(|(key, _)| *key == name)?;
        number.parse().ok()
    };
    Params::new(number("m")?, number("t")?, number("p")?, Some(hash_length)).ok()
}

impl Hasher for Argon2Hasher {
    fn algorithm(&self) -> &'static str {
        "argon2"
    }

    fn encode(&self, password: &str) -> Result<String, PasswordError> {
        let salt = new_salt();
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, self.0.clone());
        let mut hash = [0; HASH_LENGTH];
        argon2
            .hash_password_into(password.as_bytes(), salt.as_bytes(), &mut hash)
            .map_err(|error| PasswordError::Hash("argon2", error.to_string()))?;
        let (memory, time, lanes) = (self.0.m_cost(), self.0.t_cost(), self.0.p_cost());
        let (salt, hash) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(hash));
        Ok(format!(
            "argon2$argon2id$v=19$m={memory},t={time},p={lanes}${salt}${hash}"
        ))
    }

    fn verify(&self, password: &str, encoded: &str) -> Option<bool> {
        let encoded = Encoded::parse(encoded)?;
        Some(constant_time_eq(encoded.hash(password)?, &encoded.hash))
    }

    fn is_affordable(&self, encoded: &str) -> bool {
        let work = |params: &Params| u64::from(params.m_cost()) * u64::from(params.t_cost());
        let (memory, most_work) = (
            self.0.m_cost().max(MOST_MEMORY),
            work(&self.0).max(MOST_WORK),
        );
        Encoded::parse(encoded).is_none_or(|encoded| {
            encoded.params.m_cost() <= memory && work(&encoded.params) <= most_work
        })
    }

    fn must_update(&self, encoded: &str) -> bool {
        Encoded::parse(encoded).is_none_or(|encoded| {
            encoded.algorithm != Algorithm::Argon2id
                || encoded.version != Version::V0x13
                || encoded.params.m_cost() != self.0.m_cost()
                || encoded.params.t_cost() != self.0.t_cost()
                || encoded.params.p_cost() != self.0.p_cost()
                || encoded.hash.len() != HASH_LENGTH
                || is_weak(&encoded.salt)
        })
    }
}
