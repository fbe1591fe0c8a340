//! How often somebody may ask (`rest_framework.throttling`).
//!
//! A window that slides: of so many requests in a period, the oldest makes room when it is a period old.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::auth::User;
use crate::auth::throttle::client_network;
use crate::clock::{self, Moment};
use crate::views::Request;

/// Those whose requests are counted at once; more make room for each other.
const MAX_ENTRIES: usize = 50_000;

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
}

/// The limits of an entry, and what was asked so far.
#[derive(Debug, Default)]
pub(super) struct ApiThrottle {
    /// For those who are not logged in, by their address.
    pub(super) anon: Option<ApiRate>,
    /// For users, and for others by their address.
    pub(super) user: Option<ApiRate>,
    hasher: RandomState,
    history: Mutex<HashMap<u64, VecDeque<Moment>>>,
}

impl ApiThrottle {
    /// Counts `request`; the time to wait where it comes too soon.
    pub(super) fn wait(&self, request: &Request<'_>, user: Option<&User>) -> Option<Duration> {
        let address = client_network(request.peer);
        let anonymous = self.anon.filter(|_| user.is_none());
        let anonymous = anonymous.map(|rate| (rate, self.hasher.hash_one(("anon", address))));
        let key = match user {
            Some(user) => self.hasher.hash_one(("user", user.pk.text())),
            None => self.hasher.hash_one(("address", address)),
        };
        let counted = anonymous
            .into_iter()
            .chain(self.user.map(|rate| (rate, key)));
        let now = clock::now();
        let mut history = self.history.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut history);
        counted
            .filter_map(|(rate, key)| count(history.entry(key).or_default(), rate, now))
            .max()
    }
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
