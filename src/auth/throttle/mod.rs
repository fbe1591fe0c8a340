//! How often passwords may be guessed and forms that cost something be sent.
//!
//! Every attempt takes a try from buckets that fill again with time, and is refused where one of them is empty:
//!
//! * one for the account and the address it comes from: guessing ends there, and nobody else notices;
//! * one for the address, whatever the account;
//! * one for the account, whatever the address: for those who guess from many.
//!
//! A browser that logged in before has a [`device`](crate::auth::device_cookie) cookie, and a bucket of its own in place
//! of all three: strangers cannot lock it out. A try is taken before the password is
//! hashed and given back where it was right, so that attempts at the same
//! moment do not get around the limit.
//!
//! In any time `t`, no more than `burst + t * per_hour` wrong passwords are hashed
//! for an account, for an address and for a device, each at its own [`RateLimit`].

#[cfg(test)]
mod tests;
mod token_buckets;
mod unlocks;

pub use unlocks::{RequestedUnlock, Unlock, request_unlocks, unlocks_after};

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::auth::throttle::token_buckets::TokenBuckets;
use crate::clock::Moment;
use crate::settings::{RateLimit, ThrottleLimits};

/// Somebody who wants to log in.
#[derive(Clone, Copy, Debug)]
pub struct LoginAttempt<'a> {
    /// The name of the account, normalised, whether it exists or not.
    pub account: &'a str,
    /// Where the attempt comes from.
    pub address: IpAddr,
    /// The browser, if it logged into this account before.
    pub device: Option<&'a str>,
}

/// It was tried too often.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("too many attempts; the next one is possible in {} s", .0.as_secs())]
pub struct Throttled(pub Duration);

/// A kind of bucket.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum BucketKind {
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

const BUCKET_KINDS: usize = 5;

type BucketKey = (BucketKind, u64);

/// What the buckets of an account are found by.
#[derive(Clone, Copy, Debug, Hash)]
struct AccountKey {
    account: u64,
    lifted: u64,
}

/// The buckets of a server, shared by all that answer requests; they outlive a reload of the settings.
#[derive(Debug, Default)]
pub struct AuthThrottle {
    /// Keyed at random: nobody can choose names that share a bucket.
    hasher: RandomState,
    buckets: Mutex<[TokenBuckets; BUCKET_KINDS]>,
    lifted: Mutex<LiftedLocks>,
}

/// The locks that commands lifted.
#[derive(Debug, Default)]
struct LiftedLocks {
    /// The number of the last one; none before the table was looked at.
    seen: Option<i64>,
    /// How often the locks of an account were lifted everywhere: each time its buckets are new ones.
    of_account: HashMap<u64, u64>,
}

/// A try that was taken.
#[derive(Debug)]
#[must_use = "a try that turns out right is given back"]
pub struct Reservation<'t> {
    throttle: &'t AuthThrottle,
    taken: Vec<(BucketKey, RateLimit)>,
}

