//! What a try is taken from.

use std::time::Duration;

use crate::settings::RateLimit;

/// It was tried too often.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("too many attempts; the next one is possible in {} s", .0.as_secs())]
pub struct Throttled(pub Duration);

/// A kind of bucket.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum BucketKind {
    /// Logins to one account from one address, or from one device.
    Pair,
    /// Logins from one address.
    Address,
    /// Logins to one account.
    Account,
    /// Mails to one account.
    Mail,
    /// Forms that cost something, from one address.
    Form,
}

/// How many kinds there are.
pub(super) const BUCKET_KINDS: usize = 5;

/// A bucket, from which tries are taken and which fills again with time.
#[derive(Debug)]
pub(super) struct Bucket {
    pub(super) kind: BucketKind,
    /// What it is found by, the same in every process.
    pub(super) name: String,
    /// How fast it fills.
    pub(super) rate: RateLimit,
}

impl Bucket {
    /// The bucket of these `parts`, which no other parts have.
    pub(super) fn new(kind: BucketKind, rate: RateLimit, parts: &[&str]) -> Self {
        let parts = parts.iter().map(|part| format!("{}:{part}", part.len()));
        let name = format!("{kind:?}{}", parts.collect::<String>());
        Self { kind, name, rate }
    }
}
