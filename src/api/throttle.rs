//! How often somebody may ask (`rest_framework.throttling`).
//!
//! A window that slides: of so many requests in a period, the oldest makes room when it is a period old.
//!
//! Each process counts what it answers. Where `[auth.throttle] cache` names a cache, all count there as well: by tenths of
//! a period, so that somebody may wait a tenth longer.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::auth::User;
use crate::auth::throttle::{SharedCounts, client_network};
use crate::cache::{SlotCounts, TimeSlots};
use crate::clock::{self, Moment};
use crate::views::Request;

/// Those whose requests are counted at once; more make room for each other.
const MAX_ENTRIES: usize = 50_000;

/// The parts of a period in which processes count together.
const SLOTS: u32 = 10;

/// So many requests in a period: `100/day`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct ApiRate {
    requests: usize,
    period: Duration,
}

impl ApiRate {
    /// Reads `100/day`, `5/min` or `1/s`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (requests, period) = text.split_once('/')?;
        let seconds = match period {
            "s" | "sec" | "second" => 1,
            "m" | "min" | "minute" => 60,
            "h" | "hour" => 3600,
            "d" | "day" => 86_400,
            _ => return None,
        };
        let requests = requests.trim().parse().ok();
        Some(Self {
            requests: requests.filter(|requests| (1..=10_000).contains(requests))?,
            period: Duration::from_secs(seconds),
        })
    }

    fn slots(self) -> TimeSlots {
        TimeSlots {
            length: self.period / SLOTS,
            before: SLOTS,
        }
    }

    /// How long until there is room for the last one that `counts` has, which all processes counted.
    fn wait(self, counts: &SlotCounts) -> Option<Duration> {
        let most = u64::try_from(self.requests).unwrap_or(u64::MAX);
        let mut sum = counts.before.iter().sum::<u64>() + counts.current;
        let slot = self.slots().length;
        let mut wait = Duration::ZERO;
        let mut next = slot.saturating_sub(counts.elapsed);
        for count in counts.before.iter().chain([&counts.current]) {
            if sum <= most {
                break;
            }
            sum -= count;
            wait += next;
            next = slot;
        }
        (!wait.is_zero()).then_some(wait)
    }
}

/// The limits of an entry, and what was asked so far.
#[derive(Debug, Default)]
pub(super) struct ApiThrottle {
    /// For those who are not logged in, by their address.
    pub(super) anon: Option<ApiRate>,
    /// For users, and for others by their address.
    pub(super) user: Option<ApiRate>,
    /// The entry, as all processes call it.
    entry: String,
    hasher: RandomState,
    history: Mutex<HashMap<u64, VecDeque<Moment>>>,
}

/// Whose requests are counted, and how many there may be.
struct ApiCount {
    rate: ApiRate,
    name: String,
}

impl ApiThrottle {
    /// No limits yet, for what all processes call `entry`.
    pub(super) fn of(entry: String) -> Self {
        Self {
            entry,
            ..Self::default()
        }
    }

    /// Counts `request`; the time to wait where it comes too soon.
    pub(super) fn wait(&self, request: &Request<'_>, user: Option<&User>) -> Option<Duration> {
        let counts = self.counts(request, user);
        let now = clock::now();
        let alone = self.wait_alone(&counts, now);
        if alone.is_some() {
            // What is refused here, the others would refuse: nobody is asked.
            return alone;
        }
        let shared = request.state.throttle.shared_counts()?;
        let together = wait_together(shared, &counts, now);
        if together.is_some() {
            self.uncount(&counts);
        }
        together
    }

