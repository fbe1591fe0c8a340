//! Hashers of passwords that are classes of the project.

use std::fmt::Debug;
use std::sync::{Arc, OnceLock};

use crate::auth::password_hashers::PasswordError;
use crate::auth::password_hashers::hasher::Hasher;

/// Asks the hashers of a project, each named by the dotted name of its class.
pub trait OwnHashers: Debug + Send + Sync {
    /// The word in front of the first `$` of the hashes of `class`; `None` where it cannot be loaded.
    fn algorithm(&self, class: &str) -> Option<String>;

    /// Hashes `password` with a new salt.
    fn encode(&self, class: &str, password: &str) -> Result<String, PasswordError>;

    /// Whether `encoded` was made of `password`; `None` where the class cannot tell.
    fn verify(&self, class: &str, password: &str, encoded: &str) -> Option<bool>;

    /// Whether a new hash of the same password would be another one in more than its salt.
    fn must_update(&self, class: &str, encoded: &str) -> bool;

    /// Does the work that `encoded` spared beside the costs of today.
    fn harden_runtime(&self, class: &str, password: &str, encoded: &str);
}

/// One of them. Nothing is loaded before it is needed.
#[derive(Debug)]
pub(super) struct OwnHasher {
    class: String,
    own: Arc<dyn OwnHashers>,
    algorithm: OnceLock<String>,
}

impl OwnHasher {
    pub(super) fn new(class: &str, own: Arc<dyn OwnHashers>) -> Self {
        Self {
            class: class.to_owned(),
            own,
            algorithm: OnceLock::new(),
        }
    }
}

impl Hasher for OwnHasher {
    fn algorithm(&self) -> &str {
        let ask = || self.own.algorithm(&self.class).unwrap_or_default();
        self.algorithm.get_or_init(ask)
    }

    fn encode(&self, password: &str) -> Result<String, PasswordError> {
        self.own.encode(&self.class, password)
    }

    fn verify(&self, password: &str, encoded: &str) -> Option<bool> {
        self.own.verify(&self.class, password, encoded)
    }

    fn must_update(&self, encoded: &str) -> bool {
        self.own.must_update(&self.class, encoded)
    }

    fn harden_runtime(&self, password: &str, encoded: &str) {
        self.own.harden_runtime(&self.class, password, encoded);
    }
}
