//! Several server processes that count attempts together, in every kind of cache.

use std::thread;
use std::time::{Duration, Instant};

use crate::attacks::guessing::{from, guesses};
use crate::attacks::throttled_site;
use crate::support::Project;
use crate::support::cache_server::TestServer;
use crate::support::page::snippets_of;

const PASSWORD: &str = "correct horse battery";
const ADDRESS: &str = "198.51.100.1";

/// A site that counts in a cache with these lines.
fn site_counting_in(cache: &str) -> Project {
    let project = throttled_site().setting(&format!(
        "[auth.throttle]\ncache = \"counts\"\n\n[caches.counts]\nmax_entries = 100000\nsocket_timeout = 1\n{cache}"
    ));
    project.djr(["createcachetable"]).success();
    project
}

/// Guesses at two processes in turn.
fn check(project: &Project) {
    let servers = [project.serve(), project.serve()];
    let guess = |number: usize| {
        let answer = from(&servers[number % 2], ADDRESS).log_in("ada", &format!("guess {number}"));
        answer.status == 200
    };
    assert_eq!((0..12).take_while(|number| guess(*number)).count(), 5);
    assert_eq!(guesses(&servers[1], "ada", ADDRESS), 0);
    // One that starts later knows what was counted, and what was lifted.
    let later = project.serve();
    assert_eq!(guesses(&later, "ada", ADDRESS), 0);
    assert_eq!(guesses(&later, "ada", "198.51.100.2"), 5);
    assert_eq!(guesses(&servers[0], "ada", "198.51.100.2"), 0);
    project.djr(["users", "unlock", "ada"]).success();
    assert_eq!(guesses(&servers[0], "ada", ADDRESS), 5);
    assert_eq!(guesses(&servers[1], "ada", ADDRESS), 0);
    assert_eq!(guesses(&project.serve(), "ada", ADDRESS), 0);
    project
        .djr(["users", "unlock", "ada", "--ip", ADDRESS])
        .success();
    assert_eq!(guesses(&servers[1], "ada", ADDRESS), 5);
    assert_eq!(guesses(&servers[0], "ada", ADDRESS), 0);
}

#[test]
fn processes_count_attempts_together_in_a_table() {
    check(&site_counting_in(
        "backend = \"database\"\nlocation = \"counts\"",
    ));
}

#[test]
fn processes_count_attempts_together_in_files() {
    check(&site_counting_in(
        "backend = \"file\"\nlocation = \"counts\"",
    ));
}

#[test]
#[cfg_attr(without_redis, ignore = "needs redis-server")]
fn processes_count_attempts_together_in_redis() {
    let server = TestServer::redis();
    check(&site_counting_in(&on_redis(&server)));
}

#[test]
#[cfg_attr(without_memcached, ignore = "needs memcached")]
fn processes_count_attempts_together_in_memcached() {
    let server = TestServer::memcached();
    let cache = format!(
        "backend = \"memcached\"\nlocation = \"127.0.0.1:{}\"",
        server.port
    );
    check(&site_counting_in(&cache));
}

#[test]
fn requests_of_an_api_are_counted_together_too() {
    let urls = "\n[[urls]]\npath = \"groups/\"\nview = \"api.model\"\nmodel = \"auth.Group\"\nfields = [\"name\"]\n\
                permissions = \"AllowAny\"\nthrottle = { anon = \"7/hour\" }\n";
    let project = site_counting_in("backend = \"file\"\nlocation = \"counts\"");
    project.write("urls.toml", &(project.read("urls.toml") + urls));
    let servers = [project.serve(), project.serve()];
    let ask = |number: usize, address: &str| from(&servers[number % 2], address).get("/groups/");
    let answered = |address| {
        (0..12)
            .filter(|number| ask(*number, address).status == 200)
            .count()
    };
    assert_eq!(answered(ADDRESS), 7);
    let refused = ask(0, ADDRESS);
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((3000..=3960).contains(&wait), "{wait}");
    assert_eq!(answered("198.51.100.2"), 7);
}

fn on_redis(server: &TestServer) -> String {
    format!(
        "backend = \"redis\"\nlocation = \"redis://127.0.0.1:{}\"",
        server.port
    )
}

#[test]
#[cfg_attr(without_redis, ignore = "needs redis-server")]
fn while_the_cache_hangs_or_is_gone_each_process_counts_and_nobody_is_locked_out() {
    let redis = TestServer::redis();
    let project = site_counting_in(&on_redis(&redis));
    let servers = [project.serve(), project.serve()];
    redis.signal("STOP");
    let started = Instant::now();
    let logs_in = || {
        from(&servers[0], "203.0.113.9")
            .log_in("ada", PASSWORD)
            .status
    };
    assert_eq!(logs_in(), 302);
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "{:?}",
        started.elapsed()
    );
    let line = servers[0].line_with("counts attempts for itself");
    assert!(line.contains("`counts` fails"), "{line}");
    // The cache is left alone now: the next ones do not wait, and are limited all the same.
    let started = Instant::now();
    assert_eq!(logs_in(), 302);
    assert_eq!(guesses(&servers[0], "ada", ADDRESS), 5);
    assert!(
        started.elapsed() < Duration::from_secs(3),
        "{:?}",
        started.elapsed()
    );
    let port = redis.port;
    drop(redis);
    assert_eq!(guesses(&servers[1], "ada", ADDRESS), 5);
    assert_eq!(logs_in(), 302);
    // A cache that is back is used again after a while.
    let _redis = TestServer::redis_again(port);
    thread::sleep(Duration::from_secs(6));
    let servers = [&servers[0], &servers[1]];
    assert_eq!(guesses(servers[0], "nobody", "198.51.100.3"), 5);
    assert_eq!(guesses(servers[1], "nobody", "198.51.100.3"), 0);
}

#[test]
fn every_snippet_about_guessing_passes_check() {
    let snippets = snippets_of("deployment.md", "djr.toml");
    let about = snippets
        .iter()
        .filter(|snippet| snippet.contains("[auth.throttle]"));
    let mut tried = 0;
    for snippet in about {
        let project = Project::empty();
        project.djr(["startproject", "blog", "."]).success();
        project.write("more.toml", snippet);
        let run = project.djr(["check", "--settings", "more.toml"]).success();
        assert!(!run.stderr().contains("warning"), "{run}");
        tried += 1;
    }
    assert_eq!(tried, 1);
}
