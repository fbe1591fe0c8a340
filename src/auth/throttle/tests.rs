//! Guessers of many kinds, over simulated hours and days.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use crate::auth::throttle::{
    AuthThrottle, LoginAttempt, RequestedUnlock, SharedCounts, SiteThrottle, Throttled, Unlock,
};
use crate::clock::Moment;
use crate::settings::{RateLimit, Settings, ThrottleLimits};

pub(super) fn limits() -> ThrottleLimits {
    Settings::parse("").unwrap().auth.throttle
}

/// The address number `number`.
pub(super) fn address(number: u32) -> IpAddr {
    IpAddr::V4(Ipv4Addr::from(0x0a00_0000 + number))
}

/// A server whose clock stands still until it is told.
pub(super) struct Server {
    memory: Arc<AuthThrottle>,
    pub(super) throttle: SiteThrottle,
    limits: ThrottleLimits,
    pub(super) now: Moment,
}

impl Server {
    pub(super) fn new(limits: ThrottleLimits) -> Self {
        Self::counting_in(None, limits)
    }

    pub(super) fn counting_in(shared: Option<SharedCounts>, limits: ThrottleLimits) -> Self {
        let memory = Arc::<AuthThrottle>::default();
        Self {
            throttle: SiteThrottle::new(Arc::clone(&memory), limits.clone(), shared),
            memory,
            limits,
            now: Moment::from_unix_seconds(1_700_000_000),
        }
    }

    pub(super) fn pass(&mut self, seconds: u64) {
        self.now = self.now.after(Duration::from_secs(seconds));
    }

    /// A wrong password; the seconds to wait where it was not even hashed.
    pub(super) fn guess(
        &self,
        account: &str,
        address: IpAddr,
        device: Option<&str>,
    ) -> Result<(), u64> {
        let attempt = LoginAttempt {
            account,
            address,
            device,
        };
        match self.throttle.reserve_login(&attempt, self.now) {
            Ok(_taken) => Ok(()),
            Err(Throttled(wait)) => Err(wait.as_secs()),
        }
    }

    /// How many of many guesses at once are hashed.
    pub(super) fn guesses(&self, account: &str, address: IpAddr) -> usize {
        (0..60)
            .filter(|_| self.guess(account, address, None).is_ok())
            .count()
    }
}

#[test]
fn a_stranger_has_a_few_guesses_and_then_one_every_other_minute() {
    let mut server = Server::new(limits());
    assert_eq!(server.guesses("alice", address(1)), 5);
    assert_eq!(server.guess("alice", address(1), None), Err(120));
    server.pass(119);
    assert_eq!(server.guess("alice", address(1), None), Err(1));
    server.pass(1);
    assert_eq!(server.guesses("alice", address(1)), 1);
    server.pass(24 * 60 * 60);
    assert_eq!(server.guesses("alice", address(1)), 5);
}

#[test]
fn a_lifted_lock_counts_no_try_from_before() {
    let server = Server::new(limits());
    let lift = |id: i64, account: Option<&str>, from: Option<IpAddr>| {
        let unlock = Unlock {
            account: account.map(ToOwned::to_owned),
            address: from,
        };
        server.throttle.lift(&[RequestedUnlock { id, unlock }]);
    };
    assert_eq!(server.throttle.unlocks_seen(), None);
    lift(7, Some("alice"), None);
    assert_eq!(server.throttle.unlocks_seen(), Some(7));
    assert_eq!(server.guesses("alice", address(1)), 5);
    assert_eq!(server.guesses("alice", address(2)), 5);
    assert_eq!(server.guesses("bob", address(1)), 5);
    lift(8, Some("alice"), None);
    assert_eq!(server.guesses("alice", address(1)), 5);
    assert_eq!(server.guesses("alice", address(2)), 5);
    assert_eq!(server.guesses("bob", address(1)), 0);
    lift(9, Some("alice"), Some(address(2)));
    assert_eq!(server.guesses("alice", address(1)), 0);
    assert_eq!(server.guesses("alice", address(2)), 5);
}

