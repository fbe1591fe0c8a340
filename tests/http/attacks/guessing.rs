//! Passwords tried one after the other, and what that does to those who know theirs.

use super::browser::Browser;
use super::{PASSWORD, open, throttled_site};
use crate::support::Server;

/// A browser that comes from `address`, through the trusted proxy.
pub(crate) fn from(server: &Server, address: &str) -> Browser {
    open(server).header("X-Forwarded-For", address)
}

/// How many wrong passwords are looked at before the server has none of it.
pub(crate) fn guesses(server: &Server, username: &str, address: &str) -> usize {
    let guess = |number: &usize| {
        let answer = from(server, address).log_in(username, &format!("guess {number}"));
        if answer.status == 429 {
            let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
            assert!(wait > 0 && wait <= 3600, "{wait}");
            return false;
        }
        assert_eq!(answer.status, 200);
        true
    };
    (0..30).take_while(guess).count()
}

#[test]
fn guessing_ends_after_a_few_whether_the_name_is_known_or_not() {
    let project = throttled_site();
    let server = project.serve();
    assert_eq!(guesses(&server, "ada", "198.51.100.1"), 5);
    assert_eq!(guesses(&server, "nobody", "198.51.100.1"), 5);
    // Now the right one is not looked at either: it would tell that it is right.
    assert_eq!(
        from(&server, "198.51.100.1").log_in("ada", PASSWORD).status,
        429
    );
    // The clock stands still: nothing fills again, under any spelling of the name.
    assert_eq!(guesses(&server, "ａｄａ", "198.51.100.1"), 0);
    assert_eq!(guesses(&server, " ada", "198.51.100.1"), 0);
}

#[test]
fn a_command_lifts_a_lock_while_the_server_runs() {
    let project = throttled_site();
    project.djr(["users", "unlock", "ada"]).success();
    let server = project.serve();
    assert_eq!(guesses(&server, "ada", "198.51.100.1"), 5);
    assert_eq!(guesses(&server, "ada", "198.51.100.2"), 5);
    project
        .djr(["users", "unlock", "ada", "--ip", "198.51.100.2"])
        .success();
    assert_eq!(guesses(&server, "ada", "198.51.100.1"), 0);
    assert_eq!(guesses(&server, "ada", "198.51.100.2"), 5);
    project.djr(["users", "unlock", "ada"]).success();
    let mut home = from(&server, "198.51.100.1");
    assert_eq!(home.log_in("ada", PASSWORD).status, 302);
    project.djr(["check", "--database"]).success();
    let run = project.djr(["users", "unlock", "adam"]).exited(1);
    assert!(run.stderr().contains("did you mean `ada`?"), "{run}");
    project.djr(["users", "unlock"]).exited(2);
}

#[test]
fn whoever_develops_a_site_has_more_tries_and_is_told_how_to_go_on() {
    let project = throttled_site().replaced("allowed_hosts", "debug = true\nallowed_hosts");
    let server = project.serve();
    assert_eq!(guesses(&server, "ada", "127.0.0.1"), 30);
    let limit = "[auth.throttle]\nlogin_burst = 2\nlogin_per_hour = 30";
    let project = project.setting(limit);
    let server = project.serve();
    assert_eq!(guesses(&server, "ada", "127.0.0.1"), 2);
    let page = from(&server, "127.0.0.1").log_in("ada", PASSWORD).text();
    assert!(page.contains("Please try again in 2 minutes."), "{page}");
    assert!(page.contains("djr users unlock --ip 127.0.0.1"), "{page}");
}

#[test]
fn a_stranger_locks_nobody_out() {
    let project = throttled_site();
    let server = project.serve();
    assert_eq!(guesses(&server, "ada", "198.51.100.1"), 5);
    assert_eq!(
        from(&server, "203.0.113.9").log_in("ada", PASSWORD).status,
        302
    );
}

#[test]
fn many_addresses_guess_no_more_than_an_account_allows_and_its_owner_still_comes_in() {
    let project = throttled_site();
    let server = project.serve();
    let mut home = from(&server, "203.0.113.9");
    assert_eq!(home.log_in("ada", PASSWORD).status, 302);
    let tried: usize = (0..25)
        .map(|host| guesses(&server, "ada", &format!("198.51.100.{host}")))
        .sum();
    assert_eq!(tried, 100);
    assert_eq!(
        from(&server, "192.0.2.77").log_in("ada", PASSWORD).status,
        429
    );
    assert_eq!(home.log_in("ada", PASSWORD).status, 302);
    // What lets the owner in is bound to the account, and cannot be made up.
    let mut forged = from(&server, "192.0.2.78");
    for name in ["djr_device", "device"] {
        forged.set_cookie(name, "made-up:1:forged");
    }
    assert_eq!(forged.log_in("ada", PASSWORD).status, 429);
}

#[test]
fn an_address_cannot_be_made_up() {
    let project =
        throttled_site().replaced("trusted_proxies = [\"127.0.0.1\"]", "trusted_proxies = []");
    let server = project.serve();
    let tried: usize = (0..10)
        .map(|host| guesses(&server, "ada", &format!("198.51.100.{host}")))
        .sum();
    assert_eq!(tried, 5);
    // Nor by writing more into the header than the proxy does.
    let project = throttled_site();
    let server = project.serve();
    let tried: usize = (0..10)
        .map(|host| guesses(&server, "ada", &format!("192.0.2.{host}, 198.51.100.1")))
        .sum();
    assert_eq!(tried, 5);
}

#[test]
fn nobodys_mailbox_is_flooded() {
    let project = throttled_site();
    let server = project.serve();
    let path = "/accounts/password_reset/";
    let request_reset = |email: &str, host: usize| {
        let mut browser = from(&server, &format!("198.51.100.{host}"));
        browser.submit(path, &[("email", email)]).status
    };
    let known: Vec<_> = (0..6)
        .map(|host| request_reset("ada@example.com", host))
        .collect();
    let unknown: Vec<_> = (0..6)
        .map(|host| request_reset("nobody@example.com", host))
        .collect();
    assert_eq!(known, unknown);
    assert_eq!(known.iter().filter(|status| **status == 302).count(), 3);
    assert_eq!(request_reset("ADA@example.com", 9), 429);
}
