//! Hashers that count their hashes, for tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::auth::passwords::hasher::Hasher;
use crate::auth::{Hashers, PasswordError};

/// A hasher whose hashes are counted.
#[derive(Debug)]
struct Counted {
    inner: Box<dyn Hasher>,
    count: Arc<AtomicUsize>,
}

impl Hasher for Counted {
    fn algorithm(&self) -> &'static str {
        self.inner.algorithm()
    }

    fn encode(&self, password: &str) -> Result<String, PasswordError> {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.inner.encode(password)
    }

    fn verify(&self, password: &str, encoded: &str) -> bool {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.inner.verify(password, encoded)
    }

    fn must_update(&self, encoded: &str) -> bool {
        self.inner.must_update(encoded)
    }
}

impl Hashers {
    /// The same hashers, and how many hashes they have computed since.
    pub(in crate::auth) fn counted(self) -> (Self, Arc<AtomicUsize>) {
        let count = Arc::new(AtomicUsize::new(0));
        let wrap = |inner| -> Box<dyn Hasher> {
            let count = Arc::clone(&count);
            Box::new(Counted { inner, count })
        };
        let preferred = wrap(self.preferred);
        let others = self.others.into_iter().map(wrap).collect();
        (Self { preferred, others }, count)
    }
}