#[test]
fn an_address_is_let_in_again_to_all_accounts() {
    let server = Server::new(limits());
    server.throttle.lift(&[]);
    let names: Vec<_> = (0..60).map(|number| number.to_string()).collect();
    let guess = |name: &&String| server.guess(name, address(1), None).is_ok();
    assert_eq!(names.iter().filter(guess).count(), 50);
    let unlock = Unlock {
        account: None,
        address: Some(address(1)),
    };
    server.throttle.lift(&[RequestedUnlock { id: 1, unlock }]);
    assert_eq!(names.iter().filter(guess).count(), 50);
}

#[test]
fn a_stranger_is_in_nobody_elses_way() {
    let mut server = Server::new(limits());
    for _ in 0..24 * 60 {
        server.guesses("alice", address(1));
        server.pass(60);
        assert_eq!(server.guess("bob", address(2), None), Ok(()));
        server.pass(60);
    }
    assert_eq!(server.guess("alice", address(2), None), Ok(()));
}

#[test]
fn an_address_cannot_try_one_password_on_every_account() {
    let server = Server::new(limits());
    let names: Vec<_> = (0..1000).map(|number| number.to_string()).collect();
    let hashed = names
        .iter()
        .filter(|name| server.guess(name, address(1), None).is_ok());
    assert_eq!(hashed.count(), 50);
    assert_eq!(server.guess("alice", address(2), None), Ok(()));
}

#[test]
fn many_addresses_cannot_guess_at_one_account_together() {
    let server = Server::new(limits());
    let hashed = (0..1000).filter(|number| server.guess("alice", address(*number), None).is_ok());
    assert_eq!(hashed.count(), 100);
}

#[test]
fn a_browser_that_logged_in_before_cannot_be_locked_out() {
    let mut server = Server::new(limits());
    for number in 0..1000 {
        server.guesses("alice", address(number % 300));
        server.pass(10);
    }
    let own = address(7);
    assert!(server.guess("alice", own, None).is_err());
    for _ in 0..5 {
        assert_eq!(server.guess("alice", own, Some("laptop")), Ok(()));
    }
    assert_eq!(server.guess("alice", own, Some("laptop")), Err(120));
    assert_eq!(server.guess("alice", own, Some("phone")), Ok(()));
}

#[test]
fn a_network_of_ipv6_counts_as_one_address() {
    let server = Server::new(limits());
    let own = |host: u16| IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 0, 0, 0, host));
    let hashed = (0..1000).filter(|host| server.guess("alice", own(*host), None).is_ok());
    assert_eq!(hashed.count(), 5);
    let other = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 2, 0, 0, 0, 1));
    assert_eq!(server.guess("alice", other, None), Ok(()));
    let mapped = IpAddr::V6(Ipv4Addr::new(10, 0, 0, 1).to_ipv6_mapped());
    assert_eq!(server.guesses("alice", address(1)), 5);
    assert!(server.guess("alice", mapped, None).is_err());
}

#[test]
fn a_right_password_costs_nothing() {
    let server = Server::new(limits());
    let attempt = LoginAttempt {
        account: "alice",
        address: address(1),
        device: None,
    };
    for _ in 0..1000 {
        let taken = server.throttle.reserve_login(&attempt, server.now);
        taken.unwrap().refund();
    }
    assert_eq!(server.guesses("alice", address(1)), 5);
}

#[test]
fn attempts_at_the_same_moment_are_counted_each() {
    let server = Server::new(limits());
    let hashed = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| server.guesses("alice", address(1))))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum::<usize>()
    });
    assert_eq!(hashed, 5);
}

#[test]
fn a_clock_that_is_set_back_locks_nobody_out_for_longer() {
    let mut server = Server::new(limits());
    server.guesses("alice", address(1));
    server.now = server.now.before(Duration::from_secs(365 * 24 * 60 * 60));
    assert_eq!(server.guess("alice", address(1), None), Err(120));
    server.pass(120);
    assert_eq!(server.guess("alice", address(1), None), Ok(()));
}

#[test]
fn mails_and_forms_have_limits_of_their_own() {
    let server = Server::new(limits());
    let mails = |to: &str| {
        let sent = (0..100).filter(|_| server.throttle.reserve_mail(to, server.now).is_ok());
        sent.count()
    };
    assert_eq!((mails("a@example.com"), mails("b@example.com")), (3, 3));
    let forms = (0..100).filter(|_| server.throttle.reserve_form(address(1), server.now).is_ok());
    assert_eq!(forms.count(), 10);
    assert_eq!(server.guess("alice", address(1), None), Ok(()));
}