impl AuthThrottle {
    /// Takes a try to log in.
    pub fn reserve_login(
        &self,
        limits: &ThrottleLimits,
        attempt: &LoginAttempt<'_>,
        now: Moment,
    ) -> Result<Reservation<'_>, Throttled> {
        let client_network = client_network(attempt.address);
        let account = self.account(attempt.account);
        let needed = match attempt.device {
            Some(device) => vec![(self.key(BucketKind::Pair, (account, device)), limits.login)],
            None => vec![
                (
                    self.key(BucketKind::Pair, (account, client_network)),
                    limits.login,
                ),
                (
                    self.key(BucketKind::Address, client_network),
                    limits.address,
                ),
                (self.key(BucketKind::Account, account), limits.account),
            ],
        };
        self.reserve(limits, needed, now)
    }

    /// Takes a try to have a mail sent to `account`.
    pub fn reserve_mail(
        &self,
        limits: &ThrottleLimits,
        account: &str,
        now: Moment,
    ) -> Result<Reservation<'_>, Throttled> {
        let needed = vec![(self.key(BucketKind::Mail, account), limits.mail)];
        self.reserve(limits, needed, now)
    }

    /// Takes a try to send a form that costs something: a sign-up, a request for a mail.
    pub fn reserve_form(
        &self,
        limits: &ThrottleLimits,
        address: IpAddr,
        now: Moment,
    ) -> Result<Reservation<'_>, Throttled> {
        let needed = vec![(
            self.key(BucketKind::Form, client_network(address)),
            limits.form,
        )];
        self.reserve(limits, needed, now)
    }

    /// The number of the last lock that was lifted, if that was ever asked for.
    pub fn unlocks_seen(&self) -> Option<i64> {
        self.lifted().seen
    }

    /// Lifts locks; the first time they are those from before anything was tried here, and only counted.
    pub fn lift(&self, requested: &[RequestedUnlock]) {
        let is_first = self.unlocks_seen().is_none();
        for RequestedUnlock { id, unlock } in requested {
            if !is_first {
                self.lift_one(unlock);
            }
            self.lifted().seen = Some(*id);
        }
        self.lifted().seen.get_or_insert_default();
    }

    fn lift_one(&self, unlock: &Unlock) {
        let network = unlock.address.map(client_network);
        match (&unlock.account, network) {
            (Some(account), None) => {
                let account = self.hasher.hash_one(account);
                *self.lifted().of_account.entry(account).or_default() += 1;
            }
            (Some(account), Some(network)) => {
                let account = self.account(account);
                self.empty(self.key(BucketKind::Pair, (account, network)));
            }
            (None, _) => {}
        }
        for kind in [BucketKind::Address, BucketKind::Form] {
            if let Some(network) = network {
                self.empty(self.key(kind, network));
            }
        }
    }

    /// Forgets all tries that were taken from a bucket.
    fn empty(&self, bucket: BucketKey) {
        self.buckets()[bucket.0 as usize].remove(bucket.1);
    }

    /// What the buckets of an account are found by: another number once its locks were lifted.
    fn account(&self, account: &str) -> AccountKey {
        let account = self.hasher.hash_one(account);
        let lifted = self.lifted().of_account.get(&account).copied();
        AccountKey {
            account,
            lifted: lifted.unwrap_or_default(),
        }
    }

    fn lifted(&self) -> MutexGuard<'_, LiftedLocks> {
        self.lifted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many buckets are not full.
    pub fn len(&self) -> usize {
        self.buckets().iter().map(TokenBuckets::len).sum()
    }

    /// Whether nothing was tried lately.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes from all buckets or, where one is empty, from none.
    fn reserve(
        &self,
        limits: &ThrottleLimits,
        needed: Vec<(BucketKey, RateLimit)>,
        now: Moment,
    ) -> Result<Reservation<'_>, Throttled> {
        let mut taken = needed;
        if !limits.enabled {
            taken.clear();
        }
        let mut buckets = self.buckets();
        let waits = taken
            .iter()
            .map(|((kind, key), rate)| buckets[*kind as usize].wait(*key, *rate, now));
        match waits.max() {
            Some(wait) if !wait.is_zero() => return Err(Throttled(wait)),
            _ => {}
        }
        for ((kind, key), rate) in &taken {
            buckets[*kind as usize].consume(*key, *rate, now, limits.max_entries);
        }
        Ok(Reservation {
            throttle: self,
            taken,
        })
    }

    fn key(&self, kind: BucketKind, of: impl Hash) -> BucketKey {
        (kind, self.hasher.hash_one((kind, of)))
    }

    fn buckets(&self) -> MutexGuard<'_, [TokenBuckets; BUCKET_KINDS]> {
        // A panic elsewhere leaves the moments as right as before.
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reservation<'_> {
    /// Gives the try back: the password was right, or was not looked at.
    pub fn refund(self) {
        let mut buckets = self.throttle.buckets();
        for ((kind, key), rate) in self.taken {
            buckets[kind as usize].refund(key, rate);
        }
    }
}

/// What one client has many of: an IPv6 network of /64 counts as one address.
pub fn client_network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        // Apart from all networks of IPv6, which begin with other bits.
        IpAddr::V4(address) => u128::from(u32::from(address)) | 1 << 64,
        IpAddr::V6(address) => u128::from(address) >> 64,
    }
}
