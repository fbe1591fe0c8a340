//! How often passwords may be guessed and forms that cost something be sent.
//!
//! Every attempt takes a try from buckets that fill again with time, and is refused where one of them is empty:
//!
//! * one for the account and the address it comes from: guessing ends there, and nobody else notices;
//! * one for the address, whatever the account;
//! * one for the account, whatever the address: for those who guess from many.
//!
//! A browser that logged in before has a [`device`](crate::auth::device) cookie, and a bucket of its own in place
//! of all three: strangers cannot lock it out. A try is taken before the password is
//! hashed and given back where it was right, so that attempts at the same
//! moment are no way around.
//!
//! In any time `t`, no more than `burst + t * per_hour` wrong passwords are hashed
//! for an account, for an address and for a device, each at its own [`RateLimit`].

mod buckets;
#[cfg(test)]
mod tests;

use std::hash::{BuildHasher as _, Hash, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::auth::throttle::buckets::Buckets;
use crate::clock::Moment;
use crate::settings::{RateLimit, ThrottleLimits};

/// Somebody who wants to log in.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
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
pub struct Refused(pub Duration);

/// A kind of bucket.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum Kind {
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

const KINDS: usize = 5;

type Key = (Kind, u64);

/// The buckets of a server, shared by all that answer requests; they outlive a reload of the settings.
#[derive(Debug, Default)]
pub struct Throttle {
    /// Keyed at random: nobody can choose names that share a bucket.
    hasher: RandomState,
    buckets: Mutex<[Buckets; KINDS]>,
}

/// A try that was taken.
#[derive(Debug)]
#[must_use = "a try that turns out right is given back"]
pub struct Try<'t> {
    throttle: &'t Throttle,
    taken: Vec<(Key, RateLimit)>,
}

impl Throttle {
    /// Takes a try to log in.
    pub fn login(
        &self,
        limits: &ThrottleLimits,
        attempt: &Attempt<'_>,
        now: Moment,
    ) -> Result<Try<'_>, Refused> {
        let (account, network) = (attempt.account, network(attempt.address));
        let needed = match attempt.device {
            Some(device) => vec![(self.key(Kind::Pair, (account, device)), limits.login)],
            None => vec![
                (self.key(Kind::Pair, (account, network)), limits.login),
                (self.key(Kind::Address, network), limits.address),
                (self.key(Kind::Account, account), limits.account),
            ],
        };
        self.take(limits, needed, now)
    }

    /// Takes a try to have a mail sent to `account`.
    pub fn mail(
        &self,
        limits: &ThrottleLimits,
        account: &str,
        now: Moment,
    ) -> Result<Try<'_>, Refused> {
        let needed = vec![(self.key(Kind::Mail, account), limits.mail)];
        self.take(limits, needed, now)
    }

    /// Takes a try to send a form that costs something: a sign-up, a request for a mail.
    pub fn form(
        &self,
        limits: &ThrottleLimits,
        address: IpAddr,
        now: Moment,
    ) -> Result<Try<'_>, Refused> {
        let needed = vec![(self.key(Kind::Form, network(address)), limits.form)];
        self.take(limits, needed, now)
    }

    /// How many buckets are not full.
    pub fn len(&self) -> usize {
        self.buckets().iter().map(Buckets::len).sum()
    }

    /// Whether nothing was tried lately.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes from all buckets or, where one is empty, from none.
    fn take(
        &self,
        limits: &ThrottleLimits,
        needed: Vec<(Key, RateLimit)>,
        now: Moment,
    ) -> Result<Try<'_>, Refused> {
        let mut taken = needed;
        if !limits.enabled {
            taken.clear();
        }
        let mut buckets = self.buckets();
        let waits = taken
            .iter()
            .map(|((kind, key), rate)| buckets[*kind as usize].wait(*key, *rate, now));
        match waits.max() {
            Some(wait) if !wait.is_zero() => return Err(Refused(wait)),
            _ => {}
        }
        for ((kind, key), rate) in &taken {
            buckets[*kind as usize].take(*key, *rate, now, limits.max_entries);
        }
        Ok(Try {
            throttle: self,
            taken,
        })
    }

    fn key(&self, kind: Kind, of: impl Hash) -> Key {
        (kind, self.hasher.hash_one((kind, of)))
    }

    fn buckets(&self) -> MutexGuard<'_, [Buckets; KINDS]> {
        // A panic elsewhere leaves the moments as right as before.
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Try<'_> {
    /// Gives the try back: the password was right, or was not looked at.
    pub fn give_back(self) {
        let mut buckets = self.throttle.buckets();
        for ((kind, key), rate) in self.taken {
            buckets[kind as usize].give_back(key, rate);
        }
    }
}

/// What one client has many of: an IPv6 network of /64 counts as one address.
fn network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        // Apart from all networks of IPv6, which begin with other bits.
        IpAddr::V4(address) => u128::from(u32::from(address)) | 1 << 64,
        IpAddr::V6(address) => u128::from(address) >> 64,
    }
}
