//! The throttle of a site: tries are taken from the memory of the process and, where the settings name a cache, from
//! the buckets that all processes have together.

use std::sync::Arc;

use crate::auth::throttle::bucket::{Bucket, BucketKind, Throttled};
use crate::auth::throttle::shared_counts::SharedCounts;
use crate::auth::throttle::{
    AuthThrottle, LoginAttempt, RequestedUnlock, client_network, slot_debt,
};
use crate::cache::SlotCounts;
use crate::clock::Moment;
use crate::settings::ThrottleLimits;

use std::net::IpAddr;

/// How often passwords may be guessed and forms be sent on a site.
#[derive(Debug)]
pub struct SiteThrottle {
    memory: Arc<AuthThrottle>,
    limits: ThrottleLimits,
    shared: Option<SharedCounts>,
}

/// A try that was taken.
#[derive(Debug)]
#[must_use = "a try that turns out right is given back"]
pub struct Reservation<'t> {
    throttle: &'t SiteThrottle,
    taken: Vec<Bucket>,
    counted: Vec<SlotCounts>,
}

impl SiteThrottle {
    /// The throttle with `limits` that counts in `memory`, and in `shared` if several processes are to count together.
    pub fn new(
        memory: Arc<AuthThrottle>,
        limits: ThrottleLimits,
        shared: Option<SharedCounts>,
    ) -> Self {
        Self {
            memory,
            limits,
            shared,
        }
    }

    /// The counts of all processes, if the settings name a cache for them.
    pub fn shared_counts(&self) -> Option<&SharedCounts> {
        self.shared.as_ref()
    }

    /// Takes a try to log in.
    pub fn reserve_login(
        &self,
        attempt: &LoginAttempt<'_>,
        now: Moment,
    ) -> Result<Reservation<'_>, Throttled> {
        self.reserve(self.login_buckets(attempt), now)
    }

    /// Takes a try to have a mail sent to `account`.
    pub fn reserve_mail(&self, account: &str, now: Moment) -> Result<Reservation<'_>, Throttled> {
        let bucket = Bucket::new(BucketKind::Mail, self.limits.mail, &[account]);
        self.reserve(vec![bucket], now)
    }

    /// Takes a try to send a form that costs something: a sign-up, a request for a mail.
    pub fn reserve_form(&self, address: IpAddr, now: Moment) -> Result<Reservation<'_>, Throttled> {
        let network = client_network(address);
        let lifted = self.memory.lifted().of_network(network);
        let parts = [&*network.to_string(), &*lifted.to_string()];
        let bucket = Bucket::new(BucketKind::Form, self.limits.form, &parts);
        self.reserve(vec![bucket], now)
    }

    /// The number of the last lock that was lifted, if that was ever asked for.
    pub fn unlocks_seen(&self) -> Option<i64> {
        self.memory.lifted().seen
    }

    /// Whether the locks that were lifted are to be asked for before a try is taken: at first, and always where other
    /// processes count too, so that all of them know the same ones.
    pub fn needs_unlocks(&self) -> bool {
        self.shared.is_some() || self.unlocks_seen().is_none()
    }

    /// Lifts locks.
    pub fn lift(&self, requested: &[RequestedUnlock]) {
        self.memory.lifted().add(requested);
    }

    fn login_buckets(&self, attempt: &LoginAttempt<'_>) -> Vec<Bucket> {
        let (limits, account) = (&self.limits, attempt.account);
        let network = client_network(attempt.address);
        let lifted = self.memory.lifted();
        let of_account = lifted.of_account(account).to_string();
        if let Some(device) = attempt.device {
            let parts = [account, &of_account, "device", device];
            return vec![Bucket::new(BucketKind::Pair, limits.login, &parts)];
        }
        let of_pair = lifted.of_pair(account, network).to_string();
        let of_network = lifted.of_network(network).to_string();
        drop(lifted);
        let network = &*network.to_string();
        vec![
            Bucket::new(
                BucketKind::Pair,
                limits.login,
                &[account, &of_pair, network],
            ),
            Bucket::new(BucketKind::Address, limits.address, &[network, &of_network]),
            Bucket::new(BucketKind::Account, limits.account, &[account, &of_account]),
        ]
    }

    /// Takes from all buckets or, where one is empty, from none.
    ///
    /// First from those in memory: what they refuse, the others would, and nobody is asked. They count on while the cache
    /// does not answer.
    fn reserve(&self, needed: Vec<Bucket>, now: Moment) -> Result<Reservation<'_>, Throttled> {
        let mut reservation = Reservation {
            throttle: self,
            taken: Vec::new(),
            counted: Vec::new(),
        };
        if !self.limits.enabled {
            return Ok(reservation);
        }
        self.memory.take(&needed, self.limits.max_entries, now)?;
        reservation.taken = needed;
        match reservation.count(now) {
            Some(throttled) => {
                reservation.refund();
                Err(throttled)
            }
            None => Ok(reservation),
        }
    }
}

impl Reservation<'_> {
    /// Gives the try back: the password was right, or was not looked at.
    pub fn refund(self) {
        self.throttle.memory.give_back(&self.taken);
        if let Some(shared) = &self.throttle.shared {
            shared.uncount(&self.counted);
        }
    }

    /// Counts the try where all processes do; tells if they took too many together.
    fn count(&mut self, now: Moment) -> Option<Throttled> {
        let shared = self.throttle.shared.as_ref()?;
        let mut longest = None;
        for bucket in &self.taken {
            let slots = slot_debt::time_slots(bucket.rate);
            let counted = shared.count(&bucket.name, slots, now)?;
            longest = longest.max(Some(slot_debt::wait(&counted, bucket.rate)));
            self.counted.push(counted);
        }
        longest.filter(|wait| !wait.is_zero()).map(Throttled)
    }
}
