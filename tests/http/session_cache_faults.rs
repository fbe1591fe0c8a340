//! Sessions in caches on servers that hang, are stopped, and come back empty.

use std::time::{Duration, Instant};

use crate::attacks::browser::Browser;
use crate::session_faults::{logged_in, site_with};
use crate::support::Project;
use crate::support::cache_server::TestServer;

/// A kind of server.
pub(crate) struct Kind {
    pub(crate) start: fn() -> TestServer,
    pub(crate) again: fn(u16) -> TestServer,
    pub(crate) lines: fn(u16) -> String,
}

pub(crate) const REDIS: Kind = Kind {
    start: TestServer::redis,
    again: TestServer::redis_again,
    lines: |port| {
        format!("backend = \"redis\"\nlocation = \"redis://127.0.0.1:{port}\"\nsocket_timeout = 1")
    },
};

pub(crate) const MEMCACHED: Kind = Kind {
    start: TestServer::memcached,
    again: TestServer::memcached_again,
    lines: |port| {
        format!("backend = \"memcached\"\nlocation = \"127.0.0.1:{port}\"\nsocket_timeout = 1")
    },
};

impl Kind {
    fn site(&self, engine: &str, server: &TestServer) -> Project {
        site_with(engine, &(self.lines)(server.port))
    }
}

/// Fails where `work` takes longer than `seconds`.
#[track_caller]
pub(crate) fn within<T>(seconds: u64, work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let outcome = work();
    let taken = started.elapsed();
    assert!(taken < Duration::from_secs(seconds), "{taken:?}");
    outcome
}

fn sessions_before_a_table_outlive(kind: &Kind) {
    let cache = (kind.start)();
    let port = cache.port;
    let project = kind.site("cached_db", &cache);
    let server = project.serve();
    let mut browser = logged_in(&server);
    cache.signal("STOP");
    // It accepts connections, and never answers.
    let username = within(6, || browser.username());
    assert_eq!(username.as_deref(), Some("ada"));
    cache.signal("CONT");
    let token = browser.token("/accounts/password_change/");
    drop(cache);
    within(10, || {
        assert_eq!(browser.username().as_deref(), Some("ada"));
        // Nobody is told that they are out while a copy may be left.
        let out = browser.post("/accounts/logout/", &[("csrfmiddlewaretoken", &token)]);
        assert_eq!(out.status, 500);
        assert_eq!(Browser::new(server.address()).get("/").status, 200);
    });
    let _cache = (kind.again)(port);
    assert_eq!(browser.username().as_deref(), Some("ada"));
    let token = browser.token("/accounts/password_change/");
    let out = browser.post("/accounts/logout/", &[("csrfmiddlewaretoken", &token)]);
    assert_eq!((out.status, browser.username()), (200, None));
}

fn sessions_in_a_cache_alone_fail_while_it_hangs(kind: &Kind) {
    let cache = (kind.start)();
    let port = cache.port;
    let project = kind.site("cache", &cache);
    let server = project.serve();
    let mut browser = logged_in(&server);
    cache.signal("STOP");
    within(5, || assert_eq!(browser.get("/mine/").status, 500));
    // Who has no session is served as ever.
    within(1, || {
        assert_eq!(Browser::new(server.address()).get("/").status, 200);
    });
    cache.signal("CONT");
    assert_eq!(browser.username().as_deref(), Some("ada"));
    drop(cache);
    within(5, || assert_eq!(browser.get("/mine/").status, 500));
    assert!(browser.cookie("sessionid").is_some());
    // It starts empty: what it kept is lost, and the site goes on.
    let _cache = (kind.again)(port);
    assert_eq!(browser.username(), None);
    logged_in(&server);
}

#[test]
#[cfg_attr(without_redis, ignore = "needs redis-server")]
fn sessions_before_a_table_outlive_a_redis_that_hangs_or_is_gone() {
    sessions_before_a_table_outlive(&REDIS);
}

#[test]
#[cfg_attr(without_memcached, ignore = "needs memcached")]
fn sessions_before_a_table_outlive_a_memcached_that_hangs_or_is_gone() {
    sessions_before_a_table_outlive(&MEMCACHED);
}

#[test]
#[cfg_attr(without_redis, ignore = "needs redis-server")]
fn sessions_in_redis_alone_fail_while_it_hangs_and_nobody_is_logged_out_by_that() {
    sessions_in_a_cache_alone_fail_while_it_hangs(&REDIS);
}

#[test]
#[cfg_attr(without_memcached, ignore = "needs memcached")]
fn sessions_in_memcached_alone_fail_while_it_hangs_and_nobody_is_logged_out_by_that() {
    sessions_in_a_cache_alone_fail_while_it_hangs(&MEMCACHED);
}