    fn counts(&self, request: &Request<'_>, user: Option<&User>) -> Vec<ApiCount> {
        let address = client_network(request.peer);
        let count = |rate: Option<ApiRate>, scope: &str, who: &str| {
            let name = format!("api:{}:{scope}:{who}", self.entry);
            rate.map(|rate| ApiCount { rate, name })
        };
        let address = address.to_string();
        let anonymous = self.anon.filter(|_| user.is_none());
        let of_user = match user {
            Some(user) => count(self.user, "user", user.pk.text()),
            None => count(self.user, "address", &address),
        };
        let anonymous = count(anonymous, "anon", &address);
        anonymous.into_iter().chain(of_user).collect()
    }

    fn wait_alone(&self, counts: &[ApiCount], now: Moment) -> Option<Duration> {
        let mut history = self.history();
        make_room(&mut history);
        let waits = counts.iter().filter_map(|ApiCount { rate, name }| {
            let asked = history.entry(self.hasher.hash_one(name)).or_default();
            count(asked, *rate, now)
        });
        waits.max()
    }

    /// Takes back what [`ApiThrottle::wait_alone`] counted.
    fn uncount(&self, counts: &[ApiCount]) {
        let mut history = self.history();
        for ApiCount { name, .. } in counts {
            let asked = history.get_mut(&self.hasher.hash_one(name));
            asked.and_then(VecDeque::pop_back);
        }
    }

    fn history(&self) -> MutexGuard<'_, HashMap<u64, VecDeque<Moment>>> {
        self.history.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts where all processes do; a request that comes too soon is not counted.
fn wait_together(shared: &SharedCounts, counts: &[ApiCount], now: Moment) -> Option<Duration> {
    let mut counted = Vec::new();
    let mut longest = None;
    for ApiCount { rate, name } in counts {
        let counts = shared.count(name, rate.slots(), now)?;
        longest = longest.max(rate.wait(&counts));
        counted.push(counts);
    }
    if longest.is_some() {
        shared.uncount(&counted);
    }
    longest
}

/// Counts one more request, unless it comes too soon: then the time to wait.
fn count(asked: &mut VecDeque<Moment>, rate: ApiRate, now: Moment) -> Option<Duration> {
    let age = |moment: &Moment| {
        now.unix_microseconds()
            .saturating_sub(moment.unix_microseconds())
    };
    let period = i64::try_from(rate.period.as_micros()).unwrap_or(i64::MAX);
    while asked.front().is_some_and(|oldest| age(oldest) >= period) {
        asked.pop_front();
    }
    if asked.len() < rate.requests {
        asked.push_back(now);
        return None;
    }
    let left = period - asked.front().map_or(0, age);
    Some(Duration::from_micros(
        u64::try_from(left).unwrap_or_default(),
    ))
}

/// Forgets those who asked longest ago, where there are too many.
fn make_room(history: &mut HashMap<u64, VecDeque<Moment>>) {
    if history.len() < MAX_ENTRIES {
        return;
    }
    let mut latest: Vec<_> = history
        .values()
        .filter_map(|asked| asked.back().copied())
        .collect();
    latest.sort_unstable();
    if let Some(middle) = latest.get(latest.len() / 2).copied() {
        history.retain(|_, asked| asked.back().is_some_and(|last| *last > middle));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::time::Duration;

    use super::{ApiRate, count};
    use crate::clock::Moment;

    #[test]
    fn a_request_makes_room_when_it_is_a_period_old() {
        let rate = ApiRate::parse("2/min").unwrap();
        let mut asked = VecDeque::new();
        let mut ask = |second| count(&mut asked, rate, Moment::from_unix_seconds(second));
        assert_eq!(ask(0), None);
        assert_eq!(ask(30), None);
        assert_eq!(ask(40), Some(Duration::from_secs(20)));
        assert_eq!(ask(60), None);
        assert_eq!(ask(61), Some(Duration::from_secs(29)));
    }

    #[test]
    fn a_rate_is_a_number_and_a_period() {
        for text in ["", "5", "/day", "0/day", "-1/s", "1/week", "99999999999/s"] {
            assert_eq!(ApiRate::parse(text), None, "{text}");
        }
    }
}