#[test]
fn nothing_is_refused_where_the_settings_say_so() {
    let off = ThrottleLimits {
        enabled: false,
        ..limits()
    };
    assert_eq!(Server::new(off).guesses("alice", address(1)), 60);
}

#[test]
fn only_so_many_are_remembered_and_the_heaviest_longest() {
    let few = ThrottleLimits {
        max_entries: 100,
        account: RateLimit {
            burst: 100_000,
            per_hour: 1,
        },
        ..limits()
    };
    let mut server = Server::new(few);
    server.guesses("alice", address(0));
    for number in 1..5000 {
        server.guess("alice", address(number), None).ok();
    }
    assert!(server.memory.len() <= 201, "{}", server.memory.len());
    assert!(server.guess("alice", address(0), None).is_err());
    server.pass(1_000_000_000);
    assert_eq!(server.guess("bob", address(1), None), Ok(()));
    assert_eq!(server.memory.len(), 3);
}

/// A generator of numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % limit
    }
}

/// Fails where more than `burst + time * per_hour` lies within any time between two of `moments`.
fn assert_within(rate: RateLimit, moments: &[Moment], what: &str) {
    let refill_interval = 3_600_000_000 / i64::from(rate.per_hour);
    // What the guesses up to each moment cost beyond the time that has passed.
    let mut least = i64::MAX;
    for (index, moment) in (0..).zip(moments) {
        let cost = index * refill_interval - moment.unix_microseconds();
        least = least.min(cost);
        let excess = cost - least + refill_interval - i64::from(rate.burst) * refill_interval;
        assert!(
            excess <= 0,
            "{what}: guess {index} came {excess} µs too soon"
        );
    }
}

#[test]
fn over_days_and_from_many_addresses_no_more_is_hashed_than_is_allowed() {
    assert_promise_is_kept(vec![Server::new(limits())], 2);
}

/// Guesses for some days at all of `servers`, and fails where more was hashed than their limits allow.
pub(super) fn assert_promise_is_kept(mut servers: Vec<Server>, days: u64) {
    let mut numbers = Numbers(1);
    let accounts = ["alice", "nobody"];
    let (mut by_account, mut by_address) = (HashMap::new(), HashMap::new());
    let (mut by_pair, mut by_device) = (HashMap::new(), HashMap::new());
    let (mut tried, mut hashed) = (0, 0);
    let end = servers[0]
        .now
        .after(Duration::from_secs(days * 24 * 60 * 60));
    while servers[0].now < end {
        // Storms of thousands within a second, and guesses that take their time.
        let storm = numbers.below(8) == 0;
        for _ in 0..if storm { 400 } else { 1 } {
            let number = u32::try_from(numbers.below(60)).unwrap();
            let account = accounts[usize::try_from(numbers.below(2)).unwrap()];
            let device = (numbers.below(10) == 0).then_some("stolen");
            let count = u64::try_from(servers.len()).unwrap();
            let server = &servers[usize::try_from(numbers.below(count)).unwrap()];
            tried += 1;
            if server.guess(account, address(number), device).is_err() {
                continue;
            }
            hashed += 1;
            let now = server.now;
            if device.is_some() {
                by_device.entry(account).or_insert_with(Vec::new).push(now);
            } else {
                by_account.entry(account).or_insert_with(Vec::new).push(now);
                by_address.entry(number).or_insert_with(Vec::new).push(now);
                by_pair
                    .entry((account, number))
                    .or_insert_with(Vec::new)
                    .push(now);
            }
        }
        let seconds = numbers.below(240);
        for server in &mut servers {
            server.pass(seconds);
        }
    }
    assert!(
        tried > 20_000 * days && hashed > 2_500 * days && hashed < tried / 4,
        "{hashed} of {tried}"
    );
    let limits = &servers[0].limits;
    for (account, moments) in &by_account {
        assert_within(limits.account, moments, account);
    }
    for (number, moments) in &by_address {
        assert_within(limits.address, moments, &number.to_string());
    }
    for (pair, moments) in &by_pair {
        assert_within(limits.login, moments, &format!("{pair:?}"));
    }
    for (account, moments) in &by_device {
        assert_within(limits.login, moments, account);
    }
}
