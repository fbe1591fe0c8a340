//! `scrypt$n$salt$r$p$hash`.

use ::scrypt::{Params, scrypt};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::auth::password_hashers::PasswordError;
use crate::auth::password_hashers::hasher::{Hasher, new_salt};
use crate::crypto::constant_time_eq;

const BLOCK_SIZE: u32 = 8;
const PARALLELISM: u32 = 5;
const HASH_LENGTH: usize = 64;

/// The most blocks of 128 bytes that are kept in memory: 256 MiB.
const MOST_BLOCKS: u64 = 2 * 1024 * 1024;

/// The most blocks that are mixed: over ten times what new hashes do by default.
const MOST_WORK: u64 = 8 * 1024 * 1024;

/// scrypt.
#[derive(Debug)]
pub(super) struct Scrypt {
    work_factor: u32,
}

struct Encoded<'e> {
    work_factor: u32,
    salt: &'e str,
    block_size: u32,
    parallelism: u32,
    hash: &'e str,
}

impl Scrypt {
    /// Hashes with `work_factor`, a power of two.
    pub(super) fn new(work_factor: u32) -> Result<Self, PasswordError> {
        match params(work_factor, BLOCK_SIZE, PARALLELISM) {
            Some(_) => Ok(Self { work_factor }),
            None => Err(PasswordError::Costs(
                "scrypt",
                format!("a work factor of {work_factor} is not a power of two above 1"),
            )),
        }
    }
}

impl Scrypt {
    /// The blocks that a new hash keeps in memory.
    fn blocks(&self) -> u64 {
        u64::from(self.work_factor) * u64::from(BLOCK_SIZE)
    }
}

fn params(work_factor: u32, block_size: u32, parallelism: u32) -> Option<Params> {
    if !work_factor.is_power_of_two() {
        return None;
    }
    let log_n = u8::try_from(work_factor.ilog2()).ok()?;
    Params::new(log_n, block_size, parallelism).ok()
}

fn hash(password: &str, salt: &str, params: &Params) -> Result<String, PasswordError> {
    let mut hash = [0; HASH_LENGTH];
    scrypt(password.as_bytes(), salt.as_bytes(), params, &mut hash)
        .map_err(|error| PasswordError::Hash("scrypt", error.to_string()))?;
    Ok(STANDARD.encode(hash))
}

fn parse(encoded: &str) -> Option<Encoded<'_>> {
    let mut parts = encoded.splitn(6, '$').skip(1);
    Some(Encoded {
        work_factor: parts.next()?.parse().ok()?,
        salt: parts.next()?,
        block_size: parts.next()?.parse().ok()?,
        parallelism: parts.next()?.parse().ok()?,
        hash: parts.next()?,
    })
}

impl Hasher for Scrypt {
    fn algorithm(&self) -> &'static str {
        "scrypt"
    }

    fn encode(&self, password: &str) -> Result<String, PasswordError> {
        let work_factor = self.work_factor;
        let params = params(work_factor, BLOCK_SIZE, PARALLELISM)
            .ok_or_else(|| PasswordError::Hash("scrypt", "its costs are invalid".to_owned()))?;
        let salt = new_salt();
        let hash = hash(password, &salt, &params)?;
        Ok(format!(
            "scrypt${work_factor}${salt}${BLOCK_SIZE}${PARALLELISM}${hash}"
        ))
    }

    fn verify(&self, password: &str, encoded: &str) -> Option<bool> {
        let encoded = parse(encoded)?;
        let params = params(encoded.work_factor, encoded.block_size, encoded.parallelism)?;
        let hash = hash(password, encoded.salt, &params).ok()?;
        Some(constant_time_eq(hash, encoded.hash))
    }

    fn is_affordable(&self, encoded: &str) -> bool {
        let own = self.blocks() * u64::from(PARALLELISM);
        let (memory, work) = (self.blocks().max(MOST_BLOCKS), own.max(MOST_WORK));
        parse(encoded).is_none_or(|encoded| {
            let blocks = u64::from(encoded.work_factor).saturating_mul(encoded.block_size.into());
            blocks <= memory && blocks.saturating_mul(encoded.parallelism.into()) <= work
        })
    }

    fn must_update(&self, encoded: &str) -> bool {
        parse(encoded).is_none_or(|encoded| {
            encoded.work_factor != self.work_factor
                || encoded.block_size != BLOCK_SIZE
                || encoded.parallelism != PARALLELISM
        })
    }
}
