//! Pages while the cache that keeps them hangs, is gone, or has no room.

use std::thread;
use std::time::{Duration, Instant};

use crate::page_cache::{cached_site, get};
use crate::session_cache_faults::{Kind, MEMCACHED, REDIS, within};
use crate::session_faults::FullDisk;
use crate::support::{Project, Server, faults};

const IN_FILES: &str = "[caches.default]\nbackend = \"file\"\nlocation = \"kept\"";

fn is_kept(server: &Server) -> bool {
    get(server, "/random/").text() == get(server, "/random/").text()
}

/// Waits until pages are kept again: a cache that failed is left alone for some seconds.
fn wait_until_kept(server: &Server) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is_kept(server) {
        assert!(Instant::now() < deadline);
        thread::sleep(Duration::from_millis(200));
    }
}

fn pages_are_made_while_their_cache_does_not_answer(kind: &Kind) {
    let cache = (kind.start)();
    let port = cache.port;
    let lines = format!("[caches.default]\n{}", (kind.lines)(port));
    let server = cached_site().replaced(IN_FILES, &lines).serve();
    assert!(is_kept(&server));
    // It accepts connections, and never answers.
    cache.signal("STOP");
    within(5, || assert_eq!(get(&server, "/random/").status, 200));
    // It is not asked again with each request.
    within(1, || assert!(!is_kept(&server)));
    cache.signal("CONT");
    wait_until_kept(&server);
    drop(cache);
    within(5, || assert_eq!(get(&server, "/random/").status, 200));
    within(1, || assert!(!is_kept(&server)));
    let _cache = (kind.again)(port);
    wait_until_kept(&server);
}

#[test]
#[cfg_attr(without_redis, ignore = "needs redis-server")]
fn pages_are_made_while_redis_hangs_or_is_gone() {
    pages_are_made_while_their_cache_does_not_answer(&REDIS);
}

#[test]
#[cfg_attr(without_memcached, ignore = "needs memcached")]
fn pages_are_made_while_memcached_hangs_or_is_gone() {
    pages_are_made_while_their_cache_does_not_answer(&MEMCACHED);
}

/// Serves `project` with `value` for a variable, where the disk below `small` has room for little.
fn serve_on_a_small_disk(project: &Project, variable: &str, value: &str, copied: &str) -> Server {
    let invocation = project.command(["runserver", "127.0.0.1:0"]);
    let invocation = invocation.env(variable, value);
    Server::start(faults::with_a_small_disk(invocation, "small", copied))
}

#[test]
#[cfg_attr(without_unshare, ignore = "needs unshare")]
fn on_a_full_disk_pages_are_made_and_what_is_kept_stays() {
    let in_a_table = "[caches.default]\nbackend = \"database\"\nlocation = \"kept\"";
    let table = cached_site().replaced(IN_FILES, in_a_table);
    table.djr(["createcachetable"]).success();
    let database = ["DJR_DATABASES__DEFAULT__NAME", "small/db.sqlite3"];
    let directory = ["DJR_CACHES__DEFAULT__LOCATION", "small/kept"];
    for (project, [variable, value], copied) in [
        (table, database, "&& cp db.sqlite3 small/"),
        (cached_site(), directory, ""),
    ] {
        let server = serve_on_a_small_disk(&project, variable, value, copied);
        let page = get(&server, "/random/").text();
        let full = FullDisk::of(&server, &project.path("small"));
        assert_eq!(get(&server, "/random/").text(), page, "{variable}");
        let is_kept = |number: usize| {
            let other = || get(&server, &format!("/random/?other={number}"));
            assert_eq!(other().status, 200, "{variable}");
            other().text() == other().text()
        };
        // The journal of a database may have room for some pages yet.
        assert!((0..500).any(|number| !is_kept(number)), "{variable}");
        drop(full);
        wait_until_kept(&server);
    }
}
