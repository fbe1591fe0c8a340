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
//! for an account, for an address and for a device, each at its own
//! [`RateLimit`](crate::settings::RateLimit).
//!
//! 1. A [`SiteThrottle`] says which buckets an attempt needs.
//! 2. They are in the memory of the process ([`AuthThrottle`]).
//! 3. Where `[auth.throttle] cache` names a cache, they are there as well ([`SharedCounts`]), and all processes that use it keep
//!    the promise together.

mod auth_throttle;
mod bucket;
mod lifted_locks;
mod shared_counts;
#[cfg(test)]
mod shared_tests;
mod site_throttle;
mod slot_debt;
#[cfg(test)]
mod tests;
mod token_buckets;
mod unlocks;

pub use auth_throttle::AuthThrottle;
pub use bucket::Throttled;
pub use shared_counts::SharedCounts;
pub use site_throttle::{Reservation, SiteThrottle};
pub use unlocks::{RequestedUnlock, Unlock, request_unlocks, unlocks_after};

use std::net::IpAddr;

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

/// What one client has many of: an IPv6 network of /64 counts as one address.
pub fn client_network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        // Apart from all networks of IPv6, which begin with other bits.
        IpAddr::V4(address) => u128::from(u32::from(address)) | 1 << 64,
        IpAddr::V6(address) => u128::from(address) >> 64,
    }
}
